"""Role × stage: who may do what to an entry, everywhere else refused; the twin authority never."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Invitation, User
from sangkien.accounts.roles import Role
from sangkien.accounts.verdict import Verdict
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign, Participant
from sangkien.intake import rules
from sangkien.intake.actions.allowing import allow_officer
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.units.models import Unit
from tests.factories import accounts, campaigns
from tests.factories.district3 import District3
from tests.factories.intake import HEAD, IN_TIME

ON = date(2024, 8, 1)
DISTRICT, LEAD, WARD, TWIN_DISTRICT, TWIN_LEAD, TWIN_WARD = (Unit(pk=number) for number in range(1, 7))
LEADING = {Role.ORGANISER, Role.ORGANISER_HEAD}
REPORTING = {Role.REPORTER, Role.UNIT_HEAD}
WITH_TEXT = {Stage.DRAFT, Stage.SUBMITTED, Stage.CHANGES_REQUESTED}

# Rule → (roles in the lead unit or the issuer, roles in the reporting unit, stages).
MATRIX: dict[Callable[..., Verdict], tuple[set[Role], set[Role], set[Stage]]] = {
    rules.may_edit: (set(), REPORTING, WITH_TEXT),
    rules.may_discard: (set(), REPORTING, {Stage.DRAFT}),
    rules.may_withdraw: (LEADING, REPORTING, {Stage.SUBMITTED}),
    rules.may_take_up: (LEADING, REPORTING, {Stage.WITHDRAWN}),
    rules.may_send_back: (LEADING, set(), {Stage.SUBMITTED}),
    rules.may_reject: (LEADING, set(), {Stage.CHANGES_REQUESTED}),
    rules.may_defer: (LEADING, set(), {Stage.SUBMITTED, Stage.CHANGES_REQUESTED}),
    rules.may_merge: (LEADING, set(), {Stage.SUBMITTED}),
    rules.may_unmerge: (LEADING, set(), {Stage.MERGED}),
    rules.may_admit: (LEADING, set(), {Stage.SUBMITTED}),
    rules.may_undo_admission: (LEADING, set(), {Stage.ADMITTED}),
}


RUNNING = {State.ISSUED, State.IN_ASSESSMENT}
HEADS = {Role.UNIT_HEAD}  # the officer of a unit sends only where the head allows it

# Rule on a campaign → (roles in the lead unit or the issuer, roles in the reporting unit, states).
OF_CAMPAIGNS: dict[Callable[[Actor, Campaign], Verdict], tuple[set[Role], set[Role], set[State]]] = {
    rules.may_record: (LEADING, set(), RUNNING),
    rules.may_admit_in: (LEADING, set(), RUNNING),
    rules.may_consolidate: (LEADING, set(), RUNNING),
    rules.may_conclude: (LEADING, set(), {State.IN_ASSESSMENT}),
}
# The same of what a unit does in a campaign, or the lead unit from its paper.
OF_UNITS: dict[str, tuple[Callable[[Actor, Campaign], Verdict], set[Role], set[Role], set[State]]] = {
    "may_draft": (lambda actor, at: rules.may_draft(actor, at, WARD), LEADING, REPORTING, RUNNING),
    "may_submit": (lambda actor, at: rules.may_submit(actor, at, WARD), set(), HEADS, RUNNING),
    "may_answer_nil": (
        lambda actor, at: rules.may_answer_nil(actor, Participant(campaign=at, unit=WARD)), LEADING, HEADS, RUNNING,
    ),
    "may_roll_over": (
        lambda actor, at: rules.may_roll_over(actor, _entry(Stage.DEFERRED), at), LEADING, HEADS, RUNNING,
    ),
    "may_allow_officer": (lambda actor, _at: rules.may_allow_officer(actor, WARD), set(), HEADS, set(State)),
}  # fmt: skip


def _campaign(state: State = State.ISSUED, organiser: Unit = DISTRICT, lead: Unit = LEAD) -> Campaign:
    return campaigns.campaign(organiser, lead_unit=lead, state=state)


def _entry(stage: Stage, **facts: Any) -> Entry:
    campaign = facts.pop("campaign", None) or _campaign()
    return Entry(campaign=campaign, implementer=WARD, organiser=campaign.organiser, stage=stage, code="07.01", **facts)


def _actor(role: Role, unit: Unit | None) -> Actor:
    return Actor(on=ON, user=User(pk=1), memberships=(accounts.unsaved_membership(unit, role),))


@pytest.mark.parametrize("rule", MATRIX, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("role", Role.granted())
def test_role_by_stage(rule: Callable[..., Verdict], role: Role) -> None:
    leading, reporting, stages = MATRIX[rule]
    for stage in Stage:
        entry = _entry(stage)
        allowed = {
            "lead": role in leading and stage in stages,
            "issuer": role in leading and stage in stages,
            "ward": role in reporting and stage in stages,
        }
        if rule is rules.may_edit and stage is Stage.CHANGES_REQUESTED and role in LEADING:
            allowed |= {"lead": True, "issuer": True}  # a supplement on paper is recorded on behalf
        got = {
            "lead": bool(rule(_actor(role, LEAD), entry)),
            "issuer": bool(rule(_actor(role, DISTRICT), entry)),
            "ward": bool(rule(_actor(role, WARD), entry)),
        }
        assert got == allowed, stage


def test_every_rule_stands_in_one_of_the_tables() -> None:
    told = {rule.__name__ for rule in (*MATRIX, *OF_CAMPAIGNS)} | set(OF_UNITS)
    assert {name for name in vars(rules) if name.startswith("may_")} - {"may_move"} == told


@pytest.mark.parametrize("rule", OF_CAMPAIGNS, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("role", Role.granted())
def test_role_by_state_of_the_campaign(rule: Callable[[Actor, Campaign], Verdict], role: Role) -> None:
    leading, reporting, states = OF_CAMPAIGNS[rule]
    _hold_by_state(rule, role, leading, reporting, states)


@pytest.mark.django_db
@pytest.mark.parametrize("name", OF_UNITS)
@pytest.mark.parametrize("role", Role.granted())
def test_role_by_state_of_what_a_unit_does(name: str, role: Role) -> None:
    rule, leading, reporting, states = OF_UNITS[name]
    _hold_by_state(rule, role, leading, reporting, states)


def _hold_by_state(
    rule: Callable[[Actor, Campaign], Verdict], role: Role, leading: set[Role], reporting: set[Role], states: set[State]
) -> None:
    at_home = {LEAD: leading, DISTRICT: leading, WARD: reporting}
    for state in State:
        campaign = _campaign(state)
        for unit, roles in at_home.items():
            assert bool(rule(_actor(role, unit), campaign)) == (role in roles and state in states), (state, unit.pk)
        for unit in () if role in Role.of_the_instance() else (TWIN_DISTRICT, TWIN_LEAD, TWIN_WARD):
            verdict = rule(_actor(role, unit), campaign)
            assert not verdict
            assert verdict.reason.endswith(".")


@pytest.mark.parametrize("stage", Stage)
def test_only_what_was_deferred_is_confirmed_or_given_up_by_its_unit(stage: Stage) -> None:
    head = _actor(Role.UNIT_HEAD, WARD)
    assert bool(rules.may_roll_over(head, _entry(stage), _campaign())) == (stage == Stage.DEFERRED)


@pytest.mark.parametrize("rule", MATRIX, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("role", [role for role in Role.granted() if role not in Role.of_the_instance()])
def test_nobody_of_a_twin_authority_may_anything_and_each_refusal_says_why(
    rule: Callable[..., Verdict], role: Role
) -> None:
    for stage in Stage:
        for unit in (TWIN_DISTRICT, TWIN_LEAD, TWIN_WARD):
            verdict = rule(_actor(role, unit), _entry(stage))
            assert not verdict
            assert verdict.reason.endswith(".")


@pytest.mark.parametrize("state", [State.DRAFT, State.CONCLUDED, State.ARCHIVED, State.CANCELLED])
@pytest.mark.parametrize("rule", MATRIX, ids=lambda rule: rule.__name__)
def test_nothing_may_be_done_in_a_campaign_that_does_not_run(rule: Callable[..., Verdict], state: State) -> None:
    leading, reporting, _stages = MATRIX[rule]
    for stage in Stage:
        entry = _entry(stage, campaign=_campaign(state))
        for role, unit in ((role, LEAD) for role in leading):
            assert not rule(_actor(role, unit), entry)
        for role in reporting:
            assert not rule(_actor(role, WARD), entry)


def test_the_lead_unit_edits_only_what_it_entered_itself() -> None:
    organiser = _actor(Role.ORGANISER, LEAD)
    assert not rules.may_edit(organiser, _entry(Stage.DRAFT))
    assert rules.may_edit(organiser, _entry(Stage.DRAFT, opened_by_lead=True))


@pytest.mark.django_db
def test_the_officer_sends_only_where_the_head_allows_it(told: District3) -> None:
    ward, campaign = told.wards["Phường 04"], campaigns.campaign(told.district, state=State.ISSUED)
    officer, head = _actor(Role.REPORTER, ward), _actor(Role.UNIT_HEAD, ward)
    assert rules.may_submit(head, campaign, ward)
    assert "Thủ trưởng" in rules.may_submit(officer, campaign, ward).reason
    assert not rules.may_allow_officer(officer, ward)
    assert rules.may_allow_officer(head, ward)
    allow_officer(ward, allowed=True, by=HEAD, at=IN_TIME)
    assert rules.may_submit(officer, campaign, ward)
    assert not rules.may_submit(officer, campaign, told.wards["Phường 05"])
    allow_officer(ward, allowed=False, by=HEAD, at=IN_TIME)
    assert not rules.may_submit(officer, campaign, ward)


def test_an_invitation_drafts_sends_and_takes_back_for_its_unit_in_its_campaign_and_nothing_else() -> None:
    campaign = _campaign()
    invited = Actor(on=ON, invitation=Invitation(unit=WARD, scope_uid=campaign.uid))
    assert rules.may_draft(invited, campaign, WARD)
    assert rules.may_submit(invited, campaign, WARD)
    assert rules.may_edit(invited, _entry(Stage.DRAFT, campaign=campaign))
    assert not rules.may_submit(invited, campaign, TWIN_WARD)
    assert not rules.may_submit(invited, _campaign(), WARD)
    assert rules.may_withdraw(invited, _entry(Stage.SUBMITTED, campaign=campaign))
    assert not rules.may_withdraw(invited, _entry(Stage.SUBMITTED))
    assert not rules.may_admit(invited, _entry(Stage.SUBMITTED, campaign=campaign))


def test_a_membership_for_one_campaign_counts_in_that_one_only() -> None:
    campaign = _campaign()
    scoped = accounts.unsaved_membership(WARD, Role.UNIT_HEAD, scope_uid=campaign.uid)
    head = Actor(on=ON, user=User(pk=1), memberships=(scoped,))
    assert rules.may_withdraw(head, _entry(Stage.SUBMITTED, campaign=campaign))
    assert not rules.may_withdraw(head, _entry(Stage.SUBMITTED))
