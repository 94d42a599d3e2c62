"""What lasts of a solution: the initiative, its revisions, figures before and after, authors, who did it together."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from sangkien.accounts.models import User
from sangkien.attachments.models import Attachment
from sangkien.units.models import Unit

LONGEST_TITLE, LONGEST_NAME, LONGEST_CODE, LONGEST_TEXT = 1000, 300, 40, 100_000


class Kind(models.TextChoices):
    """What the plan calls it; five names for one thing. "Công trình" and "đề tài" of its form are initiatives."""

    SOLUTION = "solution", _("giải pháp")
    MODEL = "model", _("mô hình")
    INITIATIVE = "initiative", _("sáng kiến")
    GOOD_PRACTICE = "good_practice", _("cách làm hay")


class Part(models.TextChoices):
    """The texts of a revision; the same codes as the columns of the forms."""

    TITLE = "title", _("Tên giải pháp")
    SITUATION = "situation", _("Thực trạng")
    CONTENT = "content", _("Nội dung")
    EFFECTIVENESS = "effectiveness", _("Hiệu quả")
    NOVELTY = "novelty", _("Tính mới")
    RESULTS = "results", _("Kết quả đạt được")
    LIMITATIONS = "limitations", _("Mặt còn hạn chế")
    COST = "cost", _("Chi phí thực hiện")
    REPLICATION_CONDITIONS = "replication_conditions", _("Điều kiện để nhân rộng")
    NOTE = "note", _("Ghi chú")


class Initiative(models.Model):
    """One solution of one unit, through all campaigns. The implementer is fixed once it was sent.

    ``kind`` and ``first_applied_date`` are as told last; each frozen revision keeps them as they were told with it.
    ``confidential_note`` is for the lead unit and never published.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    implementer = models.ForeignKey(Unit, models.PROTECT, related_name="initiatives")
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.SOLUTION)
    first_applied_date = models.DateField(null=True, blank=True)
    confidential_note = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="initiative_kind_known", condition=Q(kind__in=Kind.values)),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class CoImplementer(models.Model):
    """Who did it together with the implementer: a unit, or a body outside the list (công an, Mặt trận, bưu điện).

    ``merged_from``: kept from a duplicate that was merged into this initiative, and gone again when that is undone.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="co_implementers", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="co_implemented")
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    name_folded = models.CharField(max_length=LONGEST_NAME * 2, blank=True, editable=False)
    merged_from = models.ForeignKey(
        Initiative, models.PROTECT, null=True, blank=True, related_name="co_implementers_given"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="coimplementer_unit_once", fields=["initiative", "unit"]),
            models.UniqueConstraint(
                name="coimplementer_name_once", fields=["initiative", "name_folded"], condition=~Q(name_folded="")
            ),
            models.CheckConstraint(
                name="coimplementer_unit_or_name",
                condition=Q(unit__isnull=False, name="", name_folded="")
                | Q(unit__isnull=True) & ~Q(name="") & ~Q(name_folded=""),
            ),
            models.CheckConstraint(
                name="coimplementer_not_merged_from_itself",
                condition=Q(merged_from__isnull=True) | ~Q(merged_from=F("initiative")),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.unit_id)


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Sets of revisions."""

    def draft(self) -> "RevisionQuerySet":
        """Those that may still change; at most one an initiative."""
        return self.filter(frozen_at__isnull=True)

    def frozen(self) -> "RevisionQuerySet":
        """Those that were handed over."""
        return self.filter(frozen_at__isnull=False)


