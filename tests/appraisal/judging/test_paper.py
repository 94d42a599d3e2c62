"""Sheets on paper: typed in by one, compared by another; only then they count."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.judging import paper, sheets
from sangkien.appraisal.judging.digest import digest_of
from sangkien.appraisal.judging.told import told_by
from sangkien.appraisal.models import Reading, ResultSet, ScoreSheet
from sangkien.initiatives.models import Authorship
from sangkien.ledger.models import Act
from tests.accounts.signing_in import text
from tests.appraisal.judging.world import Judging
from tests.desk.world import NOW, signed_in
from tests.factories import appraisal

pytestmark = pytest.mark.django_db
MOST = 15  # statements of a page


@pytest.fixture
def reading(judging: Judging) -> Reading:
    """Of a judge without an account."""
    office = judging.judges[0].unit
    judging.judges.append(appraisal.panel_member(judging.panel, office, name="Ủy viên chấm giấy"))
    return judging.reading(len(judging.judges) - 1)


def typed(judging: Judging, reading: Reading, **facts: Any) -> ScoreSheet:
    world = judging.world
    who: dict[str, Any] = {"by": world.by(world.officer, world.lead), "at": NOW, "told": judging.told(), **facts}
    return paper.enter(reading, **who)


def test_it_counts_only_when_another_has_compared_it(judging: Judging, reading: Reading) -> None:
    world, sheet = judging.world, typed(judging, reading)
    assert (sheet.filed_at, ScoreSheet.objects.filed().count()) == (NOW, 0)
    stored = ScoreSheet.objects.select_related("member", "entry", "revision", "criteria_set").get()
    assert stored.sha256 == digest_of(stored, told_by(stored).marks)
    with pytest.raises(Refused, match="người khác"):
        paper.check(sheet, by=world.by(world.officer, world.lead), at=NOW)
    assert ScoreSheet.objects.filed().count() == 0
    for _click in range(2):
        paper.check(sheet, by=world.by(world.colleague, world.lead), at=NOW)
    assert ScoreSheet.objects.filed().count() == 1
    verbs = Act.objects.filter(verb__startswith="panel.sheet").values_list("verb", flat=True)
    assert sorted(verbs) == ["panel.sheet_checked", "panel.sheet_entered"]


def test_the_second_click_answers_the_first(judging: Judging, reading: Reading) -> None:
    assert typed(judging, reading).pk == typed(judging, reading).pk
    assert Act.objects.filter(verb="panel.sheet_entered").count() == 1


def test_what_is_given_back_is_typed_again(judging: Judging, reading: Reading) -> None:
    world, sheet = judging.world, typed(judging, reading)
    by = world.by(world.colleague, world.lead)
    with pytest.raises(Refused, match="chỗ khác"):
        paper.give_back(sheet, reason=" ", by=by, at=NOW)
    paper.give_back(sheet, reason="Tiêu chí đầu ghi 9.", by=by, at=NOW)
    with pytest.raises(Refused, match="không còn chờ"):
        paper.check(sheet, by=by, at=NOW)
    again = typed(judging, reading, told=judging.told("1"))
    assert again.pk != sheet.pk
    assert ScoreSheet.objects.count() == 2


def test_what_stands_is_replaced_only_with_a_reason(judging: Judging, reading: Reading) -> None:
    world, sheet = judging.world, typed(judging, reading)
    paper.check(sheet, by=world.by(world.colleague, world.lead), at=NOW)
    with pytest.raises(Refused, match="vì sao"):
        typed(judging, reading, told=judging.told("1"))
    assert ScoreSheet.objects.filed().count() == 1
    typed(judging, reading, told=judging.told("1"), reason="Nhập nhầm hàng.")
    assert ScoreSheet.objects.filed().count() == 0


def test_a_sheet_that_is_not_whole_is_not_kept(judging: Judging, reading: Reading) -> None:
    with pytest.raises(sheets.Unfinished):
        typed(judging, reading, told=replace(judging.told(), marks={}))
    assert not ScoreSheet.objects.exists()


def test_what_the_judge_does_on_the_screen_is_not_overwritten(judging: Judging) -> None:
    mine = judging.reading()
    sheets.save(mine, told=judging.told(), edit_version=0, by=judging.by(), at=NOW)
    with pytest.raises(Refused, match="trên máy"):
        typed(judging, mine, told=judging.told("1"))
    sheets.file(mine, told=judging.told(), edit_version=1, by=judging.by(), at=NOW)
    with pytest.raises(Refused, match="trên máy"):
        typed(judging, mine, told=judging.told("1"))
    assert ScoreSheet.objects.get().entered_by == ""


def test_not_for_a_judge_in_conflict_and_not_after_the_closing(judging: Judging, reading: Reading) -> None:
    own = judging.reading(len(judging.judges) - 1, judging.own)
    with pytest.raises(Refused, match="không chấm hồ sơ này"):
        typed(judging, own)
    sheet, world = typed(judging, reading), judging.world
    ResultSet.objects.create(
        campaign=judging.campaign, criteria_set=judging.criteria, number=1, inputs="{}", inputs_sha256="0" * 64,
        report="{}", report_sha256="0" * 64, software_version="0.3", closed_at=NOW, closed_by="user:1",
    )  # fmt: skip
    with pytest.raises(Refused, match="chốt"):
        paper.check(sheet, by=world.by(world.colleague, world.lead), at=NOW)
    with pytest.raises(Refused, match="chốt"):
        typed(judging, judging.reading(len(judging.judges) - 1, 1))


def test_from_page_to_page(judging: Judging, reading: Reading) -> None:
    world = judging.world
    officer, colleague = signed_in(world.officer), signed_in(world.colleague)
    start = f"/tham-dinh/to-cham/{judging.panel.uid}/"
    assert "phieu-giay/" in officer.get(start).content.decode()
    listed = text(officer.get(f"{start}phieu-giay/"))
    assert "Trả kết quả tại nhà" in listed
    form = f"{start}phieu-giay/{reading.uid}/"
    assert officer.get(form).content.decode().count("<fieldset") == len(judging.asked.by_code)
    assert officer.post(form, {}).status_code == 422
    assert officer.post(form, judging.form()).status_code == 302
    mine = text(officer.get(f"{start}phieu-giay/"))
    assert "So lại 1 phiếu" in mine
    assert world.colleague.name in mine
    page = f"/tham-dinh/phieu-giay/{ScoreSheet.objects.get().uid}/"
    assert "Khớp với bản giấy" not in text(officer.get(page))
    assert officer.post(page, {"act": "check"}).status_code == 422
    assert "Khớp với bản giấy" in text(colleague.get(page))
    assert colleague.post(page, {"act": "check"}).status_code == 302
    assert ScoreSheet.objects.filed().count() == 1


@pytest.mark.parametrize("who", ["reporter", "head", "stranger", "auditor", "reviewer", "outsider", "namesake"])
def test_nobody_else_finds_these_pages(judging: Judging, reading: Reading, who: str) -> None:
    sheet, browser = typed(judging, reading), signed_in(getattr(judging.world, who))
    start = f"/tham-dinh/to-cham/{judging.panel.uid}/phieu-giay/"
    for page in (start, f"{start}{reading.uid}/", f"/tham-dinh/phieu-giay/{sheet.uid}/"):
        assert browser.get(page).status_code == 404


def test_who_wrote_the_report_finds_neither_the_reading_nor_the_sheet(judging: Judging, reading: Reading) -> None:
    sheet, world = typed(judging, reading), judging.world
    Authorship.objects.create(revision=judging.entries[0].revision, user=world.colleague, position=1)
    browser = signed_in(world.colleague)
    start = f"/tham-dinh/to-cham/{judging.panel.uid}/phieu-giay/"
    assert "So lại" not in text(browser.get(start))
    assert "Trả kết quả tại nhà" not in text(browser.get(start))
    assert browser.get(f"{start}{reading.uid}/").status_code == 404
    assert browser.get(f"/tham-dinh/phieu-giay/{sheet.uid}/").status_code == 404


def test_who_judges_the_same_entry_sees_no_marks_before_the_own_sheet(judging: Judging, reading: Reading) -> None:
    world, sheet = judging.world, typed(judging, reading)
    seat = appraisal.panel_member(judging.panel, world.lead, world.colleague)
    appraisal.reading(seat, judging.entries[0])
    page = f"/tham-dinh/phieu-giay/{sheet.uid}/"
    shown = text(signed_in(world.colleague).get(page))
    assert "Bạn cũng chấm hồ sơ này" in shown
    assert "<dt>" not in signed_in(world.colleague).get(page).content.decode()
    assert signed_in(world.colleague).post(page, {"act": "check"}).status_code == 422


def test_the_list_asks_no_more_for_three_than_for_one(judging: Judging, reading: Reading) -> None:
    browser = signed_in(judging.world.officer)
    address = f"/tham-dinh/to-cham/{judging.panel.uid}/phieu-giay/"
    typed(judging, reading)
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for title in ("Một cửa lưu động", "Nhắc hẹn"):
        typed(judging, judging.reading(len(judging.judges) - 1, judging.entry(judging.world.ward, title)))
    with CaptureQueriesContext(connection) as three:
        browser.get(address)
    assert len(three) == len(one) <= MOST


def test_the_form_and_the_comparison_ask_little(judging: Judging, reading: Reading) -> None:
    sheet, world = typed(judging, reading), judging.world
    form = f"/tham-dinh/to-cham/{judging.panel.uid}/phieu-giay/{reading.uid}/"
    for person, page in ((world.officer, form), (world.colleague, f"/tham-dinh/phieu-giay/{sheet.uid}/")):
        browser = signed_in(person)
        browser.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(page).status_code == 200
        assert len(asked) <= MOST, len(asked)
