"""Marks of the law on state secrets. A file that carries one is not kept: this program is no place for it."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from lxml import etree

from sangkien.appendix.reading.containers import load
from sangkien.appendix.reading.source import Paragraph, Refusal, Source, Table
from sangkien.attachments.kinds import Kind
from sangkien.vietnamese import clean

FIRST_PAGE: Final = 80  # lines: a page holds about 45, a letterhead in a table comes apart into more
_STAMP = re.compile(r"\W*(?:ĐỘ MẬT\W*)?(?:TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)\W*")
_DAMAGE = (
    ValueError, LookupError, ArithmeticError, EOFError, RecursionError, struct.error, zlib.error, zipfile.BadZipFile,
    etree.LxmlError, Refusal,
)  # fmt: skip


def is_marked(path: Path, name: str, kind: Kind) -> bool:
    """Whether a stamp stands on a line of its own on the first page. Only files that we can read as words are seen.

    A file that cannot be read to its end is not marked, as far as anybody can tell; its reader will say so.
    """
    if not kind.readable:
        return False
    try:
        source = load(path.read_bytes(), name)
    except _DAMAGE:
        return False
    return any(_STAMP.fullmatch(clean(line)) for line in islice(_lines(source), FIRST_PAGE))


def _lines(source: Source) -> Iterator[str]:
    for block in source.blocks:
        texts = [block.text] if isinstance(block, Paragraph) else _cells(block)
        for text in texts:
            yield from (line for line in text.split("\n") if line.strip())


def _cells(table: Table) -> Iterator[str]:
    seen: set[int] = set()
    for row in table.rows:
        for cell in row.cells:
            if cell is not None and id(cell) not in seen:
                seen.add(id(cell))
                yield cell.text
