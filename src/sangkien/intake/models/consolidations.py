"""The consolidated appendix as it was frozen: papers cite its number and its rows' STT."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from sangkien.campaigns.models import Campaign
from sangkien.initiatives.models import Revision
from sangkien.intake.models.entries import LONGEST_KEY, Entry
from sangkien.papers.models import Paper


class Consolidation(models.Model):
    """The n-th consolidation of a campaign. ``paper`` is the appendix with the same rows, its text frozen."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="consolidations", db_index=False)
    number = models.PositiveSmallIntegerField()
    frozen_at = models.DateTimeField()
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="consolidation")
    sha256 = models.CharField(max_length=64, editable=False)
    key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="consolidation_number_once", fields=["campaign", "number"]),
            models.UniqueConstraint(name="consolidation_key_once", fields=["key"], condition=~Q(key="")),
            models.CheckConstraint(name="consolidation_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} · {self.number}"


class ConsolidationRow(models.Model):
    """An entry with its STT, and the revision that stood there."""

    consolidation = models.ForeignKey(Consolidation, models.PROTECT, related_name="rows", db_index=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="consolidated")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="consolidated")
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="consolidated_once", fields=["consolidation", "entry"]),
            models.UniqueConstraint(name="consolidated_place_once", fields=["consolidation", "position"]),
            models.CheckConstraint(name="consolidated_from_one", condition=Q(position__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.consolidation_id} · {self.position} · {self.entry_id}"
