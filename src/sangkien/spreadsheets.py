"""Tables that leave as .xlsx or .csv, in constant memory; a user's text never becomes a live formula (no Django).

In .xlsx every text is written as a text (formulas, links and numbers in texts stay what was typed), and one that begins
like a formula also carries the mark "text" of Excel, so that editing the cell does not bring it to life. In .csv such
a cell gets an apostrophe in front: after white space too, since programs that trim a cell would otherwise revive it.
"""

import csv
import io
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter

Value = str | int | Decimal | date | None

LONGEST_CELL = 32_767  # of Excel, in UTF-16 units
LAST_ROW = 1_048_576  # of a sheet
TO_BE_CONTINUED = " … (còn tiếp ở dòng dưới)"

_FIXED_DATE = datetime(2020, 1, 1, tzinfo=UTC)  # two runs over the same rows give the same file
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_CONTROL_BYTES = bytes({*range(32), 127} - {9, 10, 13})  # single bytes in UTF-8 too: dropped ten times faster there
_CONTROL_BYTES_IN_XML = _CONTROL_BYTES + b"\r"
# Blanks, also the invisible ones and control characters that are dropped later, then a sign that begins a formula,
# also the wide one of East Asian keyboards.
_FORMULA = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]*[=+\-@\uff0b\uff0d\uff1d\uff20]|[\t\r]")
_BAD_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LINE_HEIGHT, _HIGHEST_ROW = 16, 409  # points: a line of Times New Roman 12, and the limit of Excel
_CHUNK = 256 * 1024
_EXACT_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, whether long text wraps, whether it is aligned as numbers are."""

    heading: str
    width: float = 20
    wrap: bool = True
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: title lines, a heading row, rows. ``rows`` is gone through once and may be a generator."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    title: Sequence[str] = ()


def write_csv(
    target: Path | IO[bytes], columns: Sequence[str | Column], rows: Iterable[Sequence[Value]], *, delimiter: str = ","
) -> None:
    """Write ``csv_chunks`` to a file or a binary stream."""
    if isinstance(target, Path):
        with target.open("wb") as file:
            file.writelines(csv_chunks(columns, rows, delimiter=delimiter))
    else:
        target.writelines(csv_chunks(columns, rows, delimiter=delimiter))


def csv_chunks(
    columns: Sequence[str | Column], rows: Iterable[Sequence[Value]], *, delimiter: str = ","
) -> Iterator[bytes]:
    """A table as UTF-8 with the sign of byte order (Excel needs it), piece by piece, lines ended by CR LF.

    A text that a spreadsheet program could take for a formula gets an apostrophe in front. Control characters go.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow([_csv_cell(one.heading if isinstance(one, Column) else one) for one in columns])
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
        if buffer.tell() > _CHUNK:
            yield _encoded(buffer)
    yield _encoded(buffer)


def _csv_cell(value: Value) -> str | int | None:
    if isinstance(value, str):
        return "'" + value if _FORMULA.match(value) else value
    return value if value is None or isinstance(value, int) else _plain(value)


def _plain(value: Decimal | date) -> str:
    """A number without exponent, a day as people write it."""
    return format(value, "f") if isinstance(value, Decimal) else f"{value.day}/{value.month}/{value.year}"


def _encoded(buffer: io.StringIO) -> bytes:
    """What has gathered, as bytes; the buffer starts anew."""
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "ignore").translate(None, _CONTROL_BYTES)


def write_xlsx(target: Path | IO[bytes], sheets: Iterable[Sheet]) -> list[str]:
    """Write the sheets in their order and answer what a person should know about the file, a sentence each.

    Nothing is cut: a text longer than a cell of Excel goes on in the next row, rows beyond the last of a sheet go on in
    a further sheet. ``rows`` is gone through while writing; an error in it leaves no file behind that looks complete.
    """
    with tempfile.TemporaryDirectory(prefix="sangkien-", ignore_cleanup_errors=True) as scratch:
        options = {
            "constant_memory": True,
            "tmpdir": scratch,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": "Times New Roman", "font_size": 12},
        }
        book = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options)
        book.set_properties({"created": _FIXED_DATE.replace(tzinfo=None)})
        writer = _Book(book)
        try:
            for sheet in sheets:
                writer.add(sheet)
            book.close()
        finally:
            for page in book.worksheets():  # XlsxWriter closes its scratch files only when all went well
                page.row_data_fh.close()
        return writer.notes


