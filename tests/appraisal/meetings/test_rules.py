"""Role × stage of a meeting: who arranges, notes, ends, runs; nobody after it was called off or the campaign ended."""

from datetime import UTC, date, datetime

import pytest

from sangkien.accounts.actor import Actor
from sangkien.accounts.models import User
from sangkien.accounts.roles import Permission, Role, holders
from sangkien.appraisal.models import (
    Capacity,
    PanelMember,
    PresentationSession,
    SessionItem,
    SessionKind,
    SiteVisit,
    Visitor,
)
from sangkien.appraisal.rules import meetings as rules
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign
from sangkien.units.models import Unit
from tests.factories.accounts import unsaved_membership
from tests.factories.campaigns import campaign

AT = datetime(2024, 9, 12, 2, tzinfo=UTC)
LEAD, OTHER = Unit(pk=1), Unit(pk=2)
ARRANGE, KEEP = set(holders(Permission.ARRANGE)), set(holders(Permission.KEEP_MINUTES))


def running(state: State = State.IN_ASSESSMENT) -> Campaign:
    return campaign(LEAD, state=state)


def actor(role: Role, unit: Unit = LEAD) -> Actor:
    return Actor(on=date(2024, 9, 12), user=User(pk=7), memberships=(unsaved_membership(unit, role),))


def visit(**facts: object) -> SiteVisit:
    return SiteVisit(**{"campaign": running(), "host": OTHER, "starts_at": AT, "place": "Nơi ấy", **facts})


def session(**facts: object) -> PresentationSession:
    return PresentationSession(**{"campaign": running(), "kind": SessionKind.COUNCIL, "starts_at": AT, **facts})


def member(capacity: Capacity, **facts: object) -> PanelMember:
    return PanelMember(**{"capacity": capacity, "unit": OTHER, "votes": True, **facts})


ROLES = [each for each in Role.granted() if each not in Role.of_the_instance()]


@pytest.mark.parametrize("role", ROLES)
def test_who_arranges(role: Role) -> None:
    assert bool(rules.may_arrange(actor(role), running())) == (role in ARRANGE)
    assert not rules.may_arrange(actor(role, OTHER), running())
    assert not rules.may_arrange(actor(role), running(State.CONCLUDED))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("facts", "is_open"), [({}, True), ({"ended_at": AT}, False), ({"cancelled_at": AT}, False)])
def test_who_notes_and_changes_a_visit(role: Role, facts: dict[str, object], is_open: bool) -> None:
    assert bool(rules.may_change_visit(actor(role), visit(**facts))) == (role in ARRANGE and is_open)
    assert bool(rules.may_note(actor(role), visit(**facts), [])) == (role in KEEP and is_open)


@pytest.mark.parametrize(("is_host", "may"), [(False, True), (True, False)])
def test_who_goes_along_notes_and_who_receives_does_not(is_host: bool, may: bool) -> None:
    mine = Visitor(user_id=7, name="A", is_host=is_host)
    assert bool(rules.may_note(actor(Role.REPORTER, OTHER), visit(), [mine])) == may


def test_head_and_keeper_end_a_visit() -> None:
    stranger = actor(Role.REPORTER, OTHER)
    assert rules.may_end_visit(stranger, visit(), [Visitor(user_id=7, name="A", is_head=True)])
    assert rules.may_end_visit(stranger, visit(), [Visitor(user_id=7, name="A", keeps_minutes=True)])
    assert not rules.may_end_visit(stranger, visit(), [Visitor(user_id=7, name="A")])


@pytest.mark.parametrize("capacity", Capacity)
@pytest.mark.parametrize(("facts", "is_open"), [({}, True), ({"cancelled_at": AT}, False)])
def test_who_leads_the_panel_runs_its_session(capacity: Capacity, facts: dict[str, object], is_open: bool) -> None:
    mine = actor(Role.COUNCIL_MEMBER, OTHER)
    leads = capacity != Capacity.MEMBER
    assert bool(rules.may_run(mine, session(**facts), member(capacity))) == (leads and is_open)


def test_the_programme_stands_once_begun() -> None:
    lead = actor(Role.ORGANISER)
    assert rules.may_change_plan(lead, session(), None)
    assert not rules.may_change_plan(lead, session(started_at=AT), None)


@pytest.mark.parametrize(
    ("facts", "item", "who", "there", "out", "may"),
    [
        ({}, {"started_at": AT}, {}, True, False, True),
        ({"kind": SessionKind.PRESENTATION}, {"started_at": AT}, {}, True, False, False),
        ({"ended_at": AT}, {"started_at": AT}, {}, True, False, False),
        ({"cancelled_at": AT}, {"started_at": AT}, {}, True, False, False),
        ({}, {}, {}, True, False, False),
        ({}, {"started_at": AT, "counted_at": AT}, {}, True, False, False),
        ({}, {"started_at": AT}, {"votes": False}, True, False, False),
        ({}, {"started_at": AT}, {}, False, False, False),
        ({}, {"started_at": AT}, {}, True, True, False),
    ],
)
def test_who_votes(
    facts: dict[str, object], item: dict[str, object], who: dict[str, object], there: bool, out: bool, may: bool
) -> None:
    verdict = rules.may_vote(
        session(**facts), SessionItem(**item), member(Capacity.MEMBER, **who), is_there=there, is_out=out
    )
    assert bool(verdict) == may
    assert may or verdict.reason
