"""The draft of a solution: every control that stands once. Rows of figures and authors are in ``lines``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.campaigns.models import ReformField, Sector
from sangkien.initiatives.models import EARLIEST, LONGEST_NAME, LONGEST_TEXT, LONGEST_TITLE, Kind, Part
from sangkien.intake.forms.days import DayField
from sangkien.intake.forms.lines import MOST_LINES, one_line
from sangkien.ui.forms import Form
from sangkien.vietnamese import clean

if TYPE_CHECKING:  # only the type checker knows this name
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Advice:
    """What stands beside a part: a sentence, an invented example, and about how many signs are enough."""

    help: "StrPromise"
    example: "StrPromise"
    enough: int
    rows: int = 5


ADVICE: Final[Mapping[Part, Advice]] = {
    Part.TITLE: Advice(
        gettext_lazy("Nói việc làm được gì, cho ai. Không quá 25 chữ là dễ nhớ."),
        gettext_lazy("Phiếu hẹn trả kết quả bằng tin nhắn, có đường dẫn tra cứu"),
        200,
        2,
    ),
    Part.SITUATION: Advice(
        gettext_lazy("Trước khi làm thì thế nào, vướng ở đâu. Có số thì ghi số."),
        gettext_lazy(
            "Người dân thường đến nhận kết quả sai ngày; mỗi ngày bộ phận một cửa trả lời khoảng 35 cuộc gọi hỏi hồ sơ."
        ),
        2_000,
    ),
    Part.CONTENT: Advice(
        gettext_lazy("Đơn vị đã làm gì, ai làm, làm bằng cách nào."),
        gettext_lazy(
            "Khi hồ sơ có kết quả, công chức gửi tin nhắn ghi ngày giờ nhận, quầy nhận và đường dẫn tra cứu. "
            "Hồ sơ trễ được xin lỗi và báo ngày mới trước một ngày."
        ),
        3_000,
        7,
    ),
    Part.EFFECTIVENESS: Advice(
        gettext_lazy("Kết quả thấy được: bao nhiêu hồ sơ, bao nhiêu người, so sánh trước và sau."),
        gettext_lazy("Số lượt đi lại giảm từ 2,3 còn 1,2 lượt một hồ sơ; cuộc gọi hỏi hồ sơ giảm hơn một nửa."),
        2_000,
    ),
    Part.NOVELTY: Advice(
        gettext_lazy("Khác gì với cách làm trước đây, hoặc với nơi khác. Hai, ba câu là đủ."),
        gettext_lazy("Báo trước khi người dân phải hỏi, không phải sau; không cần cài thêm phần mềm nào."),
        1_500,
        4,
    ),
    Part.RESULTS: Advice(
        gettext_lazy("Kể thêm kết quả nếu phần Hiệu quả chưa đủ chỗ."),
        gettext_lazy("Sau năm tháng đã gửi 1.284 tin, 96% người nhận đến đúng ngày."),
        2_000,
        4,
    ),
    Part.LIMITATIONS: Advice(
        gettext_lazy("Điều chưa làm được khi áp dụng. Nêu thật giúp nơi khác làm theo dễ hơn."),
        gettext_lazy("Người lớn tuổi không dùng điện thoại vẫn phải gọi hỏi."),
        1_500,
        4,
    ),
    Part.COST: Advice(
        gettext_lazy("Kinh phí, nhân lực, lấy từ nguồn nào. Không tốn gì thì ghi “Không phát sinh”."),
        gettext_lazy("Phí tin nhắn 400.000 đồng một tháng, từ kinh phí thường xuyên."),
        1_000,
        3,
    ),
    Part.REPLICATION_CONDITIONS: Advice(
        gettext_lazy("Nơi khác muốn làm theo thì cần có gì."),
        gettext_lazy("Có số điện thoại của người nộp và một đầu số tin nhắn."),
        1_500,
        3,
    ),
    Part.NOTE: Advice(gettext_lazy("In ở cột Ghi chú của phụ lục."), gettext_lazy("Đã áp dụng ở hai khu phố."), 500, 2),
}
FOUR: Final = (Part.SITUATION, Part.CONTENT, Part.EFFECTIVENESS, Part.NOVELTY)
FURTHER: Final = (Part.LIMITATIONS, Part.RESULTS, Part.COST, Part.REPLICATION_CONDITIONS, Part.NOTE)


def _text_field(part: Part) -> forms.CharField:
    longest = LONGEST_TITLE if part is Part.TITLE else LONGEST_TEXT
    advice = ADVICE[part]
    return forms.CharField(
        label=part.label,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": advice.rows}),
        help_text=advice.help,
        error_messages={"max_length": gettext_lazy("Phần này dài quá %(limit_value)d ký tự. Bạn ghi ngắn lại.")},
    )


class DraftForm(Form):
    """Nothing is required: a draft may be kept half done; what is missing is told as a list beside it."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại"), required=False, choices=Kind.choices, widget=forms.RadioSelect)
    title = _text_field(Part.TITLE)
    main_field = forms.ChoiceField(label=gettext_lazy("Lĩnh vực chính"), required=False, widget=forms.RadioSelect)
    further_fields = forms.MultipleChoiceField(
        label=gettext_lazy("Lĩnh vực khác có liên quan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    sector = forms.ChoiceField(label=gettext_lazy("Ngành"), required=False)
    situation = _text_field(Part.SITUATION)
    content = _text_field(Part.CONTENT)
    effectiveness = _text_field(Part.EFFECTIVENESS)
    novelty = _text_field(Part.NOVELTY)
    limitations = _text_field(Part.LIMITATIONS)
    results = _text_field(Part.RESULTS)
    cost = _text_field(Part.COST)
    replication_conditions = _text_field(Part.REPLICATION_CONDITIONS)
    note = _text_field(Part.NOTE)
    first_applied_date = DayField(
        label=gettext_lazy("Áp dụng lần đầu ngày"),
        required=False,
        help_text=gettext_lazy("Chỉ nhận giải pháp đã làm thật. Ghi ngày, tháng, năm, ví dụ 4/3/2024."),
    )
    confidential_note = forms.CharField(
        label=gettext_lazy("Điều cần giữ kín"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Chỉ đơn vị đầu mối đọc; không in vào báo cáo, không công bố."),
    )

    def __init__(
        self, *args: Any, fields: Iterable[ReformField], sectors: Iterable[Sector], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)
        self._choose("main_field", [(each.code, str(each)) for each in fields])
        self._choose("further_fields", [(each.code, str(each)) for each in fields])
        none = ("", _("Không riêng ngành nào"))
        self._choose("sector", [none, *((each.code, each.name) for each in sectors)])
        day = self.fields["first_applied_date"]
        if isinstance(day, DayField):
            day.earliest, day.latest = EARLIEST, today

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.offer(name, choices, otherwise=_("Kế hoạch này không có lựa chọn ấy. Bạn chọn lại."))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for part in Part:
            if part.value in given:
                text = clean(given[part.value]).strip()
                given[part.value] = one_line(text) if part is Part.TITLE else text
        given["confidential_note"] = clean(given.get("confidential_note", "")).strip()
        main, further = given.get("main_field", ""), given.get("further_fields", [])
        further = [code for code in further if code != main]
        if further and not main:
            main, further = further[0], further[1:]  # ticked below, nothing above: the first one is the main one
        given["main_field"], given["further_fields"] = main, further
        return given


def partners(lines: Iterable[str]) -> list[str]:
    """The names of those who did it together, one a control, each once. Raises ``ValidationError``."""
    names = dict.fromkeys(name for name in map(one_line, lines) if name)
    for name in names:
        if len(name) > LONGEST_NAME:
            raise ValidationError(_("“%s…” dài quá. Mỗi dòng ghi tên một đơn vị.") % name[:40])
    return list(names)[:MOST_LINES]
