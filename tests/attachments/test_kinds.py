"""What a file is goes by its content, whatever its name says."""

import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from sangkien.attachments import kinds
from sangkien.attachments.kinds import judge
from sangkien.attachments.refusal import Refused
from tests.factories.attachments import PDF, PNG, word

TYPES = "[Content_Types].xml"


def workbook() -> bytes:
    book, target = openpyxl.Workbook(), BytesIO()
    book.active["A1"] = "STT"
    book.save(target)
    return target.getvalue()


def package(*names: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, b"<x/>")
    return target.getvalue()


def judged(content: bytes, name: str, tmp_path: Path) -> kinds.Kind:
    path = tmp_path / "nhan"
    path.write_bytes(content)
    return judge(path, name)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "báo cáo.pdf", kinds.PDF),
        (PDF, "báo cáo", kinds.PDF),
        (PDF, "ảnh.jpg", kinds.PDF),
        (PNG, "ảnh.png", kinds.PNG),
        (b"\xff\xd8\xff\xe0JFIF", "ảnh.jpg", kinds.JPEG),
        (b"GIF89a....", "ảnh.gif", kinds.GIF),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "ảnh.webp", kinds.WEBP),
        (b"II*\0....", "quét.tif", kinds.TIFF),
        (b"\0\0\0\x18ftypheic....", "ảnh.heic", kinds.HEIC),
        (b"\0\0\0\x18ftypmp42....", "phim.mp4", kinds.MP4),
        (word("Kính gửi"), "công văn.docx", kinds.DOCX),
        (workbook(), "bảng.xlsx", kinds.XLSX),
        (package(TYPES, "ppt/presentation.xml"), "trình bày.pptx", kinds.PPTX),
        ("STT,Tên\n1,Một cửa\n".encode(), "bảng.csv", kinds.CSV),
        ("Kính gửi Ủy ban nhân dân".encode(), "thư.txt", kinds.TEXT),
    ],
)
def test_the_content_says_what_it_is(content: bytes, name: str, kind: kinds.Kind, tmp_path: Path) -> None:
    assert judged(content, name, tmp_path) is kind


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"MZ\x90\0" + b"\0" * 100, "báo cáo.docx", "là chương trình hoặc trang có lệnh tự chạy"),
        (b"\x7fELF\x02" + b"\0" * 100, "báo cáo", "là chương trình"),
        (b"#!/bin/sh\nrm -rf /\n", "báo cáo.txt", "là chương trình"),
        (b"<script>alert(1)</script>", "báo cáo.txt", "là chương trình"),
        (b"\xef\xbb\xbf\n <!DOCTYPE html><html>", "báo cáo.pdf", "là chương trình"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "ảnh.png", "là chương trình"),
        (b"<?xml version='1.0'?><svg/>", "ảnh.png", "là chương trình"),
        (b"L\0\0\0\x01\x14\x02\0....", "báo cáo.pdf", "là chương trình"),
        (PDF, "báo cáo.pdf.exe", "là chương trình"),
        (PDF, "báo cáo.pdf.EXE. ", "là chương trình"),
        (b"msgbox 1", "báo cáo.vbs", "là chương trình"),
        (PDF, "báo cáo.svg", "là chương trình"),
        (
            package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "a.docx",
            "có lệnh tự chạy (macro)",
        ),
        (package("ảnh.png"), "ảnh.zip", "là tệp nén. Bạn giải nén rồi gửi từng tệp bên trong."),
        (b"PK\x03\x04 broken", "a.docx", "bị hỏng hoặc tải về thiếu"),
        (b"Rar!\x1a\x07", "ảnh.rar", "“ảnh.rar”: Đây là tệp nén"),
        (b"\0\0\0\x18ftypqwer....", "phim.mp4", "thuộc loại không nhận"),
        (b"\x01\x02\x03" * 50, "gì đó.dat", "“gì đó.dat”: Đây là tệp của chương trình khác"),
        (
            package("[Content_Types].xml", *(f"word/{number}.xml" for number in range(5_001))),
            "a.docx",
            "loại không nhận",
        ),
        (b"", "a.pdf", "rỗng"),
    ],
)
def test_what_is_not_taken_is_told_why(content: bytes, name: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        judged(content, name, tmp_path)
    assert told in str(refused.value)


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_only_a_pdf_or_a_picture_that_browsers_know_is_shown_in_them(kind: kinds.Kind) -> None:
    assert kind.inline == (kind in (kinds.PDF, kinds.PNG, kinds.JPEG, kinds.GIF, kinds.WEBP))


@pytest.mark.slow
def test_each_kind_has_its_own_limit(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"Tệp “ảnh\.png” lớn hơn 20 MB"):
        judged(PNG + b"\0" * kinds.LARGEST_PICTURE, "ảnh.png", tmp_path)
    with pytest.raises(Refused, match=r"Tệp “chữ\.txt” lớn hơn 50 MB"):
        judged(b"a" * (kinds.LARGEST_DOCUMENT + 1), "chữ.txt", tmp_path)
