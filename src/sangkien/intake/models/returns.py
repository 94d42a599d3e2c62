"""What the lead unit asks a unit to add."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from sangkien.initiatives.models import Revision
from sangkien.intake.models.entries import LONGEST_KEY, Entry
from sangkien.intake.models.sendings import Submission
from sangkien.papers.models import Paper

LONGEST_PART = 40


class Return(models.Model):
    """Sent back for a supplement, with the gaps and a day. Ended by a new sending, or by a person after the day.

    ``letter``: the request as a paper, where one was issued.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="returns", db_index=False)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="returns")
    due_date = models.DateField()
    note = models.TextField(blank=True)
    returned_at = models.DateTimeField()
    returned_by = models.CharField(max_length=100)
    letter = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="returns")
    answered_by = models.ForeignKey(Submission, models.PROTECT, null=True, blank=True, related_name="answers")
    ended_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["entry", "returned_at"], name="return_of_entry"),
            models.Index(fields=["due_date"], name="return_due", condition=Q(ended_at__isnull=True)),  # the clock
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="return_one_open", fields=["entry"], condition=Q(ended_at__isnull=True)),
            models.UniqueConstraint(name="return_key_once", fields=["entry", "key"], condition=~Q(key="")),
            models.CheckConstraint(
                name="return_answered_has_ended", condition=Q(answered_by__isnull=True) | Q(ended_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} · {self.due_date}"


class Gap(models.Model):
    """One thing that is missing: in which part (a code of the form's columns, or empty for the whole), and what."""

    returned = models.ForeignKey(Return, models.PROTECT, related_name="gaps", db_index=False)
    position = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=LONGEST_PART, blank=True)
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="gap_place_once", fields=["returned", "position"]),
            models.CheckConstraint(name="gap_from_one", condition=Q(position__gte=1)),
            models.CheckConstraint(name="gap_says_what", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.text}"
