"""Limits in working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.campaigns.working_days import WorkingCalendar

DAY = timedelta(days=1)
# Quốc khánh 2024: Monday 2 and Tuesday 3 September off; the Saturday of the week before is worked in this example.
CALENDAR = WorkingCalendar(frozenset({date(2024, 9, 2), date(2024, 9, 3)}), frozenset({date(2024, 8, 31)}))
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
calendars = st.builds(WorkingCalendar, st.frozensets(days, max_size=5), st.frozensets(days, max_size=5))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2024, 8, 29), 1, date(2024, 8, 30)),
        (date(2024, 8, 30), 1, date(2024, 8, 31)),
        (date(2024, 8, 30), 2, date(2024, 9, 4)),
        (date(2024, 9, 1), 5, date(2024, 9, 10)),
    ],
)
def test_holidays_do_not_count_and_days_worked_do(start: date, count: int, end: date) -> None:
    assert CALENDAR.after(start, count) == end
    assert CALENDAR.between(start, end) == count


def test_an_overdue_limit_counts_below_zero() -> None:
    assert CALENDAR.between(date(2024, 9, 4), date(2024, 8, 30)) == -2


@pytest.mark.parametrize("count", [0, -1, 100_000])
def test_a_limit_that_is_none_is_a_slip(count: int) -> None:
    with pytest.raises(ValueError, match="working days"):
        CALENDAR.after(date(2024, 8, 30), count)


@given(calendars, days, st.integers(1, 60))
def test_a_limit_ends_on_a_working_day_and_counts_back(calendar: WorkingCalendar, start: date, count: int) -> None:
    end = calendar.after(start, count)
    assert calendar.is_working(end)
    assert calendar.between(start, end) == count
    assert calendar.between(start, end - DAY) == count - 1


@given(calendars, days, st.integers(0, 90), st.integers(0, 90))
def test_counting_in_two_parts_is_counting_at_once(calendar: WorkingCalendar, start: date, one: int, two: int) -> None:
    middle, end = start + DAY * one, start + DAY * (one + two)
    assert calendar.between(start, middle) + calendar.between(middle, end) == calendar.between(start, end)
