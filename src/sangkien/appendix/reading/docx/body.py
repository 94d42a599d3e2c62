"""The body of a .docx as blocks: paragraphs and tables with their grid, in reading order."""

from collections.abc import Callable, Iterator

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import TOO_LARGE
from sangkien.appendix.reading.docx.inline import Paragrapher
from sangkien.appendix.reading.docx.names import Element, both, child, is_on, number_of, value_of
from sangkien.appendix.reading.docx.plain import only_paragraphs
from sangkien.appendix.reading.docx.shapes import Inline, Line, Shared
from sangkien.appendix.reading.docx.wrappers import ALTERNATE, alternative, control_content
from sangkien.appendix.reading.source import Cell, Paragraph, Refusal, Row, Table

MAX_COLUMNS = 63  # as many as Word itself allows
MAX_CELLS = 400_000
MAX_PLACES = 2_000_000  # of all grids: cells times the columns they cover
MAX_NESTING = 12  # tables in tables
COVERED_TEXT = "Có chữ nằm trong phần ô đã gộp mà Word không hiện. Phần đó không được đọc."
ELSEWHERE = "Tệp chèn một tệp khác vào giữa nội dung. Phần chèn không được mở; hãy chép thẳng nội dung vào tệp."

_P, _TBL, _TR, _TC, _SDT = both("p"), both("tbl"), both("tr"), both("tc"), both("sdt")
_TR_PR, _TC_PR, _TBL_PR, _TBL_STYLE = both("trPr"), both("tcPr"), both("tblPr"), both("tblStyle")
_SKIPPED = both("sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx", "del", "moveFrom", "sdtPr", "customXmlPr")
_ELSEWHERE = both("altChunk", "subDoc")
_DELETED, _HEADER, _HIDDEN = both("del", "moveFrom"), both("tblHeader"), both("hidden")
_GRID_BEFORE, _GRID_AFTER, _SPAN = both("gridBefore"), both("gridAfter"), both("gridSpan")
_V_MERGE, _H_MERGE, _CELL_DELETED = both("vMerge"), both("hMerge"), both("cellDel")
_T = both("t")


