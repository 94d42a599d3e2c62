"""Campaign and what the plan says in words: bases, errata, contacts, amendments."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sangkien.accounts.actor import Actor
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.visibility import visible_to
from sangkien.campaigns.window import Window
from sangkien.papers.models import LegalBasis, Paper
from sangkien.units.models import Unit

LONGEST_TITLE = 500
FIRST_YEAR, LAST_YEAR = 2000, 2100


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Sets of campaigns."""

    def visible_to(self, actor: Actor) -> "CampaignQuerySet":
        """Those that the actor may know of; a forgotten check ends in "not found"."""
        return visible_to(self, Campaign.objects.all(), actor)

    def latest_first(self) -> "CampaignQuerySet":
        """As a list of campaigns shows them."""
        return self.order_by("-year", "-opens_date", "-pk")


class Campaign(models.Model):
    """One run of a plan. ``organiser`` issues it and is the scope of all that belongs to it; ``lead_unit`` runs it.

    Dates are the days that the plan prints, both included. What was changed after issue stands in ``Amendment``.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organiser = models.ForeignKey(Unit, models.PROTECT, related_name="campaigns", db_index=False)
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="campaigns_led")
    title = models.CharField(_("Tên kế hoạch"), max_length=LONGEST_TITLE)
    year = models.PositiveSmallIntegerField(_("Năm"))
    preset = models.CharField(max_length=40, blank=True)
    continues = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="continued_by")
    opens_date = models.DateField(_("Nhận báo cáo từ ngày"))
    opens_time = models.TimeField(_("từ giờ"), null=True, blank=True)
    closes_date = models.DateField(_("đến hết ngày"))
    closes_time = models.TimeField(_("đến giờ"), null=True, blank=True)
    upper_deadline = models.DateField(_("Hạn gửi cấp trên"), null=True, blank=True)
    budget_source = models.CharField(_("Nguồn kinh phí"), max_length=300, blank=True)
    plan = models.OneToOneField(Paper, models.PROTECT, null=True, blank=True, related_name="campaign")
    state = models.CharField(max_length=14, choices=State, default=State.DRAFT)
    state_at = models.DateTimeField()
    ended_reason = models.TextField(blank=True)
    created_at = models.DateTimeField()

    objects = CampaignQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organiser", "year"], name="campaign_of_organiser"),  # the list of campaigns
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="campaign_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="campaign_issued_has_plan", condition=Q(state__in=["draft", "cancelled"]) | Q(plan__isnull=False)
            ),
            models.CheckConstraint(name="campaign_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="campaign_year_of_our_time", condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR)
            ),
            models.CheckConstraint(
                name="campaign_window_in_order",
                condition=Q(opens_date__lt=F("closes_date"))
                | Q(opens_date=F("closes_date"), opens_time__isnull=True)
                | Q(opens_date=F("closes_date"), closes_time__isnull=True)
                | Q(opens_date=F("closes_date"), opens_time__lte=F("closes_time")),
            ),
            models.CheckConstraint(
                name="campaign_not_its_own_continuation", condition=Q(continues__isnull=True) | ~Q(continues=F("pk"))
            ),
            models.CheckConstraint(
                name="campaign_cancelled_with_reason",
                condition=Q(state="cancelled") & ~Q(ended_reason="") | ~Q(state="cancelled") & Q(ended_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({State(self.state).label})"

    @property
    def window(self) -> Window:
        """As amended so far."""
        return Window(self.opens_date, self.closes_date, self.opens_time, self.closes_time)

    def is_running(self) -> bool:
        """Issued and not ended by a person."""
        return self.state in State.of_the_running()

    def is_open(self, at: datetime) -> bool:
        """Whether reports that arrive now arrive in time; later ones are accepted too, and marked."""
        return self.is_running() and self.window.holds(at)

    def is_late(self, arrived_at: datetime) -> bool:
        """By arrival, not by typing. Early is not late."""
        return self.window.is_late(arrived_at)


class Amendment(models.Model):
    """A change after issue. ``changes`` is canonical text: fact → {"old": …, "new": …}; both are kept for ever."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="amendments", db_index=False)
    number = models.PositiveSmallIntegerField()
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="amendments")
    reason = models.TextField()
    changes = models.TextField()
    changes_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="amendment_number_once", fields=["campaign", "number"]),
            models.CheckConstraint(name="amendment_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="amendment_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="amendment_changes_something", condition=~Q(changes__in=["", "{}"])),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} · {self.number} · {self.reason}"


class Basis(models.Model):
    """Căn cứ: what the plan rests on, as printed, in its order."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="bases", db_index=False)
    position = models.PositiveSmallIntegerField()
    legal_basis = models.ForeignKey(LegalBasis, models.PROTECT, related_name="cited_by_campaigns")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="campaign_basis_place_once", fields=["campaign", "position"]),
            models.UniqueConstraint(name="campaign_basis_once", fields=["campaign", "legal_basis"]),
            models.CheckConstraint(name="campaign_basis_from_one", condition=Q(position__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.legal_basis}"


class Erratum(models.Model):
    """Where the plan contradicts itself: what it prints, and how this campaign reads it."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="errata", db_index=False)
    position = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=120)
    as_printed = models.TextField()
    read_as = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="erratum_place_once", fields=["campaign", "position"]),
            models.CheckConstraint(name="erratum_from_one", condition=Q(position__gte=1)),
            models.CheckConstraint(name="erratum_says_both", condition=~Q(as_printed="") & ~Q(read_as="")),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.as_printed} → {self.read_as}"


class Contact(models.Model):
    """Whom units ask: a role in a unit and its shared mailbox, never a person's name, mailbox or telephone."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="contacts", db_index=False)
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="contact_of_campaigns")
    capacity = models.CharField(max_length=200)
    mailbox = models.EmailField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="contact_place_once", fields=["campaign", "position"]),
            models.CheckConstraint(name="contact_from_one", condition=Q(position__gte=1)),
            models.CheckConstraint(name="contact_has_capacity", condition=~Q(capacity="")),
        ]

    def __str__(self) -> str:
        return f"{self.capacity} ({self.unit_id})"
