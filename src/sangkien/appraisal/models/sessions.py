"""Presentation sessions and council meetings: running order, who was there, votes (Plan 230, II.4.3; domain, 1.3)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sangkien.appraisal.models.panels import Panel, PanelMember
from sangkien.campaigns.models import Campaign
from sangkien.intake.models import Entry
from sangkien.papers.models import Paper

LONGEST_KEY, LONGEST_ACTOR, LONGEST_NAME, LONGEST_PLACE = 100, 100, 200, 300


class SessionKind(models.TextChoices):
    """What the people come together for."""

    PRESENTATION = "presentation", _("buổi trình bày")
    COUNCIL = "council", _("phiên họp hội đồng")


class PresentationSession(models.Model):
    """One meeting over many entries. What is being presented is the item that has begun and not ended."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="sessions", db_index=False)
    panel = models.ForeignKey(Panel, models.PROTECT, null=True, blank=True, related_name="sessions")
    kind = models.CharField(max_length=12, choices=SessionKind)
    title = models.CharField(max_length=LONGEST_NAME)
    place = models.CharField(max_length=LONGEST_PLACE)
    starts_at = models.DateTimeField()
    minutes_each = models.PositiveSmallIntegerField(default=10)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    conclusion = models.TextField(blank=True)
    invitation = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="sessions_invited")
    minutes = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="sessions")
    recorded_from = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=LONGEST_ACTOR)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.TextField(blank=True)
    key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "starts_at"], name="session_of_campaign"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="session_key_once", fields=["key"], condition=~Q(key="")),
            models.CheckConstraint(name="session_kind_known", condition=Q(kind__in=SessionKind.values)),
            models.CheckConstraint(name="session_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="session_council_has_panel", condition=~Q(kind="council") | Q(panel__isnull=False)
            ),
            models.CheckConstraint(
                name="session_ended_was_started", condition=Q(ended_at__isnull=True) | Q(started_at__isnull=False)
            ),
            models.CheckConstraint(
                name="session_cancelled_has_reason",
                condition=Q(cancelled_at__isnull=True, cancelled_reason="")
                | Q(cancelled_at__isnull=False) & ~Q(cancelled_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.starts_at:%Y-%m-%d}"


class VoteMethod(models.TextChoices):
    """How a vote was taken."""

    HANDS = "hands", _("giơ tay")
    BALLOT = "ballot", _("bỏ phiếu kín")


class SessionItem(models.Model):
    """An entry in the running order, with how its vote came out where there was one.

    ``presents`` and the three counts are numbers for this entry: who keeps out of one entry is not counted for it.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(PresentationSession, models.PROTECT, related_name="items", db_index=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="session_items")
    position = models.PositiveSmallIntegerField()
    presenter = models.CharField(max_length=LONGEST_NAME, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    vote_method = models.CharField(max_length=6, choices=VoteMethod, blank=True)
    entitled = models.PositiveSmallIntegerField(null=True, blank=True)
    present = models.PositiveSmallIntegerField(null=True, blank=True)
    yes = models.PositiveSmallIntegerField(null=True, blank=True)
    no = models.PositiveSmallIntegerField(null=True, blank=True)
    blank = models.PositiveSmallIntegerField(null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    counted_by = models.CharField(max_length=LONGEST_ACTOR, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="item_entry_once", fields=["session", "entry"]),
            models.UniqueConstraint(name="item_place_once", fields=["session", "position"]),
            models.CheckConstraint(
                name="item_counted_whole",
                condition=Q(
                    counted_at__isnull=True,
                    vote_method="",
                    present__isnull=True,
                    yes__isnull=True,
                    no__isnull=True,
                    blank__isnull=True,
                    passed__isnull=True,
                    entitled__isnull=True,
                )
                | Q(
                    counted_at__isnull=False,
                    present__isnull=False,
                    yes__isnull=False,
                    no__isnull=False,
                    blank__isnull=False,
                    passed__isnull=False,
                    entitled__isnull=False,
                    present__lte=F("entitled"),
                    present=F("yes") + F("no") + F("blank"),
                )
                & ~Q(vote_method=""),
            ),
            models.UniqueConstraint(
                name="item_one_running",
                fields=["session"],
                condition=Q(started_at__isnull=False, ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} · {self.position}"


class Attendance(models.Model):
    """A member at a session."""

    session = models.ForeignKey(PresentationSession, models.PROTECT, related_name="attendances", db_index=False)
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="attendances")
    present = models.BooleanField()
    reason = models.CharField(max_length=LONGEST_NAME, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="attendance_once", fields=["session", "member"]),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} · {self.member_id}"


class Absence(models.Model):
    """A member who was out of the room while an item was dealt with, and why; the minutes say it."""

    item = models.ForeignKey(SessionItem, models.PROTECT, related_name="absences", db_index=False)
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="absences")
    left_at = models.DateTimeField()
    back_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=LONGEST_NAME)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="absence_once", fields=["item", "member"]),
            models.CheckConstraint(name="absence_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} · {self.member_id}"


class Choice(models.TextChoices):
    """A vote."""

    YES = "yes", _("đồng ý")
    NO = "no", _("không đồng ý")
    BLANK = "blank", _("không có ý kiến")


class Vote(models.Model):
    """One member's vote on one entry. Secret ones are counted by hand and leave no row."""

    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="cast", db_index=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="votes")
    item = models.ForeignKey(SessionItem, models.PROTECT, related_name="cast")
    choice = models.CharField(max_length=5, choices=Choice)
    cast_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=LONGEST_ACTOR, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="vote_once", fields=["member", "item"]),
            models.CheckConstraint(name="vote_choice_known", condition=Q(choice__in=Choice.values)),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} · {self.entry_id}: {self.choice}"
