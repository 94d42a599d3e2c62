"""Geometry of the charts: nothing leaves the picture, nothing is lost, the deadline stands behind its whole day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.ui.charts import days_chart, lane

FIRST, LAST, DEADLINE = date(2024, 7, 15), date(2024, 9, 30), date(2024, 9, 15)
DAYS = st.dictionaries(st.dates(date(2024, 6, 1), date(2024, 12, 31)), st.integers(0, 40), max_size=30)


def number(text: str) -> float:
    return float(text.rstrip("%"))


@given(DAYS, st.integers(0, 60), st.integers(0, 400))
def test_bars_stay_in_the_picture_and_end_at_the_sum(new: dict[date, int], most: int, length: int) -> None:
    last = FIRST + timedelta(days=length)
    chart = days_chart(new, first=FIRST, last=last, most=most, deadline=DEADLINE)
    for bar in chart.bars:
        assert 0 <= number(bar.x) <= 100
        assert 19.9 <= number(bar.new_y) <= number(bar.was_y) <= 160
    total = sum(new.values())
    assert (chart.rows[-1].total if chart.rows else 0) == total
    assert sum(row.new for row in chart.rows) == total
    if total:
        top = number(chart.bars[-1].new_height) + number(chart.bars[-1].was_height)
        assert abs(top - total / max(most, total) * 140) < 0.2


def test_the_deadline_stands_after_its_whole_day() -> None:
    chart = days_chart({}, first=FIRST, last=LAST, most=10, deadline=FIRST)
    assert number(chart.deadline.x) == pytest.approx(100 / 78, abs=0.01)


def test_half_a_year_is_drawn_week_by_week() -> None:
    chart = days_chart({LAST: 1}, first=date(2024, 3, 1), last=LAST, most=10, deadline=DEADLINE)
    assert chart.weekly
    assert len(chart.bars) == 31


def test_the_time_before_is_a_line_of_steps_to_the_edge() -> None:
    before = {FIRST + timedelta(days=3): 2, FIRST + timedelta(days=9): 1}
    chart = days_chart({}, first=FIRST, last=LAST, most=10, deadline=DEADLINE, before=before)
    assert chart.before[-1].x2 == "100%"
    assert number(chart.before[-1].y1) == 160 - 3 / 10 * 140


def test_days_that_run_backwards_are_refused() -> None:
    with pytest.raises(ValueError, match="lies before"):
        days_chart({}, first=LAST, last=FIRST, most=1, deadline=LAST)


@pytest.mark.parametrize(("on", "late"), [(DEADLINE, False), (DEADLINE + timedelta(days=1), True), (None, False)])
def test_a_lane_shows_the_day_and_whether_it_is_late(on: date | None, late: bool) -> None:
    drawn = lane(on, first=FIRST, last=LAST, deadline=DEADLINE)
    assert drawn.is_late is late
    assert (drawn.at == "") is (on is None)
    if on is not None:
        assert (number(drawn.at) > number(drawn.deadline)) is late
