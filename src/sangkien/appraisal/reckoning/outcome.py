"""What gathered sheets come to: the official result, and beside it the advisory one."""

from dataclasses import dataclass
from functools import cached_property

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.reckoning.gathering import Gathered
from sangkien.scoring.checking.inputs import refuse_unsound
from sangkien.scoring.checking.problems import Unsound
from sangkien.scoring.model import Kind
from sangkien.scoring.official.model import Result
from sangkien.scoring.official.reckoning import reckon
from sangkien.scoring.report.joining import Advice, advise
from sangkien.scoring.report.whole import whole_report
from sangkien.scoring.writing import as_text, canonical_input


@dataclass(frozen=True)
class Outcome:
    """Reckoned once; the advisory part and the texts only when asked for."""

    gathered: Gathered
    result: Result

    @cached_property
    def advice(self) -> Advice:
        """The advisory score beside the official one."""
        return advise(self.gathered.given, self.result)

    @property
    def has_points(self) -> bool:
        """Whether marks are points: a set of yes and no has no scale on which a judge is severe."""
        return any(each.kind is not Kind.YES_NO for each in self.gathered.given.rule.criteria)

    @property
    def inputs(self) -> str:
        """The canonical text of what went in, a file for ``sangkien score``."""
        return canonical_input(self.gathered.given)

    @property
    def report(self) -> str:
        """The canonical text of what came out."""
        return as_text(whole_report(self.gathered.given, self.result, self.advice))


def outcome_of(gathered: Gathered) -> Outcome:
    """Raises ``Refused`` for an input that does not fit its rule, which no action leaves behind."""
    try:
        refuse_unsound(gathered.given)
    except Unsound as error:
        raise Refused(" ".join(str(each) for each in error.problems[:5])) from error
    return Outcome(gathered, reckon(gathered.given))
