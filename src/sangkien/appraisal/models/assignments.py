"""Which offices appraise which entry, and what each of them says (Plan 230, IV.1-4; domain, 7.4)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sangkien.accounts.models import User
from sangkien.attachments.models import Attachment
from sangkien.campaigns.models import Campaign
from sangkien.initiatives.models import Revision
from sangkien.intake.models import Entry
from sangkien.papers.models import Paper
from sangkien.units.models import Unit

LONGEST_KEY, LONGEST_ACTOR = 100, 100


class Reason(models.TextChoices):
    """Why an office, or a person, has an entry to appraise."""

    FIELD = "field", _("phụ trách lĩnh vực")
    SECTOR = "sector", _("phụ trách ngành")
    STAND_IN = "stand_in", _("làm thay đơn vị không được thẩm định")
    CHOSEN = "chosen", _("đơn vị đầu mối chỉ định")


class Routing(models.Model):
    """One act of passing entries on to appraisal, of one or of many, so that it can be taken back together."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="routings", db_index=False)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=LONGEST_ACTOR)
    undone_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "made_at"], name="routing_of_campaign"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="routing_key_once", fields=["key"], condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} · {self.made_at:%Y-%m-%d}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Sets of assignments."""

    def current(self) -> "AssignmentQuerySet":
        """Those that still bind somebody."""
        return self.filter(withdrawn_at__isnull=True)


class Assignment(models.Model):
    """An entry with an office that appraises it, or with a person whom the chair named in an office's place.

    ``implementer`` is a copy that guards against judging one's own. ``round``: 1, then one more each time the entry is
    appraised again. ``opened_at``: when somebody there first opened it; until then the routing can be taken back.
    ``returned_reason``: "không thuộc lĩnh vực của tôi", with which the office gave it back.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="assignments", db_index=False)
    routing = models.ForeignKey(Routing, models.PROTECT, related_name="assignments")
    implementer = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    office = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="assignments", db_index=False)
    person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="assignments", db_index=False)
    in_place_of = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    round = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=8, choices=Reason)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="assignments")
    due_date = models.DateField()
    assigned_at = models.DateTimeField()
    assigned_by = models.CharField(max_length=LONGEST_ACTOR)
    opened_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    returned_reason = models.TextField(blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["office", "due_date", "id"], name="assignment_queue", condition=Q(withdrawn_at__isnull=True)
            ),  # the office's queue, and what its people may see
            models.Index(fields=["person"], name="assignment_of_person", condition=Q(withdrawn_at__isnull=True)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="assignment_office_once",
                fields=["entry", "office", "round"],
                condition=Q(office__isnull=False, withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="assignment_person_once",
                fields=["entry", "person", "round"],
                condition=Q(person__isnull=False, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="assignment_office_or_person",
                condition=Q(office__isnull=False, person__isnull=True) | Q(office__isnull=True, person__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_not_of_its_own",
                condition=Q(office__isnull=True) | ~Q(office=F("implementer")),
            ),
            models.CheckConstraint(
                name="assignment_stands_in_for_one",
                condition=Q(reason="stand_in", in_place_of__isnull=False)
                | ~Q(reason="stand_in") & Q(in_place_of__isnull=True),
            ),
            models.CheckConstraint(name="assignment_reason_known", condition=Q(reason__in=Reason.values)),
            models.CheckConstraint(name="assignment_round_from_one", condition=Q(round__gte=1)),
            models.CheckConstraint(
                name="assignment_withdrawn_has_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="", returned_reason="")
                | Q(withdrawn_at__isnull=False) & (~Q(withdrawn_reason="") | ~Q(returned_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} → {self.office_id or self.person_id} ({self.round})"


class Target(models.TextChoices):
    """Who judges where no office may."""

    COUNCIL = "council", _("hội đồng")
    CHAIR = "chair", _("người quyết định")


class Referral(models.Model):
    """An entry that goes straight to the council or the chair, with the reason that its papers print."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="referrals", db_index=False)
    routing = models.ForeignKey(Routing, models.PROTECT, related_name="referrals")
    round = models.PositiveSmallIntegerField(default=1)
    target = models.CharField(max_length=7, choices=Target)
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=LONGEST_ACTOR)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="referral_one_current", fields=["entry", "round"], condition=Q(withdrawn_at__isnull=True)
            ),
            models.CheckConstraint(name="referral_target_known", condition=Q(target__in=Target.values)),
            models.CheckConstraint(name="referral_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} → {Target(self.target).label}"


class Verdict(models.TextChoices):
    """What an office says of an entry."""

    SUPPORT = "support", _("đề nghị ghi nhận")
    SUPPORT_WITH_CHANGES = "support_with_changes", _("đề nghị ghi nhận sau khi chỉnh sửa")
    NO = "no", _("không đề nghị")


class OpinionQuerySet(models.QuerySet["Opinion"]):
    """Sets of opinions."""

    def filed(self) -> "OpinionQuerySet":
        """Those that count: handed in and not replaced."""
        return self.filter(filed_at__isnull=False, superseded_at__isnull=True)


class Opinion(models.Model):
    """A draft until ``filed_at``; then its text never changes, a correction is a new one.

    ``agrees_with``: the opinion of another office on the same entry to which this one is a light second.
    ``recorded_from``: the paper from which the lead unit entered it.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="opinions", db_index=False)
    verdict = models.CharField(max_length=20, choices=Verdict, blank=True)
    reasons = models.TextField(blank=True)
    agrees_with = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="agreements")
    drafted_by = models.CharField(max_length=LONGEST_ACTOR)
    edited_at = models.DateTimeField()
    edit_version = models.PositiveIntegerField(default=0)
    filed_at = models.DateTimeField(null=True, blank=True)
    filed_by = models.CharField(max_length=LONGEST_ACTOR, blank=True)
    recorded_from = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="opinions")
    superseded_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="opinion_one_filed",
                fields=["assignment"],
                condition=Q(filed_at__isnull=False, superseded_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="opinion_one_draft", fields=["assignment"], condition=Q(filed_at__isnull=True)
            ),
            models.CheckConstraint(name="opinion_verdict_known", condition=Q(verdict__in=["", *Verdict.values])),
            models.CheckConstraint(
                name="opinion_filed_is_whole",
                condition=Q(filed_at__isnull=True, filed_by="", sha256="")
                | Q(filed_at__isnull=False) & ~Q(filed_by="") & ~Q(verdict="") & ~Q(reasons="") & ~Q(sha256=""),
            ),
            models.CheckConstraint(
                name="opinion_superseded_was_filed",
                condition=Q(superseded_at__isnull=True) | Q(filed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="opinion_not_after_itself", condition=Q(agrees_with__isnull=True) | ~Q(agrees_with=F("pk"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.verdict or '…'}"


class SupplementRequest(models.Model):
    """What an office asks the unit while it appraises. The frozen text stays; answer and files stand beside it."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="supplement_requests")
    question = models.TextField()
    due_date = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=LONGEST_ACTOR)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=LONGEST_ACTOR, blank=True)
    recorded_from = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="supplement_key_once", fields=["key"], condition=~Q(key="")),
            models.CheckConstraint(name="supplement_asks", condition=~Q(question="")),
            models.CheckConstraint(
                name="supplement_answer_whole",
                condition=Q(answered_at__isnull=True, answer="", answered_by="")
                | Q(answered_at__isnull=False) & ~Q(answer="") & ~Q(answered_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} · {self.due_date}"


class SupplementFile(models.Model):
    """A file that came with the answer."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(SupplementRequest, models.PROTECT, related_name="files", db_index=False)
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="supplements")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="supplement_file_once", fields=["request", "attachment"]),
        ]

    def __str__(self) -> str:
        return str(self.attachment)
