"""An initiative in a campaign, and the evidence that goes with it."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from sangkien.accounts.actor import Actor
from sangkien.attachments.models import Attachment
from sangkien.campaigns.models import Campaign
from sangkien.initiatives.models import Initiative, Revision
from sangkien.intake.lifecycle import Stage
from sangkien.intake.visibility import visible_to
from sangkien.units.models import Unit

LONGEST_CODE, LONGEST_CAPTION, LONGEST_KEY = 20, 300, 100


class EntryQuerySet(models.QuerySet["Entry"]):
    """Sets of entries."""

    def visible_to(self, actor: Actor) -> "EntryQuerySet":
        """Those that the actor may know of; a forgotten check ends in "not found".

        Each reason is asked of this set: narrow it first (``filter(uid=…).visible_to(actor)``), and a single entry is
        found by its key, not among all that the actor may see.
        """
        return visible_to(self, self.order_by(), actor)

    def sent(self) -> "EntryQuerySet":
        """What units have answered with."""
        return self.filter(stage__in=Stage.sent())

    def latest_first(self) -> "EntryQuerySet":
        """As the lists show them, along their indexes; drafts, which were not sent, come first."""
        return self.order_by(F("submitted_at").desc(nulls_first=True), "-pk")


class Entry(models.Model):
    """One row per initiative and campaign. ``organiser`` and ``implementer`` are copies for lists.

    ``revision`` is the draft while the stage is ``DRAFT``, then the frozen one that was sent last. ``code`` is what
    people say on the telephone: the unit's place in the plan, and which of its entries. ``arrived_at`` decides what is
    late; a supplement that was asked for keeps the first arrival. ``key``: of the click that made it.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="entries", db_index=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="entries", db_index=False)
    organiser = models.ForeignKey(Unit, models.PROTECT, related_name="entries_organised", db_index=False)
    implementer = models.ForeignKey(Unit, models.PROTECT, related_name="entries", db_index=False)
    code = models.CharField(max_length=LONGEST_CODE)
    stage = models.CharField(max_length=18, choices=Stage, default=Stage.DRAFT)
    stage_at = models.DateTimeField()
    stage_reason = models.TextField(blank=True)
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, blank=True, related_name="entries")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    deferred_from = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="rolled_over_to")
    no_longer_applied_at = models.DateTimeField(null=True, blank=True)
    opened_by_lead = models.BooleanField(default=False)
    arrived_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "stage", "-submitted_at", "-id"], name="entry_of_desk"),
            models.Index(fields=["implementer", "-submitted_at", "-id"], name="entry_of_unit"),
            models.Index(fields=["organiser", "-submitted_at", "-id"], name="entry_of_organiser"),
            models.Index(fields=["implementer", "campaign", "stage"], name="entry_of_unit_in_campaign"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="entry_once_a_campaign", fields=["initiative", "campaign"]),
            models.UniqueConstraint(name="entry_code_once", fields=["campaign", "code"]),
            models.UniqueConstraint(name="entry_key_once", fields=["key"], condition=~Q(key="")),
            models.CheckConstraint(name="entry_stage_known", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(name="entry_has_code", condition=~Q(code="")),
            models.CheckConstraint(
                name="entry_not_merged_into_itself", condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk"))
            ),
            models.CheckConstraint(
                name="entry_merged_into_another",
                condition=Q(stage="merged", merged_into__isnull=False)
                | ~Q(stage="merged") & Q(merged_into__isnull=True),
            ),
            models.CheckConstraint(
                name="entry_sent_has_revision",
                condition=Q(stage__in=["draft", "withdrawn"]) | Q(revision__isnull=False),
            ),
            models.CheckConstraint(
                name="entry_sent_has_moments",
                condition=Q(stage="draft", submitted_at__isnull=True, arrived_at__isnull=True)
                | ~Q(stage="draft") & Q(submitted_at__isnull=False, arrived_at__isnull=False),
            ),
            models.CheckConstraint(
                name="entry_not_deferred_from_itself",
                condition=Q(deferred_from__isnull=True) | ~Q(deferred_from=F("pk")),
            ),
            models.CheckConstraint(
                name="entry_no_longer_applied_was_deferred",
                condition=Q(no_longer_applied_at__isnull=True) | Q(stage="deferred"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({Stage(self.stage).label})"

    @property
    def is_late(self) -> bool:
        """By arrival, against the window as amended so far. The campaign should be at hand (``select_related``)."""
        return self.arrived_at is not None and self.campaign.is_late(self.arrived_at)


class EntryCounter(models.Model):
    """The last number given to an entry of a unit in a campaign; thrown-away drafts leave a hole, no number returns."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="entry_counters", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="entry_counters", db_index=False)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="entry_counter_once", fields=["campaign", "unit"]),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} · {self.unit_id} · {self.last}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Sets of evidence."""

    def standing(self) -> "EvidenceQuerySet":
        """As the unit has it now, with what it has not sent yet."""
        return self.filter(removed_at__isnull=True)

    def as_sent(self) -> "EvidenceQuerySet":
        """As it went with what was sent last: others see no change before it is sent."""
        sent_at = F("entry__submitted_at")
        still_there = Q(removed_at__isnull=True) | Q(removed_at__gt=sent_at)
        return self.filter(still_there, Q(entry__submitted_at__isnull=True) | Q(added_at__lte=sent_at))


class Evidence(models.Model):
    """A file that proves something of an entry. One that was sent with it is only marked as removed."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="evidence", db_index=False)
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="evidence")
    caption = models.CharField(max_length=LONGEST_CAPTION, blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        constraints: ClassVar = [
            models.UniqueConstraint(name="evidence_attachment_once", fields=["entry", "attachment"]),
        ]

    def __str__(self) -> str:
        return self.caption or str(self.attachment)

    def was_sent(self, entry: Entry) -> bool:
        """With its ``entry``: others have seen it then."""
        return entry.submitted_at is not None and self.added_at <= entry.submitted_at
