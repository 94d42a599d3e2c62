"""What is frozen when results are closed, and reckoned again years later."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.scoring.model import Input
from sangkien.scoring.official.reckoning import reckon
from sangkien.scoring.reading import read_input
from sangkien.scoring.report.joining import advise
from sangkien.scoring.report.plain import Plain
from sangkien.scoring.report.whole import official_part, whole_report
from sangkien.scoring.writing import as_text, canonical_input, sha256
from tests.scoring.official.test_properties import inputs

PAGE = (Path(__file__).parents[3] / "docs/reference/cham-diem-json.md").read_text(encoding="utf-8")
FROZEN = [
    "c4c4392dff2ff1b3a794ee1ed0f0f341bc319aa50c506321ebc4139cce2e9c46",
    "a5efbe5cab7bc2d01b26121bd7b5d212cb49932b85dc7099a52854745c8d25cd",
]
EXAMPLES = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)


def report(of: Input) -> Plain:
    """The whole answer."""
    result = reckon(of)
    return whole_report(of, result, advise(of, result))


def test_the_official_part_stays_as_it_was_when_results_were_frozen() -> None:
    """Results of years ago must come out again: whoever changes these raises ``RULE_ENGINE_VERSION``."""
    parts = [official_part(report(read_input(text))) for text in EXAMPLES]
    assert [sha256(as_text(part)) for part in parts] == FROZEN


def test_estimates_and_sentences_do_not_belong_to_it() -> None:
    whole = report(read_input(EXAMPLES[0]))
    part = official_part(whole)
    assert whole.keys() - part.keys() == {"advisory"}
    (entry, kept) = (whole["entries"][0], part["entries"][0])  # type: ignore[index]  # plain values
    assert entry.keys() - kept.keys() == {"advisory", "reasons"}


@pytest.mark.slow
@given(inputs(), st.permutations(range(4)))
def test_it_comes_out_again_from_the_texts_alone(one: Input, order: list[int]) -> None:
    """In whatever order the database told the entries then."""
    text = as_text(report(replace(one, entries=tuple(one.entries[at] for at in order))))
    assert official_part(report(read_input(canonical_input(one)))) == official_part(json.loads(text))
