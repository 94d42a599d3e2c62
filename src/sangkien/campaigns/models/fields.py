"""The fields of the plan, sectors, who is in charge of them, and who stands in where that unit must not judge."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from sangkien.accounts.models import User
from sangkien.campaigns.models.campaign import Campaign
from sangkien.papers.models import Paper
from sangkien.units.models import Unit

LONGEST_CODE = 40


class ReformField(models.Model):
    """A field as this plan prints it. ``code`` is the same from plan to plan (``steering``, ``institutions`` …)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="fields", db_index=False)
    code = models.SlugField(max_length=LONGEST_CODE, db_index=False)
    name_as_printed = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="field_code_once", fields=["campaign", "code"]),
            models.UniqueConstraint(name="field_place_once", fields=["campaign", "position"]),
            models.CheckConstraint(name="field_from_one", condition=Q(position__gte=1)),
            models.CheckConstraint(name="field_has_name", condition=~Q(name_as_printed="") & ~Q(code="")),
        ]

    def __str__(self) -> str:
        return f"({self.position}) {self.name_as_printed}"


class Sector(models.Model):
    """Ngành: beside the field, not in its place; a school's digital solution goes to both owners."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="sectors", db_index=False)
    code = models.SlugField(max_length=LONGEST_CODE, db_index=False)
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="sector_code_once", fields=["campaign", "code"]),
            models.UniqueConstraint(name="sector_place_once", fields=["campaign", "position"]),
            models.CheckConstraint(name="sector_from_one", condition=Q(position__gte=1)),
            models.CheckConstraint(name="sector_has_name", condition=~Q(name="") & ~Q(code="")),
        ]

    def __str__(self) -> str:
        return self.name


class FieldOwnerQuerySet(models.QuerySet["FieldOwner"]):
    """Sets of owners."""

    def current(self) -> "FieldOwnerQuerySet":
        """Without those that an amendment has replaced."""
        return self.filter(superseded_at__isnull=True)


class FieldOwner(models.Model):
    """The office in charge of a field or of a sector; a field may have several."""

    field = models.ForeignKey(ReformField, models.CASCADE, null=True, blank=True, related_name="owners", db_index=False)
    sector = models.ForeignKey(Sector, models.CASCADE, null=True, blank=True, related_name="owners", db_index=False)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="fields_owned")
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = FieldOwnerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="owner_of_field_or_sector",
                condition=Q(field__isnull=False, sector__isnull=True) | Q(field__isnull=True, sector__isnull=False),
            ),
            models.UniqueConstraint(
                name="owner_of_field_once", fields=["field", "office"], condition=Q(superseded_at__isnull=True)
            ),
            models.UniqueConstraint(
                name="owner_of_sector_once", fields=["sector", "office"], condition=Q(superseded_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field_id or '-'}/{self.sector_id or '-'} · {self.office_id}"


class StandInQuerySet(models.QuerySet["StandIn"]):
    """Sets of those who stand in."""

    def current(self) -> "StandInQuerySet":
        """Without those that were withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class StandIn(models.Model):
    """Who judges in the place of a unit that must not: an office, or a person named by the chair.

    A withdrawn one keeps its row. Where a unit has none, its entries go straight to the council or the chair.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="stand_ins")
    unit_in_conflict = models.ForeignKey(Unit, models.PROTECT, related_name="stood_in_for")
    office = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="stands_in")
    person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="stands_in")
    appointed_by = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="stand_ins")
    appointed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandInQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="standin_office_or_person",
                condition=Q(office__isnull=False, person__isnull=True) | Q(office__isnull=True, person__isnull=False),
            ),
            models.CheckConstraint(
                name="standin_not_for_itself",
                condition=Q(office__isnull=True) | ~Q(office=F("unit_in_conflict")),
            ),
            models.UniqueConstraint(
                name="standin_office_once",
                fields=["campaign", "unit_in_conflict", "office"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="standin_person_once",
                fields=["campaign", "unit_in_conflict", "person"],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_in_conflict_id} ← {self.office_id or self.person_id}"
