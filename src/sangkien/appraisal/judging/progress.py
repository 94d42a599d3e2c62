"""How far the judges of a panel have come: how many they read, how many sheets are in; never what they gave."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sangkien.accounts.actor import Actor
from sangkien.appraisal.conflicts import without_conflict
from sangkien.appraisal.judging.criteria import asked_by
from sangkien.appraisal.models import Panel, PanelMember, Reading, ScoreSheet
from sangkien.campaigns.models import Campaign
from sangkien.intake.models import Entry


@dataclass(frozen=True, slots=True)
class MemberShown:
    """One member with ``given`` readings, of which ``filed`` are done; ``waits``: from paper, not yet compared."""

    member: PanelMember
    unit_name: str
    given: int
    filed: int
    waits: int


@dataclass(frozen=True, slots=True)
class Progress:
    """The members as they sit."""

    members: Sequence[MemberShown]

    @property
    def given(self) -> int:
        return sum(each.given for each in self.members)

    @property
    def filed(self) -> int:
        return sum(each.filed for each in self.members)


def shown_panels(campaign: Campaign) -> list[Panel]:
    """Those that stand, councils last. One statement."""
    rows = Panel.objects.filter(campaign=campaign, dissolved_at__isnull=True)
    return list(
        rows.select_related("campaign__lead_unit", "campaign__organiser", "office").order_by("-kind", "formed_at")
    )


def hidden_entries(actor: Actor, entries: "list[int] | None" = None, *, campaign: Campaign) -> set[int]:
    """Entries of which this person must not know who judges them, though it looks after the panel. Two statements."""
    rows = Entry.objects.filter(campaign=campaign)
    if entries is not None:
        rows = rows.filter(pk__in=entries)
    free = without_conflict(rows, actor)
    return set(rows.exclude(pk__in=free.values("pk")).values_list("pk", flat=True))


def progress(panel: Panel, actor: Actor, names: Mapping[int, str] | None = None) -> Progress:
    """Without the entries of which the actor must not know more. A constant number of statements."""
    asked = asked_by(panel.campaign)
    hidden = hidden_entries(actor, campaign=panel.campaign)
    members = list(panel.members.filter(left_at__isnull=True).order_by("position"))
    given = Counter(
        member
        for member, entry in Reading.objects.current().filter(member__in=members).values_list("member", "entry")
        if entry not in hidden
    )
    sheets = ScoreSheet.objects.standing().filter(member__in=members, filed_at__isnull=False)
    sheets = sheets.filter(criteria_set=asked.row if asked else None)
    filed, waits = Counter[int](), Counter[int]()
    for member, entry, typed, checked in sheets.values_list("member", "entry", "entered_by", "checked_at"):
        if entry in hidden:
            continue
        (waits if typed and checked is None else filed)[member] += 1
    shown = [
        MemberShown(each, (names or {}).get(each.unit_id, ""), given[each.pk], filed[each.pk], waits[each.pk])
        for each in members
    ]
    return Progress(shown)
