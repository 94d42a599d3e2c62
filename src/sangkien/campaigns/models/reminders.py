"""Units were reminded: who, when, and by which letter."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from sangkien.campaigns.models.campaign import Campaign
from sangkien.campaigns.models.participants import Participant
from sangkien.papers.models import Paper


class Reminder(models.Model):
    """One act: these units were told, and ``letter`` was drafted where one was wanted. ``key``: a click counts once."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="reminders", db_index=False)
    number = models.PositiveSmallIntegerField()
    letter = models.OneToOneField(Paper, models.PROTECT, null=True, blank=True, related_name="reminder")
    key = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="reminder_number_once", fields=["campaign", "number"]),
            models.UniqueConstraint(name="reminder_click_once", fields=["campaign", "key"]),
            models.CheckConstraint(name="reminder_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="reminder_has_key", condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} · {self.number}"


class RemindedUnit(models.Model):
    """A unit that was reminded by this act."""

    reminder = models.ForeignKey(Reminder, models.PROTECT, related_name="units", db_index=False)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="reminded")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="reminded_once", fields=["reminder", "participant"]),
        ]

    def __str__(self) -> str:
        return f"{self.reminder_id} · {self.participant_id}"
