"""Who may know of an entry as a judge, and who must not."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangkien.accounts.actor import Actor, actor_of
from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.appraisal.conflicts import (
    conflicts,
    keeps_out,
    members_kept_out,
    offices_kept_out,
    people_kept_out,
    units_in_conflict,
)
from sangkien.appraisal.models import PresentationSession, Recusal, SessionItem, SessionKind
from sangkien.appraisal.visibility import appraisable_by, visible_to
from sangkien.initiatives.models import Authorship, CoImplementer
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.units import actions
from sangkien.units.models import Unit
from tests.desk.world import World
from tests.factories import accounts as make
from tests.factories import appraisal as rows
from tests.factories import entries
from tests.factories.campaigns import IN_TIME, WHO

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ON = date(2024, 9, 11)


def actor(user: User) -> Actor:
    return actor_of(user, on=ON)


def in_appraisal(world: World, unit: Unit | None = None, **facts: object) -> Entry:
    return entries.entry(world.campaign, unit or world.ward, **{"stage": Stage.IN_APPRAISAL, **facts})


def justice(world: World) -> Unit:
    return world.told.offices["Phòng Tư pháp"]


def recusal(entry: Entry, **facts: object) -> Recusal:
    return Recusal.objects.create(
        **{"entry": entry, "kind": "recuse", "reason": "Người nhà.", "made_at": IN_TIME, "made_by": "user:3", **facts}
    )


def test_the_office_sees_what_is_assigned_to_it_and_nothing_else(world: World) -> None:
    entry, other = in_appraisal(world), in_appraisal(world)
    rows.assignment(entry, justice(world))
    rows.assignment(other, world.lead)
    assert list(appraisable_by(actor(world.reviewer))) == [entry]
    assert list(visible_to(Entry.objects.all(), actor(world.reviewer))) == [entry]


def test_a_withdrawn_assignment_shows_nothing(world: World) -> None:
    entry = in_appraisal(world)
    rows.assignment(entry, justice(world), withdrawn_at=IN_TIME, withdrawn_reason="Chuyển nhầm.")
    assert not appraisable_by(actor(world.reviewer)).exists()


def test_a_part_for_one_campaign_reaches_only_there(world: World) -> None:
    elsewhere = world.of_twin()
    here, there = in_appraisal(world), entries.entry(elsewhere, world.twin.wards["Phường 04"], stage="in_appraisal")
    for each in (here, there):
        rows.assignment(each, justice(world))
    scoped = make.person("Cao Thị Me", "me@quan3.example")
    make.membership(scoped, justice(world), Role.FIELD_REVIEWER, scope_uid=world.campaign.uid)
    assert list(appraisable_by(actor(scoped))) == [here]
    assert appraisable_by(actor(world.reviewer)).count() == 2


def test_a_person_named_by_the_chair_sees_its_own(world: World) -> None:
    entry = in_appraisal(world)
    rows.assignment(entry, person=world.colleague, reason="stand_in", in_place_of=justice(world))
    assert list(appraisable_by(actor(world.colleague))) == [entry]
    assert not appraisable_by(actor(world.officer)).exists()


@pytest.mark.parametrize("role", [each for each in Role.granted() if not each.value.startswith("field_")])
def test_other_roles_of_the_assigned_office_see_nothing_of_it(world: World, role: Role) -> None:
    rows.assignment(in_appraisal(world), justice(world))
    colleague = make.member(justice(world), role, "Tạ Văn Dâu", email="dau@quan3.example")
    assert not appraisable_by(actor(colleague)).exists()


def test_a_reader_and_a_council_member_see_theirs_until_they_leave(world: World) -> None:
    read, heard, other = in_appraisal(world), in_appraisal(world), in_appraisal(world)
    council = rows.panel(world.campaign)
    member = rows.panel_member(council, justice(world), world.reviewer)
    rows.reading(member, read)
    session = PresentationSession.objects.create(
        campaign=world.campaign, panel=council, kind=SessionKind.COUNCIL, title="Phiên họp", place="Hội trường",
        starts_at=IN_TIME, planned_at=IN_TIME, planned_by="user:3",
    )  # fmt: skip
    SessionItem.objects.create(session=session, entry=heard, position=1)
    assert set(appraisable_by(actor(world.reviewer))) == {read, heard}
    assert other not in visible_to(Entry.objects.all(), actor(world.reviewer))
    member.left_at = IN_TIME
    member.save()
    assert not appraisable_by(actor(world.reviewer)).exists()


@pytest.mark.parametrize("why", ["implementer", "together", "heir", "author", "office", "member"])
def test_who_is_in_conflict_finds_nothing(world: World, why: str) -> None:
    """Through its unit, through a unit that did it too or became of it, as an author, or because it was recused."""
    office = justice(world)
    entry, free = in_appraisal(world, office if why == "implementer" else world.ward), in_appraisal(world)
    member = rows.panel_member(rows.panel(world.campaign), office, world.reviewer)
    for each in (entry, free):
        rows.reading(member, each)
    match why:
        case "together":
            CoImplementer.objects.create(initiative=entry.initiative, unit=office)
        case "heir":
            entry.implementer = world.neighbour
            entry.save()
            actions.split(world.neighbour, parts=[office], whole=False, on=date(2024, 8, 1), **WHO)
        case "author":
            Authorship.objects.create(revision=entry.revision, user=world.reviewer, position=1)
        case "office":
            recusal(entry, office=office)
        case "member":
            recusal(entry, member=member)
    assert list(appraisable_by(actor(world.reviewer))) == [free]
    assert entry not in visible_to(Entry.objects.all(), actor(world.reviewer))
    assert keeps_out(actor(world.reviewer), entry, ON)
    assert not keeps_out(actor(world.reviewer), free, ON)
    assert keeps_out(member, entry, ON)
    assert keeps_out(office, entry, ON) == (why not in ("author", "member"))
    assert members_kept_out([member], [entry, free], ON) == {(member.pk, entry.pk)}
    assert ((world.reviewer.pk, entry.pk) in people_kept_out([world.reviewer], [entry, free], ON)) == (why != "member")


def test_a_lifted_recusal_opens_again(world: World) -> None:
    entry = in_appraisal(world)
    rows.assignment(entry, justice(world))
    recusal(entry, office=justice(world), lifted_at=IN_TIME)
    assert appraisable_by(actor(world.reviewer)).get() == entry
    assert offices_kept_out([entry], ON) == {entry.pk: {world.ward.pk}}


def test_those_above_are_in_no_conflict_and_the_unit_still_sees_its_own_report(world: World) -> None:
    entry = in_appraisal(world)
    assert units_in_conflict(entry, ON) == {world.ward.pk}
    assert not keeps_out(actor(world.decider), entry, ON)
    assert list(visible_to(Entry.objects.all(), actor(world.head))) == [entry]
    assert not appraisable_by(actor(world.head)).exists()


def test_a_reporter_elsewhere_does_not_judge_that_unit_here(world: World) -> None:
    entry = in_appraisal(world)
    rows.assignment(entry, justice(world))
    make.membership(world.reviewer, world.ward, Role.REPORTER)
    assert not appraisable_by(actor(world.reviewer)).exists()
    assert entry in visible_to(Entry.objects.all(), actor(world.reviewer))  # as the reporter that it is


def test_the_twin_with_the_same_names_sees_nothing(world: World) -> None:
    entry = in_appraisal(world)
    rows.assignment(entry, justice(world))
    namesake = make.member(
        world.twin.offices["Phòng Tư pháp"], Role.FIELD_HEAD, "Lý Văn Quýt", email="quyt@quan-kia.example"
    )
    for each in (namesake, world.outsider, world.namesake):
        assert not appraisable_by(actor(each)).exists()
        assert not visible_to(Entry.objects.all(), actor(each)).exists()


def test_as_many_statements_for_three_as_for_one(world: World) -> None:
    counts = []
    for _time in range(2):
        for _each in range(2):
            entry = in_appraisal(world)
            rows.assignment(entry, justice(world))
            CoImplementer.objects.create(initiative=entry.initiative, unit=world.neighbour)
        judge = actor(world.reviewer)
        found = list(Entry.objects.filter(stage=Stage.IN_APPRAISAL))
        with CaptureQueriesContext(connection) as asked:
            list(appraisable_by(judge))
            list(visible_to(Entry.objects.all(), judge))
            conflicts(found, ON)
        counts.append(len(asked))
    assert counts == [6, 6]
