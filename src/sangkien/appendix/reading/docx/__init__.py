"""Word files (.docx): a zip of XML parts, read by lxml without Word's own losses."""

from sangkien.appendix.reading.docx.file import read_docx

__all__ = ["read_docx"]
