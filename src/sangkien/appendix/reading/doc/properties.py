"""Properties of paragraphs, runs and table rows of a .doc: pages of 512 bytes with short lists of changes (sprm)."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import TOO_LARGE
from sangkien.appendix.reading.doc.pieces import WordFile
from sangkien.appendix.reading.source import Refusal
from sangkien.vietnamese import Legacy, legacy_of

_IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL, _INNER_ROW = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_TABLE, _HEADER = 0xD608, 0x3404
_LIST, _LIST_LEVEL = 0x460B, 0x260A
_HUGE, _HUGE_TABLE = 0x6646, 0x646B
_DELETED, _HIDDEN, _BOLD, _ASCII_FONT, _OTHER_FONT = 0x0800, 0x083C, 0x0835, 0x4A4F, 0x4A51
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_PAGE = 512
MAX_ENTRIES = 500_000  # runs or paragraphs of one file

T = TypeVar("T")


@dataclass(slots=True)
class RowShape:
    """Edges of the cells of a row in twentieths of a point, and which cells go on from above or from the left."""

    edges: list[int] = field(default_factory=list)
    from_above: list[bool] = field(default_factory=list)
    from_left: list[bool] = field(default_factory=list)


@dataclass(slots=True)
class ParagraphFacts:
    """What the reader needs of a paragraph."""

    style: int = 0
    in_table: bool = False
    row_end: bool = False
    depth: int = 0
    inner_cell: bool = False
    inner_row: bool = False
    header: bool = False
    list_number: int = 0  # 0 = in no list
    list_level: int = 0
    shape: RowShape | None = None


@dataclass(slots=True)
class RunFacts:
    """What the reader needs of a run; ``None`` = as the style says."""

    gone: bool = False
    hidden: bool = False
    bold: bool | None = None
    font: int | None = None


class Ranges(Generic[T]):
    """Facts by where their text is stored."""

    def __init__(self, found: list[tuple[int, int, T]]) -> None:
        found.sort(key=lambda item: item[0])
        self._starts = [item[0] for item in found]
        self._found = found

    def at(self, offset: int) -> T | None:
        """The facts of the character stored at ``offset``."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0 or offset >= self._found[place][1]:
            return None
        return self._found[place][2]

    def stretches(self, start: int, end: int) -> Iterator[tuple[int, int, T | None]]:
        """The bytes ``start``…``end`` cut where the facts change: (from, to, facts)."""
        while start < end:
            place = bisect_right(self._starts, start) - 1
            facts: T | None = None
            if place >= 0 and start < self._found[place][1]:
                stop, facts = self._found[place][1], self._found[place][2]
            else:
                stop = self._starts[place + 1] if place + 1 < len(self._starts) else end
            stop = max(start + 1, min(stop, end))
            yield start, stop, facts
            start = stop


def changes(grpprl: bytes) -> Iterator[tuple[int, bytes]]:
    """The single changes of a list: (code, operand)."""
    at = 0
    while at + 2 <= len(grpprl):
        code = grpprl[at] | grpprl[at + 1] << 8
        at += 2
        size = _SIZES[code >> 13]
        if size == 0:
            if at >= len(grpprl):
                return
            if code == _TABLE:
                size = int.from_bytes(grpprl[at : at + 2], "little") - 1
                at += 2
            else:
                size = grpprl[at]
                at += 1
        if size < 0:
            return
        yield code, grpprl[at : at + size]
        at += size


def _entries(file: WordFile, pages: list[int], width: int) -> Iterator[tuple[int, int, bytes]]:
    """(from, to, list of changes) of every page; ``width`` is the size of one reference in it."""
    left = MAX_ENTRIES
    for number in dict.fromkeys(pages):
        page = file.main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) < _PAGE:
            continue
        count = page[-1]
        if (count + 1) * 4 + count * width > _PAGE:
            continue
        left -= count
        if left < 0:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
        offsets = struct.unpack_from(f"<{count + 1}I", page)
        for place in range(count):
            at = page[(count + 1) * 4 + place * width] * 2
            yield offsets[place], offsets[place + 1], _listed(page, at, width)


def _listed(page: bytes, at: int, width: int) -> bytes:
    """The bytes of one list of changes; those of paragraphs count words, those of runs bytes."""
    if not 0 < at < _PAGE - 1:
        return b""
    if width == 1:
        return page[at + 1 : at + 1 + page[at]]
    if page[at]:
        return page[at + 1 : at + page[at] * 2]
    return page[at + 2 : at + 2 + page[at + 1] * 2]


