"""The figures of a version as rows for people: of a draft from its rows, of a frozen one from what was frozen."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format

from sangkien.initiatives.models import Figure, Revision


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A figure before and after, as people write numbers and days."""

    what: str
    unit_of_measure: str
    before: str
    after: str
    since: str


def figures_of(revision: Revision) -> list[FigureShown]:
    """In their order. One statement for a draft, none for a frozen version."""
    if revision.is_frozen:
        return [_frozen(each) for each in json.loads(revision.facts or "{}").get("figures", [])]
    return [
        FigureShown(each.what, each.unit_of_measure, number(each.before), number(each.after), _since(each.since))
        for each in Figure.objects.filter(revision=revision).order_by("position")
    ]


def _frozen(told: Sequence[Any]) -> FigureShown:
    what, unit_of_measure, before, after, since = told
    return FigureShown(
        what, unit_of_measure, number(before and Decimal(before)), number(after and Decimal(after)),
        _since(date.fromisoformat(since) if since else None),
    )  # fmt: skip


def number(value: Decimal | None) -> str:
    """1284.5 → "1.284,5"; empty for none."""
    if value is None:
        return ""
    whole, _point, part = f"{value:,f}".partition(".")
    part = part.rstrip("0")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def _since(on: date | None) -> str:
    return date_format(on, "d/m/Y") if on else ""
