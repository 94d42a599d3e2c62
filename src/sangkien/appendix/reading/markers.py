"""Bullets and numbers that lead a line: "-", "+)", "1.2.", "a)", "(3)", "✓ 2)", pictures from a phone."""

import re
from functools import lru_cache

_BULLET = re.compile(
    r"(?:[-+*]\)|\*\*|[-+•–—*·‣§Ø>~\u2010-\u2015\ufe63\uff0d\u2190-\u2bff\U0001f300-\U0001faff\uf0b7\uf0a7\uf02d]\ufe0f?|o(?=\s)|\d\ufe0f?\u20e3)?\s*"
    r"(?:(?:\d{1,2}(?:\.\d{1,2}){1,2}(?=\s)|\(?(?:\d{1,2}(?:\.\d{1,2}){0,2}|[a-zA-ZđĐ]|[IVXivx]{1,4})[.)/:]|\d{1,2}-|\((?:\d{1,2}|[a-zđ])\))\s*)?"
    r"(?:[-+•*·\u2010-\u2015\u2212]\s*)?"
)
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=512)
def marker(bullet: str) -> str:
    """The kind of a bullet or number: "2." and "3." are alike, "2.1." is deeper."""
    return _LETTERS.sub("a", _DIGITS.sub("1", bullet.strip()))


def bullet_end(line: str) -> int:
    """Where the words of a line begin, after its bullet and number; 0 when it is nothing but a bullet."""
    match = _BULLET.match(line)
    return match.end() if match and match.end() < len(line) else 0
