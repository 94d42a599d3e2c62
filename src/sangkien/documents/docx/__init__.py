"""A paper as a Word file, written as a stream: a skeleton, and rows as escaped XML straight into the zip entry.

Memory does not grow with the number of rows.
"""

import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from sangkien.documents.blocks import Paper
from sangkien.documents.docx.body import body
from sangkien.documents.docx.parts import fixed_parts

_LEVEL = 6
_ENTRY_TIME = (1980, 1, 1, 0, 0, 0)  # the zip's zero: the same paper gives the same bytes
_CHUNK = 1 << 16

Progress = Callable[[int], None]


def write_docx(paper: Paper, target: str | os.PathLike[str] | BinaryIO, *, progress: Progress | None = None) -> None:
    """Write ``paper`` to a path or to a binary file object, which may be a stream that cannot seek.

    ``progress`` hears now and then how many rows of tables are written. Rows are read while writing, and an error of
    their source passes through. A file appears under its path when it is complete: until then it stands in a hidden
    folder beside it, which is removed in any case.
    """
    if not isinstance(target, str | os.PathLike):
        _write(paper, target, progress)
        return
    target = Path(target)
    with tempfile.TemporaryDirectory(dir=target.resolve().parent, prefix=".sangkien-") as scratch:
        made = Path(scratch) / "paper.docx"
        with made.open("wb") as file:
            _write(paper, file, progress)
        made.replace(target)


def _write(paper: Paper, file: BinaryIO, progress: Progress | None) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, xml in fixed_parts(paper):
            archive.writestr(_entry(name), xml.encode(), compresslevel=_LEVEL)
        with archive.open(_entry("word/document.xml"), "w") as document:
            for piece in _pieces(body(paper, progress or _silent)):
                document.write(piece)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ENTRY_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _pieces(texts: Iterable[str]) -> Iterable[bytes]:
    """Small strings joined to pieces that are worth a call of the compressor."""
    waiting: list[str] = []
    length = 0
    for text in texts:
        waiting.append(text)
        length += len(text)
        if length >= _CHUNK:
            yield "".join(waiting).encode()
            waiting, length = [], 0
    yield "".join(waiting).encode()


def _silent(_rows: int) -> None:
    """Nobody asked for progress."""
