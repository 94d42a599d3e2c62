"""Rounding an exact fraction once. No 28 digits that were cut before: 2/3 of .015 stays what it is."""

from decimal import Decimal
from fractions import Fraction

from sangkien.scoring.model import Rounding


def rounded(exact: Fraction, *, decimals: int, how: Rounding) -> Decimal:
    """``exact`` with so many decimals; half up goes away from zero, as ``decimal.ROUND_HALF_UP``."""
    scaled = abs(exact.numerator) * 10**decimals
    whole, rest = divmod(scaled, exact.denominator)
    if _goes_up(whole, 2 * rest, exact.denominator, how):
        whole += 1
    return Decimal(f"{'-' if exact < 0 else ''}{whole}E-{decimals}")


def _goes_up(whole: int, twice_rest: int, denominator: int, how: Rounding) -> bool:
    if how is Rounding.DOWN:
        return False
    if how is Rounding.HALF_EVEN and twice_rest == denominator:
        return whole % 2 == 1
    return twice_rest >= denominator
