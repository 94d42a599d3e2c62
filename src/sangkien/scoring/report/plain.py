"""An official result as plain values: fractions and decimals as text, so that nothing is rounded on the way."""

from collections.abc import Sequence
from fractions import Fraction

from sangkien.scoring.model import Rule, TieBreak
from sangkien.scoring.official.model import CriterionStep, LeftOut, Reckoning, VoteStep
from sangkien.scoring.report.sentences import explained

Plain = dict[str, object]


def official_entry(reckoning: Reckoning, rule: Rule) -> Plain:
    """An entry with score, band, rank, what is missing, every step, and the reasons in sentences."""
    return {
        "entry": reckoning.entry,
        "field": reckoning.field,
        "standing": reckoning.standing.value,
        "score": None if reckoning.score is None else format(reckoning.score, "f"),
        "exact": _exact(reckoning.exact),
        "band": reckoning.band,
        "rank": reckoning.rank,
        "tied_with": list(reckoning.tied_with),
        "over_line": reckoning.over_line,
        "passed": reckoning.passed,
        "sheets": list(reckoning.sheets),
        "left_out": _left_out(reckoning.left_out),
        "missing": _missing(reckoning.criteria),
        "knock_outs": list(reckoning.knock_outs),
        "criteria": [_criterion(step) for step in reckoning.criteria],
        "groups": [{"code": step.code, "points": _exact(step.points)} for step in reckoning.groups],
        "vote": None if reckoning.vote is None else _vote(reckoning.vote),
        "reasons": explained(reckoning, rule, name_of=str, sums=False),
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _left_out(each: Sequence[LeftOut]) -> list[Plain]:
    return [{"judge": one.judge, "why": one.why.value, "note": one.note} for one in each]


def _missing(steps: Sequence[CriterionStep]) -> list[Plain]:
    return [
        {"judge": each.judge, "criterion": step.code, "reason": each.note} for step in steps for each in step.left_out
    ]


def _criterion(step: CriterionStep) -> Plain:
    mean = _exact(step.mean)
    return {
        "code": step.code,
        "marks": len(step.marks),
        "mean": mean,
        "points": mean if step.points is step.mean else _exact(step.points),
        "knocked_out": step.knocked_out,
    }


def _vote(step: VoteStep) -> Plain:
    return {
        "outcome": step.outcome.value,
        "yes": step.yes,
        "of": step.whole,
        "present": step.present,
        "may_vote": step.may_vote,
        "by_chair": step.by_chair,
    }


def tie_breaks(given: Sequence[TieBreak]) -> list[Plain]:
    """Orders of a person that settle nothing now."""
    return [{"order": list(each.order), "reason": each.reason, "by": each.by} for each in given]
