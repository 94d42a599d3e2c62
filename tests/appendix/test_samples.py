"""The sample reports of the common folder come out as their expected files say."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from sangkien.appendix.reading import read

FOLDER = Path(__file__).parents[2].parent / "shared" / "samples" / "reports"
EXPECTED = sorted(FOLDER.glob("*.expected.json"))


def same(value: Any) -> Any:
    """NFC, white space collapsed, one kind of quotes and dashes; TCVN3 loses capitals, so compare without case."""
    if not isinstance(value, str):
        return value
    text = re.sub("[“”„‟″]", '"', re.sub("[‘’‚′]", "'", re.sub("[‐‑‒–—―−]", "-", unicodedata.normalize("NFC", value))))
    return " ".join(text.split()).casefold()


@pytest.mark.skipif(not EXPECTED, reason="the common folder with the sample reports is not beside this checkout")
@pytest.mark.parametrize("expected_path", EXPECTED, ids=lambda path: path.name.removesuffix(".expected.json"))
def test_sample_comes_out_as_expected(expected_path: Path) -> None:
    expected = json.loads(expected_path.read_text(encoding="utf-8"))
    reading = read(expected_path.with_name(expected["file"]))
    found = reading.as_json()
    assert found["outcome"] == expected["outcome"]
    assert [
        {part: same(initiative[part]) for part in wanted}
        for initiative, wanted in zip(found["initiatives"], expected["initiatives"], strict=True)
    ] == [{part: same(value) for part, value in wanted.items()} for wanted in expected["initiatives"]]
    if expected.get("warnings") and any(initiative["fields"] is None for initiative in expected["initiatives"]):
        assert any(initiative["warnings"] for initiative in found["initiatives"])
