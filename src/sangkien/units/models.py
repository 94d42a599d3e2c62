"""Unit, its dated versions, the dated closure of who stands under whom, and successions."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Collate
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sangkien.vietnamese import sort_key, unit_key

LONGEST_NAME, LONGEST_CODE, LONGEST_E_ID = 300, 20, 40


class Kind(models.TextChoices):
    """What a unit is. A data column without CHECK: a locality may need one more, and old rows keep theirs."""

    PROVINCE_PC = "province_pc", _("UBND tỉnh, thành phố")
    DISTRICT_PC = "district_pc", _("UBND quận, huyện")
    WARD_PC = "ward_pc", _("UBND phường")
    COMMUNE_PC = "commune_pc", _("UBND xã")
    TOWNSHIP_PC = "township_pc", _("UBND thị trấn")
    SPECIAL_ZONE_PC = "special_zone", _("UBND đặc khu")
    DEPARTMENT = "department", _("cơ quan chuyên môn")
    PUBLIC_SERVICE_UNIT = "public_service_unit", _("đơn vị sự nghiệp công lập")
    POLICE = "police", _("công an")
    FATHERLAND_FRONT = "fatherland_front", _("Mặt trận Tổ quốc")
    POST_OFFICE = "post_office", _("bưu điện")
    OTHER = "other", _("cơ quan, tổ chức khác")

    @classmethod
    def of_communes(cls) -> frozenset["Kind"]:
        """The People's Committees of the commune level, whatever the place is called."""
        return frozenset({cls.WARD_PC, cls.COMMUNE_PC, cls.TOWNSHIP_PC, cls.SPECIAL_ZONE_PC})

    @classmethod
    def of_committees(cls) -> frozenset["Kind"]:
        """Every People's Committee."""
        return cls.of_communes() | {cls.PROVINCE_PC, cls.DISTRICT_PC}


class Level(models.TextChoices):
    """The tier a unit belongs to. Three until 30 June 2025, two since; which ones live is seen in the data."""

    PROVINCE = "province", _("cấp tỉnh")
    DISTRICT = "district", _("cấp huyện")
    COMMUNE = "commune", _("cấp xã")


class SigningRegime(models.TextChoices):
    """Whether a paper is signed on behalf of the committee ("TM. ỦY BAN NHÂN DÂN") or by its head in person."""

    TM = "tm", _("thay mặt tập thể (TM.)")
    HEAD = "head", _("thủ trưởng")


def not_ended(on: date, prefix: str = "") -> Q:
    """Rows that are valid on this day or later; ``prefix`` leads to them from another row."""
    return Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})


def within(on: date, prefix: str = "") -> Q:
    """Rows that are valid on this day: ``valid_from <= on < valid_to``."""
    return Q(**{f"{prefix}valid_from__lte": on}) & not_ended(on, prefix)


class UnitQuerySet(models.QuerySet["Unit"]):
    """Sets of units."""

    def as_of(self, on: date) -> "UnitQuerySet":
        """Those that exist on this date."""
        return self.filter(pk__in=UnitVersion.objects.as_of(on).values("unit"))


