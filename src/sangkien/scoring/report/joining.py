"""From the sheets of an input to the advisory score: what goes into the model, on which scale, about which line."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sangkien.scoring.advisory.calibrating import calibrate
from sangkien.scoring.advisory.model import Calibration, Entry, Key, Mark, Scale
from sangkien.scoring.advisory.zones import Placed, zones
from sangkien.scoring.model import NONE, Input, Kind, PassBy, Rule, Sheet
from sangkien.scoring.official.model import Result
from sangkien.scoring.official.sheets import sheet_total


@dataclass(frozen=True, slots=True)
class Advice:
    """The advisory result; an empty one where marks are no points (``has_points``), which has no scale to be severe on.

    ``incomplete``: sheets with some marks missing, whose totals cannot be compared.
    """

    calibration: Calibration
    placed: tuple[Placed, ...] = ()
    incomplete: int = 0
    has_points: bool = True


def advise(given: Input, result: Result) -> Advice:
    """The advisory score beside an official result, each entry with its zone about the line.

    Anchors always belong to the model, it is what they are read for; a sheet that was set aside never does.
    """
    if all(criterion.kind is Kind.YES_NO for criterion in given.rule.criteria):
        return Advice(Calibration((), (), ()), has_points=False)
    rule, line = given.rule, line_of(given.rule)
    totals = [(sheet, sheet_total(rule, sheet)) for sheet in given.sheets if not sheet.set_aside]
    marks = [Mark(sheet.entry, sheet.judge, total) for sheet, total in totals if total is not None]
    entries = [Entry(entry.code, entry.field) for entry in given.entries]
    calibration = calibrate(entries, marks, scale=scale_of(rule), line=line)
    official: dict[Key, Decimal | float | None] = {each.entry: each.score for each in result.reckonings}
    placed = () if line is None else zones(calibration, official, line=line)
    incomplete = sum(1 for sheet, total in totals if total is None and any(_given(sheet)))
    return Advice(calibration, placed, incomplete)


def _given(sheet: Sheet) -> Iterable[bool]:
    return (mark is not None for mark in sheet.marks.values())


def scale_of(rule: Rule) -> Scale:
    """The least and the greatest total of a sheet."""
    least = sum((each.weight * each.min for each in rule.criteria), NONE)
    return Scale(least, sum((each.weight * each.max for each in rule.criteria), NONE))


def line_of(rule: Rule) -> Decimal | None:
    """The line about which a probability is told; none where a vote alone decides."""
    return None if rule.pass_by is PassBy.VOTE else rule.pass_line
