"""Which rows a person sees, counted and paged: a constant number of statements, along the indexes of ``Entry``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Count, F, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Membership
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
_INSIDE: Final = frozenset({Stage.APPRAISED, Stage.ASSESSED, Stage.PROPOSED})
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
    def whole(self) -> list[Campaign]:
        """Of the campaigns, those that the person sees whole."""
        return [each for each in self.campaigns if sees_whole(self.actor, each)]

    def shown_stage(self, facts: Mapping[str, Any]) -> Stage:
        """As this person sees it: what the lead unit does inside is one word outside, without its moment."""
        stage = Stage(facts["stage"])
        return Stage.IN_APPRAISAL if stage in _INSIDE and not self.sees_inside(facts) else stage

    def sees_inside(self, facts: Mapping[str, Any]) -> bool:
        """Whether this person may know how far an entry has come, and when."""
        return sees_everything(self.actor) or facts["campaign_id"] in {each.pk for each in self.whole}

    @cached_property
    def seen(self) -> EntryQuerySet:
        """All that the person may see here. A campaign that is seen whole is asked by itself alone."""
        return self._seen(Entry.objects.filter(campaign=self.campaign))

    @cached_property
    def picked(self) -> EntryQuerySet:
        """The same, to be narrowed to some keys: the campaign as an expression, which no index knows, so that the
        database looks up the keys and does not read the whole campaign for them."""
        campaign = self.campaign
        if campaign is None:
            return self.seen
        return self._seen(Entry.objects.alias(where=F("campaign_id") + 0).filter(where=campaign.pk))

    def _seen(self, here: EntryQuerySet) -> EntryQuerySet:
        if self.campaign is not None:
            return self._whole(here) if self.campaign in self.whole else here.visible_to(self.actor)
        if sees_everything(self.actor) or not self.whole or len(self.campaigns) == _MOST_CAMPAIGNS:
            return Entry.objects.visible_to(self.actor)
        # An expression again: the newest rows are read until there are enough of them.
        everywhere = Entry.objects.alias(where=F("campaign_id") + 0)
        return self._whole(everywhere.filter(where__in=[each.pk for each in self.whole]))

    def _whole(self, entries: EntryQuerySet) -> EntryQuerySet:
        """Of campaigns that are seen whole: what was sent, and what the person sees for other reasons."""
        outside = ~Q(stage=Stage.DRAFT) | Q(opened_by_lead=True)
        if not self._reports:
            return entries.filter(outside)
        own = Actor(on=self.actor.on, user=self.actor.user, memberships=tuple(self._others))
        return entries.filter(outside | Q(pk__in=Entry.objects.visible_to(own).values("pk")))

    @property
    def _others(self) -> list[Membership]:
        held = self.actor.memberships
        return [each for each in held if Permission.SEE_CAMPAIGN not in PERMISSIONS[Role(each.role)]]

    @property
    def _reports(self) -> bool:
        """Whether the person also sees reports as one of a unit."""
        return any(Permission.FOLLOW in PERMISSIONS[Role(each.role)] for each in self._others)

    def narrowed(self, entries: EntryQuerySet, *, step: str, clock: str) -> EntryQuerySet:
        """By unit and field as asked, and by this step and this clock."""
        if self.asked.unit:
            entries = entries.filter(implementer__uid=self.asked.unit)
        if self.asked.field:
            entries = entries.filter(in_field(self.asked.field, "revision__"))
        return entries.filter(self._at(step, clock))

    def _at(self, step: str, clock: str) -> Q:
        at = Q(stage__in=steps.BY_CODE[step].stages) if step else Q()
        if clock == steps.LATE:
            return at & self._late()
        if clock == steps.OVERDUE:
            overdue = Return.objects.filter(ended_at__isnull=True, due_date__lt=self.actor.on)
            return at & Q(pk__in=overdue.values("entry"))
        return at

    def _late(self) -> Q:
        """Sent no earlier than it arrived: the index by moment of sending finds the few that may be late."""
        late = Q(pk__in=[])
        for each in self.campaigns if self.campaign is None else [self.campaign]:
            after = each.window.closes_at
            late |= Q(organiser=each.organiser_id, campaign=each, submitted_at__gte=after, arrived_at__gte=after)
        return late

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
        they find without step and clock is counted, and finding has its own."""
        if self.found is not None:
            everywhere = self._found("", "") if self.asked.step or self.asked.clock else self.found
            chips = {name: Count("pk", filter=self._at(*at)) for name, at in self._chips.items()}
            return self.picked.filter(_among(everywhere.ids)).aggregate(**chips)
        chosen = {}
        for name, (step, clock) in self._chips.items():
            few = self.picked if clock == steps.OVERDUE else self.seen
            chosen[name] = self.narrowed(few, step=step, clock=clock)
        return bounded_counts(chosen)

    @property
    def _chips(self) -> dict[str, tuple[str, str]]:
        """Name → step and clock.

        Who sees a campaign whole sees of its drafts only the few that the lead unit opened: not worth reading all
        drafts to count them, unless they are asked for.
        """
        chips = {"all": ("", ""), "here": (self.asked.step, self.asked.clock)}
        chips |= {step.code: (step.code, "") for step in steps.STEPS}
        chips |= {clock: ("", clock) for clock in steps.CLOCKS}
        if self.campaign in self.whole and not self._reports and self.asked.step != steps.DRAFTING:
            del chips[steps.DRAFTING]
        return chips

    @property
    def count(self) -> int:
        """How many rows the list has, at most one more than ``MOST_COUNTED``."""
        return self.counts["here"]

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
        asked = self.asked
        if asked.clock == steps.OVERDUE:
            entries = self.narrowed(self.picked, step=asked.step, clock=asked.clock)
        elif asked.step and self.counts[asked.step] > MOST_COUNTED:
            # So many stand there that reading along the order is quicker than gathering and sorting them: an
            # expression keeps the database from the index by stage.
            stages = steps.BY_CODE[asked.step].stages
            entries = self.seen.alias(step=Coalesce("stage", Value(""))).filter(step__in=stages)
            entries = self.narrowed(entries, step="", clock=asked.clock)
        else:
            entries = self.narrowed(self.seen, step=asked.step, clock=asked.clock)
        return entries.order_by("code") if self._in_order else entries.order_by("-pk")

    def _beyond(self, key: str) -> Q:
        if self._in_order:
            return Q(code__gt=key)
        return Q(pk__lt=int(key)) if key.isdecimal() else Q()

    def _found_page(self, found: Answer) -> "Page":
        start = int(self.asked.after) if self.asked.after.isdecimal() else 0
        ids = found.ids[start : start + A_PAGE]
        by_id = {row["pk"]: row for row in _shown(self.picked.filter(pk__in=ids))}
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


def _among(ids: Sequence[int]) -> RawSQL:
    """``pk IN (…)`` for hundreds of keys of our own index; Django's takes longer to write it than SQLite to answer."""
    keys = ", ".join(str(int(each)) for each in ids) or "NULL"
    return RawSQL(f"intake_entry.id IN ({keys})", [], output_field=BooleanField())  # noqa: S611 - whole numbers


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
