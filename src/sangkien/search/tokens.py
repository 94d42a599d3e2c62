"""Text as a set of tokens, the same for both databases: syllables without marks, and pairs of neighbours.

A pair begins with "_", what is no word of the text with "@", so that the beginning of a word never meets either.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from sangkien.vietnamese import fold

_SENTENCE: Final = re.compile(r"[.;:!?\n]+(?:\s|$)|\n")
_WORD: Final = re.compile(r"[^\W_]+")
_NAME: Final = re.compile(r"[a-z0-9]+")
_LONGEST: Final = 60  # signs of a token; PostgreSQL takes some 500 Vietnamese ones, people write far shorter


def syllables(text: str) -> list[str]:
    """The words of the text, folded; numbers by value, so that "Phường 04" is found by "4"."""
    return [_word(found) for found in _WORD.findall(fold(text))]


def _word(word: str) -> str:
    if word.isascii() and word.isdecimal():
        word = word.lstrip("0") or "0"
    return word[:_LONGEST]


def pair(first: str, second: str) -> str:
    """Two neighbours as one token."""
    return f"_{first}_{second}"


def pairs(words: list[str]) -> list[str]:
    """Each word with the next."""
    return [pair(first, second) for first, second in pairwise(words)]


def tokens(texts: Iterable[str]) -> set[str]:
    """Syllables of all texts, and pairs inside a sentence."""
    found: set[str] = set()
    for sentence in _sentences(texts):
        words = syllables(sentence)
        found.update(words, pairs(words))
    return found


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _SENTENCE.split(text)


def kind_token(kind: str) -> str:
    """Stands in every row of the kind."""
    return f"@{_checked(kind)}"


def scope_token(kind: str, scope: str) -> str:
    """Stands in the rows of the kind that this scope may see."""
    return f"@{_checked(kind)}_{_checked(scope)}"


def _checked(name: str) -> str:
    """Small letters and figures: nothing that a query could read as something else."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"search: a kind or scope is written [a-z0-9]+, not {name!r}")
    return name
