"""What a person does with what was read: correct it, answer, leave it out, confirm it. Nothing else makes it count."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final

from django.core.files import File
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.attachments import storage
from sangkien.attachments.models import Attachment
from sangkien.campaigns.models import Campaign, Participant, ReformField
from sangkien.importing.models import LONGEST_REASON, Decision, FileState, ImportedFile, ImportedRow
from sangkien.importing.told import FIELDS, PARTS, TITLE, UNIT, Standing, count
from sangkien.initiatives import texts
from sangkien.initiatives.models import Part
from sangkien.intake.actions import drafting, sending
from sangkien.intake.models import Channel, Entry, Receipt
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record
from sangkien.papers import issuing
from sangkien.papers.issuing import Arrival
from sangkien.papers.kinds import Kind, notation_key
from sangkien.papers.models import Channel as PaperChannel
from sangkien.papers.models import Paper
from sangkien.papers.refusal import Refused as PaperRefused
from sangkien.units.models import Unit

MOST_ADDED: Final = 200
_ANSWERED: Final = frozenset({UNIT, TITLE, FIELDS, *PARTS})


@contextmanager
def _holding(file: ImportedFile) -> Iterator[ImportedFile]:
    """The file FOR UPDATE in the transaction of an act: two people on one file wait for one another."""
    with acting():
        locked = ImportedFile.objects.select_for_update(of=("self",))
        yield locked.select_related("campaign", "batch__unit", "attachment__blob").get(pk=file.pk)


def _open_row(file: ImportedFile, number: int) -> ImportedRow:
    row = ImportedRow.objects.filter(file=file, number=number).select_related("unit").get()
    if row.decision == Decision.TAKEN:
        raise Refused(_("Giải pháp này đã được xác nhận nên không sửa ở đây nữa. Bạn sửa ở trang của giải pháp."))
    return row


def correct(file: ImportedFile, number: int, told: Mapping[str, str | Sequence[str] | None]) -> ImportedRow:
    """Put other words in the place of what was read; ``fields`` are codes, an empty text says that there is none.

    Raises ``Refused`` when a text is too long. The same again changes nothing.
    """
    tidied = {name: _tidied(name, value) for name, value in told.items()}
    with _holding(file) as held:
        row = _open_row(held, number)
        changes = row.changes()
        changes.update(tidied)
        row.corrected = json.dumps(changes, ensure_ascii=False)
        answered = {name for name, value in tidied.items() if value}
        row.unclear = " ".join(name for name in row.unclear.split() if name not in answered)
        _save(row, held)
    return row


def _save(row: ImportedRow, file: ImportedFile) -> None:
    count(row, asks_unit=file.batch.unit_id is None)
    row.save(update_fields=["corrected", "unclear", "unit", "question_count", "missing_count"])


def _tidied(name: str, value: str | Sequence[str] | None) -> Any:
    if name == FIELDS:
        return list(value) if value else None
    text = value if isinstance(value, str) else ""
    return texts.part(Part(name), text) or None


def say_unclear(file: ImportedFile, number: int, name: str) -> ImportedRow:
    """The person looked and cannot tell either: the question is answered, the part stays empty."""
    if name not in _ANSWERED:
        raise Refused(_("Không có câu hỏi này. Bạn mở lại trang."))
    with _holding(file) as held:
        row = _open_row(held, number)
        row.unclear = " ".join(dict.fromkeys([*row.unclear.split(), name]))
        _save(row, held)
    return row


def choose_unit(file: ImportedFile, number: int, unit: Unit) -> ImportedRow:
    """Whose solution it is; a unit of the plan. In a unit's own queue there is nothing to choose."""
    with _holding(file) as held:
        if held.batch.unit_id is not None:
            raise Refused(_("Tệp nhập ở trang của đơn vị nên giải pháp là của đơn vị ấy."))
        if not Participant.objects.filter(campaign=held.campaign, unit=unit).exists():
            raise Refused(_("Đơn vị này không có trong danh sách của kế hoạch. Bạn chọn đơn vị khác."))
        row = _open_row(held, number)
        row.unit = unit
        row.unclear = " ".join(name for name in row.unclear.split() if name != UNIT)
        _save(row, held)
    return row


