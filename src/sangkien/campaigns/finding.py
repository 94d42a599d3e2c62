"""Offices by the names that a plan gives them, and the units of the kinds that it asks."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from sangkien.campaigns.presets.shape import OfficePreset
from sangkien.units.models import Kind, Unit, UnitVersion
from sangkien.vietnamese import unit_key


def offices_under(organiser: Unit, on: date) -> list[UnitVersion]:
    """The departments of the unit that issues the plan, in Vietnamese order. One statement."""
    departments = UnitVersion.objects.as_of(on).filter(parent=organiser, kind=Kind.DEPARTMENT)
    return list(departments.by_name())


def named(office: OfficePreset, versions: Iterable[UnitVersion]) -> list[UnitVersion]:
    """Those that may be meant: called so exactly, else beginning so ("Văn phòng UBND" of "Quận 3")."""
    exact = unit_key(office.name)
    same = [version for version in versions if version.name_folded == exact]
    return same or [version for version in versions if _begins(version.name_folded, office.keys)]


def _begins(key: str, beginnings: Sequence[str]) -> bool:
    return any(key == each or key.startswith(each + " ") for each in beginnings)


def asked(organiser: Unit, kinds: Sequence[Kind], on: date) -> list[UnitVersion]:
    """The units of these kinds right under the organiser or under one of its departments, kind by kind, then by name.

    Not those under another committee: a district does not ask the schools of its wards' own. One statement.
    """
    departments = UnitVersion.objects.as_of(on).filter(parent=organiser, kind=Kind.DEPARTMENT)
    here = Q(parent=organiser) | Q(parent__in=departments.values("unit"))
    found = UnitVersion.objects.as_of(on).filter(here, kind__in=kinds).by_name()
    rank = {kind: place for place, kind in enumerate(kinds)}
    return sorted(found, key=lambda version: rank[Kind(version.kind)])
