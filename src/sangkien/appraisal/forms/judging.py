"""Panels and who sits in them, as people fill them in."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from sangkien.appraisal.models import Capacity
from sangkien.campaigns.forms.common import EMPTY, UnitField
from sangkien.ui.forms import Form
from sangkien.units.models import UnitVersion

__all__ = ["MemberForm", "PanelForm", "ReasonForm"]

_NOT_A_NUMBER: Final = _("Ghi một số nguyên.")


def _number(*, required: bool = True, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        required=required, min_value=0, max_value=5_000, widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": EMPTY, "invalid": _NOT_A_NUMBER, "min_value": _NOT_A_NUMBER, "max_value": _NOT_A_NUMBER,
        },
        **kwargs,
    )  # fmt: skip


class PanelForm(Form):
    """How a panel works."""

    name = forms.CharField(
        label=_("Tên"), max_length=200, error_messages={"required": EMPTY},
        help_text=_("Ví dụ: Hội đồng sáng kiến năm 2026, hoặc Tổ chấm lĩnh vực thủ tục hành chính."),
    )  # fmt: skip
    readers = _number(label=_("Mỗi hồ sơ có mấy phiếu chấm"), help_text=_("Thường là 3; ít nhất 1."))
    most_entries = _number(
        required=False, label=_("Một người chấm nhiều nhất mấy hồ sơ"), help_text=_("Để trống thì không giới hạn.")
    )
    anchors = _number(
        label=_("Số hồ sơ neo mỗi lĩnh vực"),
        help_text=_(
            "Hồ sơ neo được thêm hai người của tổ khác đọc, để so được tổ chấm chặt với tổ chấm rộng. "
            "Nên là 2 hoặc 3 khi mỗi lĩnh vực một tổ chấm; 0 khi mọi hồ sơ do một hội đồng chấm."
        ),
    )
    due_date = forms.DateField(
        required=False, label=_("Chấm xong trước hết ngày"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Ngày này không có. Ghi ngày, tháng, năm, ví dụ 30/9/2026.")},
    )  # fmt: skip

    def __init__(self, *args: Any, offices: Sequence[UnitVersion] = (), council: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if offices or not council:
            self.fields = {
                "office": UnitField(
                    label=_("Chấm cho đơn vị phụ trách nào"), versions=offices, required=not council,
                    empty=_("Hội đồng của cả đợt, không thuộc riêng đơn vị nào") if council else "",
                    help_text=_("Tổ chấm của một đơn vị chấm các hồ sơ được chuyển đến đơn vị ấy."),
                ),
                **self.fields,
            }  # fmt: skip
            self.fields["office"].widget.attrs["class"] = "form-select"


class MemberForm(Form):
    """Who joins: one of the people with an account, or a name whose sheets come on paper."""

    person = forms.ChoiceField(required=False, label=_("Người có tài khoản"))
    name = forms.CharField(
        required=False, label=_("Hoặc người chấm trên giấy: họ tên"), max_length=200,
        help_text=_("Người này không cần tài khoản. Bạn in phiếu chấm cho họ rồi nhập lại vào đây."),
    )  # fmt: skip
    unit = UnitField(
        required=False, label=_("Đơn vị của người chấm trên giấy"),
        help_text=_("Đơn vị quyết định người ấy không được chấm hồ sơ nào."),
    )  # fmt: skip
    title = forms.CharField(required=False, label=_("Chức vụ"), max_length=200)
    capacity = forms.ChoiceField(label=_("Vai trò trong tổ"), choices=Capacity)
    scores = forms.BooleanField(required=False, label=_("Chấm điểm"))
    votes = forms.BooleanField(required=False, label=_("Biểu quyết"))

    def __init__(
        self, *args: Any, people: Iterable[tuple[str, str]] = (), units: Sequence[UnitVersion] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("person", [("", _("Chọn người")), *people])
        self.offer("unit", [("", _("Chọn đơn vị")), *((str(each.unit_id), each.name) for each in units)])

    def clean(self) -> dict[str, Any]:
        """Either an account, or a name with its unit."""
        told = super().clean()
        if not told.get("person"):
            if not told.get("name"):
                self.add_error("person", _("Bạn chọn người có tài khoản, hoặc ghi họ tên người chấm trên giấy."))
            elif not told.get("unit"):
                self.add_error("unit", _("Bạn chọn đơn vị của người này."))
        return told


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": EMPTY}
    )
