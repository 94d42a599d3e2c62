"""Bytes of a text file as Unicode: by the sign of byte order, by validity, and by what makes Vietnamese words."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.source import Refusal
from sangkien.vietnamese import Legacy, decode, guess_legacy, is_unicode, valid_marked

_NOT_TEXT = "Tệp này không phải tệp chữ nên không đọc được. Hãy mở bằng Excel, lưu thành .xlsx rồi gửi lại."
MANGLED = (
    "Chữ tiếng Việt trong tệp bị hiển thị sai bảng mã (kiểu “Thá»±c tráº¡ng”) và đã được đổi lại. "
    "Hãy so lại với bản gốc."
)
_BYTES = {ord(bytes([byte]).decode("cp1252", "replace")): byte for byte in range(0x80, 0xA0)}
_BYTES.pop(0xFFFD)
_GUESSED = "Bảng mã của tệp không rõ, đã đọc theo {name}. Hãy so lại dấu tiếng Việt với bản gốc."
_STRIPPED = (
    "Chữ tiếng Việt trong tệp đã bị thay bằng dấu “?” khi lưu, không khôi phục được. "
    "Hãy mở tệp gốc, lưu thành .xlsx (hoặc CSV UTF-8) rồi gửi lại."
)
_LOST_LETTER = re.compile(r"\w\?+\w|\?\?\w|\w\?\?|(?<!\S)\?\w")
_MANGLED = re.compile("[áÃÄÆÂ][\x80-\xbf€-™\u0152-\u02dc]")
_SAMPLE = 200_000  # characters on which a guess rests

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file and the warning for a guess, if it was one."""

    text: str
    warning: str | None = None


def decode_text(data: bytes) -> Decoded:
    """The text of a file in NFC. Raises ``Refusal`` for bytes that are no text, or whose letters were lost."""
    decoded = _decoded(data)
    sample = decoded.text[:_SAMPLE]
    if "?" in sample and 7 * len(_LOST_LETTER.findall(sample)) > len(sample.split()):
        raise Refusal(Outcome.CORRUPT, _STRIPPED)
    mended = unmangled(decoded.text)
    return Decoded(mended, MANGLED) if mended else decoded


def unmangled(text: str) -> str | None:
    """UTF-8 that a program took for Windows-1252 ("Thá»±c tráº¡ng") as it was; ``None`` when it is no such text."""
    if not _MANGLED.search(text):
        return None
    try:
        return unicodedata.normalize("NFC", text.translate(_BYTES).encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return None


def _decoded(data: bytes) -> Decoded:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(_unicode(data[len(mark) :], name))
    name = _utf_16_without_mark(data)
    if name:
        return Decoded(_unicode(data, name), _GUESSED.format(name="UTF-16"))
    if b"\0" in data:
        raise Refusal(Outcome.CORRUPT, _NOT_TEXT)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _single_bytes(data)
    return _old_font_in_unicode(unicodedata.normalize("NFC", text))


def _unicode(data: bytes, name: str) -> str:
    """Text whose code is known; a damaged letter becomes the sign for that, the rest is worth reading."""
    text = unicodedata.normalize("NFC", data.decode(name, "replace"))
    if "\0" in text:
        raise Refusal(Outcome.CORRUPT, _NOT_TEXT)
    return text


def _utf_16_without_mark(data: bytes) -> str:
    """The order of bytes, when every second byte is mostly zero as in text with Latin letters; else ''."""
    sample = data[:4000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or max(even, odd) * 5 < len(sample) or min(even, odd) > 0:
        return ""
    return "utf-16-le" if odd else "utf-16-be"


def _single_bytes(data: bytes) -> Decoded:
    """The one-byte code that makes the most Vietnamese words of the file's beginning."""
    scores = [share_of_syllables(read(data[:_SAMPLE])) for _, read in _SINGLE_BYTE_CODES]
    best = scores.index(max(scores))
    if scores[best] < 0.3:  # no Vietnamese at all: the code of Western Windows
        best = len(scores) - 1
    name, read = _SINGLE_BYTE_CODES[best]
    return Decoded(read(data), _GUESSED.format(name=name))


def _windows_1258(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))


def _tcvn3(data: bytes) -> str:
    return decode(data.decode("latin-1"), Legacy.TCVN3)


def _vni(data: bytes) -> str:
    return unicodedata.normalize("NFC", decode(_windows_1252(data), Legacy.VNI))


def _windows_1252(data: bytes) -> str:
    return data.decode("cp1252", "replace")


_SINGLE_BYTE_CODES = (
    ("Windows-1258", _windows_1258),
    ("TCVN3 (ABC)", _tcvn3),
    ("VNI", _vni),
    ("Windows-1252", _windows_1252),
)


def _old_font_in_unicode(text: str) -> Decoded:
    """Text typed for an old font and saved as UTF-8 ("Thùc tr¹ng"): decoded when far more of it becomes Vietnamese."""
    legacy = guess_legacy(text[:_SAMPLE])
    if legacy is None or is_unicode(text):
        return Decoded(text)
    return Decoded(unicodedata.normalize("NFC", decode(text, legacy)), _GUESSED.format(name=legacy.value))


def share_of_syllables(text: str) -> float:
    """Of the words with letters beyond ASCII, the share that are Vietnamese syllables: near 1 for Vietnamese text."""
    valid, count = valid_marked(text[:_SAMPLE])
    return valid / count if count else 0.0
