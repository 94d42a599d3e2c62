"""The package shared by .docx and .xlsx: a zip of XML parts, opened without trusting a single number in it.

Limits are checked on the declared sizes before anything is unpacked, and again on the bytes that really come out.
No part is written to disk, no external target is followed, no entity is expanded.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote

from lxml import etree

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.source import Refusal

MIB = 1024 * 1024
MAX_FILE = 100 * MIB  # the packed file, pictures included; it is held in memory once
MAX_ENTRIES = 5_000
MAX_PART = 128 * MIB  # one part unpacked; 10,000 rows of a report are 42 MB
MAX_TREE = 6 * MIB  # one part as a whole tree: a tree takes up to twenty times its text
MAX_UNPACKED = 400 * MIB  # all parts as declared; most of it is pictures, which are never unpacked
MAX_READ = 256 * MIB  # all bytes that really come out of one package
RATIO_FROM = 32 * MIB  # below this size a part may be as repetitive as it likes
MAX_RATIO = 600  # ten thousand equal rows reach 500, a bomb 1,000
CHUNK = 256 * 1024
HEAD = 1024

BROKEN = "Tệp tải về thiếu nên không mở được. Hãy tải lại từ hộp thư rồi thả vào đây."
DAMAGED = (
    "Tệp bị hỏng nên không đọc được. Hãy mở tệp bằng Word hoặc Excel, lưu thành tệp mới rồi gửi lại, "
    "hoặc xin lại tệp từ đơn vị gửi."
)
TOO_LARGE = "Tệp chứa quá nhiều dữ liệu nên chưa đọc. Hãy bỏ bớt ảnh, hoặc tách thành vài tệp nhỏ rồi thả lại."
UNSAFE = "Tệp có cấu trúc bất thường nên không đọc. Hãy mở bằng Word hoặc Excel, lưu thành tệp mới rồi thả lại."
PASSWORD = "Tệp có mật khẩu. Hãy bỏ mật khẩu rồi thả lại."  # noqa: S105  a sentence, not a secret
MACROS = "Tệp có lệnh tự chạy (macro). Chỉ phần chữ được đọc, lệnh không được chạy."
LINKS = "Tệp trỏ tới tệp hoặc ảnh ở nơi khác. Phần đó không được mở; nếu có nội dung ở đó, hãy chép thẳng vào tệp."
MENDED = "Tệp bị lỗi ở một chỗ và đã được đọc tiếp phần còn lại. Hãy so lại với bản gốc."

_ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, OSError,
    ValueError, IndexError, OverflowError,
)  # fmt: skip
_LOCAL = struct.Struct("<4s2xH18xHH")  # mark, flags, lengths of the name and of the extra field
_DRIVE = re.compile(r"^[A-Za-z]:")
_DOCTYPE = tuple(
    mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)


def package_parser(*, recover: bool = False) -> etree.XMLParser:
    """A parser that expands nothing, fetches nothing and keeps the depth and size guards of libxml2."""
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True, recover=recover,
    )  # fmt: skip


def _refuse_types(root: "etree._Element") -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refusal(Outcome.UNSAFE_CONTENT, UNSAFE)


def refuse_doctype(head: bytes) -> None:
    """Raise when XML declares a document type or an entity: no Office program writes one."""
    if b"!" in head and any(mark in head for mark in _DOCTYPE):
        raise Refusal(Outcome.UNSAFE_CONTENT, UNSAFE)


@dataclass(frozen=True, slots=True)
class Relation:
    """One line of a .rels part. ``kind`` is the last word of its type, such as "hyperlink"; ``target`` a part name."""

    kind: str
    target: str
    external: bool


class Package:
    """An opened package. ``names`` are part names without a leading slash; lookup ignores case, as the format says."""

    def __init__(self, data: bytes, entries: dict[str, zipfile.ZipInfo]) -> None:
        self._data = data
        self._entries = entries
        self._read = 0
        self.warnings: list[str] = []
        self.names = tuple(info.filename for info in entries.values())

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._entries

    def warn(self, sentence: str) -> None:
        """Add a warning once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def size(self, part: str) -> int:
        """Bytes the part claims to have unpacked; 0 when it is not there."""
        info = self._entries.get(part.lower())
        return 0 if info is None else info.file_size

    def chunks(self, part: str) -> Iterator[bytes]:
        """The part piece by piece, counted against the limits as it comes out. Raises ``Refusal``."""
        info = self._entries.get(part.lower())
        if info is None:
            raise Refusal(Outcome.CORRUPT, BROKEN)
        if info.file_size > MAX_PART:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
        for piece in _unpacked(self._data, info):
            self._read += len(piece)
            if self._read > MAX_READ:
                raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
            yield piece

    def read(self, part: str, most: int = MAX_PART) -> bytes:
        """The whole part. Raises ``Refusal`` when it is missing, broken or longer than ``most``."""
        if self.size(part) > most:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
        return b"".join(self.chunks(part))

    def check_head(self, part: str) -> None:
        """Refuse a part that declares entities, without unpacking it: for parts that may never be read."""
        info = self._entries.get(part.lower())
        if info is None:
            return
        packed = _packed(self._data, info)[:HEAD]
        if info.compress_type == zipfile.ZIP_DEFLATED:
            try:
                packed = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, HEAD)
            except zlib.error as fault:
                raise Refusal(Outcome.CORRUPT, DAMAGED) from fault
        refuse_doctype(packed)

    def xml(self, part: str) -> "etree._Element":
        """The part as a tree, mended with a warning when it is slightly broken. Raises ``Refusal``."""
        return self.parse(self.read(part, MAX_TREE))

    def parse(self, data: bytes) -> "etree._Element":
        """Bytes of a part as a tree; the guards of ``xml`` for bytes already read."""
        root = self.parse_sound(data)
        if root is None:
            root = self._mend(data)
            _refuse_types(root)
        return root

    def parse_sound(self, data: bytes) -> "etree._Element | None":
        """``parse`` that mends nothing: ``None`` when the XML is broken."""
        refuse_doctype(data)
        try:
            root = etree.fromstring(data, package_parser())
        except (etree.XMLSyntaxError, ValueError):
            return None
        _refuse_types(root)
        return root

    def _mend(self, data: bytes) -> "etree._Element":
        try:
            root: etree._Element | None = etree.fromstring(data, package_parser(recover=True))
        except (etree.XMLSyntaxError, ValueError) as fault:
            raise Refusal(Outcome.CORRUPT, DAMAGED) from fault
        if root is None or len(root) == 0:
            raise Refusal(Outcome.CORRUPT, DAMAGED)
        self.warn(MENDED)
        return root

    def relations(self, part: str = "") -> dict[str, Relation]:
        """What ``part`` points to, by relation id; of the package itself when ``part`` is ''. Targets are resolved."""
        folder, _, base = part.rpartition("/")
        rels = posixpath.join(folder, "_rels", base + ".rels")
        if rels not in self:
            return {}
        found = {}
        for line in self.xml(rels):
            external = line.get("TargetMode", "").lower() == "external"
            target = line.get("Target", "")
            kind = line.get("Type", "").rpartition("/")[2]
            found[line.get("Id", "")] = Relation(kind, target if external else resolve(part, target), external)
        return found

    def main_part(self, usual: str) -> str:
        """The part that holds the document or workbook, through ``_rels/.rels``; else ``usual``. Raises ``Refusal``."""
        for relation in self.relations().values():
            if relation.kind == "officeDocument" and not relation.external and relation.target in self:
                return relation.target
        if usual in self:
            return usual
        raise Refusal(Outcome.CORRUPT, DAMAGED)

    def has_macros(self) -> bool:
        """Whether the package carries a macro project."""
        return any(name.endswith("vbaproject.bin") for name in self._entries)


