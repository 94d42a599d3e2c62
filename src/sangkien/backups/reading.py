"""A backup file read again, part by part: every byte against its hash, nothing ever unpacked by a path it names."""

import hashlib
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.attachments.models import Blob
from sangkien.backups.manifest import END_NAME, FORMAT, HEAD_NAME, End, Head, read_end, read_head
from sangkien.backups.sealing import Opener, damaged, from_newer, is_sealed
from sangkien.backups.writing import FILES, TABLES, Progress

_CHUNK: Final = 1 << 20
_MOST_UNPACKED: Final = 1 << 28  # of one part; ours hold 2 MB and one row
_TABLE: Final = re.compile(rf"{TABLES}/([A-Za-z_.]+)/(\d{{6}})\.jsonl\.gz")
_FILE: Final = re.compile(rf"{FILES}/[0-9a-f]{{2}}/([0-9a-f]{{64}})")
_NEWLINE: Final = b"\n"


class NeedsPassphrase(Refused):
    """The file is sealed and no passphrase was given."""


@dataclass(frozen=True, slots=True)
class Part:
    """One member: of the table ``label``, or the file ``sha256``; else the head or the end."""

    name: str
    size: int
    label: str
    sha256: str
    content: IO[bytes]


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that is whole: what it says, how large it is, and which blobs were lost already when it was made."""

    head: Head
    end: End
    size: int
    sealed: bool


def read_only_head(path: Path, passphrase: str | None) -> Head:
    """What the file says at its beginning; costs one piece. Raises ``Refused`` as ``check`` does."""
    with opened(path, passphrase) as parts:
        return _head(next(parts, None))


def check(path: Path, passphrase: str | None, progress: Progress = lambda done, total: None) -> Checked:
    """Read every byte. Raises ``WrongPassphrase``, ``NeedsPassphrase``, ``Damaged``, or ``Refused`` for a newer format.

    Nothing is written anywhere.
    """
    size, sealed = path.stat().st_size, _is_sealed(path)
    with opened(path, passphrase) as parts:
        head = _head(next(parts, None))
        whole = sum(head.rows.values()) + head.rows.get(Blob._meta.label, 0)
        found, files, total, wrong = _Found(), 0, 0, set[str]()
        for part in parts:
            if part.name == END_NAME:
                end = read_end(part.content.read())
                break
            if part.label:
                found.table(part)
            else:
                files, total = files + 1, total + part.size
                if _digest(part) != part.sha256:
                    wrong.add(part.sha256)
            progress(files + found.count, whole)
        else:
            raise damaged()
    holding = {label: count for label, count in head.rows.items() if count}
    if (found.parts, found.rows, files, total) != (end.parts, holding, end.files, end.size):
        raise damaged()
    if not wrong <= set(end.missing) or files + len(end.missing) - len(wrong) != holding.get(Blob._meta.label, 0):
        raise damaged()
    return Checked(head, end, size, sealed)


class _Found:
    """What of the tables was read so far."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}
        self.rows: dict[str, int] = {}
        self.count = 0

    def table(self, part: Part) -> None:
        packed = part.content.read()
        count = unpacked(packed).count(_NEWLINE) - 1
        self.parts[part.name] = hashlib.sha256(packed).hexdigest()
        self.rows[part.label] = self.rows.get(part.label, 0) + count
        self.count += count


def _head(part: Part | None) -> Head:
    if part is None or part.name != HEAD_NAME:
        raise damaged()
    head = read_head(part.content.read())
    if head.format > FORMAT:
        raise from_newer()
    return head


def _digest(part: Part) -> str:
    digest = hashlib.sha256()
    while data := part.content.read(_CHUNK):
        digest.update(data)
    return digest.hexdigest()


def unpacked(packed: bytes) -> bytes:
    """The lines of a part. Raises ``Damaged`` also where it would grow beyond all measure."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(packed, _MOST_UNPACKED)
    except zlib.error as error:
        raise damaged() from error
    if not unpacker.eof or unpacker.unused_data:
        raise damaged()
    return data


@contextmanager
def opened(path: Path, passphrase: str | None) -> Iterator[Iterator[Part]]:
    """The members of the file, in their order, each to be read before the next one."""
    if _is_sealed(path) and not passphrase:
        raise NeedsPassphrase(_("Tệp sao lưu này cần cụm mật khẩu. Bạn đưa cụm mật khẩu đã cất khi lập bản sao lưu."))
    with path.open("rb") as file:
        source = Opener(file, passphrase) if passphrase and _is_sealed(path) else file
        try:
            with tarfile.open(fileobj=source, mode="r|", bufsize=_CHUNK) as tar:  # type: ignore[call-overload]  # it only reads
                yield _members(tar)
        except (tarfile.TarError, EOFError, UnicodeError) as error:
            raise damaged() from error


def _members(tar: tarfile.TarFile) -> Iterator[Part]:
    while (info := tar.next()) is not None:
        tar.members.clear()  # type: ignore[attr-defined]  # which would grow with every file
        content = tar.extractfile(info) if info.isreg() else None
        if content is None:
            raise damaged()
        yield _part(info, content)


def _part(info: tarfile.TarInfo, content: IO[bytes]) -> Part:
    table, file = _TABLE.fullmatch(info.name), _FILE.fullmatch(info.name)
    if not table and not file and info.name not in (HEAD_NAME, END_NAME):
        raise damaged()
    return Part(info.name, info.size, table[1] if table else "", file[1] if file else "", content)


def _is_sealed(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return is_sealed(file.read(64))
    except OSError as error:
        raise Refused(_("Không mở được tệp %s. Bạn xem lại đường dẫn và quyền đọc tệp.") % path.name) from error


def each_table(path: Path, passphrase: str | None, take: Callable[[str, list[bytes]], None]) -> None:
    """Hand over the lines of each part of each table: its label; the names of the columns and the rows."""
    with opened(path, passphrase) as parts:
        for part in parts:
            if part.label:
                take(part.label, unpacked(part.content.read()).splitlines())
            elif part.sha256 or part.name == END_NAME:
                return


def each_file(path: Path, passphrase: str | None, take: Callable[[str, IO[bytes]], None]) -> None:
    """Hand over each blob: its hash and its bytes."""
    with opened(path, passphrase) as parts:
        for part in parts:
            if part.sha256:
                take(part.sha256, part.content)
