"""One backup: written beside its name, flushed, read again from the disk, named, and only then a row and an act."""

import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.attachments.storage import flush_folder
from sangkien.backups.models import Backup, Place, Why
from sangkien.backups.places import folder_of, here, private, second, why_unfit
from sangkien.backups.reading import Checked, check
from sangkien.backups.writing import Progress, write
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record

SEALED, PLAIN = ".sangkien", ".tar"
_HALF: Final = ".dang-ghi"
_OURS: Final = re.compile(r"\.sao-luu-[0-9a-z-]+\.(sangkien|tar)" + re.escape(_HALF))
_LEFT_ALONE: Final = 6 * 60 * 60  # seconds without a byte: nobody writes it any more


def make(*, passphrase: str | None, why: Why, by: Actor, at: datetime, progress: Progress) -> Backup:
    """A backup in the second place when that can take it, else in the data folder. Raises ``Refused``.

    Without a passphrase nothing leaves the data folder.
    """
    place, folder = where(passphrase)
    refusal = why_unfit(folder)
    if refusal:
        raise Refused(refusal)
    sweep(folder)
    path = folder / new_name(at, sealed=passphrase is not None)
    return make_file(path, place, passphrase=passphrase, why=why, by=by, at=at, progress=progress)


def where(passphrase: str | None) -> tuple[Place, Path]:
    """The second place when it is named, fit and the backup is sealed; else the data folder."""
    wanted = second()
    if wanted is not None and passphrase is not None and why_unfit(wanted) is None:
        return Place.SECOND, wanted
    return Place.HERE, here()


def make_file(
    path: Path, place: Place, *, passphrase: str | None, why: Why, by: Actor, at: datetime, progress: Progress
) -> Backup:
    """A backup of exactly this name. Not inside a transaction. Raises ``Refused``; then no file of it is left."""
    if passphrase is None and place is not Place.HERE:
        raise Refused(_("Bản sao lưu rời thư mục dữ liệu phải có cụm mật khẩu. Bạn đặt một cụm mật khẩu rồi làm lại."))
    with _half(path) as half:
        with open(half, "xb", opener=private) as file:
            write(file, passphrase=passphrase, at=at, progress=progress)
            file.flush()
            os.fsync(file.fileno())
        checked, digest = check(half, passphrase), _sha256(half)
        half.replace(path)
    flush_folder(path.parent)
    return _note(_row(path.name, place, why, checked, digest), by, at)


def new_name(at: datetime, *, sealed: bool) -> str:
    """ "sao-luu-2026-11-24-0215-3f9a1c.sangkien": sorts by time; two instances may share a folder."""
    moment = timezone.localtime(at).strftime("%Y-%m-%d-%H%M")
    return f"sao-luu-{moment}-{secrets.token_hex(3)}{SEALED if sealed else PLAIN}"


def sweep(folder: Path) -> None:
    """Remove what a killed program has left half written."""
    for path in folder.glob(f".sao-luu-*{_HALF}"):
        if _OURS.fullmatch(path.name) and time.time() - path.stat().st_mtime > _LEFT_ALONE:
            path.unlink(missing_ok=True)


@contextmanager
def _half(path: Path) -> Iterator[Path]:
    half = path.with_name(f".{path.name}{_HALF}")
    try:
        yield half
    finally:
        half.unlink(missing_ok=True)


def _row(name: str, place: Place, why: Why, checked: Checked, digest: str) -> Backup:
    return Backup(
        name=name, place=place, why=why, sealed=checked.sealed, taken_at=checked.head.at, checked_at=timezone.now(),
        size=checked.size, sha256=digest, rows=sum(checked.head.rows.values()), files=checked.end.files,
        missing=len(checked.end.missing), anchor=checked.head.anchor,
    )  # fmt: skip


def _note(backup: Backup, by: Actor, at: datetime) -> Backup:
    facts = {"sha256": backup.sha256, "anchor": backup.anchor, "place": backup.place, "missing": backup.missing}
    with acting():
        backup.save(force_insert=True)
        record(
            by=by, at=at, verb="backup.made", subject_kind="backup", subject_uid=backup.uid, seen_by=SeenBy.LEAD,
            payload=facts,
        )  # fmt: skip
    return backup


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_of(backup: Backup) -> Path | None:
    """Where the file lies now; ``None`` when it is out of reach."""
    folder = folder_of(backup.place)
    path = folder / backup.name if folder else None
    return path if path and path.is_file() else None
