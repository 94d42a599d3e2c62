"""Small tables that a person fills row by row: figures before and after, authors. An empty row does not count."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final, Generic, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.initiatives.models import EARLIEST, LONGEST_NAME
from sangkien.intake.forms.days import AmountField, DayField
from sangkien.ui.forms import Form
from sangkien.vietnamese import clean

MOST_LINES: Final = 50


def one_line(text: str) -> str:
    """Without breaks and doubled spaces."""
    return " ".join(clean(text).split())


class Line(Form):
    """One row. Its controls are named ``<table>_<field>`` and repeat from row to row."""

    table: ClassVar[str]
    decides: ClassVar[tuple[str, ...]]  # a row with none of these filled is empty

    def __init__(self, *args: Any, number: int | str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"%s_{number}", **kwargs)
        self.number = number

    def add_prefix(self, field_name: str) -> str:
        return f"{self.table}_{field_name}"


class FigureLine(Line):
    """What was counted, before and after."""

    table = "figure"
    decides = ("what", "before", "after", "unit_of_measure", "since")
    what = forms.CharField(label=gettext_lazy("Chỉ số"), required=False, max_length=LONGEST_NAME, strip=True)
    unit_of_measure = forms.CharField(label=gettext_lazy("Đơn vị tính"), required=False, max_length=60)
    before = AmountField(label=gettext_lazy("Trước"), required=False)
    after = AmountField(label=gettext_lazy("Sau"), required=False)
    since = DayField(label=gettext_lazy("Từ ngày"), required=False, earliest=EARLIEST)

    def clean_what(self) -> str:
        return one_line(self.cleaned_data["what"])

    def clean_unit_of_measure(self) -> str:
        return one_line(self.cleaned_data["unit_of_measure"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("what"):
            self.add_error("what", _("Ghi số này đếm gì, ví dụ “thời gian chờ bình quân”."))
        nothing = given.get("before") is None and given.get("after") is None
        if nothing and not {"before", "after"} & set(self.errors):
            self.add_error("after", _("Ghi ít nhất một số: trước hoặc sau."))
        return given


class AuthorLine(Line):
    """Somebody whom the unit chose to name."""

    table = "author"
    decides = ("name", "contribution_percent")
    name = forms.CharField(label=gettext_lazy("Họ tên"), required=False, max_length=LONGEST_NAME)
    contribution_percent = AmountField(label=gettext_lazy("Đóng góp, %"), required=False)
    public = forms.ChoiceField(
        label=gettext_lazy("Nêu tên"),
        required=False,
        choices=[("", gettext_lazy("chỉ trong hồ sơ")), ("1", gettext_lazy("cả khi công bố"))],
        widget=forms.Select,
    )

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_public(self) -> bool:
        return bool(self.cleaned_data["public"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("name") and "name" not in self.errors:
            self.add_error("name", _("Ghi họ tên, hoặc xóa cả dòng này."))
        return given


L = TypeVar("L", bound=Line)


class Lines(Generic[L]):
    """The rows of one table as they were sent, or as they stand; some empty ones follow for who has no script."""

    def __init__(
        self,
        kind: type[L],
        *,
        sent: QueryDict | None = None,
        rows: Sequence[Mapping[str, Any]] = (),
        spare: int = 2,
    ) -> None:
        self.kind = kind
        self.spare = spare
        self.lines = list(self._sent(sent) if sent is not None else self._stored(rows))

    def _stored(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[L]:
        for number, row in enumerate(rows):
            yield self.kind(initial=dict(row), number=number)

    def _sent(self, sent: QueryDict) -> Iterator[L]:
        names = [f"{self.kind.table}_{name}" for name in self.kind.base_fields]
        columns = {name: sent.getlist(name)[:MOST_LINES] for name in names}
        number = 0
        for place in range(max(map(len, columns.values()), default=0)):
            data = {name: values[place] if place < len(values) else "" for name, values in columns.items()}
            if any(clean(data[f"{self.kind.table}_{name}"]).strip() for name in self.kind.decides):
                yield self.kind(data=data, number=number)
                number += 1

    def is_valid(self) -> bool:
        """Every row that has something in it."""
        return not [line for line in self.lines if not line.is_valid()]

    @property
    def cleaned(self) -> list[dict[str, Any]]:
        """The good rows, in their order."""
        return [line.cleaned_data for line in self.lines if line.is_valid()]

    @property
    def wrong(self) -> dict[str, str]:
        """Id of a control → the sentence about it."""
        return {
            line[name].auto_id: " ".join(map(str, errors))
            for line in self.lines
            if line.is_bound
            for name, errors in line.errors.items()
            if name != "__all__"
        }

    def shown(self) -> list[L]:
        """With the spare rows below."""
        first = len(self.lines)
        return [*self.lines, *(self.kind(number=first + place) for place in range(self.spare))]

    def pattern(self) -> L:
        """From which the browser makes one more row."""
        return self.kind(number="__n__")
