"""The container of a file, chosen by its content."""

from collections.abc import Callable
from importlib import import_module

from sangkien.appendix.reading.detect import Kind, detect, misnamed
from sangkien.appendix.reading.docx import read_docx
from sangkien.appendix.reading.source import Source

# By name (decision 0050): a reading process that only meets Word files starts without the readers of all others.
_BY_NAME = {
    Kind.XLSX: "sangkien.appendix.reading.xlsx",
    Kind.XLS: "sangkien.appendix.reading.xls",
    Kind.CSV: "sangkien.appendix.reading.delimited",
    Kind.DOC: "sangkien.appendix.reading.doc",
}


def load(data: bytes, name: str) -> Source:
    """The blocks of a file. Raises ``Refusal`` for what cannot or must not be read."""
    kind = detect(data, name)
    source = read_docx(data) if kind is Kind.DOCX else _loader(kind)(data, name)
    warning = misnamed(kind, name)
    if warning:
        source.warnings.insert(0, warning)
    return source


def _loader(kind: Kind) -> Callable[[bytes, str], Source]:
    found: Callable[[bytes, str], Source] = import_module(_BY_NAME[kind]).load
    return found
