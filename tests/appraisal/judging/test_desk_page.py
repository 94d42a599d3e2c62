"""The desk of a judge: what it shows, keeps and hands in; what it never tells; how little it asks."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangkien.accounts.roles import Role
from sangkien.appraisal.actions.judging import recusing, sheets
from sangkien.appraisal.models import Reading, ScoreSheet
from sangkien.initiatives.models import CoImplementer
from tests.accounts.signing_in import text
from tests.appraisal.judging.world import Judging, address
from tests.desk.world import NOW, signed_in
from tests.factories import accounts, appraisal
from tests.factories import sheets as rows

pytestmark = pytest.mark.django_db
LIST = "/tham-dinh/cham/"


def shown(judging: Judging, path: str, judge: int = 0) -> str:
    return text(judging.browser(judge).get(path))


def test_the_list_and_the_desk_name_what_is_read(judging: Judging) -> None:
    reading = judging.reading()
    assert "Bạn đã chấm 0 trên 1" in shown(judging, LIST)
    page = shown(judging, address(reading))
    assert "Trả kết quả tại nhà" in page
    assert "Phường 04" in page
    assert page.count("<fieldset") == len(judging.asked.by_code)


def test_looking_changes_nothing(judging: Judging) -> None:
    shown(judging, address(judging.reading()))
    assert not ScoreSheet.objects.exists()


def test_the_script_is_answered_in_a_few_words(judging: Judging) -> None:
    reading, browser = judging.reading(), judging.browser()
    answer = browser.post(address(reading), judging.form(), headers={"X-Draft": "auto"})
    assert (answer.status_code, answer.json()["edit_version"], answer.json()["wrong"]) == (200, 1, {})
    late = browser.post(address(reading), judging.form("1"), headers={"X-Draft": "auto"})
    assert late.status_code == 409


def test_two_windows_are_shown_beside_each_other(judging: Judging) -> None:
    reading, browser = judging.reading(), judging.browser()
    browser.post(address(reading), judging.form())
    clash = browser.post(address(reading), judging.form("1"))
    assert clash.status_code == 409
    assert "vừa được lưu ở cửa sổ khác" in text(clash)
    kept = browser.post(address(reading), judging.form("1", edit_version="1"))
    assert kept.status_code == 302
    assert ScoreSheet.objects.get().edit_version == 2


def test_handing_in_leads_to_the_next_and_at_last_to_the_list(judging: Judging) -> None:
    first, second, browser = judging.reading(), judging.reading(entry=1), judging.browser()
    answer = browser.post(address(first), judging.form(act="file"))
    assert answer["Location"] == address(second)
    answer = browser.post(address(second), judging.form(act="file"))
    assert answer["Location"] == LIST
    assert "Bạn đã nộp đủ phiếu" in text(browser.get(LIST))


def test_an_unfinished_sheet_is_asked_for_again(judging: Judging) -> None:
    reading = judging.reading()
    form = judging.form(act="file")
    del form[next(each for each in form if each.startswith("mark-"))]
    answer = judging.browser().post(address(reading), form)
    assert answer.status_code == 422
    assert "Chưa chấm." in text(answer)
    assert ScoreSheet.objects.filed().count() == 0


def test_what_was_handed_in_is_shown_and_corrected_with_a_reason(judging: Judging) -> None:
    reading, browser = judging.reading(), judging.browser()
    browser.post(address(reading), judging.form(act="file"))
    assert "Sửa phiếu đã nộp" in text(browser.get(address(reading)))
    form = judging.form("1", act="correct", edit_version="1")
    assert browser.post(address(reading), form).status_code == 422
    assert browser.post(address(reading), {**form, "reason": "Đọc lại."}).status_code == 302
    assert ScoreSheet.objects.count() == 2


def test_nobody_else_finds_a_reading(judging: Judging) -> None:
    reading, world = judging.reading(), judging.world
    others = [judging.people[1], world.officer, world.reporter, world.head, world.administrator, world.auditor,
              world.decider, world.outsider, world.namesake]  # fmt: skip
    for person in others:
        for rest in ("", "khong-cham/", "ban-goc/"):
            assert signed_in(person).get(address(reading, rest)).status_code == 404, person
        assert signed_in(person).post(address(reading), judging.form(act="file")).status_code == 404
    assert not ScoreSheet.objects.exists()


def test_marks_of_another_are_on_no_page_of_a_judge(judging: Judging) -> None:
    """What could leak: a sheet with a comment that nobody else may read, and a total."""
    other = judging.reading(1)
    sheets.file(
        other,
        told=judging.told("1", comment="Nhận xét kín của người thứ hai"),
        edit_version=0,
        by=judging.by(1),
        at=NOW,
    )
    mine = judging.reading()
    page = shown(judging, address(mine)) + shown(judging, LIST)
    assert "Nhận xét kín" not in page
    assert "1 người đã đọc" in page  # how many have read, never what they gave
    judging.browser().post(address(mine), judging.form(act="file"))
    assert "Nhận xét kín" not in shown(judging, address(mine)) + shown(judging, LIST)


@pytest.mark.parametrize("way", ["abstained", "recused", "own unit", "co-implementer", "second job", "left", "gone"])
def test_who_keeps_out_finds_nothing_and_no_number_tells(judging: Judging, way: str) -> None:
    """Lists and desks read the same as if the entry were not there."""
    kept, other, browser = judging.reading(), judging.reading(entry=1), judging.browser()
    match way:
        case "abstained":
            recusing.abstain(kept, reason="Người thân.", by=judging.by(), at=NOW)
        case "recused":
            recusing.recuse(judging.judges[0], kept.entry, reason="Người thân.", by=judging.by(1), at=NOW)
        case "own unit":
            Reading.objects.filter(pk=kept.pk).update(entry=judging.own)
        case "co-implementer":
            CoImplementer.objects.create(initiative=kept.entry.initiative, unit=judging.judges[0].unit)
        case "second job":
            accounts.membership(judging.people[0], judging.world.ward, Role.REPORTER)
        case "left":
            judging.panel.members.filter(pk=judging.judges[0].pk).update(left_at=NOW)
        case "gone":
            type(kept.entry).objects.filter(pk=kept.entry_id).update(stage="withdrawn")
    for rest in ("", "khong-cham/", "ban-goc/"):
        assert browser.get(address(kept, rest)).status_code == 404
    assert browser.post(address(kept), judging.form(act="file")).status_code == 404
    page = text(browser.get(LIST))
    assert "Trả kết quả tại nhà" not in page
    assert "Sổ tay hỏi đáp" not in page
    if way != "left":
        assert "Bạn đã chấm 0 trên 1" in page
        assert "Bạn đã chấm 0 trên 1" in text(browser.get(address(other)))


def test_names_are_hidden_where_the_campaign_reads_so(judging: Judging) -> None:
    judging.criteria.blind_names = True
    judging.criteria.save()
    entry = judging.entry(
        judging.world.ward,
        "Bàn hỏi một lần ở phường 4",
        situation="UBND P.04 có 70 lượt.",
        content="Khác với Phường 40.",
    )
    reading = judging.reading(0, entry)
    page = shown(judging, address(reading)) + shown(judging, LIST)
    for name in ("Phường 04", "phường 4<", "P.04", entry.code):
        assert name not in page
    assert "▇▇▇ có 70 lượt" in page
    assert "Phường 40" in page
    assert judging.browser().get(address(reading, "ban-goc/")).status_code == 404


def _asked(judging: Judging, path: str) -> int:
    browser = judging.browser()
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len([each for each in captured if "SAVEPOINT" not in each["sql"]])


@pytest.mark.slow
@pytest.mark.parametrize("blind", [False, True])
def test_a_desk_asks_the_same_however_long_the_queue(judging: Judging, blind: bool) -> None:
    judging.criteria.blind_names = blind
    judging.criteria.save()
    reading = judging.reading()
    asked = {1: (_asked(judging, LIST), _asked(judging, address(reading)))}
    for count in (3, 250):
        while Reading.objects.count() < count:
            number = Reading.objects.count()
            made = judging.reading(0, judging.entry(judging.world.ward, f"Giải pháp {number}"))
            if number == 2:
                rows.sheet(judging.judges[0], made.entry, judging.criteria, 50)
        asked[count] = (_asked(judging, LIST), _asked(judging, address(reading)))
    assert asked[1] == asked[3] == asked[250]
    assert max(asked[250]) <= 15


def test_an_office_scores_while_it_appraises(judging: Judging) -> None:
    office = judging.judges[0].unit
    panel: Any = appraisal.panel(judging.campaign, kind="office", office=office, name="Tổ chấm")
    member = appraisal.panel_member(panel, office, judging.people[0])
    entry = judging.entry(judging.world.ward, "Đang thẩm định", stage="in_appraisal")
    made = appraisal.reading(member, entry)
    assert judging.browser().post(address(made), judging.form(act="file")).status_code == 302
    assert ScoreSheet.objects.filed().get().entry == entry
