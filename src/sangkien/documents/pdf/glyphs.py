"""Characters that the font of the PDF cannot draw, and what stands for them; a .docx keeps them as they are."""

import re

from sangkien.documents.advances import face
from sangkien.documents.text import plain

_ORDINARY = re.compile("[\n\x20-\x7e\xa0-\u017f\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u2010-\u2026]*")
_DROPPED = re.compile("[\ufe00-\ufe0f\U000e0020-\U000e007f\u200d]")
_STAND_INS = str.maketrans(
    {
        "☐": "□", "☑": "√", "☒": "×", "✓": "√", "✔": "√", "✗": "×", "✘": "×", "➢": "›", "✦": "•", "❖": "•",
        "\uf0b7": "•", "\uf0a7": "▪", "\uf0fc": "√", "\uf0d8": "›", "\uf0fe": "√", "\uf06f": "□", "\uf0a8": "□",
    }
)  # fmt: skip
_UNKNOWN = "□"


def drawable(text: str) -> str:
    """Cleaned text in which every character has a glyph: check marks by their like, the rest by an empty square."""
    text = plain(text)
    if _ORDINARY.fullmatch(text):
        return text
    text = _DROPPED.sub("", text).translate(_STAND_INS)
    em = face().em
    return "".join(char if char == "\n" or ord(char) in em else _UNKNOWN for char in text)
