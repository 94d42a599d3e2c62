"""Who scores: the judges of an office, or a council; who reads what; who keeps out (domain, 1.3, 7.2)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sangkien.accounts.models import User
from sangkien.campaigns.models import Campaign
from sangkien.intake.models import Entry
from sangkien.papers.models import Paper
from sangkien.units.models import Unit

LONGEST_KEY, LONGEST_ACTOR, LONGEST_NAME = 100, 100, 200


class PanelKind(models.TextChoices):
    """What kind of body scores."""

    OFFICE = "office", _("tổ chấm của đơn vị phụ trách")
    COUNCIL = "council", _("hội đồng")


class Panel(models.Model):
    """The people who score in a campaign. ``established_by``: the decision that set the council up.

    ``readers``: how many sheets each entry should get; ``most_entries``: the highest load of one judge.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="panels", db_index=False)
    kind = models.CharField(max_length=7, choices=PanelKind)
    office = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="panels")
    name = models.CharField(max_length=LONGEST_NAME)
    established_by = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="panels")
    readers = models.PositiveSmallIntegerField(default=3)
    most_entries = models.PositiveSmallIntegerField(null=True, blank=True)
    anchors = models.PositiveSmallIntegerField(default=0)
    due_date = models.DateField(null=True, blank=True)
    formed_at = models.DateTimeField()
    formed_by = models.CharField(max_length=LONGEST_ACTOR)
    dissolved_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "formed_at"], name="panel_of_campaign"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="panel_key_once", fields=["key"], condition=~Q(key="")),
            models.UniqueConstraint(
                name="panel_one_of_office",
                fields=["campaign", "office"],
                condition=Q(office__isnull=False, dissolved_at__isnull=True),
            ),
            models.CheckConstraint(name="panel_kind_known", condition=Q(kind__in=PanelKind.values)),
            models.CheckConstraint(
                name="panel_office_has_office",
                condition=Q(kind="office", office__isnull=False) | Q(kind="council", office__isnull=True),
            ),
            models.CheckConstraint(name="panel_has_name", condition=~Q(name="")),
            models.CheckConstraint(name="panel_reads", condition=Q(readers__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name


class Capacity(models.TextChoices):
    """What somebody is in a panel."""

    CHAIR = "chair", _("chủ tịch")
    VICE_CHAIR = "vice_chair", _("phó chủ tịch")
    SECRETARY = "secretary", _("thư ký")
    MEMBER = "member", _("ủy viên")

    @classmethod
    def leading(cls) -> frozenset["Capacity"]:
        """Those who look after the whole: they see results, and what is still missing."""
        return frozenset({cls.CHAIR, cls.VICE_CHAIR, cls.SECRETARY})


class PanelMemberQuerySet(models.QuerySet["PanelMember"]):
    """Sets of members."""

    def current(self) -> "PanelMemberQuerySet":
        """Those who have not left, of panels that stand."""
        return self.filter(left_at__isnull=True, panel__dissolved_at__isnull=True)


class PanelMember(models.Model):
    """A person in a panel: with an account, or by name and unit only, when the sheets are on paper.

    ``unit`` decides about conflicts. ``scores``: a secretary often does not.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="members", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="panel_members")
    name = models.CharField(max_length=LONGEST_NAME)
    title = models.CharField(max_length=LONGEST_NAME, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="panel_members")
    capacity = models.CharField(max_length=10, choices=Capacity, default=Capacity.MEMBER)
    scores = models.BooleanField(default=True)
    votes = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    objects = PanelMemberQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="member_place_once", fields=["panel", "position"]),
            models.UniqueConstraint(
                name="member_user_once", fields=["panel", "user"], condition=Q(user__isnull=False, left_at__isnull=True)
            ),
            models.UniqueConstraint(
                name="member_one_chair", fields=["panel"], condition=Q(capacity="chair", left_at__isnull=True)
            ),
            models.CheckConstraint(name="member_capacity_known", condition=Q(capacity__in=Capacity.values)),
            models.CheckConstraint(name="member_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({Capacity(self.capacity).label})"


class Distribution(models.Model):
    """One act of sharing entries out to judges, so that it can be taken back while no sheet rests on it."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="distributions")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=LONGEST_ACTOR)
    undone_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="distribution_key_once", fields=["key"], condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} · {self.made_at:%Y-%m-%d}"


class ReadingReason(models.TextChoices):
    """Why a judge reads an entry."""

    SHARED_OUT = "shared_out", _("được chia")
    ANCHOR = "anchor", _("hồ sơ neo giữa các lĩnh vực")
    CHOSEN = "chosen", _("thư ký chỉ định")


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Sets of readings."""

    def current(self) -> "ReadingQuerySet":
        """Those that still bind somebody."""
        return self.filter(withdrawn_at__isnull=True)


class Reading(models.Model):
    """An entry that a judge is to read and score. An anchor ties the panels of the fields together (design, 5.3)."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="readings", db_index=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="readings")
    distribution = models.ForeignKey(Distribution, models.PROTECT, null=True, blank=True, related_name="readings")
    reason = models.CharField(max_length=10, choices=ReadingReason)
    assigned_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="reading_once", fields=["member", "entry"], condition=Q(withdrawn_at__isnull=True)
            ),
            models.CheckConstraint(name="reading_reason_known", condition=Q(reason__in=ReadingReason.values)),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} · {self.entry_id}"


class RecusalKind(models.TextChoices):
    """Whether the judge stepped back, or was kept out in silence by the secretary."""

    ABSTAIN = "abstain", _("tự xin không chấm")
    RECUSE = "recuse", _("thư ký không phân công")


class Recusal(models.Model):
    """A member of a panel, or an office, that keeps out of one entry. Whom it concerns finds nothing there."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="recusals")
    member = models.ForeignKey(PanelMember, models.PROTECT, null=True, blank=True, related_name="recusals")
    office = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="recusals")
    kind = models.CharField(max_length=7, choices=RecusalKind)
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=LONGEST_ACTOR)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="recusal_member_once",
                fields=["entry", "member"],
                condition=Q(member__isnull=False, lifted_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="recusal_office_once",
                fields=["entry", "office"],
                condition=Q(office__isnull=False, lifted_at__isnull=True),
            ),
            models.CheckConstraint(
                name="recusal_member_or_office",
                condition=Q(member__isnull=False, office__isnull=True) | Q(member__isnull=True, office__isnull=False),
            ),
            models.CheckConstraint(name="recusal_kind_known", condition=Q(kind__in=RecusalKind.values)),
            models.CheckConstraint(name="recusal_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} · {self.member_id or self.office_id}"