class Reader:
    """Reads block content. One reader a file: it carries the counters of lists and the limits."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._paragrapher = Paragrapher(shared)
        self._cells = 0
        self._depth = 0

    def blocks(self, parent: Element) -> list[Table | Paragraph]:
        """All blocks below ``parent`` outside any cell."""
        found: list[Table | Paragraph] = []
        for part in self._parts(parent):
            found += self.block(part)
        return found + self.rest()

    def block(self, part: Element) -> list[Table | Paragraph]:
        """The blocks that one ``w:p`` or ``w:tbl`` gives: none, itself, or itself and its text boxes."""
        if part.tag in _TBL:
            table = self.table(part)
            return [table] if table else []
        inline = self._paragrapher.read(part)
        return [] if inline is None else self._paragraph(inline)

    def rest(self) -> list[Table | Paragraph]:
        """What a deleted paragraph mark left over at the end."""
        inline = self._paragrapher.flush()
        return [] if inline is None else self._paragraph(inline)

    def _paragraph(self, inline: Inline) -> list[Table | Paragraph]:
        found: list[Table | Paragraph] = []
        if inline.lines:
            text = "\n".join(line.text for line in inline.lines)
            found.append(Paragraph(text, inline.bold, inline.marker, inline.style))
        for box in inline.boxes:
            with _Deeper(self):
                found += self.blocks(box)
        return found

    def _parts(self, parent: Element) -> Iterator[Element]:
        """Paragraphs and tables below ``parent``, looking through content controls, changes and alternatives."""
        for part in parent:
            tag = part.tag
            if tag in _P or tag in _TBL:
                yield part
            else:
                yield from self._through(part, self._parts)

    def _through(self, part: Element, parts: Callable[[Element], Iterator[Element]]) -> Iterator[Element]:
        tag = part.tag
        if tag in _SKIPPED:
            return
        if tag in _ELSEWHERE:
            self.warn_elsewhere()
        elif tag in _SDT:
            if (content := control_content(part)) is not None:
                yield from parts(content)
        elif tag == ALTERNATE:
            if (chosen := alternative(part)) is not None:
                yield from parts(chosen)
        elif len(part):
            yield from parts(part)

    def warn_elsewhere(self) -> None:
        """Say that a file inside the file was not opened."""
        self._shared.warn(ELSEWHERE)

    # --- tables -----------------------------------------------------------------------------------------------------

    def table(self, element: Element) -> Table | None:
        """A table with its grid, the rows as long as the widest; ``None`` when it has no cell."""
        grid, style = Grid(), table_style(element)
        with _Deeper(self):
            for row in self._rows(element):
                self.styled_row(row, grid, style)
        return grid.table()

    def styled_row(self, element: Element, grid: "Grid", style: str) -> None:
        """Add one row of a table of this style."""
        outer, self._shared.table_style = self._shared.table_style, style
        self.row(element, grid)
        self._shared.table_style = outer

    def _rows(self, parent: Element) -> Iterator[Element]:
        for part in parent:
            if part.tag in _TR:
                yield part
            else:
                yield from self._through(part, self._rows)

    def _cells_of(self, parent: Element) -> Iterator[Element]:
        for part in parent:
            if part.tag in _TC:
                yield part
            else:
                yield from self._through(part, self._cells_of)

    def row(self, element: Element, grid: "Grid") -> None:
        """Add one row to the grid, unless it is deleted."""
        self._count()  # an empty row costs as much as a cell
        before = hidden = header = 0
        properties = child(element, _TR_PR)
        if properties is not None:
            for part in properties:
                tag = part.tag
                if tag in _DELETED:
                    return
                if tag in _GRID_BEFORE:
                    before = number_of(part)
                elif tag in _HEADER:
                    header = is_on(part)
                elif tag in _HIDDEN:
                    hidden = is_on(part)
        grid.begin(before)
        for cell in self._cells_of(element):
            self._cell(cell, grid)
        grid.end(hidden=bool(hidden), header=bool(header))

    def _count(self) -> None:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)

    def _cell(self, element: Element, grid: "Grid") -> None:
        self._count()
        span, continued, beside = 1, False, False
        properties = child(element, _TC_PR)
        if properties is not None:
            for part in properties:
                tag = part.tag
                if tag in _SPAN:
                    span = number_of(part, default=1)
                elif tag in _V_MERGE:
                    continued = value_of(part) != "restart"
                elif tag in _H_MERGE:
                    beside = value_of(part) != "restart"
                elif tag in _CELL_DELETED:
                    return
        if (beside and grid.widen(span)) or (continued and grid.lengthen(span)):
            if any(piece.text and not piece.text.isspace() for piece in element.iter(*_T)):
                self._shared.warn(COVERED_TEXT)
            return
        grid.place(self.cell(element), span)

    def cell(self, element: Element) -> Cell:
        """The content of a cell: its paragraphs, text boxes and nested tables as text."""
        if self._shared.plain and (paragraphs := only_paragraphs(element)) is not None:
            return Cell("\n".join(self._paragrapher.bare(paragraphs)))
        lines: list[Line] = []
        tables: list[Table] = []
        self._fill(element, lines, tables)
        if not lines:
            return Cell()
        if len(lines) == 1:
            return Cell(lines[0].text, bold_starts=(0,) if lines[0].bold else (), tables=tuple(tables))
        starts, offset = [], 0
        for line in lines:
            if line.bold:
                starts.append(offset)
            offset += len(line.text) + 1
        return Cell("\n".join(line.text for line in lines), bold_starts=tuple(starts), tables=tuple(tables))

    def _fill(self, parent: Element, lines: list[Line], tables: list[Table]) -> None:
        for part in self._parts(parent):
            if part.tag in _TBL:
                if table := self.table(part):
                    tables.append(table)
                    lines += _lines_of(table)
            elif (inline := self._paragrapher.read(part)) is not None:
                self._add(inline, lines, tables)
        if (inline := self._paragrapher.flush()) is not None:
            self._add(inline, lines, tables)

    def _add(self, inline: Inline, lines: list[Line], tables: list[Table]) -> None:
        own = inline.lines
        if inline.marker and own:
            own[0].text = f"{inline.marker} {own[0].text}"
        elif inline.marker and inline.marker != "-":  # an automatic STT: a number and no text
            own.append(Line(inline.marker, False))
        lines += own
        for box in inline.boxes:
            with _Deeper(self):
                self._fill(box, lines, tables)

    def enter(self) -> None:
        """One table or text box deeper."""
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)

    def leave(self) -> None:
        """Back out of it."""
        self._depth -= 1


class _Deeper:
    """Counts nesting, so that no file can exhaust the stack."""

    __slots__ = ("_reader",)

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __enter__(self) -> None:
        self._reader.enter()

    def __exit__(self, *_: object) -> None:
        self._reader.leave()


def table_style(element: Element) -> str:
    """The id of a table's style, '' when it has none."""
    properties = child(element, _TBL_PR)
    style = None if properties is None else child(properties, _TBL_STYLE)
    return "" if style is None else value_of(style) or ""


