"""Charts drawn on the server: geometry only, x in per cent and y in pixels, so that text keeps its size.

``ui/days_chart.html`` draws a ``DaysChart``, ``ui/lane.html`` a ``Lane``. All numbers are texts that stand in
attributes as they are; days are real days, names of things come from the caller.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.formats import date_format

_FLOOR: Final = 160.0  # y of the axis; the chart is 196 px high
_CEILING: Final = 20.0
_MOST_BARS: Final = 130  # more days than these are drawn week by week
_GAP: Final = 0.15  # of a day's width
_MONTHS: Final = 7


@dataclass(frozen=True, slots=True)
class Bar:
    """A day or a week: what was there before, and what is new on top of it."""

    x: str
    width: str
    was_y: str
    was_height: str
    new_y: str
    new_height: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on an axis with its word; ``anchor`` keeps the word inside the picture."""

    x: str
    label: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Level:
    """A line across the picture."""

    y: str
    label: str
    label_y: str


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of the line of the time before."""

    x1: str
    x2: str
    y1: str
    y2: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table behind the chart: a span of days, how many were new in it, how many in all."""

    first: date
    last: date
    new: int
    total: int


@dataclass(frozen=True, slots=True)
class DaysChart:
    """Counts that grow over days, against a day that matters."""

    bars: tuple[Bar, ...]
    levels: tuple[Level, ...]
    months: tuple[Mark, ...]
    before: tuple[Line, ...]
    deadline: Mark
    today: Mark | None
    rows: tuple[Row, ...]
    weekly: bool


def days_chart(
    new: Mapping[date, int], *, first: date, last: date, most: int, deadline: date, today: date | None = None,
    before: Mapping[date, int] | None = None, most_word: str = "",
) -> DaysChart:  # fmt: skip
    """``new``: how many on which day; days outside count on the nearest day of ``first`` to ``last``.

    ``most``: the height of the picture, as when all have come; ``before``: the same of another time, already moved to
    these days. ``deadline`` is the last day that is in time. Raises ``ValueError`` for days that run backwards.
    """
    if last < first:
        raise ValueError(f"days_chart: {last} lies before {first}")
    days = (last - first).days + 1
    step = 7 if days > _MOST_BARS else 1
    counts = _inside(new, first, last)
    scale = _Scale(first, days, max(most, sum(counts.values()), sum((before or {}).values()), 1))
    return DaysChart(
        bars=tuple(_bars(counts, scale, step)),
        levels=tuple(_levels(scale, most_word)),
        months=tuple(_months(scale)),
        before=tuple(_steps(_inside(before, first, last), scale)) if before else (),
        deadline=_marked(scale, deadline + timedelta(days=1), date_format(deadline, "j/n")),
        today=_marked(scale, today, "") if today and first <= today <= last else None,
        rows=tuple(_rows(counts, first, last)),
        weekly=step > 1,
    )


@dataclass(frozen=True, slots=True)
class Lane:
    """One thing's place between a first and a last day; ``at`` is empty where it has none."""

    at: str
    deadline: str
    is_late: bool


def lane(on: date | None, *, first: date, last: date, deadline: date) -> Lane:
    """Where the day lies between the others; days outside stand at the edge."""
    scale = _Scale(first, (last - first).days + 1, 1)
    at = "" if on is None else scale.x(min(max(on, first), last), middle=True)
    return Lane(
        at, scale.x(min(deadline + timedelta(days=1), last + timedelta(days=1))), on is not None and on > deadline
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    days: int
    most: int

    @property
    def day(self) -> float:
        return 100 / self.days

    def x(self, on: date, *, middle: bool = False) -> str:
        return _per_cent(((on - self.first).days + (0.5 if middle else 0)) * self.day)

    def height(self, count: int) -> float:
        return count / self.most * (_FLOOR - _CEILING)


def _inside(counts: Mapping[date, int], first: date, last: date) -> dict[date, int]:
    inside: dict[date, int] = {}
    for on, count in sorted(counts.items()):
        day = min(max(on, first), last)
        inside[day] = inside.get(day, 0) + count
    return inside


def _bars(counts: Mapping[date, int], scale: _Scale, step: int) -> Iterator[Bar]:
    """Up to the last day on which something came: what follows has not happened."""
    if not counts:
        return
    total = 0
    width = _per_cent(scale.day * step * (1 - _GAP))
    for start in range(0, (max(counts) - scale.first).days + 1, step):
        on = scale.first + timedelta(days=start)
        fresh = sum(counts.get(on + timedelta(days=day), 0) for day in range(step))
        was, new = scale.height(total), scale.height(fresh)
        yield Bar(scale.x(on), width, _px(_FLOOR - was), _px(was), _px(_FLOOR - was - new), _px(new))
        total += fresh


def _levels(scale: _Scale, most_word: str) -> Iterator[Level]:
    for count in sorted({0, _half(scale.most), scale.most}):
        y = _FLOOR - scale.height(count)
        word = f"{count} {most_word}".strip() if count == scale.most else str(count or "")
        yield Level(_px(y), word, _px(y - 4))


def _half(most: int) -> int:
    """A round number about in the middle; none for small pictures."""
    if most < 4:
        return 0
    half = most // 2
    size = int("1" + "0" * (len(str(half)) - 1))
    return half // size * size


def _months(scale: _Scale) -> Iterator[Mark]:
    """The first day, then the first of a month, no more than fit on a phone."""
    yield Mark("0%", date_format(scale.first, "j/n"), "start")
    end = scale.first + timedelta(days=scale.days - 1)
    firsts = [on for on in (scale.first + timedelta(days=day) for day in range(8, scale.days)) if on.day == 1]
    every = len(firsts) // _MONTHS + 1
    for on in firsts[::every]:
        if (end - on).days * scale.day >= 4:
            yield Mark(scale.x(on), date_format(on, "j/n"))


def _steps(counts: Mapping[date, int], scale: _Scale) -> Iterator[Line]:
    total, at = 0, scale.first
    for on, count in sorted(counts.items()):
        y = _px(_FLOOR - scale.height(total))
        higher = _px(_FLOOR - scale.height(total + count))
        yield Line(scale.x(at), scale.x(on), y, y)
        yield Line(scale.x(on), scale.x(on), y, higher)
        total, at = total + count, on
    y = _px(_FLOOR - scale.height(total))
    yield Line(scale.x(at), "100%", y, y)


def _marked(scale: _Scale, on: date, label: str) -> Mark:
    place = min(max((on - scale.first).days * scale.day, 0), 99.8)
    return Mark(_per_cent(place), label, "end" if place > 50 else "start")


def _rows(counts: Mapping[date, int], first: date, last: date) -> Sequence[Row]:
    """By month, those without anything left out."""
    rows: list[Row] = []
    total, start = 0, first
    while start <= last:
        month = start.replace(day=28) + timedelta(days=4)
        end = min(month - timedelta(days=month.day), last)
        fresh = sum(count for on, count in counts.items() if start <= on <= end)
        total += fresh
        if fresh:
            rows.append(Row(start, end, fresh, total))
        start = end + timedelta(days=1)
    return rows


def _per_cent(value: float) -> str:
    return f"{value:.2f}%"


def _px(value: float) -> str:
    return f"{value:.1f}"
