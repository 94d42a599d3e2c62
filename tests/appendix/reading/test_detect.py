"""What a file is, by content."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.detect import Kind, detect, misnamed
from sangkien.appendix.reading.source import Refusal
from tests.appendix.reading.raw_docx import docx, p

FILES = Path(__file__).parent.parent / "files"
TYPES = '<Types><Override PartName="/a.xml" ContentType="application/vnd.{}"/></Types>'


def packed(**entries: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries.items():
            archive.writestr({"types": "[Content_Types].xml"}.get(name, name), content)
    return out.getvalue()


def refused(data: bytes, name: str) -> Outcome:
    with pytest.raises(Refusal) as refusal:
        detect(data, name)
    assert refusal.value.sentence.endswith(".")
    return refusal.value.outcome


@pytest.mark.parametrize("name", ["a.docx", "a.doc", "a", "a.xlsx", "A.DOCM"])
def test_a_word_file_is_one_whatever_its_ending(name: str) -> None:
    assert detect(docx(p("a")), name) is Kind.DOCX
    assert detect(docx(p("a"), main="noi/dung.xml"), name) is Kind.DOCX


@pytest.mark.parametrize(
    ("kind", "main"),
    [
        (Kind.DOCX, "ms-word.document.macroEnabled.main+xml"),
        (Kind.XLSX, "openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        (Kind.XLSX, "ms-excel.sheet.macroEnabled.main+xml"),
    ],
)
def test_a_package_is_told_by_the_type_of_its_main_part(kind: Kind, main: str) -> None:
    assert detect(packed(types=TYPES.format(main)), "a.docx") is kind


@pytest.mark.parametrize(
    ("data", "name", "outcome"),
    [
        (b"", "a.docx", Outcome.EMPTY_FILE),
        (b"PK\x05\x06" + b"\x00" * 18, "a.docx", Outcome.EMPTY_FILE),
        (b"%PDF-1.7 ...", "a.docx", Outcome.WRONG_EXTENSION),
        (b"%PDF-1.7 ...", "a.pdf", Outcome.UNSUPPORTED_FORMAT),
        (b"{\\rtf1 }", "a.doc", Outcome.WRONG_EXTENSION),
        (b"{\\rtf1 }", "a.rtf", Outcome.UNSUPPORTED_FORMAT),
        (b"\x89PNG\r\n\x1a\n", "a.png", Outcome.UNSUPPORTED_FORMAT),
        (b"\xff\xd8\xff\xe0", "a.docx", Outcome.WRONG_EXTENSION),
        (b"  <html><table>", "a.xls", Outcome.WRONG_EXTENSION),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "a.doc", Outcome.WRONG_EXTENSION),
        (b"<html>", "a.html", Outcome.UNSUPPORTED_FORMAT),
        (b'<?xml version="1.0"?><w:wordDocument/>', "a.doc", Outcome.WRONG_EXTENSION),
        ("Kính gửi Ủy ban".encode(), "a.docx", Outcome.WRONG_EXTENSION),
        ("Kính gửi Ủy ban".encode(), "a.md", Outcome.UNSUPPORTED_FORMAT),
        (b"\x00\x01\x02\x03" * 40, "a.docx", Outcome.CORRUPT),
        (b"\x00\x01\x02\x03" * 40, "a.bin", Outcome.UNSUPPORTED_FORMAT),
        (b"\xdb\xa5-\x00", "a.doc", Outcome.UNSUPPORTED_FORMAT),
        (docx(p("a"))[:300], "a.docx", Outcome.CORRUPT),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "a.odt", Outcome.UNSUPPORTED_FORMAT),
        (packed(a="x"), "a.zip", Outcome.UNSUPPORTED_FORMAT),
        (packed(a="x"), "a.docx", Outcome.WRONG_EXTENSION),
        (packed(types=TYPES.format("presentationml.main")), "a.pptx", Outcome.UNSUPPORTED_FORMAT),
        (packed(types=TYPES.format("ms-excel.sheet.binary.macroEnabled.main")), "a.xlsb", Outcome.UNSUPPORTED_FORMAT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.doc", Outcome.CORRUPT),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, name: str, outcome: Outcome) -> None:
    assert refused(data, name) is outcome


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.xls"])
def test_text_is_a_table_where_its_ending_allows(coding: str, name: str) -> None:
    assert detect("STT;Tên sáng kiến\n1;Một cửa".encode(coding, "replace"), name) is Kind.CSV


def test_an_old_word_file_is_told_and_its_password_too() -> None:
    data = (FILES / "doan_van.doc").read_bytes()
    assert detect(data, "a.doc") is Kind.DOC
    head = data.index(b"\xec\xa5")
    (flags,) = struct.unpack_from("<H", data, head + 10)
    locked = data[: head + 10] + struct.pack("<H", flags | 0x100) + data[head + 12 :]
    assert refused(locked, "a.doc") is Outcome.ENCRYPTED
    ancient = data[: head + 2] + struct.pack("<H", 104) + data[head + 4 :]
    assert refused(ancient, "a.doc") is Outcome.UNSUPPORTED_FORMAT


def test_a_package_with_a_password_is_told() -> None:
    data = (FILES / "doan_van.doc").read_bytes()
    name, secret = "WordDocument".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le")
    at = data.index(name)
    entry = secret + b"\x00" * (64 - len(secret)) + struct.pack("<H", len(secret) + 2)
    with pytest.raises(Refusal) as refusal:
        detect(data[:at] + entry + data[at + len(entry) :], "a.xlsx")
    assert refusal.value.outcome is Outcome.ENCRYPTED
    assert "Excel" in refusal.value.sentence


def test_a_wrong_ending_of_a_readable_file_is_a_warning() -> None:
    assert misnamed(Kind.DOCX, "a.docx") is None
    assert misnamed(Kind.DOCX, "a.docm") is None
    assert misnamed(Kind.DOCX, "a") is None
    assert misnamed(Kind.XLSX, "a.xls") == "Tên tệp ghi .xls nhưng nội dung là .xlsx. Tệp vẫn được đọc theo nội dung."
