"""A score sheet as a page shows it and as a form gives it back: ``campaigns/sheet/fields.html`` shows it.

For each criterion the form has ``mark-<code>``, ``comment-<code>``, ``missing-<code>`` (why there is no mark) and,
where a band is chosen first, ``band-<code>`` (the number of the band, from 1).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _

from sangkien.campaigns.models import InputKind
from sangkien.campaigns.presets.shape import CriteriaPreset, CriterionPreset
from sangkien.campaigns.scoring_rule import criterion_of
from sangkien.scoring.checking.marks import mark_problem
from sangkien.scoring.wording import points
from sangkien.vietnamese import clean

LONGEST_COMMENT: Final = 5000
_NUMBER: Final = re.compile(r"\d{1,5}(?:[.,]\d{1,4})?")
_WIDEST_ROW: Final = 6  # more levels, or longer words, stand one below the other
_LONGEST_WORD: Final = 14


@dataclass(frozen=True, slots=True)
class Option:
    """A level, a band, or yes and no. ``value``: what the form sends; ``range`` is empty where it says nothing."""

    value: str
    label: str
    range: str
    low: str
    high: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SheetField:
    """One criterion on a sheet; ``value`` as it was typed or kept, ``error`` what is wrong with it."""

    criterion: CriterionPreset
    value: str = ""
    band: str = ""
    comment: str = ""
    error: str = ""
    missing: str = ""

    @property
    def code(self) -> str:
        return self.criterion.code

    @property
    def is_typed(self) -> bool:
        """Whether the mark is a number that is typed."""
        return self.criterion.kind in (InputKind.NUMBER, InputKind.BANDED)

    @property
    def is_banded(self) -> bool:
        return self.criterion.kind == InputKind.BANDED

    @property
    def most(self) -> str:
        """The most points that it gives, on the scale of the score; empty for yes and no."""
        if self.criterion.kind == InputKind.YES_NO:
            return ""
        return points(self.criterion.max * self.criterion.weight)

    @property
    def rest(self) -> str:
        """What the number may be: "0 đến 15, bước 0,5"."""
        told = {
            "min": points(self.criterion.min),
            "max": points(self.criterion.max),
            "step": points(self.criterion.step),
        }
        return _("%(min)s đến %(max)s, bước %(step)s") % told

    @property
    def comment_below(self) -> str:
        """Under which mark a comment is needed; empty where it never is."""
        return "" if self.criterion.comment_below is None else points(self.criterion.comment_below)

    @property
    def knock_out_below(self) -> str:
        """Under which mark the entry fails; empty where no mark does, and for yes and no, which says so itself."""
        below = self.criterion.knock_out_below
        return "" if below is None or self.criterion.kind == InputKind.YES_NO else points(below)

    @property
    def options(self) -> list[Option]:
        """What is chosen among."""
        criterion = self.criterion
        if criterion.kind == InputKind.YES_NO:
            told = (("0", _("Không đạt")), ("1", _("Đạt")))
            return [Option(value, label, "", value, value, self.value == value) for value, label in told]
        if criterion.kind == InputKind.LEVELS:
            levels = [(points(each.low), each.label) for each in criterion.choices]
            return [Option(value, label, value, value, value, self.value == value) for value, label in levels]
        return [
            Option(
                str(number), each.label, f"{points(each.low)}–{points(each.high)}", points(each.low),
                points(each.high), self.band == str(number),
            )
            for number, each in enumerate(criterion.choices, start=1)
        ]  # fmt: skip

    @property
    def is_long(self) -> bool:
        """Whether the options need a line each."""
        words = (word for option in self.options for word in option.label.split())
        return (
            len(self.options) > _WIDEST_ROW
            or any(len(option.label) > 2 * _LONGEST_WORD for option in self.options)
            or any(len(word) > _LONGEST_WORD for word in words)
        )


@dataclass(frozen=True, slots=True)
class SheetGroup:
    """The criteria that stand together; no name where the set has no groups."""

    name: str
    weight: str
    fields: list[SheetField]


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form gave. ``marks``: code to mark, ``None`` where it was left open; ``errors``: code to a sentence.

    ``missing``: why a mark is left open. ``typed`` and ``bands``: as they came, to be shown again.
    """

    marks: dict[str, Decimal | None] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    bands: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


