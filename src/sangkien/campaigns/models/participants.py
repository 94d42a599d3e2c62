"""Who is asked, and the counter of receipts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sangkien.campaigns.models.campaign import Campaign
from sangkien.papers.models import Paper
from sangkien.units.models import Unit, UnitVersion


class Answer(models.TextChoices):
    """What a unit has said beside its reports; "đã gửi" is computed from what it sent."""

    NONE = "none", _("chưa trả lời")
    NIL = "nil", _("không có giải pháp")


class Participant(models.Model):
    """A unit that the plan asks, at its place in the plan's order.

    ``unit_version`` is the unit as it was called when the plan was issued; papers print it, statistics count it.
    ``nil_by`` is the actor as the ledger names them; with ``nil_letter`` the lead unit recorded the answer from it.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="participants", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="participations")
    unit_version = models.ForeignKey(UnitVersion, models.PROTECT, related_name="participations")
    position = models.PositiveIntegerField()
    bonus_eligible = models.BooleanField(default=False)
    answer = models.CharField(max_length=4, choices=Answer, default=Answer.NONE)
    nil_at = models.DateTimeField(null=True, blank=True)
    nil_by = models.CharField(max_length=100, blank=True)
    nil_letter = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="nil_answers")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="participant_once", fields=["campaign", "unit"]),
            models.UniqueConstraint(name="participant_place_once", fields=["campaign", "position"]),
            models.CheckConstraint(name="participant_from_one", condition=Q(position__gte=1)),
            models.CheckConstraint(
                name="participant_nil_with_when_and_who",
                condition=Q(answer="none", nil_at__isnull=True, nil_by="", nil_letter__isnull=True)
                | Q(answer="nil", nil_at__isnull=False) & ~Q(nil_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} · {self.position} · {self.unit_id}"


class ReceiptCounter(models.Model):
    """The last receipt number given. Apart from the campaign, whose row a sending holds FOR SHARE: raising a counter
    there would deadlock.
    """

    campaign = models.OneToOneField(Campaign, models.PROTECT, primary_key=True, related_name="receipt_counter")
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.campaign_id} · {self.last}"
