"""The queue: a batch of files handed over together, each file with what was read from it, each solution read.

Nothing here counts as sent. ``scope`` says whose queue it is: that of one unit, or (no unit) that of the lead unit.
"""

import json
import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sangkien.attachments.models import Attachment
from sangkien.campaigns.models import Campaign
from sangkien.intake.models import Channel, Entry
from sangkien.units.models import Unit

LONGEST_NAME, LONGEST_SUBJECT, LONGEST_KEY, LONGEST_REASON = 300, 500, 120, 500


class FileState(models.TextChoices):
    """Where a file of the queue stands."""

    WAITING = "waiting", _("đang chờ đọc")
    READ = "read", _("đã đọc")
    REFUSED = "refused", _("không nhận")
    AGAIN = "again", _("đã có trong đợt")


class Decision(models.TextChoices):
    """What a person decided of one solution."""

    OPEN = "open", _("chờ xác nhận")
    TAKEN = "taken", _("đã xác nhận")
    LEFT_OUT = "left_out", _("không lấy")


class ImportBatch(models.Model):
    """Files handed over together: one upload, one mail.

    ``unit``: whose queue it is; none: the lead unit's. ``key``: of the click, or of the mail, so that neither makes a
    second batch. ``arrived_at``, ``sender``, ``subject`` and ``mail`` are those of a mail.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="import_batches", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="import_batches")
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    channel = models.CharField(max_length=15, choices=Channel)
    arrived_at = models.DateTimeField(null=True, blank=True)
    sender = models.CharField(max_length=LONGEST_NAME, blank=True)
    subject = models.CharField(max_length=LONGEST_SUBJECT, blank=True)
    mail = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="import_batches")
    key = models.CharField(max_length=LONGEST_KEY, unique=True)

    class Meta:
        verbose_name_plural = "import batches"
        constraints: ClassVar = [
            models.CheckConstraint(name="import_batch_channel_known", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(name="import_batch_has_key", condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return self.subject or str(self.uid)

    @property
    def scope(self) -> str:
        """Whose queue: within it a file counts once."""
        return scope_of(self.unit)


def scope_of(unit: Unit | None) -> str:
    """The name of a unit's queue, and of the lead unit's."""
    return "lead" if unit is None else str(unit.uid)


class ImportedFile(models.Model):
    """One file. ``attachment`` is the original, kept for ever; a refused file has none.

    ``campaign`` and ``scope`` are copies of the batch's, to know the same file again. ``warnings`` is JSON. ``text`` is
    all that can be read in it, also of a file in which no solution was recognised.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="files", db_index=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="imported_files", db_index=False)
    scope = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=LONGEST_NAME)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="imported_files")
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=FileState, default=FileState.WAITING)
    outcome = models.CharField(max_length=20, blank=True)
    message = models.TextField(blank=True)
    warnings = models.TextField(default="[]")
    text = models.TextField(blank=True)
    again_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="again")
    read_at = models.DateTimeField(null=True, blank=True)
    left_out_reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "scope", "-id"], name="import_file_of_queue"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="import_file_place_once", fields=["batch", "position"]),
            models.UniqueConstraint(
                name="import_file_once_a_queue",
                fields=["campaign", "scope", "sha256"],
                condition=Q(state__in=["waiting", "read"]),
            ),
            models.CheckConstraint(name="import_file_state_known", condition=Q(state__in=FileState.values)),
            models.CheckConstraint(
                name="import_file_kept_unless_refused",
                condition=Q(state="refused", attachment__isnull=True)
                | Q(state="again", again_of__isnull=False)
                | Q(state__in=["waiting", "read"], attachment__isnull=False) & ~Q(sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def told(self) -> list[str]:
        """The warnings of the reader."""
        told: list[str] = json.loads(self.warnings)
        return told


class ImportedRow(models.Model):
    """One solution that was read, or that a person added beside a half-read file.

    ``read`` is JSON of the reading with the passages it came from; ``corrected`` is JSON of what a person put in its
    place. ``unclear`` names the questions that were answered with "Chưa rõ". ``unit`` is the unit as chosen.
    The two counts are of what was still open when it was saved last, for the lists.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(ImportedFile, models.PROTECT, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    read = models.TextField(default="{}")
    corrected = models.TextField(default="{}")
    unclear = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="imported_rows")
    question_count = models.PositiveSmallIntegerField(default=0)
    missing_count = models.PositiveSmallIntegerField(default=0)
    decision = models.CharField(max_length=8, choices=Decision, default=Decision.OPEN)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, blank=True, related_name="imported_row")
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="import_row_once", fields=["file", "number"]),
            models.CheckConstraint(name="import_row_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="import_row_decision_known", condition=Q(decision__in=Decision.values)),
            models.CheckConstraint(
                name="import_row_taken_has_entry",
                condition=Q(decision="taken", entry__isnull=False) | ~Q(decision="taken") & Q(entry__isnull=True),
            ),
            models.CheckConstraint(
                name="import_row_left_out_with_reason", condition=~Q(decision="left_out") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="import_row_decided_by_somebody",
                condition=Q(decision="open", decided_by="", decided_at__isnull=True)
                | ~Q(decision="open") & ~Q(decided_by="") & Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} · {self.number}"

    def facts(self) -> dict[str, Any]:
        """The reading."""
        facts: dict[str, Any] = json.loads(self.read)
        return facts

    def changes(self) -> dict[str, Any]:
        """What a person put in its place."""
        changes: dict[str, Any] = json.loads(self.corrected)
        return changes


class Mailbox(models.Model):
    """How far a mailbox of this instance was read: the server's numbering, and the last mail seen under it.

    ``address`` is user and host, without the password.
    """

    address = models.CharField(max_length=300, primary_key=True)
    numbering = models.PositiveBigIntegerField(default=0)
    last_seen = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return self.address
