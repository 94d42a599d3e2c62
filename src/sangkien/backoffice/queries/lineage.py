"""One unit through time: its names, what it came out of and became, and that as a small chart."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sangkien.units.models import SuccessionKind, Unit, UnitVersion
from sangkien.units.queries import Step, nearest, predecessors, successors

_FARTHEST: Final = 2  # steps shown to each side; farther ones stand in the list below the chart
_ROW: Final = 58  # pixels
_TOP: Final = 22
_LONGEST: Final = 22  # signs of a name under its dot


@dataclass(frozen=True, slots=True)
class Told:
    """One step as the list tells it."""

    on: date
    kind: SuccessionKind
    whole: bool
    from_name: str
    to_name: str
    from_unit: Unit
    to_unit: Unit


@dataclass(frozen=True, slots=True)
class Dot:
    """A unit in the chart: ``x`` in per cent of the width, ``y`` in pixels."""

    unit: Unit
    name: str
    short: str
    x: str
    y: int
    is_here: bool

    @property
    def text_y(self) -> int:
        return self.y + 22


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from one unit to the next; dashed when only a part went over."""

    x1: str
    y1: int
    x2: str
    y2: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Lineage:
    """All steps by date, and the chart of the nearest ones."""

    steps: list[Told]
    dots: list[Dot]
    edges: list[Edge]
    height: int


def lineage(unit: Unit) -> Lineage:
    """Four statements: two for the steps, one for the units, one for their names."""
    before, after = predecessors(unit), successors(unit)
    steps = list(dict.fromkeys([*before, *after]))
    ids = {each for step in steps for each in (step.from_id, step.to_id)} | {unit.pk}
    units = Unit.objects.in_bulk(ids)
    lives: dict[int, list[UnitVersion]] = {}
    for version in UnitVersion.objects.current().filter(unit__in=ids).order_by("unit_id", "valid_from"):
        lives.setdefault(version.unit_id, []).append(version)
    told = [_told(step, units, lives) for step in sorted(steps, key=lambda step: step.effective_date)]
    if not steps:
        return Lineage([], [], [], 0)
    columns = _columns(unit.pk, before, after)
    dots = _dots(unit.pk, columns, units, lives)
    return Lineage(told, list(dots.values()), _edges(steps, dots), _TOP + _ROW * max(_sizes(columns)))


def _told(step: Step, units: dict[int, Unit], lives: dict[int, list[UnitVersion]]) -> Told:
    return Told(
        on=step.effective_date, kind=step.kind, whole=step.whole,
        from_name=nearest(lives[step.from_id], step.effective_date - timedelta(days=1)).name,
        to_name=nearest(lives[step.to_id], step.effective_date).name,
        from_unit=units[step.from_id], to_unit=units[step.to_id],
    )  # fmt: skip


def _columns(here: int, before: Iterable[Step], after: Iterable[Step]) -> list[list[int]]:
    """Units from left to right by their distance; a unit stands once, at its nearer place."""
    left = _levels(here, [(step.to_id, step.from_id) for step in before], {here})
    right = _levels(
        here, [(step.from_id, step.to_id) for step in after], {here, *(each for ids in left for each in ids)}
    )
    return [*reversed(left), [here], *right]


def _levels(here: int, ways: Collection[tuple[int, int]], seen: set[int]) -> list[list[int]]:
    levels: list[list[int]] = []
    edge = {here}
    while edge and len(levels) < _FARTHEST:
        found = list(dict.fromkeys(far for near, far in ways if near in edge and far not in seen))
        if not found:
            break
        levels.append(found)
        seen.update(found)
        edge = set(found)
    return levels


def _sizes(columns: list[list[int]]) -> list[int]:
    return [len(column) for column in columns]


def _dots(
    here: int, columns: list[list[int]], units: dict[int, Unit], lives: dict[int, list[UnitVersion]]
) -> dict[int, Dot]:
    tallest = max(_sizes(columns))
    dots = {}
    for place, column in enumerate(columns):
        x = f"{(place + 0.5) / len(columns):.2%}"
        start = _TOP + _ROW * (tallest - len(column)) // 2
        for row, unit_id in enumerate(column):
            name = lives[unit_id][-1].name
            short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
            dots[unit_id] = Dot(units[unit_id], name, short, x, start + _ROW * row, unit_id == here)
    return dots


def _edges(steps: Iterable[Step], dots: dict[int, Dot]) -> list[Edge]:
    return [
        Edge(dots[step.from_id].x, dots[step.from_id].y, dots[step.to_id].x, dots[step.to_id].y, step.whole)
        for step in steps
        if step.from_id in dots and step.to_id in dots
    ]
