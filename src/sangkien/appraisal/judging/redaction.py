"""A text without the names by which its unit is known, for reading without names (``CriteriaSet.blind_names``).

A name is found however it is written: with or without marks, "P.4", "Phường 04", "UBND phường 4". Only whole words
count: "Phường 4" is not found in "Phường 40".
"""

import re
from collections.abc import Collection, Iterator
from typing import Final

from sangkien.vietnamese import fold

MASK: Final = "▇▇▇"
_COMMITTEE: Final = r"(?:(?:uy\s+ban\s+nhan\s+dan|ubnd|hdnd|dang\s+uy)\s+)?"
_SHORT: Final = {"phuong": r"(?:phuong|p)", "xa": "(?:xa|x)", "quan": "(?:quan|q)", "huyen": "(?:huyen|h)"}
_BETWEEN: Final = r"[\s.,–-]*"
_WORD: Final = re.compile(r"[^\W_]+")
_OF_COMMITTEE: Final = re.compile(r"^(?:uy ban nhan dan|ubnd)\s+")


class Mask:
    """Takes names out of texts."""

    def __init__(self, names: Collection[str]) -> None:
        found = sorted({each for name in names for each in _patterns(name)}, key=len, reverse=True)
        self._pattern = re.compile("|".join(found)) if found else None

    def __call__(self, text: str) -> str:
        """The text with ``MASK`` wherever one of the names stands."""
        if self._pattern is None or not text:
            return text
        folded, places = _folded(text)
        kept, last = [], 0
        for match in self._pattern.finditer(folded):
            begin, end = places[match.start()], places[match.end()]
            kept += [text[last:begin], MASK]
            last = end
        return "".join([*kept, text[last:]])


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each place in it the place in the text from which it came."""
    signs, places = [], []
    for place, sign in enumerate(text):
        for each in fold(sign):
            signs.append(each)
            places.append(place)
    return "".join(signs), [*places, len(text)]


def _patterns(name: str) -> Iterator[str]:
    """For the whole name; without "Ủy ban nhân dân" before it."""
    words = _WORD.findall(_OF_COMMITTEE.sub("", fold(name).strip()))
    if words:
        body = _BETWEEN.join(_word(each, is_first=place == 0) for place, each in enumerate(words))
        yield rf"(?<![^\W_]){_COMMITTEE}{body}(?![^\W_])"


def _word(word: str, *, is_first: bool) -> str:
    if word.isdecimal():
        return rf"0*{int(word)}" if word.isascii() else re.escape(word)
    return _SHORT.get(word, re.escape(word)) if is_first else re.escape(word)
