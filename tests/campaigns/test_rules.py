"""Who knows of a campaign and who may do what to it; a twin authority sees nothing."""

from datetime import date
from typing import Any

import pytest

from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Membership, User
from sangkien.accounts.roles import Permission, Role, holders
from sangkien.campaigns import rules
from sangkien.campaigns.actions import ending, standing_in
from sangkien.campaigns.lifecycle import Move
from sangkien.campaigns.models import Campaign
from sangkien.units.models import Unit
from tests.factories import accounts, district3
from tests.factories import campaigns as make
from tests.factories.accounts import unsaved_membership
from tests.factories.campaigns import WHO

DAY = date(2024, 8, 1)


@pytest.fixture
def issued(told: district3.District3) -> Campaign:
    return make.issued(told)


@pytest.fixture
def draft(told: district3.District3) -> Campaign:
    return make.drafted(told).campaign


def holder(role: Role, at: Unit | None, **facts: Any) -> Actor:
    return Actor(on=DAY, user=User(pk=1), memberships=(unsaved_membership(at, role, **facts),))


def seen(actor: Actor) -> list[Campaign]:
    return list(Campaign.objects.visible_to(actor).order_by("pk"))


# -- visible


@pytest.mark.parametrize("role", Role.granted())
def test_a_draft_is_seen_only_by_who_plans_issues_or_oversees(
    role: Role, draft: Campaign, told: district3.District3
) -> None:
    allowed = {*holders(Permission.PLAN), *holders(Permission.ISSUE), *holders(Permission.SEE_CAMPAIGN)}
    for at in (told.offices["Phòng Nội vụ"], told.district):
        assert bool(seen(holder(role, at))) == (role in allowed)
    assert seen(holder(role, told.wards["Phường 04"])) == []


@pytest.mark.parametrize("role", Role.granted())
def test_an_issued_campaign_is_seen_by_who_is_asked_or_in_charge_and_not_in_the_twin(
    role: Role, issued: Campaign, told: district3.District3, twin: district3.District3
) -> None:
    assert seen(holder(role, told.wards["Phường 04"])) == [issued]
    assert seen(holder(role, told.offices["Phòng Tư pháp"])) == [issued]
    for at in (twin.district, twin.offices["Phòng Nội vụ"], twin.wards["Phường 04"], twin.city):
        assert seen(holder(role, at)) == []


def test_each_district_sees_its_own(issued: Campaign, told: district3.District3, twin: district3.District3) -> None:
    theirs = make.issued(twin)
    assert seen(holder(Role.REPORTER, twin.wards["Phường 04"])) == [theirs]
    assert seen(holder(Role.ORGANISER, told.offices["Phòng Nội vụ"])) == [issued]


def test_a_membership_for_one_campaign_shows_that_one(issued: Campaign, told: district3.District3) -> None:
    other = make.drafted(told).campaign
    at = told.offices["Phòng Nội vụ"]
    assert seen(holder(Role.ORGANISER, at)) == [issued, other]
    assert seen(holder(Role.ORGANISER, at, scope_uid=other.uid)) == [other]


def test_an_invitation_shows_its_campaign_to_its_unit(
    issued: Campaign, told: district3.District3, twin: district3.District3
) -> None:
    mine = accounts.invitation(told.wards["Phường 04"], "mot", scope_uid=issued.uid)
    theirs = accounts.invitation(twin.wards["Phường 04"], "hai", scope_uid=issued.uid)
    assert seen(Actor(on=DAY, invitation=mine)) == [issued]
    assert seen(Actor(on=DAY, invitation=theirs)) == []


def test_nobody_in_particular_and_an_administrator_see_none(issued: Campaign) -> None:
    assert seen(Actor(on=DAY)) == []
    assert seen(holder(Role.ADMINISTRATOR, None)) == []


