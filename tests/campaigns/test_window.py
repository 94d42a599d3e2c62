"""A window of dates as moments in Vietnam (domain 7.5, invariant 12)."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.campaigns.window import VIETNAM, Window

PLAN_230 = Window(date(2024, 7, 15), date(2024, 9, 15))
SECOND = timedelta(seconds=1)
days = st.dates(date(2000, 1, 1), date(2099, 12, 30))
zones = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@pytest.mark.parametrize(
    ("at", "is_open", "is_late"),
    [
        (datetime(2024, 7, 14, 23, 59, 59, tzinfo=VIETNAM), False, False),
        (datetime(2024, 7, 15, 0, 0, 0, tzinfo=VIETNAM), True, False),
        (datetime(2024, 9, 15, 23, 59, 59, 999_999, tzinfo=VIETNAM), True, False),
        (datetime(2024, 9, 16, 0, 0, 0, tzinfo=VIETNAM), False, True),
        (datetime(2024, 9, 15, 16, 59, 59, tzinfo=UTC), True, False),
        (datetime(2024, 9, 15, 17, 0, 0, tzinfo=UTC), False, True),
    ],
)
def test_the_fifteenth_of_september_is_open_until_its_last_second(at: datetime, is_open: bool, is_late: bool) -> None:
    assert (PLAN_230.holds(at), PLAN_230.is_late(at)) == (is_open, is_late)


def test_the_last_minute_is_included_where_the_plan_prints_a_time() -> None:
    window = Window(date(2024, 7, 15), date(2024, 9, 15), time(8), time(17))
    assert not window.holds(datetime(2024, 7, 15, 7, 59, 59, tzinfo=VIETNAM))
    assert window.holds(datetime(2024, 9, 15, 17, 0, 59, tzinfo=VIETNAM))
    assert window.is_late(datetime(2024, 9, 15, 17, 1, tzinfo=VIETNAM))


def test_a_moment_without_a_zone_is_a_slip() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        PLAN_230.holds(datetime(2024, 8, 1))  # noqa: DTZ001 - that is the slip


def test_the_same_days_of_a_leap_year() -> None:
    assert Window(date(2024, 2, 29), date(2024, 9, 15)).years_later(1) == Window(date(2025, 2, 28), date(2025, 9, 15))


@given(days, st.integers(0, 400), st.integers(-800 * 24 * 60, 800 * 24 * 60), zones)
def test_whole_days_of_vietnam_whatever_zone_the_moment_is_told_in(
    opens: date, length: int, minutes: int, zone: timezone
) -> None:
    window = Window(opens, min(opens + timedelta(days=length), date(2099, 12, 31)))
    at = datetime.combine(opens, time(), VIETNAM) + timedelta(minutes=minutes)
    local = at.astimezone(VIETNAM).date()
    told = at.astimezone(zone)
    assert window.holds(told) == (window.opens_date <= local <= window.closes_date)
    assert window.is_late(told) == (local > window.closes_date)


@given(days, st.times(), st.integers(-3, 3))
def test_a_printed_time_is_kept_to_the_minute(closes: date, until: time, minutes: int) -> None:
    window = Window(closes, closes, None, until)
    shown = until.replace(second=0, microsecond=0)
    last = datetime.combine(closes, shown, VIETNAM)
    assert window.closes_at - last == timedelta(minutes=1)
    assert window.is_late(last + timedelta(minutes=minutes)) == (minutes > 0)
    assert not window.is_late(last + timedelta(minutes=1) - SECOND)
