"""The store of blobs: Django's storage with the alias "attachments".

The folder of this machine (``BlobFolder``) takes a finished file by renaming it. Any other storage must make a saved
file visible only when it is whole, as object stores do.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

INCOMING = "nhan"  # below the folder itself: renaming works only within one file system
CHUNK = 1 << 20


class BlobFolder(FileSystemStorage):
    """A folder whose files appear whole or not at all."""

    @property
    def incoming(self) -> Path:
        """Where files lie while they are received."""
        folder = Path(self.location) / INCOMING
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def take(self, finished: Path, name: str) -> None:
        """Give a flushed file its lasting name. The same bytes twice end as one file."""
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            finished.replace(target)
        except PermissionError:  # Windows, while somebody reads the very same bytes
            if not target.exists():
                raise
            finished.unlink()
        flush_folder(target.parent)


def flush_folder(folder: Path) -> None:
    """Make the new name last through a power cut; Windows has no such call and does it by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def store() -> Storage:
    """The storage of this instance."""
    return storages["attachments"]


def new_file() -> Path:
    """An empty file of a name of its own, readable by us alone, to be filled, and then put or removed."""
    kept_in = store()
    folder = kept_in.incoming if isinstance(kept_in, BlobFolder) else settings.FILE_UPLOAD_TEMP_DIR
    handle, path = tempfile.mkstemp(dir=folder, prefix="nhan-")
    os.close(handle)
    return Path(path)


def put(finished: Path, name: str) -> None:
    """Move a file that is flushed to the disk into the store; afterwards it is there, also after a power cut."""
    kept_in = store()
    if isinstance(kept_in, BlobFolder):
        kept_in.take(finished, name)
        return
    if not kept_in.exists(name):
        with finished.open("rb") as file:
            saved = kept_in.save(name, File(file))
        if saved != name:  # another one saved the same bytes meanwhile
            kept_in.delete(saved)
    finished.unlink()


def chunks(name: str) -> Iterator[bytes]:
    """The bytes, piece by piece. Raises ``OSError`` when there are none."""
    with store().open(name, "rb") as file:
        yield from file.chunks(CHUNK)


def names_before(moment: datetime) -> Iterator[str]:
    """Names of all files that are older than this, half-received ones among them."""
    kept_in = store()
    try:
        folders, files = kept_in.listdir("")
    except FileNotFoundError:  # nothing was ever kept
        return
    yield from (name for name in files if _is_older(kept_in, name, moment))
    for folder in folders:
        names = (f"{folder}/{file}" for file in kept_in.listdir(folder)[1])
        yield from (name for name in names if _is_older(kept_in, name, moment))


def _is_older(kept_in: Storage, name: str, moment: datetime) -> bool:
    try:
        return kept_in.get_modified_time(name) < moment
    except FileNotFoundError:  # it got its lasting name since the folder was read
        return False
