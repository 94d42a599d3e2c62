"""Every page of a plan for every role in every state, and for the twin authority; constant statements; no script."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sangkien.campaigns.actions import ending
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.parts import PARTS
from tests.accounts.signing_in import text
from tests.campaigns.world import World
from tests.factories import campaigns as make
from tests.factories import district3
from tests.factories.units import AT, OFFICER

pytestmark = pytest.mark.django_db
LEADS = {"organiser", "head"}
SEE_DRAFT = LEADS | {"decider", "auditor"}
SEE_ISSUED = SEE_DRAFT | {"reviewer", "reporter"}
ALL_SEEING = SEE_DRAFT
STATES = ("draft", "issued", "in_assessment", "concluded", "cancelled")


@pytest.fixture
def world(told: district3.District3, twin: district3.District3) -> World:
    return World(told, twin)


def plan(of: Campaign, rest: str = "") -> str:
    return f"/dot/{of.uid}/ke-hoach/{rest}"


def in_state(world: World, state: str) -> Campaign:
    """The plan as it stands after the acts that lead there."""
    if state == "draft":
        return world.draft()
    campaign = world.issued()
    who: dict[str, Any] = {"by": OFFICER, "at": AT}
    if state in ("in_assessment", "concluded"):
        campaign = ending.begin_assessment(campaign, **who)
    if state == "concluded":
        campaign = ending.conclude(campaign, **who)
    if state == "cancelled":
        campaign = ending.cancel(campaign, reason="Dừng", **who)
    return campaign


def running_now(campaign: Campaign) -> Campaign:
    """With a window around today."""
    today = timezone.localdate()
    dates = {"opens_date": today - timedelta(days=3), "closes_date": today + timedelta(days=9)}
    Campaign.objects.filter(pk=campaign.pk).update(**dates)
    campaign.refresh_from_db()
    return campaign


SEEN_BY = {
    "": SEE_ISSUED,
    "sua-doi/": SEE_ISSUED,
    "mau/": SEE_ISSUED,
    "giay-moi/": ALL_SEEING,
    "mau/tat-ca/": ALL_SEEING,
}
IN_DRAFT = {"": SEE_DRAFT, "sua-doi/": SEE_DRAFT, "mau/": SEE_DRAFT, "giay-moi/": ALL_SEEING, "mau/tat-ca/": ALL_SEEING}


@pytest.mark.parametrize("state", STATES)
def test_pages_of_a_plan_are_seen_by_whom_the_role_and_the_state_say(client: Client, world: World, state: str) -> None:
    campaign = in_state(world, state)
    for rest, seen_by in (IN_DRAFT if state == "draft" else SEEN_BY).items():
        client.logout()
        address = plan(campaign, rest)
        assert client.get(address)["Location"] == f"/dang-nhap/?next={address}"
        for name, person in world.people.items():
            client.force_login(person)
            expected = HTTPStatus.OK if name in seen_by else HTTPStatus.NOT_FOUND
            assert client.get(address).status_code == expected, (rest, name)


@pytest.mark.parametrize("state", STATES)
def test_acts_on_a_plan_are_offered_only_where_role_and_state_allow(client: Client, world: World, state: str) -> None:
    campaign = in_state(world, state)
    running = state in ("issued", "in_assessment")
    may = {
        "van-ban/": LEADS if state == "draft" else set(),
        "ban-hanh/": {"head", "decider"} if state == "draft" else set(),
        "huy/": {"head", "decider"} if state == "draft" or running else set(),
        "sua-doi/gia-han/": {"head", "decider"} if running else set(),
        "mau/1/tep/": LEADS if state == "draft" or running else set(),
        **{f"phan/{code}/": LEADS if state == "draft" else set() for code in PARTS},
    }
    for rest, who in may.items():
        for name, person in world.people.items():
            client.force_login(person)
            expected = HTTPStatus.OK if name in who else HTTPStatus.NOT_FOUND
            assert client.get(plan(campaign, rest)).status_code == expected, (rest, name)


def test_the_list_shows_what_is_ours_and_never_the_twins(client: Client, world: World) -> None:
    world.draft(facts=None)
    make.drafted(world.twin_told)
    for name, count in (("organiser", 1), ("twin", 1), ("reporter", 0), ("administrator", 0)):
        client.force_login(world.people[name])
        assert text(client.get("/dot/")).count("/ke-hoach/") == count, name
    client.force_login(world.organiser)
    assert "/ke-hoach/" in text(client.get("/dot/?q=sang kien 2024"))
    assert "/ke-hoach/" not in text(client.get("/dot/?q=khong co gi"))
    assert "/ke-hoach/" not in text(client.get("/dot/?tinhtrang=xong"))


def test_a_page_of_the_twin_answers_like_a_page_that_is_not_there(client: Client, world: World) -> None:
    campaign = world.issued()
    client.force_login(world.twin)
    hidden = client.get(plan(campaign))
    absent = client.get("/dot/3f2b8c1e-6a40-4d55-8f0b-2a9f6c1d7e10/ke-hoach/")
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)


@pytest.mark.parametrize("rest", ["", "giay-moi/", "mau/", "sua-doi/"])
def test_pages_cost_the_same_statements_for_three_units_and_for_eighteen(
    client: Client, world: World, rest: str
) -> None:
    client.force_login(world.organiser)
    small = world.draft()
    small.participants.filter(position__gt=3).delete()
    counts = []
    for campaign in (small, world.draft()):
        client.get(plan(campaign, rest))
        with CaptureQueriesContext(
            connection,
        ) as statements:
            assert client.get(plan(campaign, rest)).status_code == HTTPStatus.OK
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[0] <= 15


@pytest.mark.parametrize("name", ["organiser", "head"])
def test_an_issued_plan_costs_few_statements(client: Client, world: World, name: str) -> None:
    campaign = running_now(world.issued())
    client.force_login(world.people[name])
    with CaptureQueriesContext(connection) as statements:
        assert client.get(plan(campaign)).status_code == HTTPStatus.OK
    assert len([each for each in statements if "SAVEPOINT" not in each["sql"]]) <= 15


def test_the_list_costs_the_same_statements_for_one_plan_and_for_three(client: Client, world: World) -> None:
    client.force_login(world.organiser)
    counts = []
    for more in (1, 2):
        for _each in range(more):
            world.draft()
        with CaptureQueriesContext(connection) as statements:
            client.get("/dot/")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_no_get_writes_anything(client: Client, world: World) -> None:
    campaign = running_now(world.issued())
    client.force_login(world.head)
    for rest in (*SEEN_BY, "ban-hanh/", "huy/", "sua-doi/gia-han/", "mau/1/tep/", "phan/thong-tin/"):
        with CaptureQueriesContext(connection) as statements:
            client.get(plan(campaign, rest))
        written = [each["sql"] for each in statements if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        assert [sql for sql in written if "session" not in sql and "last_seen" not in sql] == [], rest
