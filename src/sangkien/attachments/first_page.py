"""The words of a file's first page, read in the child process of the reader of reports. No Django here."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from sangkien.appendix.model import Outcome, Reading
from sangkien.appendix.reading.archive import open_package
from sangkien.appendix.reading.containers import load
from sangkien.appendix.reading.source import Paragraph, Refusal, Source, Table

WORK: Final = f"{__name__}:read"
_HEAD: Final = re.compile(r"word/(?:header|footer)\d*\.xml")
LINES: Final = 80  # a page holds about 45; a letterhead in a table comes apart into more


def read(path: Path, name: str | None = None) -> Reading:
    """A reading whose text is the first page, a line a paragraph of a cell or of the body."""
    shown = name or path.name
    data = path.read_bytes()
    try:
        source = load(data, shown)
        above = list(_page_heads(data)) if data.startswith(b"PK") else []
    except Refusal as refusal:
        return Reading(shown, refusal.outcome, refusal.sentence)
    return Reading(shown, Outcome.PARSED, "", text="\n".join([*above, *islice(_lines(source), LINES)]))


def _page_heads(data: bytes) -> Iterator[str]:
    """The lines above and below the text of a Word file, which the reader of reports leaves out."""
    package = open_package(data)
    for name in package.names:
        if _HEAD.fullmatch(name):
            for paragraph in package.xml(name).iterfind(".//{*}p"):
                yield "".join(text.text or "" for text in paragraph.iterfind(".//{*}t"))


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
