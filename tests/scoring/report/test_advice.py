"""What goes into the advisory score, and how it is told."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sangkien.scoring.advisory.model import Calibration, Gate, GateCode, GateState
from sangkien.scoring.model import Entry, Input, PassBy, VoteRule
from sangkien.scoring.official.reckoning import reckon
from sangkien.scoring.report.advice_table import advisory_lines, chance_said
from sangkien.scoring.report.gates import WITHHELD, gate_said
from sangkien.scoring.report.joining import Advice, advise, line_of, scale_of
from sangkien.scoring.report.whole import whole_report
from tests.factories import scoring as make

# Six judges of different severity read twelve entries, three each, in a ring.
SEVERITY = (0, 4, -4, 2, -2, 8)
MERIT = (30, 32, 35, 38, 40, 41, 44, 45, 48, 52, 55, 60)
CHANCE = (0, "0.5", 1, "-0.5", 0, "1.5", -1, "0.5", 0, "-1.5", 1, 0, "-0.5")


def ring(**settings: object) -> Input:
    """The twelve entries, in two fields."""
    by = make.rule(make.number("a", 100), pass_line=Decimal(45), **settings)
    sheets = [
        make.sheet(f"j{judge}", f"e{at:02}", a=str(merit - SEVERITY[judge] + Decimal(CHANCE[(at * 3 + seat) % 13])))
        for at, merit in enumerate(MERIT)
        for seat, judge in enumerate(((at + step) % 6) for step in range(3))
    ]
    given = make.given(by, *sheets)
    return replace(given, entries=tuple(Entry(each.code, f"f{at % 2}") for at, each in enumerate(given.entries)))


def advised(given: Input) -> Advice:
    """The advisory result beside the official one."""
    return advise(given, reckon(given))


def calibrated(given: Input) -> Calibration:
    """The advisory result alone, of marks that are points."""
    return advised(given).calibration


def test_sheets_become_totals_on_the_scale_of_the_score() -> None:
    found = calibrated(ring())
    assert found.shown
    assert [each.marks for each in found.entries] == [3] * 12
    severe = max(found.judges, key=lambda each: each.severity or 0)
    assert severe.judge == "j5"
    assert found.line == 45


def test_an_entry_far_from_the_line_is_clear_of_it_and_one_beside_it_is_discussed() -> None:
    zones = {each.entry: each.zone.value for each in advised(ring()).placed}
    assert (zones["e00"], zones["e07"], zones["e11"]) == ("below", "discuss", "above")


def test_a_sheet_that_lacks_a_mark_is_counted_and_left_out_of_the_model() -> None:
    given = ring()
    lacking = replace(given.sheets[0], marks={"a": None})
    by = replace(given.rule, criteria=(*given.rule.criteria, make.number("b", 100)))
    half = [replace(each, marks={**each.marks, "b": Decimal(0)}) for each in given.sheets[1:]]
    one = replace(given, rule=by, sheets=(replace(lacking, marks={"a": Decimal(1), "b": None}), *half))
    assert advised(one).incomplete == 1
    assert calibrated(one).entries[0].marks == 2
    assert advised(replace(given, sheets=(lacking, *given.sheets[1:]))).incomplete == 0


def test_anchors_belong_to_the_model_and_sheets_set_aside_do_not() -> None:
    given = ring()
    anchor, aside = replace(given.sheets[0], anchor=True), replace(given.sheets[1], set_aside="cùng đơn vị")
    found = calibrated(replace(given, sheets=(anchor, aside, *given.sheets[2:])))
    assert found.entries[0].marks == 2


def test_no_line_no_probability() -> None:
    vote = {"pass_by": PassBy.VOTE, "vote": VoteRule()}
    assert line_of(ring(**vote).rule) is None
    assert advised(ring(**vote)).placed == ()
    assert all(each.probability is None for each in calibrated(ring(**vote)).entries)


def test_a_set_of_yes_and_no_has_no_advisory_score() -> None:
    given = make.given(make.rule(make.yes_no("y")), *(make.sheet(f"j{at}", y=1) for at in range(3)))
    advice = advised(given)
    assert not advice.has_points
    assert advisory_lines(advice) == ["Tiêu chí chỉ có đạt, không đạt nên không có điểm hiệu chỉnh tham khảo."]
    told = whole_report(given, reckon(given), advice)
    assert (told["advisory"], told["entries"][0]["advisory"]) == (None, None)  # type: ignore[index]  # a plain value


def test_the_scale_is_that_of_a_sheet() -> None:
    scale = scale_of(make.rule(make.number("a", 10, least=1, weight=2), make.number("b", 5)))
    assert scale == (Decimal(2), Decimal(25))


def test_plain_values_join_both_results() -> None:
    given = ring()
    result = reckon(given)
    told = whole_report(given, result, advise(given, result))
    entry = told["entries"][-1]  # type: ignore[index]  # a plain value
    assert (entry["entry"], entry["passed"], entry["advisory"]["zone"]) == ("e11", True, "above")
    assert entry["advisory"]["interval95"][0] < entry["advisory"]["value"] < entry["advisory"]["interval95"][1]
    advisory = told["advisory"]
    assert [each["judge"] for each in advisory["judges"]] == [f"j{at}" for at in range(6)]  # type: ignore[index]  # as above
    assert {each["code"] for each in advisory["gates"]} == set(GateCode)  # type: ignore[index]  # as above


def test_lines_for_a_terminal() -> None:
    lines = advisory_lines(advised(ring()))
    assert lines[0] == "Điểm hiệu chỉnh tham khảo, không thay điểm chính thức:"
    assert "Giải pháp  Phiếu  Tham khảo  Khoảng 95%       Khả năng trên vạch  Ghi chú" in lines
    judges = lines.index("Người chấm  Phiếu  Độ nghiêm  Sai số")
    assert lines[judges + 6].startswith("j5              6      +")
    assert lines[-1].startswith("Phương sai: giải pháp ")


@pytest.mark.parametrize(
    ("chance", "said"), [(0.0, "<1%"), (0.004, "<1%"), (0.37, "37%"), (0.9951, ">99%"), (1, ">99%")]
)
def test_nothing_is_certain(chance: float, said: str) -> None:
    assert chance_said(chance) == said


@pytest.mark.parametrize("code", GateCode)
@pytest.mark.parametrize("state", [GateState.WARNING, GateState.CLOSED])
def test_every_gate_that_is_not_open_has_a_sentence(code: GateCode, state: GateState) -> None:
    said = gate_said(Gate(code, state, {"share": 0.4, "factor": 1.25}))
    assert said is not None
    assert said.endswith(".")
    assert gate_said(Gate(code, GateState.OPEN)) is None


def test_every_reason_to_withhold_has_words() -> None:
    assert len(set(WITHHELD.values())) == len(WITHHELD) == 4


def test_the_gates_of_a_panel_that_read_everything() -> None:
    sheets = [make.sheet(f"j{judge}", f"e{at}", a=5 + (judge * at) % 4) for judge in range(4) for at in range(5)]
    said = [gate_said(each) for each in calibrated(make.given(make.rule(), *sheets)).gates]
    assert said[0] == (
        "Cả 4 người chấm đều chấm đủ 5 giải pháp, nên không giải pháp nào được lợi hay chịu thiệt vì người chấm nghiêm "
        "hay rộng: không cần hiệu chỉnh."
    )
