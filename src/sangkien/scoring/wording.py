"""How numbers and shares are said to people."""

from decimal import Decimal
from fractions import Fraction

from sangkien.scoring.model import Share


def points(number: Decimal) -> str:
    """``7,5``: a comma, no zeros that say nothing."""
    if not number.is_finite():
        return str(number)
    plain = format(number, "f")
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")


def exactly(number: Decimal) -> str:
    """``82,50``: a comma, every decimal of the rule."""
    return format(number, "f").replace(".", ",")


def fraction(exact: Fraction) -> str:
    """``239/4``, or a whole number."""
    return str(exact.numerator) if exact.denominator == 1 else f"{exact.numerator}/{exact.denominator}"


def unrounded(exact: Fraction) -> str:
    """``59,75`` where decimals can say it exactly, else the first six of them and the fraction: ``2,666666… (8/3)``."""
    scaled = exact * 10**6
    if scaled.denominator == 1:
        return points(Decimal(scaled.numerator).scaleb(-6))
    cut = Decimal(abs(scaled.numerator) // scaled.denominator).scaleb(-6)
    return f"{'-' if exact < 0 else ''}{exactly(cut)}… ({fraction(exact)})"


def share(due: Share, of: str = "") -> str:
    """``quá 1/2``, ``từ 2/3 số phiếu trở lên``, ``tất cả``; seven of ten as ``từ 70% trở lên``. ``of``: of what."""
    whole = f" {of}" if of else ""
    if due.exact == 1:
        return f"tất cả{whole}"
    percent = due.exact * 100
    named = f"{percent}%" if percent.denominator == 1 and due.denominator % 10 == 0 else fraction(due.exact)
    return f"quá {named}{whole}" if due.more_than else f"từ {named}{whole} trở lên"
