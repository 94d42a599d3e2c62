"""A window of dates as moments, in the time of Vietnam, whatever zone the machine or the caller lives in.

The last day is included: "đến ngày 15/9/2024" is open until the midnight that ends it. So is the last minute, where a
plan prints one: "trước 17 giờ 00" takes what arrives while the clock still shows 17:00.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Window:
    """From a day to a day, both included; a time narrows the first or the last day."""

    opens_date: date
    closes_date: date
    opens_time: time | None = None
    closes_time: time | None = None

    @property
    def opens_at(self) -> datetime:
        """The first moment that belongs to the window."""
        return datetime.combine(self.opens_date, self.opens_time or time(), VIETNAM)

    @property
    def closes_at(self) -> datetime:
        """The first moment that no longer belongs to it."""
        if self.closes_time is None:
            return datetime.combine(self.closes_date + timedelta(days=1), time(), VIETNAM)
        return datetime.combine(self.closes_date, self.closes_time.replace(second=0, microsecond=0), VIETNAM) + _MINUTE

    def holds(self, at: datetime) -> bool:
        """Whether the moment lies in the window. Raises ``ValueError`` for a moment without a zone."""
        return self.opens_at <= _zoned(at) < self.closes_at

    def is_late(self, arrived_at: datetime) -> bool:
        """Whether what arrived then came after the window; before it opened is early, not late."""
        return _zoned(arrived_at) >= self.closes_at

    def years_later(self, years: int) -> "Window":
        """The same days so many years later; 29 February falls on 28 where there is none."""
        return Window(
            _years_later(self.opens_date, years), _years_later(self.closes_date, years),
            self.opens_time, self.closes_time,
        )  # fmt: skip


def _zoned(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"a moment without a zone: {at}")
    return at


def _years_later(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return on.replace(year=on.year + years, day=28)
