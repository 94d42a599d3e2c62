"""The text of a .doc as paragraphs and tables.

A cell ends with U+0007, and so does a row, whose last mark carries the row's definition (edges and merges).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import MACROS, TOO_LARGE
from sangkien.appendix.reading.doc.lists import numbering
from sangkien.appendix.reading.doc.pieces import Piece, WordFile
from sangkien.appendix.reading.doc.properties import (
    ParagraphFacts,
    RowShape,
    RunFacts,
    fonts,
    paragraphs,
    runs,
    style_runs,
)
from sangkien.appendix.reading.docx.inline import HIDDEN
from sangkien.appendix.reading.old_fonts import OldFonts, mend_old_fonts
from sangkien.appendix.reading.source import Cell, Paragraph, Refusal, Row, Source, Table
from sangkien.vietnamese import Legacy, clean

MAX_PARAGRAPHS = 400_000
MAX_PLACES = 2_000_000  # of the grid of one table
_CELL, _LINE, _PAGE_BREAK, _PARAGRAPH = "\x07", "\x0b", "\x0c", "\r"
_ENDS = frozenset((_CELL, _PAGE_BREAK, _PARAGRAPH))
_MARKS = re.compile("[\x07\x0c\r\x13\x14\x15]")
_SIGNS = str.maketrans(  # the optional hyphen stays until fonts are known: in TCVN3 it is the letter ư
    dict.fromkeys(map(chr, (*range(9), *range(14, 30))), "") | {_LINE: "\n", "\x1e": "-", "\x1f": "\xad"}
)
_DEEPEST = 20
_MOST_EDGES = 500
_MILLIMETRE = 57  # in twentieths of a point


@dataclass(slots=True)
class _Stretch:
    """A paragraph as it is read: its text in runs of one kind, and how it ends."""

    texts: list[tuple[str, Legacy | None, bool]] = field(default_factory=list)
    end: str = _PARAGRAPH
    facts: ParagraphFacts = field(default_factory=ParagraphFacts)


def read_doc(data: bytes) -> Source:
    """An old Word file as blocks. Raises ``Refusal``."""
    file = WordFile(data)
    text = _Text(file)
    source = Source(_blocks(text))
    for warning in text.warnings():
        source.warnings.append(warning)
    if b"V\x00B\x00A\x00" in data or b"M\x00a\x00c\x00r\x00o\x00s\x00" in data:
        source.warnings.append(MACROS)
    mend_old_fonts(source.blocks, source.warnings.append)
    return source


class _Text:
    """The stretches of the document one after the other."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._paragraphs = paragraphs(file)
        self._runs = runs(file)
        self._fonts = fonts(file)
        self._styles = style_runs(file)
        self._style_facts: dict[int, RunFacts] = {}
        self._numbering = numbering(file)
        self._old_fonts = OldFonts()
        self.hidden = False

    def warnings(self) -> list[str]:
        """What a person must know about the text."""
        fonts = self._old_fonts.warning()
        return ([HIDDEN] if self.hidden else []) + ([fonts] if fonts else [])

    def stretches(self) -> Iterator[_Stretch]:
        """All paragraphs with their ends; instructions of fields, deleted and hidden text left out."""
        raw: list[tuple[str, RunFacts | None]] = []
        fields: list[bool] = []
        count = 0
        for piece in self._file.pieces:
            text, at = self._file.text(piece), 0
            for mark in _MARKS.finditer(text):
                if True not in fields:
                    raw += self._cut(piece, text, at, mark.start())
                at, sign = mark.end(), mark[0]
                if sign in _ENDS:
                    count += 1
                    if count > MAX_PARAGRAPHS:
                        raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
                    yield self._stretch(raw, sign, piece.offset + mark.start() * piece.width)
                    raw = []
                else:
                    _at_field(fields, sign)
            if True not in fields:
                raw += self._cut(piece, text, at, len(text))
        if raw:
            yield self._stretch(raw, _PARAGRAPH, -1)

    def _cut(self, piece: Piece, text: str, start: int, end: int) -> Iterator[tuple[str, RunFacts | None]]:
        """The text of a piece between two places, cut where the run changes."""
        offset, width = piece.offset, piece.width
        for first, last, facts in self._runs.stretches(offset + start * width, offset + end * width):
            if part := text[(first - offset) // width : (last - offset) // width]:
                yield part, facts

    def _stretch(self, raw: list[tuple[str, RunFacts | None]], end: str, offset: int) -> _Stretch:
        facts = self._paragraphs.at(offset) or ParagraphFacts()
        style = self._style(facts.style)
        stretch = _Stretch(end=end, facts=facts)
        for run, parts in groupby(raw, key=itemgetter(1)):
            self._close(stretch, "".join(part for part, _ in parts).translate(_SIGNS), run, style)
        return stretch

    def _close(self, stretch: _Stretch, text: str, run: RunFacts | None, style: RunFacts) -> None:
        run = run or RunFacts()
        if not text or run.gone:
            return
        if run.hidden or style.hidden:
            self.hidden = self.hidden or not text.isspace()
            return
        number = style.font if run.font is None else run.font
        font = self._fonts[number] if number is not None and number < len(self._fonts) else None
        bold = bool(style.bold) if run.bold is None else run.bold
        stretch.texts.append((text, font, bold))

    def _style(self, number: int) -> RunFacts:
        """The run properties of a paragraph style with those of the styles below it."""
        known = self._style_facts.get(number)
        if known is not None:
            return known
        facts = RunFacts()
        wanted, seen = number, 0
        while wanted < len(self._styles) and seen < _DEEPEST:
            wanted, own = self._styles[wanted]
            facts.font = own.font if facts.font is None else facts.font
            facts.bold = own.bold if facts.bold is None else facts.bold
            facts.hidden = facts.hidden or own.hidden
            seen += 1
        self._style_facts[number] = facts
        return facts

    def marker(self, stretch: _Stretch) -> str:
        """Count a paragraph of a list; call it once for each, in order."""
        facts = stretch.facts
        return self._numbering.marker(str(facts.list_number), facts.list_level) if facts.list_number else ""

    def marked_lines(self, stretch: _Stretch) -> list[tuple[str, bool]]:
        """The lines of a paragraph in a cell, its list number before the text; an automatic STT is only a number."""
        marker, lines = self.marker(stretch), self.lines(stretch)
        if marker and lines:
            return [(f"{marker} {lines[0][0]}", lines[0][1]), *lines[1:]]
        return [(marker, False)] if marker and marker != "-" else lines

    def lines(self, stretch: _Stretch) -> list[tuple[str, bool]]:
        """The lines of a paragraph that are not blank, decoded, each with whether it begins bold."""
        coded = [(text, font) for text, font, _ in stretch.texts if font is not None]
        decodes = bool(coded) and self._old_fonts.should_decode(coded)
        found: list[tuple[str, bool]] = []
        line, bold = "", False
        for text, font, is_bold in stretch.texts:
            if font is not None and decodes:
                text = self._old_fonts.decode(text, font)
            for number, part in enumerate(text.split("\n")):
                if number:
                    found.append((line, bold))
                    line, bold = "", False
                if not line.strip():
                    bold = is_bold
                line += part
        found.append((line, bold))
        return [(clean(line).strip(), bold) for line, bold in found if line.strip()]


def _at_field(fields: list[bool], sign: str) -> None:
    """Begin, middle or end of a field; True on the list = inside its instruction, which is no text."""
    if sign == "\x13":
        fields.append(True)
    elif sign == "\x14" and fields:
        fields[-1] = False
    elif sign == "\x15" and fields:
        fields.pop()


def _blocks(text: _Text) -> list[Table | Paragraph]:
    found: list[Table | Paragraph] = []
    rows = _Rows()
    for stretch in text.stretches():
        facts = stretch.facts
        if not (facts.in_table or facts.row_end or facts.depth or stretch.end == _CELL):
            rows.end_row(ParagraphFacts())
            found += rows.table()
            marker, lines = text.marker(stretch), text.lines(stretch)
            if lines:
                words = "\n".join(line for line, _ in lines)
                bold = all(is_bold for part, _, is_bold in stretch.texts if part.strip())
                found.append(Paragraph(words, bold, marker))
        elif stretch.end == _CELL and facts.row_end and facts.depth <= 1:
            if rows.is_another(facts.shape):
                found += rows.table()
            rows.end_row(facts)
        elif stretch.end == _CELL and facts.depth <= 1:
            rows.end_cell(text.marked_lines(stretch))
        elif not facts.inner_row:
            rows.add(text.marked_lines(stretch))
    rows.end_row(ParagraphFacts())
    return found + rows.table()


class _Rows:
    """Rows under construction, until something outside the table comes."""

    def __init__(self) -> None:
        self._lines: list[tuple[str, bool]] = []
        self._cells: list[Cell] = []
        self._rows: list[tuple[list[Cell], ParagraphFacts]] = []
        self._edges: set[int] = set()

    def add(self, lines: list[tuple[str, bool]]) -> None:
        """A paragraph of the cell that does not end it."""
        self._lines += lines

    def end_cell(self, lines: list[tuple[str, bool]]) -> None:
        """The last paragraph of a cell."""
        starts, offset = [], 0
        lines = self._lines + lines
        for line, bold in lines:
            if bold:
                starts.append(offset)
            offset += len(line) + 1
        self._cells.append(Cell("\n".join(line for line, _ in lines), bold_starts=tuple(starts)))
        self._lines = []

    def is_another(self, shape: RowShape | None) -> bool:
        """Whether a row begins another table: none of its inner edges is an edge of the rows before it.

        Two tables may follow each other without a paragraph between them, as a table and the signatures do.
        """
        if shape is None or len(shape.edges) < 3 or not self._edges:
            return False
        return not any(abs(edge - other) <= _MILLIMETRE for edge in shape.edges[1:-1] for other in self._edges)

    def end_row(self, facts: ParagraphFacts) -> None:
        """The mark after the last cell of a row."""
        if self._lines:
            self.end_cell([])
        if self._cells:
            self._rows.append((self._cells, facts))
            self._cells = []
            if facts.shape is not None and len(self._edges) < _MOST_EDGES:
                self._edges.update(facts.shape.edges)

    def table(self) -> list[Table | Paragraph]:
        """The table so far; begin anew."""
        rows, self._rows, self._edges = self._rows, [], set()
        if not rows:
            return []
        columns = _columns(sorted({edge for _, facts in rows if facts.shape for edge in facts.shape.edges}))
        table: list[Row] = []
        for cells, facts in rows:
            above = table[-1].cells if table else []
            table.append(Row(_placed(cells, facts.shape, columns, above), False, facts.header, len(table) + 1))
        width = max(len(row.cells) for row in table)
        if width * len(table) > MAX_PLACES:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
        for row in table:
            row.cells.extend([None] * (width - len(row.cells)))
        return [Table(table)]


def _columns(edges: list[int]) -> dict[int, int]:
    """Edge → number of the column that begins there; edges closer than a millimetre are one."""
    columns: dict[int, int] = {}
    column, last = -1, None
    for edge in edges:
        if last is None or edge - last > _MILLIMETRE:
            column, last = column + 1, edge
        columns[edge] = column
    return columns


def _placed(
    cells: list[Cell], shape: RowShape | None, columns: dict[int, int], above: list[Cell | None]
) -> list[Cell | None]:
    """The cells of a row on the grid; side by side when the row has no definition that fits."""
    if shape is None or len(shape.edges) <= len(cells):
        return list(cells)
    placed: list[Cell | None] = [None] * min(columns[shape.edges[0]], 63)
    grown: set[int] = set()
    for number, cell in enumerate(cells):
        span = max(1, columns[shape.edges[number + 1]] - columns[shape.edges[number]])
        here = len(placed)
        owner = above[here] if here < len(above) and shape.from_above[number] else None
        if owner is not None:
            if id(owner) not in grown:
                grown.add(id(owner))
                owner.row_span += 1
        elif shape.from_left[number] and placed and placed[-1] is not None:
            owner = placed[-1]
            owner.col_span += span
        else:
            owner = cell
            cell.col_span = span
        placed.extend([owner] * span)
    return placed
