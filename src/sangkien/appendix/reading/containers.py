"""The container of a file, chosen by its content."""

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading import delimited, xls, xlsx
from sangkien.appendix.reading.detect import Kind, detect, misnamed
from sangkien.appendix.reading.docx import read_docx
from sangkien.appendix.reading.source import Refusal, Source

_SAVE_AS = "Chưa đọc được tệp .{kind} này. Hãy mở bằng Word hoặc Excel, lưu thành .docx hoặc .xlsx rồi gửi lại."


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
        case _:
            raise Refusal(Outcome.UNSUPPORTED_FORMAT, _SAVE_AS.format(kind=kind.value))
