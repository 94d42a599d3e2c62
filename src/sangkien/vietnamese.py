"""Vietnamese text: folding, tone placement, sort order, slugs, legacy encodings."""

import re
import unicodedata
from enum import StrEnum


def fold(text: str) -> str:
    """Lower case without marks, so that "Đơn vị", "DON VI" and decomposed "đơn vị" are the same key."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "d"))
    return unicodedata.normalize("NFC", "".join(c for c in bare if not unicodedata.combining(c))).lower()


# --- Old fonts -------------------------------------------------------------------------------------------------------


class Legacy(StrEnum):
    """How text was stored for a font older than Unicode."""

    TCVN3 = "TCVN3"
    TCVN3_CAPITALS = "TCVN3 in hoa"  # a font that draws small letters as capitals (.VnTimeH)
    VNI = "VNI"


# TCVN 5712:1993, VN3: byte → letter, checked against glibc's TCVN5712-1.
_TCVN3 = {
    **dict(zip(range(0xA1, 0xAF), "ĂÂÊÔƠƯĐăâêôơưđ", strict=True)),
    **dict(zip(range(0xB5, 0xBA), "àảãáạ", strict=True)),
    **dict(zip(range(0xBB, 0xBF), "ằẳẵắ", strict=True)),
    **dict(zip(range(0xC6, 0xCD), "ặầẩẫấậè", strict=True)),
    **dict(zip(range(0xCE, 0xD9), "ẻẽéẹềểễếệìỉ", strict=True)),
    **dict(zip(range(0xDC, 0xE0), "ĩíịò", strict=True)),
    **dict(zip(range(0xE1, 0xF0), "ỏõóọồổỗốộờởỡớợù", strict=True)),
    **dict(zip(range(0xF1, 0xFF), "ủũúụừửữứựỳỷỹýỵ", strict=True)),
}


def _vni() -> dict[str, str]:
    """Base letter and mark → letter. Marks keep the case of their base, but either case of a mark is taken."""
    tones = "\u0301\u0300\u0309\u0303\u0323"  # sắc huyền hỏi ngã nặng
    pairs: dict[str, str] = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    for base, letter in zip("aeouyôö", "aeouyơư", strict=True):
        pairs |= {base + mark: letter + tone for mark, tone in zip("ùøûõï", tones, strict=True)}
    for base in "aeo":
        pairs |= {base + mark: base + "\u0302" + tone for mark, tone in zip("âáàåãä", ("", *tones), strict=True)}
    pairs |= {"a" + mark: "a\u0306" + tone for mark, tone in zip("êéèúüë", ("", *tones), strict=True)}
    table: dict[str, str] = {}
    for pair, letter in pairs.items():
        letter = unicodedata.normalize("NFC", letter)
        for mark in {pair[1:], pair[1:].upper()}:
            table[pair[0] + mark] = letter
            table[pair[0].upper() + mark] = letter.upper()
    return table


_VNI = _vni()
_VNI_LETTERS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def legacy_of(font: str) -> Legacy | None:
    """The old encoding that a font name stands for: ".VnTime", ".VnTimeH", "VNI-Times"; ``None`` for any other."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return Legacy.TCVN3_CAPITALS if name.endswith("h") else Legacy.TCVN3
    if name.startswith(("vni-", "vni ")):
        return Legacy.VNI
    return None


def decode(text: str, legacy: Legacy) -> str:
    """Unicode for text stored for an old font. Signs outside the old encoding stay as they are."""
    if legacy is Legacy.VNI:
        return _VNI_LETTERS.sub(lambda found: _VNI[found[0]], text)
    decoded = text.translate(_TCVN3)
    return decoded.upper() if legacy is Legacy.TCVN3_CAPITALS else decoded
