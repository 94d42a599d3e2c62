"""Text as it comes out of a container: NFC, one kind of line end, no control characters, old fonts decoded."""

import re
import unicodedata
from functools import lru_cache

from sangkien.vietnamese import Legacy, decode, is_unicode, legacy_of, valid_marked

OLD_FONT = "Tệp dùng phông chữ cũ ({fonts}) và đã được chuyển sang Unicode. Hãy so lại dấu và chữ hoa."

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_legacy_of = lru_cache(maxsize=256)(legacy_of)


def bare(text: str) -> str:
    """Without control characters and the sign of byte order; a line ends with a newline, whatever ended it before."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x85" in text:
        text = text.replace("\x85", "\n")
    return _CONTROL.sub("", text)


def composed(text: str, font: str = "", seen: set[Legacy] | None = None) -> str:
    """NFC, decoded when the font's name says that the text was typed for an old font (.VnTime, VNI-Times).

    ``seen`` collects what was decoded, for ``old_fonts``.
    """
    legacy = _legacy_of(font) if font else None
    if legacy is not None and (legacy is Legacy.TCVN3_CAPITALS or not text.isascii()) and not is_unicode(text):
        decoded = decode(text, legacy)
        if valid_marked(decoded)[0] >= valid_marked(text)[0]:  # else the font's name is only a remnant
            text = decoded
            if seen is not None:
                seen.add(legacy)
    return unicodedata.normalize("NFC", text)


def old_fonts(seen: set[Legacy]) -> list[str]:
    """The warning for text that was decoded; empty when none was."""
    names = sorted({"VNI" if legacy is Legacy.VNI else "TCVN3" for legacy in seen})
    return [OLD_FONT.format(fonts=", ".join(names))] if names else []
