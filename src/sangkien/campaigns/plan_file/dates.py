"""Dates and times as plans print them."""

import re
from datetime import date, time
from typing import Final

_DAY: Final = r"(?P<d{n}>\d{{1,2}})\s*(?:[/.-]|tháng)\s*(?P<m{n}>\d{{1,2}})(?:\s*(?:[/.-]|năm)\s*(?P<y{n}>\d{{4}}))?"
_HOUR: Final = r"(?:(?P<hour>\d{1,2})\s*(?:giờ|h|g|:)\s*(?P<minute>\d{2})?(?:\s*phút)?\s*,?\s*(?=ngày|\d))?"
WINDOW: Final = re.compile(
    rf"\btừ\s+(?:ngày\s+)?{_DAY.format(n=1)}\s*,?\s*(?:cho\s+)?đến\s+(?:trước\s+)?(?:hết\s+)?{_HOUR}(?:hết\s+)?(?:ngày\s+)?"
    rf"{_DAY.format(n=2)}",
    re.IGNORECASE,
)
DEADLINE: Final = re.compile(
    r"(?P<how>trước|chậm nhất(?:\s+là)?(?:\s+đến)?|hạn cuối(?:\s+là)?(?:\s+đến)?|đến hết|trễ nhất(?:\s+là)?)\s+"
    rf"{_HOUR}(?:ngày\s+)?{_DAY.format(n=2)}",
    re.IGNORECASE,
)
LONG: Final = re.compile(rf"\bngày\s+{_DAY.format(n=1)}", re.IGNORECASE)


def day_of(found: "re.Match[str]", place: int, year: int | None = None) -> date | None:
    """The date in this place of a match; ``year`` where it is not printed; ``None`` for what is no day."""
    given = found[f"y{place}"]
    if given is None and year is None:
        return None
    try:
        return date(int(given or year or 0), int(found[f"m{place}"]), int(found[f"d{place}"]))
    except ValueError:
        return None


def time_of(found: "re.Match[str]") -> time | None:
    """The time before the last day of a match, where one is printed."""
    if found["hour"] is None:
        return None
    try:
        return time(int(found["hour"]), int(found["minute"] or 0))
    except ValueError:
        return None
