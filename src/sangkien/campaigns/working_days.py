"""Working days: Monday to Friday, without public holidays, with the Saturdays that are worked to make up for them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)
_MOST_DAYS: Final = 3_660  # ten years; a limit beyond is a slip of the keyboard


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The exceptions from Monday to Friday."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_working(self, on: date) -> bool:
        """Whether offices work on this day."""
        return on in self.worked or (on.weekday() < _SATURDAY and on not in self.off)

    def after(self, start: date, days: int) -> date:
        """The last day of a limit of so many working days; the day on which it begins to run does not count.

        Raises ``ValueError`` for less than one day or more than ten years.
        """
        if not 1 <= days <= _MOST_DAYS:
            raise ValueError(f"a limit of {days} working days")
        on = start
        while days:
            on += _DAY
            days -= self.is_working(on)
        return on

    def between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``; negative when ``end`` lies before: so many overdue."""
        if end < start:
            return -self.between(end, start)
        return sum(self.is_working(start + _DAY * step) for step in range(1, (end - start).days + 1))
