"""Kept files become rows of the queue, with the job that reads them. In one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import IntegrityError
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.attachments import keeping
from sangkien.campaigns.models import Campaign, Participant
from sangkien.importing.mail import Mail
from sangkien.importing.models import Decision, FileState, ImportBatch, ImportedFile, ImportedRow, scope_of
from sangkien.importing.receiving import Incoming, Kept
from sangkien.importing.told import count
from sangkien.intake.models import Channel
from sangkien.jobs import actions as jobs
from sangkien.jobs.models import Job
from sangkien.ledger.canonical import sha256
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record
from sangkien.units.models import Unit

KIND: Final = "importing.read"
_LONGEST_SUBJECT, _LONGEST_SENDER = 500, 300


@dataclass(slots=True)
class Queued:
    """What became of a handing over. ``job`` is none when there is nothing to read."""

    job: Job | None = None
    batches: list[ImportBatch] = field(default_factory=list)
    files: list[ImportedFile] = field(default_factory=list)
    known_mails: int = 0


def hand_over(
    campaign: Campaign, unit: Unit | None, kept: Sequence[Kept], *, token: str, by: Actor, at: datetime, link: str
) -> Queued:
    """The second click of the same ``token`` makes nothing more and answers the same job. ``unit``: whose queue."""
    try:
        return _hand_over(campaign, unit, kept, token, by, at, link)
    except IntegrityError:  # the same file, or the same click, was on its way; now it is seen
        return _hand_over(campaign, unit, kept, token, by, at, link)


def _hand_over(
    campaign: Campaign, unit: Unit | None, kept: Sequence[Kept], token: str, by: Actor, at: datetime, link: str
) -> Queued:
    queued = Queued()
    with acting():
        for number, parcel in enumerate(kept):
            key = _key(campaign, unit, parcel, f"{token}:{number}")
            there = ImportBatch.objects.filter(key=key).first()
            if there is not None:
                queued.batches.append(there)
                queued.known_mails += parcel.mail is not None
                continue
            batch = _batch(campaign, unit, parcel, key, by, at)
            queued.batches.append(batch)
            queued.files += _files(batch, parcel.files, by, at)
        waiting = [each for each in queued.files if each.state == FileState.WAITING]
        if waiting:
            queued.job = jobs.start(
                KIND, key=f"{KIND}:{token}", arguments={"batches": [each.uid for each in queued.batches]}, by=by,
                at=at, title=_("Đọc tệp báo cáo"), doing=_("Đã đọc tệp"), total=len(waiting), link=link,
            )  # fmt: skip
        else:
            queued.job = Job.objects.filter(key=f"{KIND}:{token}").first()
    return queued


def _key(campaign: Campaign, unit: Unit | None, parcel: Kept, click: str) -> str:
    if parcel.mail is None:
        return f"click:{click}"
    identity = sha256(parcel.mail.identity)[:40]
    return f"mail:{campaign.pk}:{scope_of(unit)}:{identity}"


def is_known(mail: Mail, campaigns: Sequence[Campaign]) -> bool:
    """Whether the lead unit's queue of one of these campaigns has the mail, under the key that it came with."""
    identity = sha256(mail.identity)[:40]
    keys = [f"mail:{each.pk}:{scope_of(None)}:{identity}" for each in campaigns]
    return ImportBatch.objects.filter(key__in=keys).exists()


def move(batch: ImportBatch, *, to: Campaign, by: Actor, at: datetime) -> None:
    """The lead unit's person says that a mail, or files handed over together, belong to another campaign. The same
    again changes nothing. Raises ``Refused`` once something was decided, is still read, or is there already.
    """
    with acting():
        held = ImportBatch.objects.select_for_update().select_related("campaign").get(pk=batch.pk)
        if held.unit_id is not None:
            raise ValueError("a unit's own queue belongs to its campaign")
        if held.campaign_id == to.pk:
            return
        files = list(ImportedFile.objects.select_for_update().filter(batch=held).order_by("position"))
        _refuse_move(held, files, to)
        ImportedFile.objects.filter(batch=held).update(campaign=to)
        _ask_units_again(held, to)
        old, held.campaign = held.campaign, to
        held.save(update_fields=["campaign"])
        record(
            by=by, at=at, verb="import.moved", subject_kind="import", subject_uid=held.uid, seen_by=SeenBy.LEAD,
            payload={"from": old.uid, "to": to.uid, "files": len(files)},
        )  # fmt: skip