def kept(
    shape: CriteriaPreset,
    marks: Mapping[str, Decimal | None],
    comments: Mapping[str, str],
    missing: Mapping[str, str] | None = None,
) -> Filled:
    """What rows kept, as if a form had given it."""
    typed = {code: points(mark) for code, mark in marks.items() if mark is not None}
    bands = {
        each.code: _band_of(each, mark)
        for each in shape.criteria
        if (mark := marks.get(each.code)) is not None and each.kind == InputKind.BANDED
    }
    return Filled(dict(marks), dict(comments), {}, typed, bands, dict(missing or {}))


def read(shape: CriteriaPreset, data: Mapping[str, str], *, whole: bool) -> Filled:
    """What a form gave for these criteria; other names in it are nothing to us.

    ``whole``: a mark that is missing, and a comment that is needed, are errors; else the sheet is on its way.
    """
    filled = Filled()
    for each in shape.criteria:
        code = each.code
        typed = filled.typed[code] = str(data.get(f"mark-{code}", "")).strip()[:20]
        band = filled.bands[code] = str(data.get(f"band-{code}", "")).strip()[:3]
        comment = filled.comments[code] = _comment(str(data.get(f"comment-{code}", "")))
        why = filled.missing[code] = _comment(str(data.get(f"missing-{code}", "")))
        mark = filled.marks[code] = _number(typed)
        error = _mark_error(each, typed, mark, band, whole=whole and not why)
        if not error and whole and needs_comment(each, mark) and not comment:
            below = points(each.comment_below or Decimal(0))
            error = _("Dưới %s cần có nhận xét. Bạn ghi vì sao.") % below
        if error:
            filled.errors[code] = error
    return filled


def needs_comment(criterion: CriterionPreset, mark: Decimal | None) -> bool:
    """Whether this mark says too little by itself."""
    return mark is not None and criterion.comment_below is not None and mark < criterion.comment_below


def sheet_groups(shape: CriteriaPreset, filled: Filled) -> list[SheetGroup]:
    """The criteria with what was given, group by group, for ``campaigns/sheet/fields.html``."""
    groups = {each.code: each for each in shape.groups}
    order = {code: place for place, code in enumerate(groups)}
    made: list[SheetGroup] = []
    rows = sorted(shape.criteria, key=lambda each: order.get(each.group, len(order)))
    for code, criteria in groupby(rows, key=lambda each: each.group):
        group = groups.get(code)
        name, weight = (group.name, points(group.weight)) if group else ("", "")
        made.append(SheetGroup(name, weight, list(_fields(criteria, filled))))
    return made


def _fields(criteria: Iterable[CriterionPreset], filled: Filled) -> Iterable[SheetField]:
    for each in criteria:
        code = each.code
        yield SheetField(
            each, filled.typed.get(code, ""), filled.bands.get(code, ""), filled.comments.get(code, ""),
            filled.errors.get(code, ""), filled.missing.get(code, ""),
        )  # fmt: skip


def _number(typed: str) -> Decimal | None:
    return Decimal(typed.replace(",", ".")) if _NUMBER.fullmatch(typed) and typed.isascii() else None


def _comment(typed: str) -> str:
    return clean(typed).strip()[:LONGEST_COMMENT]


def _mark_error(criterion: CriterionPreset, typed: str, mark: Decimal | None, band: str, *, whole: bool) -> str:
    if mark is None:
        if typed:
            return _("Điểm là một số, ví dụ 7 hoặc 7,5. Bạn ghi lại.")
        return _("Tiêu chí này chưa chấm.") if whole else ""
    return mark_problem(criterion_of(criterion), mark, _label(criterion, band)) or ""


def _label(criterion: CriterionPreset, band: str) -> str:
    """The band of this number; empty for a number that no band has."""
    if criterion.kind != InputKind.BANDED or not (band.isascii() and band.isdecimal()):
        return ""
    place = int(band) - 1
    return criterion.choices[place].label if 0 <= place < len(criterion.choices) else ""


def _band_of(criterion: CriterionPreset, mark: Decimal) -> str:
    held = (n for n, each in enumerate(criterion.choices, start=1) if each.low <= mark <= each.high)
    return str(next(held, ""))
