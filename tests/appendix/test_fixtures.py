"""Each fixture is read as its expectation says."""

from pathlib import Path

import pytest

from sangkien.appendix import reading
from sangkien.appendix.model import Outcome, Reading
from sangkien.vietnamese import fold
from tests.appendix.fixtures.case import ANY, Case, levelled
from tests.appendix.fixtures.catalogue import CASES


def read(case: Case, folder: Path) -> Reading:
    path = folder / case.name
    case.build(path)
    return reading.read(path)


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=case.name, marks=[pytest.mark.slow] if case.slow else []) for case in CASES],
)
def test_a_fixture_is_read_as_expected(case: Case, tmp_path: Path) -> None:
    answer = read(case, tmp_path)
    assert answer.outcome in case.outcomes, f"{answer.outcome}: {answer.message} {answer.warnings}"
    assert answer.message
    differences = differing_parts(case, answer)
    assert not differences, "\n".join(differences)
    assert not missing_warnings(case, answer), f"{missing_warnings(case, answer)} not in {said(answer)}"
    assert not intruders(case, answer)


def differing_parts(case: Case, answer: Reading) -> list[str]:
    """One line for every part that is not what was expected, and for every row too many or missing."""
    if answer.outcome is not Outcome.PARSED and len(case.outcomes) > 1:
        return []
    found = [initiative.as_json() for initiative in answer.initiatives]
    lines = []
    if len(found) != len(case.initiatives):
        titles = [str(one["title"] or one["content"])[:60] for one in found]
        lines.append(f"{len(found)} initiatives instead of {len(case.initiatives)}: {titles}")
    for number, (expected, told) in enumerate(zip(case.initiatives, found, strict=False), 1):
        for part, value in expected.items():
            if value is ANY or (callable(value) and value(told[part])):
                continue
            if callable(value) or levelled(value) != levelled(told[part]):
                lines.append(f"{number}.{part}\n  expected {levelled(value)!r}\n  found    {levelled(told[part])!r}")
    return lines


def said(answer: Reading) -> list[str]:
    """All warnings of a reading."""
    return [*answer.warnings, *(warning for one in answer.initiatives for warning in one.warnings)]


def missing_warnings(case: Case, answer: Reading) -> list[str]:
    """The expected phrases that no warning holds."""
    told = fold("\n".join([*said(answer), answer.message]))
    return [phrase for phrase in case.warns if not any(one in told for one in phrase.split("|"))]


def intruders(case: Case, answer: Reading) -> list[str]:
    """The forbidden phrases that some field holds."""
    parts = [str(value) for one in answer.initiatives for part, value in one.as_json().items() if part != "warnings"]
    text = fold("\n".join(parts))
    return [phrase for phrase in case.must_not if phrase in text]


def test_names_are_unique() -> None:
    names = [case.name for case in CASES]
    assert sorted(names) == sorted(set(names))
