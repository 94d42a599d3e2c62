"""All that the page of an entry shows, read in a constant number of statements however long its course was."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.models import User
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import Permission
from sangkien.campaigns.models import Campaign, Participant, ReformField, Sector
from sangkien.campaigns.rules import may_see_all
from sangkien.initiatives.models import CoImplementer, Revision
from sangkien.intake.completeness import Missing, asked_by, completeness, required
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, Evidence, Gap, Return, Submission, SubmissionItem
from sangkien.ledger.models import Act, SeenBy
from sangkien.units.models import UnitVersion
from sangkien.units.queries import name_then

_INSIDE: Final = (Stage.IN_APPRAISAL, Stage.APPRAISED, Stage.ASSESSED, Stage.PROPOSED)


class Side(StrEnum):
    """From where a person looks at an entry."""

    LEAD = "lead"
    UNIT = "unit"
    PARTNER = "partner"


@dataclass(frozen=True)
class Sheet:
    """One entry with everything on its way. ``names`` are those of the campaign; ``people`` by their ledger id."""

    entry: Entry
    side: Side
    sendings: Sequence[SubmissionItem]
    returns: Sequence[Return]
    gaps: dict[int, list[Gap]]
    evidence: Sequence[Evidence]
    partners: Sequence["Partner"]
    merged: Sequence[Entry]
    history: Sequence[Act]
    missing: Sequence[Missing] = ()
    people: dict[str, str] = field(default_factory=dict)

    @property
    def campaign(self) -> Campaign:
        return self.entry.campaign

    @property
    def stage(self) -> Stage:
        """As this person may know it: what happens inside is one word outside."""
        stage = Stage(self.entry.stage)
        return Stage.IN_APPRAISAL if stage in _INSIDE and self.side is not Side.LEAD else stage

    @property
    def unit_name(self) -> str:
        return str(getattr(self.entry, "unit_name", None) or _("đơn vị ngoài danh sách"))

    @property
    def lead_name(self) -> str:
        return str(getattr(self.entry, "lead_name", None) or _("đơn vị đầu mối"))

    @cached_property
    def revisions(self) -> list[Revision]:
        """What was handed over in this campaign, oldest first; the draft of an entry that was never sent."""
        handed = {item.revision_id: item.revision for item in self.sendings}
        current = self.entry.revision
        if current is not None and current.pk not in handed:
            handed[current.pk] = current
        return sorted(handed.values(), key=lambda each: each.number)

    @property
    def is_complete(self) -> bool:
        """Nothing is to be asked before it is admitted."""
        return not self.missing and not self.entry.is_late

    @property
    def open_return(self) -> Return | None:
        return next((each for each in self.returns if each.ended_at is None), None)


@dataclass(frozen=True, slots=True)
class Partner:
    """Who did it together with the unit; ``came_from``: the code of the entry that was merged into this one."""

    name: str
    came_from: str = ""


def found_entry(actor: Actor, uid: UUID) -> Entry | None:
    """The entry with its campaign, revision and the names that the plan gives; ``None`` when the actor may not see it.

    One statement.
    """
    return named(Entry.objects.filter(uid=uid).visible_to(actor)).first()


def named(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """With what a page of one entry needs at hand."""
    asked = Participant.objects.filter(campaign=OuterRef("campaign"), unit=OuterRef("implementer"))
    lead = UnitVersion.objects.current().filter(unit=OuterRef("campaign__lead_unit")).order_by("-valid_from")
    fields = ReformField.objects.filter(campaign=OuterRef("campaign"), code=OuterRef("revision__main_field"))
    sectors = Sector.objects.filter(campaign=OuterRef("campaign"), code=OuterRef("revision__sector"))
    return entries.select_related(
        "initiative", "revision__initiative", "implementer", "merged_into", "deferred_from", "rolled_over_to",
        "campaign__organiser", "campaign__lead_unit", "campaign__plan",
    ).annotate(
        unit_name=Subquery(asked.values("unit_version__name")[:1]),
        lead_name=Subquery(lead.values("name")[:1]),
        field_name=Subquery(fields.values("name_as_printed")[:1]),
        sector_name=Subquery(sectors.values("name")[:1]),
    )  # fmt: skip


def read(actor: Actor, entry: Entry) -> Sheet:
    """Seven statements beside that of the entry, one more for who checks it."""
    side = side_of(actor, entry)
    sendings = list(
        SubmissionItem.objects.filter(entry=entry)
        .select_related("revision__initiative", "submission__receipt", "submission__letter", "submission__file")
        .order_by("submission__recorded_at", "pk")
    )
    returns, gaps = _returns(entry)
    evidence = Evidence.objects.as_sent().filter(entry=entry).select_related("attachment__blob")
    merged = list(named_shortly(Entry.objects.filter(merged_into=entry)).order_by("pk"))
    history = list(Act.objects.about(entry.uid).filter(seen_by__in=_seen_by(side)))
    files = list(evidence.order_by("added_at", "pk"))
    sheet = Sheet(
        entry, side, sendings, returns, gaps, files, _partners(entry, merged), merged, history, _missing(side, entry)
    )
    sheet.people.update(people(_actors(sheet)))
    return sheet


def _missing(side: Side, entry: Entry) -> list[Missing]:
    """What the forms require and the report does not tell, for who checks it."""
    if side is not Side.LEAD or entry.stage != Stage.SUBMITTED or entry.revision is None:
        return []
    return required(completeness(entry.revision, asked_by(entry.campaign)))


def _returns(entry: Entry) -> tuple[list[Return], dict[int, list[Gap]]]:
    """One statement: nothing is sent back without a gap."""
    rows = Gap.objects.filter(returned__entry=entry).select_related("returned__letter")
    returns: dict[int, Return] = {}
    gaps: dict[int, list[Gap]] = {}
    for gap in rows.order_by("returned__returned_at", "returned", "position"):
        returns.setdefault(gap.returned_id, gap.returned)
        gaps.setdefault(gap.returned_id, []).append(gap)
    return list(returns.values()), gaps


def side_of(actor: Actor, entry: Entry) -> Side:
    """The lead unit's own entry is looked at from the lead's side. Costs no statement, save for an auditor."""
    if may_see_all(actor, entry.campaign):
        return Side.LEAD
    if may(actor, Permission.FOLLOW, unit=entry.implementer, scope=entry.campaign.uid):
        return Side.UNIT
    return Side.PARTNER


def named_shortly(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """With title and unit, as one line of a list."""
    asked = Participant.objects.filter(campaign=OuterRef("campaign"), unit=OuterRef("implementer"))
    return entries.select_related("revision").annotate(unit_name=Subquery(asked.values("unit_version__name")[:1]))


def people(ids: Iterable[str]) -> dict[str, str]:
    """The names behind ledger ids ("user:17"). One statement."""
    keys = {each: int(each.partition(":")[2]) for each in ids if each.startswith("user:")}
    names = dict(User.objects.get_queryset().filter(pk__in=keys.values()).values_list("pk", "name"))
    return {each: names[key] for each, key in keys.items() if key in names}


def _seen_by(side: Side) -> list[SeenBy]:
    """A partner sees that something happened to a shared solution no more than the public does."""
    match side:
        case Side.LEAD:
            return [SeenBy.UNIT, SeenBy.LEAD, SeenBy.PUBLIC]
        case Side.UNIT:
            return [SeenBy.UNIT, SeenBy.PUBLIC]
        case Side.PARTNER:
            return [SeenBy.PUBLIC]


def _partners(entry: Entry, merged: Sequence[Entry]) -> list[Partner]:
    """As they are called on the last day of the campaign's window; the names that the plan froze for its units."""
    codes = {each.initiative_id: each.code for each in merged}
    rows = CoImplementer.objects.filter(initiative=entry.initiative_id).annotate(
        unit_name=name_then("unit", entry.campaign.closes_date)
    )
    return [
        Partner(each.name or each.unit_name or _("đơn vị đã thôi hoạt động"), codes.get(each.merged_from_id, ""))  # type: ignore[arg-type]  # none is in the codes
        for each in rows.order_by("pk")
    ]


def _actors(sheet: Sheet) -> set[str]:
    sent: Iterable[Submission] = (item.submission for item in sheet.sendings)
    said = {each.sent_by or each.recorded_by for each in sent}
    return said | {each.returned_by for each in sheet.returns} | {each.actor for each in sheet.history}
