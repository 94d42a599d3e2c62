"""How much work one spreadsheet may cause, so that reading ends in seconds whatever a file holds."""

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.source import Refusal

CELL, BLANK = 8, 1  # a cell with a value costs some seven microseconds, an empty one a single one
_MOST = 300_000 * CELL  # 50,000 rows of six columns; about two seconds
TOO_MANY_CELLS = (
    "Tệp có quá nhiều ô, kể cả ô trống đã kẻ khung hay tô màu, nên chưa đọc. "
    "Hãy chép riêng phần báo cáo sang một tệp mới rồi gửi lại."
)
_MOST_TEXT = 30_000_000  # characters of all cells: one shared string may stand in a million of them


class Effort:
    """Counts what was done for a file. Every method raises ``Refusal`` when it is too much."""

    def __init__(self) -> None:
        self._spent = self._characters = 0

    def spend(self, units: int) -> None:
        """Count work, in empty cells."""
        self._spent += units
        if self._spent > _MOST:
            raise Refusal(Outcome.TOO_LARGE, TOO_MANY_CELLS)

    def keep(self, text: str) -> None:
        """Count text that stays in memory."""
        self._characters += len(text)
        if self._characters > _MOST_TEXT:
            raise Refusal(Outcome.TOO_LARGE, TOO_MANY_CELLS)
