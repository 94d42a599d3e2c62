"""What a person may have meant by a word: how it sounds elsewhere, keys of Telex left in it, a slip of one letter."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from sangkien.vietnamese import bare_syllables

_MOST: Final = 24
_LETTERS: Final = "abcdeghiklmnopqrstuvxy"


def _both_ways(pairs: str) -> tuple[tuple[str, str], ...]:
    either = [each.split() for each in pairs.split(", ")]
    return tuple((old, new) for one, other in either for old, new in ((one, other), (other, one)))


# Pairs that people mix up in writing because they sound alike where they live; without tones, which are folded anyway.
_ONSETS: Final = _both_ways("tr ch, s x, d gi, d r, gi r, d v, l n, ng ngh, g gh, c k, c q, ph f, qu w, d z, gi j")
_ENDS: Final = _both_ways("c t, n ng, nh n, ch t, i y, ao au, ieu iu")
_TELEX: Final = ((re.compile("dd"), "d"), (re.compile("([aeo])\\1"), r"\1"), (re.compile("([aou])w"), r"\1"),
                 (re.compile("w"), "u"), (re.compile("(?<=[a-z])[sfrxj]$"), ""))  # fmt: skip


@lru_cache(maxsize=1024)
def near(word: str) -> tuple[str, ...]:
    """Other syllables that may be meant, likelier ones first; none for a number or what is no word."""
    if not word.isascii() or not word.isalpha():
        return ()
    known = bare_syllables()
    meant = dict.fromkeys(each for each in _meant(word, known) if each in known and each != word)
    return tuple(meant)[:_MOST]


def _meant(word: str, known: frozenset[str]) -> Iterator[str]:
    yield _without_telex(word)
    sounding = [word, *(new + word.removeprefix(old) for old, new in _ONSETS if word.startswith(old))]
    yield from sounding
    yield from (each.removesuffix(old) + new for each in sounding for old, new in _ENDS if each.endswith(old))
    if word not in known:
        yield from _one_letter_off(word)


def _without_telex(word: str) -> str:
    """ "thur" → "thu", "ddown" → "don": typed while the keyboard was not set to Vietnamese."""
    for key, letter in _TELEX:
        word = key.sub(letter, word)
    return word


def _one_letter_off(word: str) -> Iterator[str]:
    """A letter too much, two exchanged, another one, one missing."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (head + tail[1:] for head, tail in cuts if tail)
    yield from (head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1)
    yield from (head + letter + tail[1:] for head, tail in cuts if tail for letter in _LETTERS)
    yield from (head + letter + tail for head, tail in cuts for letter in _LETTERS)