class Revision(models.Model):
    """What was told of an initiative, once. Frozen when it is sent; from then on nothing of it changes.

    ``edit_version`` grows with each change of a draft, so that two colleagues are told and nobody is overwritten.
    ``facts`` is canonical text of what stands beside the texts (kind, date, co-implementers, figures, authors as
    ids), written when it is frozen; ``sha256`` covers it and the texts.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="revisions", db_index=False)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("Tên giải pháp"), max_length=LONGEST_TITLE, blank=True)
    main_field = models.CharField(max_length=LONGEST_CODE, blank=True)
    further_fields = models.CharField(max_length=500, blank=True)
    sector = models.CharField(max_length=LONGEST_CODE, blank=True)
    situation = models.TextField(_("Thực trạng"), blank=True)
    content = models.TextField(_("Nội dung"), blank=True)
    effectiveness = models.TextField(_("Hiệu quả"), blank=True)
    novelty = models.TextField(_("Tính mới"), blank=True)
    results = models.TextField(_("Kết quả đạt được"), blank=True)
    limitations = models.TextField(_("Mặt còn hạn chế"), blank=True)
    cost = models.TextField(_("Chi phí thực hiện"), blank=True)
    replication_conditions = models.TextField(_("Điều kiện để nhân rộng"), blank=True)
    note = models.TextField(_("Ghi chú"), blank=True)
    read_from = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="read_revisions")
    edit_version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField()
    edited_by = models.CharField(max_length=100)
    facts = models.TextField(blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="revision_number_once", fields=["initiative", "number"]),
            models.UniqueConstraint(
                name="revision_one_draft", fields=["initiative"], condition=Q(frozen_at__isnull=True)
            ),
            models.CheckConstraint(name="revision_from_one", condition=Q(number__gte=1, edit_version__gte=1)),
            models.CheckConstraint(
                name="revision_frozen_with_hash",
                condition=Q(frozen_at__isnull=True, sha256="", facts="")
                | (Q(frozen_at__isnull=False) & ~Q(facts="") & ~Q(title="") & Q(Exact(Length("sha256"), 64))),
            ),
            models.CheckConstraint(
                name="revision_further_field_after_main", condition=Q(further_fields="") | ~Q(main_field="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def is_frozen(self) -> bool:
        """Whether it was handed over."""
        return self.frozen_at is not None

    @property
    def fields(self) -> tuple[str, ...]:
        """The codes of the fields, the main one first."""
        return (self.main_field, *self.further_fields.split()) if self.main_field else ()

    @property
    def texts(self) -> dict[Part, str]:
        """Every part with its text, in the order of the forms."""
        return {part: getattr(self, part.value) for part in Part}


def in_field(code: str, prefix: str = "") -> Q:
    """Revisions with this field, main or further; ``prefix`` leads to them from another row."""
    return Q(**{f"{prefix}main_field": code}) | Q(**{f"{prefix}further_fields__contains": f" {code} "})


def further(codes: Iterable[str]) -> str:
    """As they are stored: a space on both sides of each, so that one is found by exactly its code."""
    told = " ".join(codes)
    return f" {told} " if told else ""


class Figure(models.Model):
    """A figure before and after: what, in which unit of measure, since when."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="figures", db_index=False)
    position = models.PositiveSmallIntegerField()
    what = models.CharField(_("Chỉ số"), max_length=LONGEST_NAME)
    unit_of_measure = models.CharField(_("Đơn vị tính"), max_length=60, blank=True)
    before = models.DecimalField(_("Trước khi áp dụng"), max_digits=20, decimal_places=4, null=True, blank=True)
    after = models.DecimalField(_("Sau khi áp dụng"), max_digits=20, decimal_places=4, null=True, blank=True)
    since = models.DateField(_("Từ ngày"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="figure_place_once", fields=["revision", "position"]),
            models.CheckConstraint(name="figure_from_one", condition=Q(position__gte=1)),
            models.CheckConstraint(name="figure_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="figure_before_or_after", condition=Q(before__isnull=False) | Q(after__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {_shown(self.before)} → {_shown(self.after)} {self.unit_of_measure}".rstrip()


def _shown(value: object) -> str:
    return "…" if value is None else str(number_format(str(value).rstrip("0").rstrip(".") or "0"))


class Authorship(models.Model):
    """An author, only where the unit chose to name one. ``public``: may be shown outside, by the same choice.

    Either a person of this instance, or a name. Shares are percent; where one is told, all are, and sum up to 100.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="authors", db_index=False)
    position = models.PositiveSmallIntegerField()
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="authorships")
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    contribution_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    public = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="author_place_once", fields=["revision", "position"]),
            models.UniqueConstraint(name="author_user_once", fields=["revision", "user"]),
            models.CheckConstraint(name="author_from_one", condition=Q(position__gte=1)),
            models.CheckConstraint(
                name="author_user_or_name",
                condition=Q(user__isnull=False, name="") | Q(user__isnull=True) & ~Q(name=""),
            ),
            models.CheckConstraint(
                name="author_share_in_range",
                condition=Q(contribution_percent__isnull=True)
                | Q(contribution_percent__gt=0, contribution_percent__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} · {self.position}"


EARLIEST: Final = date(1945, 9, 2)  # no initiative of this State was applied before
