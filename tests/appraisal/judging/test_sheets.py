"""A sheet is kept, handed in whole, never changed; a correction is a new one; the text it judges is frozen."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.judging import recusing, sheets
from sangkien.appraisal.judging.digest import digest_of
from sangkien.appraisal.judging.told import MarkTold, SheetTold, told_by
from sangkien.appraisal.models import Mark, ResultSet, ScoreSheet
from sangkien.campaigns.models import CriteriaSet
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.ledger.models import Act, SeenBy
from tests.appraisal.judging.world import Judging
from tests.desk.world import NOW

pytestmark = pytest.mark.django_db


def test_a_draft_keeps_what_is_told_and_leaves_no_act(judging: Judging) -> None:
    reading = judging.reading()
    acts = Act.objects.count()
    code = next(iter(judging.asked.by_code))
    told = SheetTold({code: MarkTold(Decimal(7))}, comment="Rõ ràng.")
    sheet, wrong = sheets.save(reading, told=told, edit_version=0, by=judging.by(), at=NOW)
    assert (wrong, sheet.edit_version, sheet.filed_at, sheet.sha256) == ({}, 1, None, "")
    assert told_by(sheet) == told
    assert Act.objects.count() == acts
    assert ScoreSheet.objects.filed().count() == 0


def test_the_same_again_changes_nothing(judging: Judging) -> None:
    reading = judging.reading()
    first, _wrong = sheets.save(reading, told=judging.told(), edit_version=0, by=judging.by(), at=NOW)
    again, _wrong = sheets.save(reading, told=judging.told(), edit_version=0, by=judging.by(), at=NOW)
    assert (again.pk, again.edit_version) == (first.pk, 1)


def test_another_window_is_told_and_nothing_is_overwritten(judging: Judging) -> None:
    reading = judging.reading()
    sheets.save(reading, told=judging.told(), edit_version=0, by=judging.by(), at=NOW)
    with pytest.raises(sheets.SheetConflict):
        sheets.save(reading, told=judging.told("1"), edit_version=0, by=judging.by(), at=NOW)
    assert told_by(ScoreSheet.objects.get()).marks == judging.told().marks


def test_what_is_no_mark_is_named_and_the_rest_is_kept(judging: Judging) -> None:
    reading, codes = judging.reading(), list(judging.asked.by_code)
    told = SheetTold({codes[0]: MarkTold(Decimal(1000)), codes[1]: MarkTold(Decimal(1))})
    sheet, wrong = sheets.save(reading, told=told, edit_version=0, by=judging.by(), at=NOW)
    assert list(wrong) == [codes[0]]
    assert list(told_by(sheet).marks) == [codes[1]]


def test_a_sheet_is_handed_in_with_its_hash_and_locks_the_criteria(judging: Judging) -> None:
    sheet = sheets.file(judging.reading(), told=judging.told(), edit_version=0, by=judging.by(), at=NOW)
    sheet = ScoreSheet.objects.select_related("member", "entry", "revision", "criteria_set").get(pk=sheet.pk)
    assert (sheet.filed_at, sheet.sha256) == (NOW, digest_of(sheet, told_by(sheet).marks))
    assert CriteriaSet.objects.get(pk=judging.criteria.pk).locked_at == NOW
    act = Act.objects.get(verb="panel.sheet_filed")
    assert (act.seen_by, str(judging.entries[0].uid) in act.payload) == (SeenBy.PANEL, False)


def test_the_second_click_answers_the_first_sheet(judging: Judging) -> None:
    reading = judging.reading()
    first = sheets.file(reading, told=judging.told(), edit_version=0, by=judging.by(), at=NOW)
    again = sheets.file(reading, told=judging.told(), edit_version=0, by=judging.by(), at=NOW)
    assert again.pk == first.pk
    assert Act.objects.filter(verb="panel.sheet_filed").count() == 1


def test_what_is_missing_is_asked_for_and_what_there_is_is_kept(judging: Judging) -> None:
    reading, codes = judging.reading(), list(judging.asked.by_code)
    told = replace(judging.told(), marks={codes[0]: MarkTold(Decimal(3))})
    with pytest.raises(sheets.Unfinished) as refused:
        sheets.file(reading, told=told, edit_version=0, by=judging.by(), at=NOW)
    assert set(refused.value.wrong) == set(codes[1:])
    assert Mark.objects.count() == 1


def test_a_criterion_may_be_left_open_with_a_reason(judging: Judging) -> None:
    reading, codes = judging.reading(), list(judging.asked.by_code)
    marks = {**judging.told().marks, codes[0]: MarkTold(missing_reason="Hồ sơ không có số liệu.")}
    sheet = sheets.file(reading, told=SheetTold(marks), edit_version=0, by=judging.by(), at=NOW)
    assert Mark.objects.get(sheet=sheet, criterion__code=codes[0]).missing_reason == "Hồ sơ không có số liệu."


def test_below_its_level_a_mark_needs_a_comment(judging: Judging) -> None:
    code = next(iter(judging.asked.by_code))
    judging.criteria.criteria.filter(code=code).update(comment_below=5)
    low = {**judging.told().marks, code: MarkTold(Decimal(4))}
    with pytest.raises(sheets.Unfinished) as refused:
        sheets.file(judging.reading(), told=SheetTold(low), edit_version=0, by=judging.by(), at=NOW)
    assert refused.value.wrong == {code: "Dưới 5 điểm cần có nhận xét. Bạn ghi vì sao."}


def test_a_sheet_that_was_handed_in_changes_only_by_a_new_one(judging: Judging) -> None:
    reading = judging.reading()
    old = sheets.file(reading, told=judging.told(), edit_version=0, by=judging.by(), at=NOW)
    with pytest.raises(Refused):
        sheets.save(reading, told=judging.told("1"), edit_version=1, by=judging.by(), at=NOW)
    new = sheets.correct(
        reading,
        told=judging.told("1"),
        reason="Đọc lại minh chứng.",
        edit_version=old.edit_version,
        by=judging.by(),
        at=NOW,
    )
    old.refresh_from_db()
    assert (old.superseded_reason, told_by(old).marks) == ("Đọc lại minh chứng.", judging.told().marks)
    assert list(ScoreSheet.objects.filed()) == [new]


def test_a_correction_needs_a_reason(judging: Judging) -> None:
    reading = judging.reading()
    sheets.file(reading, told=judging.told(), edit_version=0, by=judging.by(), at=NOW)
    with pytest.raises(Refused):
        sheets.correct(reading, told=judging.told("1"), reason=" ", edit_version=1, by=judging.by(), at=NOW)


@pytest.mark.parametrize("stage", [each for each in Stage if each not in (Stage.DRAFT, Stage.MERGED)])
def test_a_council_hands_in_only_what_is_appraised(judging: Judging, stage: Stage) -> None:
    reading = judging.reading()
    Entry.objects.filter(pk=reading.entry_id).update(stage=stage)
    if stage == Stage.APPRAISED:
        sheets.file(reading, told=judging.told(), edit_version=0, by=judging.by(), at=NOW)
    else:
        with pytest.raises(Refused):
            sheets.file(reading, told=judging.told(), edit_version=0, by=judging.by(), at=NOW)
    assert ScoreSheet.objects.filed().count() == (stage == Stage.APPRAISED)


def test_no_sheet_is_handed_in_while_the_results_stand_closed(judging: Judging) -> None:
    ResultSet.objects.create(
        campaign=judging.campaign, criteria_set=judging.criteria, number=1, software_version="1", inputs="{}",
        inputs_sha256="0" * 64, report="{}", report_sha256="0" * 64, closed_at=NOW, closed_by="user:1",
    )  # fmt: skip
    with pytest.raises(Refused):
        sheets.file(judging.reading(), told=judging.told(), edit_version=0, by=judging.by(), at=NOW)


def test_who_stepped_back_keeps_nothing_of_the_entry(judging: Judging) -> None:
    reading = judging.reading()
    sheets.save(reading, told=judging.told(), edit_version=0, by=judging.by(), at=NOW)
    recusing.abstain(reading, reason="Người thân viết báo cáo.", by=judging.by(), at=NOW)
    assert not ScoreSheet.objects.exists()
    for act in (sheets.save, sheets.file):
        with pytest.raises(Refused):
            act(reading, told=judging.told(), edit_version=0, by=judging.by(), at=NOW)


def test_a_new_text_of_the_unit_does_not_touch_the_sheet(judging: Judging) -> None:
    reading = judging.reading()
    sheet = sheets.file(reading, told=judging.told(), edit_version=0, by=judging.by(), at=NOW)
    before = (sheet.revision_id, sheet.sha256)
    entry = judging.entry(judging.world.ward, "Bản khác")
    Entry.objects.filter(pk=reading.entry_id).update(revision=entry.revision)
    sheet = ScoreSheet.objects.select_related("member", "entry", "revision", "criteria_set").get(pk=sheet.pk)
    assert (sheet.revision_id, digest_of(sheet, told_by(sheet).marks)) == before
