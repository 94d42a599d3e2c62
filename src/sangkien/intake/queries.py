"""Questions about entries for pages, exports and papers; each in a constant number of statements."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Count, F, FilteredRelation, Max, Min, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from sangkien.campaigns.models import Answer, Campaign, Participant
from sangkien.campaigns.queries import participants
from sangkien.campaigns.window import VIETNAM
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, EntryQuerySet, Return
from sangkien.units.models import Unit


class Answered(StrEnum):
    """What a unit has said: đã gửi, không có, chưa trả lời."""

    SENT = "sent"
    NIL = "nil"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class UnitAnswer:
    """A participant with what it has answered. ``arrived_at``: of its first entry, or of its nil answer.

    ``count`` of entries that stand, ``late`` of them; ``waiting`` for a supplement.
    """

    participant: Participant
    answer: Answered
    arrived_at: datetime | None = None
    count: int = 0
    late: int = 0
    waiting: int = 0


def waiting_in(units: Collection[Unit]) -> EntryQuerySet:
    """Entries where one of these units has the next step: its drafts, and what was returned to it."""
    rows = Entry.objects.filter(implementer__in=units, stage__in=Stage.with_the_unit())
    return rows.filter(Q(opened_by_lead=False) | Q(stage=Stage.CHANGES_REQUESTED))


def waiting_for_lead(campaign: Campaign) -> EntryQuerySet:
    """Sent and not yet looked at, those that came first on top."""
    return Entry.objects.filter(campaign=campaign, stage=Stage.SUBMITTED).order_by("submitted_at", "pk")


def in_plan_order(campaign: Campaign, entries: EntryQuerySet) -> EntryQuerySet:
    """Ordered by the units of the plan, then by code; annotated with ``unit_position`` and ``unit_name``."""
    asked = FilteredRelation("implementer__participations", condition=Q(implementer__participations__campaign=campaign))
    return (
        entries.filter(campaign=campaign)
        .annotate(asked=asked)
        .annotate(unit_position=F("asked__position"), unit_name=F("asked__unit_version__name"))
        .order_by("unit_position", "pk")
    )


def consolidated(campaign: Campaign) -> EntryQuerySet:
    """Each admitted entry once, in the plan's order of units (domain, §7.5, 9), with what a row of the form prints."""
    rows = in_plan_order(campaign, Entry.objects.filter(stage__in=Stage.accepted()))
    return rows.select_related("revision", "initiative", "implementer")


def pool(organiser: Unit) -> EntryQuerySet:
    """Deferred, not yet taken into a later campaign, and not said to be no longer applied."""
    waiting = Entry.objects.filter(organiser=organiser, stage=Stage.DEFERRED, rolled_over_to__isnull=True)
    return waiting.filter(no_longer_applied_at__isnull=True).order_by("campaign", "pk")


def open_returns(campaign: Campaign) -> QuerySet[Return]:
    """Supplements that are asked for, the earliest day first."""
    rows = Return.objects.filter(entry__campaign=campaign, ended_at__isnull=True).order_by("due_date", "pk")
    return rows.select_related("entry__implementer", "revision")


def overdue_returns(campaign: Campaign, at: datetime) -> QuerySet[Return]:
    """Their day has passed: a person decides whether to wait, to defer or not to take it."""
    return open_returns(campaign).filter(due_date__lt=timezone.localdate(at))


def answers(campaign: Campaign) -> list[UnitAnswer]:
    """Every participant in the plan's order with its answer. Two statements."""
    closes_at = campaign.window.closes_at
    sent = Entry.objects.filter(campaign=campaign, stage__in=Stage.sent()).values("implementer")
    told = {
        row["implementer"]: row
        for row in sent.annotate(
            count=Count("pk"),
            late=Count("pk", filter=Q(arrived_at__gte=closes_at)),
            waiting=Count("pk", filter=Q(stage=Stage.CHANGES_REQUESTED)),
            first=Min("arrived_at"),
        ).order_by()
    }
    return [_answered(each, told.get(each.unit_id)) for each in participants(campaign)]


def _answered(participant: Participant, told: Mapping[str, Any] | None) -> UnitAnswer:
    if told is not None:
        return UnitAnswer(
            participant, Answered.SENT, told["first"], told["count"], told["late"], told["waiting"]
        )  # fmt: skip
    if participant.answer == Answer.NIL:
        return UnitAnswer(participant, Answered.NIL, participant.nil_at)
    return UnitAnswer(participant, Answered.NONE)


def has_sent(campaign: Campaign, unit: Unit) -> bool:
    """Whether something of the unit stands in the campaign. One statement."""
    return Entry.objects.filter(campaign=campaign, implementer=unit, stage__in=Stage.sent()).exists()


@dataclass(frozen=True, slots=True)
class Day:
    """How many entries arrived on a day, and how many of them late."""

    on: date
    count: int
    late: int


def intake_per_day(campaign: Campaign) -> list[Day]:
    """By day of arrival in Vietnam, days without any left out. One statement."""
    closes_at = campaign.window.closes_at
    sent = Entry.objects.filter(campaign=campaign, stage__in=Stage.sent())
    days = sent.annotate(on=TruncDate("arrived_at", tzinfo=VIETNAM)).values("on")
    counted = days.annotate(count=Count("pk"), late=Count("pk", filter=Q(arrived_at__gte=closes_at))).order_by("on")
    return [Day(row["on"], row["count"], row["late"]) for row in counted]


def by_stage(campaign: Campaign) -> dict[Stage, int]:
    """How many entries stand where; stages without any left out. One statement along the index of the desk."""
    rows = Entry.objects.filter(campaign=campaign).values("stage").annotate(count=Count("pk")).order_by()
    counts = {Stage(row["stage"]): row["count"] for row in rows}
    return {stage: counts[stage] for stage in Stage if stage in counts}


def by_main_field(campaign: Campaign) -> dict[str, int]:
    """How many sent entries by main field; "" for none. One statement."""
    rows = Entry.objects.filter(campaign=campaign, stage__in=Stage.sent()).values("revision__main_field")
    return {row["revision__main_field"]: row["count"] for row in rows.annotate(count=Count("pk")).order_by()}


def last_change(campaign: Campaign) -> datetime | None:
    """When the stage of an entry changed last: whether a frozen consolidation is still what stands. One statement."""
    newest: datetime | None = Entry.objects.filter(campaign=campaign).aggregate(at=Max("stage_at"))["at"]
    return newest


def shown_stage() -> Case:
    """The stage as the unit sees it, to annotate lists with: what the lead unit does inside is one word outside."""
    inside = [Stage.IN_APPRAISAL, Stage.APPRAISED, Stage.ASSESSED, Stage.PROPOSED]
    return Case(
        When(stage__in=inside, then=Value(Stage.IN_APPRAISAL.value)), default=F("stage"), output_field=CharField()
    )
