"""What waits for whom in a campaign: by unit and role, oldest first, gone when it is done, and nothing of the twin."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangkien.accounts.models import User
from sangkien.intake.actions import returning
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.ledger.models import Act
from tests.accounts.signing_in import text
from tests.desk.world import AUGUST, NOW, World, address, signed_in
from tests.factories import appraisal, entries, importing, intake, sheets
from tests.factories.attachments import PDF, file

pytestmark = pytest.mark.django_db
HOME = "/viec-cua-toi/"


def shown_to(person: User) -> str:
    return text(signed_in(person).get(HOME))


def rows(person: User) -> list[str]:
    """The verbs, from top to bottom."""
    parts = shown_to(person).split('<a class="do" href="')[1:]
    return [part.partition(">")[2].partition("<")[0] for part in parts]


def test_the_lead_unit_has_reports_to_check_one_by_one_then_as_one_row(world: World) -> None:
    silent = "Nhắc 17 đơn vị chưa trả lời"
    one = world.sent()
    assert rows(world.officer) == ["Kiểm tra báo cáo mới", silent]
    assert f'href="{address(one)}"' in shown_to(world.officer)
    for number in range(3):
        world.sent(title=f"Giải pháp số {number}")
    assert rows(world.officer) == ["Kiểm tra 4 báo cáo mới", silent]
    assert "buoc=cho-tiep-nhan" in shown_to(world.officer)


def test_colleagues_of_the_lead_unit_see_the_same_work_and_done_work_is_gone(world: World) -> None:
    entry = world.sent()
    assert rows(world.officer) == rows(world.colleague) == rows(world.leader)
    world.admitted(entry)
    assert "Kiểm tra báo cáo mới" not in rows(world.colleague)


def test_a_supplement_and_an_overdue_return_wait_apart(world: World) -> None:
    answered, overdue = world.returned(due_date=NOW.date()), world.returned()
    world.supplemented(answered)
    assert set(rows(world.officer)) == {
        "Kết luận hồ sơ chưa bổ sung",
        "Xem bản bổ sung",
        "Nhắc 17 đơn vị chưa trả lời",
    }
    page = shown_to(world.officer)
    assert page.index("Quá hạn 22 ngày") < page.index("Xem bản bổ sung")  # what is overdue stands first
    assert "1 việc đã quá hạn" in page
    returning.reject(overdue, reason="Không bổ sung", by=world.by(world.officer, world.lead), at=NOW)
    assert "đã quá hạn" not in shown_to(world.officer)


def test_late_ones_are_one_row_that_says_what_may_be_done(world: World) -> None:
    entry = world.sent()
    Entry.objects.filter(pk=entry.pk).update(arrived_at=world.campaign.window.closes_at)
    assert "Xem 1 báo cáo đến trễ" in rows(world.officer)
    assert "Đến sau hạn 15/9: tiếp nhận, hoặc chuyển sang đợt sau." in shown_to(world.officer)


def test_the_unit_has_its_drafts_by_role_and_its_returns_with_the_gaps(world: World) -> None:
    assert rows(world.reporter) == ["Báo cáo giải pháp, hoặc trả lời là không có"]
    world.draft()
    assert rows(world.reporter) == ["Hoàn tất bản soạn"]
    assert rows(world.head) == ["Xem và gửi báo cáo"]
    world.returned(due_date=NOW.date())
    assert rows(world.head) == ["Bổ sung giải pháp", "Xem và gửi báo cáo"]
    assert "Đề nghị nêu số liệu trước và sau." in shown_to(world.reporter)


def test_the_numbers_on_top(world: World) -> None:
    world.returned()
    assert 'Bạn có 2 việc, <b class="is-late">1 việc đã quá hạn</b>. Đợt nhận báo cáo còn 4 ngày.' in shown_to(
        world.officer
    )


def test_beside_the_work_the_lead_unit_sees_how_the_campaign_stands(world: World) -> None:
    world.sent()
    page = shown_to(world.officer)
    assert "trên 18 đơn vị đã gửi" in page
    assert f"/dot/{world.campaign.uid}/ghi-nhan-thay/" in page
    assert "đơn vị đã gửi" not in shown_to(world.head)


@pytest.mark.slow
def test_nobody_sees_work_of_the_twin_or_of_another_unit(world: World) -> None:
    campaign = world.of_twin()
    theirs = intake.submitted(campaign, world.twin.wards["Phường 04"], at=AUGUST, title="Chuyện riêng của bên kia")
    intake.returned(theirs, due_date=date(2024, 8, 20))
    mine = world.returned()
    for person in (world.officer, world.leader, world.head, world.reporter, world.stranger, world.decider):
        assert "Chuyện riêng của bên kia" not in shown_to(person), person
    for person in (world.outsider, world.namesake, world.stranger, world.administrator, world.reviewer):
        assert str(mine.uid) not in shown_to(person), person
    assert "Kết luận hồ sơ chưa bổ sung" in rows(world.outsider)
    assert "Bổ sung giải pháp" in rows(world.namesake)


@pytest.mark.slow
@pytest.mark.parametrize("who", ["officer", "head", "administrator"])
def test_the_page_takes_the_same_statements_for_one_and_for_three_of_everything(world: World, who: str) -> None:
    client = signed_in(getattr(world, who))

    def counted() -> int:
        client.get(HOME)
        with CaptureQueriesContext(connection) as seen:
            client.get(HOME)
        return len(seen)

    def fill() -> None:
        world.draft()
        world.sent()
        world.returned()
        world.supplemented(world.returned(due_date=NOW.date()))

    fill()
    once = counted()
    fill()
    fill()
    assert counted() == once == STATEMENTS[who]


STATEMENTS = {"officer": 17, "head": 14, "administrator": 14}


def test_what_was_put_off_waits_for_the_units_word_in_the_next_campaign(world: World, monkeypatch: Any) -> None:
    entry = world.returned()
    returning.defer(entry, reason="Chờ số liệu", by=world.by(world.officer, world.lead), at=NOW)
    following, summer = world.next_year(), datetime.fromisoformat("2025-08-01T03:00:00+00:00")
    monkeypatch.setattr("django.utils.timezone.now", lambda: summer)
    assert "Xác nhận “vẫn đang áp dụng”" in rows(world.head)
    assert "Xem các giải pháp chờ từ đợt trước" in rows(world.officer)
    pool = text(signed_in(world.officer).get(f"/dot/{following.uid}/cho-dot-sau/"))
    assert "đợt 2024, mã 10.01" in pool
    assert "Ghi nhận xác nhận từ công văn" in pool
    client = signed_in(world.officer)
    told = {
        "letter_number": "3/UBND", "letter_date": "2025-07-30", "arrived_date": "2025-07-31", "channel": "paper",
        "scan": intake_scan(),
    }  # fmt: skip
    answer = client.post(f"/dot/{following.uid}/cho-dot-sau/{entry.uid}/", told)
    assert answer["Location"].startswith(f"/dot/{following.uid}/ghi-nhan-thay/")
    assert Entry.objects.get(campaign=following).deferred_from == entry
    again = client.post(f"/dot/{following.uid}/cho-dot-sau/{entry.uid}/", {**told, "scan": intake_scan()})
    assert again["Location"] == answer["Location"]
    assert Entry.objects.filter(campaign=following).count() == 1
    assert "Xác nhận “vẫn đang áp dụng”" not in rows(world.head)


def test_a_letter_that_says_no_longer_applied_ends_the_question(world: World, monkeypatch: Any) -> None:
    entry = world.returned()
    returning.defer(entry, reason="Chờ số liệu", by=world.by(world.officer, world.lead), at=NOW)
    following, summer = world.next_year(), datetime.fromisoformat("2025-08-01T03:00:00+00:00")
    monkeypatch.setattr("django.utils.timezone.now", lambda: summer)
    client, page = signed_in(world.officer), f"/dot/{following.uid}/cho-dot-sau/{entry.uid}/khong-con/"
    assert "Công văn của đơn vị báo không còn áp dụng" in text(client.get(page))
    told = {
        "letter_number": "3/UBND", "letter_date": "2025-07-30", "arrived_date": "2025-07-31", "channel": "paper",
    }  # fmt: skip
    assert "Ghi lý do, một câu là đủ." in text(client.post(page, {**told, "scan": intake_scan()}))
    answer = client.post(page, {**told, "reason": "Đã thay phần mềm khác", "scan": intake_scan()})
    assert answer["Location"] == f"/dot/{following.uid}/cho-dot-sau/"
    assert "đơn vị trả lời: không còn áp dụng" in text(client.get(answer["Location"]))
    entry.refresh_from_db()
    assert entry.no_longer_applied_at == summer
    assert "Đã thay phần mềm khác (theo " in Act.objects.about(entry.uid).get(verb="entry.no_longer_applied").payload
    assert "Xác nhận “vẫn đang áp dụng”" not in rows(world.head)
    for stranger in (world.outsider, world.head):
        assert signed_in(stranger).get(page).status_code == HTTPStatus.NOT_FOUND


def intake_scan() -> Any:
    return file(PDF, "cong van 3.pdf")


@pytest.mark.slow
def test_what_was_read_from_files_waits_in_the_queue_of_each_side(world: World) -> None:
    importing.read(world.campaign, None, importing.upload(importing.one(field=importing.CONTRADICTION)))
    assert "Xác nhận nội dung đọc từ tệp" in rows(world.officer)
    assert "1 giải pháp đọc từ tệp, có 1 chỗ cần trả lời" in shown_to(world.colleague)
    assert "Xác nhận nội dung đọc từ tệp" not in rows(world.head)
    own = world.by(world.reporter, world.ward)
    importing.read(world.campaign, world.ward, importing.upload(importing.one(title="Tủ sách khu phố")), by=own)
    for person in (world.reporter, world.head):
        assert f"/bao-cao/dot/{world.campaign.uid}/{world.ward.uid}/nhap-tep/" in shown_to(person)
    assert "Xác nhận nội dung đọc từ tệp" not in rows(world.stranger)
    assert "1 giải pháp đọc từ tệp, có 1 chỗ cần trả lời" in shown_to(world.officer)  # not the unit's own


def test_what_is_to_be_scored_waits_as_one_row_and_is_gone_when_handed_in(world: World) -> None:
    criteria, panel = sheets.criteria(world.campaign), appraisal.panel(world.campaign, due_date=date(2024, 9, 30))
    seat = appraisal.panel_member(panel, world.told.offices["Phòng Tư pháp"], world.reviewer)
    scored = [entries.entry(world.campaign, world.ward, f"Giải pháp {n}", stage=Stage.APPRAISED) for n in range(2)]
    for each in scored:
        appraisal.reading(seat, each)
    assert "Chấm 2 hồ sơ" in rows(world.reviewer)
    for each in scored:
        sheets.sheet(seat, each, criteria, 50)
    assert rows(world.reviewer) == []
