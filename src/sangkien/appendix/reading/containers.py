"""The container of a file, chosen by its content."""

from sangkien.appendix.reading import delimited, xls, xlsx
from sangkien.appendix.reading.detect import Kind, detect, misnamed
from sangkien.appendix.reading.doc import read_doc
from sangkien.appendix.reading.docx import read_docx
from sangkien.appendix.reading.source import Source


def load(data: bytes, name: str) -> Source:
    """The blocks of a file. Raises ``Refusal`` for what cannot or must not be read."""
    kind = detect(data, name)
    source = _load(kind, data, name)
    warning = misnamed(kind, name)
    if warning:
        source.warnings.insert(0, warning)
    return source


def _load(kind: Kind, data: bytes, name: str) -> Source:
    match kind:
        case Kind.DOCX:
            return read_docx(data)
        case Kind.XLSX:
            return xlsx.load(data, name)
        case Kind.XLS:
            return xls.load(data, name)
        case Kind.CSV:
            return delimited.load(data, name)
        case Kind.DOC:
            return read_doc(data)
