"""One sheet, read as a stream: rows come and go, only cells with text stay (ECMA-376 part 1, 18.3)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import DAMAGED, MENDED
from sangkien.appendix.reading.effort import BLANK, CELL, Effort
from sangkien.appendix.reading.findings import Findings
from sangkien.appendix.reading.grid import (
    LARGEST_COLUMN,
    LARGEST_ROW,
    Cells,
    Range,
    address,
    compact,
    parse_range,
    position,
)
from sangkien.appendix.reading.numbers import show, show_iso
from sangkien.appendix.reading.runs import PLAIN, Run, Style, Text, resolve
from sangkien.appendix.reading.source import Cell, Refusal, Table
from sangkien.appendix.reading.xlsx.formulas import link_title
from sangkien.appendix.reading.xlsx.stream import elements
from sangkien.appendix.reading.xlsx.strings import read_text, unescape
from sangkien.appendix.reading.xlsx.styles import is_on, local
from sangkien.vietnamese import Legacy

# What follows the merged ranges in a sheet (18.3.1.99), stands nowhere else and may be long: nothing of it is read.
_AFTER_MERGED = ("mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks")


@dataclass(slots=True)
class Book:
    """What the sheets of a workbook share."""

    strings: list[Text]
    styles: list[Style]
    since_1904: bool = False
    never_calculated: bool = False  # the writing program left the calculation to Excel: a cached 0 means nothing
    legacy: set[Legacy] = field(default_factory=set)  # old encodings met on the way
    resolved: dict[tuple[int, int], tuple[str, tuple[int, ...]]] = field(default_factory=dict)  # by string and style
    effort: Effort = field(default_factory=Effort)


@dataclass(slots=True)
class Sheet:
    """A sheet while it is read: cells with text by row and column, and what is worth a warning."""

    name: str
    book: Book
    cells: Cells = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    formulas: dict[str, str] = field(default_factory=dict)  # shared ones, by their number
    findings: Findings = field(default_factory=Findings)
    broken: bool = False


def read_sheet(name: str, chunks: Iterable[bytes], book: Book, warnings: list[str]) -> Table:
    """The table of a sheet. Raises ``Refusal`` when nothing of it can be read; adds what a person must check."""
    sheet = Sheet(name, book)
    _read(sheet, chunks)
    warnings.extend(sheet.findings.sentences(name, sheet.cells))
    if sheet.broken:
        warnings.append(f"Trang tính “{name}”: {MENDED}")
    return compact(name, sheet.cells, sheet.merges, sheet.findings.hidden_rows, warnings)


def _read(sheet: Sheet, chunks: Iterable[bytes]) -> None:
    """Take rows, columns and merged ranges; where the XML breaks the sheet ends, and what came before counts."""
    number = 0
    try:
        for element in elements(chunks, ("row", "cols", "sheetData", "mergeCell"), end=_AFTER_MERGED, body="sheetData"):
            sheet.book.effort.spend(4 * BLANK)
            kind = local(element)
            if kind == "row":
                number = _row(sheet, element, number)
            elif kind == "cols":
                _columns(sheet, element)
            elif kind == "mergeCell" and (area := parse_range(element.get("ref", ""))) is not None:
                sheet.merges.append(area)
    except etree.XMLSyntaxError as fault:
        if not sheet.cells:
            raise Refusal(Outcome.CORRUPT, DAMAGED) from fault
        sheet.broken = True


def _columns(sheet: Sheet, cols: "etree._Element") -> None:
    hidden = bytearray(LARGEST_COLUMN + 1)
    for col in cols:
        sheet.book.effort.spend(CELL)
        if is_on(col.get("hidden")) or col.get("width") == "0":
            first, last = max(_number(col.get("min"), 0), 1), min(_number(col.get("max"), 0), LARGEST_COLUMN)
            hidden[first : last + 1] = b"\x01" * (last + 1 - first)
    sheet.findings.hidden_columns.update(column for column, is_hidden in enumerate(hidden) if is_hidden)


def _row(sheet: Sheet, row: "etree._Element", before: int) -> int:
    """Take the cells of a row; its number is the next one when the file does not say."""
    number = _number(row.get("r"), before + 1)
    if not 0 < number <= LARGEST_ROW:
        number = before + 1
    column = 0
    line = sheet.cells.setdefault(number, {})
    for c in row:
        if local(c) != "c":
            continue
        place = position(c.get("r") or "")
        column = column + 1 if place is None else place[1]
        if column > LARGEST_COLUMN or (len(c) == 0 and not c.text):
            sheet.book.effort.spend(BLANK)
            continue
        sheet.book.effort.spend(CELL)
        cell = _cell(sheet, c, number, column)
        if cell is not None:
            line[column] = cell
    if not line:
        del sheet.cells[number]
    elif is_on(row.get("hidden")) or row.get("ht") == "0":
        sheet.findings.hidden_rows.add(number)
    return number


def _cell(sheet: Sheet, c: "etree._Element", row: int, column: int) -> Cell | None:
    """The cell as it shows; ``None`` when it shows nothing."""
    value = formula = inline = None
    for child in c:
        kind = local(child)
        if kind == "v":
            value = child.text or ""
        elif kind == "f":
            formula = child
        elif kind == "is":
            inline = read_text(child)
    styles = sheet.book.styles
    index = _number(c.get("s"), 0)
    style = styles[index] if index < len(styles) else PLAIN
    kind = c.get("t", "n")
    unknown = len(sheet.findings.unknown)
    if formula is not None:
        runs = _formula(sheet, formula, kind, value, style, address(row, column))
    elif inline is not None:
        runs = inline
    else:
        runs = _value(sheet, kind, value, style, address(row, column))
    shared = _number(value, -1) if kind == "s" and formula is None and inline is None else -1
    text, bold_starts = _resolved(sheet.book, runs, style, (shared, index))
    if not text.strip():
        return None
    sheet.book.effort.keep(text)
    return Cell(text, bold_starts=bold_starts, formula=len(sheet.findings.unknown) > unknown)


def _resolved(book: Book, runs: Text, style: Style, place: tuple[int, int]) -> tuple[str, tuple[int, ...]]:
    """The text of runs; that of a shared string is worked out once for each style."""
    if place[0] < 0:
        return resolve(runs, style, book.legacy)
    if place not in book.resolved:
        book.resolved[place] = resolve(runs, style, book.legacy)
    return book.resolved[place]


def _value(sheet: Sheet, kind: str, value: str | None, style: Style, place: str) -> Text:
    """The runs of a stored value, by the cell's type (18.18.11)."""
    if not value:
        return ()
    if kind == "s":
        index = _number(value, -1)
        if 0 <= index < len(sheet.book.strings):
            return sheet.book.strings[index]
        sheet.findings.lost.append(place)
        return ()
    if kind in ("str", "inlineStr"):
        return (Run(unescape(value)),)
    if kind == "b":
        return (Run("TRUE" if is_on(value) else "FALSE"),)
    if kind == "e":
        sheet.findings.errors.append(place)
        return (Run(value),)
    if kind == "d":
        return (Run(show_iso(value)),)
    return (Run(show(value, style.code, since_1904=sheet.book.since_1904)),)


def _formula(sheet: Sheet, formula: "etree._Element", kind: str, value: str | None, style: Style, place: str) -> Text:
    """The cached value, else the title of a link, else the formula itself; it is never evaluated."""
    shared = formula.get("si", "") if formula.get("t") == "shared" else ""
    words = unescape(formula.text or "") or sheet.formulas.get(shared, "")
    if shared and formula.text:
        sheet.formulas[shared] = words
    title = link_title(words)
    empty = not value and not (value == "" and kind == "str")
    worthless = value == "0" and kind == "n" and (sheet.book.never_calculated or title is not None)
    if not empty and not worthless:
        sheet.findings.calculated.append(place)
        return _value(sheet, kind, value, style, place)
    if title is not None:
        sheet.findings.titles.append(place)
        return (Run(title),)
    sheet.findings.unknown.append(place)
    return (Run(f"={words}" if words else "=?"),)


def _number(value: str | None, default: int) -> int:
    return int(value) if value is not None and value.isascii() and value.isdecimal() and len(value) < 9 else default
