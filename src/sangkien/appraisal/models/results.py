"""Results as they were frozen: what went in, by which rule, what came out; enough to compute them again."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from sangkien.campaigns.models import Campaign, CriteriaSet
from sangkien.intake.models import Entry

LONGEST_KEY, LONGEST_ACTOR, LONGEST_NAME, LONGEST_VERSION = 100, 100, 200, 40


class ResultSet(models.Model):
    """The n-th closing of results in a campaign, by one version of its criteria. Reopening needs a reason, keeps both.

    ``inputs`` is the canonical text that ``sangkien score`` takes (rule, entries, judges, marks, votes, tie breaks);
    ``report`` what it answered, official and advisory.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="result_sets", db_index=False)
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="result_sets")
    number = models.PositiveSmallIntegerField()
    software_version = models.CharField(max_length=LONGEST_VERSION)
    inputs = models.TextField()
    inputs_sha256 = models.CharField(max_length=64)
    report = models.TextField()
    report_sha256 = models.CharField(max_length=64)
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=LONGEST_ACTOR)
    superseded_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.CharField(max_length=LONGEST_ACTOR, blank=True)
    reopened_reason = models.TextField(blank=True)
    key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="results_number_once", fields=["campaign", "number"]),
            models.UniqueConstraint(
                name="results_one_current", fields=["criteria_set"], condition=Q(superseded_at__isnull=True)
            ),
            models.UniqueConstraint(name="results_key_once", fields=["key"], condition=~Q(key="")),
            models.CheckConstraint(
                name="results_reopened_has_reason",
                condition=Q(superseded_at__isnull=True, reopened_by="", reopened_reason="")
                | Q(superseded_at__isnull=False) & ~Q(reopened_by="") & ~Q(reopened_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} · {self.number}"


class ScoreResult(models.Model):
    """The official result of one entry in a closing. ``value`` is empty where it lacks sheets."""

    result_set = models.ForeignKey(ResultSet, models.PROTECT, related_name="rows", db_index=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="results")
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    rank = models.PositiveIntegerField(null=True, blank=True)
    band = models.CharField(max_length=LONGEST_NAME, blank=True)
    passed = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="result_once", fields=["result_set", "entry"]),
        ]

    def __str__(self) -> str:
        return f"{self.result_set_id} · {self.entry_id}: {self.value}"


class TieBreak(models.Model):
    """Which of the tied goes first, said by a person with a reason; never by chance."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="tie_breaks")
    first = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    then = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=LONGEST_ACTOR)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="tie_break_once", fields=["campaign", "first", "then"], condition=Q(lifted_at__isnull=True)
            ),
            models.CheckConstraint(name="tie_break_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} > {self.then_id}"
