"""What python-calamine does not tell of an Excel 97-2003 workbook: formats, fonts, hidden rows, the spread of cells.

The stream "Workbook" is a row of records ([MS-XLS] 2.3): two bytes of type, two of length, the body.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from sangkien.appendix.reading.numbers import built_in

_BOF, _EOF = 0x0809, 0x000A
_BOUNDSHEET, _DATEMODE, _FONT, _XF, _FORMAT = 0x0085, 0x0022, 0x0031, 0x00E0, 0x041E
_ROW, _COLINFO, _FORMULA, _STRING, _MULRK = 0x0208, 0x007D, 0x0006, 0x0207, 0x00BD
_HYPERLINK, _CONCATENATE = 359, 336
_SINGLE = frozenset({0x00FD, 0x0203, 0x027E, 0x0204, 0x00D6, 0x0205, _FORMULA})  # with one cell: row, column, XF


@dataclass(slots=True)
class SheetFacts:
    """Facts of one sheet; rows and columns from 1. ``styles`` gives the XF number of each cell with a value.

    ``formulas`` gives the title of ``HYPERLINK("address","title")`` and '' for any other formula.
    """

    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def area(self) -> int:
        """Places of the smallest rectangle around all cells."""
        if not self.styles:
            return 0
        rows, columns = [row for row, _ in self.styles], [column for _, column in self.styles]
        height, width = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
        return height * width


@dataclass(slots=True)
class BookFacts:
    """Facts of a workbook. Sheets stand by their order in the list of sheets; cells name styles by XF number."""

    sheets: list[SheetFacts] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)  # by XF number
    fonts: list[str] = field(default_factory=list)  # by XF number
    bold: list[bool] = field(default_factory=list)  # by XF number
    since_1904: bool = False
    macros: bool = False


def facts(stream: bytes) -> BookFacts:
    """Walk the records; a record that is cut or odd is passed over."""
    book = BookFacts()
    fonts: list[tuple[str, bool]] = []
    codes: dict[int, str] = {}
    styles: list[tuple[int, int]] = []
    offsets: list[int] = []
    for kind, body in _records(stream, 0):
        if kind == _BOUNDSHEET and len(body) >= 6:
            offsets.append(int.from_bytes(body[:4], "little"))
        elif kind == _DATEMODE:
            book.since_1904 = body[:1] == b"\x01"
        elif kind == _FONT and len(body) >= 16:
            fonts.append((_string(body[14:], 1), int.from_bytes(body[6:8], "little") >= 600))
        elif kind == _FORMAT and len(body) >= 5:
            codes[int.from_bytes(body[:2], "little")] = _string(body[2:], 2)
        elif kind == _XF and len(body) >= 4:
            styles.append(struct.unpack_from("<HH", body))
    for font, number in styles:
        index = font - (font > 4)  # font 4 is never stored
        name, bold = fonts[index] if index < len(fonts) else ("", False)
        book.formats.append(codes.get(number) or built_in(number))
        book.fonts.append(name)
        book.bold.append(bold)
    book.sheets = [_sheet(stream, offset) for offset in offsets]
    return book


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, without those of charts inside it."""
    depth = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length


def _sheet(stream: bytes, offset: int) -> SheetFacts:
    sheet = SheetFacts()
    for kind, body in _records(stream, offset):
        if kind in _SINGLE and len(body) >= 6:
            row, column, style = struct.unpack_from("<HHH", body)
            sheet.styles[row + 1, column + 1] = style
            if kind == _FORMULA:
                sheet.formulas[row + 1, column + 1] = _link_title(body)
        elif kind == _MULRK and len(body) >= 6:
            row, first = struct.unpack_from("<HH", body)
            for number in range((len(body) - 6) // 6):
                style = int.from_bytes(body[4 + 6 * number : 6 + 6 * number], "little")
                sheet.styles[row + 1, first + number + 1] = style
        elif kind == _ROW and len(body) >= 14 and body[12] & 0x20:
            sheet.hidden_rows.add(int.from_bytes(body[:2], "little") + 1)
        elif kind == _COLINFO and len(body) >= 10 and body[8] & 0x01:
            first, last = struct.unpack_from("<HH", body)
            sheet.hidden_columns.update(range(first + 1, min(last, 255) + 2))
    return sheet


def _link_title(body: bytes) -> str:
    """The title when the formula is texts and a link ([MS-XLS] 2.5.198: ptgStr …, ptgFuncVar); '' for any other.

    LibreOffice has no HYPERLINK to write here and writes CONCATENATE(title,"").
    """
    texts: list[str] = []
    offset = 22
    while body[offset : offset + 1] == b"\x17" and offset + 3 <= len(body):
        width = 2 if body[offset + 2] & 1 else 1
        texts.append(_string(body[offset + 1 :], 1))
        offset += 3 + width * body[offset + 1]
    if len(texts) != 2 or body[offset : offset + 1] not in (b"\x22", b"\x42", b"\x62"):
        return ""
    function = int.from_bytes(body[offset + 2 : offset + 4], "little")
    if function == _CONCATENATE:
        return texts[0] if not texts[1] else ""
    return texts[1] if function == _HYPERLINK else ""


def _string(body: bytes, size: int) -> str:
    """A text with its length in ``size`` bytes and its flags: one or two bytes a letter."""
    length = int.from_bytes(body[:size], "little")
    if body[size : size + 1] == b"\x00":
        return body[size + 1 : size + 1 + length].decode("latin-1")
    return body[size + 1 : size + 1 + 2 * length].decode("utf-16-le", "replace")
