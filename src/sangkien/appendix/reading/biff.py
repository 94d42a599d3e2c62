"""The records of an Excel 97-2003 workbook (BIFF8, [MS-XLS]): values, styles, merged ranges, what is hidden.

The stream "Workbook" is a row of records: two bytes of type, two of length, the body. Counts in it are never trusted:
what is read is bounded by the bytes that are there. (A library that trusts them asks for gigabytes and takes the whole
process with it.)
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import PASSWORD
from sangkien.appendix.reading.effort import BLANK, CELL, Effort
from sangkien.appendix.reading.grid import Range
from sangkien.appendix.reading.numbers import built_in
from sangkien.appendix.reading.runs import PLAIN, Run, Style, Text
from sangkien.appendix.reading.source import Refusal
from sangkien.appendix.reading.text import bare

_BOF, _EOF, _CONTINUE, _FILEPASS = 0x0809, 0x000A, 0x003C, 0x002F
_BOUNDSHEET, _DATEMODE, _FONT, _XF, _FORMAT, _SST = 0x0085, 0x0022, 0x0031, 0x00E0, 0x041E, 0x00FC
_ROW, _COLINFO, _MERGED = 0x0208, 0x007D, 0x00E5
_LABELSST, _LABEL, _RSTRING, _NUMBER, _RK, _MULRK = 0x00FD, 0x0204, 0x00D6, 0x0203, 0x027E, 0x00BD
_BOOLERR, _FORMULA, _STRING = 0x0205, 0x0006, 0x0207
_HYPERLINK, _CONCATENATE = 359, 336
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}

Place = tuple[int, int]  # row, column, from 1
Value = Text | float | bool


@dataclass(slots=True)
class Error:
    """A cell that shows an error; ``text`` as Excel shows it."""

    text: str


@dataclass(slots=True)
class Formula:
    """A cell with a formula: its stored result, if any, and the title when it is a link with a plain title."""

    result: Value | Error | None
    title: str


@dataclass(slots=True)
class BinarySheet:
    """One sheet: what each place holds and the number of its style."""

    name: str
    kind: int  # 0 a worksheet, 2 a chart, else macros
    visible: bool
    offset: int
    values: dict[Place, tuple[Value | Error | Formula | None, int]] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass(slots=True)
class BinaryBook:
    """The workbook: its sheets, unread until ``read_sheet``, and what they share."""

    stream: bytes
    sheets: list[BinarySheet] = field(default_factory=list)
    strings: list[Text] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)
    since_1904: bool = False
    effort: Effort = field(default_factory=Effort)

    def style(self, number: int) -> Style:
        """The style with this number; the plain one when there is none."""
        return self.styles[number] if number < len(self.styles) else PLAIN


def read_book(stream: bytes) -> BinaryBook:
    """The globals of a workbook; a record that is cut or odd is passed over.

    Raises ``Refusal`` for a password and for too many records.
    """
    book = BinaryBook(stream)
    fonts: list[tuple[str, bool]] = []
    codes: dict[int, str] = {}
    formats: list[tuple[int, int]] = []
    shared: list[bytes] = []
    for kind, pieces in _records(stream, 0, book.effort):
        body = pieces[0]
        if kind == _BOUNDSHEET and len(body) >= 8:
            offset, state, sheet_kind = struct.unpack_from("<IBB", body)
            book.sheets.append(BinarySheet(_string(body[6:], 1), sheet_kind, not state & 3, offset))
        elif kind == _FILEPASS:
            raise Refusal(Outcome.ENCRYPTED, PASSWORD)
        elif kind == _DATEMODE:
            book.since_1904 = body[:1] == b"\x01"
        elif kind == _FONT and len(body) >= 16:
            fonts.append((_string(body[14:], 1), int.from_bytes(body[6:8], "little") >= 600))
        elif kind == _FORMAT and len(body) >= 5:
            codes[int.from_bytes(body[:2], "little")] = _string(body[2:], 2)
        elif kind == _XF and len(body) >= 4:
            formats.append(struct.unpack_from("<HH", body))
        elif kind == _SST:
            shared = pieces
    for font, number in formats:
        book.styles.append(Style(codes.get(number) or built_in(number), *_font(fonts, font)))
    book.strings = _shared_strings(shared, fonts, book.effort) if shared else []
    return book


def _font(fonts: list[tuple[str, bool]], number: int) -> tuple[str, bool]:
    """Name and boldness of a font; number 4 is never stored (2.5.129)."""
    index = number - (number > 4)
    return fonts[index] if index < len(fonts) else ("", False)


def _records(stream: bytes, offset: int, effort: Effort) -> Iterator[tuple[int, list[bytes]]]:
    """The records of one substream with their continuations, without those of charts inside it."""
    depth = 0
    kind, pieces = 0, [b""]
    while offset + 4 <= len(stream):
        effort.spend(BLANK)
        following, length = struct.unpack_from("<HH", stream, offset)
        body = stream[offset + 4 : offset + 4 + length]
        offset += 4 + length
        if following == _CONTINUE:
            pieces.append(body)
            continue
        if kind:
            yield kind, pieces
        kind, pieces = 0, [b""]
        if following == _BOF:
            depth += 1
        elif following == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            kind, pieces = following, [body]
    if kind:
        yield kind, pieces


class _Pieces:
    """The bytes of a record and its continuations, read forward."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._piece = self._at = 0

    def take(self, count: int) -> bytes:
        """So many bytes, or what is left."""
        taken = b""
        while len(taken) < count and self._piece < len(self._pieces):
            part = self._pieces[self._piece][self._at : self._at + count - len(taken)]
            taken += part
            self._at += len(part)
            if len(taken) < count:
                self._next()
        return taken

    def letters(self, count: int, flags: int) -> str:
        """So many UTF-16 units of one or two bytes; a continuation says anew how wide its letters are (2.5.293)."""
        units = b""
        while self._piece < len(self._pieces):
            width = 2 if flags & 1 else 1
            part = self._pieces[self._piece][self._at : self._at + (count - len(units) // 2) * width]
            part = part[: len(part) // width * width]
            units += part if width == 2 else part.decode("latin-1").encode("utf-16-le")
            self._at += len(part)
            if len(units) // 2 >= count:
                break
            self._next()
            flags = next(iter(self.take(1)), 0)
        return units.decode("utf-16-le", "ignore")

    def _next(self) -> None:
        self._piece += 1
        self._at = 0


def _shared_strings(pieces: list[bytes], fonts: list[tuple[str, bool]], effort: Effort) -> list[Text]:
    """The texts that cells refer to by number (2.4.265), as many as the bytes hold."""
    source = _Pieces(pieces)
    source.take(4)
    claimed = int.from_bytes(source.take(4), "little")
    texts: list[Text] = []
    while len(texts) < claimed and len(head := source.take(3)) == 3:
        effort.spend(CELL // 2)
        length, flags = struct.unpack("<HB", head)
        runs = int.from_bytes(source.take(2), "little") if flags & 8 else 0
        more = int.from_bytes(source.take(4), "little") if flags & 4 else 0
        text = source.letters(length, flags)
        marks = source.take(4 * runs)
        effort.spend(CELL // 2 * (len(marks) // 4))
        source.take(more)
        texts.append(_runs(text, marks, fonts))
    return texts


def _runs(text: str, marks: bytes, fonts: list[tuple[str, bool]]) -> Text:
    """The runs of a text: marks are pairs of an offset and the font that begins there."""
    starts = [(start, font) for start, font in struct.iter_unpack("<HH", marks[: len(marks) // 4 * 4])]
    ends = [*(start for start, _ in starts), len(text)]
    runs = [Run(bare(text[: ends[0]]))]
    for (start, font), end in zip(starts, ends[1:], strict=True):
        runs.append(Run(bare(text[start:end]), *_font(fonts, font)))
    return tuple(run for run in runs if run.text)


def read_sheet(book: BinaryBook, sheet: BinarySheet) -> None:
    """Fill a sheet with what its records hold."""
    waiting: Place | None = None  # a formula whose text stands in the next record
    for kind, pieces in _records(book.stream, sheet.offset, book.effort):
        body = pieces[0]
        if kind == _STRING and waiting is not None and len(body) >= 3:
            length, flags = struct.unpack_from("<HB", body)
            text = _Pieces([body[3:], *pieces[1:]]).letters(length, flags)
            formula, style = sheet.values[waiting]
            if isinstance(formula, Formula):
                formula.result = (Run(bare(text)),)
            sheet.values[waiting] = formula, style
            waiting = None
        elif kind == _MULRK and len(body) >= 6:
            row, first = struct.unpack_from("<HH", body)
            for number in range((len(body) - 6) // 6):
                book.effort.spend(CELL)
                style, packed = struct.unpack_from("<HI", body, 4 + 6 * number)
                sheet.values[row + 1, first + number + 1] = _unpacked(packed), style
        elif kind in (_LABELSST, _LABEL, _RSTRING, _NUMBER, _RK, _BOOLERR, _FORMULA) and len(body) >= 8:
            book.effort.spend(CELL)
            row, column, style = struct.unpack_from("<HHH", body)
            value = _value(book, kind, body)
            sheet.values[row + 1, column + 1] = value, style
            waiting = (row + 1, column + 1) if kind == _FORMULA else waiting
        else:
            _layout(sheet, kind, body)


def _value(book: BinaryBook, kind: int, body: bytes) -> Value | Error | Formula | None:
    """What a record of one cell holds."""
    if kind == _LABELSST and len(body) >= 10:
        number = int.from_bytes(body[6:10], "little")
        return book.strings[number] if number < len(book.strings) else None
    if kind in (_LABEL, _RSTRING):
        return (Run(_string(body[6:], 2)),)
    if kind == _NUMBER and len(body) >= 14:
        return float(struct.unpack_from("<d", body, 6)[0])
    if kind == _RK and len(body) >= 10:
        return _unpacked(int.from_bytes(body[6:10], "little"))
    if kind == _BOOLERR:
        return Error(_ERRORS.get(body[6], "#?")) if body[7] else body[6] != 0
    if kind == _FORMULA and len(body) >= 22:
        return Formula(_result(body[6:14]), _link_title(body))
    return None


def _result(stored: bytes) -> Value | Error | None:
    """The stored result of a formula (2.5.133); a text comes in the next record."""
    if stored[6:] != b"\xff\xff":
        return float(struct.unpack("<d", stored)[0])
    if stored[0] == 1:
        return stored[2] != 0
    return Error(_ERRORS.get(stored[2], "#?")) if stored[0] == 2 else None


def _unpacked(packed: int) -> float:
    """A number in four bytes (2.5.217): an integer or the upper half of a double, perhaps a hundredfold."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed >> 31 else 0))
    else:
        value = float(struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0])
    return value / 100 if packed & 1 else value


def _layout(sheet: BinarySheet, kind: int, body: bytes) -> None:
    """What is hidden and what is merged."""
    if kind == _ROW and len(body) >= 14 and body[12] & 0x20:
        sheet.hidden_rows.add(int.from_bytes(body[:2], "little") + 1)
    elif kind == _COLINFO and len(body) >= 10 and body[8] & 0x01:
        first, last = struct.unpack_from("<HH", body)
        sheet.hidden_columns.update(range(first + 1, min(last, 255) + 2))
    elif kind == _MERGED:
        for top, bottom, left, right in struct.iter_unpack("<HHHH", body[2 : 2 + (len(body) - 2) // 8 * 8]):
            if top <= bottom and left <= right:
                sheet.merges.append(Range(top + 1, left + 1, bottom + 1, right + 1))


def _link_title(body: bytes) -> str:
    """The title when the formula is texts and a link (2.5.198: ptgStr …, ptgFuncVar); '' for any other.

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
    return bare(_Pieces([body[size + 1 :]]).letters(length, body[size] if len(body) > size else 0))
