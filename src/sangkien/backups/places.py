"""The folder of this instance and the second place: where they are, whether they can take a backup now."""

import os
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext as _

from sangkien.attachments.models import Blob
from sangkien.backups.models import Place


def here() -> Path:
    """In the data folder, made when missing."""
    folder = Path(settings.SANGKIEN_HOME) / "sao-luu"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def private(path: str, flags: int) -> int:
    """An ``opener`` for files that only we may read."""
    return os.open(path, flags, 0o600)


def second() -> Path | None:
    """As ``SANGKIEN_BACKUP_TO`` names it. Never made by us: an unplugged disk would become a folder of this one."""
    folder: Path | None = settings.SANGKIEN_BACKUP_TO
    return folder


def folder_of(place: str) -> Path | None:
    """Of ``HERE`` and ``SECOND``; ``None`` for what a person put elsewhere, or when no second place is named."""
    if place == Place.HERE:
        return here()
    return second() if place == Place.SECOND else None


def why_unfit(folder: Path) -> str | None:
    """A sentence when nothing can be written there now."""
    if not folder.is_dir():
        return _("Chưa thấy thư mục %s. Bạn cắm ổ đĩa, hoặc lập thư mục này trên ổ sẽ giữ bản sao lưu.") % folder
    free, needed = shutil.disk_usage(folder).free, size_now()
    if free < needed:
        facts = {"folder": folder, "free": _shown(free), "needed": _shown(needed)}
        return _("%(folder)s còn trống %(free)s, bản sao lưu có thể cần %(needed)s. Bạn dọn bớt hoặc đổi ổ.") % facts
    return None


def is_same_disk(folder: Path) -> bool:
    """Whether the folder is lost together with the data."""
    try:
        return folder.stat().st_dev == Path(settings.SANGKIEN_HOME).stat().st_dev
    except OSError:
        return False


def size_now() -> int:
    """Bytes of database and files: what a backup may take at most."""
    blobs = Blob.objects.aggregate(all=Sum("size"))["all"] or 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        database: int = cursor.fetchone()[0]
    return int(blobs) + database


def _shown(count: int) -> str:
    """ "3,4 GB" """
    return f"{count / 1e9:.1f} GB".replace(".", ",")
