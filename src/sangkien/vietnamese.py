"""Vietnamese text: folding, tone placement, sort order, slugs, legacy encodings."""

import unicodedata


def fold(text: str) -> str:
    """Lower case without marks, so that "Đơn vị", "DON VI" and decomposed "đơn vị" are the same key."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "d"))
    return unicodedata.normalize("NFC", "".join(c for c in bare if not unicodedata.combining(c))).lower()
