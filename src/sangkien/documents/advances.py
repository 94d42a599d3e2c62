"""Widths of text, from the advance widths of the font itself: rules as long as their line, titles in even lines."""

import math
import struct
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sangkien.documents import tokens
from sangkien.npm import package_dir

_FILES = {
    (False, False): "400Regular/Tinos_400Regular.ttf",
    (False, True): "400Regular_Italic/Tinos_400Regular_Italic.ttf",
    (True, False): "700Bold/Tinos_700Bold.ttf",
    (True, True): "700Bold_Italic/Tinos_700Bold_Italic.ttf",
}
_JOINING = frozenset(("trong", "của", "và", "tại", "trên", "cho", "về", "do", "theo", "được", "năm"))
_NAMING = frozenset(("thành phố", "phường", "tỉnh", "quận", "huyện", "đặc khu", "khu vực"))  # begin the name of a place
_LINE_COST = 0.3  # one line more must be worth it
_PHRASE_COST = 0.1  # a broken phrase weighs as much as a line a third shorter than the others
_PACKAGE = "@expo-google-fonts/tinos"


class Face(NamedTuple):
    """One cut of the font: advance width in em by character."""

    em: dict[int, float]

    def width(self, text: str, size: float) -> float:
        """Width of one line in points; a character that the font lacks counts half an em."""
        em = self.em
        return size * sum(em.get(ord(char), 0.5) for char in text)


def font_folder() -> Path:
    """The folder below which the four cuts of Tinos lie as TrueType files."""
    return package_dir(_PACKAGE)


@lru_cache(maxsize=4)
def face(*, bold: bool = False, italic: bool = False) -> Face:
    """The advance widths of one cut."""
    return Face(_advances((package_dir(_PACKAGE) / _FILES[bold, italic]).read_bytes()))


def lines(text: str, size: float, room: float, *, bold: bool = False, italic: bool = False) -> list[str]:
    """``text`` broken as both writers break it: greedily at spaces, never inside a word; ``room`` in points."""
    cut = face(bold=bold, italic=italic)
    broken: list[str] = []
    for author_line in text.split("\n"):
        current = ""
        for word in author_line.split(" "):
            longer = f"{current} {word}" if current else word
            if current and cut.width(longer, size) > room:
                broken.append(current)
                current = word
            else:
                current = longer
        broken.append(current)
    return broken


def balanced(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """A centred text in lines of about the same length, unless its author has broken it already; ``room`` in points."""
    width = face(bold=bold).width(text, size)
    if "\n" in text or width <= room:
        return text
    words = text.split(" ")
    widths = [face(bold=bold).width(word + " ", size) for word in words]
    return "\n".join(" ".join(words[start:end]) for start, end in _even_breaks(words, widths, width, room))


def _even_breaks(words: list[str], widths: list[float], width: float, room: float) -> list[tuple[int, int]]:
    """Where to break: lines near the mean, rather after a comma or before a joining word than inside a phrase."""
    mean = width / math.ceil(width / room)
    best: list[tuple[float, int]] = [(0.0, 0)]  # for the first n words: the least cost, and where its last line begins
    for end in range(1, len(words) + 1):
        choices: list[tuple[float, int]] = []
        line = 0.0
        for start in range(end - 1, -1, -1):
            line += widths[start]
            if line > room and choices:
                break
            cost = ((line - mean) / mean) ** 2 + _LINE_COST + (0 if _breaks_well(words, end) else _PHRASE_COST)
            choices.append((best[start][0] + cost, start))
        best.append(min(choices))
    return _walked_back([start for _, start in best])


def _walked_back(starts: list[int]) -> list[tuple[int, int]]:
    ranges = []
    end = len(starts) - 1
    while end:
        ranges.append((starts[end], end))
        end = starts[end]
    return ranges[::-1]


def _breaks_well(words: list[str], end: int) -> bool:
    if end == len(words) or words[end - 1][-1:] in (",", ";"):
        return True
    first, pair = words[end].lower(), " ".join(words[end : end + 2]).lower()
    return first in _JOINING or first in _NAMING or pair in _NAMING


def last_line_width(text: str, size: float, room: float, *, bold: bool = False) -> float:
    """Width in points of the last line of a centred text, which a rule below it is measured by."""
    return min(room, face(bold=bold).width(lines(text, size, room, bold=bold)[-1], size))


def _advances(font: bytes) -> dict[int, float]:
    tables = {}
    for index in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        tables[tag] = offset
    (units,) = struct.unpack_from(">H", font, tables[b"head"] + 18)
    (long_count,) = struct.unpack_from(">H", font, tables[b"hhea"] + 34)
    hmtx = tables[b"hmtx"]
    advances = [struct.unpack_from(">H", font, hmtx + 4 * glyph)[0] / units for glyph in range(long_count)]
    return {char: advances[min(glyph, long_count - 1)] for char, glyph in _glyphs(font, tables[b"cmap"]).items()}


def _glyphs(font: bytes, cmap: int) -> dict[int, int]:
    """Character to glyph, from the table for the basic plane (format 4), which every TrueType font has."""
    for index in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        platform, _, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * index)
        if platform in (0, 3) and struct.unpack_from(">H", font, cmap + offset)[0] == 4:
            return _glyphs_of_segments(font, cmap + offset)
    raise ValueError(f"The font {tokens.PDF_FONT} has no character table of format 4")


def _glyphs_of_segments(font: bytes, at: int) -> dict[int, int]:
    double = struct.unpack_from(">H", font, at + 6)[0]
    ends, starts, deltas, ranges = at + 14, at + 16 + double, at + 16 + 2 * double, at + 16 + 3 * double
    glyphs: dict[int, int] = {}
    for step in range(0, double, 2):
        end, start, delta, range_offset = (
            struct.unpack_from(">H", font, table + step)[0] for table in (ends, starts, deltas, ranges)
        )
        for char in range(start, min(end, 0xFFFE) + 1):
            glyph = char
            if range_offset:
                (glyph,) = struct.unpack_from(">H", font, ranges + step + range_offset + 2 * (char - start))
            if range_offset and not glyph:
                continue
            if glyph := (glyph + delta) & 0xFFFF:
                glyphs[char] = glyph
    return glyphs
