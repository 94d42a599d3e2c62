"""Files against their rows: changed or lost ones, and files without a row."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangkien.attachments import storage
from sangkien.attachments.models import Attachment, Blob

_PAGE = 500
MUST_BE_DONE = timedelta(days=1)  # a file without a row younger than this may be on its way


def verify() -> Iterator[str]:
    """A sentence for every file that is lost or no longer what was handed over. Reads every byte, a piece at a time."""
    for blob in Blob.objects.order_by("pk").iterator(chunk_size=_PAGE):
        digest, size = hashlib.sha256(), 0
        try:
            for piece in storage.chunks(blob.path):
                digest.update(piece)
                size += len(piece)
        except OSError:
            yield _("Tệp %s không còn trong kho tệp. Bạn lấy lại từ bản sao lưu.") % _named(blob)
            continue
        if (digest.hexdigest(), size) != (blob.sha256, blob.size):
            yield _("Tệp %s đã bị sửa sau khi nhận. Bạn lấy lại từ bản sao lưu.") % _named(blob)


def _named(blob: Blob) -> str:
    name = Attachment.objects.filter(blob=blob).order_by("pk").values_list("original_name", flat=True).first()
    return f"“{name}” ({blob.sha256[:12]})" if name else blob.sha256[:12]


def orphans(at: datetime) -> Iterator[str]:
    """Names of files without a row, older than a day: what a crash between file and row left."""
    waiting: list[str] = []
    for name in storage.names_before(at - MUST_BE_DONE):
        waiting.append(name)
        if len(waiting) == _PAGE:
            yield from _without_row(waiting)
            waiting = []
    yield from _without_row(waiting)


def _without_row(names: list[str]) -> list[str]:
    known = set(Blob.objects.filter(pk__in=[_hash(name) for name in names]).values_list("pk", flat=True))
    return [name for name in names if _hash(name) not in known]


def _hash(name: str) -> str:
    return name.rpartition("/")[2]


def sweep(at: datetime) -> int:
    """Remove the orphans; answers how many.

    Somebody may hand over the same bytes at this moment. So each hash is claimed by its row first: ``attach`` waits
    for the end of it and then sees whether the file is there.
    """
    return sum(_removed(name) for name in list(orphans(at)))


def _removed(name: str) -> bool:
    try:
        with transaction.atomic():
            Blob.objects.bulk_create([Blob(sha256=_claim(name), size=1, media_type="none")])
            storage.store().delete(name)
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True


def _claim(name: str) -> str:
    """The hash of a kept file; a half-received one has none, and nobody waits for it."""
    last = _hash(name)
    return last if len(last) == 64 else hashlib.sha256(name.encode()).hexdigest()
