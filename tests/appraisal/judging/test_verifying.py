"""``sangkien verify`` names a sheet that was changed behind the program's back."""

import pytest

from sangkien.appraisal.actions.judging import sheets
from sangkien.appraisal.models import Mark, ScoreSheet
from sangkien.appraisal.verifying import verify
from tests.appraisal.judging.world import Judging
from tests.desk.world import NOW

pytestmark = pytest.mark.django_db


def test_a_sheet_that_was_changed_afterwards_is_named(judging: Judging) -> None:
    both = [judging.reading(0, number) for number in range(2)]
    for each in both:
        sheets.file(each, told=judging.told(), edit_version=0, by=judging.by(), at=NOW)
    assert list(verify()) == []
    sheet = ScoreSheet.objects.get(entry=both[1].entry)
    first = Mark.objects.filter(sheet=sheet).order_by("pk")[:1].get()
    Mark.objects.filter(pk=first.pk).update(value=(first.value or 0) + 1)
    (sentence,) = verify()
    assert str(sheet.uid) in sentence
    Mark.objects.filter(pk=first.pk).update(value=first.value)
    ScoreSheet.objects.filter(pk=sheet.pk).update(sha256="0" * 64)
    assert len(list(verify())) == 1
