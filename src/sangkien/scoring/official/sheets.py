"""Which sheets of an entry count, and which are the highest and the lowest."""

from collections.abc import Callable, Sequence
from decimal import Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction
from typing import Final

from sangkien.scoring.model import DROPS_FROM, Criterion, Rule, Sheet
from sangkien.scoring.official.model import LeftOut, Why

# Marks have nine digits; sums of them are exact far beyond any number of judges. If one ever is not, it says so.
EXACT: Final = Context(prec=60, traps=[Inexact, InvalidOperation])


def sheet_total(rule: Rule, sheet: Sheet) -> Decimal | None:
    """Sum of weight times mark over one sheet, exact; ``None`` when a mark is missing. On the scale of the score."""
    total = Decimal(0)
    for criterion in rule.criteria:
        mark = sheet.marks.get(criterion.code)
        if mark is None:
            return None
        total = EXACT.add(total, EXACT.multiply(criterion.weight, mark))
    return total


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


_Height = tuple[Fraction, tuple[Fraction, ...], tuple[bool, ...]]


def _height_on(criteria: Sequence[Criterion], sheets: Sequence[Sheet]) -> Callable[[Sheet], _Height]:
    neutral = [_mean(criterion.code, sheets) for criterion in criteria]

    def height(sheet: Sheet) -> _Height:
        given = [sheet.marks.get(criterion.code) for criterion in criteria]
        marks = [other if mark is None else Fraction(mark) for mark, other in zip(given, neutral, strict=True)]
        total = sum((Fraction(c.weight) * mark for c, mark in zip(criteria, marks, strict=True)), Fraction(0))
        return total, tuple(marks), tuple(mark is not None for mark in given)

    return height


def _mean(code: str, sheets: Sequence[Sheet]) -> Fraction:
    marks = [mark for sheet in sheets if (mark := sheet.marks.get(code)) is not None]
    return sum(map(Fraction, marks), Fraction(0)) / len(marks) if marks else Fraction(0)
