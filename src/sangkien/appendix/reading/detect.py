"""What a file is, by its content. The ending of its name only decides how a refusal is worded."""

import struct
from enum import StrEnum
from pathlib import PurePath

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import BROKEN, DAMAGED, MAX_FILE, MIB, TOO_LARGE, open_package
from sangkien.appendix.reading.ole import MAGIC as OLE_MAGIC
from sangkien.appendix.reading.ole import CompoundFile
from sangkien.appendix.reading.source import Refusal


class Kind(StrEnum):
    """What the reader can read, named by its usual ending."""

    DOCX = "docx"
    XLSX = "xlsx"
    XLS = "xls"
    DOC = "doc"
    CSV = "csv"


OLD_WORD = "Đây là tệp .doc đời cũ, máy này chưa đọc được. Hãy lưu lại thành .docx."
_PASSWORD = "Tệp có mật khẩu. Hãy bỏ mật khẩu trong {program} rồi thả lại."  # noqa: S105  a sentence, not a secret
_EMPTY = "Tệp rỗng, không có nội dung nào. Hãy kiểm tra lại tệp gốc rồi thả lại."
_SAVE_AGAIN = "Hãy mở bằng Word hoặc Excel, lưu thành .docx hoặc .xlsx rồi thả lại."

_NOTHING = b" \t\r\n\xef\xbb\xbf"  # blank lines and the sign of UTF-8, all that an empty note pad saves
_GLANCE = 4096
_OFFICE_ENDINGS = frozenset({"docx", "docm", "dotx", "dotm", "doc", "dot", "xlsx", "xlsm", "xltx", "xls", "xlt", "csv"})
_SHEET_ENDINGS = frozenset({"csv", "tsv", "txt", "tab", "xls", "xlsx", "xlsm", ""})
_ENDINGS_OF = {
    Kind.DOCX: {"docx", "docm", "dotx", "dotm"},
    Kind.XLSX: {"xlsx", "xlsm", "xltx", "xltm"},
    Kind.XLS: {"xls", "xlt"},
    Kind.DOC: {"doc", "dot"},
    Kind.CSV: {"csv", "tsv", "txt", "tab"},
}

# The first bytes of what units send by mistake, and what to call it.
_FOREIGN = (
    (b"%PDF-", "tệp PDF"),
    (b"{\\rtf", "tệp RTF"),
    (b"\xff\xd8\xff", "ảnh"),
    (b"\x89PNG", "ảnh"),
    (b"GIF8", "ảnh"),
    (b"BM", "ảnh"),
    (b"II*\x00", "ảnh"),
    (b"MM\x00*", "ảnh"),
    (b"RIFF", "ảnh hoặc phim"),
    (b"Rar!", "tệp nén"),
    (b"7z\xbc\xaf", "tệp nén"),
    (b"\x1f\x8b", "tệp nén"),
    (b"MZ", "chương trình"),
    (b"\x7fELF", "chương trình"),
    (b"SQLite format 3", "cơ sở dữ liệu"),
    (b"MIME-Version:", "trang web"),
)
_MARKUP = (
    (b"<html", "trang web"),
    (b"<!doctype html", "trang web"),
    (b"<table", "trang web"),
    (b"<head", "trang web"),
    (b"<body", "trang web"),
    (b"<meta", "trang web"),
    (b"<?xml", "tệp XML"),
    (b"<svg", "ảnh"),
)
_FEATURES = (  # the type of the main part → kind, or the name of what cannot be read
    (b"presentationml", "bài trình chiếu"),
    (b"sheet.binary", "bảng tính .xlsb"),
    (b"wordprocessingml", Kind.DOCX),
    (b"ms-word.", Kind.DOCX),
    (b"spreadsheetml", Kind.XLSX),
    (b"ms-excel.", Kind.XLSX),
)


def detect(data: bytes, name: str) -> Kind:
    """The kind of a file by its first bytes and its inner directory. Raises ``Refusal`` for what cannot be read."""
    if not data[:_GLANCE].strip(_NOTHING) and not data.strip(_NOTHING):
        raise Refusal(Outcome.EMPTY_FILE, _EMPTY)
    if len(data) > MAX_FILE:
        raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
    if data.startswith(b"PK\x03\x04"):
        return _package_kind(data, name)
    if data.startswith(b"PK\x05\x06"):
        raise Refusal(Outcome.EMPTY_FILE, _EMPTY)
    if data.startswith(OLE_MAGIC):
        return _compound_kind(data, name)
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, what in _FOREIGN:
        if data.startswith(magic) and not (magic in (b"BM", b"MZ") and _is_text(data)):
            raise _foreign(what, name)
    if b"%PDF-" in data[:1024]:
        raise _foreign("tệp PDF", name)
    for mark, what in _MARKUP:
        if head[:64].lower().startswith(mark):
            raise _foreign(what, name)
    if data.startswith((b"\xdb\xa5-", b"\xec\xa5")):  # Word 2.0 and 6.0 before the compound file
        raise Refusal(Outcome.UNSUPPORTED_FORMAT, OLD_WORD)
    return _text_kind(data, name)


