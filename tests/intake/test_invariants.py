"""Whatever people do in whatever order: the invariants of the domain, §7.5, hold (2, 6, 8, 9, 12, 14)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sangkien.accounts.actor import Actor, actor_of
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Role
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.window import VIETNAM
from sangkien.initiatives import verifying as initiatives
from sangkien.intake import verifying
from sangkien.intake.actions import (
    admitting,
    closing,
    consolidating,
    drafting,
    merging,
    returning,
    rolling,
    withdrawing,
)
from sangkien.intake.actions.returning import GapTold
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Admission, Consolidation, Entry, Receipt
from sangkien.intake.queries import consolidated
from sangkien.ledger import verifying as ledger
from tests.factories import accounts, campaigns, intake
from tests.factories.district3 import District3
from tests.factories.intake import HEAD, IN_TIME, LEAD
from tests.together import undone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WARDS: Final = ("Phường 01", "Phường 04", "Phường 14")
ON: Final = date(2024, 8, 1)


@dataclass
class World:
    """Two campaigns of one district, and the clock."""

    told: District3
    campaign: Campaign
    following: Campaign
    at: datetime = IN_TIME
    refusals: list[str] = field(default_factory=list)
    frozen: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def entry(self, number: int) -> Entry | None:
        """Some entry that there is."""
        rows = list(Entry.objects.order_by("pk"))
        return rows[number % len(rows)] if rows else None


Do = Callable[[World, int], object]


def _start(world: World, number: int) -> object:
    return intake.draft(world.campaign, world.told.wards[WARDS[number % 3]], at=world.at)


def _of_entry(do: Callable[[World, Entry], object]) -> Do:
    def done(world: World, number: int) -> object:
        entry = world.entry(number)
        return entry and do(world, entry)

    return done


def _send(world: World, entry: Entry) -> object:
    return intake.sent(entry, at=world.at)


def _revise(world: World, entry: Entry) -> object:
    draft = drafting.begin_revision(entry, by=HEAD, at=world.at)
    told = {"note": f"Bổ sung {draft.edit_version}"}
    return drafting.edit(entry, told=told, edit_version=draft.edit_version, by=HEAD, at=world.at)  # type: ignore[arg-type]  # keys are drawn


def _send_back(world: World, entry: Entry) -> object:
    due = world.at.date() + timedelta(days=3)
    return returning.send_back(entry, gaps=[GapTold("Thiếu số liệu")], due_date=due, by=LEAD, at=world.at)


def _merge(world: World, entry: Entry) -> object:
    other = Entry.objects.exclude(pk=entry.pk).filter(campaign=entry.campaign_id).order_by("pk").first()
    return other and merging.merge(entry, into=other, by=LEAD, at=world.at)


def _undo(world: World, number: int) -> object:
    made = list(Admission.objects.order_by("pk"))
    return made and admitting.undo_admission(made[number % len(made)], by=LEAD, at=world.at)


def _consolidate(world: World, number: int) -> object:
    made = consolidating.consolidate(world.campaign, by=LEAD, at=world.at)
    world.frozen[made.pk] = list(made.rows.order_by("position").values_list("entry", "revision"))
    return made


def _days_pass(world: World, number: int) -> object:
    world.at += timedelta(days=number)
    return None


ACTS: Final[dict[str, Do]] = {
    "start": _start,
    "discard": _of_entry(lambda world, entry: drafting.discard(entry, by=HEAD, at=world.at)),
    "send": _of_entry(_send),
    "revise": _of_entry(_revise),
    "send back": _of_entry(_send_back),
    "reject": _of_entry(lambda world, entry: returning.reject(entry, reason="Không bổ sung", by=LEAD, at=world.at)),
    "defer": _of_entry(lambda world, entry: returning.defer(entry, reason="Đến muộn", by=LEAD, at=world.at)),
    "withdraw": _of_entry(lambda world, entry: withdrawing.withdraw(entry, reason="Nhầm", by=HEAD, at=world.at)),
    "take up": _of_entry(lambda world, entry: withdrawing.take_up(entry, by=HEAD, at=world.at)),
    "merge": _of_entry(_merge),
    "unmerge": _of_entry(lambda world, entry: merging.unmerge(entry, by=LEAD, at=world.at)),
    "admit": _of_entry(lambda world, entry: admitting.admit([entry], by=LEAD, at=world.at, late_reason="Mưa bão")),
    "undo admission": _undo,
    "consolidate": _consolidate,
    "defer late": lambda world, number: closing.defer_late(world.campaign, by=LEAD, at=world.at),
    "roll over": _of_entry(lambda world, entry: rolling.roll_over(entry, into=world.following, by=HEAD, at=world.at)),
    "days pass": _days_pass,
}
_BEGUN: Final = [("start", 0), ("start", 1), ("start", 1), ("send", 0), ("send", 1)]
_STEPS = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 20)), min_size=5, max_size=25)


@pytest.fixture
def world(told: District3) -> World:
    return World(told, campaigns.issued(told), intake.second_campaign(told))


@pytest.fixture
def stranger(twin: District3) -> list[Actor]:
    """The lead unit and a ward of the twin authority."""
    campaigns.issued(twin)
    people = [
        accounts.member(twin.district, Role.ORGANISER, email="a@b.example"),
        accounts.member(twin.wards["Phường 04"], Role.UNIT_HEAD, email="b@b.example"),
    ]
    return [actor_of(each, on=ON) for each in people]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@example(
    [("admit", 0), ("consolidate", 0), ("undo admission", 0),
     ("merge", 1), ("unmerge", 1), ("days pass", 20), ("send back", 1), ("days pass", 4), ("defer", 1),
     ("roll over", 1), ("roll over", 1), ("send", 2)]
)  # fmt: skip
@example(
    [("days pass", 20), ("days pass", 20), ("days pass", 20), ("send", 2), ("defer late", 0), ("roll over", 2),
     ("discard", 3), ("send", 3), ("withdraw", 0), ("take up", 0)]
)  # fmt: skip
@given(_STEPS)
def test_whatever_people_do(world: World, stranger: list[Actor], steps: list[tuple[str, int]]) -> None:
    with undone():
        here = World(world.told, world.campaign, world.following)
        for name, number in [*_BEGUN, *steps]:
            try:
                ACTS[name](here, number)
            except Refused as refused:
                here.refusals.append(str(refused))
        _hold(here)
        assert all(each.endswith(".") for each in here.refusals)
        assert not any(Entry.objects.visible_to(each).exists() for each in stranger)


def _hold(world: World) -> None:
    assert ledger.verify() == []
    assert [*initiatives.verify(), *verifying.verify()] == []  # hashes, replayed stages, gap-free receipts
    _hold_receipts(world.campaign)
    _hold_receipts(world.following)
    _hold_consolidated(world)
    _hold_entries()


def _hold_receipts(campaign: Campaign) -> None:
    numbers = list(Receipt.objects.filter(campaign=campaign).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def _hold_consolidated(world: World) -> None:
    positions = dict(world.campaign.participants.values_list("unit", "position"))
    rows = list(consolidated(world.campaign))
    assert [each.pk for each in rows] == sorted(
        {each.pk for each in rows}, key=lambda pk: (positions[next(e.implementer_id for e in rows if e.pk == pk)], pk)
    )
    assert all(each.stage in Stage.accepted() for each in rows)
    for made in Consolidation.objects.all():
        assert list(made.rows.order_by("position").values_list("entry", "revision")) == world.frozen[made.pk]
        assert list(made.rows.order_by("position").values_list("position", flat=True)) == list(
            range(1, len(world.frozen[made.pk]) + 1)
        )


def _hold_entries() -> None:
    for entry in Entry.objects.select_related("revision", "deferred_from"):
        assert entry.revision is not None
        assert entry.revision.is_frozen == (entry.stage != Stage.DRAFT)
        assert (entry.sendings.filter(superseded_at__isnull=True).count() == 1) or entry.stage == Stage.DRAFT
        assert entry.returns.filter(ended_at__isnull=True).count() == (entry.stage == Stage.CHANGES_REQUESTED)
        assert entry.admissions.filter(undone_at__isnull=True).exists() == (entry.stage == Stage.ADMITTED)
        if entry.deferred_from is not None:
            assert entry.deferred_from.stage == Stage.DEFERRED


@given(st.timedeltas(timedelta(), timedelta(days=3)))
@example(timedelta(days=2))
@example(timedelta(days=2) - timedelta(microseconds=1))
def test_a_report_is_late_from_the_first_moment_after_the_last_day_in_vietnam(since: timedelta) -> None:
    arrived = datetime(2024, 9, 14, tzinfo=VIETNAM) + since
    assert Campaign(opens_date=campaigns.OPENS, closes_date=campaigns.CLOSES).is_late(arrived) == (
        arrived.date() > date(2024, 9, 15)
    )
