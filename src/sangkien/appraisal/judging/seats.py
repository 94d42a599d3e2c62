"""Where a person sits, and what that person is to read."""

from django.db.models import F, OuterRef, QuerySet

from sangkien.accounts.actor import Actor
from sangkien.appraisal import visibility
from sangkien.appraisal.conflicts import without_conflict
from sangkien.appraisal.models import PanelMember, Reading, ResultSet
from sangkien.campaigns.models import Campaign, Participant
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry

# What was taken back, merged or never sent is nobody's to score, whatever reading is left of it.
_GONE = (Stage.DRAFT, Stage.WITHDRAWN, Stage.MERGED)


def seats_of(actor: Actor) -> QuerySet[PanelMember]:
    """The panels in which the person scores now, the latest campaign first. One statement."""
    mine = PanelMember.objects.current().filter(user=actor.user, scores=True)
    together = ("panel__campaign__lead_unit", "panel__campaign__organiser", "panel__office")
    return mine.select_related(*together).order_by("-panel__campaign__year", "pk")


def readings_of(actor: Actor) -> QuerySet[Reading]:
    """What the person reads and scores; nothing of what the person must keep out of. One statement now."""
    free = without_conflict(Entry.objects.exclude(stage__in=_GONE), actor)
    mine = visibility.readings_of(actor).filter(member__scores=True, entry__in=free.values("pk"))
    return mine.exclude(entry__implementer=F("member__unit")).select_related(
        "member__panel__office", "member__panel__campaign__lead_unit", "member__panel__campaign__organiser",
        "entry__revision", "entry__implementer", "entry__initiative",
    )  # fmt: skip


def with_unit_name(readings: QuerySet[Reading]) -> QuerySet[Reading]:
    """``unit_name``: what the plan calls the unit that did it."""
    asked = Participant.objects.filter(campaign=OuterRef("entry__campaign"), unit=OuterRef("entry__implementer"))
    return readings.annotate(unit_name=asked.values("unit_version__name")[:1])


def results_closed(campaign: Campaign) -> bool:
    """Whether the results stand closed: no sheet is handed in or corrected then. One statement."""
    return ResultSet.objects.filter(campaign=campaign, superseded_at__isnull=True).exists()
