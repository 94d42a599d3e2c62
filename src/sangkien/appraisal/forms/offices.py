"""What people type while offices guide and appraise."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.accounts.forms import DayField
from sangkien.appraisal.models import Verdict
from sangkien.intake.forms.sending import LetterPair
from sangkien.ui.forms import Form

_LONGEST: Final = 2_000
_LONGEST_TEXT: Final = 20_000
_KEY: Final = 100


class Clicked(Form):
    """A form that is sent at most once: ``key`` names the click."""

    key = forms.CharField(max_length=_KEY, widget=forms.HiddenInput, required=False)


class OpinionForm(Clicked):
    """A verdict and its reasons. Both may be missing while it is a draft."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Kết luận"), choices=Verdict.choices, required=False, widget=forms.RadioSelect
    )
    reasons = forms.CharField(
        label=gettext_lazy("Lý do"),
        required=False,
        max_length=_LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Nêu điều thuyết phục và điều còn thiếu. Đơn vị chưa đọc được cho đến khi có quyết định."
        ),
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**9)

    @property
    def verdict_told(self) -> Verdict | None:
        told = self.cleaned_data.get("verdict")
        return Verdict(told) if told else None


class DueForm(Clicked):
    """A day that lies ahead."""

    due_date = DayField(label=gettext_lazy("Hạn, hết ngày"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_date(self) -> date:
        due: date = self.cleaned_data["due_date"]
        if due < self.today:
            raise forms.ValidationError(_("Ngày này đã qua. Bạn chọn ngày muộn hơn."))
        return due


class SupplementForm(DueForm):
    """A question to the unit."""

    question = forms.CharField(
        label=gettext_lazy("Điều cần đơn vị làm rõ"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Ghi điều cần làm rõ, để đơn vị biết phải trả lời gì.")},
    )

    field_order = ("question", "due_date", "key")


class AnswerForm(LetterPair):
    """The unit's answer; the lead unit, which enters it from a letter, adds the letter."""

    answer = forms.CharField(
        label=gettext_lazy("Trả lời"),
        max_length=_LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Ghi câu trả lời; tệp kèm theo chỉ là minh chứng.")},
    )
    letter_number = forms.CharField(
        label=gettext_lazy("Số, ký hiệu công văn"), required=False, max_length=60,
        help_text=gettext_lazy("Ví dụ 45/UBND. Không có công văn thì để trống."),
    )  # fmt: skip
    letter_date = DayField(label=gettext_lazy("Ngày công văn"), required=False)

    def __init__(self, *args: Any, by_letter: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_letter:
            del self.fields["letter_number"], self.fields["letter_date"]

    def clean_letter_number(self) -> str:
        return super().clean_letter_number() if "letter_number" in self.fields else ""


class ReasonForm(Clicked):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Ghi lý do, một câu là đủ.")},
    )


class AssignForm(DueForm):
    """Another office, the day, and why."""

    office = forms.ChoiceField(
        label=gettext_lazy("Nơi thẩm định"), error_messages={"required": gettext_lazy("Chọn nơi thẩm định.")}
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), required=False, max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )

    field_order = ("office", "due_date", "reason", "key")

    def __init__(self, *args: Any, offices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("office", [("", _("chọn")), *offices])


class PaperOpinionForm(Clicked, LetterPair):
    """An office's opinion on paper: what it says, and its number, day and scan."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Kết luận như văn bản ghi"), choices=Verdict.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn kết luận như văn bản ghi.")},
    )  # fmt: skip
    reasons = forms.CharField(
        label=gettext_lazy("Lý do như văn bản ghi"),
        max_length=_LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Ghi lý do như văn bản ghi.")},
    )
    letter_number = forms.CharField(
        label=gettext_lazy("Số, ký hiệu văn bản"), max_length=60, help_text=gettext_lazy("Ví dụ 12/TP."),
        error_messages={"required": gettext_lazy("Ghi số, ký hiệu của văn bản, ví dụ 12/TP.")},
    )  # fmt: skip
    letter_date = DayField(label=gettext_lazy("Ngày văn bản"))
    arrived_date = DayField(label=gettext_lazy("Ngày đến"))
    scan = forms.FileField(
        label=gettext_lazy("Bản chụp văn bản"), required=False, allow_empty_file=True,
        help_text=gettext_lazy("Tệp PDF hoặc ảnh. Văn bản đã ghi từ trước thì không cần kèm lại."),
    )  # fmt: skip

    field_order = ("verdict", "reasons", "letter_number", "letter_date", "arrived_date", "scan", "key")


class QuestionForm(Clicked):
    """A unit asks an office in charge while it writes."""

    office = forms.ChoiceField(
        label=gettext_lazy("Hỏi đơn vị phụ trách"), error_messages={"required": gettext_lazy("Chọn nơi để hỏi.")}
    )
    title = forms.CharField(
        label=gettext_lazy("Hỏi về việc gì"), max_length=300,
        help_text=gettext_lazy("Vài chữ, ví dụ: cách nêu số liệu."),
        error_messages={"required": gettext_lazy("Ghi vài chữ về điều muốn hỏi.")},
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Câu hỏi"), max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Ghi điều muốn hỏi.")},
    )  # fmt: skip
    shares_draft = forms.BooleanField(
        label=gettext_lazy("Cho nơi được hỏi xem bản đang soạn"), required=False,
        help_text=gettext_lazy("Chỉ khi bạn đánh dấu. Thôi cho xem lúc nào cũng được."),
    )  # fmt: skip

    field_order = ("office", "title", "text", "shares_draft", "key")

    def __init__(self, *args: Any, offices: Sequence[tuple[str, str]], has_draft: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("office", [("", _("chọn")), *offices])
        if not has_draft:
            del self.fields["shares_draft"]


class MessageForm(Clicked):
    """One more message of a conversation. ``example``: the code of an entry that the office suggests as an example."""

    text = forms.CharField(
        label=gettext_lazy("Viết"), max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Ghi điều muốn nói.")},
    )  # fmt: skip
