"""What units did on paper, entered by the lead unit: reports, nil answers, withdrawals, supplements."""

from http import HTTPStatus
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from sangkien.campaigns.models import Answer, Participant
from sangkien.intake.actions import drafting
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, Submission
from sangkien.papers.models import Paper
from tests.accounts.signing_in import text
from tests.desk.world import AUGUST, World, address, signed_in
from tests.factories import intake
from tests.factories.attachments import PDF, file

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(world: World) -> Client:
    return signed_in(world.officer)


def letter(**facts: Any) -> dict[str, Any]:
    """As the form sends it."""
    return {
        "letter_number": "45/BC-UBND", "letter_date": "2024-09-03", "arrived_date": "2024-09-05", "arrived_time": "",
        "channel": "paper", "scan": file(PDF, "cong van 45.pdf"), "key": str(uuid4()), **facts,
    }  # fmt: skip


def page_of(world: World, rest: str = "") -> str:
    return f"/dot/{world.campaign.uid}/ghi-nhan-thay/{world.ward.uid}/{rest}"


def typed(world: World, **facts: Any) -> Entry:
    told: Any = {**intake.TOLD, **facts}
    return drafting.start(
        world.campaign, world.ward, told=told, by=world.by(world.officer, world.lead), at=AUGUST, opened_by_lead=True
    )


def _content(client: Client, url: str) -> bytes:
    answer = client.get(url)
    content = b"".join(answer.streaming_content)  # type: ignore[arg-type, attr-defined]  # a file
    for close in answer._resource_closers:  # type: ignore[attr-defined]  # the answer's own close() ends the database too
        close()
    return content


def test_the_units_are_listed_with_what_they_answered_and_found_without_marks(world: World, officer: Client) -> None:
    world.sent(unit=world.neighbour)
    page = f"/dot/{world.campaign.uid}/ghi-nhan-thay/"
    shown = text(officer.get(page))
    assert "đã gửi 1 giải pháp" in shown
    assert "chưa trả lời" in shown
    found = text(officer.get(page, {"q": "phong tu phap"}))
    assert "Phòng Tư pháp" in found
    assert "Phường 04" not in found


def test_a_paper_report_is_typed_and_recorded_once_with_its_letter(world: World, officer: Client) -> None:
    opened = officer.post(page_of(world, "giai-phap/"), {"key": "thêm một"})
    again = officer.post(page_of(world, "giai-phap/"), {"key": "thêm một"})
    assert opened["Location"] == again["Location"]
    entry = Entry.objects.get()
    assert entry.opened_by_lead
    form = text(officer.get(opened["Location"]))
    assert "Bạn nhập thay Phường 04 từ văn bản" in form
    assert page_of(world) in form
    saved = officer.post(
        opened["Location"], {"edit_version": "1", "title": "Tủ sách hỏi đáp ở nhà văn hóa", "main_field": "procedures"}
    )
    assert saved.status_code == HTTPStatus.FOUND
    shown = text(officer.get(page_of(world)))
    assert "Tủ sách hỏi đáp ở nhà văn hóa" in shown
    assert "còn thiếu" in shown
    told = letter(entry=[str(entry.uid)], key="ghi một lần")
    first = officer.post(page_of(world), told)
    second = officer.post(page_of(world), letter(entry=[str(entry.uid)], key="ghi một lần"))
    assert first["Location"] == second["Location"]
    sending = Submission.objects.get()
    assert (sending.recorded_by, sending.sent_by, sending.channel) == (f"user:{world.officer.pk}", "", "paper")
    assert sending.arrived_at.isoformat() == "2024-09-05T01:00:00+00:00"  # eight o'clock there
    assert str(sending.letter) == "Báo cáo số 45/BC-UBND ngày 03/09/2024"
    page = text(officer.get(address(entry)))
    assert "Ghi nhận thay từ Báo cáo số 45/BC-UBND ngày 03/09/2024, đến ngày 05/09/2024 bằng bản giấy." in page
    assert _content(officer, address(entry, f"cong-van/{sending.uid}/")) == PDF
    assert signed_in(world.stranger).get(address(entry, f"cong-van/{sending.uid}/")).status_code == HTTPStatus.NOT_FOUND


def test_the_unit_sees_that_it_was_recorded_for_it(world: World, officer: Client) -> None:
    entry = typed(world)
    assert signed_in(world.head).get(address(entry)).status_code == HTTPStatus.OK
    officer.post(page_of(world), letter(entry=[str(entry.uid)]))
    shown = text(signed_in(world.head).get(address(entry)))
    assert "Ghi nhận thay từ" in shown
    assert "Lê Thị Sen" not in shown


