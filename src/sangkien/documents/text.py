"""What may stand on a paper: the same cleaning for every writer."""

import re
import unicodedata

_NEW_LINES = re.compile("\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_TURNING = "\u202a-\u202e\u2066-\u2069"
_NO_XML = "\ud800-\udfff\ufeff\ufffe\uffff"
_NEVER = re.compile(f"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f{_TURNING}{_NO_XML}]")
_SUSPECT = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029{_TURNING}{_NO_XML}]")


def plain(text: str) -> str:
    """Text as a paper carries it: NFC, lines ended by ``\\n``, tabs as spaces.

    Removed are the characters that XML 1.0 forbids, control characters, and the marks that turn the direction of
    reading (they could show an official something else than what is stored).
    """
    if text.isascii() and text.isprintable():
        return text
    if _SUSPECT.search(text):
        text = _NEVER.sub("", _NEW_LINES.sub("\n", text).replace("\t", " "))
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Text for a place that holds one line only, such as a title in the properties of a file."""
    return " ".join(plain(text).split())