def add_row(file: ImportedFile) -> ImportedRow:
    """An empty solution beside the original, to be filled by hand: for what the reader did not recognise."""
    with _holding(file) as held:
        last = ImportedRow.objects.filter(file=held).aggregate(last=Max("number"))["last"] or 0
        if ImportedRow.objects.filter(file=held, read="{}").count() >= MOST_ADDED:
            raise Refused(_("Đã thêm quá nhiều giải pháp trống vào tệp này. Bạn điền các giải pháp đã thêm trước."))
        row = ImportedRow(file=held, number=last + 1, unit=held.batch.unit)
        count(row, asks_unit=held.batch.unit_id is None)
        row.save(force_insert=True)
    return row


def leave_out(file: ImportedFile, numbers: Iterable[int], *, reason: str, by: Actor, at: datetime) -> int:
    """These open solutions are not taken, with the reason. Answers how many there were."""
    why = texts.line(reason, LONGEST_REASON, _("Lý do"))
    if not why:
        raise Refused(_("Bạn ghi ngắn gọn vì sao không lấy, để sau này còn biết."))
    with _holding(file) as held:
        there = ImportedRow.objects.filter(file=held, number__in=list(numbers), decision=Decision.OPEN)
        rows = list(there.values_list("number", flat=True))
        there.update(decision=Decision.LEFT_OUT, reason=why, decided_by=by.id, decided_at=at)
        if rows:
            _note(held, "left_out", by, at, {"rows": rows, "reason": why})
    return len(rows)


def take_back(file: ImportedFile, number: int, *, by: Actor, at: datetime) -> None:
    """A solution that was left out waits for a decision again."""
    with _holding(file) as held:
        there = ImportedRow.objects.filter(file=held, number=number, decision=Decision.LEFT_OUT)
        if there.update(decision=Decision.OPEN, reason="", decided_by="", decided_at=None):
            _note(held, "taken_back", by, at, {"rows": [number]})


@dataclass(frozen=True, slots=True)
class Letter:
    """The unit's letter with the report. ``scan``: its file, where it is not the imported one."""

    number: int
    notation: str
    issued_date: date
    scan: "File[bytes] | None" = None


def confirm_as_drafts(file: ImportedFile, numbers: Iterable[int], *, by: Actor, at: datetime) -> list[Entry]:
    """The unit's own queue: each solution becomes a draft of the unit, with the file as its origin.

    Nothing is sent. Raises ``Refused`` where a question is open.
    """
    with _holding(file) as held:
        unit = held.batch.unit
        if unit is None:
            raise ValueError("only a unit's own queue becomes drafts")
        standings = _ready(held, numbers)
        made = [_entry(held, each, unit, by, at, opened_by_lead=False) for each in standings]
        _decide(held, standings, made, by, at)
    return made


def record_arrived(
    file: ImportedFile, numbers: Iterable[int], *, arrived_at: datetime, channel: Channel, letter: Letter | None,
    by: Actor, at: datetime, token: str,
) -> list[Receipt]:  # fmt: skip
    """The lead unit's queue: what came outside the program is recorded as it arrived, a receipt for each unit.

    The file itself is the proof. A letter belongs to one unit. ``token``: of the click. Raises ``Refused``.
    """
    chosen = list(numbers)
    if arrived_at > at:
        raise Refused(_("Ngày đến muộn hơn bây giờ. Bạn xem lại ngày đến."))
    ready = _ready(file, chosen)
    paper = _paper(file, ready, letter, arrived_at, channel, by, at) if letter else None
    receipts = []
    with _holding(file) as held:
        standings = _ready(held, chosen)
        pairs = []
        for unit, group in _by_unit(standings):
            entries = [_entry(held, each, unit, by, at, opened_by_lead=True) for each in group]
            pairs += list(zip(group, entries, strict=True))
            receipt = sending.record_sending(
                held.campaign, unit, entries, arrived_at=arrived_at, channel=channel, by=by, at=at,
                key=f"import:{token}:{unit.pk}", letter=paper, file=_original(held),
            )  # fmt: skip
            receipts.append(receipt)
        _decide(held, [each for each, _entry in pairs], [entry for _each, entry in pairs], by, at)
    return receipts


def _ready(file: ImportedFile, numbers: Iterable[int]) -> list[Standing]:
    """The open rows of these numbers. Raises ``Refused`` when there is none, or when one still asks."""
    asks_unit = file.batch.unit_id is None
    open_ = ImportedRow.objects.filter(file=file, number__in=list(numbers), decision=Decision.OPEN)
    standings = [
        Standing.of(row, asks_unit=asks_unit) for row in open_.select_related("unit", "entry").order_by("number")
    ]
    if not standings:
        raise Refused(_("Chưa chọn giải pháp nào chờ xác nhận. Có thể bạn hoặc đồng nghiệp vừa xác nhận rồi."))
    waiting = [each.row.number for each in standings if each.stops]
    if waiting:
        raise Refused(
            _("Còn chỗ cần bạn trả lời ở giải pháp thứ %s của tệp. Bạn trả lời, hoặc bỏ chọn giải pháp ấy.")
            % ", ".join(map(str, waiting[:20]))
        )
    return standings


