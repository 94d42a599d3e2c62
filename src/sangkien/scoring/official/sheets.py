"""Which sheets of an entry count, and which are the highest and the lowest."""

from collections.abc import Callable, Sequence
from decimal import Context, Decimal, Inexact, InvalidOperation, localcontext
from fractions import Fraction
from operator import mul
from typing import Any, Final

from sangkien.scoring.model import DROPS_FROM, NONE, Criterion, Rule, Sheet
from sangkien.scoring.official.model import LeftOut, Why

# Marks have nine digits; sums of them are exact far beyond any number of judges. If one ever is not, it says so.
EXACT: Final = Context(prec=60, traps=[Inexact, InvalidOperation])


def sheet_total(rule: Rule, sheet: Sheet) -> Decimal | None:
    """Sum of weight times mark over one sheet, exact; ``None`` when a mark is missing. On the scale of the score."""
    marks = [sheet.marks.get(criterion.code) for criterion in rule.criteria]
    given = [mark for mark in marks if mark is not None]
    if len(given) < len(marks):
        return None
    with localcontext(EXACT):
        return sum(map(mul, (criterion.weight for criterion in rule.criteria), given), NONE)


def split(rule: Rule, sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[LeftOut]]:
    """The sheets that count, by judge, before any is dropped; and the others with the reason."""
    counted, left_out = [], []
    for sheet in sorted(sheets, key=lambda each: each.judge):
        if sheet.set_aside:
            left_out.append(LeftOut(sheet.judge, Why.SET_ASIDE, sheet.set_aside))
        elif sheet.anchor and not rule.anchors_count:
            left_out.append(LeftOut(sheet.judge, Why.ANCHOR))
        elif all(sheet.marks.get(criterion.code) is None for criterion in rule.criteria):
            left_out.append(LeftOut(sheet.judge, Why.BLANK_SHEET))
        else:
            counted.append(sheet)
    return counted, left_out


def without_extremes(rule: Rule, sheets: list[Sheet]) -> tuple[list[Sheet], list[LeftOut]]:
    """Without the highest and the lowest sheet where the rule says so and at least five count.

    A missing mark stands at the mean of the other sheets here, so that it makes a sheet neither high nor low. Of
    equal totals the one with the higher first criterion is higher, and so on; the name of the judge decides nothing
    that shows in a score.
    """
    if not rule.drop_extremes or len(sheets) < DROPS_FROM:
        return sheets, []
    height = _height_on(rule.criteria, sheets)
    ordered = sorted(sheets, key=height)
    lowest, highest = ordered[0], ordered[-1]
    kept = [sheet for sheet in sheets if sheet is not lowest and sheet is not highest]
    return kept, [LeftOut(highest.judge, Why.HIGHEST), LeftOut(lowest.judge, Why.LOWEST)]


def _height_on(criteria: Sequence[Criterion], sheets: Sequence[Sheet]) -> Callable[[Sheet], Any]:
    """A key that sorts low before high. Whole sheets are compared as decimals, which is exact and five times faster."""
    codes = [criterion.code for criterion in criteria]
    if not any(sheet.marks.get(code) is None for sheet in sheets for code in codes):
        weights = [criterion.weight for criterion in criteria]
        return lambda sheet: _whole_height(weights, [sheet.marks[code] for code in codes])
    neutral = [_mean(code, sheets) for code in codes]
    return lambda sheet: _patched_height(criteria, [sheet.marks.get(code) for code in codes], neutral)


def _whole_height(weights: Sequence[Decimal], marks: Sequence[Decimal | None]) -> tuple[object, ...]:
    given = [mark for mark in marks if mark is not None]
    with localcontext(EXACT):
        return sum(map(mul, weights, given), NONE), given


def _patched_height(
    criteria: Sequence[Criterion], given: Sequence[Decimal | None], neutral: Sequence[Fraction]
) -> tuple[object, ...]:
    marks = [other if mark is None else Fraction(mark) for mark, other in zip(given, neutral, strict=True)]
    total = sum((Fraction(c.weight) * mark for c, mark in zip(criteria, marks, strict=True)), Fraction(0))
    return total, marks, [mark is not None for mark in given]


def _mean(code: str, sheets: Sequence[Sheet]) -> Fraction:
    marks = [mark for sheet in sheets if (mark := sheet.marks.get(code)) is not None]
    return sum(map(Fraction, marks), Fraction(0)) / len(marks) if marks else Fraction(0)
