"""An example of a sheet: what three quarters of everything would come to by the rule."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sangkien.campaigns.models import InputKind
from sangkien.campaigns.presets.shape import CriteriaPreset, CriterionPreset
from sangkien.campaigns.scoring_rule import rule_of
from sangkien.campaigns.sound_criteria import most_points
from sangkien.scoring.model import Entry, Sheet
from sangkien.scoring.official.model import Standing
from sangkien.scoring.official.reckoning import reckon_entry
from sangkien.scoring.wording import exactly, points

_HOW_GOOD: Final = Decimal("0.75")


def example(shape: CriteriaPreset) -> dict[str, Decimal | None]:
    """A mark for each criterion that may be given, near three quarters of the way."""
    return {each.code: _mark(each) for each in shape.criteria}


def _mark(each: CriterionPreset) -> Decimal:
    wanted = each.min + (each.max - each.min) * _HOW_GOOD
    if each.kind == InputKind.LEVELS and each.choices:
        return min((choice.low for choice in each.choices), key=lambda low: abs(low - wanted))
    if each.kind == InputKind.YES_NO:
        return Decimal(1)
    return each.min + (wanted - each.min) // each.step * each.step


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What one sheet alone would come to; ``over_line`` is ``None`` where no line was set."""

    score: str
    most: str
    band: str
    over_line: bool | None
    is_knocked_out: bool


def example_result(shape: CriteriaPreset, marks: dict[str, Decimal | None]) -> ExampleResult | None:
    """By the rule of a sound set, as if one sheet were enough; ``None`` where a mark is missing."""
    rule = rule_of(shape, version="")
    sheets = [Sheet(judge=str(n), entry="", marks=marks) for n in range(max(rule.minimum_sheets, 1))]
    done = reckon_entry(rule, Entry(""), sheets)
    if done.score is None:
        return None
    return ExampleResult(
        exactly(done.score), points(most_points(shape)), done.band or "", done.over_line,
        done.standing is Standing.KNOCKED_OUT,
    )  # fmt: skip
