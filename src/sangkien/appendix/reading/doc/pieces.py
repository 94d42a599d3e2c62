"""The text of a .doc: the file information block, and the pieces that the text is put together from."""

import struct
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import BROKEN, MIB, TOO_LARGE
from sangkien.appendix.reading.ole import CompoundFile
from sangkien.appendix.reading.source import Refusal

MAX_CHARACTERS = 20_000_000
MAX_MAIN = 64 * MIB  # text and properties; pictures lie in a stream of their own
# Places in the list of tables of the FIB.
_CLX, _PAPX, _CHPX, _FONTS, _STYLES, _LISTS, _LIST_USES = 33, 13, 12, 15, 1, 73, 74
_CP1252 = "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(256))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: characters ``start``… of the document, stored at ``offset`` in ``width`` bytes each."""

    start: int
    end: int
    offset: int
    width: int


class WordFile:
    """The streams of a .doc and what its information block says about them. Raises ``Refusal``."""

    def __init__(self, data: bytes) -> None:
        self._ole = ole = CompoundFile(data)
        self.main = ole.read("WordDocument")
        if len(self.main) > MAX_MAIN:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
        try:
            self._tables(ole)
        except (struct.error, IndexError) as fault:
            raise Refusal(Outcome.CORRUPT, BROKEN) from fault

    @cached_property
    def data(self) -> bytes:
        """The stream that holds pictures, and definitions of rows too long for a page."""
        return self._ole.read("Data") if "Data" in self._ole else b""

    def _tables(self, ole: CompoundFile) -> None:
        (flags,) = struct.unpack_from("<H", self.main, 10)
        self._table = ole.read("1Table" if flags & 0x0200 else "0Table")
        words = struct.unpack_from("<H", self.main, 32)[0]
        numbers_at = 34 + words * 2
        numbers = struct.unpack_from("<H", self.main, numbers_at)[0]
        self.length = struct.unpack_from("<i", self.main, numbers_at + 2 + 3 * 4)[0]
        self._list_at = numbers_at + 2 + numbers * 4 + 2
        self._listed = struct.unpack_from("<H", self.main, self._list_at - 2)[0]
        if not 0 <= self.length <= MAX_CHARACTERS:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
        self.paragraph_pages = self._pages(_PAPX)
        self.run_pages = self._pages(_CHPX)
        self.font_table = self._part(_FONTS)
        self.style_sheet = self._part(_STYLES)
        self.lists, self.list_uses = self._part(_LISTS), self._part(_LIST_USES)
        self.list_levels = self._after(_LISTS)
        self.pieces = self._pieces(self._part(_CLX))

    def _part(self, place: int) -> bytes:
        if place >= self._listed:
            return b""
        start, size = struct.unpack_from("<II", self.main, self._list_at + place * 8)
        return self._table[start : start + size]

    def _after(self, place: int) -> bytes:
        """What stands behind a part, without a length of its own."""
        if place >= self._listed:
            return b""
        start, size = struct.unpack_from("<II", self.main, self._list_at + place * 8)
        return self._table[start + size :] if size else b""

    def _pages(self, place: int) -> list[int]:
        """Numbers of the 512-byte pages that hold the properties of paragraphs or runs."""
        part = self._part(place)
        count = max((len(part) - 4) // 8, 0)
        return [number & 0x3FFFFF for number in struct.unpack_from(f"<{count}I", part, (count + 1) * 4)]

    def _pieces(self, clx: bytes) -> list[Piece]:
        at = 0
        while at < len(clx) and clx[at] == 1:  # saved property changes, not needed for the text
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        if at >= len(clx) or clx[at] != 2:
            raise Refusal(Outcome.CORRUPT, BROKEN)
        size = struct.unpack_from("<I", clx, at + 1)[0]
        count = (min(size, len(clx) - at - 5) - 4) // 12
        if count < 1:
            raise Refusal(Outcome.CORRUPT, BROKEN)
        bounds = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
        pieces = []
        for number in range(count):
            place = struct.unpack_from("<I", clx, at + 5 + (count + 1) * 4 + number * 8 + 2)[0]
            start, end = bounds[number], min(bounds[number + 1], self.length)
            if start >= end:
                continue
            short = bool(place & 0x40000000)
            place &= 0x3FFFFFFF
            pieces.append(Piece(start, end, place // 2 if short else place, 1 if short else 2))
        if any(after.start < before.end for before, after in pairwise(pieces)):
            raise Refusal(Outcome.CORRUPT, BROKEN)
        return pieces

    def text(self, piece: Piece) -> str:
        """The characters of a piece: one byte each in Windows-1252, or UTF-16."""
        stored = self.main[piece.offset : piece.offset + (piece.end - piece.start) * piece.width]
        if piece.width == 1:
            return "".join(map(_CP1252.__getitem__, stored))
        return stored.decode("utf-16-le", "replace")