def resolve(part: str, target: str) -> str:
    """A relation's target as a part name: absolute from the package root, else relative to the part's folder."""
    target = unquote(target).replace("\\", "/").partition("#")[0]
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target)).lstrip("/")


def open_package(data: bytes) -> Package:
    """Open a zip package after checking its directory. Raises ``Refusal``; unpacks nothing yet."""
    if len(data) > MAX_FILE:
        raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _ZIP_FAULTS as fault:
        raise Refusal(Outcome.CORRUPT, BROKEN) from fault
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        _check_entry(info)
        key = info.filename.replace("\\", "/").lower()
        if key in entries:
            raise Refusal(Outcome.UNSAFE_CONTENT, UNSAFE)
        entries[key] = info
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
    package = Package(data, entries)
    if package.has_macros():
        package.warn(MACROS)
    return package


def _check_entry(info: zipfile.ZipInfo) -> None:
    """Refuse names that leave the package, passwords, methods no Office program uses, and bombs."""
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
        raise Refusal(Outcome.UNSAFE_CONTENT, UNSAFE)
    if info.flag_bits & 0x1:
        raise Refusal(Outcome.ENCRYPTED, PASSWORD)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refusal(Outcome.UNSAFE_CONTENT, UNSAFE)
    if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)


def _packed(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """The bytes of a part as they are stored. Raises ``Refusal`` when its own header does not stand there."""
    header = data[info.header_offset : info.header_offset + _LOCAL.size]
    if len(header) < _LOCAL.size:
        raise Refusal(Outcome.CORRUPT, BROKEN)
    mark, flags, name, extra = _LOCAL.unpack(header)
    start = info.header_offset + _LOCAL.size + name + extra
    if mark != b"PK\x03\x04" or start + info.compress_size > len(data):
        raise Refusal(Outcome.CORRUPT, BROKEN)
    if flags & 0x1:
        raise Refusal(Outcome.ENCRYPTED, PASSWORD)
    return data[start : start + info.compress_size]


def _unpacked(data: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part in pieces. Raises ``Refusal`` as soon as it is longer than declared, or when its check sum is wrong.

    The standard library's own way costs as much as parsing the XML of an ordinary report.
    """
    packed = _packed(data, info)
    size = check = 0
    for piece in _inflated(packed) if info.compress_type == zipfile.ZIP_DEFLATED else _cut(packed):
        size += len(piece)
        check = zlib.crc32(piece, check)
        if size > info.file_size:
            raise Refusal(Outcome.CORRUPT, DAMAGED)
        yield piece
    if size != info.file_size or check != info.CRC:
        raise Refusal(Outcome.CORRUPT, DAMAGED)


def _cut(stored: bytes) -> Iterator[bytes]:
    for start in range(0, len(stored), CHUNK):
        yield stored[start : start + CHUNK]


def _inflated(packed: bytes) -> Iterator[bytes]:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(packed), CHUNK):
            pending = packed[start : start + CHUNK]
            while pending and not stream.eof:
                if piece := stream.decompress(pending, CHUNK):
                    yield piece
                pending = stream.unconsumed_tail
        if piece := stream.flush():
            yield piece
    except zlib.error as fault:
        raise Refusal(Outcome.CORRUPT, DAMAGED) from fault
