"""Who still owes how many sheets: for the secretary, without what the asker may not know of."""

from collections import Counter
from dataclasses import dataclass

from sangkien.accounts.actor import Actor
from sangkien.appraisal.conflicts import without_conflict
from sangkien.appraisal.models import PanelMember, Reading, ScoreSheet
from sangkien.campaigns.models import Campaign
from sangkien.intake.models import Entry


@dataclass(frozen=True, slots=True)
class Due:
    """A judge, with how many sheets are still out, and how many of those were typed in and wait for a second pair of
    eyes."""

    member: PanelMember
    open_count: int
    unchecked_count: int


def sheets_due(campaign: Campaign, actor: Actor) -> list[Due]:
    """Those who owe something, by panel and place. Five statements, however many."""
    known = without_conflict(Entry.objects.filter(campaign=campaign), actor)
    here = Reading.objects.current().filter(member__panel__campaign=campaign, entry__in=known)
    readings = here.filter(member__left_at__isnull=True, member__panel__dissolved_at__isnull=True)
    wanted = set(readings.values_list("member", "entry"))
    sheets = ScoreSheet.objects.standing().filter(member__panel__campaign=campaign, filed_at__isnull=False)
    done, unchecked = set[tuple[int, int]](), set[tuple[int, int]]()
    for member, entry, typed, checked in sheets.values_list("member", "entry", "entered_by", "checked_at"):
        (unchecked if typed and checked is None else done).add((member, entry))
    owed = Counter(member for member, _entry in wanted - done)
    waiting = Counter(member for member, _entry in wanted & unchecked)
    rows = PanelMember.objects.filter(pk__in=owed).select_related("panel").order_by("panel", "position")
    return [Due(each, owed[each.pk] - waiting[each.pk], waiting[each.pk]) for each in rows]
