"""The advisory result as plain values, with four decimals: more would differ from machine to machine."""

from typing import Final

from sangkien.scoring.advisory.model import EntryEstimate, Gate, Interval, JudgeEstimate
from sangkien.scoring.advisory.zones import Placed
from sangkien.scoring.report.gates import gate_said
from sangkien.scoring.report.joining import Advice
from sangkien.scoring.report.plain import Plain

_DECIMALS: Final = 4


def advice_plain(advice: Advice) -> Plain | None:
    """What concerns all: line, gates with their sentences, variances, judges; ``None`` where marks are no points."""
    if not advice.has_points:
        return None
    found = advice.calibration
    variances = found.variances
    return {
        "shown": found.shown,
        "line": _rounded(found.line),
        "incomplete_sheets": advice.incomplete,
        "gates": [_gate(each) for each in found.gates],
        "variances": None
        if variances is None
        else {
            "entry": _rounded(variances.entry),
            "judge": _rounded(variances.judge),
            "residual": _rounded(variances.residual),
        },
        "judges": [_judge(each) for each in sorted(found.judges, key=lambda each: str(each.judge))],
    }


def _gate(gate: Gate) -> Plain:
    return {
        "code": gate.code.value,
        "state": gate.state.value,
        "sentence": gate_said(gate),
        "numbers": {name: _rounded(value) for name, value in gate.numbers.items()},
        "who": sorted(map(str, gate.who)),
    }


def _judge(judge: JudgeEstimate) -> Plain:
    return {
        "judge": judge.judge,
        "marks": judge.marks,
        "component": judge.component,
        "severity": _rounded(judge.severity),
        "error": _rounded(judge.error),
        "left_out": judge.left_out,
    }


def estimate_plain(estimate: EntryEstimate, placed: Placed | None) -> Plain:
    """What concerns one entry."""
    return {
        "marks": estimate.marks,
        "component": estimate.component,
        "value": _rounded(estimate.value),
        "error": _rounded(estimate.error),
        "interval95": _interval(estimate.interval95),
        "interval90": _interval(estimate.interval90),
        "probability": _rounded(estimate.probability),
        "place": estimate.place,
        "withheld": None if estimate.withheld is None else estimate.withheld.value,
        "zone": None if placed is None else placed.zone.value,
        "ground": None if placed is None else placed.ground.value,
    }


def _interval(interval: Interval | None) -> list[float | None] | None:
    return None if interval is None else [_rounded(interval.low), _rounded(interval.high)]


def _rounded(value: float | None) -> float | None:
    """Zero has no sign."""
    return None if value is None else round(float(value), _DECIMALS) + 0.0
