"""Marks in, advisory result out."""

import math
from collections.abc import Iterable
from itertools import repeat
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from sangkien.scoring.advisory.design import Design, Floats, Ints, design_of
from sangkien.scoring.advisory.gates import gates_of, in_small_component, lets_fit, shown_entries, without_chance
from sangkien.scoring.advisory.model import (
    FEWEST_MARKS_OF_AN_ENTRY,
    Calibration,
    Entry,
    EntryEstimate,
    Gate,
    GateCode,
    GateState,
    Interval,
    JudgeEstimate,
    Mark,
    Number,
    Scale,
    Variances,
    Withheld,
)
from sangkien.scoring.advisory.prediction import Predicted, predict
from sangkien.scoring.advisory.reml import Fit, Sums, fit, sums_of
from sangkien.scoring.advisory.widening import NORMAL, Quantiles, can_simulate, widened

_HIT_CEILING = 0.05  # share of marks at the maximum from which simulated marks stop there too
_THIN_MARKS, _THIN_JUDGES, _THIN_ENTRIES = 2, 5, 30  # at or below, at or below, below


def calibrate(
    entries: Iterable[Entry], marks: Iterable[Mark], *, scale: Scale, line: Number | None = None
) -> Calibration:
    """The advisory score of every entry, with the gates that say whether and how it may be shown.

    Plain tuples of the same order serve as ``Entry`` and ``Mark``. Never fails on marks that cannot be calibrated (the
    gates say why); ValueError only for slips of the caller: an unknown entry, two marks of one pair, an unreal number.
    The result hangs on the marks alone: order and names of entries and judges change nothing but rounding (1e-9).
    Source: Henderson's mixed-model equations; MacKay et al. 2017, "Calibration with confidence"; Ge, Welling and
    Ghahramani 2013.
    """
    design = design_of(entries, marks)
    gates = gates_of(design, scale)
    passed = None if line is None else float(line)
    if not lets_fit(gates):
        return _closed(design, gates, passed)
    seat = np.cumsum(design.kept) - 1
    centre = float(design.y.mean())
    y = design.y - centre
    sums = sums_of(design, seat, y)
    fitted = fit(sums)
    if not fitted.has_chance:
        return _closed(design, without_chance(gates), passed)
    gates, quantiles = _widened(design, seat, sums, gates, ceiling=float(scale.maximum) - centre)
    variances = Variances(fitted.theta * fitted.residual, fitted.phi * fitted.residual, fitted.residual)
    shown = _withheld(design)
    if not _is_closed(gates, GateCode.INCOMPLETE):
        found = predict(design, seat, y, theta=fitted.theta, effects=fitted.effects, inverse=fitted.inverse)
        found = Predicted(found.value + centre, np.sqrt(found.variance * fitted.residual))
        shown = _shown(design, found, None if _is_closed(gates, GateCode.CEILING) else quantiles, passed)
    return Calibration(shown, _judges(design, fitted), gates, variances, passed)


def _closed(design: Design, gates: tuple[Gate, ...], line: float | None) -> Calibration:
    gates = (*gates, Gate(GateCode.THIN, GateState.OPEN))
    return Calibration(_withheld(design), _judges(design, None), gates, line=line)


def _is_closed(gates: tuple[Gate, ...], code: GateCode) -> bool:
    return any(gate.code is code and gate.state is GateState.CLOSED for gate in gates)


def _widened(
    design: Design, seat: Ints, sums: Sums, gates: tuple[Gate, ...], *, ceiling: float
) -> tuple[tuple[Gate, ...], Quantiles]:
    """The gates with ``THIN``; what intervals are widened to where the design is thin or marks hit the ceiling."""
    shown = shown_entries(design)
    per_entry = float(np.median(design.count[shown]))
    thin = per_entry <= _THIN_MARKS or design.kept_count <= _THIN_JUDGES or shown.sum() < _THIN_ENTRIES
    hit = next(gate for gate in gates if gate.code is GateCode.CEILING).numbers["share"] >= _HIT_CEILING
    quantiles = NORMAL
    if (thin or hit) and can_simulate(design):
        quantiles = widened(design, seat, sums, shown, ceiling=ceiling if hit else math.inf)
    numbers = {"marks_per_entry": per_entry, "judges": design.kept_count, "factor": quantiles.factor}
    return (
        *gates,
        Gate(GateCode.THIN, GateState.WARNING if thin and quantiles is not NORMAL else GateState.OPEN, numbers),
    ), quantiles


