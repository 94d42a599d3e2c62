"""From what was read to what a draft is begun with, once a person has looked at it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from sangkien.campaigns.actions.common import Facts
from sangkien.campaigns.actions.parts import NewBasis
from sangkien.campaigns.plan_file.model import Found, PlanReading
from sangkien.units.models import UnitVersion
from sangkien.vietnamese import unit_key

_Read = TypeVar("_Read")
_Default = TypeVar("_Default")
# In a key: the place that a plan adds to the name of an office ("Phòng Nội vụ quận", "Văn phòng UBND huyện").
_PLACE: Final = re.compile(r"\b(?:quan|huyen|phuong|xa|thi xa|thanh pho|tinh|dac khu)\b.*$")


def facts_from(reading: PlanReading, default: Facts) -> Facts:
    """The default with everything that was read in its place."""
    return replace(
        default,
        title=_or(reading.title, default.title),
        year=_or(reading.year, default.year),
        opens_date=_or(reading.opens_date, default.opens_date),
        closes_date=_or(reading.closes_date, default.closes_date),
        closes_time=_or(reading.closes_time, default.closes_time),
    )


def _or(found: Found[_Read] | None, default: _Default) -> _Read | _Default:
    return default if found is None else found.value


def bases_from(reading: PlanReading) -> list[NewBasis]:
    """The legal bases as printed."""
    return [NewBasis(found.value) for found in reading.bases]


def offices_from(reading: PlanReading, departments: Sequence[UnitVersion]) -> dict[str, list[UnitVersion]]:
    """Code of a field → the departments that may be meant; one where it is clear, none or several for a person."""
    held: dict[str, list[UnitVersion]] = {}
    for owner in reading.owners:
        wanted = _bare(owner.office)
        found = [each for each in departments if _bare(each.name) == wanted]
        for code in owner.fields:
            held.setdefault(code, []).extend(each for each in found if each not in held.get(code, ()))
    return held


def _bare(name: str) -> str:
    """The key of a name without the place behind it."""
    key = unit_key(name)
    return _PLACE.sub("", key).strip() or key
