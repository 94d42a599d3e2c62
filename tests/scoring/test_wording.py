"""Numbers as people write them."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from sangkien.scoring import wording
from sangkien.scoring.model import SEVENTY_PERCENT, SIMPLE_MAJORITY, TWO_THIRDS, UNANIMOUS, Share


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("7.50", "7,5"),
        ("10", "10"),
        ("100", "100"),
        ("1E+2", "100"),
        ("0.0001", "0,0001"),
        ("-0", "0"),
        ("-2.5", "-2,5"),
    ],
)
def test_points(number: str, said: str) -> None:
    assert wording.points(Decimal(number)) == said


@pytest.mark.parametrize(
    ("exact", "said"),
    [
        (Fraction(239, 4), "59,75"), (Fraction(8, 3), "2,666666… (8/3)"), (Fraction(-8, 3), "-2,666666… (-8/3)"),
        (Fraction(10), "10"), (Fraction(0), "0"), (Fraction(1, 10**7), "0,000000… (1/10000000)"),
        (Fraction(100, 3), "33,333333… (100/3)"), (Fraction("1.05"), "1,05"),
    ],
)  # fmt: skip
def test_what_is_not_rounded(exact: Fraction, said: str) -> None:
    with localcontext() as context:
        context.prec = 2
        assert wording.unrounded(exact) == said


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (SIMPLE_MAJORITY, "quá 1/2 số phiếu"), (TWO_THIRDS, "từ 2/3 số phiếu trở lên"),
        (SEVENTY_PERCENT, "từ 70% số phiếu trở lên"), (Share(2, 4), "từ 1/2 số phiếu trở lên"),
        (UNANIMOUS, "tất cả số phiếu"),
    ],
)  # fmt: skip
def test_shares(due: Share, said: str) -> None:
    assert wording.share(due, "số phiếu") == said
