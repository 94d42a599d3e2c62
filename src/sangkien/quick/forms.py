"""What a person types on the quick pages, cleaned."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.quick.assembling import Order
from sangkien.ui.forms import Form

_PAPERS = [
    ("", gettext_lazy("Không ghi")),
    ("Kế hoạch", gettext_lazy("Kế hoạch")),
    ("Báo cáo", gettext_lazy("Báo cáo")),
    ("Công văn", gettext_lazy("Công văn")),
    ("Quyết định", gettext_lazy("Quyết định")),
    ("Tờ trình", gettext_lazy("Tờ trình")),
]
_FORMS = [
    ("", gettext_lazy("Theo Nghị định 30/2020/NĐ-CP")),
    ("plan", gettext_lazy("Như phụ lục của kế hoạch, có quốc hiệu")),
]
_LONGEST = 100_000


class UploadForm(Form):
    """``name`` and ``place`` come with the files that the page sends one by one."""

    name = forms.CharField(required=False, max_length=1000)
    place = forms.RegexField(r"^\d{1,15}-\d{1,6}$", required=False)


class TextForm(Form):
    """One or several parts of an initiative; only those that were sent are looked at."""

    unit = forms.CharField(required=False, max_length=_LONGEST)
    title = forms.CharField(required=False, max_length=_LONGEST)
    situation = forms.CharField(required=False, max_length=_LONGEST)
    content = forms.CharField(required=False, max_length=_LONGEST)
    effectiveness = forms.CharField(required=False, max_length=_LONGEST)
    novelty = forms.CharField(required=False, max_length=_LONGEST)
    limitations = forms.CharField(required=False, max_length=_LONGEST)
    note = forms.CharField(required=False, max_length=_LONGEST)

    def sent(self) -> dict[str, str | None]:
        return {name: self._tidy(name) for name in self.fields if name in self.data}

    def _tidy(self, name: str) -> str | None:
        return str(self.cleaned_data[name]).replace("\r\n", "\n") or None


class OrderForm(Form):
    """The order of the units; a pasted list makes it an own order."""

    order = forms.ChoiceField(
        label=gettext_lazy("Thứ tự đơn vị"),
        choices=[
            (Order.FIRST.value, gettext_lazy("Theo thứ tự tệp được thả vào")),
            (Order.ALPHABET.value, gettext_lazy("Theo vần chữ cái")),
            (Order.OWN.value, gettext_lazy("Theo thứ tự riêng")),
        ],
        widget=forms.RadioSelect,
    )
    pasted = forms.CharField(
        label=gettext_lazy("Dán danh sách đơn vị"),
        required=False,
        max_length=_LONGEST,
        help_text=gettext_lazy(
            "Mỗi dòng một tên, chép từ cột của bảng Excel cũng được. Đơn vị chưa có báo cáo được ghi ở cuối phụ lục."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_pasted(self) -> list[str]:
        lines = (line.strip().lstrip("-•*").strip() for line in self.cleaned_data["pasted"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class HeadingForm(Form):
    """What stands above the table of the appendix."""

    year = forms.IntegerField(
        label=gettext_lazy("Năm"),
        min_value=2000,
        max_value=2100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Chưa có năm. Ghi bốn chữ số, ví dụ 2024."),
            "invalid": gettext_lazy("Năm này không có. Ghi bốn chữ số, ví dụ 2024."),
            "min_value": gettext_lazy("Năm này không có. Ghi bốn chữ số, ví dụ 2024."),
            "max_value": gettext_lazy("Năm này không có. Ghi bốn chữ số, ví dụ 2024."),
        },
    )
    plan_heading = forms.ChoiceField(
        label=gettext_lazy("Cách trình bày"), choices=_FORMS, required=False, widget=forms.RadioSelect
    )
    paper = forms.ChoiceField(label=gettext_lazy("Kèm theo văn bản"), choices=_PAPERS, required=False)
    number = forms.CharField(
        label=gettext_lazy("Số, ký hiệu"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Ví dụ 230/KH-UBND. Chưa có số thì để trống, phụ lục chừa chỗ để ghi."),
    )
    dated = forms.DateField(
        label=gettext_lazy("Ngày, tháng, năm"),
        required=False,
        input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("Ví dụ 15/8/2024."),
    )
    issuer = forms.CharField(
        label=gettext_lazy("Cơ quan ban hành"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Ví dụ Ủy ban nhân dân Phường 11."),
    )
    superior = forms.CharField(label=gettext_lazy("Cơ quan cấp trên"), required=False, max_length=200)
    limitations = forms.BooleanField(label=gettext_lazy("In cả phần “Mặt hạn chế” khi đơn vị có nêu"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = str(self.data.get("dated", ""))
        self.fields["dated"].error_messages["invalid"] = _(
            "Ngày %(said)s không có. Ghi ngày, tháng, năm, ví dụ 15/8/2024."
        ) % {"said": said}

    def clean_plan_heading(self) -> bool:
        return bool(self.cleaned_data["plan_heading"])

    def clean_dated(self) -> Any:
        return self.cleaned_data["dated"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("plan_heading") and not cleaned.get("issuer"):
            self.add_error("issuer", _("Trình bày có quốc hiệu thì cần tên cơ quan ban hành."))
        return cleaned
