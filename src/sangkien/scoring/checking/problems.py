"""One thing that does not fit, and the refusal of an input that has some."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

_T = TypeVar("_T", bound=Hashable)
LARGEST: Final = Decimal("99999.9999")
_SMALLEST: Final = Decimal("0.0001")
LONGEST_CODE: Final = 200  # letters
LONGEST_TEXT: Final = 10_000


@dataclass(frozen=True, slots=True)
class Problem:
    """``where`` as a person finds it (“Tiêu chí novelty”, “Phiếu của j1 cho SK-01”); the sentence stands alone."""

    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


class Unsound(Exception):
    """An input, or a rule, from which no result is reckoned; it carries every problem."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def fits(number: Decimal) -> bool:
    """Whether a table can hold the number: nine digits, four of them decimals."""
    return number.is_finite() and abs(number) <= LARGEST and number == number.quantize(_SMALLEST)


def repeated(codes: Iterable[_T]) -> list[_T]:
    """What is there more than once, each once."""
    return [code for code, count in Counter(codes).items() if count > 1]
