"""The days of a year as lines that a clerk types or pastes: "2/9/2026 nghỉ Quốc khánh"."""

from collections.abc import Iterable
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.campaigns.actions.holidays import NewHoliday
from sangkien.campaigns.models import Holiday, HolidayKind
from sangkien.ui.forms import Form
from sangkien.units.importing.words import date_of_word
from sangkien.vietnamese import clean, fold

_MOST_DAYS: Final = 100
_KINDS: Final = {HolidayKind.OFF: ["nghi"], HolidayKind.WORKING: ["lam", "bu"]}


class DaysForm(Form):
    """One day a line: the day, "nghỉ" or "làm bù", and its name."""

    days = forms.CharField(
        label=gettext_lazy("Mỗi dòng một ngày"),
        help_text=gettext_lazy("Ngày/tháng/năm, rồi “nghỉ” hoặc “làm bù”, rồi tên ngày nghỉ hoặc lý do làm bù."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )

    def clean_days(self) -> list[NewHoliday]:
        lines = [line.strip() for line in clean(self.cleaned_data["days"]).splitlines() if line.strip()]
        if len(lines) > _MOST_DAYS:
            raise ValidationError(_("Danh sách dài quá %d dòng. Bạn xem có thừa dòng nào không.") % _MOST_DAYS)
        return [_day(number, line) for number, line in enumerate(lines, start=1)]


def days_of(rows: Iterable[Holiday]) -> str:
    """The list as text to correct."""
    return "\n".join(f"{row.date:%d/%m/%Y} {HolidayKind(row.kind).label} {row.name}" for row in rows)


def _day(number: int, line: str) -> NewHoliday:
    first, *rest = line.split()
    on = date_of_word(first)
    for kind, words in _KINDS.items():
        if on is not None and [fold(word).rstrip(":,") for word in rest[: len(words)]] == words:
            return NewHoliday(date=on, kind=kind, name=" ".join(rest[len(words) :]))
    sentence = _("Dòng %(number)d “%(line)s” chưa rõ. Bạn ghi ví dụ: 02/09/2026 nghỉ Quốc khánh.")
    raise ValidationError(sentence % {"number": number, "line": line[:60]})
