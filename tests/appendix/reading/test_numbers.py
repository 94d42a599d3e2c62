"""Numbers as a clerk sees them."""

import pytest

from sangkien.appendix.reading.numbers import built_in, show, show_iso


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("1", "General", "1"),
        ("1.0", "General", "1"),
        ("1.1", "General", "1.1"),
        ("0.30000000000000004", "General", "0.3"),
        ("1E-5", "General", "0.00001"),
        ("12345678", "@", "12345678"),
        ("0.95", "0%", "95%"),
        ("0.9512", "0.00%", "95,12%"),
        ("1234567", "#,##0", "1.234.567"),
        ("-1234.5", "#,##0.00", "-1.234,50"),
        ("-5", "#,##0_);(#,##0)", "(5)"),
        ("-3", "0;[Red]0", "-3"),
        ("2.5", "0.##", "2,5"),
        ("2", "0.##", "2"),
        ("1", "00", "01"),
        ("5", '0" người"', "5 người"),
        ("1500000", "#,##0 [$₫-42A]", "1.500.000 ₫"),
        ("0.125", "0.0%", "12,5%"),
        ("2.675", "0.00", "2,68"),
        ("0.1", "# ?/?", "0.1"),
        ("1e300", "0.00", "1e+300"),
        ("NaN", "0", "NaN"),
        ("chữ", "0", "chữ"),
    ],
)
def test_a_number_shows_as_its_format_says(stored: str, code: str, shown: str) -> None:
    assert show(stored, code) == shown


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("45356", "dd/mm/yyyy", "5/3/2024"),
        ("45356.5", "d/m/yyyy h:mm", "5/3/2024 12:00"),
        ("45356.5", "d/m/yyyy", "5/3/2024"),
        ("45356", "[$-42A]dd mmmm yyyy;@", "5/3/2024"),
        ("45356", "mm/yyyy", "3/2024"),
        ("45356", "yyyy", "2024"),
        ("0.25", "h:mm", "6:00"),
        ("1.5", "[h]:mm", "36:00"),
        ("59", "d/m/yyyy", "28/2/1900"),
        ("60", "d/m/yyyy", "29/2/1900"),
        ("61", "d/m/yyyy", "1/3/1900"),
        ("-1", "d/m/yyyy", "-1"),
        ("3000000", "d/m/yyyy", "3000000"),
    ],
)
def test_a_date_shows_as_day_month_year(stored: str, code: str, shown: str) -> None:
    assert show(stored, code) == shown


def test_the_calendar_of_1904_begins_1462_days_later() -> None:
    assert show("43894", "d/m/yyyy", since_1904=True) == show("45356", "d/m/yyyy") == "5/3/2024"


@pytest.mark.parametrize(
    ("number", "code"), [(0, "General"), (9, "0%"), (14, "d/m/yyyy"), (57, "d/m/yyyy"), (163, "General")]
)
def test_formats_that_are_not_in_the_file(number: int, code: str) -> None:
    assert built_in(number) == code


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("2024-03-05", "5/3/2024"), ("2024-03-05T07:30:00", "5/3/2024 7:30"), ("hôm qua", "hôm qua")],
)
def test_an_iso_date_shows_as_day_month_year(stored: str, shown: str) -> None:
    assert show_iso(stored) == shown
