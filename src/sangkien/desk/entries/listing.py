"""Which rows a person sees, counted and paged: a constant number of statements, along the indexes of ``Entry``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from sangkien.accounts.actor import Actor
from sangkien.accounts.roles import PERMISSIONS, Permission, Role
from sangkien.campaigns.models import Campaign
from sangkien.desk.entries import steps
from sangkien.desk.entries.asked import ALL, NEWEST, Asked
from sangkien.initiatives.models import in_field
from sangkien.intake import finding
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, EntryQuerySet, Return
from sangkien.intake.visibility import sees_everything, sees_whole
from sangkien.search.door import Answer, find

A_PAGE: Final = 50
MOST_COUNTED: Final = 1_000
_MOST_CAMPAIGNS: Final = 60  # to choose from; older ones are reached by their own pages


class Listing:
    """The list that this person asks for. Each property costs its statements once."""

    def __init__(self, actor: Actor, asked: Asked, *, typing: bool = False) -> None:
        self.actor, self.asked, self.typing = actor, asked, typing

    @cached_property
    def campaigns(self) -> list[Campaign]:
        """Those that the person may know of, the latest first. One statement."""
        known = Campaign.objects.visible_to(self.actor).latest_first().select_related("organiser", "lead_unit")
        return list(known[:_MOST_CAMPAIGNS])

    @cached_property
    def campaign(self) -> Campaign | None:
        """The one that is asked for; without a word the latest; ``None`` for all."""
        if self.asked.campaign == ALL or not self.campaigns:
            return None
        asked = [each for each in self.campaigns if str(each.uid) == self.asked.campaign]
        return asked[0] if asked else self.campaigns[0]

    @cached_property
    def seen(self) -> EntryQuerySet:
        """All that the person may see here. A campaign that is seen whole is asked by itself alone."""
        whole = [each for each in self.campaigns if sees_whole(self.actor, each)]
        campaign = self.campaign
        if campaign is not None:
            here = Entry.objects.filter(campaign=campaign)
            return self._whole(here) if campaign in whole else here.visible_to(self.actor)
        if sees_everything(self.actor) or not whole or len(self.campaigns) == _MOST_CAMPAIGNS:
            return Entry.objects.visible_to(self.actor)
        # By an expression, which no index knows: the newest rows are read until there are enough of them.
        everywhere = Entry.objects.alias(where=F("campaign_id") + 0).filter(where__in=[each.pk for each in whole])
        return self._whole(everywhere)

    def _whole(self, entries: EntryQuerySet) -> EntryQuerySet:
        """Of campaigns that are seen whole: what was sent, and what the person sees for other reasons."""
        outside = ~Q(stage=Stage.DRAFT) | Q(opened_by_lead=True)
        others = [
            each for each in self.actor.memberships if Permission.SEE_CAMPAIGN not in PERMISSIONS[Role(each.role)]
        ]
        own = Actor(on=self.actor.on, user=self.actor.user, memberships=tuple(others))
        if not any(Permission.FOLLOW in PERMISSIONS[Role(each.role)] for each in others):
            return entries.filter(outside)
        return entries.filter(outside | Q(pk__in=Entry.objects.visible_to(own).values("pk")))

    def narrowed(self, entries: EntryQuerySet, *, step: str | None = None, clock: str | None = None) -> EntryQuerySet:
        """By all filters but the words; ``step`` and ``clock`` in the place of those asked."""
        asked = self.asked
        if asked.unit:
            entries = entries.filter(implementer__uid=asked.unit)
        if asked.field:
            entries = entries.filter(in_field(asked.field, "revision__"))
        step = asked.step if step is None else step
        if step:
            entries = entries.filter(stage__in=steps.BY_CODE[step].stages)
        return self._by_clock(entries, asked.clock if clock is None else clock)

    def _by_clock(self, entries: EntryQuerySet, clock: str) -> EntryQuerySet:
        if clock == steps.OVERDUE:
            overdue = Return.objects.filter(ended_at__isnull=True, due_date__lt=self.actor.on)
            return entries.filter(pk__in=overdue.values("entry"))
        if clock != steps.LATE:
            return entries
        campaigns = self.campaigns if self.campaign is None else [self.campaign]
        late = Q(pk__in=[])
        for each in campaigns:
            closes_at = each.window.closes_at
            # sent no earlier than it arrived: the index by moment of sending finds the few that may be late
            late |= Q(
                organiser=each.organiser_id, campaign=each, submitted_at__gte=closes_at, arrived_at__gte=closes_at
            )
        return entries.filter(late)

    @cached_property
    def found(self) -> Answer | None:
        """What the words find within the filters, the best first; ``None`` when none are asked."""
        if not self.asked.text:
            return None
        return self._found(self.asked.step, self.asked.clock)

    def _found(self, step: str, clock: str) -> Answer:
        everything = Entry.objects.all() if self.campaign is None else Entry.objects.filter(campaign=self.campaign)
        within = self.narrowed(everything, step=step, clock=clock)
        limited = self.campaign is not None or step or clock or self.asked.field or self.asked.unit
        scopes = finding.scopes_of(self.actor)
        within_these = within if limited else None
        return find(finding.KIND, self.asked.text, scopes=scopes, within=within_these, typing=self.typing)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Chip → how many rows it would show, at most one more than ``MOST_COUNTED``. One statement; with words, what
        they find without step and clock is counted."""
        entries = self.seen
        if self.found is not None:
            everywhere = self._found("", "") if self.asked.step or self.asked.clock else self.found
            entries = entries.filter(pk__in=everywhere.ids)
        chips = {"": self.narrowed(entries, step="", clock="")}
        chips |= {step.code: self.narrowed(entries, step=step.code, clock="") for step in steps.STEPS}
        chips |= {clock: self.narrowed(entries, step="", clock=clock) for clock in steps.CLOCKS}
        if self.asked.step and self.asked.clock:
            chips["both"] = self.narrowed(entries)
        return bounded_counts(chips)

    @property
    def count(self) -> int:
        """How many rows the list has, at most one more than ``MOST_COUNTED``."""
        both = self.asked.step and self.asked.clock
        return self.counts["both" if both else self.asked.step or self.asked.clock]

    def page(self) -> "Page":
        """The rows of this page. One statement."""
        if self.found is not None:
            return self._found_page(self.found)
        entries = self.ordered()
        if self.asked.after:
            entries = entries.filter(self._beyond(self.asked.after))
        rows = list(_shown(entries)[: A_PAGE + 1])
        after = "" if len(rows) <= A_PAGE else str(rows[A_PAGE - 1]["code" if self._in_order else "pk"])
        return Page(rows[:A_PAGE], after)

    @property
    def _in_order(self) -> bool:
        """Whether the rows stand in the campaign's own order: units as the plan has them, then their entries."""
        return self.campaign is not None and self.asked.sort != NEWEST

    def ordered(self) -> EntryQuerySet:
        """All rows of the list without words, in its order."""
        entries = self.seen
        if self.asked.step and self.counts[self.asked.step] > MOST_COUNTED:
            # So many stand there that reading along the order is quicker than gathering and sorting them: an
            # expression keeps the database from the index by stage.
            stages = steps.BY_CODE[self.asked.step].stages
            entries = entries.alias(step=Coalesce("stage", Value(""))).filter(step__in=stages)
            entries = self.narrowed(entries, step="")
        else:
            entries = self.narrowed(entries)
        return entries.order_by("code") if self._in_order else entries.order_by("-pk")

    def _beyond(self, key: str) -> Q:
        if self._in_order:
            return Q(code__gt=key)
        return Q(pk__lt=int(key)) if key.isdecimal() else Q()

    def _found_page(self, found: Answer) -> "Page":
        start = int(self.asked.after) if self.asked.after.isdecimal() else 0
        ids = found.ids[start : start + A_PAGE]
        by_id = {row["pk"]: row for row in _shown(self.seen.filter(pk__in=ids))}
        after = str(start + A_PAGE) if len(found.ids) > start + A_PAGE else ""
        return Page([by_id[each] for each in ids if each in by_id], after)


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the key of the last one where others follow."""

    rows: Sequence[Mapping[str, Any]]
    after: str


def _shown(entries: "QuerySet[Entry]") -> "QuerySet[Entry, Any]":
    """What a row shows, and nothing else: no text of a report is read."""
    return entries.values(
        "pk", "uid", "code", "stage", "stage_at", "arrived_at", "campaign_id", title=F("revision__title"),
        main_field=F("revision__main_field"), further_fields=F("revision__further_fields"),
        merged_code=F("merged_into__code"), unit_name=finding.unit_name(),
    )  # fmt: skip


def bounded_counts(sets: Mapping[str, "QuerySet[Any]"]) -> dict[str, int]:
    """How many rows each set has, at most ``MOST_COUNTED`` + 1. All in one statement."""
    parts: dict[str, str] = {}
    params: list[Any] = []
    for name, rows in sets.items():
        try:
            sql, values = rows.order_by().values("pk")[: MOST_COUNTED + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts[name] = f"(SELECT count(*) FROM ({sql}) counted)"  # noqa: S608 - Django's own text, values apart
        params += values
    if not parts:
        return dict.fromkeys(sets, 0)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts.values())}", params)
        counted = dict(zip(parts, cursor.fetchone(), strict=True))
    return {name: counted.get(name, 0) for name in sets}
