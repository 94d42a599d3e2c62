"""How severe each judge was: to the chair with names, to each judge only the own (design, 5.3)."""

from dataclasses import dataclass

from sangkien.appraisal.models import PanelMember
from sangkien.appraisal.reckoning.outcome import Outcome
from sangkien.scoring.advisory.model import JudgeEstimate


@dataclass(frozen=True, slots=True)
class Severity:
    """``points``: how many points lower than an average judge, negative is lenient; empty where it is not known."""

    member: PanelMember
    marks: int
    points: str
    is_severe: bool
    is_lenient: bool
    left_out: bool


def severities(outcome: Outcome) -> list[Severity]:
    """The severest first; those who are left out of the model last."""
    if not outcome.has_points:
        return []
    members = outcome.gathered.members
    found = [each for each in outcome.advice.calibration.judges if str(each.judge) in members]
    ordered = sorted(found, key=lambda each: (each.severity is None, -(each.severity or 0), str(each.judge)))
    return [_severity(members[str(each.judge)], each) for each in ordered]


def _severity(member: PanelMember, each: JudgeEstimate) -> Severity:
    """Called severe or lenient only where the doubt (two errors) leaves zero outside."""
    value, error = each.severity, each.error
    clear = value is not None and error is not None and abs(value) > 2 * error
    return Severity(
        member=member,
        marks=each.marks,
        points="" if value is None else f"{abs(value):.1f}".replace(".", ","),
        is_severe=clear and value is not None and value > 0,
        is_lenient=clear and value is not None and value < 0,
        left_out=each.left_out,
    )
