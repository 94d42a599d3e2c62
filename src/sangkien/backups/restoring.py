"""A backup put back, whole or not at all.

The file is read three times: once to check every byte (nothing is touched before it has proved whole), once for the
blobs (which harm nobody: a blob without a row is swept later), once for the rows, all in one transaction together with
what follows from them: void receipt numbers, ended sessions, sequences, the act that says so.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import UUID

from django.contrib.sessions.models import Session
from django.core.management.color import no_style
from django.db import IntegrityError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.utils.translation import gettext as _

from sangkien.accounts.models import User
from sangkien.accounts.refusal import Refused
from sangkien.attachments import storage
from sangkien.attachments.models import path_of
from sangkien.backups import receipts
from sangkien.backups.manifest import Campaign as Told
from sangkien.backups.manifest import Head
from sangkien.backups.models import Backup
from sangkien.backups.reading import Checked, check, each_file, each_table
from sangkien.backups.sealing import damaged, from_newer
from sangkien.backups.tables import hanging_models, insert, kept_models
from sangkien.backups.writing import Progress
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign
from sangkien.jobs.models import Job
from sangkien.ledger import verifying as ledger
from sangkien.ledger.models import Act, SeenBy
from sangkien.ledger.recording import LEDGER, Actor, acting, record
from sangkien.notices.models import Delivery, Message

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to restore.

    ``replace``: also over an instance in use, which the caller has backed up as ``before``. ``last_receipts``: the last
    number that each campaign is known to have given. ``damaged_chain``: also a ledger that does not verify.
    """

    replace: bool = False
    before: Backup | None = None
    last_receipts: Mapping[UUID, int] = field(default_factory=dict)
    damaged_chain: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back; how many receipt numbers are void now, by campaign."""

    checked: Checked
    voided: Mapping[str, int]


class NotEmpty(Refused):
    """The instance has acts or people, and nobody said that they may go."""


class LastReceiptUnknown(Refused):
    """``campaigns`` run, and nobody has said which receipt number was their last."""

    def __init__(self, campaigns: list[Told]) -> None:
        super().__init__(_("Chưa biết số phiếu tiếp nhận cuối cùng đã cấp của mỗi đợt đang chạy."))
        self.campaigns = campaigns


def is_empty() -> bool:
    """Whether nobody has used this instance yet."""
    return not Act.objects.exists() and not User.objects.exists()


def running(head: Head) -> list[Told]:
    """The campaigns that gave receipts when the backup was made, and may have given more since."""
    return [each for each in head.campaigns if each.state in State.of_the_running()]


def restore(
    path: Path, *, passphrase: str | None, wanted: Wanted, by: Actor, at: datetime, progress: Progress
) -> Restored:
    """Put the backup back. Not inside a transaction. Raises ``Refused``; then nothing of what is here has changed."""
    checked = check(path, passphrase, progress)
    refuse_other_tables(checked.head)
    if not wanted.replace and not is_empty():
        raise NotEmpty(
            _("Chương trình ở đây đã có dữ liệu. Bạn khôi phục vào một bản mới cài, hoặc thêm --replace để thay thế.")
        )
    unknown = [each for each in running(checked.head) if UUID(each.uid) not in wanted.last_receipts]
    if unknown:
        raise LastReceiptUnknown(unknown)
    each_file(path, passphrase, _keep_file)
    try:
        voided = _rows(path, passphrase, checked.head, wanted, by, at)
    except IntegrityError as error:  # a plain file whose rows somebody changed together with their hashes
        raise damaged() from error
    return Restored(checked, voided)


def _rows(path: Path, passphrase: str | None, head: Head, wanted: Wanted, by: Actor, at: datetime) -> dict[str, int]:
    """All that stands in the one transaction; answers how many receipt numbers are void, by campaign."""
    with acting():
        _lock_and_clear()
        each_table(path, passphrase, _keep_rows)
        _refuse_broken_chain(head, wanted)
        _reset_sequences()
        _leave_behind(at)
        voided = {each.uid: _void(each, wanted, by, at) for each in head.campaigns}
        _keep_backup_row(wanted.before)
        record(
            by=by, at=at, verb="backup.restored", subject_kind="ledger", subject_uid=LEDGER, seen_by=SeenBy.LEAD,
            payload={"anchor": head.anchor, "taken_at": head.at, "voided": voided},
        )  # fmt: skip
    return {uid: count for uid, count in voided.items() if count}


def refuse_other_tables(head: Head) -> None:
    """The tables here must be those of the backup. Raises ``Refused``."""
    ours = {model._meta.app_label for model in kept_models()}
    here = {each for each in MigrationRecorder(connection).applied_migrations() if each[0] in ours}
    there = {(app, name) for app, names in head.migrations.items() for name in names if app in ours}
    if there - here:
        raise from_newer()
    if here - there:
        raise Refused(
            _(
                "Tệp sao lưu do bản %s của chương trình ghi, bảng dữ liệu đã đổi từ đó. "
                "Bạn cài bản ấy, khôi phục, rồi cập nhật."
            )
            % head.version
        )


def _keep_file(sha256: str, content: IO[bytes]) -> None:
    """Into the store, over whatever lies there under this hash; what no longer has its hash is left out."""
    path, digest = storage.new_file(), hashlib.sha256()
    try:
        with path.open("wb") as target:
            while data := content.read(_CHUNK):
                digest.update(data)
                target.write(data)
            target.flush()
            os.fsync(target.fileno())
        if digest.hexdigest() == sha256:
            storage.put(path, path_of(sha256))
    finally:
        path.unlink(missing_ok=True)


def _lock_and_clear() -> None:
    """Nobody writes between the old rows and the new ones."""
    models: list[type[Model]] = [*kept_models(), Session, *hanging_models()]
    tables = [connection.ops.quote_name(model._meta.db_table) for model in models]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
            return
        for table in reversed(tables):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names


def _keep_rows(label: str, lines: list[bytes]) -> None:
    by_label = {model._meta.label: model for model in kept_models()}
    if label not in by_label:
        raise damaged()
    try:
        insert(by_label[label], lines[0], lines[1:])
    except (ValueError, KeyError) as error:
        raise damaged() from error


def _refuse_broken_chain(head: Head, wanted: Wanted) -> None:
    findings = ledger.verify(head.head)
    if findings and not wanted.damaged_chain:
        raise Refused(
            _(
                "Sổ cái trong bản sao lưu không khớp: %s "
                "Bạn dùng bản sao lưu khác, hoặc thêm --damaged nếu chỉ còn bản này."
            )
            % findings[0].sentence
        )


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)


def _leave_behind(at: datetime) -> None:
    """What must not go on from an older moment: mails that may have left since, and the backup that made this file."""
    sentence = _("Chưa gửi thư: dữ liệu được khôi phục từ bản sao lưu. Bạn gửi lại tin này nếu cần.")
    Delivery.objects.open().update(ended_at=at, error=sentence, claim=None, claimed_at=None)
    Message.objects.filter(addressed_at__isnull=True).update(addressed_at=at, error=sentence)
    Job.objects.open().filter(kind__startswith="backups.").update(state="cancelled", ended_at=at, claim=None)


def _void(told: Told, wanted: Wanted, by: Actor, at: datetime) -> int:
    last = wanted.last_receipts.get(UUID(told.uid), told.last)
    return receipts.void_lost(campaign=Campaign.objects.get(uid=told.uid), last=last, by=by, at=at)


def _keep_backup_row(before: Backup | None) -> None:
    """The backup of what was here, made a moment ago, is in no older file."""
    if before is not None:
        before.pk = None
        before.save(force_insert=True)
