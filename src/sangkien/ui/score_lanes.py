"""Scores on one common axis, drawn on the server: x in per cent, so that text keeps its size (see ``charts``)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

Number = Decimal | float


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the lanes with its number; ``anchor`` keeps the number inside the picture."""

    x: str
    label: str
    is_line: bool = False
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class ScoreLane:
    """One thing's marks, its score, and its reference score with its span; empty where there is none."""

    marks: tuple[str, ...]
    score: str
    middle: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Axis:
    """From ``low`` to ``high``; ``line`` is what has to be reached, ``zone`` what lies so near that people talk."""

    low: float
    high: float
    ticks: tuple[Tick, ...]
    line: str = ""
    zone_x: str = ""
    zone_width: str = ""

    def lane(
        self, marks: Sequence[Number], score: Number | None, middle: Number | None = None,
        span: tuple[Number, Number] | None = None,
    ) -> ScoreLane:  # fmt: skip
        """Places on this axis; what lies outside stands at its edge."""
        return ScoreLane(
            marks=tuple(self.x(each) for each in marks),
            score="" if score is None else self.x(score),
            middle="" if middle is None else self.x(middle),
            low="" if span is None else self.x(span[0]),
            high="" if span is None else self.x(span[1]),
        )

    def x(self, value: Number) -> str:
        """Where it stands, in per cent."""
        inside = min(max(float(value), self.low), self.high)
        return f"{(inside - self.low) / (self.high - self.low) * 100:.2f}%"


def axis(
    values: Sequence[Number], *, least: Number, most: Number, line: Number | None = None, near: Number = 0
) -> Axis:
    """An axis that holds all ``values`` and the line, at round numbers, within ``least`` and ``most``."""
    held = [float(each) for each in (*values, *([] if line is None else [line]))] or [float(least), float(most)]
    step = _step(max(held) - min(held), float(most) - float(least))
    low = max(float(least), floor(min(held) / step) * step)
    high = min(float(most), max(ceil(max(held) / step) * step, low + step))
    bare = Axis(low, high, ())
    numbers = [low, *(n * step for n in range(floor(low / step) + 1, ceil(high / step))), high]
    ticks = [_tick(bare, each, low, high) for each in numbers]
    if line is None:
        return Axis(low, high, tuple(ticks))
    ticks = [each for each in ticks if abs(float(each.x[:-1]) - float(bare.x(line)[:-1])) > _CLOSE]
    mark = Tick(bare.x(line), _number(float(line)), is_line=True, anchor=_anchor(float(line), low, high))
    start, end = bare.x(float(line) - float(near)), bare.x(float(line) + float(near))
    width = f"{float(end[:-1]) - float(start[:-1]):.2f}%"
    return Axis(low, high, (*ticks, mark), mark.x, start, width)


_CLOSE = 6.0  # per cent: nearer numbers would run into each other on a phone


def _step(span: float, whole: float) -> float:
    """Round, so that the values spread over four to eight parts."""
    for step in (0.25, 0.5, 1, 2, 5, 10, 20, 25, 50, 100, 200, 500):
        if max(span, whole / 50) / step <= 6:
            return step
    return 1000


def _tick(bare: Axis, value: float, low: float, high: float) -> Tick:
    return Tick(bare.x(value), _number(value), anchor=_anchor(value, low, high))


def _anchor(value: float, low: float, high: float) -> str:
    if value <= low:
        return "start"
    return "end" if value >= high else "middle"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
