"""The folder of one quick session under ``SANGKIEN_HOME/tam``: what was read, what was corrected, what was chosen.

Writes are atomic, so that a reader never sees half a file; those that read before they write take the lock, because the
same person may have two tabs open. The embedded server is one process, which is why a lock of threads is enough.
"""

import contextlib
import json
import os
import re
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

UNUSED_SECONDS = 2 * 60 * 60
_NAME = re.compile(r"[0-9a-f]{32}")
_LOCK = threading.RLock()


@dataclass(frozen=True, slots=True)
class Workspace:
    """One session's folder. Keys are paths inside it without the ending, for example ``tep/3f2a…``."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    def load(self, key: str) -> Any:
        """What was saved under the key; ``None`` when nothing was."""
        try:
            return json.loads(self._file(key).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None

    def save(self, key: str, value: Any) -> None:
        """Whole or not at all. Raises ``FileNotFoundError`` when the session has ended meanwhile."""
        target = self._file(key)
        handle, made = tempfile.mkstemp(dir=self.path, prefix=".ghi-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(value, file, ensure_ascii=False)
            _replace(Path(made), target)
        except BaseException:
            Path(made).unlink(missing_ok=True)
            raise

    def keys(self, folder: str) -> list[str]:
        """All keys of a folder, in no order that means anything."""
        return [f"{folder}/{path.stem}" for path in (self.path / folder).glob("*.json")]

    @contextmanager
    def changing(self) -> Iterator[None]:
        """The only one who changes anything in the sessions of this process."""
        with _LOCK:
            yield

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder for files on the way through; gone after the block."""
        with tempfile.TemporaryDirectory(dir=self.path, prefix=".tam-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)

    def delete(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)

    def _file(self, key: str) -> Path:
        return self.path / f"{key}.json"


def create() -> Workspace:
    """A new folder with a name that nobody guesses, open to the owner of the process only."""
    workspace = Workspace(_root() / secrets.token_hex(16))
    for folder in ("tep", "goc", "sua"):
        (workspace.path / folder).mkdir(parents=True, mode=0o700)
    workspace.path.chmod(0o700)
    return workspace


def find(name: str | None) -> Workspace | None:
    """The folder of that name when it is still there; being asked for keeps it alive."""
    if name is None or not _NAME.fullmatch(name):
        return None
    workspace = Workspace(_root() / name)
    try:
        os.utime(workspace.path)
    except OSError:
        return None
    return workspace


def sweep(*, now: float | None = None) -> int:
    """Forget the sessions that nobody has used for two hours; answers how many."""
    oldest = (time.time() if now is None else now) - UNUSED_SECONDS
    swept = 0
    for folder in _folders():
        try:
            old = folder.stat().st_mtime < oldest
        except OSError:  # another request was faster
            continue
        if old:
            shutil.rmtree(folder, ignore_errors=True)
            swept += 1
    _sweep_uploads(oldest)
    return swept


def wipe() -> None:
    """Forget every session: no one is there after the server stops."""
    for folder in _folders():
        shutil.rmtree(folder, ignore_errors=True)
    _sweep_uploads(time.time())


def _sweep_uploads(oldest: float) -> None:
    """Uploads that a killed server left half received."""
    for upload in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir():
        with contextlib.suppress(OSError):  # another request was faster, or is still writing it
            if upload.stat().st_mtime < oldest:
                upload.unlink()


def _root() -> Path:
    return Path(settings.SANGKIEN_HOME) / "tam"


def _folders() -> list[Path]:
    root = _root()
    return [path for path in root.iterdir() if _NAME.fullmatch(path.name)] if root.is_dir() else []


def _replace(made: Path, target: Path) -> None:
    """``os.replace``; Windows refuses it while another thread reads the target, which lasts some milliseconds."""
    for _attempt in range(20):
        try:
            made.replace(target)
        except PermissionError:
            time.sleep(0.02)
        else:
            return
    made.replace(target)
