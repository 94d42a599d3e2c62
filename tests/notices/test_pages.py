"""The list of notices: each sees what was told to them and to their units, the lead unit what it told; no stranger."""

from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sangkien.accounts.actor import INVITATION_KEY, actor_of
from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.queries import uids_led_by
from sangkien.ledger.models import Act
from sangkien.notices.listing import A_PAGE
from sangkien.notices.models import Message
from tests.accounts.signing_in import text
from tests.campaigns.conftest import told, twin
from tests.factories import accounts as make
from tests.factories import campaigns
from tests.factories.district3 import District3
from tests.factories.notices import message
from tests.stores import own_store

__all__ = ["own_store", "told", "twin"]

pytestmark = pytest.mark.django_db
LIST = "/thong-bao/"


class World:
    """The lead unit, two wards, a person of each, an administrator, and the same of the twin."""

    def __init__(self, told: District3, twin: District3) -> None:
        self.campaign: Campaign = campaigns.issued(told)
        self.ward, self.other = told.wards["Phường 04"], told.wards["Phường 05"]
        self.lead = make.member(told.offices["Phòng Nội vụ"], Role.ORGANISER, "Lê Minh Đầu", email="dau@q3.example")
        self.sen = make.member(self.ward, Role.REPORTER, email="sen@q3.example")
        self.ha = make.member(self.other, Role.REPORTER, "Vũ Thu Hà", email="ha@q3.example")
        self.administrator = make.administrator()
        self.twin_lead = make.member(
            twin.offices["Phòng Nội vụ"], Role.ORGANISER, "Lê Minh Đầu", email="dau@q8.example"
        )
        self.twin_sen = make.member(twin.wards["Phường 04"], Role.REPORTER, email="sen@q8.example")
        scope: dict[str, Any] = {"scope": self.campaign.uid}
        self.to_ward = message(self.ward, "a", title="Phường bạn còn 5 ngày", **scope)
        self.to_other = message(self.other, "b", title="Phường khác còn 5 ngày", **scope)
        self.to_sen = message(self.sen, "c", title="Riêng cho bạn Sen", **scope)
        self.to_twin = message(twin.wards["Phường 04"], "d", title="Tin của nơi trùng tên")
        self.elsewhere = message(self.ward, "e", title="Tin ngoài đợt")


@pytest.fixture
def world(told: District3, twin: District3, settings: Any) -> World:
    settings.SANGKIEN_EMBEDDED = True  # administrators need no second factor to open the pages
    return World(told, twin)


SEEN: dict[str, set[str]] = {
    "sen": {"to_ward", "to_sen", "elsewhere"},
    "ha": {"to_other"},
    "lead": {"to_ward", "to_other"},
    "administrator": set(),
    "twin_lead": set(),
    "twin_sen": {"to_twin"},
}
ALL = sorted(set().union(*SEEN.values()))


@pytest.mark.parametrize("who", SEEN)
def test_each_sees_what_is_theirs_and_nothing_else(world: World, client: Client, who: str) -> None:
    client.force_login(getattr(world, who))
    page = text(client.get(LIST))
    for name in ALL:
        one: Message = getattr(world, name)
        expected = name in SEEN[who]
        assert (one.title in page) == expected, name
        status = client.get(f"{LIST}{one.uid}/").status_code
        assert status == (HTTPStatus.OK if expected else HTTPStatus.NOT_FOUND), name


@pytest.mark.parametrize("who", SEEN)
@pytest.mark.parametrize(("side", "words"), [("di", ""), ("den", ""), ("", "ngay"), ("lạ", ""), ("", "phuong 04")])
def test_no_filter_and_no_search_shows_more(world: World, client: Client, who: str, side: str, words: str) -> None:
    client.force_login(getattr(world, who))
    page = text(client.get(LIST, {"phia": side, "q": words}))
    assert {name for name in ALL if getattr(world, name).title in page} <= SEEN[who]


def test_nobody_is_led_to_the_door(world: World, client: Client) -> None:
    for path in (LIST, f"{LIST}{world.to_ward.uid}/"):
        answer = client.get(path)
        assert answer.status_code == HTTPStatus.FOUND
        assert answer["Location"].endswith(f"?next={path}")


def test_an_invitation_sees_its_unit_in_its_campaign(world: World, client: Client) -> None:
    invitation = make.invitation(world.ward, scope_uid=world.campaign.uid)
    session = client.session
    session[INVITATION_KEY] = invitation.pk
    session.save()
    page = text(client.get(LIST))
    assert world.to_ward.title in page
    assert not any(each.title in page for each in (world.to_other, world.to_sen, world.elsewhere, world.to_twin))
    assert client.get(f"{LIST}{world.elsewhere.uid}/").status_code == HTTPStatus.NOT_FOUND


def test_a_membership_for_one_campaign_sees_that_campaign(world: World, client: Client) -> None:
    guest = make.person("Ngô Khách", "khach@q3.example")
    make.membership(guest, world.ward, Role.REPORTER, scope_uid=world.campaign.uid)
    client.force_login(guest)
    page = text(client.get(LIST))
    assert world.to_ward.title in page
    assert world.elsewhere.title not in page


