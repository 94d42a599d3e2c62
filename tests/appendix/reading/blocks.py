"""Small sources by hand: rows of texts as tables, texts as paragraphs."""

from collections.abc import Sequence

from sangkien.appendix.model import Reading
from sangkien.appendix.reading.source import Cell, Paragraph, Row, Source, Table
from sangkien.appendix.reading.understanding import understand

FORM = ("STT", "Đơn vị thực hiện", "Tên mô hình, giải pháp, sáng kiến", "Lĩnh vực", "Mô tả về giải pháp", "Ghi chú")
ABOVE = object()
"""A place covered by the cell above it (merged down)."""
LEFT = object()
"""A place covered by the cell to its left (merged across)."""

Place = str | Cell | object | None


def table(*rows: Sequence[Place], name: str = "") -> Table:
    """A table; ``ABOVE`` and ``LEFT`` stand for covered places, as the containers give them."""
    grid: list[Row] = []
    for number, texts in enumerate(rows, start=1):
        cells: list[Cell | None] = []
        for column, text in enumerate(texts):
            if text is ABOVE:
                cell = grid[-1].cells[column]
                assert cell is not None
                cell.row_span += 1
            elif text is LEFT:
                cell = cells[-1]
                assert cell is not None
                cell.col_span += 1
            else:
                cell = text if isinstance(text, Cell) or text is None else Cell(str(text))
            cells.append(cell)
        grid.append(Row(cells, number=number))
    return Table(grid, name=name)


def source(*blocks: Table | str) -> Source:
    """Tables and paragraphs in reading order."""
    return Source([Paragraph(block) if isinstance(block, str) else block for block in blocks])


def read(*blocks: Table | str) -> Reading:
    """What is understood of these blocks."""
    return understand(source(*blocks), "bao-cao.docx")


def report(*rows: Sequence[Place]) -> Reading:
    """What is understood of one table under the form's heading."""
    return read(table(FORM, *rows))


def said(reading: Reading) -> str:
    """All warnings, a line each."""
    return "\n".join([*reading.warnings, *(warning for one in reading.initiatives for warning in one.warnings)])
