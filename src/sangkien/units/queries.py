"""Questions about units, each on a date; each in the same number of statements however many units there are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import OuterRef, Subquery

from sangkien.units.models import Succession, SuccessionKind, Unit, UnitPath, UnitVersion, UnitVersionQuerySet, within


def subtree(unit: Unit, on: date) -> UnitVersionQuerySet:
    """The unit and all that stand under it on this day, as they are called on it."""
    below = UnitPath.objects.filter(within(on), ancestor=unit)
    return UnitVersion.objects.as_of(on).filter(unit__in=below.values("unit"))


def ancestors(unit: Unit, on: date) -> list[UnitVersion]:
    """Those above the unit on this day, the nearest first; without the unit. Two statements."""
    depths = dict(UnitPath.objects.filter(within(on), unit=unit, depth__gt=0).values_list("ancestor", "depth"))
    versions = UnitVersion.objects.as_of(on).filter(unit__in=depths)
    return sorted(versions, key=lambda version: depths[version.unit_id])


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a line of successions: ``from_id`` became ``to_id`` on a day."""

    from_id: int
    to_id: int
    kind: SuccessionKind
    effective_date: date
    whole: bool


def successors(unit: Unit, until: date | None = None) -> list[Step]:
    """What became of the unit, and of that, and so on, by date; only what had happened by ``until``. One statement."""
    return _steps(_SUCCESSORS, unit, until)


def predecessors(unit: Unit, until: date | None = None) -> list[Step]:
    """Out of what the unit came, and that, and so on, by date. One statement."""
    return _steps(_PREDECESSORS, unit, until)


# A successor's own successions count from the day on which it took over. UNION, not ALL: exchanged parts make circles.
_LINE = """
WITH RECURSIVE line AS (
    SELECT s.* FROM units_succession s WHERE s.{near} = %s AND s.to_unit_id <> s.from_unit_id
  UNION
    SELECT s.* FROM units_succession s
    JOIN line ON s.{near} = line.{far} AND s.effective_date {later} line.effective_date
    WHERE s.to_unit_id <> s.from_unit_id
) SELECT * FROM line ORDER BY effective_date, id
"""
_SUCCESSORS = _LINE.format(near="from_unit_id", far="to_unit_id", later=">=")
_PREDECESSORS = _LINE.format(near="to_unit_id", far="from_unit_id", later="<=")


def _steps(sql: str, unit: Unit, until: date | None) -> list[Step]:
    return [
        Step(row.from_unit_id, row.to_unit_id or 0, SuccessionKind(row.kind), row.effective_date, row.whole)
        for row in Succession.objects.raw(sql, [unit.pk])
        if until is None or row.effective_date <= until
    ]


_HEIRS = """
WITH RECURSIVE line (origin, unit, since) AS (
    SELECT s.from_unit_id, s.to_unit_id, s.effective_date FROM units_succession s
    WHERE s.from_unit_id IN ({units}) AND s.to_unit_id <> s.from_unit_id
  UNION
    SELECT line.origin, s.to_unit_id, s.effective_date FROM units_succession s
    JOIN line ON s.from_unit_id = line.unit AND s.effective_date >= line.since
    WHERE s.to_unit_id <> s.from_unit_id
) SELECT DISTINCT origin, unit FROM line
"""


def heirs(unit_ids: Collection[int]) -> dict[int, set[int]]:
    """Unit → its successors, and theirs, whenever that was; without itself. One statement, none for no units."""
    after: dict[int, set[int]] = {}
    if not unit_ids:
        return after
    ids = list(unit_ids)
    with connection.cursor() as cursor:
        cursor.execute(_HEIRS.format(units=", ".join(["%s"] * len(ids))), ids)
        for origin, unit_id in cursor.fetchall():
            if unit_id != origin:
                after.setdefault(origin, set()).add(unit_id)
    return after


def conflict_set(unit: Unit, on: date) -> frozenset[int]:
    """Ids of the unit, its predecessors and its successors up to this day: none of them judges its work.

    Not its ancestors, or the committee could not decide at all (domain, 7.2). One statement.
    """
    return conflict_sets([unit.pk], on)[unit.pk]


def conflict_sets(unit_ids: Collection[int], on: date) -> dict[int, frozenset[int]]:
    """``conflict_set`` of each of many units, by id. One statement, however many; none for none."""
    sets = {each: {each} for each in unit_ids}
    if not sets:
        return {}
    roots = ", ".join(["%s"] * len(sets))
    with connection.cursor() as cursor:
        cursor.execute(_CONFLICTS.format(roots=roots), [*sets, on, on, *sets, on, on])
        for root, unit in cursor.fetchall():
            sets[root].add(unit)
    return {root: frozenset(units) for root, units in sets.items()}


# As ``_LINE``, from many roots at once; each row names the root from which it was reached.
_CONFLICTS = """
WITH RECURSIVE heirs (root, unit, day) AS (
    SELECT s.from_unit_id, s.to_unit_id, s.effective_date FROM units_succession s
    WHERE s.from_unit_id IN ({roots}) AND s.to_unit_id <> s.from_unit_id AND s.effective_date <= %s
  UNION
    SELECT heirs.root, s.to_unit_id, s.effective_date FROM units_succession s
    JOIN heirs ON s.from_unit_id = heirs.unit AND s.effective_date >= heirs.day
    WHERE s.to_unit_id <> s.from_unit_id AND s.effective_date <= %s
), origins (root, unit, day) AS (
    SELECT s.to_unit_id, s.from_unit_id, s.effective_date FROM units_succession s
    WHERE s.to_unit_id IN ({roots}) AND s.to_unit_id <> s.from_unit_id AND s.effective_date <= %s
  UNION
    SELECT origins.root, s.from_unit_id, s.effective_date FROM units_succession s
    JOIN origins ON s.to_unit_id = origins.unit AND s.effective_date <= origins.day
    WHERE s.to_unit_id <> s.from_unit_id AND s.effective_date <= %s
) SELECT root, unit FROM heirs UNION SELECT root, unit FROM origins
"""


def names_on(unit_ids: Collection[int], on: date) -> dict[int, str]:
    """What these units are called on this day, for those that exist. One statement."""
    return dict(UnitVersion.objects.as_of(on).filter(unit__in=unit_ids).values_list("unit", "name"))


def nearest(versions: Sequence[UnitVersion], on: date) -> UnitVersion:
    """Of the versions of a unit, by day, that of this day; outside its life, the one at the nearer end."""
    return next((version for version in reversed(versions) if version.valid_from <= on), versions[0])


def name_then(unit: str, on: date) -> Subquery:
    """To annotate rows: what the unit to which their ``unit`` leads is called on this day; null if it is not there."""
    return Subquery(UnitVersion.objects.as_of(on).filter(unit=OuterRef(unit)).values("name")[:1])


def is_valid(version: UnitVersion, on: date) -> bool:
    """Whether the version is the one of this day."""
    return version.valid_from <= on and (version.valid_to is None or on < version.valid_to)
