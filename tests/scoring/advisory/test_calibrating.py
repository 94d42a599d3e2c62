"""The advisory score: variances are REML's, the truth is found, names and order change nothing, nothing breaks it."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sangkien.scoring.advisory.calibrating import calibrate
from sangkien.scoring.advisory.model import Calibration, Entry, Gate, GateCode, GateState, Mark, Scale, Withheld
from tests.factories.marks import SCALE, World, drawn_readers, world


def _calibrated(given: World, line: float | None = 65) -> Calibration:
    return calibrate(given.entries, given.marks, scale=SCALE, line=line)


def test_in_a_complete_design_the_variances_are_those_of_the_analysis_of_variance() -> None:
    entries, judges = 15, 6
    given = world(seed=1, readers=[list(range(judges))] * entries)
    y = np.array([mark.total for mark in given.marks], dtype=float).reshape(entries, judges)
    of_entry, of_judge = y.mean(axis=1), y.mean(axis=0)
    left = y - of_entry[:, None] - of_judge[None, :] + y.mean()
    residual = float((left**2).sum() / (entries - 1) / (judges - 1))
    found = _calibrated(given).variances
    assert found is not None
    assert found.residual == pytest.approx(residual, rel=1e-9)
    assert found.entry == pytest.approx(float(of_entry.var(ddof=1)) - residual / judges, rel=1e-8)
    assert found.judge == pytest.approx(float(of_judge.var(ddof=1)) - residual / entries, rel=1e-8)


def test_a_complete_design_shows_no_value_but_tells_each_judge_their_severity() -> None:
    given = world(seed=1, readers=[list(range(4))] * 12)
    found = _calibrated(given)
    assert found.gate(GateCode.INCOMPLETE).state is GateState.CLOSED
    assert {each.withheld for each in found.entries} == {Withheld.GATE}
    assert all(each.severity is not None for each in found.judges)


def test_the_severe_judge_is_found_severe_and_an_average_judge_has_none() -> None:
    given = world(seed=3, readers=drawn_readers(60, 8, 3, seed=3))
    found = _calibrated(given)
    severity = {each.judge: each.severity or 0.0 for each in found.judges}
    assert sum(severity.values()) == pytest.approx(0, abs=1e-8)
    truth = [-given.leniency[str(judge)] for judge in severity]
    assert np.corrcoef(truth, list(severity.values()))[0, 1] > 0.95


def test_values_follow_the_truth_more_closely_than_means_do() -> None:
    given = world(seed=5, readers=drawn_readers(60, 8, 3, seed=5))
    found = _calibrated(given)
    truth = np.array([given.merit[str(each.entry)] for each in found.entries])
    values = np.array([each.value for each in found.entries], dtype=float)
    means = np.array([np.mean([m.total for m in given.marks if m.entry == each.entry]) for each in found.entries])
    assert np.abs(values - truth).mean() < np.abs(means - truth).mean()
    for each in found.entries:
        assert each.interval95 is not None
        assert each.interval90 is not None
        assert each.interval95.low < each.interval90.low < each.value < each.interval90.high < each.interval95.high  # type: ignore[operator]  # shown


def test_the_probability_falls_with_the_line_and_is_a_half_at_the_value() -> None:
    given = world(seed=5, readers=drawn_readers(40, 8, 3, seed=5))
    value = _calibrated(given).entries[0].value
    assert value is not None
    chances = [_calibrated(given, value + shift).entries[0].probability for shift in (-3, 0, 3)]
    assert chances[1] == pytest.approx(0.5)
    assert chances[0] > 0.5 > chances[2]  # type: ignore[operator]  # there is a line


def test_without_a_line_there_is_no_probability() -> None:
    found = _calibrated(world(seed=5, readers=drawn_readers(20, 6, 3, seed=5)), line=None)
    assert {each.probability for each in found.entries} == {None}


def test_places_count_from_the_best_and_ties_share() -> None:
    given = world(seed=8, readers=drawn_readers(20, 5, 3, seed=8))
    twin = [Mark("sinh đôi", mark.judge, mark.total) for mark in given.marks if mark.entry == "h4"]
    found = calibrate([*given.entries, Entry("sinh đôi", "l0")], [*given.marks, *twin], scale=SCALE)
    by_value = sorted(found.entries, key=lambda each: -(each.value or 0))
    assert by_value[0].place == 1
    places = {each.entry: each.place for each in found.entries}
    assert places["sinh đôi"] == places["h4"]
    assert by_value[-1].place in (20, 21)


@st.composite
def small_worlds(draw: st.DrawFn) -> World:
    judges = draw(st.integers(3, 7))
    entries = draw(st.integers(5, 25))
    each = draw(st.integers(2, min(3, judges)))
    seed = draw(st.integers(0, 10_000))
    fields = [at % draw(st.integers(1, 3)) for at in range(entries)]
    return world(seed=seed, readers=drawn_readers(entries, judges, each, seed=seed), fields=fields)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small_worlds(), st.randoms(use_true_random=False))
def test_order_and_names_change_nothing(given_world: World, chance: object) -> None:
    before = _calibrated(given_world)
    names = {each.id: f"x{at}" for at, each in enumerate(_shuffled(given_world.entries, chance))}
    judges = {each.judge: f"y{at}" for at, each in enumerate(_shuffled(list(before.judges), chance))}
    fields = {
        name: f"z{at}" for at, name in enumerate(_shuffled(sorted({e.field for e in given_world.entries}), chance))
    }
    entries = [Entry(names[each.id], fields[each.field]) for each in _shuffled(given_world.entries, chance)]
    marks = [Mark(names[m.entry], judges[m.judge], m.total) for m in _shuffled(given_world.marks, chance)]
    after = calibrate(entries, marks, scale=SCALE, line=65)
    renamed = {each.entry: each for each in after.entries}
    for each in before.entries:
        other = renamed[names[each.entry]]
        assert (each.withheld, each.marks) == (other.withheld, other.marks)
        numbers = _numbers(each), _numbers(other)
        assert numbers[0] == pytest.approx(numbers[1], abs=1e-9, rel=1e-9)
    severities = {each.judge: each.severity for each in after.judges}
    for judge in before.judges:
        assert severities[judges[judge.judge]] == (
            judge.severity if judge.severity is None else pytest.approx(judge.severity, abs=1e-9)
        )
    assert [(gate.code, gate.state) for gate in before.gates] == [(gate.code, gate.state) for gate in after.gates]


def _shuffled(given: list, chance: object) -> list:  # type: ignore[type-arg]  # of anything
    given = list(given)
    chance.shuffle(given)  # type: ignore[attr-defined]  # hypothesis's Random
    return given


def _numbers(each: object) -> list[float]:
    value, error = each.value, each.error  # type: ignore[attr-defined]  # an EntryEstimate
    if value is None:
        return []
    wide = each.interval95 or ()  # type: ignore[attr-defined]
    return [value, error, each.probability, *wide]  # type: ignore[attr-defined]


def test_what_is_missing_neither_helps_nor_harms() -> None:
    given = world(seed=9, readers=drawn_readers(40, 6, 3, seed=9))
    before = _calibrated(given)
    after = calibrate([*given.entries, Entry("chưa ai đọc", "l0")], given.marks, scale=SCALE, line=65)
    assert after.entries[-1].withheld is Withheld.NO_MARK
    assert after.entries[:-1] == before.entries
    assert after.judges == before.judges


def test_decimals_and_numbers_say_the_same() -> None:
    given = world(seed=9, readers=drawn_readers(40, 6, 3, seed=9))
    exact = [Mark(mark.entry, mark.judge, Decimal(str(mark.total))) for mark in given.marks]
    assert calibrate(given.entries, exact, scale=Scale(Decimal(0), Decimal(100)), line=Decimal(65)) == _calibrated(
        given
    )


def test_the_same_marks_give_the_same_result_to_the_last_bit() -> None:
    given = world(seed=2, readers=drawn_readers(20, 4, 2, seed=2))
    assert _calibrated(given) == _calibrated(given)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 4), st.sampled_from([0, 50, 50.5, 100])),
        max_size=30,
        unique_by=lambda m: m[:2],
    ),
    st.integers(6, 8),
    st.integers(1, 3),
)
def test_nothing_that_can_be_marked_breaks_it(marks: list[tuple[int, int, float]], entries: int, fields: int) -> None:
    found = calibrate(
        [Entry(at, at % fields) for at in range(entries)], [Mark(*each) for each in marks], scale=SCALE, line=60
    )
    assert len(found.entries) == entries
    assert len({gate.code for gate in found.gates}) == len(GateCode)
    for each in found.entries:
        assert (each.value is None) == (each.withheld is not None)
        assert all(np.isfinite(_numbers(each)))
    if not found.shown:
        assert any(gate.state is GateState.CLOSED for gate in found.gates)


@pytest.mark.parametrize(
    ("marks", "why"),
    [
        ([], GateCode.JUDGES),
        ([(i, 0, 50 + i) for i in range(6)], GateCode.JUDGES),
        ([(i, j, 70) for i in range(6) for j in range(4) if (i + j) % 4], GateCode.VARIATION),
        ([(0, j, 60 + j) for j in range(6)], GateCode.JUDGES),
    ],
)
def test_what_cannot_be_calibrated_is_closed_with_its_reason(
    marks: list[tuple[int, int, float]], why: GateCode
) -> None:
    found = calibrate([Entry(at, 0) for at in range(6)], [Mark(*each) for each in marks], scale=SCALE)
    assert found.gate(why).state is GateState.CLOSED
    assert not found.shown
    assert found.variances is None


@pytest.mark.parametrize("lenient", [[0, 0, 0, 0], [-3, 0, 1, 2]], ids=["all the same", "but for severity"])
def test_judges_who_agree_perfectly_leave_nothing_to_calibrate_by(lenient: list[int]) -> None:
    merit = [50, 60, 55, 70, 65, 52, 61, 58]
    marks = [Mark(i, j, q + b) for i, q in enumerate(merit) for j, b in enumerate(lenient) if (i + j) % 4]
    found = calibrate([Entry(at, 0) for at in range(8)], marks, scale=SCALE)
    assert found.gate(GateCode.VARIATION) == Gate(
        GateCode.VARIATION,
        GateState.CLOSED,
        {"lowest": min(m.total for m in marks), "highest": max(m.total for m in marks), "chance": 0},
    )
    assert not found.shown


@pytest.mark.parametrize(
    "marks",
    [[("h0", "g", 1), ("h0", "g", 2)], [("lạ", "g", 1)], [("h0", "g", float("nan"))]],
    ids=["twice", "unknown", "nan"],
)
def test_a_slip_of_the_caller_is_loud(marks: list[tuple[str, str, float]]) -> None:
    with pytest.raises(ValueError, match="mark"):
        calibrate([Entry("h0", "l")], [Mark(*each) for each in marks], scale=SCALE)
