"""Whom the plan asks: the list in its order, more by ticking or by pasting names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from sangkien.campaigns.finding import asked
from sangkien.campaigns.models import Campaign
from sangkien.units.models import Kind, Unit, UnitVersion
from sangkien.units.queries import subtree
from sangkien.vietnamese import clean, unit_key

_BULLET: Final = re.compile(r"^\s*(?:\d{1,4}\s*[.)\t]|[-•*+])\s*")
_MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A unit of the list as the page shows it."""

    unit: Unit
    name: str
    position: int
    rank: int
    bonus: bool
    leaves: bool = False


class ParticipantsForm:
    """Reads ``thu-tu-<id>``, ``diem-<id>``, ``bo-<id>`` of the list, ``them`` and ``dan``; no script needed."""

    template = "campaigns/parts/doi-tuong_form.html"

    def __init__(self, campaign: Campaign, on: date, data: QueryDict | None = None) -> None:
        self._campaign, self._on, self._data = campaign, on, data
        self.errors: list[str] = []
        self.lines = list(self._lines())
        there = {line.unit.pk for line in self.lines}
        choosable = asked(campaign.organiser, list(Kind), on)
        self._choosable = [each for each in choosable if each.unit_id not in there]
        self.ticked = {int(each) for each in data.getlist("them") if each.isdecimal()} if data else set()
        self.pasted = clean(data.get("dan", ""))[:100_000] if data else ""

    def by_kind(self) -> list[tuple[str, list[UnitVersion]]]:
        """The units that are not in the list, by what they are."""
        return [(str(Kind(kind).label), list(each)) for kind, each in groupby(self._choosable, lambda each: each.kind)]

    def is_valid(self) -> bool:
        """Whether every pasted name means one unit."""
        self._named, unknown, doubtful = _meant(self.pasted, self._campaign, self._on)
        if unknown:
            self.errors.append(
                _("Chưa có đơn vị nào tên: %s. Bạn xem lại cách ghi, hoặc thêm đơn vị trước.") % _listed(unknown)
            )
        if doubtful:
            self.errors.append(_("Tên này chỉ nhiều đơn vị: %s. Bạn đánh dấu ở danh sách.") % _listed(doubtful))
        return not self.errors

    @property
    def chosen(self) -> tuple[list[Unit], set[Unit]]:
        """The units in their new order, and those that may get bonus points."""
        stay = sorted((line for line in self.lines if not line.leaves), key=lambda line: line.rank)
        found = Unit.objects.in_bulk([each.unit_id for each in self._choosable if each.unit_id in self.ticked])
        ticked = [found[each.unit_id] for each in self._choosable if each.unit_id in found]
        units = list(dict.fromkeys([*(line.unit for line in stay), *ticked, *self._named]))
        kinds = {each.unit_id: Kind(each.kind) for each in self._choosable}
        bonus = {line.unit for line in stay if line.bonus}
        committees = Kind.of_communes()
        return units, bonus | {unit for unit in units if kinds.get(unit.pk) in committees and self._has_bonus}

    @property
    def _has_bonus(self) -> bool:
        return any(line.bonus for line in self.lines)

    def _lines(self) -> Iterable[Line]:
        rows = self._campaign.participants.select_related("unit", "unit_version").order_by("position")
        for row in rows:
            if self._data is None:
                yield Line(row.unit, row.unit_version.name, row.position, row.position, row.bonus_eligible)
            else:
                yield self._told(row.unit, row.unit_version.name, row.position, self._data)

    @staticmethod
    def _told(unit: Unit, name: str, position: int, data: Mapping[str, str]) -> Line:
        place = data.get(f"thu-tu-{unit.pk}", "").strip()
        given = int(place) if place.isdecimal() and len(place) < 7 else position
        # A row that moves to 3 stands before the one that was there, a row that moves down behind it.
        rank = given * 2 + (1 if given > position else -1 if given < position else 0)
        return Line(unit, name, given, rank, f"diem-{unit.pk}" in data, f"bo-{unit.pk}" in data)


def _meant(pasted: str, campaign: Campaign, on: date) -> tuple[list[Unit], list[str], list[str]]:
    """The units of the pasted names, the names that no unit has, and those that several have. One statement."""
    names = [name for line in pasted.splitlines() if (name := _BULLET.sub("", line.split("\t")[0]).strip())]
    keys = {name: unit_key(name) for name in dict.fromkeys(names)}
    if not keys:
        return [], [], []
    under = subtree(campaign.organiser, on).exclude(unit=campaign.organiser_id)
    by_key: dict[str, list[Unit]] = {}
    for version in under.filter(name_folded__in=set(keys.values())).select_related("unit"):
        by_key.setdefault(version.name_folded, []).append(version.unit)
    found = {name: by_key.get(key, []) for name, key in keys.items()}
    return (
        [units[0] for units in found.values() if len(units) == 1],
        [name for name, units in found.items() if not units],
        [name for name, units in found.items() if len(units) > 1],
    )


def _listed(names: list[str]) -> str:
    shown = "; ".join(f"“{name[:80]}”" for name in names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return shown if more <= 0 else _("%(names)s và %(n)d tên nữa") % {"names": shown, "n": more}
