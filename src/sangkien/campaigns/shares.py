"""A share of a whole as rules say it: "quá nửa", "ít nhất 2/3", "70 %". Counted in whole numbers, never rounded."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Share:
    """``numerator`` of ``denominator``; ``above``: more than that rather than at least that."""

    numerator: int
    denominator: int
    above: bool = False

    @classmethod
    def of(cls, numerator: int | None, denominator: int | None, *, above: bool = False) -> "Share | None":
        """Out of two columns that are both empty or both filled."""
        return None if numerator is None or denominator is None else cls(numerator, denominator, above)

    def is_reached(self, part: int, whole: int) -> bool:
        """Whether ``part`` of ``whole`` (counts) is enough; of nobody nothing is enough."""
        if whole <= 0:
            return False
        reached, needed = part * self.denominator, whole * self.numerator
        return reached > needed if self.above else reached >= needed


MORE_THAN_HALF: Final = Share(1, 2, above=True)
TWO_THIRDS: Final = Share(2, 3)
SEVENTY: Final = Share(70, 100)
