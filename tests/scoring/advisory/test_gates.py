"""When the advisory score is shown, beside which warning, and whom a gate names."""

import pytest

from sangkien.scoring.advisory.calibrating import calibrate
from sangkien.scoring.advisory.model import Calibration, Entry, GateCode, GateState, Mark, Scale, Withheld
from tests.factories.marks import SCALE, World, drawn_readers, world


def _calibrated(given: World) -> Calibration:
    return calibrate(given.entries, given.marks, scale=SCALE, line=65)


def _panels(*, bridges: int, entries: int = 20) -> World:
    """Two fields, three judges each; ``bridges`` entries of the first are read by two judges of the second too."""
    readers = [[(at + shift) % 3 for shift in range(2)] for at in range(entries)]
    readers += [[3 + (at + shift) % 3 for shift in range(2)] for at in range(entries)]
    for at in range(bridges):
        readers[at] = [*readers[at], 3 + at % 3, 3 + (at + 1) % 3]
    return world(seed=4, readers=readers, fields=[0] * entries + [1] * entries)


def test_an_ordinary_design_opens_every_gate() -> None:
    found = _calibrated(world(seed=1, readers=drawn_readers(60, 10, 3, seed=1)))
    assert {gate.code for gate in found.gates if gate.state is not GateState.OPEN} == set()
    assert all(each.value is not None for each in found.entries)


def test_a_judge_with_three_marks_is_left_out_and_named() -> None:
    given = world(seed=1, readers=drawn_readers(40, 6, 3, seed=1))
    extra = [Mark(f"h{at}", "thỉnh giảng", 100) for at in range(3)]
    found = calibrate(given.entries, [*given.marks, *extra], scale=SCALE, line=65)
    assert found.gate(GateCode.LEFT_OUT).who == ("thỉnh giảng",)
    left = found.judges[-1]
    assert (left.judge, left.marks, left.left_out, left.severity) == ("thỉnh giảng", 3, True, None)
    assert found.entries == _calibrated(given).entries


def test_an_entry_with_one_mark_has_no_value_and_is_named() -> None:
    given = world(seed=1, readers=[*drawn_readers(40, 6, 3, seed=1), [0]])
    found = _calibrated(given)
    assert found.gate(GateCode.MARKS).state is GateState.WARNING
    assert found.gate(GateCode.MARKS).who == ("h40",)
    assert found.entries[40].withheld is Withheld.FEW_MARKS
    assert found.entries[0].value is not None


def test_two_judges_are_not_enough() -> None:
    found = _calibrated(world(seed=1, readers=[[0, 1]] * 9 + [[0]] * 3))
    assert found.gate(GateCode.JUDGES).state is GateState.CLOSED
    assert found.gate(GateCode.JUDGES).numbers == {"judges": 2, "fewest": 3}


def test_panels_that_share_no_entry_are_ranked_each_in_itself() -> None:
    found = _calibrated(_panels(bridges=0))
    assert found.gate(GateCode.CONNECTED).state is GateState.WARNING
    assert found.gate(GateCode.CONNECTED).numbers == {"components": 2, "largest": 20, "entries": 40}
    for part in (1, 2):
        places = sorted(each.place or 0 for each in found.entries if each.component == part)
        assert places == list(range(1, 21))


def test_panels_that_share_no_entry_keep_each_its_own_mean() -> None:
    """Naive calibration would draw the fields together, as if only severity had parted them."""
    given = _panels(bridges=0)
    found = _calibrated(given)
    for part in (found.entries[:20], found.entries[20:]):
        names = {each.entry for each in part}
        marks = [float(mark.total) for mark in given.marks if mark.entry in names]
        assert sum(each.value or 0 for each in part) / 20 == pytest.approx(sum(marks) / len(marks), abs=0.3)


@pytest.mark.parametrize(("bridges", "state"), [(1, GateState.WARNING), (3, GateState.OPEN)])
def test_how_many_entries_join_the_parts_is_said(bridges: int, state: GateState) -> None:
    gate = _calibrated(_panels(bridges=bridges)).gate(GateCode.BRIDGES)
    single = 1 if bridges == 1 else 0
    assert gate.numbers == {"parts": 2, "bridging": bridges, "weakest": bridges, "single": single}
    assert gate.state is state


def test_a_single_link_inside_one_field_is_seen() -> None:
    readers = [[(at + shift) % 3 for shift in range(2)] for at in range(12)]
    readers += [[3 + (at + shift) % 3 for shift in range(2)] for at in range(12)]
    gate = _calibrated(world(seed=4, readers=[*readers, [0, 3]])).gate(GateCode.BRIDGES)
    assert (gate.state, gate.numbers["single"]) == (GateState.WARNING, 1)


def test_a_part_with_two_judges_is_not_shown_while_the_other_is() -> None:
    given = world(seed=4, readers=[*drawn_readers(20, 4, 2, seed=4), *[[10, 11]] * 6], fields=[0] * 20 + [1] * 6)
    found = _calibrated(given)
    assert {each.withheld for each in found.entries[20:]} == {Withheld.SMALL_COMPONENT}
    assert {each.withheld for each in found.entries[:20]} == {None}


@pytest.mark.parametrize(
    ("at_most", "state", "interval"),
    [(0, GateState.OPEN, True), (24, GateState.WARNING, True), (40, GateState.CLOSED, False)],
)
def test_marks_at_the_maximum_warn_and_then_withhold(at_most: int, state: GateState, interval: bool) -> None:
    given = world(seed=1, readers=drawn_readers(40, 6, 3, seed=1))
    marks = [mark._replace(total=100) if at < at_most else mark for at, mark in enumerate(given.marks)]
    found = calibrate(given.entries, marks, scale=SCALE, line=65)
    assert found.gate(GateCode.CEILING).state is state
    assert found.gate(GateCode.CEILING).numbers["share"] == pytest.approx(at_most / 120)
    first = found.entries[0]
    assert first.value is not None
    assert (first.interval95 is not None, first.probability is not None) == (interval, interval)


def test_marks_that_hit_the_ceiling_widen_the_intervals_too() -> None:
    given = world(seed=1, readers=drawn_readers(40, 6, 3, seed=1))
    cut = [mark._replace(total=min(float(mark.total), 70.0)) for mark in given.marks]
    found = calibrate(given.entries, cut, scale=Scale(0, 70), line=65)
    assert 0.05 <= found.gate(GateCode.CEILING).numbers["share"] < 0.3
    assert found.gate(GateCode.THIN).state is GateState.OPEN
    assert found.gate(GateCode.THIN).numbers["factor"] > 1.03
    assert _calibrated(given).gate(GateCode.THIN).numbers["factor"] == 1.0


def test_thin_designs_get_wider_intervals_and_say_so() -> None:
    thin = _calibrated(world(seed=1, readers=drawn_readers(20, 3, 2, seed=1)))
    gate = thin.gate(GateCode.THIN)
    assert gate.state is GateState.WARNING
    assert 1.05 < gate.numbers["factor"] < 2.5
    each = thin.entries[0]
    assert each.interval95 is not None
    assert each.error is not None
    assert each.interval95.high - each.interval95.low == pytest.approx(
        2 * 1.959964 * gate.numbers["factor"] * each.error, rel=1e-5
    )


def test_too_few_marks_to_tell_chance_from_merit_are_said() -> None:
    chain = [Mark(at, j, 50.0 + at + j) for at in range(12) for j in (at % 3,)]
    found = calibrate([Entry(at, 0) for at in range(12)], chain, scale=SCALE)
    assert found.gate(GateCode.MARKS).state is GateState.CLOSED
    assert not found.shown
