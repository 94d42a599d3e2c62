"""Rounded once, from the exact fraction."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.scoring.model import Rounding
from sangkien.scoring.official.reckoning import reckon
from sangkien.scoring.official.rounding import rounded
from tests.factories import scoring as make

HOW = {Rounding.HALF_UP: ROUND_HALF_UP, Rounding.HALF_EVEN: ROUND_HALF_EVEN, Rounding.DOWN: ROUND_DOWN}


@pytest.mark.parametrize(
    ("exact", "decimals", "how", "shown"),
    [
        ("82.495", 2, Rounding.HALF_UP, "82.50"),
        ("82.485", 2, Rounding.HALF_UP, "82.49"),
        ("82.485", 2, Rounding.HALF_EVEN, "82.48"),
        ("82.489", 2, Rounding.DOWN, "82.48"),
        ("2.5", 0, Rounding.HALF_UP, "3"),
        ("2.5", 0, Rounding.HALF_EVEN, "2"),
        ("-0.005", 2, Rounding.HALF_UP, "-0.01"),
        ("0", 2, Rounding.HALF_UP, "0.00"),
    ],
)
def test_the_half_goes_where_the_rule_says(exact: str, decimals: int, how: Rounding, shown: str) -> None:
    assert str(rounded(Fraction(exact), decimals=decimals, how=how)) == shown


@given(st.decimals(-100_000, 100_000, places=6), st.integers(0, 4), st.sampled_from(list(Rounding)))
def test_decimals_are_rounded_as_the_decimal_module_does(exact: Decimal, decimals: int, how: Rounding) -> None:
    expected = exact.quantize(Decimal(1).scaleb(-decimals), HOW[how], Context(prec=60))
    assert rounded(Fraction(exact), decimals=decimals, how=how) == expected


def test_three_means_that_are_no_decimals_make_their_half() -> None:
    """(0,01 + 0,04 + 0,055) : 3 is 0,035. Who divides each to 28 digits first has 0,03499… and loses the half."""
    by = make.rule(*(make.number(code, 10, step="0.005") for code in "abc"))
    made = [make.sheet("j1", "e1", a="0.01", b="0.04", c="0.055")]
    made += [make.sheet(judge, "e1", a=0, b=0, c=0) for judge in ("j2", "j3")]
    divide = Context(prec=28).divide
    early = sum((divide(Decimal(total), Decimal(3)) for total in ("0.01", "0.04", "0.055")), Decimal(0))
    assert early.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal("0.03")
    reckoning = reckon(make.given(by, *made)).of("e1")
    assert (reckoning.exact, reckoning.score) == (Fraction("0.035"), Decimal("0.04"))