def _lines_of(table: Table) -> list[Line]:
    """A nested table as text: a line a row, cells parted by a tab, a merged cell once."""
    lines = []
    seen: set[int] = set()
    for row in table.rows:
        texts: list[str] = []
        bold = False
        for cell in row.cells:
            if cell is None or id(cell) in seen:
                continue
            seen.add(id(cell))
            if cell.text:
                bold = bold or (not texts and 0 in cell.bold_starts)
                texts.append(cell.text)
        if texts:
            parts = "\t".join(texts).split("\n")
            lines.append(Line(parts[0], bold))
            lines += [Line(part, False) for part in parts[1:] if part]
    return lines


class Grid:
    """Rows under construction. A place covered by a merge holds the cell that covers it."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._now: list[Cell | None] = []
        self._above: list[Cell | None] = []
        self._grown: set[int] = set()

    def begin(self, before: int) -> None:
        """Start a row that leaves ``before`` columns free."""
        self._now = [None] * max(0, min(before, MAX_COLUMNS - 1))
        self._above = self._rows[-1].cells if self._rows else []
        self._grown.clear()

    def place(self, cell: Cell, span: int) -> None:
        """Put a cell over ``span`` columns."""
        cell.col_span = self._room(span)
        self._now.extend([cell] * cell.col_span)

    def _room(self, span: int) -> int:
        """As many columns as the row has left for a span; every cell gets one."""
        return max(1, min(span, MAX_COLUMNS - len(self._now)))

    def lengthen(self, span: int) -> bool:
        """Let the cell above cover this place too; ``False`` when there is none."""
        column = len(self._now)
        owner = self._above[column] if column < len(self._above) else None
        if owner is None:
            return False
        if id(owner) not in self._grown:
            self._grown.add(id(owner))
            owner.row_span += 1
        self._now.extend([owner] * self._room(span))
        return True

    def widen(self, span: int) -> bool:
        """Let the cell on the left cover this place too; ``False`` when there is none."""
        owner = self._now[-1] if self._now else None
        if owner is None:
            return False
        span = self._room(span)
        if owner.row_span == 1:
            owner.col_span += span
        self._now.extend([owner] * span)
        return True

    def end(self, *, hidden: bool, header: bool) -> None:
        """Close the row. A row without any cell is no row."""
        if any(cell is not None for cell in self._now):
            self._rows.append(Row(self._now, hidden, header, len(self._rows) + 1))

    def table(self) -> Table | None:
        """The rows, all of one length; ``None`` when there is none."""
        if not self._rows:
            return None
        width = max(len(row.cells) for row in self._rows)
        if width * len(self._rows) > MAX_PLACES:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
        for row in self._rows:
            row.cells.extend([None] * (width - len(row.cells)))
        return Table(self._rows)
