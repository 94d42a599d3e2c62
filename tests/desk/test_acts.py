"""What the lead unit does with an entry: done once however often it is sent, refused with a sentence, undone."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from sangkien.initiatives.models import CoImplementer
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Admission, Entry, Return
from sangkien.ledger.models import Act
from tests.accounts.signing_in import text
from tests.desk.world import AUGUST, NOW, World, address, signed_in
from tests.factories import intake
from tests.factories.attachments import PDF, file

pytestmark = pytest.mark.django_db

GAP = {"ask-effectiveness": "on", "text-effectiveness": "Đề nghị nêu số hồ sơ trước và sau."}
BACK: dict[str, Any] = {**GAP, "due_date": "2024-09-18", "remark": "", "key": "một cú bấm"}


def _stage(entry: Entry) -> str:
    entry.refresh_from_db()
    return entry.stage


def _acts(entry: Entry, verb: str) -> int:
    return Act.objects.about(entry.uid).filter(verb=f"entry.{verb}").count()


@pytest.fixture
def officer(world: World) -> Client:
    return signed_in(world.officer)


# -- sending back


def test_what_is_missing_comes_ticked_with_a_sentence(world: World, officer: Client) -> None:
    entry = intake.draft(world.campaign, world.ward, novelty="")
    intake.sent(entry, accept_gaps=True)
    shown = text(officer.get(address(entry, "tra-lai/")))
    assert 'name="ask-novelty" class="form-check-input" id="id_ask-novelty" checked' in shown
    assert "Chưa đủ nội dung: thiếu “Tính mới”. Đề nghị nêu: khác gì với cách làm trước đây." in shown
    assert 'id="id_ask-content" checked' not in shown
    assert 'value="2024-09-18"' in shown  # five working days from the 12th


def test_an_entry_is_sent_back_with_gaps_and_a_day_and_only_once(world: World, officer: Client) -> None:
    entry = world.sent()
    for _click in range(2):
        answer = officer.post(address(entry, "tra-lai/"), BACK)
        assert answer["Location"] == address(entry)
    back = Return.objects.get(entry=entry)
    assert [(gap.part, gap.text) for gap in back.gaps.all()] == [
        ("effectiveness", "Đề nghị nêu số hồ sơ trước và sau.")
    ]
    assert (_stage(entry), str(back.due_date), _acts(entry, "send_back")) == ("changes_requested", "2024-09-18", 1)
    assert "Đơn vị được báo; hạn bổ sung đến hết ngày 18/09/2024." in text(officer.get(address(entry)))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ask-effectiveness": ""}, "Chọn ít nhất một phần cần bổ sung"),
        ({"text-effectiveness": " "}, "Ghi điều cần bổ sung, hoặc bỏ dấu chọn ở phần này."),
        ({"due_date": "2024-09-10"}, "Ngày này đã qua."),
        ({"due_date": "31/6/2024"}, "Ngày này không có."),
        ({"due_date": ""}, "Chỗ này còn trống."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    world: World, officer: Client, wrong: dict[str, str], sentence: str
) -> None:
    entry = world.sent()
    answer = officer.post(address(entry, "tra-lai/"), {**BACK, "remark": "Cảm ơn đơn vị", **wrong})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    shown = text(answer)
    assert sentence in shown
    assert "Cảm ơn đơn vị" in shown
    assert _stage(entry) == Stage.SUBMITTED


def test_two_officers_at_once_are_told_and_nobody_is_overwritten(world: World, officer: Client) -> None:
    entry = world.sent()
    colleague = signed_in(world.colleague)
    colleague.get(address(entry, "tra-lai/"))
    officer.post(address(entry, "tiep-nhan/"), {"key": "sen"})
    answer = colleague.post(address(entry, "tra-lai/"), {**BACK, "key": "bưởi"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "đã tiếp nhận nên không trả lại để bổ sung được" in text(answer)
    assert "Đề nghị nêu số hồ sơ trước và sau." in text(answer)
    assert _stage(entry) == Stage.ADMITTED
    late = colleague.get(address(entry, "tra-lai/"), follow=True)
    assert "đã tiếp nhận nên không trả lại để bổ sung được" in text(late)


def test_more_time_is_given(world: World, officer: Client) -> None:
    entry = world.returned()
    assert 'value="2024-09-18"' in text(officer.get(address(entry, "gia-han/")))
    officer.post(address(entry, "gia-han/"), {"due_date": "2024-09-20"})
    assert str(Return.objects.get(entry=entry).due_date) == "2024-09-20"
    again = officer.post(address(entry, "gia-han/"), {"due_date": "2024-09-20"})
    assert "Hạn mới phải sau hạn đang có" in text(again)
    assert _acts(entry, "return_extended") == 1


# -- admitting


def test_a_complete_entry_is_admitted_by_one_click_and_taken_back_by_one(world: World, officer: Client) -> None:
    entry = world.sent()
    for _click in range(2):
        officer.post(address(entry, "tiep-nhan/"), {"key": "một cú bấm"})
    assert (_stage(entry), Admission.objects.count(), _acts(entry, "admit")) == (Stage.ADMITTED, 1, 1)
    shown = text(officer.get(address(entry)))
    assert "Đã tiếp nhận vào bảng tổng hợp." in shown
    assert f'action="{address(entry, "tiep-nhan/hoan-lai/")}"' in shown
    for _click in range(2):
        answer = officer.post(address(entry, "tiep-nhan/hoan-lai/"), follow=True)
    assert _stage(entry) == Stage.SUBMITTED
    assert "không có gì để hoàn lại" in text(answer)


def test_a_late_entry_is_admitted_only_with_a_reason(world: World, officer: Client) -> None:
    late = intake.submitted(world.campaign, world.ward, at=AUGUST)
    Entry.objects.filter(pk=late.pk).update(arrived_at=world.campaign.window.closes_at)
    assert "Theo kế hoạch, báo cáo đến trễ được xét ở đợt sau" in text(officer.get(address(late, "tiep-nhan/")))
    answer = officer.post(address(late, "tiep-nhan/"), {"key": "a", "late_reason": ""})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    officer.post(address(late, "tiep-nhan/"), {"key": "b", "late_reason": "Đơn vị gặp mưa lũ"})
    assert _stage(late) == Stage.ADMITTED
    assert "Lý do: Đơn vị gặp mưa lũ" in text(officer.get(address(late)))


# -- merging


def test_a_duplicate_is_found_previewed_merged_and_separated(world: World, officer: Client) -> None:
    kept = world.sent(unit=world.neighbour, title="Trả kết quả chứng thực tại nhà")
    entry = world.sent()
    intake.sent(intake.draft(world.campaign, world.told.wards["Phường 11"], title="Hộp thư điện tử của khu phố"))
    found = text(officer.get(address(entry, "gop/"), {"q": "tra ket qua chung thuc"}))
    assert f"?vao={kept.uid}" in found
    assert "Hộp thư điện tử" not in found
    preview = text(officer.get(address(entry, "gop/"), {"vao": str(kept.uid)}))
    assert "Gộp vào giải pháp 11.01" in preview
    assert "thêm khi gộp" in preview
    assert CoImplementer.objects.count() == 0
    for _click in range(2):
        officer.post(address(entry, "gop/"), {"vao": str(kept.uid)})
    assert (_stage(entry), _acts(entry, "merge")) == (Stage.MERGED, 1)
    assert CoImplementer.objects.get().unit == world.ward
    assert "giải pháp mã 10.01 trùng nội dung, đã gộp vào đây" in text(officer.get(address(kept)))
    officer.post(address(entry, "gop/tach-ra/"))
    assert (_stage(entry), CoImplementer.objects.count()) == (Stage.SUBMITTED, 0)


def test_where_no_title_comes_near_those_of_the_same_field_are_offered(world: World, officer: Client) -> None:
    entry = world.sent(title="Lấy số trước qua mã QR")
    other = world.sent(unit=world.neighbour, title="Xếp hàng bằng điện thoại")
    shown = text(officer.get(address(entry, "gop/")))
    assert "Cùng lĩnh vực, mới nhất ở trên" in shown
    assert f"?vao={other.uid}" in shown


def test_nothing_of_another_campaign_can_be_merged_into(world: World, officer: Client, twin_entry: Entry) -> None:
    entry = world.sent()
    shown = text(officer.get(address(entry, "gop/"), {"q": "Trả kết quả hồ sơ chứng thực"}))
    assert str(twin_entry.uid) not in shown
    answer = officer.post(address(entry, "gop/"), {"vao": str(twin_entry.uid)})
    assert answer.status_code == HTTPStatus.OK
    assert _stage(entry) == Stage.SUBMITTED


@pytest.fixture
def twin_entry(world: World) -> Entry:
    """Of the twin authority, with the very same words."""
    return intake.submitted(world.of_twin(), world.twin.wards["Phường 04"], at=AUGUST)


# -- after the day


def test_after_the_day_a_person_decides_with_a_reason(world: World, officer: Client) -> None:
    entry = world.returned()
    shown = text(officer.get(address(entry, "ket-luan/")))
    assert "Đơn vị chưa gửi bản bổ sung trong thời hạn đến hết ngày 20/8/2024." in shown
    refused = officer.post(address(entry, "ket-luan/"), {"outcome": "reject", "reason": ""})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    officer.post(address(entry, "ket-luan/"), {"outcome": "defer", "reason": "Chờ số liệu cả năm"})
    assert _stage(entry) == Stage.DEFERRED
    again = officer.post(address(entry, "ket-luan/"), {"outcome": "reject", "reason": "Khác"}, follow=True)
    assert "chuyển đợt sau nên không" in text(again)
    assert _stage(entry) == Stage.DEFERRED


def test_before_the_day_nobody_concludes(world: World, officer: Client) -> None:
    entry = world.returned(due_date=NOW.date())
    answer = officer.get(address(entry, "ket-luan/"), follow=True)
    assert "Đơn vị còn thời gian bổ sung đến hết ngày 11/09/2024." in text(answer)
    officer.post(address(entry, "ket-luan/"), {"outcome": "reject", "reason": "Sớm"})
    assert _stage(entry) == Stage.CHANGES_REQUESTED


# -- who may not


@pytest.mark.slow
@pytest.mark.parametrize("who", ["head", "reporter", "decider", "auditor", "stranger", "administrator", "outsider"])
def test_others_find_no_act_of_the_lead_unit(world: World, who: str) -> None:
    entry, back = world.sent(), world.returned()
    client = signed_in(getattr(world, who))
    tries = [
        (address(entry, "tra-lai/"), BACK), (address(entry, "tiep-nhan/"), {"key": "x"}),
        (address(entry, "tiep-nhan/hoan-lai/"), {}), (address(entry, "gop/"), {"vao": str(back.uid)}),
        (address(entry, "gop/tach-ra/"), {}), (address(back, "gia-han/"), {"due_date": "2024-09-20"}),
        (address(back, "ket-luan/"), {"outcome": "defer", "reason": "x"}),
    ]  # fmt: skip
    assert {client.post(url, data).status_code for url, data in tries} == {HTTPStatus.NOT_FOUND}
    assert (_stage(entry), _stage(back)) == (Stage.SUBMITTED, Stage.CHANGES_REQUESTED)


# -- the request as an official letter, issued afterwards

LETTER: dict[str, Any] = {"letter_number": "45/PNV", "letter_date": "2024-09-10", "key": "một cú bấm"}


def _asked_for(world: World) -> tuple[Return, str]:
    back = Return.objects.get(entry=world.returned())
    return back, address(back.entry, f"phieu-bo-sung/{back.uid}/cong-van/")


def test_a_letter_issued_afterwards_is_named_beside_each_return_it_asks_for(world: World, officer: Client) -> None:
    back, page = _asked_for(world)
    other = Return.objects.get(entry=world.returned(entry=world.sent(title="Hẹn giờ qua điện thoại")))
    foreign = Return.objects.get(entry=world.returned(entry=world.sent(unit=world.neighbour)))
    shown = text(officer.get(page))
    assert "Hẹn giờ qua điện thoại" in shown
    assert str(foreign.uid) not in shown
    assert "Ghi công văn đã ban hành" in text(officer.get(address(back.entry)))
    told = {**LETTER, "issuer": str(world.lead.uid), "together": [str(other.uid)]}
    assert "Kèm bản chụp hoặc bản ký số" in text(officer.post(page, told))
    answer = officer.post(page, {**told, "scan": file(PDF, "cong van 45.pdf")})
    assert answer["Location"] == address(back.entry)
    for each in (back, other, foreign):
        each.refresh_from_db()
    assert str(back.letter) == str(other.letter)
    assert back.letter is not None
    assert back.letter.issuer_unit == world.lead
    assert foreign.letter is None
    assert "Mở công văn đã ban hành" in text(officer.get(address(back.entry)))
    assert officer.post(page, told)["Location"] == address(back.entry)  # a second click is told that it is there
    assert (_acts(back.entry, "return_letter"), _acts(other.entry, "return_letter")) == (1, 1)


def test_the_unit_opens_the_signed_letter_and_nobody_else_names_it(world: World, officer: Client) -> None:
    back, page = _asked_for(world)
    officer.post(page, {**LETTER, "issuer": str(world.told.district.uid), "scan": file(PDF, "cong van 45.pdf")})
    signed = address(back.entry, f"phieu-bo-sung/{back.uid}/ban-ky/")
    assert b"".join(signed_in(world.head).get(signed).streaming_content) == PDF  # type: ignore[attr-defined]  # a file
    for stranger in (world.stranger, world.outsider, world.namesake):
        assert signed_in(stranger).get(signed).status_code == HTTPStatus.NOT_FOUND
        assert signed_in(stranger).get(page).status_code == HTTPStatus.NOT_FOUND
    for reader in (world.head, world.auditor, world.decider):
        assert signed_in(reader).get(page).status_code == HTTPStatus.NOT_FOUND
    assert "Ghi công văn đã ban hành" not in text(signed_in(world.auditor).get(address(back.entry)))
