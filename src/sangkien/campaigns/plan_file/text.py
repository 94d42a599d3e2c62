"""A plan as lines, in the order in which a person reads it."""

from collections.abc import Iterator
from typing import Final

from sangkien.appendix.reading.source import Source, Table
from sangkien.appendix.reading.tidy import is_blank, key, one_line

MOST_LINES: Final = 5_000
LONGEST: Final = 4_000  # signs of a line that are looked at; a plan has no such paragraph
NATIONAL: Final = "cong hoa xa hoi chu nghia viet nam"


def lines_of(source: Source) -> list[str]:
    """Paragraphs and cells line by line, with the marks of lists as Word shows them; blank ones and rules left out."""
    return [line for _number, line in zip(range(MOST_LINES), _lines(source), strict=False)]


def _lines(source: Source) -> Iterator[str]:
    for block in source.blocks:
        texts = _cells(block) if isinstance(block, Table) else [f"{block.marker} {block.text}"]
        for text in texts:
            for line in text.splitlines():
                tidy = one_line(line[:LONGEST])
                if not is_blank(tidy):
                    yield tidy


def _cells(table: Table) -> list[str]:
    cells = {id(cell): cell.text for row in table.rows for cell in row.cells if cell is not None}
    return list(cells.values())


def letterhead(source: Source) -> list[str]:
    """The lines on the left of, or above, the national heading of the first page: the bodies, and the number."""
    for block in source.blocks[:12]:
        if isinstance(block, Table):
            for row in block.rows[:6]:
                cells = [cell for cell in row.cells if cell is not None]
                beside = [cell for cell in cells if NATIONAL in key(cell.text[:LONGEST])]
                if beside and cells[0] is not beside[0]:
                    column = [line.cells[0] for line in block.rows[:6] if line.cells]
                    texts = dict.fromkeys(cell.text for cell in column if cell is not None)
                    return [one_line(line) for text in texts for line in text.splitlines() if not is_blank(line)]
    return []
