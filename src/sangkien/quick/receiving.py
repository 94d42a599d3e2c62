"""Taking in dropped files: each is read by the child process at once and the file itself is gone before the answer."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from sangkien.appendix.model import Outcome, Reading
from sangkien.appendix.reading.process import Reader
from sangkien.consolidation.files import Found, NotTaken, find_files
from sangkien.quick import kept
from sangkien.quick.workspace import Workspace

MAX_FILES = 2_000
MAX_BYTES = 30 * 2**20
MAX_ARCHIVE_BYTES = 300 * 2**20
_NOT_SENT = frozenset({"thumbs.db", "desktop.ini"})
_ENDINGS = 10  # characters of an ending that may be kept on the name of a file of ours


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file. ``again`` is its name when the same file is here already, perhaps under another."""

    key: str
    again: str = ""


@cache
def reader() -> Reader:
    """The one reading process of this server; it starts with the first file and is replaced when a file kills it."""
    return Reader()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file to be read. ``refusal`` is the sentence for one that never reaches the reader; it has no path then."""

    name: str
    place: str
    size: int
    path: Path | None = None
    refusal: str = ""


@contextmanager
def unpacked(
    workspace: Workspace, upload: "UploadedFile[bytes]", *, name: str, place: str
) -> Iterator[Sequence[Waiting]]:
    """One uploaded file, or every file of an uploaded archive; on disk no longer than the block."""
    name = _tidy(name or upload.name or "")
    size = upload.size or 0
    with ExitStack() as stack:
        if _left_lying(name):
            yield ()
            return
        path = stack.enter_context(workspace.scratch()) / f"tep{_ending(name)}"
        largest = MAX_ARCHIVE_BYTES if path.suffix == ".zip" else MAX_BYTES
        if size > largest:
            too_large = _("Tệp lớn hơn %(limit)s MB nên không nhận được. Hãy bớt ảnh trong tệp rồi thả lại.")
            yield (Waiting(name, place, size, refusal=too_large % {"limit": largest // 2**20}),)
            return
        with path.open("wb") as file:
            file.writelines(upload.chunks())
        found = stack.enter_context(find_files([path], scratch=path.parent))
        yield [_waiting(each, f"{place}-{index:05d}", name, path) for index, each in enumerate(found)]


def read(workspace: Workspace, waiting: Waiting) -> Received:
    """Read one file and keep what it says, or keep why it is not read."""
    if waiting.path is None:
        return _refuse(workspace, waiting, waiting.refusal)
    key = _key(waiting.path)
    with workspace.changing():
        before = kept.find(workspace, key)
        if before is not None:
            return _again(workspace, before, waiting.name)
        if len(workspace.keys("tep")) >= MAX_FILES:
            return _refuse(workspace, waiting, _full())
    reading = reader().read(waiting.path, waiting.name)
    with workspace.changing():
        before = kept.find(workspace, key)
        if before is not None:  # the other tab was faster
            return _again(workspace, before, waiting.name)
        kept.keep(workspace, key=key, name=waiting.name, place=waiting.place, size=waiting.size, reading=reading)
    return Received(key)


def new_place(index: int = 0) -> str:
    """A place after all files dropped before: the moment in milliseconds, then the number within this drop."""
    return f"{time.time_ns() // 1_000_000:013d}-{index:05d}"


def _waiting(each: Found | NotTaken, place: str, name: str, upload: Path) -> Waiting:
    """``name`` as the person knows the upload; what lies in an archive carries the archive's name first."""
    if upload.suffix == ".zip":
        name += each.name.removeprefix(upload.name)
    if isinstance(each, NotTaken):
        return Waiting(name, place, upload.stat().st_size, refusal=each.sentence)
    return Waiting(name, place, each.path.stat().st_size, each.path)


def _again(workspace: Workspace, before: kept.KeptFile, name: str) -> Received:
    """The same file once more: it counts once, and comes back when it had been dropped from the list."""
    if name != before.name and name not in before.changes.also_named:
        before.changes.also_named.append(name)
    before.changes.dropped = False
    kept.save_changes(workspace, before)
    return Received(before.key, again=name)


def _refuse(workspace: Workspace, waiting: Waiting, sentence: str) -> Received:
    """Keep the refusal of a file that never reached the reader, so that it is listed with its reason."""
    key = hashlib.sha256(f"{waiting.name}\n{waiting.size}\n{sentence}".encode()).hexdigest()[:24]
    reading = Reading(file=waiting.name, outcome=Outcome.TOO_LARGE, message=sentence)
    with workspace.changing():
        if len(workspace.keys("tep")) < MAX_FILES + 50:
            kept.keep(workspace, key=key, name=waiting.name, place=waiting.place, size=waiting.size, reading=reading)
    return Received(key)


def _full() -> str:
    full = _("Một lần tổng hợp nhận nhiều nhất %(limit)s tệp. Hãy tải phụ lục của các tệp này rồi làm tiếp lần sau.")
    return full % {"limit": f"{MAX_FILES:,}".replace(",", ".")}


def _key(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:24]


def _left_lying(name: str) -> bool:
    """What office programs and systems leave in a folder beside the files; nobody means to send it."""
    last = name.rpartition("/")[2].lower()
    return last.startswith((".", "~$")) or last in _NOT_SENT


def _tidy(name: str) -> str:
    """The name as a person knows it: folders inside the drop kept, nothing that leads outside, no endless name."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..", ".")]
    return "/".join(parts)[-200:] or _("Tệp không tên")


def _ending(name: str) -> str:
    ending = PurePosixPath(name).suffix.lower()
    return ending if ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= _ENDINGS else ""
