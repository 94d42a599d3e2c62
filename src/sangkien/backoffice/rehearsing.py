"""What an act on units will touch, told before it is done: the act itself is done and undone, so nothing is guessed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sangkien.units.changing import changing
from sangkien.units.models import Succession, Unit, UnitVersion
from sangkien.units.queries import names_on, subtree

_FACTS: Final[dict[str, str | Promise]] = {
    "name": _("Tên"),
    "kind": _("Loại"),
    "level": _("Cấp"),
    "parent_id": _("Trực thuộc"),
    "code": _("Mã"),
    "e_id": _("Mã định danh"),
    "signing_regime": _("Chế độ ký"),
    "valid_from": _("Từ ngày"),
}
_MOST_SHOWN: Final = 50


class _Undo(Exception):
    """Ends the rehearsal; carries what was seen."""


@dataclass(frozen=True, slots=True)
class Altered:
    """One fact of a unit that becomes another."""

    unit_name: str
    fact: str
    was: str
    becomes: str


@dataclass(slots=True)
class Touched:
    """What an act would do. ``moved`` counts the units that stand under one that gets another parent."""

    begins: list[UnitVersion] = field(default_factory=list)
    ends: list[UnitVersion] = field(default_factory=list)
    altered: list[Altered] = field(default_factory=list)
    taken_over: list[str] = field(default_factory=list)
    moved: int = 0

    @property
    def ended_units(self) -> list[Unit]:
        return [version.unit for version in self.ends]


def rehearse(act: Callable[[], object]) -> Touched:
    """Raises what the act raises. The rows are as before when this returns."""
    seen = Touched()
    try:
        with changing():
            before = _marks()
            act()
            _look(seen, *before)
            raise _Undo
    except _Undo:
        return seen


def _marks() -> tuple[int, int]:
    return (
        UnitVersion.objects.aggregate(last=Max("pk"))["last"] or 0,
        Succession.objects.aggregate(last=Max("pk"))["last"] or 0,
    )


def _look(seen: Touched, last_version: int, last_succession: int) -> None:
    new = list(UnitVersion.objects.current().filter(pk__gt=last_version).select_related("unit").order_by("pk"))
    old = _replaced([version.unit_id for version in new], last_version)
    steps = list(
        Succession.objects.filter(pk__gt=last_succession).select_related("from_unit", "to_unit").order_by("pk")
    )
    for version in new[:_MOST_SHOWN]:
        if version.unit_id in old:
            seen.altered += _compare(old[version.unit_id], version)
            if old[version.unit_id].parent_id != version.parent_id:
                seen.moved += subtree(version.unit, version.valid_from).count() - 1
        else:
            seen.begins.append(version)
    seen.ends = _ended({step.from_unit_id for step in steps})
    seen.taken_over = _told(step for step in steps if step.to_unit_id not in (None, step.from_unit_id))


def _replaced(unit_ids: Iterable[int], last: int) -> dict[int, UnitVersion]:
    """The version that each unit had before: the latest of those that stood there already."""
    there = UnitVersion.objects.filter(unit__in=list(unit_ids), pk__lte=last).order_by("valid_from", "pk")
    return {version.unit_id: version for version in there}


def _compare(old: UnitVersion, new: UnitVersion) -> list[Altered]:
    return [
        Altered(new.name, str(label), _shown(old, fact), _shown(new, fact))
        for fact, label in _FACTS.items()
        if getattr(old, fact) != getattr(new, fact)
    ]


def _shown(version: UnitVersion, fact: str) -> str:
    if fact == "parent_id":
        above = version.parent.on(version.valid_from) if version.parent else None
        return above.name if above else "–"
    value = getattr(version, fact)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    display = getattr(version, f"get_{fact}_display", None)
    return str(display() if display else value) or "–"


def _ended(unit_ids: Iterable[int]) -> list[UnitVersion]:
    rows = UnitVersion.objects.current().filter(unit__in=list(unit_ids)).select_related("unit").order_by("valid_from")
    last = {version.unit_id: version for version in rows}
    return [version for version in last.values() if version.valid_to is not None]


def _told(steps: Iterable[Succession]) -> list[str]:
    """ "Phường 4 → Phường Bàn Cờ (một phần)"."""
    rows = [step for step in steps if step.to_unit is not None]
    ids = {each for step in rows for each in (step.from_unit_id, step.to_unit_id or 0)}
    names = {
        version.unit_id: version.name
        for version in UnitVersion.objects.current().filter(unit__in=ids).order_by("valid_from")
    }
    for step in rows:
        names |= names_on([step.to_unit_id or 0], step.effective_date)
    whole, part = _("toàn bộ"), _("một phần")
    return [
        f"{names[step.from_unit_id]} → {names[step.to_unit_id or 0]} ({whole if step.whole else part})" for step in rows
    ]
