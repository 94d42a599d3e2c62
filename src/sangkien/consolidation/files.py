"""Which files a person means: files, folders and zip archives, in the order of a Vietnamese reader."""

import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from sangkien.vietnamese import clean, sort_key

# What operating systems and office programs leave lying about; nobody sent these as a report.
_NOT_SENT = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_NEVER_A_REPORT = frozenset({".db", ".ini", ".json", ".lnk", ".log", ".tmp", ".url"})
MAX_ARCHIVE_FILES = 5_000
MAX_ARCHIVE_BYTES = 2 * 2**30
MAX_MEMBER_BYTES = 100 * 2**20


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. ``name`` is how a person knows it: relative to what was given, with the archive's name first."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class NotTaken:
    """What was given but cannot be opened, with the sentence that says why and what to do."""

    name: str
    sentence: str


@contextmanager
def find_files(
    given: Iterable[Path], *, leave_out: Path | None = None, scratch: Path | None = None
) -> Iterator[list[Found | NotTaken]]:
    """Everything to read behind the given paths; what was unpacked from archives is gone after the block.

    ``leave_out`` is a file that is not meant. Archives are unpacked below ``scratch``, else in the system's own place.
    """
    unpacked = Path(tempfile.mkdtemp(prefix="sangkien-", dir=scratch))
    try:
        found = [each for path in given for each in _behind(path, unpacked)]
        yield [each for each in found if leave_out is None or not _is_same(each, leave_out)]
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)


def _is_same(each: Found | NotTaken, path: Path) -> bool:
    return isinstance(each, Found) and path.exists() and each.path.samefile(path)


def _behind(path: Path, unpacked: Path) -> Iterator[Found | NotTaken]:
    if path.is_dir():
        yield from _in_folder(path, unpacked)
    elif not path.exists():
        yield NotTaken(legible(str(path)), "Không có tệp này. Hãy xem lại tên tệp.")
    elif path.suffix.lower() == ".zip":
        yield from _in_archive(path, legible(path.name), unpacked)
    else:
        yield Found(path, legible(path.name))


def legible(name: str) -> str:
    """A name of the file system as text: whole letters, also when the machine's locale knows no Vietnamese."""
    return clean(os.fsencode(name).decode("utf-8", "replace"))


def _in_folder(folder: Path, unpacked: Path) -> Iterator[Found | NotTaken]:
    """Every file below the folder: what cannot be a report is refused by name later, so nothing is lost silently."""
    files = [Path(where) / name for where, _, names in os.walk(folder) for name in names]
    for path in sorted(files, key=lambda each: sort_key(legible(each.relative_to(folder).as_posix()))):
        inner = path.relative_to(folder)
        name = legible(inner.as_posix())
        if _left_lying(inner.parts):
            continue
        if path.suffix.lower() == ".zip":
            yield from _in_archive(path, name, unpacked)
        else:
            yield Found(path, name)


def _left_lying(parts: tuple[str, ...]) -> bool:
    name = parts[-1].lower()
    return (
        name.startswith((".", "~$"))
        or PurePosixPath(name).suffix in _NEVER_A_REPORT
        or any(part.lower() in _NOT_SENT for part in parts)
    )


def _in_archive(path: Path, name: str, unpacked: Path) -> Iterator[Found | NotTaken]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError):
        yield NotTaken(name, "Tệp nén bị hỏng nên không mở được. Hãy nén lại hoặc đưa từng tệp vào.")
        return
    with archive:
        if _is_document(archive):
            yield Found(path, name)
            return
        refusal = _too_much(archive)
        if refusal:
            yield NotTaken(name, refusal)
        else:
            yield from _members(archive, name, unpacked)


def _is_document(archive: zipfile.ZipFile) -> bool:
    """A Word or Excel file whose name ends in .zip: some mail programs and browsers rename it."""
    names = archive.namelist()
    return "[Content_Types].xml" in names and any(name.startswith(("word/", "xl/")) for name in names)


def _too_much(archive: zipfile.ZipFile) -> str:
    members = archive.infolist()
    if len(members) > MAX_ARCHIVE_FILES:
        return f"Tệp nén có hơn {MAX_ARCHIVE_FILES} tệp. Hãy chia thành nhiều tệp nén."
    if sum(member.file_size for member in members) > MAX_ARCHIVE_BYTES:
        return "Tệp nén mở ra quá lớn. Hãy chia thành nhiều tệp nén."
    return ""


def _members(archive: zipfile.ZipFile, archive_name: str, unpacked: Path) -> Iterator[Found | NotTaken]:
    for member in sorted(archive.infolist(), key=lambda each: sort_key(_readable(each))):
        inner = PurePosixPath(_readable(member).replace("\\", "/"))
        name = f"{archive_name} / {inner}"
        if member.is_dir() or not inner.parts or _left_lying(inner.parts):
            continue
        if ".." in inner.parts or inner.is_absolute() or ":" in inner.parts[0]:
            yield NotTaken(name, "Đường dẫn trong tệp nén không an toàn nên tệp này không được mở.")
        elif inner.suffix.lower() == ".zip":
            yield NotTaken(name, "Tệp nén nằm trong tệp nén. Hãy giải nén tệp này rồi đưa vào lại.")
        else:
            yield _unpack(archive, member, name, unpacked)


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, unpacked: Path) -> Found | NotTaken:
    """Copy one member under a name of ours; one that cannot be unpacked leaves the others alone."""
    handle, path = tempfile.mkstemp(suffix=PurePosixPath(member.filename).suffix[:10], dir=unpacked)
    try:
        with os.fdopen(handle, "wb") as file, archive.open(member) as packed:
            if not _copied(packed, file):
                return NotTaken(name, "Tệp quá lớn. Hãy bỏ bớt hình ảnh rồi đưa vào lại.")
    except RuntimeError:
        return NotTaken(name, "Tệp nén có mật khẩu nên không mở được. Hãy nén lại, không đặt mật khẩu.")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError):
        return NotTaken(name, "Tệp này trong tệp nén bị hỏng. Hãy nén lại hoặc đưa riêng tệp này vào.")
    return Found(Path(path), name)


def _copied(packed: IO[bytes], file: IO[bytes]) -> bool:
    """Copy at most the allowed size: what an archive says of its own sizes is not to be trusted."""
    left = MAX_MEMBER_BYTES
    while block := packed.read(2**20):
        left -= len(block)
        if left < 0:
            return False
        file.write(block)
    return True


def _readable(member: zipfile.ZipInfo) -> str:
    """The member's name; archives made by Windows keep UTF-8 bytes without saying so, which read as cp437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename
