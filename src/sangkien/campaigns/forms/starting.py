"""How a plan begins: a preset, last year's, or what was read of the plan's file."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.accounts.forms import DayField
from sangkien.campaigns.actions.common import Facts
from sangkien.campaigns.forms.common import EMPTY, ClockField, UnitField, text_area, year_field
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.presets.shape import PlanPreset
from sangkien.ui.forms import Form
from sangkien.units.models import UnitVersion


class PresetForm(Form):
    """A preset for one of the units that this person plans for; the shape of the unit decides which ones fit."""

    organiser = UnitField(label=gettext_lazy("Đơn vị ban hành"))
    lead_unit = UnitField(label=gettext_lazy("Đơn vị đầu mối"), required=False)
    preset = forms.ChoiceField(
        label=gettext_lazy("Kế hoạch mẫu"), widget=forms.RadioSelect, error_messages={"required": EMPTY}
    )
    year = year_field()

    def __init__(
        self, *args: Any, organisers: Sequence[UnitVersion], offices: Sequence[UnitVersion],
        presets: Mapping[str, PlanPreset], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.presets = presets
        self.fields["organiser"] = UnitField(label=_("Đơn vị ban hành"), versions=organisers)
        self.fields["lead_unit"] = UnitField(
            label=_("Đơn vị đầu mối"), versions=offices, required=False, empty=_("Theo kế hoạch mẫu")
        )
        if len(organisers) == 1:
            self.initial.setdefault("organiser", organisers[0].unit_id)
        for name in ("organiser", "lead_unit"):
            self.fields[name].widget.attrs["class"] = "form-select"
        self.offer("preset", [(code, preset.name) for code, preset in presets.items()])

    def clean_preset(self) -> PlanPreset:
        return self.presets[self.cleaned_data["preset"]]


class NextYearForm(Form):
    """Last year's plan, for which year."""

    previous = forms.ChoiceField(
        label=gettext_lazy("Từ kế hoạch"), error_messages={"required": gettext_lazy("Hãy chọn kế hoạch.")}
    )
    year = year_field()

    def __init__(self, *args: Any, campaigns: Sequence[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaigns = {str(each.uid): each for each in campaigns}
        self.offer("previous", [(uid, f"{each.year}: {each.title}") for uid, each in self.campaigns.items()])

    def clean_previous(self) -> Campaign:
        return self.campaigns[self.cleaned_data["previous"]]


class PlanFileForm(Form):
    """The Word file of a plan."""

    file = forms.FileField(
        label=gettext_lazy("Tệp Word của kế hoạch"),
        help_text=gettext_lazy("Tệp .docx hoặc .doc, lớn nhất 30 MB"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.doc"}),
        error_messages={
            "required": gettext_lazy("Bạn chưa chọn tệp."),
            "empty": gettext_lazy("Tệp không có gì bên trong. Bạn chọn lại tệp."),
        },
    )


class ReadForm(PresetForm):
    """What was read of a file, as a person puts it right."""

    title = text_area(3, label=gettext_lazy("Tên kế hoạch"), max_length=500)
    opens_date = DayField(label=gettext_lazy("Nhận báo cáo từ ngày"))
    closes_date = DayField(label=gettext_lazy("đến hết ngày"))
    closes_time = ClockField(label=gettext_lazy("đến giờ"), required=False, help_text=gettext_lazy("Trống: hết ngày"))
    bases = text_area(
        6, label=gettext_lazy("Căn cứ"), required=False, help_text=gettext_lazy("Mỗi dòng một căn cứ, như in")
    )
    reading = forms.CharField(widget=forms.HiddenInput)

    field_order = (
        "organiser",
        "lead_unit",
        "preset",
        "title",
        "year",
        "opens_date",
        "closes_date",
        "closes_time",
        "bases",
    )

    @property
    def facts(self) -> Facts:
        data = self.cleaned_data
        return Facts(
            title=data["title"], year=data["year"], opens_date=data["opens_date"], closes_date=data["closes_date"],
            closes_time=data["closes_time"], budget_source=data["preset"].budget_source,
        )  # fmt: skip

    @property
    def base_lines(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["bases"].splitlines() if line.strip()]
