"""Old Word files (.doc, Word 97 to 2003), read from their piece table [MS-DOC]; no other program is asked."""

from sangkien.appendix.reading.doc.blocks import read_doc

__all__ = ["read_doc"]
