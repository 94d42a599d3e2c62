"""What gathered sheets come to: the official result, and beside it the advisory one."""

from dataclasses import dataclass
from functools import cached_property

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.reckoning.gathering import Gathered
from sangkien.scoring.advisory.calibrating import calibrate
from sangkien.scoring.advisory.model import Calibration, Entry, Mark, Scale
from sangkien.scoring.checking.inputs import refuse_unsound
from sangkien.scoring.checking.problems import Unsound
from sangkien.scoring.model import Input, Kind
from sangkien.scoring.official.model import Result
from sangkien.scoring.official.reckoning import reckon
from sangkien.scoring.official.sheets import sheet_total
from sangkien.scoring.report.whole import whole_report
from sangkien.scoring.writing import as_text, canonical_input


@dataclass(frozen=True)
class Outcome:
    """Reckoned once; the advisory part and the texts only when asked for."""

    gathered: Gathered
    result: Result

    @cached_property
    def calibration(self) -> Calibration | None:
        """``None`` where marks are no points (a set of yes and no has no scale on which judges are severe)."""
        return calibration_of(self.gathered.given)

    @property
    def inputs(self) -> str:
        """The canonical text of what went in, a file for ``sangkien score``."""
        return canonical_input(self.gathered.given)

    @property
    def report(self) -> str:
        """The canonical text of what came out."""
        return as_text(whole_report(self.gathered.given, self.result))


def outcome_of(gathered: Gathered) -> Outcome:
    """Raises ``Refused`` for an input that does not fit its rule, which no action leaves behind."""
    try:
        refuse_unsound(gathered.given)
    except Unsound as error:
        raise Refused(" ".join(str(each) for each in error.problems[:5])) from error
    return Outcome(gathered, reckon(gathered.given))


def calibration_of(given: Input) -> Calibration | None:
    """The advisory score of whole sheets, also of anchors that do not count officially."""
    rule = given.rule
    if all(each.kind is Kind.YES_NO for each in rule.criteria):
        return None
    marks = [
        Mark(sheet.entry, sheet.judge, total)
        for sheet in given.sheets
        if not sheet.set_aside and (total := sheet_total(rule, sheet)) is not None
    ]
    scale = Scale(
        sum(each.weight * each.min for each in rule.criteria), sum(each.weight * each.max for each in rule.criteria)
    )
    return calibrate([Entry(each.code, each.field) for each in given.entries], marks, scale=scale, line=rule.pass_line)
