"""The list of units on a day: as a tree where it fits on a page, else level by level; and flat when searched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Count, F, Q
from django.db.models.functions import Collate

from sangkien.backoffice.reach import Reach
from sangkien.units.models import Kind, Unit, UnitVersion, UnitVersionQuerySet
from sangkien.units.queries import names_on, subtree
from sangkien.vietnamese import unit_key

A_PAGE: Final = 100
LARGEST_TREE: Final = 300  # units; a district or a province's offices fit, the communes of a large city do not
COUNTED: Final = 1_000
DEEPEST: Final = 4  # steps to the right; what lies deeper stands there too


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: search words, kind, day, the unit under which to look, and after which to go on."""

    on: date
    words: str = ""
    kind: str = ""
    under: Unit | None = None
    after: Unit | None = None

    @property
    def is_search(self) -> bool:
        return bool(self.words or self.kind)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line: ``depth`` steps to the right, ``above`` the parent's name, ``below`` how many stand right under it."""

    version: UnitVersion
    above: str
    below: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class UnitList:
    """``count`` stops at ``COUNTED`` + 1. ``after`` is the last unit shown when there are more."""

    rows: list[Listed]
    count: int
    is_tree: bool = False
    after: Unit | None = None
    kinds: list[Kind] = field(default_factory=list)


def list_units(reach: Reach, asked: Asked) -> UnitList:
    """The same number of statements for one unit and for ten thousand, in each of the two ways."""
    here = reach.as_of(asked.on)
    if asked.under is not None:
        here = here.filter(unit__in=subtree(asked.under, asked.on).values("unit")).exclude(unit=asked.under)
    kinds = _kinds(here)
    matching = _matching(here, asked)
    count = matching[: COUNTED + 1].count()
    if not asked.is_search and count <= LARGEST_TREE:
        return UnitList(_tree(list(matching.by_name().select_related("unit"))), count, is_tree=True, kinds=kinds)
    shown = matching if asked.is_search else _top(matching, reach, asked)
    versions = list(_after(shown, asked).by_name().select_related("unit")[: A_PAGE + 1])
    more = len(versions) > A_PAGE
    versions = versions[:A_PAGE]
    return UnitList(
        _with_names(versions, asked.on), count, after=versions[-1].unit if more else None, kinds=kinds
    )  # fmt: skip


def _kinds(here: UnitVersionQuerySet) -> list[Kind]:
    there = set(here.order_by().values_list("kind", flat=True).distinct())
    return [kind for kind in Kind if kind.value in there]


def _matching(here: UnitVersionQuerySet, asked: Asked) -> UnitVersionQuerySet:
    if asked.words:
        key = unit_key(asked.words)
        here = here.filter(Q(name_folded__contains=key) | Q(code=asked.words)) if key else here.none()
    return here.filter(kind=asked.kind) if asked.kind else here


def _top(here: UnitVersionQuerySet, reach: Reach, asked: Asked) -> UnitVersionQuerySet:
    """The level to begin with: right under the unit asked for, else where the reach begins."""
    if asked.under is not None:
        return here.filter(parent=asked.under)
    return here.filter(parent__isnull=True) if reach.everything else here.filter(unit__in=reach.above)


def _after(here: UnitVersionQuerySet, asked: Asked) -> UnitVersionQuerySet:
    if asked.after is None:
        return here
    last = UnitVersion.objects.as_of(asked.on).filter(unit=asked.after).first()
    if last is None:
        return here
    plain = Collate("name_sort", "C") if connection.vendor == "postgresql" else F("name_sort")
    later = Q(_key__gt=last.name_sort) | Q(_key=last.name_sort, unit_id__gt=last.unit_id)
    return here.alias(_key=plain).filter(later)


def _with_names(versions: Sequence[UnitVersion], on: date) -> list[Listed]:
    above = names_on({version.parent_id for version in versions if version.parent_id}, on)
    under = UnitVersion.objects.as_of(on).filter(parent__in=[version.unit_id for version in versions])
    below = dict(under.order_by().values_list("parent").annotate(count=Count("pk")))
    return [
        Listed(version, above.get(version.parent_id or 0, ""), below.get(version.unit_id, 0)) for version in versions
    ]


def _tree(versions: Sequence[UnitVersion]) -> list[Listed]:
    """Parents before their children, each level in Vietnamese order."""
    names = {version.unit_id: version.name for version in versions}
    children: dict[int | None, list[UnitVersion]] = {}
    for version in versions:
        children.setdefault(version.parent_id if version.parent_id in names else None, []).append(version)
    rows: list[Listed] = []

    def walk(level: Iterable[UnitVersion], depth: int) -> None:
        for version in level:
            below = children.get(version.unit_id, [])
            rows.append(Listed(version, names.get(version.parent_id or 0, ""), len(below), min(depth, DEEPEST)))
            walk(below, depth + 1)

    walk(children.get(None, []), 0)
    return rows
