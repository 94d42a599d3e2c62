"""Sending, withdrawing, and what is told with it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.intake.forms.days import DayField
from sangkien.ui.forms import Form
from sangkien.vietnamese import clean


class LetterPair(Form):
    """``letter_number`` and ``letter_date``, which the form declares: both, or neither."""

    def clean_letter_number(self) -> str:
        return " ".join(clean(self.cleaned_data["letter_number"]).split())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        number, day = given.get("letter_number"), given.get("letter_date")
        if number and day is None and "letter_date" not in self.errors:
            self.add_error("letter_date", _("Có số công văn thì ghi cả ngày, ví dụ 30/6/2024."))
        if day is not None and not number and "letter_number" not in self.errors:
            self.add_error("letter_number", _("Có ngày công văn thì ghi cả số, ký hiệu."))
        return given


class SendForm(LetterPair):
    """The letter that goes with it, where there is one."""

    letter_number = forms.CharField(
        label=gettext_lazy("Số, ký hiệu công văn"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Ví dụ 45/BC-UBND. Không có công văn thì để trống."),
    )
    letter_date = DayField(label=gettext_lazy("Ngày công văn"), required=False)
    scan = forms.FileField(
        label=gettext_lazy("Bản chụp hoặc bản ký số"),
        required=False,
        allow_empty_file=True,  # the reader of files says in Vietnamese that it is empty
        help_text=gettext_lazy("Tệp PDF hoặc ảnh."),
    )


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Ghi lý do, một câu là đủ.")},
    )

    def clean_reason(self) -> str:
        reason = clean(self.cleaned_data["reason"]).strip()
        if not reason:
            raise ValidationError(_("Ghi lý do, một câu là đủ."))
        return reason