def test_a_bare_file_is_enough(world: World, officer: Client) -> None:
    entry = typed(world)
    officer.post(page_of(world), letter(entry=[str(entry.uid)], letter_number="", letter_date="", channel="file"))
    sending = Submission.objects.get()
    assert (sending.letter, sending.channel) == (None, "file")
    shown = text(officer.get(address(entry)))
    assert "Ghi nhận thay từ tệp của đơn vị" in shown
    assert "cong van 45.pdf" in shown
    assert _content(officer, address(entry, f"tep-goc/{sending.uid}/")) == PDF


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"letter_date": ""}, "Có số công văn thì ghi cả ngày"),
        ({"letter_number": ""}, "Có ngày công văn thì ghi cả số, ký hiệu."),
        ({"letter_number": "không số"}, "chưa đúng. Ghi số trước, ký hiệu sau"),
        ({"arrived_date": "2024-09-12"}, "Ngày giờ đến muộn hơn bây giờ."),
        ({"arrived_date": "2024-09-01"}, "Ngày đến phải từ ngày của văn bản đến hôm nay."),
        ({"arrived_time": "25:00"}, "Giờ này chưa đúng."),
        ({"scan": ""}, "Kèm bản chụp hoặc bản điện tử của công văn."),
        ({"letter_number": "", "letter_date": "", "scan": ""}, "không có công văn thì kèm tệp báo cáo"),
        ({"entry": []}, "Chưa có giải pháp nào được chọn."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_recorded(
    world: World, officer: Client, wrong: dict[str, Any], sentence: str
) -> None:
    entry = typed(world)
    answer = officer.post(page_of(world), letter(**{"entry": [str(entry.uid)], **wrong}))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in text(answer)
    assert (Submission.objects.count(), Entry.objects.get().stage) == (0, Stage.DRAFT)


def test_lateness_goes_by_arrival_not_by_typing(world: World, monkeypatch: Any) -> None:
    entry = typed(world)
    later = world.campaign.window.closes_at.replace(day=20)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    told = letter(entry=[str(entry.uid)], arrived_date="2024-09-15", arrived_time="23:59")
    signed_in(world.officer).post(page_of(world), told)
    entry.refresh_from_db()
    assert (entry.stage, entry.is_late) == (Stage.SUBMITTED, False)


def test_a_nil_answer_is_recorded_once(world: World, officer: Client) -> None:
    first = officer.post(page_of(world, "khong-co/"), letter(letter_number="7/UBND"))
    assert first.status_code == HTTPStatus.FOUND
    participant = Participant.objects.get(campaign=world.campaign, unit=world.ward)
    assert (participant.answer, str(participant.nil_letter)) == (Answer.NIL, "Công văn số 07/UBND ngày 03/09/2024")
    second = officer.post(page_of(world, "khong-co/"), letter(letter_number="7/UBND"))
    assert "Đơn vị đã được ghi là không có giải pháp." in text(second)
    assert Paper.objects.filter(issuer_unit=world.ward).count() == 1


def test_only_a_letter_with_number_and_date_tells_of_nothing_to_report(world: World, officer: Client) -> None:
    answer = officer.post(page_of(world, "khong-co/"), letter(letter_number="", letter_date=""))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Ghi số, ký hiệu của công văn, ví dụ 45/UBND." in text(answer)
    assert Participant.objects.get(campaign=world.campaign, unit=world.ward).answer == Answer.NONE


def test_a_withdrawal_is_recorded_with_its_letter(world: World, officer: Client) -> None:
    entry = world.sent()
    told = letter(letter_number="9/UBND", reason="Chưa đủ số liệu")
    officer.post(address(entry, "rut-tu-van-ban/"), told)
    entry.refresh_from_db()
    assert entry.stage == Stage.WITHDRAWN
    shown = text(officer.get(address(entry)))
    assert "Chưa đủ số liệu (theo Công văn số 09/UBND ngày 03/09/2024)" in shown
    again = officer.post(address(entry, "rut-tu-van-ban/"), letter(reason="Lần hai"), follow=True)
    assert "đã rút nên không rút được" in text(again)


def test_a_supplement_on_paper_is_typed_and_recorded(world: World, officer: Client) -> None:
    entry = world.returned()
    opened = officer.post(address(entry, "bo-sung-tu-van-ban/"))
    assert opened["Location"].endswith("/soan/")
    shown = text(officer.get(page_of(world)))
    assert "bản bổ sung" in shown
    officer.post(page_of(world), letter(entry=[str(entry.uid)]))
    entry.refresh_from_db()
    assert (entry.stage, Submission.objects.count()) == (Stage.SUBMITTED, 2)


@pytest.mark.slow
@pytest.mark.parametrize("who", ["head", "reporter", "decider", "auditor", "stranger", "administrator", "outsider"])
def test_others_record_nothing_on_behalf(world: World, who: str) -> None:
    sent, back, draft = world.sent(), world.returned(), typed(world)
    client = signed_in(getattr(world, who))
    tries = [
        (page_of(world), letter(entry=[str(draft.uid)])), (page_of(world, "giai-phap/"), {"key": "x"}),
        (page_of(world, "khong-co/"), letter()), (address(sent, "rut-tu-van-ban/"), letter(reason="x")),
        (address(back, "bo-sung-tu-van-ban/"), {}),
    ]  # fmt: skip
    assert {client.post(url, data).status_code for url, data in tries} == {HTTPStatus.NOT_FOUND}
    assert client.get(f"/dot/{world.campaign.uid}/ghi-nhan-thay/").status_code == HTTPStatus.NOT_FOUND


def test_the_lead_unit_opens_no_draft_of_a_unit(world: World, officer: Client) -> None:
    entry = world.draft()
    assert officer.get(f"/bao-cao/giai-phap/{entry.uid}/soan/").status_code == HTTPStatus.NOT_FOUND