def paragraphs(file: WordFile) -> Ranges[ParagraphFacts]:
    """Facts of all paragraphs."""
    found = []
    for start, end, listed in _entries(file, file.paragraph_pages, 13):
        facts = ParagraphFacts(int.from_bytes(listed[:2], "little"))
        _apply(file, listed[2:], facts)
        found.append((start, end, facts))
    return Ranges(found)


def _apply(file: WordFile, grpprl: bytes, facts: ParagraphFacts, *, follow: bool = True) -> None:
    for code, operand in changes(grpprl):
        on = bool(operand and operand[0])
        if code == _IN_TABLE:
            facts.in_table = on
        elif code == _ROW_END:
            facts.row_end = on
        elif code == _DEPTH:
            facts.depth = int.from_bytes(operand, "little")
        elif code == _INNER_CELL:
            facts.inner_cell = on
        elif code == _INNER_ROW:
            facts.inner_row = on
        elif code == _HEADER:
            facts.header = on
        elif code == _LIST:
            facts.list_number = int.from_bytes(operand, "little")
        elif code == _LIST_LEVEL:
            facts.list_level = int.from_bytes(operand, "little")
        elif code == _TABLE:
            facts.shape = _shape(operand)
        elif code in (_HUGE, _HUGE_TABLE) and follow:  # too long for a page: it lies in the stream of data
            at = int.from_bytes(operand, "little")
            size = int.from_bytes(file.data[at : at + 2], "little")
            _apply(file, file.data[at + 2 : at + 2 + size], facts, follow=False)


def _shape(operand: bytes) -> RowShape | None:
    """The definition of a row: number of cells, their edges, twenty bytes a cell with its merges."""
    if not operand:
        return None
    count = operand[0]
    if count == 0 or count > 63 or len(operand) < 1 + (count + 1) * 2:
        return None
    shape = RowShape(list(struct.unpack_from(f"<{count + 1}h", operand, 1)))
    for cell in range(count):
        at = 1 + (count + 1) * 2 + cell * 20
        flags = int.from_bytes(operand[at : at + 2], "little")
        shape.from_left.append(flags & 0x3 == 1)
        shape.from_above.append(flags >> 5 & 0x3 == 1)
    return shape


def runs(file: WordFile) -> Ranges[RunFacts]:
    """Facts of all runs."""
    return Ranges([(start, end, run_facts(listed)) for start, end, listed in _entries(file, file.run_pages, 1)])


def run_facts(grpprl: bytes) -> RunFacts:
    """Facts of one run out of its list of changes."""
    facts = RunFacts()
    ascii_font = None
    for code, operand in changes(grpprl):
        value = int.from_bytes(operand[:2], "little")
        if code == _DELETED:
            facts.gone = value == 1
        elif code == _HIDDEN:
            facts.hidden = value in (1, 0x81)
        elif code == _BOLD:
            facts.bold = value in (1, 0x81)
        elif code == _OTHER_FONT:
            facts.font = value
        elif code == _ASCII_FONT:
            ascii_font = value
    if facts.font is None:
        facts.font = ascii_font
    return facts


def fonts(file: WordFile) -> list[Legacy | None]:
    """The old encoding of each font of the file by its number."""
    table = file.font_table
    found: list[Legacy | None] = []
    at = 4
    while at < len(table) and table[at] and len(found) < 4096:
        entry = table[at : at + 1 + table[at]]
        name = entry[40:].decode("utf-16-le", "ignore").partition("\0")[0]
        found.append(legacy_of(name))
        at += len(entry)
    return found


def style_runs(file: WordFile) -> list[tuple[int, RunFacts]]:
    """For each paragraph style by its number: the style below it, and the run properties it sets itself."""
    sheet = file.style_sheet
    if len(sheet) < 6:
        return []
    header = int.from_bytes(sheet[:2], "little")
    count, base = struct.unpack_from("<HH", sheet, 2)
    at = 2 + header
    found: list[tuple[int, RunFacts]] = []
    for _ in range(min(count, 4096)):
        size = int.from_bytes(sheet[at : at + 2], "little")
        found.append(_style(sheet[at + 2 : at + 2 + size], base))
        at += 2 + size
    return found


def _style(style: bytes, base: int) -> tuple[int, RunFacts]:
    if len(style) < base + 2 or base < 10:
        return 0x0FFF, RunFacts()
    kind_and_below = int.from_bytes(style[2:4], "little")
    at = base + 4 + int.from_bytes(style[base : base + 2], "little") * 2
    if kind_and_below & 0xF == 1:  # a paragraph style: paragraph properties come first
        at += 2 + int.from_bytes(style[at : at + 2], "little")
        at += at & 1
    size = int.from_bytes(style[at : at + 2], "little")
    return kind_and_below >> 4, run_facts(style[at + 2 : at + 2 + size])
