"""What a file is, by its content. What is taken stands in ``KINDS``; all else is refused with a sentence."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from sangkien.appendix.reading import detect
from sangkien.appendix.reading.source import Refusal
from sangkien.attachments.names import ending_of
from sangkien.attachments.refusal import Refused

MIB: Final = 2**20
LARGEST_DOCUMENT: Final = 50 * MIB
LARGEST_PICTURE: Final = 20 * MIB
LARGEST_FILM: Final = 100 * MIB
LARGEST: Final = max(LARGEST_DOCUMENT, LARGEST_PICTURE, LARGEST_FILM)  # receiving stops here, before the kind is known
MOST_PARTS: Final = 5_000  # of a zip


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind that is taken. ``inline``: a browser may show it in a page of its own. ``readable``: as words by us."""

    media_type: str
    endings: tuple[str, ...]
    largest: int = LARGEST_DOCUMENT
    inline: bool = False
    readable: bool = False


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
PDF: Final = Kind("application/pdf", ("pdf",), inline=True)
DOCX: Final = Kind(f"{_OFFICE}.wordprocessingml.document", ("docx",), readable=True)
XLSX: Final = Kind(f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",), readable=True)
PPTX: Final = Kind(f"{_OFFICE}.presentationml.presentation", ("pptx",))
DOC: Final = Kind("application/msword", ("doc", "dot"), readable=True)
XLS: Final = Kind("application/vnd.ms-excel", ("xls", "xlt"), readable=True)
CSV: Final = Kind("text/csv", ("csv", "tsv", "tab"), readable=True)
TEXT: Final = Kind("text/plain", ("txt",), readable=True)
PNG: Final = Kind("image/png", ("png",), LARGEST_PICTURE, inline=True)
JPEG: Final = Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), LARGEST_PICTURE, inline=True)
GIF: Final = Kind("image/gif", ("gif",), LARGEST_PICTURE, inline=True)
WEBP: Final = Kind("image/webp", ("webp",), LARGEST_PICTURE, inline=True)
TIFF: Final = Kind("image/tiff", ("tif", "tiff"), LARGEST_PICTURE)
HEIC: Final = Kind("image/heic", ("heic", "heif"), LARGEST_PICTURE)
MP4: Final = Kind("video/mp4", ("mp4", "m4v", "mov"), LARGEST_FILM)
KINDS: Final = (PDF, DOCX, XLSX, PPTX, DOC, XLS, CSV, TEXT, PNG, JPEG, GIF, WEBP, TIFF, HEIC, MP4)
BY_MEDIA_TYPE: Final = {kind.media_type: kind for kind in KINDS}

_READ: Final = {
    detect.Kind.DOCX: DOCX,
    detect.Kind.XLSX: XLSX,
    detect.Kind.DOC: DOC,
    detect.Kind.XLS: XLS,
}
# Endings under which an office machine starts a program when somebody opens the file.
_STARTS: Final = frozenset(
    {
        "exe", "com", "scr", "pif", "msi", "msp", "msix", "cpl", "dll", "sys", "bat", "cmd", "ps1", "psm1", "vbs",
        "vbe", "js", "jse", "mjs", "wsf", "wsh", "hta", "jar", "lnk", "url", "reg", "inf", "sh", "bash", "py", "pyw",
        "rb", "pl", "php", "apk", "app", "dmg", "pkg", "deb", "rpm", "scf", "gadget", "msc", "chm", "iso", "img", "vhd",
        "html", "htm", "xhtml", "mht", "mhtml", "svg", "xml", "docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm",
        "potm", "ppam",
    }
)  # fmt: skip
_PROGRAMS: Final = (
    b"\x7fELF", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe",
    b"dex\n", b"#!", b"L\x00\x00\x00\x01\x14\x02\x00",
)  # fmt: skip
_MARKUP: Final = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<?php", b"<%", b"<hta:")
_PICTURES: Final = (
    (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"GIF87a", GIF), (b"GIF89a", GIF),
    (b"II*\x00", TIFF), (b"MM\x00*", TIFF),
)  # fmt: skip
_BRANDS: Final = {
    b"heic": HEIC, b"heix": HEIC, b"mif1": HEIC, b"msf1": HEIC, b"heim": HEIC,
    b"isom": MP4, b"iso2": MP4, b"mp41": MP4, b"mp42": MP4, b"avc1": MP4, b"M4V ": MP4, b"qt  ": MP4, b"iso5": MP4,
    b"iso6": MP4, b"MSNV": MP4,
}  # fmt: skip
_BOM: Final = b"\xef\xbb\xbf \t\r\n"


