"""Shares as rules say them, counted in whole numbers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.campaigns.shares import MORE_THAN_HALF, SEVENTY, TWO_THIRDS, Share


@pytest.mark.parametrize(
    ("share", "part", "whole", "is_reached"),
    [
        (MORE_THAN_HALF, 4, 8, False),
        (MORE_THAN_HALF, 5, 8, True),
        (TWO_THIRDS, 6, 9, True),
        (TWO_THIRDS, 5, 8, False),
        (SEVENTY, 7, 10, True),
        (SEVENTY, 6, 9, False),
        (TWO_THIRDS, 0, 0, False),
    ],
)
def test_a_share_is_reached_exactly_where_the_rule_says(share: Share, part: int, whole: int, is_reached: bool) -> None:
    assert share.is_reached(part, whole) is is_reached


@given(st.integers(1, 50), st.integers(0, 50), st.integers(0, 60), st.integers(1, 60), st.booleans())
def test_it_agrees_with_exact_fractions(numerator: int, more: int, part: int, whole: int, above: bool) -> None:
    share = Share(numerator, numerator + more, above)
    needed, reached = Fraction(numerator, numerator + more), Fraction(part, whole)
    assert share.is_reached(part, whole) is (reached > needed if above else reached >= needed)


def test_two_empty_columns_are_no_share() -> None:
    assert Share.of(None, None) is None
    assert Share.of(2, 3) == TWO_THIRDS