class _Book:
    """A workbook in the making: its formats, the names taken, what there is to say about it."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.notes: list[str] = []
        self._names: set[str] = set()
        self._formats: dict[tuple[bool, bool, str], Any] = {}
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._heading = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
                "border": 1,
                "bg_color": "#E8EEF7",
            }
        )

    def add(self, sheet: Sheet) -> None:
        """Write one sheet, and further ones of the same name when its rows are too many."""
        rows = iter(sheet.rows)
        page, left_over = _Page(self, sheet), next(rows, None)
        while left_over is not None:
            if page.is_full:
                page.finish()
                page = _Page(self, sheet)
                self.notes.append(f"Trang tính “{sheet.name}” quá dài nên được viết tiếp sang “{page.name}”.")
            page.write(left_over)
            left_over = next(rows, None)
        page.finish()

    def name(self, wanted: str) -> str:
        """A name that Excel takes: at most 31 units, none of []:*?/\\, not "History", each once whatever its case."""
        base = _CONTROL.sub("", _BAD_IN_NAME.sub(" ", wanted)).strip().strip("'").strip() or "Trang tính"
        if base.lower() == "history":  # Excel keeps it for the list of changes
            base += "_"
        base = base[:31].rstrip().rstrip("'")
        name, number = base, 1
        while name.lower() in self._names:
            number += 1
            mark = f" ({number})"
            name = base[: 31 - len(mark)].rstrip() + mark
        self._names.add(name.lower())
        return name

    def title_format(self) -> Any:
        """Of the lines above the table."""
        return self._title

    def heading_format(self) -> Any:
        """Of the heading row."""
        return self._heading

    def cell_format(self, column: Column, kind: str = "") -> Any:
        """Of a cell; ``kind`` is "date", or "text" for one that must stay a text when somebody edits it."""
        key = (column.wrap, column.numeric, kind)
        if key not in self._formats:
            properties: dict[str, Any] = {"text_wrap": column.wrap, "valign": "top", "border": 1}
            if column.numeric:
                properties["align"] = "right"
            if kind == "date":
                properties["num_format"] = "d/m/yyyy"
            if kind == "text":
                properties["quote_prefix"] = True
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]


class _Page:
    """One sheet of the file while its rows are written."""

    def __init__(self, book: _Book, sheet: Sheet) -> None:
        self._book = book
        self._sheet = sheet
        self.name = book.name(sheet.name)
        self._page = book.book.add_worksheet(self.name)
        self._write_string = self._page._write_string  # noqa: SLF001 (the public one tries "A1" as a place on every call)
        self._rooms = [max(int(column.width * 1.15), 1) if column.wrap else sys.maxsize for column in sheet.columns]
        self._plain = [book.cell_format(column) for column in sheet.columns]
        self._kept = [book.cell_format(column, "text") for column in sheet.columns]
        self._set_up()
        self._row = 0
        for line in sheet.title:
            self._text(0, _CONTROL.sub(_control, line), book.title_format())
            self._row += 1
        self._row += bool(sheet.title)
        self._head = self._row
        for number, column in enumerate(sheet.columns):
            self._text(number, _CONTROL.sub(_control, column.heading), book.heading_format())
        self._page.freeze_panes(self._head + 1, 0)
        self._page.repeat_rows(self._head)
        self._row += 1

    @property
    def is_full(self) -> bool:
        """Whether the next row might not fit any more; a row may need several when its text is long."""
        return self._row > LAST_ROW - 100

    def _set_up(self) -> None:
        """A4 across, margins of the decree (20, 20, 30, 15 mm), as wide as the paper, pages numbered."""
        page = self._page
        for number, column in enumerate(self._sheet.columns):
            page.set_column(number, number, column.width)
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=30 / 25.4, right=15 / 25.4, top=20 / 25.4, bottom=20 / 25.4)
        page.fit_to_pages(1, 0)
        page.set_footer("&C&P/&N")

    def write(self, row: Sequence[Value]) -> None:
        """Write a row, and below it what was too long for its cells."""
        rest: dict[int, str] = {}
        first = self._row
        self._set_height(row)
        clean = _is_clean("\n".join([value for value in row if isinstance(value, str)]))
        for number, value in enumerate(row):
            if isinstance(value, str) and value:
                if clean and value[0].isalnum() and len(value) * 2 <= LONGEST_CELL:  # most cells, at half the cost
                    self._write_string(first, number, value, self._plain[number])
                else:
                    self._cell(number, value if clean else _CONTROL.sub(_control, value), rest)
            elif isinstance(value, int | Decimal | date):
                self._value(number, value)
            else:
                self._page.write_blank(self._row, number, None, self._plain[number])
        self._row += 1
        while rest:
            waiting, rest = rest, {}
            self._set_height(list(waiting.values()))
            for number, value in waiting.items():
                self._cell(number, value, rest)
            self._row += 1
        if self._row > first + 1:
            self._book.notes.append(
                f"Trang tính “{self.name}”, dòng {first + 1}: có ô dài quá 32.767 ký tự mà Excel cho phép, "
                f"chữ được viết tiếp ở dòng dưới (đến dòng {self._row})."
            )

    def _set_height(self, row: Sequence[Value]) -> None:
        """Room for the lines of the longest cell: LibreOffice, unlike Excel, does not measure rows when opening."""
        lines = 1
        for value, room in zip(row, self._rooms, strict=False):
            if isinstance(value, str) and (len(value) > room or "\n" in value):
                lines = max(lines, sum(-(-len(line) // room) or 1 for line in value.split("\n")))
        if lines > 1:
            self._page.set_row(self._row, min(lines * _LINE_HEIGHT, _HIGHEST_ROW))
        self._page.row_info.pop(self._row - 2, None)  # written already; kept, they would grow with the table
        self._page.row_sizes.pop(self._row - 2, None)

    def _cell(self, number: int, text: str, rest: dict[int, str]) -> None:
        """Write as much of a text as a cell holds and leave the rest for the next row."""
        if len(text) * 2 > LONGEST_CELL and _units(text) > LONGEST_CELL:
            text, rest[number] = _cut(text)
        formats = self._kept if _FORMULA.match(text) else self._plain
        self._text(number, text, formats[number])

    def _text(self, number: int, text: str, how: Any) -> None:
        """Write a text without control characters as a text."""
        if text.startswith("<r>"):  # XlsxWriter takes "<r>…</r>" for its own XML and would write it unescaped
            text += " " * text.endswith("</r>")
        self._write_string(self._row, number, text, how)

    def _value(self, number: int, value: int | Decimal | date) -> None:
        """Write a number or a day; a number that Excel would round is written as a text."""
        column = self._sheet.columns[number]
        if isinstance(value, date):
            self._page.write_datetime(self._row, number, value, self._book.cell_format(column, "date"))
        elif len(Decimal(value).as_tuple().digits) <= _EXACT_DIGITS:
            self._page.write_number(self._row, number, value, self._plain[number])
        else:
            self._text(number, format(Decimal(value), "f"), self._plain[number])

    def finish(self) -> None:
        """Set what needs the last row."""
        if self._sheet.columns and self._row > self._head + 1:
            self._page.autofilter(self._head, 0, self._row - 1, len(self._sheet.columns) - 1)


def _is_clean(text: str) -> bool:
    """Whether XML can carry every sign of a text. Its bytes tell twice as fast as a regular expression."""
    try:
        data = text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return b"\xef\xbf" not in data and len(data.translate(None, _CONTROL_BYTES_IN_XML)) == len(data)


def _control(found: re.Match[str]) -> str:
    """A line end stays one (CR LF is two signs, of which the newline stays); other control characters go."""
    return "\n" if found[0] == "\r" and found.string[found.end() : found.end() + 1] != "\n" else ""


def _units(text: str) -> int:
    """Length as Excel counts it: a sign beyond the base plane counts twice."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def _cut(text: str) -> tuple[str, str]:
    """The beginning that fits, with the mark that it goes on, and the rest; parted at white space if there is any."""
    room = LONGEST_CELL - len(TO_BE_CONTINUED)
    end = min(room, len(text))
    while _units(text[:end]) > room:
        end -= (_units(text[:end]) - room + 1) // 2
    space = max(text.rfind(" ", end - 1000, end), text.rfind("\n", end - 1000, end))
    end = space + 1 if space > 0 else end
    return text[:end] + TO_BE_CONTINUED, text[end:]
