"""Site visits: who goes where, what was looked at, what was found (Plan 230, II.4.3)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sangkien.accounts.models import User
from sangkien.attachments.models import Attachment
from sangkien.campaigns.models import Campaign, Criterion
from sangkien.intake.models import Entry
from sangkien.papers.models import Paper
from sangkien.units.models import Unit

LONGEST_KEY, LONGEST_ACTOR, LONGEST_NAME, LONGEST_PLACE = 100, 100, 200, 300


class SiteVisit(models.Model):
    """A survey at the place. ``minutes`` is the paper, once it is written; what was noted stands in the rows below."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="visits", db_index=False)
    host = models.ForeignKey(Unit, models.PROTECT, related_name="visits_received")
    office = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="visits_made")
    place = models.CharField(max_length=LONGEST_PLACE)
    purpose = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    conclusion = models.TextField(blank=True)
    host_opinion = models.TextField(blank=True)
    invitation = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="visits_invited")
    minutes = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="visits")
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=LONGEST_ACTOR)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.TextField(blank=True)
    key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "starts_at"], name="visit_of_campaign"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="visit_key_once", fields=["key"], condition=~Q(key="")),
            models.CheckConstraint(name="visit_has_place", condition=~Q(place="")),
            models.CheckConstraint(
                name="visit_cancelled_has_reason",
                condition=Q(cancelled_at__isnull=True, cancelled_reason="")
                | Q(cancelled_at__isnull=False) & ~Q(cancelled_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} · {self.starts_at:%Y-%m-%d}"


class VisitEntry(models.Model):
    """An entry that is looked at there."""

    visit = models.ForeignKey(SiteVisit, models.PROTECT, related_name="items", db_index=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="visits")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "visit entries"
        constraints: ClassVar = [
            models.UniqueConstraint(name="visit_entry_once", fields=["visit", "entry"]),
            models.UniqueConstraint(name="visit_entry_place_once", fields=["visit", "position"]),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} · {self.entry_id}"


class Visitor(models.Model):
    """A person who goes along, or who receives the visit; with or without an account."""

    visit = models.ForeignKey(SiteVisit, models.PROTECT, related_name="people", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="visits")
    name = models.CharField(max_length=LONGEST_NAME)
    title = models.CharField(max_length=LONGEST_NAME, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    is_host = models.BooleanField(default=False)
    is_head = models.BooleanField(default=False)
    keeps_minutes = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="visitor_place_once", fields=["visit", "position"]),
            models.CheckConstraint(name="visitor_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Finding(models.TextChoices):
    """What was seen of one question."""

    YES = "yes", _("đúng như báo cáo")
    PARTLY = "partly", _("đúng một phần")
    NO = "no", _("không thấy")


class VisitCheck(models.Model):
    """A line of the checklist, out of a criterion or added by hand; answered at the place."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(SiteVisit, models.PROTECT, related_name="checks", db_index=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    criterion = models.ForeignKey(Criterion, models.PROTECT, null=True, blank=True, related_name="+")
    question = models.TextField()
    position = models.PositiveSmallIntegerField()
    finding = models.CharField(max_length=6, choices=Finding, blank=True)
    note = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=LONGEST_ACTOR, blank=True)
    edit_version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="check_place_once", fields=["visit", "entry", "position"]),
            models.CheckConstraint(name="check_asks", condition=~Q(question="")),
            models.CheckConstraint(name="check_finding_known", condition=Q(finding__in=["", *Finding.values])),
        ]

    def __str__(self) -> str:
        return self.question


class VisitNote(models.Model):
    """Words or a photo from the place. ``key`` is made on the phone: sending again after a lost line adds none."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(SiteVisit, models.PROTECT, related_name="notes", db_index=False)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True)
    photo = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="visit_notes")
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=LONGEST_ACTOR)
    removed_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=LONGEST_KEY)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["visit", "noted_at"], name="visit_note_in_order"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="visit_note_key_once", fields=["visit", "key"]),
            models.CheckConstraint(name="visit_note_has_key", condition=~Q(key="")),
            models.CheckConstraint(name="visit_note_says", condition=~Q(text="") | Q(photo__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} · {self.noted_at:%Y-%m-%d}"
