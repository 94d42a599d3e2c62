"""Many at once on both databases: receipts without gaps, one winner, nothing acknowledged lost."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from django.db import connection

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions import ending
from sangkien.campaigns.models import Answer, Campaign, Participant
from sangkien.initiatives import verifying as initiatives
from sangkien.initiatives.telling import EditConflict
from sangkien.intake import verifying
from sangkien.intake.actions import admitting, closing, drafting, returning, rolling
from sangkien.intake.actions.returning import GapTold
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Admission, Entry, Receipt, Return, Submission
from sangkien.ledger import verifying as ledger
from tests.factories import campaigns, district3, intake
from tests.factories.intake import DUE, HEAD, IN_TIME, LATE, LEAD
from tests.factories.units import AT, OFFICER
from tests.intake.test_invariants import ACTS, WARDS, World
from tests.together import shared_database, together

__all__ = ["shared_database"]

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).parents[2]
WRITERS = 8
STEPS = 25
ACTS_AT_ONCE = [name for name in sorted(ACTS) if name != "days pass"]  # one clock for all


@pytest.fixture
def world(shared_database: None) -> district3.District3:
    return district3.twelve_wards(by=OFFICER, at=AT)


@pytest.fixture
def campaign(world: district3.District3) -> Campaign:
    return campaigns.issued(world)


def _whole() -> None:
    assert ledger.verify() == []
    assert [*initiatives.verify(), *verifying.verify()] == []


def test_eight_units_send_at_once_and_receipts_have_no_gap(world: district3.District3, campaign: Campaign) -> None:
    wards = list(world.wards.values())[:WRITERS]
    drafts = [[intake.draft(campaign, ward) for _number in range(3)] for ward in wards]

    def send(number: int) -> None:
        for entry in drafts[number]:
            intake.sent(entry, key=f"{entry.pk}")

    assert together(WRITERS, send) == []
    numbers = list(Receipt.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 3 * WRITERS + 1))
    _whole()


def test_one_click_in_eight_windows_is_one_sending(world: district3.District3, campaign: Campaign) -> None:
    entry = intake.draft(campaign, world.wards["Phường 04"])
    given: list[int] = []
    raised = together(WRITERS, lambda number: given.append(intake.sent(entry, key="one").number))
    assert (raised, given) == ([], [1] * WRITERS)
    assert Submission.objects.count() == 1
    _whole()


def test_one_click_in_eight_windows_is_one_admission_and_one_return(
    world: district3.District3, campaign: Campaign
) -> None:
    one, other = (intake.submitted(campaign, world.wards["Phường 04"]) for _number in range(2))
    gaps = [GapTold("Thiếu")]

    def click(number: int) -> None:
        admitting.admit([one], by=LEAD, at=IN_TIME, key="one")
        returning.send_back(other, gaps=gaps, due_date=DUE, by=LEAD, at=IN_TIME, key="other")

    assert together(WRITERS, click) == []
    assert (Admission.objects.count(), Return.objects.count()) == (1, 1)


def test_eight_first_drafts_of_a_unit_have_eight_codes(world: district3.District3, campaign: Campaign) -> None:
    ward = world.wards["Phường 04"]
    assert together(WRITERS, lambda number: intake.draft(campaign, ward) and None) == []
    assert Entry.objects.values("code").distinct().count() == WRITERS


def test_two_colleagues_save_at_once_and_one_is_told(world: district3.District3, campaign: Campaign) -> None:
    entry = intake.draft(campaign, world.wards["Phường 04"])

    def save(number: int) -> None:
        drafting.edit(entry, told={"note": f"Bản {number}"}, edit_version=1, by=HEAD, at=IN_TIME)

    assert [type(error) for error in together(2, save)] == [EditConflict]


def test_returned_and_admitted_at_once_has_one_winner(world: district3.District3, campaign: Campaign) -> None:
    entries = [intake.submitted(campaign, world.wards["Phường 04"]) for _number in range(4)]

    def decide(number: int) -> None:
        for entry in entries if number % 2 else reversed(entries):
            try:
                _ONE_OF[number % 2](entry)
            except Refused:
                continue

    assert together(4, decide) == []
    for entry in entries:
        entry.refresh_from_db()
        back = Return.objects.filter(entry=entry, ended_at__isnull=True).exists()
        admitted = Admission.objects.filter(items__entry=entry, items__undone_at__isnull=True).exists()
        assert (back, admitted) == (entry.stage == Stage.CHANGES_REQUESTED, entry.stage == Stage.ADMITTED)
        assert back != admitted
    _whole()


_ONE_OF: tuple[Callable[[Entry], object], ...] = (
    lambda entry: returning.send_back(entry, gaps=[GapTold("Thiếu")], due_date=DUE, by=LEAD, at=IN_TIME),
    lambda entry: admitting.admit([entry], by=LEAD, at=IN_TIME),
)


def test_bulk_admissions_that_overlap_do_not_deadlock(world: district3.District3, campaign: Campaign) -> None:
    entries = [intake.submitted(campaign, world.wards["Phường 04"]) for _number in range(6)]
    raised = together(
        4, lambda number: admitting.admit(entries[:: 1 if number % 2 else -1], by=LEAD, at=IN_TIME) and None
    )
    assert [type(error) for error in raised] == [Refused] * 3
    assert set(Entry.objects.values_list("stage", flat=True)) == {Stage.ADMITTED}
    _whole()


def test_ending_against_sending_leaves_no_late_report_behind(world: district3.District3, campaign: Campaign) -> None:
    wards = list(world.wards.values())[: WRITERS - 1]
    drafts = [intake.draft(campaign, ward) for ward in wards]
    ending.begin_assessment(campaign, by=LEAD, at=LATE)

    def act(number: int) -> None:
        if number == 0:
            closing.conclude(campaign, by=LEAD, at=LATE + timedelta(minutes=1))
        else:
            intake.sent(drafts[number - 1], at=LATE)

    raised = together(WRITERS, act)
    assert {type(error) for error in raised} <= {Refused}
    campaign.refresh_from_db()
    stages = set(Entry.objects.values_list("stage", flat=True))
    assert campaign.state == "concluded"
    assert stages <= {Stage.DEFERRED.value, Stage.DRAFT.value}
    assert Entry.objects.filter(stage=Stage.DRAFT).count() == len(raised)
    _whole()


def test_a_nil_answer_against_a_sending_leaves_one_answer(world: district3.District3, campaign: Campaign) -> None:
    for name in list(world.wards)[:4]:
        ward = world.wards[name]
        entry, participant = intake.draft(campaign, ward), Participant.objects.get(campaign=campaign, unit=ward)

        def act(number: int, entry: Entry = entry, participant: Participant = participant) -> None:
            if number:
                intake.sent(entry)
            else:
                closing.answer_nil(participant, by=HEAD, at=IN_TIME)

        assert {type(error) for error in together(2, act)} <= {Refused}
        participant.refresh_from_db()
        entry.refresh_from_db()
        assert (participant.answer, entry.stage) == (Answer.NONE, Stage.SUBMITTED)


def test_a_deferred_entry_confirmed_by_eight_at_once_has_one_successor(
    world: district3.District3, campaign: Campaign
) -> None:
    following = intake.second_campaign(world)
    late = intake.submitted(campaign, world.wards["Phường 04"], at=LATE)
    closing.defer_late(campaign, by=LEAD, at=LATE)
    assert together(WRITERS, lambda number: rolling.roll_over(late, into=following, by=HEAD, at=LATE) and None) == []
    assert Entry.objects.filter(deferred_from=late).count() == 1
    _whole()


def test_eight_people_do_whatever_at_once_and_every_invariant_holds(
    world: district3.District3, campaign: Campaign
) -> None:
    following = intake.second_campaign(world)
    for name in WARDS:
        intake.submitted(campaign, world.wards[name])

    def act(number: int) -> None:
        draw, mine = Random(number), World(world, campaign, following)
        for _step in range(STEPS):
            name = draw.choice(ACTS_AT_ONCE)
            try:
                ACTS[name](mine, draw.randrange(100))
            except (Refused, Entry.DoesNotExist):  # what somebody else has thrown away meanwhile
                continue

    assert together(WRITERS, act) == []
    _whole()
    numbers = list(Receipt.objects.filter(campaign=campaign).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_server_killed_in_the_middle_loses_nothing_acknowledged(
    world: district3.District3, campaign: Campaign
) -> None:
    senders = [_sender(ward.pk) for ward in list(world.wards.values())[:2]]
    acknowledged = []
    for sender in senders:
        assert sender.stdout is not None
        acknowledged += [int(sender.stdout.readline()) for _number in range(4)]
    for sender in senders:
        sender.kill()
        assert sender.stdout is not None
        acknowledged += [int(line) for line in sender.stdout.read().split("\n")[:-1] if line]
        sender.wait(timeout=30)
        sender.stdout.close()
    numbers = list(Receipt.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(acknowledged) <= set(numbers)
    _whole()


def _sender(unit_id: int) -> "subprocess.Popen[str]":
    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    database = {name: connection.settings_dict[name] for name in names}
    path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    return subprocess.Popen(
        [sys.executable, "-m", "tests.intake.process", str(unit_id)],
        cwd=ROOT, text=True, encoding="utf-8", stdout=subprocess.PIPE,
        env={**os.environ, "TEST_DATABASE": json.dumps(database, default=str), "PYTHONPATH": path},
    )  # fmt: skip