def misnamed(kind: Kind, name: str) -> str | None:
    """The warning for a file that is read although its ending says something else; ``None`` when they agree."""
    ending = _ending(name)
    if not ending or ending in _ENDINGS_OF[kind]:
        return None
    return f"Tên tệp ghi .{ending} nhưng nội dung là .{kind.value}. Tệp vẫn được đọc theo nội dung."


def _ending(name: str) -> str:
    return PurePath(name.replace("\\", "/")).suffix.lstrip(".").lower()


def _foreign(what: str, name: str) -> Refusal:
    ending = _ending(name)
    if ending in _OFFICE_ENDINGS:
        sentence = f"Tên tệp ghi .{ending} nhưng bên trong là {what} nên không đọc được. {_SAVE_AGAIN}"
        return Refusal(Outcome.WRONG_EXTENSION, sentence)
    sentence = f"Đây là {what}, không phải tệp Word hay Excel. Hãy gửi bản Word (.docx) hoặc Excel (.xlsx)."
    return Refusal(Outcome.UNSUPPORTED_FORMAT, sentence)


def _package_kind(data: bytes, name: str) -> Kind:
    """A zip: look into its directory for the usual parts first, at its list of types when they are not there."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if end >= 0 and len(data) >= end + 22:
        size, start = struct.unpack_from("<II", data, end + 12)
        directory = data[start : start + size]
        word, excel = b"word/document.xml" in directory, b"xl/workbook.xml" in directory
        if word != excel:
            return Kind.DOCX if word else Kind.XLSX
    package = open_package(data)
    if "mimetype" in package and b"opendocument" in package.read("mimetype", MIB)[:200]:
        raise _foreign("tệp OpenDocument", name)
    if "[Content_Types].xml" not in package:
        raise _foreign("tệp nén", name)
    types = package.read("[Content_Types].xml", MIB)
    for mark, kind in _FEATURES:
        if mark in types and isinstance(kind, Kind):
            return kind
        if mark in types:
            raise _foreign(kind, name)
    raise _foreign("tệp nén", name)


def _compound_kind(data: bytes, name: str) -> Kind:
    """An OLE file: .doc, .xls or a package with a password."""
    file = CompoundFile(data)
    if "EncryptedPackage" in file or "EncryptionInfo" in file:
        program = "Excel" if _ending(name).startswith("xl") else "Word"
        raise Refusal(Outcome.ENCRYPTED, _PASSWORD.format(program=program))
    if "WordDocument" in file:
        return _word_kind(file.read("WordDocument"))
    for stream in ("Workbook", "Book"):
        if stream in file:
            return _excel_kind(file.read(stream))
    raise _foreign("bài trình chiếu" if "PowerPoint Document" in file else "tệp của chương trình khác", name)


def _word_kind(stream: bytes) -> Kind:
    """Refuse a password (bit 8 of the flags of the FIB) and Word 6/95 (version below 193)."""
    if len(stream) < 32:
        raise Refusal(Outcome.CORRUPT, BROKEN)
    mark, version, flags = struct.unpack_from("<HH6xH", stream)
    if mark != 0xA5EC or version < 193:
        raise Refusal(Outcome.UNSUPPORTED_FORMAT, OLD_WORD)
    if flags & 0x0100:
        raise Refusal(Outcome.ENCRYPTED, _PASSWORD.format(program="Word"))
    return Kind.DOC


def _excel_kind(stream: bytes) -> Kind:
    """Refuse a password: a FILEPASS record among the first records of the workbook."""
    offset = 0
    while offset + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, offset)
        if record == 0x002F:
            raise Refusal(Outcome.ENCRYPTED, _PASSWORD.format(program="Excel"))
        if record in (0x0085, 0x000A):  # the list of sheets or the end of the globals: FILEPASS stands before both
            break
        offset += 4 + length
    return Kind.XLS


def _text_kind(data: bytes, name: str) -> Kind:
    """Bare text: a table of values when its ending may hold one."""
    ending = _ending(name)
    if not _is_text(data):
        if ending in _OFFICE_ENDINGS:
            raise Refusal(Outcome.CORRUPT, DAMAGED)
        raise _foreign("tệp của chương trình khác", name)
    if ending in _SHEET_ENDINGS:
        return Kind.CSV
    raise _foreign("văn bản thường", name)


def _is_text(data: bytes) -> bool:
    """Text in UTF-8, UTF-16 or an old one-byte code: hardly any control characters."""
    sample = data[:4096]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    zeros = sample.count(0)
    if zeros:  # UTF-16 without its mark has a zero in about every second byte
        return zeros * 3 >= len(sample) and zeros in (sample[::2].count(0), sample[1::2].count(0))
    return sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in sample) <= len(sample) // 200