def test_the_lead_unit_chooses_its_side(world: World, client: Client) -> None:
    client.force_login(world.lead)
    to_lead = message(world.lead, "f", title="Có đơn vị vừa gửi")
    assert to_lead.title not in text(client.get(LIST, {"phia": "di"}))
    came = text(client.get(LIST, {"phia": "den"}))
    assert to_lead.title in came
    assert world.to_ward.title not in came
    client.force_login(world.sen)
    assert "Báo tới các đơn vị" not in text(client.get(LIST))


@pytest.mark.parametrize("words", ["phường khác", "PHUONG KHAC", "phuong 05", "Phường 05"])
def test_it_is_searched_with_and_without_marks(world: World, client: Client, words: str) -> None:
    client.force_login(world.lead)
    page = text(client.get(LIST, {"q": words}))
    assert world.to_other.title in page
    assert world.to_ward.title not in page


def test_a_notice_is_copied_with_link_and_code_but_not_what_is_for_one_person(
    world: World, client: Client, settings: Any
) -> None:
    client.force_login(world.sen)
    settings.SANGKIEN_SITE = "http://localhost:8000"  # nobody named the site
    assert f"http://testserver{world.to_ward.path}" in text(client.get(f"{LIST}{world.to_ward.uid}/"))
    settings.SANGKIEN_SITE = "https://sangkien.quan3.example"
    page = text(client.get(f"{LIST}{world.to_ward.uid}/"))
    assert f"{world.to_ward.title}\n{world.to_ward.text}\n{settings.SANGKIEN_SITE}{world.to_ward.path}" in page
    assert "<svg" in page.split('class="qr mt-3"')[1]
    assert f'href="{world.to_ward.path}"' in page
    assert 'class="qr mt-3"' not in text(client.get(f"{LIST}{world.to_sen.uid}/"))
    client.force_login(world.lead)
    assert f'href="{world.to_ward.path}"' not in text(client.get(f"{LIST}{world.to_ward.uid}/"))


def test_a_look_changes_nothing_and_only_looks_are_taken(world: World, client: Client) -> None:
    client.force_login(world.lead)
    acts = Act.objects.count()
    before = list(Message.objects.order_by("pk").values())
    for path in (LIST, f"{LIST}{world.to_ward.uid}/"):
        assert client.get(path).status_code == HTTPStatus.OK
        assert client.post(path).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert Act.objects.count() == acts
    assert list(Message.objects.order_by("pk").values()) == before


def test_the_way_of_a_notice(world: World, client: Client, settings: Any) -> None:
    client.force_login(world.sen)
    address = f"{LIST}{world.to_ward.uid}/"
    settings.SANGKIEN_SENDS_MAIL = False
    assert "Trên trang này" in text(client.get(address))
    settings.SANGKIEN_SENDS_MAIL = True
    assert "Thư đang chờ gửi" in text(client.get(address))
    Message.objects.filter(pk=world.to_ward.pk).update(addressed_at=world.to_ward.made_at, error="Hộp thư đầy.")
    assert "Hộp thư đầy." in text(client.get(address))
    Message.objects.filter(pk=world.to_ward.pk).update(sent_at=world.to_ward.made_at)
    assert "Đã gửi thư" in text(client.get(address))


def test_pages_by_key_show_each_notice_once(world: World, client: Client) -> None:
    client.force_login(world.lead)
    for number in range(A_PAGE + 5):
        message(world.ward, f"g{number}", title=f"Lời nhắc thứ {number:03}", scope=world.campaign.uid)
    first = client.get(LIST)
    after = first.context["after"]
    second = client.get(LIST, {"truoc": after})
    seen = [line.message.pk for answer in (first, second) for line in answer.context["lines"]]
    assert len(seen) == len(set(seen)) == A_PAGE + 7
    assert seen == sorted(seen, reverse=True)
    assert second.context["after"] == 0
    for odd in ("x", "-1", "٣", "9" * 40):
        assert client.get(LIST, {"truoc": odd}).status_code == HTTPStatus.OK


@pytest.mark.parametrize("who", ["sen", "lead"])
def test_the_list_costs_the_same_for_one_and_for_three(world: World, client: Client, who: str) -> None:
    person: User = getattr(world, who)
    client.force_login(person)
    costs = []
    for number in range(3):
        message(world.ward, f"h{number}", scope=world.campaign.uid)
        client.get(LIST)
        with CaptureQueriesContext(connection) as statements:
            client.get(LIST)
        costs.append(len(statements))
    assert len(set(costs)) == 1


def test_which_campaigns_are_led(world: World) -> None:
    def led(person: User) -> list[Any]:
        return uids_led_by(actor_of(person, on=timezone.localdate()))

    assert led(world.lead) == [world.campaign.uid]
    for person in (world.sen, world.administrator, world.twin_lead):
        assert led(person) == []
    assert led(make.member(None, Role.AUDITOR, "Trịnh Soát", email="soat@q3.example")) == [world.campaign.uid]
