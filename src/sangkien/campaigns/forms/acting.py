"""What a person types when a plan is made ready, issued, cancelled, amended."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.accounts.forms import DayField
from sangkien.accounts.models import User
from sangkien.campaigns.finding import asked, offices_under
from sangkien.campaigns.forms.common import EMPTY, ClockField, UnitField, text_area
from sangkien.campaigns.models import Campaign, ReformField, Sector
from sangkien.ui.forms import Form
from sangkien.units.models import Kind, Unit

_FILE = {
    "required": gettext_lazy("Bạn chưa chọn tệp."),
    "empty": gettext_lazy("Tệp không có gì bên trong. Bạn chọn lại tệp."),
}
_NUMBER = {
    "required": EMPTY,
    "invalid": gettext_lazy("Số văn bản là số nguyên từ 1, ví dụ 230."),
    "min_value": gettext_lazy("Số văn bản là số nguyên từ 1, ví dụ 230."),
}


class PrepareForm(Form):
    """Who signs."""

    signed_by = forms.ChoiceField(
        label=gettext_lazy("Người ký"),
        choices=[("head", gettext_lazy("Người đứng đầu")), ("deputy", gettext_lazy("Cấp phó ký thay"))],
        initial="deputy",
    )
    signer_name = forms.CharField(
        label=gettext_lazy("Họ tên người ký"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Để trống được, ghi sau trong bản Word"),
    )


class IssueForm(Form):
    """The signed file with its number and its day."""

    file = forms.FileField(
        label=gettext_lazy("Tệp kế hoạch đã ký"),
        help_text=gettext_lazy("PDF đã ký số, hoặc bản quét, ảnh chụp bản giấy"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp,.tif,.tiff"}),
        error_messages=_FILE,
    )
    number = forms.IntegerField(
        label=gettext_lazy("Số"), min_value=1, error_messages=_NUMBER,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    notation = forms.CharField(
        label=gettext_lazy("Ký hiệu"), max_length=60, help_text=gettext_lazy("Ví dụ KH-UBND"),
        error_messages={"required": EMPTY},
    )  # fmt: skip
    issued_date = DayField(label=gettext_lazy("Ngày ban hành"))


class ReasonForm(Form):
    """Why a campaign does not go on."""

    reason = text_area(3, label=gettext_lazy("Lý do"), max_length=2000)


class _Amending(Form):
    """What every amendment takes: a reason, and the paper that says it, where there is one."""

    reason = text_area(2, label=gettext_lazy("Lý do"), max_length=2000)
    number = forms.IntegerField(label=gettext_lazy("Số văn bản"), required=False, min_value=1, error_messages=_NUMBER)
    notation = forms.CharField(label=gettext_lazy("Ký hiệu"), required=False, max_length=60)
    issued_date = DayField(label=gettext_lazy("Ngày ban hành"), required=False)
    file = forms.FileField(
        label=gettext_lazy("Tệp văn bản đã ký"), required=False, error_messages=_FILE,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp,.tif,.tiff"}),
    )  # fmt: skip

    paper_fields = ("number", "notation", "issued_date", "file")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [name for name in ("number", "issued_date", "file") if cleaned.get(name)]
        if given and len(given) < 3 and not self.errors:
            self.add_error(None, _("Văn bản sửa đổi cần đủ số, ngày và tệp đã ký; chưa có văn bản thì để trống cả ba."))
        return cleaned

    @property
    def has_paper(self) -> bool:
        return bool(self.cleaned_data.get("file"))

    def own_fields(self) -> list[forms.BoundField]:
        """The boxes of this kind of amendment, without the paper."""
        return [self[name] for name in self.fields if name not in self.paper_fields and name != "reason"]


class ExtendForm(_Amending):
    """A later last day."""

    closes_date = DayField(label=gettext_lazy("Nhận báo cáo đến hết ngày"))
    closes_time = ClockField(label=gettext_lazy("đến giờ"), required=False, help_text=gettext_lazy("Trống: hết ngày"))

    field_order = ("closes_date", "closes_time", "reason")

    def __init__(self, campaign: Campaign, _on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"closes_date": campaign.closes_date}, **kwargs)


class ChangeForm(_Amending):
    """Other facts of the plan; what is left as it is does not change."""

    title = text_area(2, label=gettext_lazy("Tên kế hoạch"), max_length=500)
    opens_date = DayField(label=gettext_lazy("Nhận báo cáo từ ngày"))
    upper_deadline = DayField(label=gettext_lazy("Hạn gửi cấp trên"), required=False)
    budget_source = forms.CharField(label=gettext_lazy("Nguồn kinh phí"), max_length=300, required=False)

    field_order = ("title", "opens_date", "upper_deadline", "budget_source", "reason")

    def __init__(self, campaign: Campaign, _on: date, *args: Any, **kwargs: Any) -> None:
        names = ("title", "opens_date", "upper_deadline", "budget_source")
        super().__init__(*args, initial={name: getattr(campaign, name) for name in names}, **kwargs)


class AddUnitsForm(_Amending):
    """Units that are asked from now on; they stand at the end of the list."""

    units = forms.MultipleChoiceField(
        label=gettext_lazy("Đơn vị thêm vào"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Bạn chưa chọn đơn vị nào.")},
    )

    field_order = ("units", "reason")

    def __init__(self, campaign: Campaign, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = set(campaign.participants.values_list("unit", flat=True))
        choosable = asked(campaign.organiser, list(Kind), on)
        self.offer("units", [(str(each.unit_id), each.name) for each in choosable if each.unit_id not in there])

    def clean_units(self) -> list[Unit]:
        found = Unit.objects.in_bulk([int(each) for each in self.cleaned_data["units"]])
        return [found[int(each)] for each in self.cleaned_data["units"]]


class OwnersForm(_Amending):
    """Another office in charge of a field or a sector."""

    thing = forms.ChoiceField(
        label=gettext_lazy("Lĩnh vực, ngành"), error_messages={"required": gettext_lazy("Hãy chọn lĩnh vực.")}
    )
    office = UnitField(label=gettext_lazy("Đơn vị phụ trách mới"))
    office_2 = UnitField(label=gettext_lazy("Cùng phụ trách"), required=False)

    field_order = ("thing", "office", "office_2", "reason")

    def __init__(self, campaign: Campaign, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._things: dict[str, ReformField | Sector] = {
            **{f"field:{row.code}": row for row in campaign.fields.order_by("position")},
            **{f"sector:{row.code}": row for row in campaign.sectors.order_by("position")},
        }
        self.offer("thing", [("", _("Chọn lĩnh vực")), *((key, str(row)) for key, row in self._things.items())])
        offices = offices_under(campaign.organiser, on)
        self.fields["office"] = UnitField(label=_("Đơn vị phụ trách mới"), versions=offices)
        self.fields["office_2"] = UnitField(
            label=_("Cùng phụ trách"), versions=offices, required=False, empty=_("Không có")
        )
        for name in ("office", "office_2"):
            self.fields[name].widget.attrs["class"] = "form-select"

    def clean_thing(self) -> ReformField | Sector:
        return self._things[self.cleaned_data["thing"]]

    @property
    def offices(self) -> tuple[Unit, ...]:
        chosen: Sequence[Unit | None] = (self.cleaned_data["office"], self.cleaned_data["office_2"])
        return tuple(dict.fromkeys(unit for unit in chosen if unit is not None))


class ApplyCriteriaForm(_Amending):
    """The next version of the criteria is put into force."""

    for_later_sheets = forms.BooleanField(
        label=gettext_lazy("Chỉ áp dụng cho những hồ sơ chưa có phiếu nào"),
        error_messages={
            "required": gettext_lazy("Đã có phiếu chấm. Đánh dấu ô này để áp dụng cho hồ sơ chưa có phiếu.")
        },
    )

    field_order = ("for_later_sheets", "reason")

    def __init__(self, *args: Any, is_locked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_locked:
            del self.fields["for_later_sheets"]


class StandInForm(_Amending):
    """Who stands in, and the paper by which the chair named them, where there is one."""

    who = forms.ChoiceField(error_messages={"required": gettext_lazy("Bạn chọn một đơn vị hoặc một người làm thay.")})

    def __init__(self, keys: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reason"]
        self.offer(
            "who", [(key, key) for key in keys],
            otherwise=_("Đơn vị, người này không có trong danh sách. Bạn chọn lại."),
        )  # fmt: skip

    @property
    def office(self) -> Unit | None:
        kind, _sign, key = str(self.cleaned_data["who"]).partition(":")
        return Unit.objects.get(pk=int(key)) if kind == "office" else None

    @property
    def person(self) -> User | None:
        kind, _sign, key = str(self.cleaned_data["who"]).partition(":")
        return User.objects.get(pk=int(key)) if kind == "person" else None
