"""What was closed is found changed, whatever was changed: the text, a row, the act."""

from typing import Any

import pytest

from sangkien.appraisal.actions import results
from sangkien.appraisal.models import Mark, ResultSet, ScoreResult
from sangkien.appraisal.reckoning.verifying import verify
from sangkien.ledger.recording import Actor
from sangkien.scoring.writing import sha256
from tests.appraisal.results.world import Scored
from tests.desk.world import NOW

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"by": Actor("user:1"), "at": NOW}


@pytest.fixture
def closed(scored: Scored) -> ResultSet:
    scored.all_read()
    return results.close(scored.criteria, **WHO)


def test_what_was_closed_comes_out_the_same_even_when_marks_change(closed: ResultSet) -> None:
    assert list(verify()) == []
    Mark.objects.update(value=1)
    assert list(verify()) == []


def test_a_changed_row_is_found(closed: ResultSet) -> None:
    ScoreResult.objects.filter(result_set=closed, rank=1).update(value=1)
    (sentence,) = verify()
    assert sentence.startswith("Tính lại kết quả chấm lần 1")


@pytest.mark.parametrize("part", ["inputs", "report"])
def test_a_changed_text_is_found_even_with_its_hash(closed: ResultSet, part: str) -> None:
    text = getattr(closed, part).replace("60", "61", 1)
    assert text != getattr(closed, part)
    ResultSet.objects.filter(pk=closed.pk).update(**{part: text, f"{part}_sha256": sha256(text)})
    (sentence,) = verify()
    assert sentence.startswith("Kết quả chấm lần 1")
