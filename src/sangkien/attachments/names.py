"""Names of files: shown as they were given, without what could lead elsewhere."""

import re
from pathlib import PurePosixPath

from sangkien.attachments.models import LONGEST_NAME
from sangkien.vietnamese import clean

NAMELESS = "tệp không tên"
# Marks that turn the direction of reading or cannot be seen: "báo cáo<U+202E>fdp.exe" reads as "báo cáoexe.pdf".
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SEPARATORS = re.compile(r"[\\/]")


def tidy_name(given: str) -> str:
    """NFC, one line, no folders, no unseen signs, at most 200 characters with its ending kept."""
    last = _SEPARATORS.split(clean(_UNSEEN.sub("", given)))[-1]
    name = " ".join(last.split())
    if not name.strip(". "):
        return NAMELESS
    if len(name) <= LONGEST_NAME:
        return name
    ending = PurePosixPath(name).suffix
    ending = ending if len(ending) <= 10 else ""
    return name[: LONGEST_NAME - len(ending)].rstrip() + ending


def ending_of(name: str) -> str:
    """The ending in small letters, without its dot; trailing dots and spaces do not hide it (Windows drops them)."""
    return PurePosixPath(name.rstrip(". ")).suffix.lstrip(".").lower()
