"""The page of an entry: who finds it, what it says to whom, which acts it offers."""

import re
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sangkien.accounts.actor import INVITATION_KEY
from sangkien.intake.actions import merging, returning, withdrawing
from sangkien.intake.models import Entry
from sangkien.ledger.models import Act
from tests.accounts.signing_in import text
from tests.desk.world import AUGUST, NOW, World, address, signed_in
from tests.factories import accounts as make
from tests.factories import intake

pytestmark = pytest.mark.django_db
STATEMENTS = 11


# -- one entry in every stage


def draft(world: World) -> Entry:
    return world.draft()


def submitted(world: World) -> Entry:
    return world.sent()


def returned(world: World) -> Entry:
    return world.returned(due_date=NOW.date())


def overdue(world: World) -> Entry:
    return world.returned()


def admitted(world: World) -> Entry:
    return world.admitted()


def withdrawn(world: World) -> Entry:
    return withdrawing.withdraw(world.sent(), reason="Gửi nhầm bản", by=world.by(world.head, world.ward), at=AUGUST)


def merged(world: World) -> Entry:
    into = world.sent(unit=world.neighbour)
    return merging.merge(world.sent(), into=into, by=world.by(world.officer, world.lead), at=AUGUST)


def deferred(world: World) -> Entry:
    return returning.defer(overdue(world), reason="Chưa bổ sung", by=world.by(world.officer, world.lead), at=NOW)


STAGES = [draft, submitted, returned, overdue, admitted, withdrawn, merged, deferred]

# who may know of an entry in which stage
FINDS = {
    "officer": {each for each in STAGES if each is not draft},
    "leader": {each for each in STAGES if each is not draft},
    "decider": {each for each in STAGES if each is not draft},
    "auditor": {each for each in STAGES if each is not draft},
    "reporter": set(STAGES),
    "head": set(STAGES),
    "stranger": set(),
    "reviewer": set(),
    "administrator": set(),
    "outsider": set(),
    "namesake": set(),
}

# the buttons that the lead unit is offered, by stage; all others read only
LEAD_ACTS = {
    submitted: ["Tiếp nhận vào bảng tổng hợp", "Trả lại để bổ sung"],
    returned: ["Gia thêm ngày bổ sung", "Ghi nhận bản bổ sung từ văn bản"],
    overdue: [
        "Kết luận: chuyển đợt sau, hoặc không tiếp nhận",
        "Gia thêm ngày bổ sung",
        "Ghi nhận bản bổ sung từ văn bản",
    ],
    admitted: ["Hoàn lại việc tiếp nhận"],
    merged: ["Tách ra, kiểm tra riêng"],
}


ALL_ACTS = {label for labels in LEAD_ACTS.values() for label in labels}


def _buttons(shown: str) -> list[str]:
    return re.findall(r'class="btn [^"]*"[^>]*>([^<]+)<', shown)


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
def test_each_finds_what_they_may_know_of_and_is_offered_what_they_may_do(world: World, stage: object) -> None:
    entry = stage(world)  # type: ignore[operator]  # one of the functions above
    found, offered = {}, {}
    for who in FINDS:
        answer = signed_in(getattr(world, who)).get(address(entry))
        found[who] = answer.status_code == HTTPStatus.OK
        shown = text(answer)
        offered[who] = [label for label in _buttons(shown) if label in ALL_ACTS]
        assert (entry.code in shown) == found[who], who
    assert found == {who: stage in stages for who, stages in FINDS.items()}
    leads = {"officer", "leader"}
    assert offered == {
        who: LEAD_ACTS[stage] if who in leads and stage in LEAD_ACTS else []  # type: ignore[index]  # as above
        for who in FINDS
    }


def test_nobody_in_particular_is_led_to_the_door(world: World, client: Client) -> None:
    entry = world.sent()
    assert client.get(address(entry))["Location"] == f"/dang-nhap/?next={address(entry)}"


def test_the_holder_of_an_invitation_sees_the_entries_of_the_unit_in_that_campaign(
    world: World, client: Client
) -> None:
    own, neighbours = world.sent(), world.sent(unit=world.neighbour)
    invitation = make.invitation(world.ward, scope_uid=world.campaign.uid, made_at=AUGUST)
    session = client.session
    session[INVITATION_KEY] = invitation.pk
    session.save()
    assert client.get(address(own)).status_code == HTTPStatus.OK
    assert client.get(address(neighbours)).status_code == HTTPStatus.NOT_FOUND


