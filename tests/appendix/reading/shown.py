"""What a source shows, as plain lists to compare with."""

import io
import zipfile
from collections.abc import Mapping

from sangkien.appendix.reading.source import Paragraph, Source, Table


def packed(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as the bytes of a zip archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def tables(source: Source) -> list[Table]:
    """The tables of a source."""
    return [block for block in source.blocks if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    """The text at every place of the grid."""
    return [["" if cell is None else cell.text for cell in row.cells] for row in table.rows]


def only(source: Source) -> list[list[str]]:
    """The texts of the one table."""
    [table] = tables(source)
    return texts(table)


def paragraphs(source: Source) -> list[str]:
    """The texts of the paragraphs."""
    return [block.text for block in source.blocks if isinstance(block, Paragraph)]
