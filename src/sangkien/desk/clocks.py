"""A day as the right edge of a row of work says it: how long is left, or how long it has waited."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

_WEEKDAYS: Final = (
    gettext_lazy("Thứ Hai"), gettext_lazy("Thứ Ba"), gettext_lazy("Thứ Tư"), gettext_lazy("Thứ Năm"),
    gettext_lazy("Thứ Sáu"), gettext_lazy("Thứ Bảy"), gettext_lazy("Chủ nhật"),
)  # fmt: skip
SOON: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
LONG: Final = timedelta(days=5)  # what has lain so long is shown first, though no day is set for it


@dataclass(frozen=True, slots=True)
class Clock:
    """``due`` is the last day on which it is in time; without one, only how long it has waited since ``since``."""

    today: date
    since: date
    due: date | None = None

    @property
    def is_overdue(self) -> bool:
        return self.due is not None and self.due < self.today

    @property
    def is_pressing(self) -> bool:
        """Belongs to what is done first: overdue, due today or tomorrow, or waiting for long."""
        if self.due is not None:
            return self.due <= self.today + SOON
        return self.today - self.since >= LONG

    @property
    def is_this_week(self) -> bool:
        """Due within seven days; what has no day is never put off."""
        return self.due is None or self.due <= self.today + WEEK

    @property
    def order(self) -> date:
        """Oldest first: by the day on which it should be done, else by the day on which it came."""
        return self.due or self.since

    @property
    def tone(self) -> str:
        """Of a tag: ``late``, ``due`` or none."""
        if self.is_overdue:
            return "late"
        return "due" if self.is_pressing else ""

    @property
    def text(self) -> str:
        """ "Quá hạn 2 ngày", "Hôm nay", "Thứ Sáu 13/9", "Chờ 3 ngày"."""
        return _waiting(self.today - self.since) if self.due is None else _until(self.due, self.today)

    @property
    def hint(self) -> str:
        """The day itself, where the text does not say it: "hạn 9/9", "nhận 10/9"."""
        if self.due is None:
            return _("nhận %s") % short(self.since, self.today)
        if self.due <= self.today + SOON:
            return _("hạn %s") % short(self.due, self.today)
        return ""


def short(on: date, today: date) -> str:
    """ "13/9", with the year when it is another one."""
    return f"{on.day}/{on.month}" if on.year == today.year else f"{on.day}/{on.month}/{on.year}"


def days(count: int) -> str:
    """ "2 ngày"."""
    return ngettext("%d ngày", "%d ngày", count) % count


def _until(due: date, today: date) -> str:
    left = (due - today).days
    if left < 0:
        return _("Quá hạn %s") % days(-left)
    if left == 0:
        return _("Hôm nay")
    if left == 1:
        return _("Ngày mai")
    if left <= WEEK.days:
        return f"{_WEEKDAYS[due.weekday()]} {short(due, today)}"
    return _("đến %s") % short(due, today)


def _waiting(waited: timedelta) -> str:
    return _("Chờ %s") % days(waited.days) if waited.days > 0 else _("Hôm nay")
