"""Sending: seen first, sent once, by who may; late is said and taken; the letter is written down once."""

from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sangkien.intake.actions import allowing, drafting
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, Receipt, Submission
from sangkien.papers.models import Paper
from tests.accounts.signing_in import text
from tests.factories import intake as make
from tests.factories.attachments import PDF
from tests.factories.intake import HEAD
from tests.intake.views.conftest import Clock, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KEY = "mot-lan-mo-trang"


@pytest.fixture(autouse=True)
def _store(own_store: object) -> None:
    """Files of a test lie in its own folder."""


def address(world: World) -> str:
    return f"/bao-cao/dot/{world.campaign.uid}/{world.ward.uid}/gui/"


def send(client: Client, world: World, *entries: Entry, key: str = KEY, **facts: Any) -> Any:
    return client.post(address(world), {"entry": [str(each.uid) for each in entries], "key": key, **facts})


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("Công văn 45.pdf", PDF)


def test_all_drafts_stand_ticked_and_opening_sends_nothing(world: World) -> None:
    first = make.draft(world.campaign, world.ward)
    second = make.draft(world.campaign, world.ward, title="Giải pháp thứ hai", novelty="")
    make.draft(world.twin_campaign, world.twin_ward, title="Của phường khác cùng tên")
    answer = world.client("head").get(address(world))
    page = text(answer)
    assert [(row.entry, row.ticked, len(row.needed)) for row in answer.context["rows"]] == [
        (first, True, 0), (second, True, 1),
    ]  # fmt: skip
    assert "Của phường khác cùng tên" not in page
    assert "Tính mới" in page
    assert Submission.objects.count() == 0


def test_a_double_click_answers_the_same_receipt(world: World) -> None:
    entry, client = make.draft(world.campaign, world.ward), world.client("invited")
    first, second = send(client, world, entry), send(client, world, entry)
    receipt = Receipt.objects.get()
    assert receipt.submission is not None
    assert first["Location"] == second["Location"] == f"/bao-cao/bien-nhan/{receipt.submission.uid}/?vua-gui=1"
    page = text(client.get(first["Location"]))
    assert "Đã nhận báo cáo, phiếu tiếp nhận số 01." in page
    assert Entry.objects.get().stage == Stage.SUBMITTED


def test_the_key_of_another_unit_answers_nothing_of_it(world: World) -> None:
    ours, theirs = make.draft(world.campaign, world.ward), make.draft(world.campaign, world.other_ward)
    send(world.client("head"), world, ours)
    other = world.client("other")
    there = f"/bao-cao/dot/{world.campaign.uid}/{world.other_ward.uid}/gui/"
    answer = other.post(there, {"entry": [str(theirs.uid)], "key": KEY})
    assert answer.status_code == HTTPStatus.FOUND
    assert Receipt.objects.count() == 2
    assert "số 02" in text(other.get(answer["Location"]))


def test_only_what_is_ticked_goes_out_and_only_ours(world: World) -> None:
    first, second = make.draft(world.campaign, world.ward), make.draft(world.campaign, world.ward)
    theirs = make.draft(world.campaign, world.other_ward)
    send(world.client("head"), world, first, theirs)
    stages = {each.pk: each.stage for each in Entry.objects.all()}
    assert stages == {first.pk: Stage.SUBMITTED, second.pk: Stage.DRAFT, theirs.pk: Stage.DRAFT}


def test_nothing_ticked_is_said(world: World) -> None:
    make.draft(world.campaign, world.ward)
    answer = send(world.client("head"), world)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Bạn chưa chọn giải pháp nào để gửi." in text(answer)


def test_what_lacks_something_goes_only_when_the_gaps_are_accepted(world: World) -> None:
    entry, client = make.draft(world.campaign, world.ward, novelty=""), world.client("head")
    refused = send(client, world, entry)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Còn giải pháp thiếu nội dung." in text(refused)
    assert send(client, world, entry, accept_gaps="1").status_code == HTTPStatus.FOUND


def test_the_officer_sends_when_the_head_allows_it(world: World) -> None:
    entry, client = make.draft(world.campaign, world.ward), world.client("officer")
    page, refused = text(client.get(address(world))), send(client, world, entry)
    assert "Gửi báo cáo</button>" not in page
    assert "Thủ trưởng đơn vị gửi báo cáo." in page
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Receipt.objects.count() == 0
    allowing.allow_officer(world.ward, allowed=True, by=HEAD, at=make.IN_TIME)
    assert send(client, world, entry).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize(
    "who", ["clerk", "other", "lead", "twin", "invited_other", "invited_elsewhere", "invited_twin"]
)
def test_strangers_send_nothing(world: World, who: str) -> None:
    entry = make.draft(world.campaign, world.ward)
    assert send(world.client(who), world, entry).status_code == HTTPStatus.NOT_FOUND
    assert Receipt.objects.count() == 0


