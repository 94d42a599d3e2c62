"""Files made to harm: every one gets an outcome and a sentence, in time, in little memory, and nothing is followed."""

import json
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sangkien.appendix import reading
from tests.appendix.fixtures.hostile import ATTACKS, STRANGE_NAMES, Attack
from tests.appendix.fixtures.refused import report

SECONDS = 10
MEGABYTES = 300

if not sys.platform.startswith("linux"):
    pytest.skip("time and memory are measured through os.wait4 on Linux", allow_module_level=True)


class Measure:
    """The measuring program: files in, answers out."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.appendix.measuring"],
            cwd=Path(__file__).parent.parent.parent,
            env={"PYTHONPATH": "src:.", "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __call__(self, path: Path) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(str(path)) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


@pytest.fixture(scope="module")
def measure() -> Iterator[Measure]:
    program = Measure()
    yield program
    assert program.process.stdin is not None
    program.process.stdin.close()
    program.process.wait(30)
    assert program.process.stdout is not None
    program.process.stdout.close()


@pytest.mark.slow
@pytest.mark.parametrize("attack", [pytest.param(attack, id=attack.name) for attack in ATTACKS])
def test_a_hostile_file_is_answered(attack: Attack, measure: Measure, tmp_path: Path) -> None:
    path = tmp_path / attack.name
    attack.build(path)
    answer = measure(path)
    path.unlink()
    assert "error" not in answer, answer
    assert answer["outcome"] in {outcome.value for outcome in attack.outcomes}, answer
    assert speaks_vietnamese(answer["message"]), answer["message"]
    assert answer["seconds"] < SECONDS, answer["seconds"]
    assert answer["megabytes"] < MEGABYTES, answer["megabytes"]
    assert not [phrase for phrase in attack.must_not if phrase in answer["text"]]


def speaks_vietnamese(sentence: str) -> bool:
    """A whole sentence with marked letters, and short enough to be read."""
    marked = any(unicodedata.normalize("NFD", letter) != letter for letter in sentence)
    return marked and len(sentence) < 500 and sentence.rstrip().endswith(".")


@pytest.mark.parametrize("name", STRANGE_NAMES)
def test_a_file_with_a_strange_name_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    report(path)
    answer = reading.read(path)
    assert len(answer.initiatives) == 1 or name == "..docx", answer.message
    json.dumps(answer.as_json()).encode()


def test_a_name_that_is_no_unicode_is_answered(tmp_path: Path) -> None:
    path = Path(str(tmp_path) + "/b\udce1o.docx")
    report(path)
    json.dumps(reading.read(path).as_json()).encode()
