"""What became of the units of last year's plan. A successor is found, shown and asked about, never taken silently."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from sangkien.units.models import Succession, UnitVersion


@dataclass(frozen=True, slots=True)
class Carried:
    """``heirs``: the unit itself where it goes on, else all who exist on the day and took over from it in some way."""

    unit_id: int
    name_was: str
    heirs: tuple[UnitVersion, ...]

    @property
    def goes_on(self) -> bool:
        """Whether it is the same unit still."""
        return [heir.unit_id for heir in self.heirs] == [self.unit_id]

    @property
    def only_heir(self) -> UnitVersion | None:
        """The one unit that can be meant; ``None`` where a person must choose."""
        return self.heirs[0] if len(self.heirs) == 1 else None


def carry(unit_ids: Collection[int], on: date) -> dict[int, Carried]:
    """For each of these units, who carries its work on this day. Four statements, however many units."""
    ids = set(unit_ids)
    alive = {version.unit_id: version for version in UnitVersion.objects.as_of(on).filter(unit__in=ids)}
    ended = ids - alive.keys()
    heirs: dict[int, list[int]] = {}
    if ended:
        steps = _steps(on)
        there = set(UnitVersion.objects.as_of(on).filter(unit__in=_ends(steps)).values_list("unit", flat=True))
        heirs = {unit_id: list(dict.fromkeys(_walk(unit_id, steps, there))) for unit_id in ended}
    known = UnitVersion.objects.as_of(on).filter(unit__in={heir for line in heirs.values() for heir in line})
    alive |= {version.unit_id: version for version in known}
    names = _last_names(ended) if ended else {}
    return {
        unit_id: Carried(
            unit_id,
            names.get(unit_id) or alive[unit_id].name,
            tuple(alive[heir] for heir in heirs.get(unit_id, [unit_id])),
        )
        for unit_id in ids
    }


_Steps = dict[int, list[tuple[int, date]]]


def _steps(on: date) -> _Steps:
    """Who took over from whom, by the day; the whole table, which has a row for every reform of every unit."""
    rows = Succession.objects.filter(effective_date__lte=on, to_unit__isnull=False).exclude(to_unit=F("from_unit"))
    steps: _Steps = {}
    for giver, taker, day in rows.order_by("effective_date", "pk").values_list(
        "from_unit", "to_unit", "effective_date"
    ):
        if taker is not None:
            steps.setdefault(giver, []).append((taker, day))
    return steps


def _ends(steps: _Steps) -> set[int]:
    return {taker for line in steps.values() for taker, _day in line}


def _walk(unit_id: int, steps: _Steps, there: set[int]) -> Iterator[int]:
    """Along the successions until a unit that exists; a successor's own count from the day on which it took over."""
    seen = {unit_id}
    ways = [(unit_id, date.min)]
    while ways:
        giver, since = ways.pop(0)
        for taker, day in steps.get(giver, []):
            if day < since or taker in seen:
                continue
            seen.add(taker)
            if taker in there:
                yield taker
            else:
                ways.append((taker, day))


def _last_names(unit_ids: Collection[int]) -> dict[int, str]:
    rows = UnitVersion.objects.current().filter(unit__in=unit_ids).order_by("valid_from")
    return dict(rows.values_list("unit", "name"))
