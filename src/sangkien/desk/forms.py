"""What the lead unit types beside an entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.accounts.forms import DayField
from sangkien.intake.forms import LetterPair
from sangkien.intake.models import Channel
from sangkien.ui.forms import Form

_LONGEST: Final = 2_000
_KEY: Final = 100


class Clicked(Form):
    """A form that is sent at most once: ``key`` names the click, the second one answers what the first one did."""

    key = forms.CharField(max_length=_KEY, widget=forms.HiddenInput, required=False)


class ReasonForm(Clicked):
    """Why, as the unit will read it."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do, đơn vị sẽ đọc"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Ghi lý do, một câu là đủ.")},
    )


class LapseForm(ReasonForm):
    """What becomes of an entry whose supplement did not come."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Kết luận"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn một trong các kết luận.")},
    )
    field_order = ("outcome", "reason")

    def __init__(self, *args: Any, outcomes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("outcome", outcomes)


class AdmissionForm(Clicked):
    """A late entry is taken in this campaign only with a reason."""

    late_reason = forms.CharField(
        label=gettext_lazy("Lý do tiếp nhận báo cáo đến sau hạn"),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DueForm(Clicked):
    """A day that lies ahead."""

    due_date = DayField(label=gettext_lazy("Đơn vị bổ sung trước hết ngày"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_date(self) -> date:
        due: date = self.cleaned_data["due_date"]
        if due < self.today:
            raise forms.ValidationError(_("Ngày này đã qua. Bạn chọn ngày muộn hơn."))
        return due


@dataclass(frozen=True, slots=True)
class PartAsked:
    """A part of the report in the form of a return: its ready sentence, and whether the program found it missing."""

    code: str
    label: str
    sentence: str
    is_missing: bool = False


class ReturnForm(DueForm):
    """Ticked parts with what is to be added to each, a remark for the whole, and the day."""

    remark = forms.CharField(
        label=gettext_lazy("Lời nhắn thêm cho đơn vị"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, parts: Iterable[PartAsked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = list(parts)
        for part in self.parts:
            self.fields[f"ask-{part.code}"] = forms.BooleanField(
                label=part.label, required=False, initial=part.is_missing
            )
            self.fields[f"text-{part.code}"] = forms.CharField(
                label=_("Nội dung cần bổ sung ở phần %s") % part.label,
                required=False,
                initial=part.sentence,
                max_length=_LONGEST,
                widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
            )
            self.fields[f"ask-{part.code}"].widget.attrs["class"] = "form-check-input"

    def rows(self) -> list[tuple[PartAsked, forms.BoundField, forms.BoundField]]:
        """Each part with its tick and its text."""
        return [(part, self[f"ask-{part.code}"], self[f"text-{part.code}"]) for part in self.parts]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        asked = [part for part in self.parts if given.get(f"ask-{part.code}")]
        for part in asked:
            if not given.get(f"text-{part.code}"):
                self.add_error(f"text-{part.code}", _("Ghi điều cần bổ sung, hoặc bỏ dấu chọn ở phần này."))
        if not asked:
            raise forms.ValidationError(_("Chọn ít nhất một phần cần bổ sung, để đơn vị biết phải làm gì."))
        given["asked"] = [(part.code, given.get(f"text-{part.code}", "")) for part in asked]
        return given


class LetterForm(Clicked, LetterPair):
    """The paper of a unit from which the lead unit records: number, day, when and how it came, the scan."""

    letter_number = forms.CharField(
        label=gettext_lazy("Số, ký hiệu công văn"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Ví dụ 45/BC-UBND. Đơn vị chỉ đưa tệp, không có công văn, thì để trống."),
    )
    letter_date = DayField(label=gettext_lazy("Ngày công văn"), required=False)
    arrived_date = DayField(
        label=gettext_lazy("Ngày đến"),
        help_text=gettext_lazy("Đúng hạn hay sau hạn tính theo ngày này, không theo ngày bạn nhập."),
    )
    arrived_time = forms.TimeField(
        label=gettext_lazy("Giờ đến, nếu biết"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Giờ này chưa đúng. Ghi giờ và phút, ví dụ 16:30.")},
        help_text=gettext_lazy("Không ghi thì tính là 8 giờ sáng."),
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Đến bằng"),
        choices=[
            (each.value, each.label) for each in (Channel.PAPER, Channel.DOCUMENT_SYSTEM, Channel.MAIL, Channel.FILE)
        ],
    )
    scan = forms.FileField(
        label=gettext_lazy("Bản chụp công văn, hoặc tệp báo cáo"),
        required=False,
        allow_empty_file=True,  # the reader of files says in Vietnamese that it is empty
        help_text=gettext_lazy("Tệp PDF, ảnh, Word hoặc Excel."),
    )


class RequestLetterForm(Clicked, LetterPair):
    """The request for a supplement as it was issued: by whom, number, day, the signed copy, and for which returns."""

    issuer = forms.ChoiceField(label=gettext_lazy("Cơ quan ban hành"), widget=forms.RadioSelect)
    letter_number = forms.CharField(
        label=gettext_lazy("Số, ký hiệu công văn"),
        max_length=60,
        help_text=gettext_lazy("Ví dụ 45/PNV."),
        error_messages={"required": gettext_lazy("Ghi số, ký hiệu của công văn, ví dụ 45/PNV.")},
    )
    letter_date = DayField(label=gettext_lazy("Ngày công văn"))
    scan = forms.FileField(
        label=gettext_lazy("Bản chụp hoặc bản ký số"),
        required=False,
        allow_empty_file=True,  # the reader of files says in Vietnamese that it is empty
        help_text=gettext_lazy("Tệp PDF hoặc ảnh. Công văn đã có trong hệ thống thì để trống."),
    )
    together = forms.MultipleChoiceField(
        label=gettext_lazy("Công văn này đề nghị bổ sung cả"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, issuers: Sequence[tuple[str, str]], others: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("issuer", issuers), ("together", others)):
            self.offer(name, choices)
        self.fields["letter_date"].error_messages["required"] = _("Ghi ngày của công văn, ví dụ 30/6/2024.")
        self.initial.setdefault("issuer", issuers[0][0])
        if len(issuers) == 1:
            self.fields["issuer"].widget = forms.HiddenInput()
        if not others:
            del self.fields["together"]


class NumberedLetterForm(LetterForm):
    """For what only a letter with number and date can tell."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, sentence in (
            ("letter_number", _("Ghi số, ký hiệu của công văn, ví dụ 45/UBND.")),
            ("letter_date", _("Ghi ngày của công văn, ví dụ 30/6/2024.")),
        ):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = sentence
        self.fields["letter_number"].help_text = _("Ví dụ 45/UBND.")
        self.fields["scan"].label = _("Bản chụp công văn")
        self.fields["scan"].help_text = _("Tệp PDF hoặc ảnh.")


class WithdrawalForm(NumberedLetterForm):
    """The unit takes back what it sent, by a letter."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do như công văn ghi"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Ghi lý do, một câu là đủ.")},
    )