def _by_unit(standings: Sequence[Standing]) -> Iterator[tuple[Unit, list[Standing]]]:
    units = {each.row.unit_id: each.row.unit for each in standings}
    ordered = sorted(standings, key=lambda each: (each.row.unit_id or 0, each.row.number))
    for key, group in groupby(ordered, key=lambda each: each.row.unit_id):
        unit = units[key]
        assert unit is not None  # ``stops`` names rows without one
        yield unit, list(group)


def _entry(
    file: ImportedFile, standing: Standing, unit: Unit, by: Actor, at: datetime, *, opened_by_lead: bool
) -> Entry:
    return drafting.start(
        file.campaign, unit, told=standing.told(_field_codes(file.campaign)), by=by, at=at,
        key=f"import:{standing.row.uid}", read_from=_original(file), opened_by_lead=opened_by_lead,
    )  # fmt: skip


def _field_codes(campaign: Campaign) -> frozenset[str]:
    return frozenset(ReformField.objects.filter(campaign=campaign).values_list("code", flat=True))


def _original(file: ImportedFile) -> Attachment:
    if file.attachment is None or file.state != FileState.READ:
        raise Refused(_("Tệp này chưa được giữ và đọc trọn vẹn. Bạn nhập lại tệp."))
    return file.attachment


def _decide(
    file: ImportedFile, standings: Sequence[Standing], entries: Sequence[Entry], by: Actor, at: datetime
) -> None:
    for each, entry in zip(standings, entries, strict=True):
        each.row.decision, each.row.entry, each.row.decided_by, each.row.decided_at = Decision.TAKEN, entry, by.id, at
    fields = ["decision", "entry", "decided_by", "decided_at"]
    ImportedRow.objects.bulk_update([each.row for each in standings], fields, batch_size=200)
    _note(
        file,
        "confirmed",
        by,
        at,
        {"rows": {str(each.row.number): entry.uid for each, entry in zip(standings, entries, strict=True)}},
    )


def _note(file: ImportedFile, verb: str, by: Actor, at: datetime, facts: Mapping[str, object]) -> None:
    record(
        by=by, at=at, verb=f"import.{verb}", subject_kind="imported_file", subject_uid=file.uid,
        seen_by=SeenBy.LEAD if file.batch.unit_id is None else SeenBy.UNIT,
        payload={"sha256": file.sha256, **facts},
    )  # fmt: skip


_BY_CHANNEL: Final = {
    Channel.MAIL: PaperChannel.MAIL,
    Channel.DOCUMENT_SYSTEM: PaperChannel.DOCUMENT_SYSTEM,
    Channel.WEB: PaperChannel.WEB,
}


def _paper(
    file: ImportedFile, ready: Sequence[Standing], letter: Letter, arrived_at: datetime, channel: Channel, by: Actor,
    at: datetime,
) -> Paper:  # fmt: skip
    """The letter as a paper of the unit; the one that an earlier try has recorded. Reads files: no transaction yet."""
    units = {each.row.unit_id: each.row.unit for each in ready}
    if len(units) != 1:
        raise Refused(_("Công văn là của một đơn vị, mà các giải pháp đã chọn là của nhiều đơn vị. Bạn ghi riêng."))
    (unit,) = units.values()
    assert unit is not None  # ``_ready`` lets through only rows with one
    there = Paper.objects.numbered(unit, letter.issued_date.year, notation_key(letter.notation), letter.number).first()
    if there is not None:
        return there
    with storage.store().open(_original(file).blob.path, "rb") as kept:
        original = File(kept, name=file.name)
        try:
            return issuing.record(
                kind=Kind.OFFICIAL_LETTER, issuer=unit, number=letter.number, notation=letter.notation,
                issued_date=letter.issued_date, summary=_("Báo cáo giải pháp của đơn vị"),
                files=[letter.scan or original], by=by, at=at,
                arrival=Arrival(timezone.localdate(arrived_at), _BY_CHANNEL.get(channel, PaperChannel.PAPER)),
            )  # fmt: skip
        except PaperRefused as refused:
            raise Refused(str(refused)) from refused
