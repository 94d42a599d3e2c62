"""One sending of one unit, its receipt, and whether the unit's officer may send."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sangkien.attachments.models import Attachment
from sangkien.campaigns.models import Campaign
from sangkien.documents.wording import written_number
from sangkien.initiatives.models import Revision
from sangkien.intake.models.entries import LONGEST_KEY, Entry
from sangkien.papers.models import Paper
from sangkien.units.models import Unit


class Channel(models.TextChoices):
    """How a sending came."""

    WEB = "web", _("gửi trên chương trình")
    FILE = "file", _("tệp mang đến")
    MAIL = "mail", _("thư điện tử")
    DOCUMENT_SYSTEM = "document_system", _("trục liên thông văn bản")
    PAPER = "paper", _("bản giấy")


class Submission(models.Model):
    """One sending: one to many entries, at most one letter, one receipt. Nothing of it ever changes.

    ``sent_by`` is the actor of the unit, ``recorded_by`` the lead unit's who recorded it from a letter or a file; both
    as the ledger names them. ``arrived_at`` decides what is late, ``recorded_at`` is when it was entered. ``key``: of
    the click that sent it, so that a second click answers the first receipt.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="submissions", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="submissions")
    sent_by = models.CharField(max_length=100, blank=True)
    recorded_by = models.CharField(max_length=100, blank=True)
    channel = models.CharField(max_length=15, choices=Channel)
    arrived_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    letter = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="submissions")
    file = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="submissions")
    key = models.CharField(max_length=LONGEST_KEY, unique=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "unit"], name="submission_of_unit"),  # who has answered
            models.Index(fields=["campaign", "arrived_at"], name="submission_by_arrival"),  # intake per day
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="submission_sent_or_recorded",
                condition=(~Q(sent_by="") & Q(recorded_by="")) | (Q(sent_by="") & ~Q(recorded_by="")),
            ),
            models.CheckConstraint(
                name="submission_recorded_from_something",
                condition=Q(recorded_by="") | Q(letter__isnull=False) | Q(file__isnull=False),
            ),
            models.CheckConstraint(name="submission_channel_known", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(name="submission_arrived_first", condition=Q(arrived_at__lte=F("recorded_at"))),
            models.CheckConstraint(name="submission_has_key", condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} · {self.unit_id} · {self.arrived_at:%Y-%m-%d}"

    @property
    def is_recorded(self) -> bool:
        """Entered by the lead unit on behalf of the unit."""
        return bool(self.recorded_by)


class SubmissionItem(models.Model):
    """An entry as it was sent once. A later sending of it sets ``superseded_at``; both are kept."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="items", db_index=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="sendings")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="sendings")
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="item_once_a_sending", fields=["submission", "entry"]),
            models.UniqueConstraint(name="item_one_current", fields=["entry"], condition=Q(superseded_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} · {self.entry_id}"


class Receipt(models.Model):
    """A number of the campaign's row, without gaps and never given twice.

    After an older backup was restored, the numbers given since are entered with a reason and without a sending.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="receipts", db_index=False)
    number = models.PositiveIntegerField()
    submission = models.OneToOneField(Submission, models.PROTECT, null=True, blank=True, related_name="receipt")
    void_reason = models.TextField(blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="receipt_number_once", fields=["campaign", "number"]),
            models.CheckConstraint(name="receipt_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="receipt_given_or_void",
                condition=Q(submission__isnull=False, void_reason="") | Q(submission__isnull=True) & ~Q(void_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return written_number(self.number)


class SendingRule(models.Model):
    """Whether the officer of a unit may send its reports; its head says so. No row: only the head sends."""

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="sending_rule")
    officer_may_send = models.BooleanField()
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"{self.unit_id} · {self.officer_may_send}"
