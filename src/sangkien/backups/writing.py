"""A backup as one stream: a tar of the manifest's head, the tables, the blobs, the manifest's end, in this order.

The tables are read in one snapshot, then the snapshot is let go and the blobs follow: they are only ever added, so the
file of every row is there. Without a passphrase the stream is a plain tar that any program opens.
"""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, BinaryIO, Final

from django.core.files import File

from sangkien.attachments import storage
from sangkien.attachments.models import Blob, path_of
from sangkien.backups.manifest import END_NAME, HEAD_NAME, End, Head, head_of
from sangkien.backups.sealing import Sealer
from sangkien.backups.snapshot import snapshot
from sangkien.backups.tables import columns, kept_models, rows

TABLES: Final = "bang"
FILES: Final = "tep"
_PART: Final = 2 << 20  # bytes of lines in one part of a table, before they are packed
_SHA = 64

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What the stream holds."""

    head: Head
    end: End


def write(target: BinaryIO, *, passphrase: str | None, at: datetime, progress: Progress) -> Written:
    """Write a backup of this moment; ``progress`` is called with (rows and files done, all of them).

    A blob that is lost or changed stands in ``End.missing``: a backup of what is left is better than none.
    """
    sealer = Sealer(target, passphrase) if passphrase else None
    with tarfile.open(fileobj=sealer or target, mode="w|", bufsize=1 << 20, format=tarfile.GNU_FORMAT) as tar:  # type: ignore[call-overload]  # it only writes
        written = _Writing(tar, at, progress).everything()
    if sealer:
        sealer.close()
    return written


class _Writing:
    """One backup while it is written."""

    def __init__(self, tar: tarfile.TarFile, at: datetime, progress: Progress) -> None:
        self._tar, self._at, self._progress = tar, at, progress
        self._parts: dict[str, str] = {}
        self._done = self._total = self._files = self._bytes = 0
        self._missing: list[str] = []

    def everything(self) -> Written:
        with TemporaryFile() as blobs:
            with snapshot() as alias:
                counts = {model._meta.label: model._base_manager.using(alias).count() for model in kept_models()}
                self._total = sum(counts.values()) + counts[Blob._meta.label]
                head = head_of(alias, self._at, counts)
                self._add(HEAD_NAME, head.text())
                self._tables(alias, blobs)
            blobs.seek(0)
            for line in blobs:
                self._blob(line[:_SHA].decode(), int(line[_SHA:]))
        end = End(self._parts, self._files, self._bytes, self._missing)
        self._add(END_NAME, end.text())
        return Written(head, end)

    def _tables(self, alias: str, blobs: IO[bytes]) -> None:
        for model in kept_models():
            names = json.dumps([field.attname for field in columns(model)]).encode() + b"\n"
            for number, (part, count) in enumerate(_parts(rows(model, alias)), start=1):
                name = f"{TABLES}/{model._meta.label}/{number:06}.jsonl.gz"
                packed = gzip.compress(names + part, compresslevel=6, mtime=0)
                self._parts[name] = hashlib.sha256(packed).hexdigest()
                self._add(name, packed)
                self._went_on(count)
        for sha256, size in Blob.objects.using(alias).order_by("pk").values_list("pk", "size").iterator(2_000):
            blobs.write(f"{sha256}{size}\n".encode())

    def _blob(self, sha256: str, size: int) -> None:
        name = path_of(sha256)
        with _opened(name, size) as file:
            if file is None:
                self._missing.append(sha256)
            else:
                self._header(f"{FILES}/{name}", size, file)
                self._files, self._bytes = self._files + 1, self._bytes + size
                if file.sha256() != sha256:
                    self._missing.append(sha256)
        self._went_on(1)

    def _add(self, name: str, content: bytes) -> None:
        self._header(name, len(content), io.BytesIO(content))

    def _header(self, name: str, size: int, content: "IO[bytes] | _Measured") -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, int(self._at.timestamp()), 0o600
        self._tar.addfile(info, content)  # type: ignore[arg-type]  # it only reads
        self._tar.members.clear()  # type: ignore[attr-defined]  # which would grow with every file

    def _went_on(self, count: int) -> None:
        self._done += count
        self._progress(self._done, self._total)


def _parts(lines: Iterator[bytes]) -> Iterator[tuple[bytes, int]]:
    """The lines gathered to parts, with how many each holds."""
    waiting, count = bytearray(), 0
    for line in lines:
        waiting += line
        count += 1
        if len(waiting) >= _PART:
            yield bytes(waiting), count
            waiting, count = bytearray(), 0
    if count:
        yield bytes(waiting), count


class _Measured:
    """Exactly ``size`` bytes of a stored file, whatever happens to it meanwhile, and the hash of what was read."""

    def __init__(self, file: "File[bytes]", size: int) -> None:
        self._file, self._left, self._digest = file, size, hashlib.sha256()

    def read(self, size: int) -> bytes:
        wanted = min(size, self._left)
        data: bytes = self._file.read(wanted)
        self._digest.update(data)
        self._left -= wanted
        return data.ljust(wanted, b"\0")

    def sha256(self) -> str:
        return self._digest.hexdigest()


@contextmanager
def _opened(name: str, size: int) -> Iterator[_Measured | None]:
    """The stored file, or ``None`` when it is lost or no longer has its size."""
    kept_in = storage.store()
    try:
        file = kept_in.open(name, "rb") if kept_in.size(name) == size else None
    except OSError:
        file = None
    if file is None:
        yield None
        return
    with file:
        yield _Measured(file, size)
