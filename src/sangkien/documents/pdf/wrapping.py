"""Line breaks as Word makes them, where typst would break elsewhere or not at all.

typst may break after a slash between letters ("số 41/" | "KH-UBND"), Word does not: such words are kept whole. Word may
break after the hyphen of "3-5", typst does not. A word wider than its line runs over the next column in typst, Word
breaks it where the line is full. All three are mended by pieces that are kept whole, since a line may end beside them.
(A zero-width space would do for the last, but it gets into the text that a reader copies out.)
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from sangkien.documents.advances import Face

_WORD = re.compile(r"\S+")
_AT_HYPHENS = re.compile(r"[^-–]+[-–]*|[-–]+")
_SLASH_IN_WORD = re.compile(r"/[^\W\d_]")
_HYPHEN_IN_NUMBER = re.compile(r"\w-\d")
_GOOD_ENDS = frozenset("-/.,;:?&=_@")


class Piece(NamedTuple):
    """Text that may be broken as usual, or one word that is kept ``whole``."""

    text: str
    whole: bool = False


def pieces(text: str, cut: Face, size: float, room: float) -> list[Piece]:
    """``text`` in pieces for lines of ``room`` points; most texts are one piece as they are."""
    if not _needs_care(text, size, room):
        return [Piece(text)]
    found: list[Piece] = []
    end = 0
    for match in _WORD.finditer(text):
        found.append(Piece(text[end : match.start()]))
        found += _word(match[0], cut, size, room)
        end = match.end()
    return _joined([*found, Piece(text[end:])])


def _needs_care(text: str, size: float, room: float) -> bool:
    """No letter is wider than an em: a word with fewer letters than the line has em fits."""
    fits = int(room / size)
    return (
        "/" in text
        or ("-" in text and _HYPHEN_IN_NUMBER.search(text) is not None)
        or (len(text) > fits and any(len(word) > fits for word in text.split()))
    )


def _word(word: str, cut: Face, size: float, room: float) -> Iterator[Piece]:
    numbered = _HYPHEN_IN_NUMBER.search(word) is not None
    for part in _AT_HYPHENS.findall(word):
        if cut.width(part, size) > room:
            yield from (Piece(full, whole=True) for full in _broken(part, cut, size, room))
        else:
            yield Piece(part, (numbered and part[-1] == "-") or _SLASH_IN_WORD.search(part) is not None)


def _joined(found: list[Piece]) -> list[Piece]:
    """Neighbours that may be broken as usual, as one piece."""
    joined: list[Piece] = []
    for whole, group in groupby(found, key=lambda piece: piece.whole):
        if whole:
            joined += group
        elif text := "".join(piece.text for piece in group):
            joined.append(Piece(text))
    return joined or [Piece("")]


def _broken(word: str, cut: Face, size: float, room: float) -> Iterator[str]:
    """A word wider than its line in parts that fill one, ended rather behind a mark than between two letters."""
    line = ""
    for char in word:
        if line and cut.width(line + char, size) > room:
            end = max((index for index, mark in enumerate(line, 1) if mark in _GOOD_ENDS), default=0)
            end = end if end > len(line) / 2 else len(line)
            yield line[:end]
            line = line[end:]
        line += char
    yield line
