"""Which entries were admitted together, so that it can be undone together."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from sangkien.campaigns.models import Campaign
from sangkien.intake.models.entries import LONGEST_KEY, Entry


class Admission(models.Model):
    """One act of admitting, of one or of many entries."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="admissions", db_index=False)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)
    undone_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "made_at"], name="admission_of_campaign"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="admission_key_once", fields=["key"], condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} · {self.made_at:%Y-%m-%d}"


class AdmissionItem(models.Model):
    """An entry that was admitted in it."""

    admission = models.ForeignKey(Admission, models.PROTECT, related_name="items", db_index=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="admissions")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="admission_item_once", fields=["admission", "entry"]),
            models.UniqueConstraint(
                name="admission_one_current", fields=["entry"], condition=Q(undone_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.admission_id} · {self.entry_id}"
