"""The marks of each criterion, then the points of criteria and groups."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from sangkien.scoring.model import NONE, Criterion, Kind, Rule, Share, Sheet
from sangkien.scoring.official.model import CriterionStep, GroupStep, LeftOut, Why


def criterion_step(criterion: Criterion, sheets: Sequence[Sheet], yes: Share) -> CriterionStep:
    """Sum first, divide once. A missing mark is in neither the sum nor the number of marks.

    To be called where ``EXACT`` is the decimal context.
    """
    code = criterion.code
    given = [(sheet.judge, sheet.marks.get(code)) for sheet in sheets]
    marks = tuple([(judge, mark) for judge, mark in given if mark is not None])
    left_out = () if len(marks) == len(given) else _missing(code, sheets)
    if not marks:
        return CriterionStep(
            code=code, marks=(), left_out=left_out, mean=None, value=None, points=None, knocked_out=False
        )
    total = sum([mark for _judge, mark in marks], NONE)
    numerator, denominator = total.as_integer_ratio()
    mean = Fraction(numerator, denominator * len(marks))
    value = mean
    if criterion.kind is Kind.YES_NO:
        value = Fraction(int(yes.reached(int(total), len(marks))))
    floor = criterion.knock_out_below
    return CriterionStep(
        code=code,
        marks=marks,
        left_out=left_out,
        mean=mean,
        value=value,
        points=value if criterion.weight == 1 else value * Fraction(criterion.weight),
        knocked_out=floor is not None and value < Fraction(floor),
    )


def _missing(code: str, sheets: Sequence[Sheet]) -> tuple[LeftOut, ...]:
    without = [sheet for sheet in sheets if sheet.marks.get(code) is None]
    return tuple(LeftOut(sheet.judge, Why.MISSING, sheet.missing.get(code, "")) for sheet in without)


def group_steps(rule: Rule, steps: Sequence[CriterionStep]) -> tuple[GroupStep, ...]:
    """The points of each group of the rule."""
    return tuple(
        GroupStep(
            group.code,
            summed([step for each, step in zip(rule.criteria, steps, strict=True) if each.group == group.code]),
        )
        for group in rule.groups
    )


def summed(steps: Sequence[CriterionStep]) -> Fraction | None:
    """The sum of the points; ``None`` when a criterion has none.

    Over one denominator: ten times faster than fraction by fraction.
    """
    points = [step.points for step in steps if step.points is not None]
    if len(points) < len(steps):
        return None
    common = lcm(*[each.denominator for each in points])
    return Fraction(sum([each.numerator * (common // each.denominator) for each in points]), common)
