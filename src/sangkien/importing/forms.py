"""What a person types on the pages of the queue, cleaned."""

from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.importing.actions import Letter
from sangkien.intake.models import Channel
from sangkien.ui.forms import Form

_DAYS: Final = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
_ARRIVED: Final = (Channel.MAIL, Channel.DOCUMENT_SYSTEM, Channel.FILE, Channel.PAPER)


class ArrivalForm(Form):
    """How and when a report came outside the program, and the letter that came with it."""

    arrived_date = forms.DateField(
        label=gettext_lazy("Ngày đến"),
        input_formats=_DAYS,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy("Ngày đơn vị đầu mối nhận được. Đúng hạn hay muộn tính theo ngày này."),
        error_messages={
            "required": gettext_lazy("Chưa có ngày đến. Ghi ngày, tháng, năm, ví dụ 15/09/2024."),
            "invalid": gettext_lazy("Ngày này không đọc được. Ghi ngày, tháng, năm, ví dụ 15/09/2024."),
        },
    )
    arrived_time = forms.TimeField(
        label=gettext_lazy("Giờ đến, nếu cần"),
        required=False,
        input_formats=["%H:%M", "%Hh%M", "%H"],
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("Giờ này không đọc được. Ghi giờ và phút, ví dụ 16:30.")},
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Đến bằng cách nào"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chưa chọn báo cáo đến bằng cách nào.")},
    )
    letter_number = forms.IntegerField(
        label=gettext_lazy("Số công văn"),
        required=False,
        min_value=1,
        max_value=999_999,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": gettext_lazy("Số công văn là số nguyên, ví dụ 125; ký hiệu ghi ở ô bên cạnh.")},
    )
    letter_notation = forms.CharField(
        label=gettext_lazy("Ký hiệu"), required=False, max_length=60, help_text=gettext_lazy("Ví dụ UBND-VP.")
    )
    letter_date = forms.DateField(
        label=gettext_lazy("Ngày của công văn"),
        required=False,
        input_formats=_DAYS,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("Ngày này không đọc được. Ghi ngày, tháng, năm, ví dụ 12/09/2024.")},
    )
    letter_scan = forms.FileField(
        label=gettext_lazy("Bản quét công văn"),
        required=False,
        help_text=gettext_lazy("Không có thì chính tệp đã nhập làm bằng chứng."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("channel", [(each.value, each.label) for each in _ARRIVED])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        told = [cleaned.get("letter_number"), cleaned.get("letter_date")]
        if any(told) and not all(told) and not self.errors:
            self.add_error("letter_number", _("Công văn cần cả số và ngày. Bạn ghi đủ, hoặc để trống cả hai."))
        return cleaned

    def arrived_at(self) -> datetime:
        """The moment; without an hour the beginning of the day: whoever brought it on the last day was in time."""
        day, hour = self.cleaned_data["arrived_date"], self.cleaned_data["arrived_time"]
        return datetime.combine(day, hour or time.min, tzinfo=timezone.get_default_timezone())

    def letter(self) -> Letter | None:
        """The letter, when one was told."""
        facts = self.cleaned_data
        if not facts["letter_number"]:
            return None
        return Letter(
            number=facts["letter_number"], notation=facts["letter_notation"] or "CV", issued_date=facts["letter_date"],
            scan=facts["letter_scan"],
        )  # fmt: skip
