"""Cells of a sheet, wherever they lie, as one compact table with its merged cells."""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.source import Cell, Refusal, Row, Table

LARGEST_ROW, LARGEST_COLUMN = 1_048_576, 16_384
_MOST_PLACES = 3_000_000  # of one table, in pointers: 24 MB; 100,000 rows of 30 columns

Cells = dict[int, dict[int, Cell]]


@dataclass(frozen=True, slots=True)
class Range:
    """A merged range; rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


def letters(column: int) -> str:
    """The name of a column: 1 is "A", 28 is "AB"."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int) -> str:
    """The name of a place as a person sees it: "C5"."""
    return f"{letters(column)}{row}"


def position(reference: str) -> tuple[int, int] | None:
    """Row and column of "C5" or "$C$5"; ``None`` when it is no place of a sheet."""
    column = index = 0
    reference = reference.replace("$", "").upper()
    while index < len(reference) and "A" <= reference[index] <= "Z":
        column = column * 26 + ord(reference[index]) - 64
        index += 1
    digits = reference[index:]
    if not (0 < index <= 3 and digits.isascii() and digits.isdecimal() and len(digits) <= 7):
        return None
    row = int(digits)
    return (row, column) if 0 < row <= LARGEST_ROW and column <= LARGEST_COLUMN else None


def parse_range(reference: str) -> Range | None:
    """The range of "B3:D5"; ``None`` when it is none."""
    first, _, last = reference.partition(":")
    start, end = position(first), position(last or first)
    if start is None or end is None:
        return None
    return Range(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))


def compact(name: str, cells: Cells, merges: Iterable[Range], hidden: Container[int], warnings: list[str]) -> Table:
    """The table of the rows and columns that hold text; ``cells`` has cells with text only.

    Rows and columns without any text are left out (``Row.number`` tells the gap), so that a lone cell at the far corner
    costs one row, not a million; spans count what is left. Raises ``Refusal`` when even so the table is too large.
    """
    rows = sorted(number for number, row in cells.items() if row)
    columns = sorted({column for row in cells.values() for column in row})
    if len(rows) * len(columns) > _MOST_PLACES:
        raise Refusal(
            Outcome.TOO_LARGE,
            f"Trang tính “{name}” quá rộng: chữ nằm rải rác trên {len(rows)} dòng và {len(columns)} cột. "
            "Hãy chép phần báo cáo sang một tệp mới rồi gửi lại.",
        )
    place = {column: index for index, column in enumerate(columns)}
    lines: dict[int, list[Cell | None]] = {}
    for number in rows:
        line: list[Cell | None] = [None] * len(columns)
        for column, cell in cells[number].items():
            line[place[column]] = cell
        lines[number] = line
    _merge(name, lines, columns, merges, warnings)
    return Table([Row(lines[number], hidden=number in hidden, number=number) for number in rows], name=name)


def _merge(
    name: str, lines: dict[int, list[Cell | None]], columns: list[int], merges: Iterable[Range], warnings: list[str]
) -> None:
    """Let every place of a merged range hold the cell that shows there: the first one with text."""
    numbers = list(lines)
    budget = 2 * len(numbers) * len(columns) + 1000  # ranges never overlap in an honest file
    merged: set[int] = set()
    covered: list[str] = []
    for area in merges:
        inside = numbers[bisect_left(numbers, area.top) : bisect_right(numbers, area.bottom)]
        left, right = bisect_left(columns, area.left), bisect_right(columns, area.right)
        budget -= len(inside) * (right - left) + 1
        if budget < 0:
            break
        found = [(number, index) for number, index in _places(inside, left, right) if lines[number][index] is not None]
        shown = lines[found[0][0]][found[0][1]] if found else None
        if shown is None or any(id(lines[number][index]) in merged for number, index in found):
            continue
        covered.extend(address(number, columns[index]) for number, index in found[1:])
        for number, index in _places(inside, left, right):
            lines[number][index] = shown
        shown.row_span, shown.col_span = len(inside), right - left
        merged.add(id(shown))
    if covered:
        places = ", ".join(covered[:8]) + (" …" if len(covered) > 8 else "")
        warnings.append(f"Trang tính “{name}”: có chữ nằm khuất dưới ô gộp tại {places}; chỉ đọc chữ nhìn thấy được.")


def _places(numbers: list[int], left: int, right: int) -> Iterator[tuple[int, int]]:
    return ((number, index) for number in numbers for index in range(left, right))
