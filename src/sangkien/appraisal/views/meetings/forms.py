"""What is typed around a meeting."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.accounts.forms import DayField
from sangkien.appraisal.models import Panel, SessionKind, VoteMethod
from sangkien.appraisal.models.sessions import LONGEST_NAME, LONGEST_PLACE
from sangkien.campaigns.window import VIETNAM
from sangkien.ui.forms import Form

_LONGEST: Final = 2_000
_LONGEST_NOTE: Final = 10_000
_LINES: Final = forms.Textarea(attrs={"rows": 3})
_Choices = Sequence[tuple[str, str]]
_SIDES: Final = (
    ("", gettext_lazy("– không bằng phiếu –")), ("yes", gettext_lazy("đồng ý")), ("no", gettext_lazy("không đồng ý")),
)  # fmt: skip


class TimeField(forms.TimeField):
    """An hour as the browser's own box gives it, or typed: 8:30, 8h30, 8 giờ 30."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%H:%M", "%H:%M:%S", "%Hh%M", "%H giờ %M"],
            error_messages={
                "invalid": gettext_lazy("Giờ này không có. Ghi giờ và phút, ví dụ 8:30."),
                "required": gettext_lazy("Chỗ này còn trống."),
            },
            **kwargs,
        )


class Clicked(Form):
    """``key`` names the click: the second one answers what the first one did."""

    key = forms.CharField(max_length=100, widget=forms.HiddenInput, required=False)


class WhenWhere(Clicked):
    """Day, hour and place of a meeting."""

    day = DayField(label=gettext_lazy("Ngày"))
    hour = TimeField(label=gettext_lazy("Giờ"))
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=LONGEST_PLACE)

    @property
    def starts_at(self) -> datetime:
        """Of the valid form."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], VIETNAM)

    @staticmethod
    def initial_of(starts_at: datetime, place: str) -> dict[str, Any]:
        """What a meeting says already."""
        local = timezone.localtime(starts_at)
        return {"day": local.date(), "hour": local.time(), "place": place}


class PeopleForm(Form):
    """Who goes along, with account or by name, and who receives them."""

    people = forms.MultipleChoiceField(
        label=gettext_lazy("Người trong đoàn có tài khoản"), required=False, widget=forms.CheckboxSelectMultiple
    )
    head = forms.ChoiceField(label=gettext_lazy("Trưởng đoàn"), required=False)
    keeper = forms.ChoiceField(label=gettext_lazy("Người ghi biên bản"), required=False)
    others = forms.CharField(
        label=gettext_lazy("Người khác trong đoàn"), required=False, max_length=_LONGEST, widget=_LINES,
        help_text=gettext_lazy("Mỗi dòng một người: họ và tên, chức vụ. Ghi dấu * ở đầu dòng của trưởng đoàn."),
    )  # fmt: skip
    hosts = forms.CharField(
        label=gettext_lazy("Người tiếp đoàn của đơn vị"), required=False, max_length=_LONGEST, widget=_LINES,
        help_text=gettext_lazy("Mỗi dòng một người: họ và tên, chức vụ."),
    )  # fmt: skip

    def __init__(self, *args: Any, accounts: _Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("people", accounts)
        for name in ("head", "keeper"):
            self.offer(name, [("", _("– chưa chọn –")), *accounts])


class VisitForm(WhenWhere, PeopleForm):
    """A new site visit to a unit that is known already."""

    entries = forms.MultipleChoiceField(
        label=gettext_lazy("Giải pháp được khảo sát"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Chọn ít nhất một giải pháp.")},
    )  # fmt: skip
    purpose = forms.CharField(
        label=gettext_lazy("Mục đích, yêu cầu"), required=False, max_length=_LONGEST, widget=_LINES
    )
    questions = forms.CharField(
        label=gettext_lazy("Câu hỏi thêm ngoài tiêu chí"), required=False, max_length=_LONGEST, widget=_LINES,
        help_text=gettext_lazy("Mỗi dòng một câu. Danh mục đã có sẵn một câu cho mỗi tiêu chí của kế hoạch."),
    )  # fmt: skip
    field_order = (
        "entries",
        "day",
        "hour",
        "place",
        "purpose",
        "people",
        "head",
        "keeper",
        "others",
        "hosts",
        "questions",
    )

    def __init__(self, *args: Any, entries: _Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("entries", entries)


class MoveForm(WhenWhere):
    """Another day or place, with the reason that the unit reads."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do, đơn vị sẽ đọc"), max_length=_LONGEST, widget=_LINES,
        error_messages={"required": gettext_lazy("Ghi lý do, một câu là đủ.")},
    )  # fmt: skip


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=_LONGEST, widget=_LINES,
        error_messages={"required": gettext_lazy("Ghi lý do, một câu là đủ.")},
    )  # fmt: skip


