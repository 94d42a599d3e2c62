"""Days and numbers as officials write them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from sangkien.intake.forms.days import AmountField, DayField, read_day, written

DAYS = {
    "4/3/2024": date(2024, 3, 4), "04/03/2024": date(2024, 3, 4), "4-3-2024": date(2024, 3, 4),
    "4.3.2024": date(2024, 3, 4), " 4 / 3 / 2024 ": date(2024, 3, 4), "2024-03-04": date(2024, 3, 4),
    "29/2/2024": date(2024, 2, 29),
}  # fmt: skip


@pytest.mark.parametrize("typed", DAYS)
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert DayField().clean(typed) == DAYS[typed]


WRONG = {
    "31/6/2024": "Ngày 31/6 không có. Ghi ngày, tháng, năm, ví dụ 30/6/2024.",
    "29/2/2023": "Ngày 29/2 không có. Ghi ngày, tháng, năm, ví dụ 30/6/2024.",
    "0/1/2024": "Ngày 0/1 không có. Ghi ngày, tháng, năm, ví dụ 30/6/2024.",
    "3/2024": "“3/2024” không phải là ngày. Ghi ngày, tháng, năm, ví dụ 30/6/2024.",
    "4/3/24": "“4/3/24” không phải là ngày. Ghi ngày, tháng, năm, ví dụ 30/6/2024.",
    "hôm qua": "“hôm qua” không phải là ngày. Ghi ngày, tháng, năm, ví dụ 30/6/2024.",
}


@pytest.mark.parametrize("typed", WRONG)
def test_what_is_no_day_is_quoted_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        DayField().clean(typed)
    assert refused.value.messages == [WRONG[typed]]


@given(st.dates(date(1945, 9, 2), date(2100, 1, 1)))
def test_a_day_shown_is_read_again(day: date) -> None:
    assert read_day(str(DayField().prepare_value(day))) == day


AMOUNTS = {
    "1.284": Decimal(1284), "92,5": Decimal("92.5"), "92.5": Decimal("92.5"), "1.284.000": Decimal(1284000),
    "1 284": Decimal(1284), "1.284,25": Decimal("1284.25"), "96%": Decimal(96), "-3": Decimal(-3), "−3": Decimal(-3),
    "0": Decimal(0), "": None, "12.3456": Decimal("12.3456"),
}  # fmt: skip


@pytest.mark.parametrize("typed", AMOUNTS)
def test_a_number_is_read_as_people_write_it(typed: str) -> None:
    assert AmountField(required=False).clean(typed) == AMOUNTS[typed]


@pytest.mark.parametrize("typed", ["nhiều", "1,2,3", "5 lượt", "1.2.3", "--3", "1e5", "NaN", "Infinity", "٣"])
def test_what_is_no_number_is_quoted(typed: str) -> None:
    with pytest.raises(ValidationError, match="không đọc được thành số"):
        AmountField().clean(typed)


@pytest.mark.parametrize("typed", ["1" * 16, "1,23456"])
def test_a_number_that_no_column_holds_is_said(typed: str) -> None:
    with pytest.raises(ValidationError, match="dài quá"):
        AmountField().clean(typed)


@given(st.decimals(-(10**14), 10**14, places=4, allow_nan=False, allow_infinity=False))
def test_a_number_shown_is_read_again(number: Decimal) -> None:
    assert AmountField().clean(written(number)) == number
