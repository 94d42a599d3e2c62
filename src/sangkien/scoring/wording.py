"""How numbers and shares are said to people."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from sangkien.scoring.model import Share


@lru_cache(maxsize=4_096)
def points(number: Decimal) -> str:
    """``7,5``: a comma, no zeros that say nothing. The same few marks come again and again."""
    plain = format(number, "f")
    plain = (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")
    return "0" if plain == "-0" else plain


def exactly(number: Decimal) -> str:
    """``82,50``: a comma, every decimal of the rule."""
    return format(number, "f").replace(".", ",")


def fraction(exact: Fraction) -> str:
    """``239/4``, or a whole number."""
    return str(exact.numerator) if exact.denominator == 1 else f"{exact.numerator}/{exact.denominator}"


def unrounded(exact: Fraction) -> str:
    """``59,75`` where six decimals say it exactly, else the first six of them and the fraction: ``2,666666… (8/3)``."""
    millionths, rest = divmod(abs(exact.numerator) * 1_000_000, exact.denominator)
    whole, part = divmod(millionths, 1_000_000)
    sign = "-" if exact < 0 else ""
    if rest:
        return f"{sign}{whole},{part:06}… ({fraction(exact)})"
    return f"{sign}{whole}" if not part else f"{sign}{whole},{part:06}".rstrip("0")


def share(due: Share, of: str = "") -> str:
    """``quá 1/2``, ``từ 2/3 số phiếu trở lên``, ``tất cả``; seven of ten as ``từ 70% trở lên``. ``of``: of what."""
    whole = f" {of}" if of else ""
    if due.exact == 1:
        return f"tất cả{whole}"
    named = portion(due)
    return f"quá {named}{whole}" if due.more_than else f"từ {named}{whole} trở lên"


def portion(due: Share) -> str:
    """The number of a share alone: ``2/3``; seven of ten as ``70%``."""
    percent = due.exact * 100
    return f"{percent}%" if percent.denominator == 1 and due.denominator % 10 == 0 else fraction(due.exact)