def _judges(design: Design, fitted: Fit | None) -> tuple[JudgeEstimate, ...]:
    severity: list[float | None] = [None] * len(design.judges)
    error: list[float | None] = [None] * len(design.judges)
    if fitted is not None:
        effects = fitted.effects[design.cells :]
        errors = np.sqrt(np.diag(fitted.inverse)[design.cells :] * fitted.residual)
        for seat, at in enumerate(np.flatnonzero(design.kept).tolist()):
            severity[at], error[at] = 0.0 - float(effects[seat]), float(errors[seat])
    components = [at + 1 if at >= 0 else None for at in design.judge_component.tolist()]
    columns = zip(
        design.judges, design.judge_marks.tolist(), components, severity, error, (~design.kept).tolist(), strict=True
    )
    return tuple(JudgeEstimate(*each) for each in columns)


def _withheld(design: Design) -> tuple[EntryEstimate, ...]:
    parts = [at + 1 if at >= 0 else None for at in design.component.tolist()]
    return tuple(
        EntryEstimate(each[0], each[1], count, part, withheld=Withheld.GATE)
        for each, count, part in zip(design.entries, design.count.tolist(), parts, strict=True)
    )


def _shown(
    design: Design, found: Predicted, quantiles: Quantiles | None, line: float | None
) -> tuple[EntryEstimate, ...]:
    """``found`` holds values and errors in points; without ``quantiles`` neither interval nor probability is shown.

    By columns, since there may be 20,000 entries; those without a value are put in afterwards.
    """
    shown, small = shown_entries(design), in_small_component(design)
    value, error = found.value, found.variance
    count, component = design.count.tolist(), (design.component + 1).tolist()
    wide: Iterable[Interval | None] = repeat(None)
    narrow: Iterable[Interval | None] = repeat(None)
    chance: Iterable[float | None] = repeat(None)
    if quantiles is not None:
        wide, narrow = _around(value, quantiles.two_and_half * error), _around(value, quantiles.five * error)
        if line is not None:
            factor = quantiles.ten / NORMAL.ten
            chance = map(_above, (value - line).tolist(), (error * factor).tolist())
    ids, fields = map(itemgetter(0), design.entries), map(itemgetter(1), design.entries)
    places = _places(value, design.component, shown).tolist()
    columns = (ids, fields, count, component, value.tolist(), error.tolist(), wide, narrow, chance, places)
    estimates = list(map(EntryEstimate, *columns))
    for at in np.flatnonzero(~shown).tolist():
        each, why = design.entries[at], _why(count[at], bool(small[at]))
        estimates[at] = EntryEstimate(each[0], each[1], count[at], component[at] or None, withheld=why)
    return tuple(estimates)


def _around(value: Floats, reach: Floats) -> Iterable[Interval]:
    return map(Interval, (value - reach).tolist(), (value + reach).tolist())


def _why(count: int, small: bool) -> Withheld:
    if not count:
        return Withheld.NO_MARK
    return Withheld.FEW_MARKS if count < FEWEST_MARKS_OF_AN_ENTRY and not small else Withheld.SMALL_COMPONENT


def _above(distance: float, error: float) -> float:
    if error <= 0:
        return 1.0 if distance > 0 else 0.0
    return 0.5 * math.erfc(-distance / error / math.sqrt(2))


def _places(value: Floats, component: Ints, shown: NDArray[np.bool_]) -> Ints:
    """Each shown entry's place in its own component from 1; values equal to a millionth share a place."""
    places = np.zeros(value.size, dtype=np.int64)
    at = np.flatnonzero(shown)
    rounded = np.round(value[at], 6)
    order = np.lexsort((-rounded, component[at]))
    part, worth = component[at][order], rounded[order]
    numbers = np.arange(order.size)
    begins = np.flatnonzero(np.diff(part, prepend=-1))
    first_of_part = np.repeat(begins, np.diff(begins, append=order.size))
    fresh = (np.diff(worth, prepend=np.nan) != 0) | (np.diff(part, prepend=-1) != 0)
    first_of_tie = np.maximum.accumulate(np.where(fresh, numbers, 0))
    places[at[order]] = first_of_tie - first_of_part + 1
    return places