def _refuse_move(batch: ImportBatch, files: Sequence[ImportedFile], to: Campaign) -> None:
    if any(each.state == FileState.WAITING for each in files):
        raise Refused(_("Tệp còn đang được đọc. Bạn chờ đọc xong rồi chuyển."))
    if ImportedRow.objects.filter(file__batch=batch).exclude(decision=Decision.OPEN).exists():
        raise Refused(_("Có giải pháp của lần nhập này đã xác nhận hoặc đã bỏ nên không chuyển sang đợt khác được."))
    hashes = [each.sha256 for each in files if each.state == FileState.READ]
    there = ImportedFile.objects.filter(campaign=to, scope=scope_of(None), sha256__in=hashes, state=FileState.READ)
    same = there.first()
    if same is not None:
        raise Refused(_("Đợt kia đã có tệp giống hệt, tên “%s”. Bạn xác nhận tệp ấy ở đợt kia.") % same.name)


def _ask_units_again(batch: ImportBatch, to: Campaign) -> None:
    """A unit that the other plan does not ask is asked for again."""
    asked = set(Participant.objects.filter(campaign=to).values_list("unit", flat=True))
    rows = list(ImportedRow.objects.filter(file__batch=batch, unit__isnull=False).exclude(unit__in=asked))
    for row in rows:
        row.unit = None
        count(row, asks_unit=True)
    ImportedRow.objects.bulk_update(rows, ["unit", "question_count", "missing_count"], batch_size=200)


def _batch(campaign: Campaign, unit: Unit | None, parcel: Kept, key: str, by: Actor, at: datetime) -> ImportBatch:
    mail = parcel.mail
    seen_by = SeenBy.LEAD if unit is None else SeenBy.UNIT
    batch = ImportBatch.objects.create(
        campaign=campaign, unit=unit, made_by=by.id, made_at=at, key=key,
        channel=Channel.MAIL if mail else Channel.FILE,
        arrived_at=min(mail.arrived_at, at) if mail and mail.arrived_at else None,
        sender=mail.sender[:_LONGEST_SENDER] if mail else "",
        subject=mail.subject[:_LONGEST_SUBJECT] if mail else "",
        mail=keeping.attach(parcel.mail_file, by=by, at=at, seen_by=seen_by) if parcel.mail_file else None,
    )  # fmt: skip
    record(
        by=by, at=at, verb="import.handed_over", subject_kind="import", subject_uid=batch.uid, seen_by=seen_by,
        payload={"campaign": campaign.uid, "unit": unit and unit.uid, "files": len(parcel.files), "mail": bool(mail)},
    )  # fmt: skip
    return batch


def _files(batch: ImportBatch, incoming: Sequence[Incoming], by: Actor, at: datetime) -> list[ImportedFile]:
    hashes = [each.received.sha256 for each in incoming if each.received]
    there = ImportedFile.objects.filter(
        campaign=batch.campaign, scope=batch.scope, sha256__in=hashes, state__in=[FileState.WAITING, FileState.READ]
    )
    known = {each.sha256: each for each in there}
    made = [_file(batch, position, each, known, by, at) for position, each in enumerate(incoming, start=1)]
    ImportedFile.objects.bulk_create([each for each in made if each.state != FileState.AGAIN])
    again = [each for each in made if each.state == FileState.AGAIN]
    for each in again:
        each.again_of = known[each.sha256]  # which has its key by now
    ImportedFile.objects.bulk_create(again)
    return made


def _file(
    batch: ImportBatch, position: int, each: Incoming, known: dict[str, ImportedFile], by: Actor, at: datetime
) -> ImportedFile:
    """The row, not saved yet; a waiting one is entered among the known."""
    row = ImportedFile(
        batch=batch, campaign=batch.campaign, scope=batch.scope, position=position, name=each.name,
        message=each.refusal, state=FileState.REFUSED,
    )  # fmt: skip
    if each.received is None:
        return row
    row.sha256, row.size = each.received.sha256, each.received.size
    first = known.get(row.sha256)
    if first is not None:
        row.state, row.message = FileState.AGAIN, _("Tệp này giống hệt tệp “%s” đã nhập trong đợt.") % first.name
        return row
    row.state, known[row.sha256] = FileState.WAITING, row
    seen_by = SeenBy.LEAD if batch.unit_id is None else SeenBy.UNIT
    row.attachment = keeping.attach(each.received, by=by, at=at, seen_by=seen_by)
    return row
