"""Score sheets and their marks, on the frozen text and under one version of the criteria."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from sangkien.appraisal.models.panels import PanelMember
from sangkien.campaigns.models import CriteriaSet, Criterion
from sangkien.initiatives.models import Revision
from sangkien.intake.models import Entry
from sangkien.papers.models import Paper

LONGEST_KEY, LONGEST_ACTOR, LONGEST_CODE = 100, 100, 12


class ScoreSheetQuerySet(models.QuerySet["ScoreSheet"]):
    """Sets of sheets."""

    def filed(self) -> "ScoreSheetQuerySet":
        """Those that count: handed in, checked where they came from paper, and not replaced."""
        from_screen = Q(entered_by="")
        return self.filter(
            from_screen | Q(checked_at__isnull=False), filed_at__isnull=False, superseded_at__isnull=True
        )

    def standing(self) -> "ScoreSheetQuerySet":
        """Draft or handed in, not replaced."""
        return self.filter(superseded_at__isnull=True)


class ScoreSheet(models.Model):
    """What one judge gives one entry. A draft until ``filed_at``; then it never changes, a correction is a new one.

    From paper: ``entered_by`` typed it in, another person compared it (``checked_by``); only then it counts. ``code``
    is printed on the ballot. ``comment`` is what the unit may read after the decision; ``private_note`` nobody else.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="sheets", db_index=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="sheets")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="sheets")
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="sheets")
    code = models.CharField(max_length=LONGEST_CODE, blank=True)
    comment = models.TextField(blank=True)
    private_note = models.TextField(blank=True)
    started_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    edit_version = models.PositiveIntegerField(default=0)
    filed_at = models.DateTimeField(null=True, blank=True)
    recorded_from = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="sheets")
    entered_by = models.CharField(max_length=LONGEST_ACTOR, blank=True)
    checked_by = models.CharField(max_length=LONGEST_ACTOR, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_reason = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="sheet_one_current",
                fields=["member", "entry", "criteria_set"],
                condition=Q(superseded_at__isnull=True),
            ),
            models.UniqueConstraint(name="sheet_code_once", fields=["code"], condition=~Q(code="")),
            models.CheckConstraint(
                name="sheet_filed_is_hashed",
                condition=Q(filed_at__isnull=True, sha256="") | Q(filed_at__isnull=False) & ~Q(sha256=""),
            ),
            models.CheckConstraint(
                name="sheet_checked_by_another",
                condition=Q(checked_at__isnull=True, checked_by="")
                | Q(checked_at__isnull=False) & ~Q(checked_by="") & ~Q(entered_by="") & ~Q(checked_by=F("entered_by")),
            ),
            models.CheckConstraint(
                name="sheet_superseded_has_reason",
                condition=Q(superseded_at__isnull=True, superseded_reason="")
                | Q(superseded_at__isnull=False) & ~Q(superseded_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} · {self.entry_id}"


class Mark(models.Model):
    """The mark of one criterion, or the reason why there is none. ``comment``: required below a level of it."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="marks", db_index=False)
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    value = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    missing_reason = models.TextField(blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="mark_once", fields=["sheet", "criterion"]),
            models.CheckConstraint(
                name="mark_or_reason",
                condition=Q(value__isnull=False, missing_reason="") | Q(value__isnull=True) & ~Q(missing_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} · {self.criterion_id}: {self.value}"