def test_late_is_said_before_and_taken(world: World, clock: Clock) -> None:
    entry = make.draft(world.campaign, world.ward)
    clock.on(days=60)
    client = world.client("head")
    assert "Hạn nhận báo cáo là hết ngày 15/09/2024." in text(client.get(address(world)))
    answer = send(client, world, entry)
    page = text(client.get(answer["Location"]))
    assert "Báo cáo đến sau hạn nên được ghi là muộn." in page


def test_before_the_window_a_draft_waits(world: World, clock: Clock) -> None:
    clock.on(days=-20)
    entry, client = make.draft(world.campaign, world.ward, at=clock.at), world.client("head")
    assert "Đợt nhận báo cáo từ ngày 15/07/2024." in text(client.get(address(world)))
    refused = send(client, world, entry)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Receipt.objects.count() == 0


# -- the letter


def test_the_letter_stands_on_the_receipt(world: World) -> None:
    entry, client = make.draft(world.campaign, world.ward), world.client("head")
    told = {"letter_number": "45/BC-UBND", "letter_date": "30/7/2024", "scan": scan()}
    page = text(client.get(send(client, world, entry, **told)["Location"]))
    assert "số 45/BC-UBND ngày 30/07/2024" in page


LETTERS: dict[str, tuple[dict[str, str], str]] = {
    "no day": ({"letter_number": "45/BC-UBND"}, "Có số công văn thì ghi cả ngày"),
    "no number": ({"letter_date": "30/7/2024"}, "Có ngày công văn thì ghi cả số, ký hiệu."),
    "no such day": ({"letter_number": "45/BC-UBND", "letter_date": "31/6/2024"}, "Ngày 31/6 không có."),
    "no scan": ({"letter_number": "45/BC-UBND", "letter_date": "30/7/2024"}, "kèm bản chụp hoặc bản ký số"),
    "no symbol": ({"letter_number": "BC-UBND", "letter_date": "30/7/2024"}, "Số công văn “BC-UBND” chưa đúng."),
}


@pytest.mark.parametrize("name", LETTERS)
def test_half_a_letter_is_told(world: World, name: str) -> None:
    told, sentence = LETTERS[name]
    answer = send(world.client("head"), world, make.draft(world.campaign, world.ward), **told)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in text(answer)
    assert Receipt.objects.count() == 0


def test_a_letter_is_written_down_once_though_the_sending_was_refused(world: World, clock: Clock) -> None:
    clock.on(days=-3)
    entry, client = make.draft(world.campaign, world.ward, at=clock.at), world.client("head")
    world.campaign.opens_date = world.campaign.closes_date
    world.campaign.save(update_fields=["opens_date"])
    told = {"letter_number": "số 45/BC-UBND", "letter_date": "10/7/2024"}
    refused = send(client, world, entry, **told, scan=scan())
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    clock.on(days=45)
    assert send(world.client("head"), world, entry, **told).status_code == HTTPStatus.FOUND
    assert Paper.objects.filter(issuer_unit=world.ward).count() == 1


# -- again


def test_a_supplement_and_a_new_version_go_out_with_what_changed(world: World) -> None:
    returned, again = make.submitted(world.campaign, world.ward), make.submitted(world.campaign, world.ward)
    make.returned(returned)
    client = world.client("head")
    for entry in (returned, again):
        client.post(f"/bao-cao/giai-phap/{entry.uid}/ban-moi/")
        draft = drafting.draft_of(entry)
        assert draft is not None
        drafting.edit(entry, told={"effectiveness": "Giảm từ 21% còn 6%."}, edit_version=1, by=HEAD, at=make.IN_TIME)
    answer = client.get(address(world))
    assert [(row.entry, row.changed) for row in answer.context["rows"]] == [
        (returned, ["Hiệu quả"]), (again, ["Hiệu quả"]),
    ]  # fmt: skip
    assert send(client, world, returned, again).status_code == HTTPStatus.FOUND
    assert {each.stage for each in Entry.objects.all()} == {Stage.SUBMITTED}
    assert {each.revision.number for each in Entry.objects.select_related("revision") if each.revision} == {2}