class ConclusionForm(Form):
    """The end of a visit."""

    conclusion = forms.CharField(
        label=gettext_lazy("Kết luận của đoàn"), max_length=_LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Ghi kết luận của đoàn.")},
    )  # fmt: skip
    host_opinion = forms.CharField(
        label=gettext_lazy("Ý kiến của đơn vị được khảo sát"), required=False, max_length=_LONGEST_NOTE, widget=_LINES
    )


class ChangeForm(WhenWhere):
    """Name, moment, place and minutes of a session."""

    title = forms.CharField(label=gettext_lazy("Tên phiên"), max_length=LONGEST_NAME)
    minutes_each = forms.IntegerField(
        label=gettext_lazy("Số phút cho mỗi giải pháp"), min_value=1, max_value=240, initial=10
    )
    field_order: tuple[str, ...] = ("title", "day", "hour", "place", "minutes_each")


class SessionForm(ChangeForm):
    """A new session."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"), choices=SessionKind, widget=forms.RadioSelect, initial=SessionKind.PRESENTATION
    )
    panel = forms.ChoiceField(
        label=gettext_lazy("Hội đồng, tổ chấm"), required=False,
        help_text=gettext_lazy("Phiên họp hội đồng cần một hội đồng; buổi trình bày có thể không cần."),
    )  # fmt: skip
    entries = forms.MultipleChoiceField(
        label=gettext_lazy("Các giải pháp"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Chọn ít nhất một giải pháp.")},
        help_text=gettext_lazy("Chương trình tự xếp thứ tự để ít người phải rời phòng nhất; bạn đổi lại được."),
    )  # fmt: skip
    field_order = ("kind", "panel", "title", "day", "hour", "place", "minutes_each", "entries")

    def __init__(self, *args: Any, panels: Sequence[Panel], entries: _Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("panel", [("", _("– không có –")), *((str(each.uid), each.name) for each in panels)])
        self.offer("entries", entries)


class ItemForm(Form):
    """Who presented an entry and what was said about it."""

    presenter = forms.CharField(label=gettext_lazy("Người trình bày"), required=False, max_length=LONGEST_NAME)
    note = forms.CharField(
        label=gettext_lazy("Diễn biến, ý kiến"), required=False, max_length=_LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip


class EndForm(Form):
    """The end of a session."""

    conclusion = forms.CharField(
        label=gettext_lazy("Kết luận"),
        required=False,
        max_length=_LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CountForm(Form):
    """The count of one vote."""

    method = forms.ChoiceField(
        label=gettext_lazy("Cách biểu quyết"), choices=VoteMethod, widget=forms.RadioSelect, initial=VoteMethod.BALLOT
    )
    yes = forms.IntegerField(label=gettext_lazy("Đồng ý"), min_value=0, max_value=999)
    no = forms.IntegerField(label=gettext_lazy("Không đồng ý"), min_value=0, max_value=999)
    blank = forms.IntegerField(
        label=gettext_lazy("Không có ý kiến"), min_value=0, max_value=999, initial=0,
        help_text=gettext_lazy("Gồm cả người không bỏ phiếu và phiếu không hợp lệ."),
    )  # fmt: skip
    chair_yes = forms.ChoiceField(
        label=gettext_lazy("Khi hai bên bằng phiếu: chủ tịch biểu quyết"), required=False,
        choices=_SIDES,
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Lý do kiểm phiếu lại"), required=False, max_length=_LONGEST, widget=_LINES
    )

    def __init__(self, *args: Any, asks_chair: bool, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_chair:
            del self.fields["chair_yes"]
        if not again:
            del self.fields["reason"]


class PaperForm(Form):
    """Who issues a paper and who signs it."""

    issuer = forms.ChoiceField(label=gettext_lazy("Cơ quan ban hành"))
    capacity = forms.ChoiceField(
        label=gettext_lazy("Người ký"),
        choices=(("head", gettext_lazy("Cấp trưởng")), ("deputy", gettext_lazy("Cấp phó ký thay"))),
    )
    signed_by = forms.CharField(label=gettext_lazy("Họ và tên người ký"), required=False, max_length=100)

    def __init__(self, *args: Any, issuers: _Choices, signed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("issuer", issuers)
        if not signed:
            del self.fields["capacity"], self.fields["signed_by"]


class SignedForm(Form):
    """The signed copy with its number and day."""

    number = forms.IntegerField(
        label=gettext_lazy("Số"), min_value=1, max_value=999_999,
        help_text=gettext_lazy("Văn bản không vào sổ thì ghi số thứ tự của buổi họp."),
    )  # fmt: skip
    notation = forms.CharField(label=gettext_lazy("Ký hiệu"), required=False, max_length=50)
    issued_date = DayField(label=gettext_lazy("Ngày ký"))
    file = forms.FileField(
        label=gettext_lazy("Bản đã ký"),
        help_text=gettext_lazy("Bản ký số .pdf, hoặc bản quét."),
        error_messages={"required": gettext_lazy("Chọn tệp đã ký.")},
    )
