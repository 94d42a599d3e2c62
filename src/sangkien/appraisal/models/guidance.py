"""Help before the appraisal: a unit asks the owner of a field while it writes (Plan 230, I.1, IV.1.1, IV.2)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from sangkien.attachments.models import Attachment
from sangkien.campaigns.models import Campaign
from sangkien.intake.models import Entry
from sangkien.units.models import Unit

LONGEST_KEY, LONGEST_ACTOR, LONGEST_TITLE = 100, 100, 300


class SupportRequest(models.Model):
    """A question of a unit to an office in charge. ``shares_draft``: the office may read the draft until that ends.

    Without an entry it is a question in general. That it was asked stays in the support log and is shown at appraisal.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="support_requests", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="support_asked", db_index=False)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="support_given", db_index=False)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="support_requests")
    title = models.CharField(max_length=LONGEST_TITLE)
    shares_draft = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=LONGEST_ACTOR)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office", "-asked_at"], name="support_of_office"),
            models.Index(fields=["unit", "-asked_at"], name="support_of_unit"),
            models.Index(fields=["campaign", "-asked_at"], name="support_of_campaign"),  # the support log
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="support_key_once", fields=["key"], condition=~Q(key="")),
            models.CheckConstraint(name="support_asks_another", condition=~Q(office=F("unit"))),
            models.CheckConstraint(name="support_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="support_shares_a_draft", condition=Q(shares_draft=False) | Q(entry__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SupportMessage(models.Model):
    """One thing that one side wrote. ``example``: an entry that the office suggests, which the unit may see."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(SupportRequest, models.PROTECT, related_name="messages", db_index=False)
    from_office = models.BooleanField()
    text = models.TextField()
    example = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="+")
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=LONGEST_ACTOR)
    key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["request", "written_at"], name="support_message_in_order"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="support_message_key_once", fields=["key"], condition=~Q(key="")),
            models.CheckConstraint(name="support_message_says", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} · {self.written_at:%Y-%m-%d}"
