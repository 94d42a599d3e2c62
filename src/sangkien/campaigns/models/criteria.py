"""By what the solutions are judged: a set of criteria, in versions; frozen with the plan."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sangkien.campaigns.models.campaign import Campaign


class InputKind(models.TextChoices):
    """How a mark is given."""

    NUMBER = "number", _("điểm số")
    LEVELS = "levels", _("chọn mức")
    YES_NO = "yes_no", _("đạt / không đạt")
    BANDED = "banded", _("chọn khung rồi cho điểm")


class CriteriaSet(models.Model):
    """A version of the criteria of a campaign; the frozen ones are never changed, a new version follows."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="criteria_sets", db_index=False)
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="criteria_version_once", fields=["campaign", "version"]),
            models.UniqueConstraint(
                name="criteria_one_unfrozen", fields=["campaign"], condition=Q(frozen_at__isnull=True)
            ),
            models.CheckConstraint(name="criteria_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(name="criteria_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"


class CriterionGroup(models.Model):
    """A group of criteria; the weights of the groups of a set make 100."""

    set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="groups", db_index=False)
    code = models.SlugField(max_length=40, db_index=False)
    name = models.CharField(max_length=200)
    weight = models.DecimalField(max_digits=9, decimal_places=4)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="group_code_once", fields=["set", "code"]),
            models.UniqueConstraint(name="group_place_once", fields=["set", "position"]),
            models.CheckConstraint(name="group_weight_positive", condition=Q(weight__gt=0, weight__lte=100)),
            models.CheckConstraint(name="group_has_name", condition=~Q(name="") & ~Q(code="")),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.weight})"


class Criterion(models.Model):
    """One criterion. A mark under ``knock_out_below`` fails the entry, whatever the sum."""

    set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="criteria", db_index=False)
    group = models.ForeignKey(CriterionGroup, models.CASCADE, null=True, blank=True, related_name="criteria")
    code = models.SlugField(max_length=40, db_index=False)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=8, choices=InputKind)
    min = models.DecimalField(max_digits=9, decimal_places=4, default=0)
    max = models.DecimalField(max_digits=9, decimal_places=4)
    step = models.DecimalField(max_digits=9, decimal_places=4, default=1)
    weight = models.DecimalField(max_digits=9, decimal_places=4, default=1)
    knock_out_below = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="criterion_code_once", fields=["set", "code"]),
            models.UniqueConstraint(name="criterion_place_once", fields=["set", "position"]),
            models.CheckConstraint(name="criterion_kind_known", condition=Q(kind__in=InputKind.values)),
            models.CheckConstraint(name="criterion_range", condition=Q(min__lt=F("max"))),
            models.CheckConstraint(name="criterion_step", condition=Q(step__gt=0) & Q(step__lte=F("max") - F("min"))),
            models.CheckConstraint(name="criterion_weight_positive", condition=Q(weight__gt=0)),
            models.CheckConstraint(
                name="criterion_knock_out_in_range",
                condition=Q(knock_out_below__isnull=True)
                | Q(knock_out_below__gt=F("min"), knock_out_below__lte=F("max")),
            ),
            models.CheckConstraint(name="criterion_yes_is_one", condition=~Q(kind="yes_no") | Q(min=0, max=1, step=1)),
            models.CheckConstraint(name="criterion_has_name", condition=~Q(name="") & ~Q(code="")),
        ]

    def __str__(self) -> str:
        return self.name


class CriterionChoice(models.Model):
    """A level (one value) or a band (from, to) of a criterion that is marked by choosing."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="choices", db_index=False)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=300)
    low = models.DecimalField(max_digits=9, decimal_places=4)
    high = models.DecimalField(max_digits=9, decimal_places=4)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="choice_place_once", fields=["criterion", "position"]),
            models.CheckConstraint(name="choice_in_order", condition=Q(low__lte=F("high"))),
            models.CheckConstraint(name="choice_has_label", condition=~Q(label="")),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.low}-{self.high}"


class Band(models.Model):
    """What a sum of points leads to, from ``at_least`` up to the next band: so there is no gap and no overlap."""

    set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="bands", db_index=False)
    at_least = models.DecimalField(max_digits=9, decimal_places=4)
    name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="band_once", fields=["set", "at_least"]),
            models.CheckConstraint(name="band_from_zero", condition=Q(at_least__gte=0)),
            models.CheckConstraint(name="band_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"≥ {self.at_least}: {self.name}"
