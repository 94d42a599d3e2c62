"""The forms on which units report, their columns as rows."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sangkien.attachments.models import Attachment
from sangkien.campaigns.models.campaign import Campaign


class FormKind(models.TextChoices):
    """How a form is filled and printed."""

    TABLE = "table", _("bảng tổng hợp")
    NARRATIVE = "narrative", _("báo cáo thuyết minh")
    NOMINATION = "nomination", _("biểu của cấp trên")


class Form(models.Model):
    """A form of the plan, none to many: 1 is the table, 2 the optional narrative."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="forms", db_index=False)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=FormKind)
    title = models.CharField(max_length=300)
    required = models.BooleanField(default=True)
    template = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="form_templates")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="form_number_once", fields=["campaign", "number"]),
            models.CheckConstraint(name="form_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="form_kind_known", condition=Q(kind__in=FormKind.values)),
            models.CheckConstraint(name="form_has_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class FormColumn(models.Model):
    """A column, or a part of a narrative. ``under`` is the heading printed above several columns."""

    form = models.ForeignKey(Form, models.CASCADE, related_name="columns", db_index=False)
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40, db_index=False)
    name_as_printed = models.CharField(max_length=200)
    under = models.CharField(max_length=200, blank=True)
    help = models.TextField(blank=True)
    required = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="column_place_once", fields=["form", "position"]),
            models.UniqueConstraint(name="column_code_once", fields=["form", "code"]),
            models.CheckConstraint(name="column_from_one", condition=Q(position__gte=1)),
            models.CheckConstraint(name="column_has_name", condition=~Q(code="") & ~Q(name_as_printed="")),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.name_as_printed}"