class Unit(models.Model):
    """A unit's identity; all else about it is dated."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = UnitQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.uid)

    def on(self, on: date) -> "UnitVersion | None":
        """The version valid on this date: the name to print, the kind, the parent; ``None`` when it does not exist."""
        return UnitVersion.objects.as_of(on).filter(unit=self).first()


class UnitVersionQuerySet(models.QuerySet["UnitVersion"]):
    """Sets of versions."""

    def current(self) -> "UnitVersionQuerySet":
        """Without what a correction has replaced."""
        return self.filter(superseded_at__isnull=True)

    def as_of(self, on: date) -> "UnitVersionQuerySet":
        """Exactly one version of each unit that exists on this date, as we know it today."""
        return self.current().filter(within(on))

    def overlapping(self) -> "UnitVersionQuerySet":
        """Those that share a day with another version of their unit: none, or something is broken."""
        others = (
            UnitVersion.objects.current()
            .filter(unit=OuterRef("unit"))
            .exclude(pk=OuterRef("pk"))
            .alias(ends=Coalesce("valid_to", Value(date.max)))
        )
        same_days = others.filter(
            valid_from__lt=Coalesce(OuterRef("valid_to"), Value(date.max)),
            ends__gt=OuterRef("valid_from"),
        )
        return self.current().filter(Exists(same_days))

    def by_name(self) -> "UnitVersionQuerySet":
        """In Vietnamese order, Phường 2 before Phường 10."""
        plain = Collate("name_sort", "C") if connection.vendor == "postgresql" else F("name_sort")
        return self.order_by(plain, "unit_id", "valid_from")


class UnitVersion(models.Model):
    """What a unit was called, was, and belonged to, from a day (included) to a day (not included).

    A correction is a new row; the old one gets ``superseded_at`` and stays, because papers may point to it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions", db_index=False)
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="child_versions", db_index=False
    )
    name = models.CharField(max_length=LONGEST_NAME)
    name_folded = models.CharField(max_length=LONGEST_NAME * 2, editable=False)
    name_sort = models.TextField(editable=False)
    kind = models.CharField(max_length=30, choices=Kind)
    level = models.CharField(max_length=20, choices=Level)
    code = models.CharField(max_length=LONGEST_CODE, blank=True)
    e_id = models.CharField(max_length=LONGEST_E_ID, blank=True)
    signing_regime = models.CharField(max_length=4, choices=SigningRegime, default=SigningRegime.TM)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    basis = models.TextField(blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = UnitVersionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "valid_from"], name="version_of_unit"),  # a paper's names on its date
            models.Index(fields=["parent", "valid_from"], name="version_of_parent"),  # the list of units, by parent
            models.Index(fields=["name_folded"], name="version_by_name"),  # import: which unit does a name mean
            models.Index(fields=["code"], name="version_by_code"),  # import: the parent given by its code
        ]
        constraints: ClassVar = [
            # Against overlaps PostgreSQL has an exclusion constraint (migration 0002); on SQLite the actions check.
            models.CheckConstraint(
                name="version_dates_in_order", condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to"))
            ),
            models.CheckConstraint(
                name="version_signing_regime_known", condition=Q(signing_regime__in=SigningRegime.values)
            ),
            models.CheckConstraint(
                name="version_not_its_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=F("unit"))
            ),
            models.CheckConstraint(name="version_has_name", condition=~Q(name="")),
            models.UniqueConstraint(
                name="version_one_a_day", fields=["unit", "valid_from"], condition=Q(superseded_at__isnull=True)
            ),
            models.UniqueConstraint(
                name="version_one_open", fields=["unit"], condition=Q(superseded_at__isnull=True, valid_to__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        until = date_format(self.valid_to, "d/m/Y") if self.valid_to else "…"
        return f"{self.name} ({date_format(self.valid_from, 'd/m/Y')} – {until})"

    def name_it(self, name: str) -> None:
        """Set the name with the keys by which it is found and sorted."""
        self.name = name
        self.name_folded = unit_key(name)
        self.name_sort = sort_key(name)


class UnitPath(models.Model):
    """The closure: ``unit`` stands ``depth`` steps under ``ancestor`` between two days; under itself at depth 0.

    Rewritten from the versions by ``closure.rewrite()``, never by hand.
    """

    ancestor = models.ForeignKey(Unit, models.PROTECT, related_name="paths_down", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="paths_up")
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        # Read downward (a subtree) by the index of ``path_once``, upward (ancestors) by the key of ``unit``.
        constraints: ClassVar = [
            models.UniqueConstraint(name="path_once", fields=["ancestor", "unit", "valid_from"]),
            models.CheckConstraint(
                name="path_dates_in_order", condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to"))
            ),
            models.CheckConstraint(
                name="path_to_itself",
                condition=Q(depth=0, ancestor=F("unit")) | Q(depth__gt=0) & ~Q(ancestor=F("unit")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.unit_id} ({self.depth}, {self.valid_from})"


class SuccessionKind(models.TextChoices):
    """What became of a unit."""

    MERGE = "merge", _("sáp nhập")
    SPLIT = "split", _("chia tách")
    RENAME = "rename", _("đổi tên")
    CHANGE_KIND = "change_kind", _("đổi loại hình")
    ABOLISH = "abolish", _("giải thể")
    ESTABLISH = "establish", _("thành lập")


class Succession(models.Model):
    """``from_unit`` became ``to_unit``, wholly or in part. Told by a person, never inferred from codes or names.

    A unit renamed or of a new kind stays itself: both ends are it. Abolished with nobody to follow: no ``to_unit``.
    ``establish`` with ``from_unit`` means that the new unit takes over work of that one.
    """

    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="successions_out", db_index=False)
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="successions_in")
    kind = models.CharField(max_length=12, choices=SuccessionKind)
    effective_date = models.DateField()
    whole = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="succession_once", fields=["from_unit", "to_unit", "effective_date"]),
            models.UniqueConstraint(
                name="succession_ends_once", fields=["from_unit"], condition=Q(to_unit__isnull=True)
            ),  # NULLs differ from one another, so the constraint above does not see them
            models.CheckConstraint(name="succession_kind_known", condition=Q(kind__in=SuccessionKind.values)),
            models.CheckConstraint(
                name="succession_to_nobody_is_abolition", condition=Q(to_unit__isnull=False) | Q(kind="abolish")
            ),
            models.CheckConstraint(
                name="succession_to_itself_is_change",
                condition=(
                    Q(kind__in=["rename", "change_kind"], to_unit=F("from_unit"))
                    | (~Q(kind__in=["rename", "change_kind"]) & (Q(to_unit__isnull=True) | ~Q(to_unit=F("from_unit"))))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_unit_id} → {self.to_unit_id or '∅'} ({self.kind}, {self.effective_date})"
