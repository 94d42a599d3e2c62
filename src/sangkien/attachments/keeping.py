"""Taking files in: the file first and outside every transaction, then its row.

    received = receive(file, name, by=by, at=at)   # reads, judges, keeps the bytes
    with acting():
        attachment = attach(received, by=by, at=at)  # the row, with whatever it belongs to

A crash between the two leaves a file without a row, which ``orphans()`` finds; never a row without a file.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.core.files import File
from django.utils.translation import gettext as _

from sangkien.attachments import storage
from sangkien.attachments.kinds import BY_MEDIA_TYPE, LARGEST, Kind, judge, too_large
from sangkien.attachments.models import Attachment, Blob, path_of
from sangkien.attachments.names import tidy_name
from sangkien.attachments.refusal import Refused, StateSecret
from sangkien.attachments.secrets import is_marked
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes that are in the store already and wait for their row."""

    sha256: str
    size: int
    media_type: str
    name: str

    @property
    def kind(self) -> Kind:
        """What is known of its kind."""
        return BY_MEDIA_TYPE[self.media_type]


def receive(file: "File[bytes]", name: str, *, by: Actor, at: datetime) -> Received:
    """Read, judge and keep a file that somebody handed over. Not inside a transaction.

    Raises ``Refused``: empty, too large, of a kind that is not taken, or marked as a state secret. Then nothing of it
    is kept; a marked one leaves an act without content.
    """
    name = tidy_name(name)
    path = storage.new_file()
    try:
        sha256, size = _fill(path, file.chunks(storage.CHUNK), name)
        kind = judge(path, name)
        if is_marked(path, name, kind):
            raise StateSecret(
                _(
                    "Tệp có dấu chỉ độ mật nên không được nhận và không được giữ lại. "
                    "Bạn gửi theo quy định về bảo vệ bí mật nhà nước, không gửi qua chương trình này."
                )
            )
        storage.put(path, path_of(sha256))
    except StateSecret:
        path.unlink(missing_ok=True)
        _note_secret(by, at)
        raise
    finally:
        path.unlink(missing_ok=True)
    return Received(sha256, size, kind.media_type, name)


def keep(made: Path, name: str, kind: Kind) -> Received:
    """Keep a file that this program made itself; nothing to judge. Not inside a transaction."""
    path = storage.new_file()
    try:
        with made.open("rb") as file:
            sha256, size = _fill(path, File(file).chunks(storage.CHUNK), name)
        storage.put(path, path_of(sha256))
    finally:
        path.unlink(missing_ok=True)
    return Received(sha256, size, kind.media_type, tidy_name(name))


def attach(
    received: Received, *, by: Actor, at: datetime, seen_by: SeenBy = SeenBy.UNIT, of: Attachment | None = None
) -> Attachment:
    """The row of kept bytes, inside the ``acting()`` of what it belongs to. ``of``: made from that one."""
    blob = Blob(sha256=received.sha256, size=received.size, media_type=received.media_type)
    # Waits for whoever writes or sweeps the same hash; only then is it sure whether the file is there.
    Blob.objects.bulk_create([blob], ignore_conflicts=True)
    if not storage.store().exists(blob.path):
        raise Refused(_("Tệp “%s” chưa được giữ lại trọn vẹn. Bạn gửi lại tệp này.") % received.name)
    attachment = Attachment.objects.create(
        blob=Blob.objects.get(pk=received.sha256), original_name=received.name, metadata_removed_of=of, created_at=at
    )
    record(
        by=by, at=at, verb="attachment.kept", subject_kind="attachment", subject_uid=attachment.uid, seen_by=seen_by,
        payload={"sha256": received.sha256, "size": received.size, "of": of.uid if of else None},
    )  # fmt: skip
    return attachment


def store(file: "File[bytes]", name: str, *, by: Actor, at: datetime, seen_by: SeenBy = SeenBy.UNIT) -> Attachment:
    """``receive`` and ``attach`` in one, for a file that belongs to nothing yet."""
    received = receive(file, name, by=by, at=at)
    with acting():
        return attach(received, by=by, at=at, seen_by=seen_by)


def _fill(path: Path, pieces: Iterable[bytes], name: str) -> tuple[str, int]:
    """Write and flush; answers hash and size. Raises ``Refused`` as soon as it is too large."""
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as target:
        for piece in pieces:
            size += len(piece)
            if size > LARGEST:
                raise too_large(name, LARGEST)
            digest.update(piece)
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest(), size


def _note_secret(by: Actor, at: datetime) -> None:
    """That it happened, and nothing else: no name, no size, no hash."""
    with acting():
        record(
            by=by, at=at, verb="attachment.refused_as_secret", subject_kind="attachment", subject_uid=uuid4(),
            seen_by=SeenBy.LEAD, payload={},
        )  # fmt: skip
