"""Old Word files (.doc, Word 97 to 2003), read from their piece table [MS-DOC]; no other program is asked."""

from sangkien.appendix.reading.doc.blocks import read_doc
from sangkien.appendix.reading.source import Source

__all__ = ["load", "read_doc"]


def load(data: bytes, name: str) -> Source:
    """``read_doc`` as every container is called; ``name`` changes nothing. Raises ``Refusal``."""
    return read_doc(data)
