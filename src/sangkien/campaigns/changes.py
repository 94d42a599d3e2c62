"""The changes of amendments in words: what was, what is."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.campaigns.models import Amendment, Campaign, CriteriaSet
from sangkien.units.models import UnitVersion

_LABELS: Final = {
    "title": gettext_lazy("Tên kế hoạch"),
    "opens_date": gettext_lazy("Nhận báo cáo từ ngày"),
    "opens_time": gettext_lazy("Từ giờ"),
    "closes_date": gettext_lazy("Đến hết ngày"),
    "closes_time": gettext_lazy("Đến giờ"),
    "upper_deadline": gettext_lazy("Hạn gửi cấp trên"),
    "budget_source": gettext_lazy("Nguồn kinh phí"),
    "lead_unit": gettext_lazy("Đơn vị đầu mối"),
    "participants": gettext_lazy("Đơn vị thêm vào"),
    "criteria": gettext_lazy("Bộ tiêu chí"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One fact in both versions."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ShownAmendment:
    """An amendment with its changes in words."""

    amendment: Amendment
    changes: tuple[Changed, ...]


def shown_changes(rows: Sequence[Amendment], on: date) -> list[ShownAmendment]:
    """Four statements, however many amendments there are."""
    if not rows:
        return []
    told = [json.loads(row.changes) for row in rows]
    names = _unit_names({uid for changes in told for uid in _unit_uids(changes)}, on)
    things = _things(rows[0].campaign)
    sets = dict(CriteriaSet.objects.filter(campaign=rows[0].campaign_id).values_list("version", "name"))
    return [
        ShownAmendment(row, tuple(_changed(fact, each, names, things, sets) for fact, each in changes.items()))
        for row, changes in zip(rows, told, strict=True)
    ]


def _changed(
    fact: str, each: dict[str, Any], names: dict[str, str], things: dict[str, str], sets: dict[int, str]
) -> Changed:
    if fact.startswith("owners of "):
        label = _("Phụ trách “%s”") % things.get(fact.removeprefix("owners of "), "")
    else:
        label = str(_LABELS.get(fact, fact))
    return Changed(label, _words(each["old"], names, sets), _words(each["new"], names, sets))


def _words(value: Any, names: dict[str, str], sets: dict[int, str]) -> str:
    match value:
        case None | "":
            return _("không có")
        case []:
            return _("chưa có")
        case list():
            return ", ".join(names.get(str(each), str(each)) for each in value)
        case {"version": version}:
            return sets.get(version, str(version))
        case str() if _day(value):
            return _day(value)
    return str(value)


def _day(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text), "d/m/Y")
    except ValueError:
        return ""


def _unit_uids(changes: dict[str, Any]) -> Iterable[str]:
    for each in changes.values():
        for side in (each["old"], each["new"]):
            if isinstance(side, list):
                yield from side


def _unit_names(uids: set[str], on: date) -> dict[str, str]:
    """What these units are called today, or were last."""
    rows = UnitVersion.objects.current().filter(unit__uid__in=uids, valid_from__lte=on).order_by("valid_from")
    return {str(uid): name for uid, name in rows.values_list("unit__uid", "name")}


def _things(campaign: Campaign) -> dict[str, str]:
    fields = {f"field {code}": name for code, name in campaign.fields.values_list("code", "name_as_printed")}
    return fields | {f"sector {code}": name for code, name in campaign.sectors.values_list("code", "name")}