# -- what it says


def test_the_lead_unit_sees_at_once_what_a_supplement_changed(world: World) -> None:
    entry = world.returned(due_date=NOW.date())
    world.supplemented(entry, effectiveness="Số lượt người cao tuổi phải đến phường giảm còn một phần ba.")
    shown = text(signed_in(world.officer).get(address(entry)))
    assert "<del>nửa.</del> <ins>phần ba.</ins>" in shown.replace("\n", " ")
    assert "Đến lượt bạn: xem bản bổ sung" in shown
    first = text(signed_in(world.officer).get(address(entry), {"ban": "1"}))
    assert "<ins>" not in first
    assert "giảm còn một nửa." in first


def test_slips_are_told_to_both_sides_and_persons_only_to_the_lead(world: World) -> None:
    entry = world.returned(due_date=NOW.date())
    to_lead = text(signed_in(world.colleague).get(address(entry)))
    to_unit = text(signed_in(world.reporter).get(address(entry)))
    for shown in (to_lead, to_unit):
        assert "Phiếu tiếp nhận số 01" in shown
        assert "Đề nghị nêu số liệu trước và sau." in shown
        assert "Hạn bổ sung: 11/09/2024." in shown
    assert "Lê Thị Sen, Phòng Nội vụ" in to_lead
    assert "Hoàng Văn Mai, Phường 04" in to_lead
    assert "Lê Thị Sen" not in to_unit
    assert "Hoàng Văn Mai, Phường 04" in to_unit


def test_who_did_it_together_reads_it_without_its_slips(world: World) -> None:
    duplicate, kept = world.sent(unit=world.neighbour), world.sent()
    merging.merge(duplicate, into=kept, by=world.by(world.officer, world.lead), at=AUGUST)
    shown = text(signed_in(world.stranger).get(address(kept)))
    assert "Người cao tuổi phải đến phường hai lần" in shown
    assert "Các phiếu kèm theo" not in shown
    assert "Phiếu tiếp nhận số" not in shown


def test_the_history_is_the_ledger_in_sentences(world: World) -> None:
    entry = world.admitted()
    shown = text(signed_in(world.officer).get(address(entry)))
    for sentence in ("Bắt đầu soạn, mã 10.01.", "Gửi báo cáo.", "Tiếp nhận vào bảng tổng hợp."):
        assert sentence in shown


def test_an_act_that_is_missing_is_explained(world: World) -> None:
    entry = world.sent()
    to_head = text(signed_in(world.head).get(address(entry)))
    assert "Phòng Nội vụ làm việc này." in to_head
    to_officer = text(signed_in(world.officer).get(address(entry)))
    assert "Chỉ Phường 04 sửa được. Nếu cần sửa, hãy trả lại và ghi rõ chỗ thiếu." in to_officer


# -- cost, and nothing changes


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_statements_however_long_the_course_was(world: World, count: int) -> None:
    entry = world.sent()
    for _number in range(count):
        intake.returned(entry, at=AUGUST, due_date=NOW.date(), by=world.by(world.officer, world.lead))
        world.supplemented(entry)
    client = signed_in(world.officer)
    client.get(address(entry))
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address(entry))
    assert text(answer).count('class="slip"') == 1 + 2 * count
    assert len(seen) <= STATEMENTS, [each["sql"][:150] for each in seen]
    assert len(seen) == STATEMENTS


def test_a_look_changes_nothing(world: World) -> None:
    entry = world.sent()
    before, acts = Entry.objects.filter(pk=entry.pk).values().get(), Act.objects.count()
    client = signed_in(world.officer)
    for rest in ("", "tra-lai/", "tiep-nhan/", "gop/", "ket-luan/", "gia-han/"):
        client.get(address(entry, rest))
    for rest in ("tiep-nhan/hoan-lai/", "gop/tach-ra/"):
        assert client.get(address(entry, rest)).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert Entry.objects.filter(pk=entry.pk).values().get() == before
    assert Act.objects.count() == acts
