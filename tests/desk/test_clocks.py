"""How a day is said on a row of work."""

from datetime import date

import pytest

from sangkien.desk.clocks import Clock

TODAY = date(2024, 9, 11)  # a Wednesday


@pytest.mark.parametrize(
    ("due", "text", "hint", "tone"),
    [
        (date(2024, 9, 9), "Quá hạn 2 ngày", "hạn 9/9", "late"),
        (date(2023, 12, 31), "Quá hạn 255 ngày", "hạn 31/12/2023", "late"),
        (date(2024, 9, 11), "Hôm nay", "hạn 11/9", "due"),
        (date(2024, 9, 12), "Ngày mai", "hạn 12/9", "due"),
        (date(2024, 9, 13), "Thứ Sáu 13/9", "", ""),
        (date(2024, 9, 18), "Thứ Tư 18/9", "", ""),
        (date(2024, 9, 19), "đến 19/9", "", ""),
        (date(2025, 1, 2), "đến 2/1/2025", "", ""),
    ],
)
def test_a_day_that_is_due(due: date, text: str, hint: str, tone: str) -> None:
    clock = Clock(TODAY, since=date(2024, 8, 1), due=due)
    assert (clock.text, clock.hint, clock.tone) == (text, hint, tone)


@pytest.mark.parametrize(
    ("since", "text", "tone"),
    [
        (date(2024, 9, 11), "Hôm nay", ""),
        (date(2024, 9, 12), "Hôm nay", ""),  # a paper that arrives, by its date, after midnight elsewhere
        (date(2024, 9, 7), "Chờ 4 ngày", ""),
        (date(2024, 9, 6), "Chờ 5 ngày", "due"),
    ],
)
def test_what_has_no_day_tells_how_long_it_waits(since: date, text: str, tone: str) -> None:
    clock = Clock(TODAY, since=since)
    assert (clock.text, clock.tone) == (text, tone)


def test_the_oldest_comes_first_whether_due_or_waiting() -> None:
    overdue = Clock(TODAY, since=date(2024, 9, 1), due=date(2024, 9, 9))
    waiting = Clock(TODAY, since=date(2024, 9, 10))
    later = Clock(TODAY, since=date(2024, 7, 1), due=date(2024, 9, 13))
    assert sorted([later, waiting, overdue], key=lambda each: each.order) == [overdue, waiting, later]
