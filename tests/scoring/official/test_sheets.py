"""Which sheets count."""

from decimal import Decimal
from fractions import Fraction

from sangkien.scoring.official.model import LeftOut, Standing, Why
from sangkien.scoring.official.reckoning import reckon
from sangkien.scoring.official.sheets import sheet_total
from tests.factories import scoring as make

DROPPING = make.rule(drop_extremes=True)


def test_four_sheets_all_count() -> None:
    done = reckon(make.given(DROPPING, *make.sheets("e1", 1, 2, 3, 10))).of("e1")
    assert (done.score, done.left_out) == (Decimal("4.00"), ())


def test_of_five_the_highest_and_the_lowest_are_left_out() -> None:
    done = reckon(make.given(DROPPING, *make.sheets("e1", 1, 2, 3, 4, 10))).of("e1")
    assert done.score == Decimal("3.00")
    assert done.left_out == (LeftOut("j5", Why.HIGHEST), LeftOut("j1", Why.LOWEST))


def test_five_of_which_one_does_not_count_are_four() -> None:
    made = (*make.sheets("e1", 1, 2, 3, 10), make.sheet("j5", "e1", anchor=True, a=4))
    done = reckon(make.given(DROPPING, *made)).of("e1")
    assert (done.score, done.left_out) == (Decimal("4.00"), (LeftOut("j5", Why.ANCHOR),))


def test_equal_sheets_lose_two_of_them() -> None:
    done = reckon(make.given(DROPPING, *make.sheets("e1", 5, 5, 5, 5, 5))).of("e1")
    assert (done.score, len(done.sheets)) == (Decimal("5.00"), 3)


def test_of_equal_totals_the_higher_first_criterion_is_higher() -> None:
    by = make.rule(make.number("a"), make.number("b"), drop_extremes=True)
    marks = ((9, 1), (1, 9), (5, 5), (5, 5), (5, 5))
    made = [make.sheet(f"j{place}", "e1", a=a, b=b) for place, (a, b) in enumerate(marks)]
    done = reckon(make.given(by, *made)).of("e1")
    assert done.left_out == (LeftOut("j0", Why.HIGHEST), LeftOut("j1", Why.LOWEST))


def test_a_missing_mark_makes_a_sheet_neither_highest_nor_lowest() -> None:
    """j1 has only a, the middle of the marks; at 0 for b it would be the lowest by far."""
    by = make.rule(make.number("a"), make.number("b"), drop_extremes=True)
    marks = ((5, None), (4, 4), (4, 5), (6, 5), (6, 6))
    made = [make.sheet(f"j{place}", "e1", a=a, b=b) for place, (a, b) in enumerate(marks, 1)]
    done = reckon(make.given(by, *made)).of("e1")
    assert [(each.judge, each.why) for each in done.left_out] == [("j5", Why.HIGHEST), ("j2", Why.LOWEST)]
    assert done.exact == Fraction(15, 3) + Fraction(10, 2)


def test_anchors_count_only_where_the_rule_says_so() -> None:
    made = (make.sheet("j1", a=4), make.sheet("j2", anchor=True, a=8))
    assert reckon(make.given(make.rule(), *made)).of("e1").score == Decimal("4.00")
    assert reckon(make.given(make.rule(anchors_count=True), *made)).of("e1").score == Decimal("6.00")


def test_a_sheet_set_aside_is_named_with_its_reason() -> None:
    made = (make.sheet("j1", a=4), make.sheet("j2", set_aside="cùng đơn vị", a=8))
    done = reckon(make.given(make.rule(), *made)).of("e1")
    assert (done.score, done.left_out) == (Decimal("4.00"), (LeftOut("j2", Why.SET_ASIDE, "cùng đơn vị"),))


def test_too_few_sheets_give_no_score() -> None:
    done = reckon(make.given(make.rule(minimum_sheets=3, pass_line=Decimal(1)), *make.sheets("e1", 8, 9))).of("e1")
    assert (done.standing, done.score, done.rank, done.passed) == (Standing.TOO_FEW_SHEETS, None, None, None)
    assert done.exact == Fraction("8.5")


def test_an_empty_sheet_does_not_make_up_the_number() -> None:
    made = make.sheets("e1", 8, None)
    done = reckon(make.given(make.rule(minimum_sheets=2), *made)).of("e1")
    assert (done.standing, done.left_out) == (Standing.TOO_FEW_SHEETS, (LeftOut("j2", Why.BLANK_SHEET),))


def test_a_criterion_that_nobody_marked_leaves_no_score_and_is_named() -> None:
    by = make.rule(make.number("a"), make.number("b"))
    done = reckon(make.given(by, make.sheet(a=5))).of("e1")
    assert (done.standing, done.exact, done.unmarked) == (Standing.INCOMPLETE, None, ("b",))
    assert done.missing == (("j1", "b"),)


def test_the_total_of_a_sheet_is_weighted_and_exact() -> None:
    by = make.rule(make.number("a", weight="0.3"), make.number("b", weight=2))
    assert sheet_total(by, make.sheet(a="9.5", b=4)) == Decimal("10.85")
    assert sheet_total(by, make.sheet(a="9.5")) is None
