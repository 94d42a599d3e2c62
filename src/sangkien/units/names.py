"""Which unit a written name means on a day. A name proposes; where it leaves a doubt, a person decides."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sangkien.units.models import Unit, UnitPath, UnitVersion, within
from sangkien.units.queries import is_valid
from sangkien.vietnamese import unit_key

_MOST_CANDIDATES = 50
# In a key, where the name of a place begins: "phuong 1 quan 3 tphcm".
_PLACE = re.compile(r" (?:thuoc )?(?=(?:phuong|xa|quan|huyen|thi xa|thanh pho|tinh|tphcm)\b)")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What a written name may mean on a day.

    ``unit`` is set only where exactly one unit is called so; otherwise a person chooses among ``candidates`` (called so
    on the day) or ``former`` (called so on another day only).
    """

    unit: UnitVersion | None
    candidates: tuple[UnitVersion, ...]
    former: tuple[UnitVersion, ...]


def find_by_name(text: str, on: date, *, under: Unit | None = None) -> NameMatch:
    """Which unit a person means who writes "P.4", "UBND phường 04", "phuong 4" or "Phường 4, Quận 3".

    ``under`` looks only at the unit's subtree on the day. Never a guess: ten wards may be called "Phường 1".
    """
    return find_by_names([text], on, under=under)[text]


def find_by_names(texts: Collection[str], on: date, *, under: Unit | None = None) -> dict[str, NameMatch]:
    """``find_by_name`` for many names, in the same two statements (three with ``under``)."""
    ways = {text: _ways(unit_key(text)) for text in texts}
    named = _by_key({name for way in ways.values() for name, _places in way}, under)
    now = [version for versions in named.values() for version in versions if is_valid(version, on)]
    above = _names_above(now, on)
    if under is not None:
        there = set(UnitPath.objects.filter(within(on), ancestor=under).values_list("unit", flat=True))
        now = [version for version in now if version.unit_id in there]
    now_ids = {version.pk for version in now}
    return {text: _match(way, named, now_ids, above) for text, way in ways.items()}


def _ways(key: str) -> list[tuple[str, list[str]]]:
    """The ways to read a key: all of it a name, then a name and the places in which the unit lies, nearest first."""
    cuts = [found.start() for found in _PLACE.finditer(key)]
    return [(key, []), *((key[:cut], _PLACE.split(key[cut:])[1:]) for cut in reversed(cuts))]


def _by_key(keys: Collection[str], under: Unit | None) -> dict[str, list[UnitVersion]]:
    """All versions with these keys, the latest of each unit first."""
    named = UnitVersion.objects.current().filter(name_folded__in=keys).order_by("unit_id", "-valid_from")
    if under is not None:
        named = named.filter(unit__in=UnitPath.objects.filter(ancestor=under).values("unit"))
    found: dict[str, list[UnitVersion]] = {}
    for version in named:
        found.setdefault(version.name_folded, []).append(version)
    return found


def _names_above(versions: Iterable[UnitVersion], on: date) -> dict[int, set[str]]:
    """Unit → the keys of all its ancestors' names on the day."""
    paths = UnitPath.objects.filter(within(on), unit__in=[version.unit_id for version in versions], depth__gt=0)
    valid = within(on, "ancestor__versions__")
    above: dict[int, set[str]] = {}
    rows = paths.filter(valid, ancestor__versions__superseded_at__isnull=True)
    for unit_id, key in rows.values_list("unit", "ancestor__versions__name_folded"):
        above.setdefault(unit_id, set()).add(key)
    return above


def _match(
    ways: list[tuple[str, list[str]]],
    named: dict[str, list[UnitVersion]],
    now_ids: set[int],
    above: dict[int, set[str]],
) -> NameMatch:
    """The first way that some unit fits; where none does, those of the name without its place, as a choice."""
    loose: tuple[UnitVersion, ...] = ()
    former: tuple[UnitVersion, ...] = ()
    for name, places in ways:
        versions = named.get(name, [])
        now = [version for version in versions if version.pk in now_ids]
        fit = [version for version in now if _lies_in(places, above.get(version.unit_id, set()))]
        if fit:
            there = {version.unit_id for version in now}
            others = (version for version in versions if version.unit_id not in there)
            return NameMatch(fit[0] if len(fit) == 1 else None, _few(fit), _few(others))
        loose = loose or _few(now)
        former = former or _few(versions)
    return NameMatch(None, loose, () if loose else former)


def _lies_in(places: list[str], above: set[str]) -> bool:
    """The nearest place must be an ancestor; farther ones too, where so many ancestors are known at all."""
    return not places or (places[0] in above and (len(above) < len(places) or above.issuperset(places)))


def _few(versions: Iterable[UnitVersion]) -> tuple[UnitVersion, ...]:
    return tuple(versions)[:_MOST_CANDIDATES]
