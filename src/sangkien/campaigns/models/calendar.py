"""Days that differ from their weekday."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sangkien.campaigns.working_days import WorkingCalendar


class HolidayKind(models.TextChoices):
    """Off though a weekday, or worked though a weekend."""

    OFF = "off", _("nghỉ")
    WORKING = "working", _("làm bù")


class HolidayQuerySet(models.QuerySet["Holiday"]):
    """Sets of such days."""

    def calendar(self) -> WorkingCalendar:
        """For arithmetic. One statement, a few dozen rows."""
        days: dict[str, set[date]] = {HolidayKind.OFF.value: set(), HolidayKind.WORKING.value: set()}
        for on, kind in self.values_list("date", "kind"):
            days[kind].add(on)
        return WorkingCalendar(frozenset(days["off"]), frozenset(days["working"]))


class Holiday(models.Model):
    """A public holiday, or a Saturday that is worked to make up for one; for the whole instance."""

    date = models.DateField(unique=True)
    kind = models.CharField(max_length=8, choices=HolidayKind)
    name = models.CharField(max_length=120)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="holiday_kind_known", condition=Q(kind__in=HolidayKind.values)),
            models.CheckConstraint(name="holiday_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{date_format(self.date, 'd/m/Y')} · {HolidayKind(self.kind).label} · {self.name}"
