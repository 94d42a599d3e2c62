"""The page of a campaign: for whom, what it counts, that it costs the same; reminding; the end."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sangkien.accounts.models import Invitation
from sangkien.campaigns.actions import answering, ending
from sangkien.campaigns.actions.inviting import invite_units
from sangkien.campaigns.models import Campaign, Reminder
from sangkien.campaigns.queries import participants
from sangkien.desk.campaign.standing import standing
from sangkien.notices.models import Message
from tests.accounts.signing_in import text
from tests.desk.world import AUGUST, NOW, World
from tests.factories.papers import SIGNED

pytestmark = pytest.mark.django_db
ALL_SEEING = ("officer", "colleague", "leader", "auditor", "decider")
INVITES = ("officer", "colleague", "leader")


def of(campaign: Campaign, rest: str = "") -> str:
    return f"/dot/{campaign.uid}/{rest}"


def first(campaign: Campaign) -> int:
    return participants(campaign)[6].pk


def test_the_page_is_for_who_sees_all_and_leads_others_to_the_plan_or_nowhere(client: Client, world: World) -> None:
    world.sent()
    assert client.get(of(world.campaign))["Location"].startswith("/dang-nhap/")
    for name in ("officer", "leader", "auditor", "decider", "reporter", "reviewer", "outsider", "namesake"):
        client.force_login(getattr(world, name))
        answer = client.get(of(world.campaign))
        if name in ALL_SEEING:
            assert answer.status_code == HTTPStatus.OK, name
        elif name == "reviewer":
            assert answer["Location"] == of(world.campaign, "ke-hoach/")
        elif name == "reporter":
            assert answer["Location"] == f"/bao-cao/dot/{world.campaign.uid}/{world.ward.uid}/"
        else:
            assert answer.status_code == HTTPStatus.NOT_FOUND, name


PAGES = {"don-vi": ALL_SEEING, "don-doc/": INVITES, "ket-thuc/": INVITES}


@pytest.mark.parametrize("state", ["issued", "in_assessment", "concluded"])
def test_pages_around_it_open_by_role_and_state(client: Client, world: World, state: str) -> None:
    campaign = world.campaign
    who: dict[str, Any] = {"by": world.by(world.officer), "at": NOW}
    if state != "issued":
        campaign = ending.begin_assessment(campaign, **who)
    if state == "concluded":
        campaign = ending.conclude(campaign, **who)
    open_in = {"don-vi": {"issued", "in_assessment", "concluded"}, "don-doc/": {"issued", "in_assessment"}}
    for rest, seen_by in PAGES.items():
        address = of(campaign, f"don-vi/{first(campaign)}/" if rest == "don-vi" else rest)
        for name in (*ALL_SEEING, "reporter", "reviewer", "outsider", "namesake", "administrator"):
            client.force_login(getattr(world, name))
            opens = name in seen_by and state in open_in.get(rest, {"in_assessment"})
            expected = HTTPStatus.OK if opens else HTTPStatus.NOT_FOUND
            assert client.get(address).status_code == expected, (rest, name)


def test_units_are_counted_in_three_states_and_filtered_in_the_address(client: Client, world: World) -> None:
    world.sent()
    world.sent(unit=world.ward)
    world.draft()
    row = participants(world.campaign).get(unit=world.neighbour)
    answering.answer_nil(row, by=world.by(world.stranger), at=NOW)
    told = standing(world.campaign, NOW)
    assert (told.asked, told.sent, told.nil, told.silent) == (18, 1, 1, 16)
    assert told.said == "2 trên 18 đơn vị đã trả lời; hạn là 15/9"
    client.force_login(world.officer)
    page = text(client.get(of(world.campaign)))
    assert "1 trên 18 đơn vị đã gửi 2 giải pháp" in page
    assert page.count("/don-vi/") == 18
    assert "Đang soạn" not in page
    for state, count in (("da-gui", 1), ("khong-co", 1), ("chua-tra-loi", 16)):
        assert text(client.get(of(world.campaign, f"?traloi={state}"))).count("/don-vi/") == count, state
    part = client.get(of(world.campaign, "?traloi=da-gui"), headers={"HX-Request": "true"})
    assert "<html" not in text(part)
    assert text(client.get(of(world.campaign, "?traloi=gi-do"))).count("/don-vi/") == 18


def test_fields_are_counted_by_their_main_one(client: Client, world: World) -> None:
    world.sent()
    client.force_login(world.officer)
    page = text(client.get(of(world.campaign)))
    row = page.split("linhvuc=procedures")[1].split("</tr>")[0]
    assert "Văn phòng UBND Quận 3" in row
    assert ">1<" in row


def test_the_twins_answers_are_never_counted_here(client: Client, world: World) -> None:
    other = world.of_twin()
    answering.answer_nil(participants(other)[0], by=world.by(world.namesake), at=NOW)
    assert standing(world.campaign, NOW).nil == 0
    assert standing(other, NOW).nil == 1


def test_the_page_costs_the_same_for_one_answer_and_for_five(client: Client, world: World) -> None:
    client.force_login(world.officer)
    counts = []
    for units in ([world.ward], list(world.told.wards.values())[4:8]):
        for unit in units:
            world.sent(unit=unit)
        with CaptureQueriesContext(connection) as statements:
            assert client.get(of(world.campaign)).status_code == HTTPStatus.OK
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[0] <= 20


def test_the_page_of_a_unit_shows_what_it_sent_but_not_its_drafts(client: Client, world: World) -> None:
    other = world.of_twin()
    sent = world.sent(title="Phiếu hẹn bằng tin nhắn")
    world.draft(title="Bản chưa ai được xem")
    client.force_login(world.officer)
    row = participants(world.campaign).get(unit=world.ward)
    page = text(client.get(of(world.campaign, f"don-vi/{row.pk}/")))
    assert sent.code in page
    assert "Bản chưa ai được xem" not in page
    assert "Chưa có giấy mời" in page
    assert client.get(of(other, f"don-vi/{row.pk}/")).status_code == HTTPStatus.NOT_FOUND


def _now(campaign: Campaign) -> Campaign:
    today = timezone.localdate()
    Campaign.objects.filter(pk=campaign.pk).update(
        opens_date=today - timedelta(days=30), closes_date=today + timedelta(days=4)
    )
    campaign.refresh_from_db()
    return campaign


def test_who_has_not_answered_is_reminded_in_one_act_with_letter_and_once(client: Client, world: World) -> None:
    world.sent()
    campaign = _now(world.campaign)
    client.force_login(world.officer)
    page = text(client.get(of(campaign, "don-doc/")))
    assert page.count('name="don-vi"') == 17
    assert "chưa nhận được trả lời của quý đơn vị" in page
    silent = participants(campaign).exclude(unit=world.ward)
    sent = {"don-vi": [str(row.pk) for row in silent[:3]], "cong-van": "on", "khoa": "mot-lan-bam"}
    done = client.post(of(campaign, "don-doc/"), sent)
    made = Reminder.objects.get()
    assert done["Location"] == of(campaign, f"don-doc/{made.uid}/")
    assert client.post(of(campaign, "don-doc/"), sent)["Location"] == done["Location"]
    assert Reminder.objects.count() == 1
    assert Message.objects.filter(kind="campaign.reminded").count() == 3
    client.post(of(campaign, "don-doc/"), {**sent, "khoa": "lan-khac"})
    assert Message.objects.filter(kind="campaign.reminded").count() == 3
    page = text(client.get(done["Location"]))
    files = made.letter and made.letter.files.order_by("pk")
    assert files is not None
    assert [each.form for each in files] == ["docx", "pdf"]
    download = client.get(of(campaign, f"don-doc/{made.uid}/tep/{files[0].pk}/"))
    assert b"".join(download.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]  # a file streams
    facts = {"number": "77", "issued_date": timezone.localdate().isoformat()}
    signed = SimpleUploadedFile("công văn.pdf", SIGNED, content_type="application/pdf")
    assert client.post(done["Location"], {**facts, "file": signed}).status_code == HTTPStatus.FOUND
    assert "số 77" in text(client.get(of(campaign)))


def test_who_has_answered_is_not_reminded_whatever_is_posted(client: Client, world: World) -> None:
    world.sent()
    campaign = _now(world.campaign)
    client.force_login(world.officer)
    row = participants(campaign).get(unit=world.ward)
    refused = client.post(of(campaign, "don-doc/"), {"don-vi": [str(row.pk)], "khoa": "k"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "chưa chọn đơn vị nào" in text(refused)
    assert not Message.objects.filter(kind="campaign.reminded").exists()


def test_a_letter_is_not_given_to_the_twin_nor_to_a_unit(client: Client, world: World) -> None:
    campaign, other = _now(world.campaign), world.of_twin()
    client.force_login(world.officer)
    row = participants(campaign)[0]
    client.post(of(campaign, "don-doc/"), {"don-vi": [str(row.pk)], "cong-van": "on", "khoa": "k"})
    made = Reminder.objects.get()
    for name in ("outsider", "namesake", "reporter", "reviewer"):
        client.force_login(getattr(world, name))
        assert client.get(of(campaign, f"don-doc/{made.uid}/")).status_code == HTTPStatus.NOT_FOUND, name
    client.force_login(world.officer)
    assert client.get(of(other, f"don-doc/{made.uid}/")).status_code == HTTPStatus.NOT_FOUND


def test_the_end_says_what_is_open_and_then_ends_invitations_too(client: Client, world: World) -> None:
    entry = world.sent()
    campaign = _now(ending.begin_assessment(world.campaign, by=world.by(world.officer), at=AUGUST))
    row = participants(campaign).select_related("unit")[0]
    until = timezone.now() + timedelta(days=9)
    invite_units(campaign, units=[row], expires_at=until, by=world.by(world.officer), at=timezone.now())
    client.force_login(world.officer)
    assert entry.code in text(client.get(of(campaign, "ket-thuc/")))
    assert client.post(of(campaign, "ket-thuc/")).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    entry.__class__.objects.filter(pk=entry.pk).update(stage="admitted")
    assert client.post(of(campaign, "ket-thuc/"))["Location"] == of(campaign)
    campaign.refresh_from_db()
    assert campaign.state == "concluded"
    assert Invitation.objects.get().revoked_at is not None
