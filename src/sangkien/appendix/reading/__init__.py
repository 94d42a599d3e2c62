"""Reading a report file of any shape."""

import struct
import zlib
from pathlib import Path
from zipfile import BadZipFile

from lxml import etree

from sangkien.appendix.model import Outcome, Reading
from sangkien.appendix.reading.archive import DAMAGED, MAX_FILE, TOO_LARGE
from sangkien.appendix.reading.containers import load
from sangkien.appendix.reading.source import Refusal, Source
from sangkien.appendix.reading.understanding import understand

_UNREADABLE = (
    "Không mở được tệp trên máy này. Bạn xem tệp còn ở chỗ cũ không và có đang mở trong chương trình khác không."
)
# What a damaged file can make the decoders raise where they did not foresee it; a slip of ours (TypeError) stays loud.
_DAMAGE = (
    ValueError,
    LookupError,
    ArithmeticError,
    EOFError,
    RecursionError,
    struct.error,
    zlib.error,
    BadZipFile,
    etree.LxmlError,
)


def read(path: Path, name: str | None = None) -> Reading:
    """What a report file says. Never raises on a bad file: it answers with an outcome and a sentence for a person.

    ``name`` is the file's name as the person knows it, when the path is a temporary one.
    """
    shown = name or path.name
    try:
        if not path.is_file():  # a folder, or a device that never ends
            return Reading(shown, Outcome.CORRUPT, _UNREADABLE)
        if path.stat().st_size > MAX_FILE:
            return Reading(shown, Outcome.TOO_LARGE, TOO_LARGE)
        data = path.read_bytes()
    except OSError:
        return Reading(shown, Outcome.CORRUPT, _UNREADABLE)
    return read_bytes(data, shown)


def read_bytes(data: bytes, name: str) -> Reading:
    """``read`` for a file that is in memory already."""
    try:
        return understand(load(data, name), name)
    except Refusal as refusal:
        return Reading(name, refusal.outcome, refusal.sentence)
    except _DAMAGE:
        return Reading(name, Outcome.CORRUPT, DAMAGED)


def blocks_of(path: Path, name: str | None = None) -> Source:
    """The blocks of a file that is no report form (a plan, a letter). Raises ``Refusal`` with a sentence, nothing else.

    ``name`` is the file's name as the person knows it, when the path is a temporary one.
    """
    try:
        if not path.is_file():
            raise Refusal(Outcome.CORRUPT, _UNREADABLE)
        if path.stat().st_size > MAX_FILE:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
        return load(path.read_bytes(), name or path.name)
    except OSError as error:
        raise Refusal(Outcome.CORRUPT, _UNREADABLE) from error
    except _DAMAGE as error:
        raise Refusal(Outcome.CORRUPT, DAMAGED) from error
