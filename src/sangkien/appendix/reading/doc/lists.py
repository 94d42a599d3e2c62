"""List numbers of a .doc, which are not in its text: lists with their levels, and how paragraphs name them."""

import struct

from sangkien.appendix.reading.doc.pieces import WordFile
from sangkien.appendix.reading.docx.numbering import LEVELS, Level, Numbering

_LIST_SIZE, _USE_SIZE, _LEVEL_SIZE = 28, 16, 28
_MOST = 4096
_FORMATS = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    22: "decimalZero",
    23: "bullet",
    255: "none",
}


def numbering(file: WordFile) -> Numbering:
    """All lists, by the number that paragraphs name; what cannot be read gives no markers."""
    found = Numbering(None)
    try:
        levels = _levels(file.lists, file.list_levels)
        for number, key in enumerate(_uses(file.list_uses), 1):
            if key in levels:
                found.add(str(number), str(key), levels[key])
    except (struct.error, IndexError):
        return Numbering(None)
    return found


def _levels(lists: bytes, stored: bytes) -> dict[int, dict[int, Level]]:
    """List → its levels, which are stored one after the other: nine for each list, one for a simple one."""
    if len(lists) < 2:
        return {}
    found: dict[int, dict[int, Level]] = {}
    at = 0
    for number in range(min(struct.unpack_from("<H", lists)[0], _MOST)):
        start = 2 + number * _LIST_SIZE
        key = struct.unpack_from("<i", lists, start)[0]
        found[key] = {}
        for place in range(1 if lists[start + 26] & 1 else LEVELS):
            found[key][place], at = _level(stored, at)
    return found


def _level(stored: bytes, at: int) -> tuple[Level, int]:
    """One level and where the next begins. In its text a code below nine stands for the number of that level."""
    start, style = struct.unpack_from("<iB", stored, at)
    run_size, paragraph_size = stored[at + 24], stored[at + 25]
    at += _LEVEL_SIZE + run_size + paragraph_size
    length = struct.unpack_from("<H", stored, at)[0]
    text = stored[at + 2 : at + 2 + length * 2].decode("utf-16-le", "replace")[:60]
    shown = "".join(f"%{ord(sign) + 1}" if ord(sign) < LEVELS else sign for sign in text)
    return Level(_FORMATS.get(style, "decimal"), shown, max(0, min(start, 100_000))), at + 2 + length * 2


def _uses(uses: bytes) -> list[int]:
    """The list of each number that paragraphs name, counted from one."""
    if len(uses) < 4:
        return []
    count = min(struct.unpack_from("<I", uses)[0], _MOST)
    return [struct.unpack_from("<i", uses, 4 + number * _USE_SIZE)[0] for number in range(count)]