def judge(path: Path, name: str) -> Kind:
    """The kind of a received file. Raises ``Refused``."""
    size = path.stat().st_size
    if not size:
        raise Refused(_("Tệp “%s” rỗng. Bạn kiểm tra lại tệp gốc rồi gửi lại.") % name)
    if ending_of(name) in _STARTS:
        raise _program(name)
    kind = _kind(path, name)
    if size > kind.largest:
        raise too_large(name, kind.largest)
    return kind


def too_large(name: str, largest: int) -> Refused:
    """The sentence for a file that is too large."""
    sentence = _("Tệp “%(name)s” lớn hơn %(most)d MB. Bạn giảm cỡ ảnh, hoặc tách thành vài tệp nhỏ rồi gửi lại.")
    return Refused(sentence % {"name": name, "most": largest // MIB})


def _program(name: str) -> Refused:
    sentence = _("Tệp “%s” là chương trình hoặc trang có lệnh tự chạy nên không nhận. Bạn gửi bản PDF, Word hoặc ảnh.")
    return Refused(sentence % name)


def _unknown(name: str) -> Refused:
    sentence = _("Tệp “%s” thuộc loại không nhận. Bạn gửi PDF, Word, Excel, PowerPoint, ảnh hoặc phim MP4.")
    return Refused(sentence % name)


def _kind(path: Path, name: str) -> Kind:
    with path.open("rb") as file:
        head = file.read(2048)
    if head.startswith(_PROGRAMS) or head.lstrip(_BOM)[:64].lower().startswith(_MARKUP):
        raise _program(name)
    if head.startswith(b"%PDF-"):
        return PDF
    for magic, kind in _PICTURES:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12], name)
    if head.startswith(b"PK"):
        return _package(path, name)
    return _document(path, name)


def _by_brand(brand: bytes, name: str) -> Kind:
    if brand not in _BRANDS:
        raise _unknown(name)
    return _BRANDS[brand]


def _package(path: Path, name: str) -> Kind:
    try:
        with zipfile.ZipFile(path) as package:
            parts = [each.filename.lower() for each in package.infolist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as broken:
        raise Refused(_("Tệp “%s” bị hỏng hoặc tải về thiếu. Bạn lấy lại tệp gốc rồi gửi lại.") % name) from broken
    if len(parts) > MOST_PARTS:
        raise _unknown(name)
    if any(part.endswith("vbaproject.bin") for part in parts):
        sentence = _("Tệp “%s” có lệnh tự chạy (macro) nên không nhận. Bạn lưu thành .docx hoặc .xlsx rồi gửi lại.")
        raise Refused(sentence % name)
    if "[content_types].xml" not in parts:
        raise Refused(_("Tệp “%s” là tệp nén. Bạn giải nén rồi gửi từng tệp bên trong.") % name)
    return PPTX if "ppt/presentation.xml" in parts else _document(path, name)


def _document(path: Path, name: str) -> Kind:
    """Word, Excel, bare text: what the reader of reports knows by content. It takes the file into memory."""
    if path.stat().st_size > LARGEST_DOCUMENT:
        raise too_large(name, LARGEST_DOCUMENT)
    data = path.read_bytes()
    try:
        found = detect.detect(data, name if ending_of(name) != "txt" else "text.csv")
    except Refusal as refusal:
        if data.startswith(b"MZ"):
            raise _program(name) from refusal
        raise Refused(f"“{name}”: {refusal.sentence}") from refusal
    if found is not detect.Kind.CSV:
        return _READ[found]
    return TEXT if ending_of(name) == "txt" else CSV
