"""White space and folding for the understanding: one way to tidy a text, cached where headings and labels repeat."""

import re
import unicodedata
from functools import lru_cache

from sangkien.vietnamese import fold

KEEP_AS_TEXT = "\u200c"
"""Zero-width sign that our writer puts before words inside a text that look like a label, so that they stay text."""

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
_SHORT = 64
_DROP = dict.fromkeys(map(ord, _INVISIBLE))
_BLANK = re.compile(r"[\s._\-–—…/:;,*|()\[\]\u00b7•]*")
_SIGNS = re.compile(r"[^\w#]+")

cached_fold = lru_cache(maxsize=8192)(fold)


def clean(text: str) -> str:
    """NFC without invisible signs; for texts in which layout still matters."""
    if text.isascii():
        return text
    if len(text) < _SHORT and text.isprintable():  # none of the invisible signs is printable
        return unicodedata.normalize("NFC", text)
    for sign in _INVISIBLE:  # a search for one sign is far cheaper than a translation of the text
        if sign in text:
            text = text.translate(_DROP)
            break
    return unicodedata.normalize("NFC", text)


def clean_but_guards(text: str) -> str:
    """``clean`` that leaves ``KEEP_AS_TEXT`` where it stands."""
    if KEEP_AS_TEXT not in text:
        return clean(text)
    return KEEP_AS_TEXT.join(clean(piece) for piece in text.split(KEEP_AS_TEXT))


def lines(text: str) -> list[str]:
    """The non-empty lines with inner white space collapsed."""
    return [" ".join(line.split()) for line in text.splitlines() if line and not line.isspace()]


def tidy(text: str) -> str:
    """Lines kept, white space collapsed, invisible signs gone."""
    return "\n".join(lines(clean(text)))


def one_line(text: str) -> str:
    """Everything on one line."""
    return " ".join(clean(text).split())


def is_blank(text: str) -> bool:
    """Nothing but white space, dashes, dots and brackets: what people type where they have nothing to say."""
    if not text:
        return True
    return not text[0].isalnum() and len(text) < 200 and _BLANK.fullmatch(clean(text)) is not None


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """Folded words parted by one space, signs dropped: ``"Mô tả/ đề tài"`` → ``"mo ta de tai"``."""
    return " ".join(_SIGNS.sub(" ", fold(clean(text))).split())


def nearly(a: str, b: str) -> bool:
    """Whether one letter is wrong, missing, too many or swapped with its neighbour."""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b[1:]
        or rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    )


def quote(text: str, limit: int = 60) -> str:
    """The text in Vietnamese quotation marks, cut when long: for warnings."""
    short = one_line(text)
    return f"“{short if len(short) <= limit else short[: limit - 1].rstrip() + '…'}”"