def test_an_auditor_sees_all_below(
    issued: Campaign, draft: Campaign, told: district3.District3, twin: district3.District3
) -> None:
    assert seen(holder(Role.AUDITOR, told.city)) == [issued, draft] if issued.pk < draft.pk else [draft, issued]
    assert seen(holder(Role.AUDITOR, twin.city)) == []
    assert len(seen(holder(Role.AUDITOR, None))) == 2


def test_a_stand_in_sees_where_it_stands_in(issued: Campaign, told: district3.District3) -> None:
    sen = accounts.person()
    standing_in.appoint_stand_in(issued, unit_in_conflict=told.offices["Phòng Nội vụ"], person=sen, **WHO)
    assert seen(Actor(on=DAY, user=sen)) == [issued]


@pytest.mark.parametrize("campaigns", [1, 3])
def test_what_is_visible_is_asked_in_one_statement(
    campaigns: int, told: district3.District3, django_assert_num_queries: Any
) -> None:
    for _number in range(campaigns):
        make.drafted(told)
    actor = holder(Role.ORGANISER, told.offices["Phòng Nội vụ"])
    with django_assert_num_queries(1):
        assert len(seen(actor)) == campaigns


# -- rules


@pytest.mark.parametrize("role", Role.granted())
def test_the_table_of_roles_decides_in_the_lead_unit_and_in_the_organiser(
    role: Role, draft: Campaign, told: district3.District3, twin: district3.District3
) -> None:
    plans, issues = role in holders(Permission.PLAN), role in holders(Permission.ISSUE)
    for at in (draft.lead_unit, draft.organiser):
        actor = holder(role, at)
        assert bool(rules.may_edit(actor, draft)) == plans
        assert bool(rules.may_do(actor, Move.ISSUE, draft)) == issues
        assert bool(rules.may_see_all(actor, draft)) == (role in holders(Permission.SEE_CAMPAIGN))
    if role is not Role.ADMINISTRATOR:
        assert not rules.may_edit(holder(role, twin.offices["Phòng Nội vụ"]), draft)


def test_a_refusal_says_why(draft: Campaign, told: district3.District3) -> None:
    head = holder(Role.ORGANISER_HEAD, draft.lead_unit)
    assert rules.may_start(head, draft.lead_unit)
    assert rules.may_amend(head, draft).reason == "Đợt này không ở bước sửa đổi kế hoạch được."
    cancelled = ending.cancel(draft, reason="Thôi", **WHO)
    assert rules.may_edit(head, cancelled).reason == "Kế hoạch đã ban hành nên chỉ thay đổi bằng văn bản sửa đổi."
    assert rules.may_do(head, Move.CONCLUDE, cancelled).reason.startswith("Đợt này đã hủy nên không kết thúc được.")
    assert rules.may_do(holder(Role.REPORTER, draft.lead_unit), Move.CONCLUDE, cancelled).reason.startswith("Việc này")


def test_the_unit_itself_or_the_lead_unit_answers_nil(issued: Campaign, told: district3.District3) -> None:
    row = issued.participants.get(unit=told.wards["Phường 04"])
    assert rules.may_answer_nil(holder(Role.UNIT_HEAD, row.unit), row)
    assert rules.may_answer_nil(holder(Role.ORGANISER, issued.lead_unit), row)
    assert not rules.may_answer_nil(holder(Role.UNIT_HEAD, told.wards["Phường 05"]), row)
    assert rules.may_answer_nil(Actor(on=DAY, invitation=accounts.invitation(row.unit, scope_uid=issued.uid)), row)


def test_a_membership_that_has_ended_gives_nothing(issued: Campaign, told: district3.District3) -> None:
    sen = accounts.person()
    accounts.membership(sen, issued.lead_unit, Role.ORGANISER, ends_date=date(2024, 7, 31))
    held = tuple(Membership.objects.on(DAY).filter(user=sen))
    assert seen(Actor(on=DAY, user=sen, memberships=held)) == []
