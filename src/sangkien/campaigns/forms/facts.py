"""What the plan says of itself."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.accounts.forms import DayField
from sangkien.campaigns.actions.common import Facts, facts_of
from sangkien.campaigns.finding import offices_under
from sangkien.campaigns.forms.common import ClockField, UnitField, text_area, year_field
from sangkien.campaigns.models import Campaign
from sangkien.ui.forms import Form
from sangkien.units.models import UnitVersion


class FactsForm(Form):
    """Title, year, window with minutes, lead unit, deadline of the upper level, source of the money."""

    title = text_area(3, label=gettext_lazy("Tên kế hoạch"), max_length=500)
    year = year_field()
    lead_unit = UnitField(label=gettext_lazy("Đơn vị đầu mối"))
    opens_date = DayField(label=gettext_lazy("Nhận báo cáo từ ngày"))
    opens_time = ClockField(label=gettext_lazy("từ giờ"), required=False, help_text=gettext_lazy("Trống: từ đầu ngày"))
    closes_date = DayField(label=gettext_lazy("đến hết ngày"))
    closes_time = ClockField(label=gettext_lazy("đến giờ"), required=False, help_text=gettext_lazy("Trống: hết ngày"))
    upper_deadline = DayField(
        label=gettext_lazy("Hạn gửi cấp trên"), required=False, help_text=gettext_lazy("Theo kế hoạch của cấp trên")
    )
    budget_source = forms.CharField(label=gettext_lazy("Nguồn kinh phí"), max_length=300, required=False)

    def __init__(self, campaign: Campaign, on: date, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={**_told(campaign), "lead_unit": campaign.lead_unit})
        versions = lead_units(campaign, on)
        self.fields["lead_unit"] = UnitField(label=_("Đơn vị đầu mối"), versions=versions)
        self.fields["lead_unit"].widget.attrs["class"] = "form-select"

    @property
    def facts(self) -> Facts:
        return Facts(**{name: value for name, value in self.cleaned_data.items() if name != "lead_unit"})


def lead_units(campaign: Campaign, on: date) -> Sequence[UnitVersion]:
    """Who may lead: the offices of the unit that issues, that unit itself, and who leads now."""
    others = UnitVersion.objects.as_of(on).filter(unit__in=[campaign.organiser_id, campaign.lead_unit_id])
    offices = offices_under(campaign.organiser, on)
    there = {each.unit_id for each in offices}
    return [*offices, *(each for each in others.by_name() if each.unit_id not in there)]


def _told(campaign: Campaign) -> dict[str, object]:
    told = facts_of(campaign)
    return {name: getattr(told, name) for name in Facts.__dataclass_fields__}
