"""What is found and seen on a visit: sent by a phone, perhaps twice, perhaps hours later, never lost, never doubled."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Final
from uuid import UUID

from django.core.files import File
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.meetings.common import LONGEST_NOTE, holding_visit, note_visit
from sangkien.appraisal.models import Finding, SiteVisit, VisitCheck, VisitEntry, VisitNote
from sangkien.appraisal.models.visits import LONGEST_KEY
from sangkien.attachments import keeping, metadata
from sangkien.attachments.keeping import Received
from sangkien.attachments.refusal import Refused as FileRefused
from sangkien.initiatives import texts
from sangkien.ledger.canonical import sha256
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor

_LARGEST: Final = 20_000_000
_LONGEST_OFFLINE: Final = timedelta(days=30)  # a phone that lay in a drawer; older moments come from a wrong clock


@dataclass(frozen=True, slots=True)
class Answered:
    """The check as it stands. ``kept_beside``: somebody else had answered it; what came is kept as a note."""

    check: VisitCheck
    kept_beside: VisitNote | None = None


def answer_check(
    visit: SiteVisit, check: UUID, *, finding: str, remark: str, edit_version: int, key: str, by: Actor, at: datetime,
    noted_at: datetime | None = None,
) -> Answered:  # fmt: skip
    """Yes, partly or no with a remark. The same again changes nothing.

    Where somebody else answered meanwhile (``edit_version`` is older) nobody is overwritten: what came later stands
    beside it as a note under ``key``.
    """
    if finding not in Finding.values:
        raise Refused(_("Bạn chọn một trong ba câu trả lời: đúng như báo cáo, đúng một phần, không thấy."))
    told = texts.lines(remark, _("Ghi chú"), LONGEST_NOTE)
    with holding_visit(visit) as row:
        now = VisitCheck.objects.select_for_update().filter(visit=row, uid=check).first()
        if now is None:
            raise Refused(_("Câu hỏi này không còn trong danh mục. Bạn mở lại trang để xem."))
        if (now.finding, now.note) == (finding, told):
            return Answered(now)
        if now.edit_version != edit_version and now.answered_by != by.id:
            beside = _beside(row, now, Finding(finding), told, key=key, by=by, at=at, noted_at=noted_at)
            return Answered(now, beside)
        now.finding, now.note, now.answered_by = finding, told, by.id
        now.answered_at = _moment(noted_at, at)
        now.edit_version += 1
        now.save(update_fields=["finding", "note", "answered_by", "answered_at", "edit_version"])
        _begin(row, at)
        facts = {"check": now.uid, "sha256": sha256(f"{finding}\n{told}"), "version": now.edit_version}
        note_visit(row, "check_answered", by=by, at=at, seen_by=SeenBy.PANEL, facts=facts)
    return Answered(now)


def _beside(
    visit: SiteVisit, check: VisitCheck, finding: Finding, told: str, *, key: str, by: Actor, at: datetime,
    noted_at: datetime | None,
) -> VisitNote:  # fmt: skip
    text = _("Ý kiến khác về “%(question)s”: %(finding)s.") % {"question": check.question, "finding": finding.label}
    return _written(
        visit, key=key, text=f"{text} {told}".strip(), entry=check.entry_id, photo=None, by=by, at=at, noted_at=noted_at
    )


def add_note(
    visit: SiteVisit, *, key: str, text: str, by: Actor, at: datetime, entry: UUID | None = None,
    photo: "File[bytes] | None" = None, noted_at: datetime | None = None,
) -> VisitNote:  # fmt: skip
    """Words or a photo, for one entry or for the whole visit. The same ``key`` again answers the first note.

    The photo is kept without what it tells of place, device and person; such a file is never stored here, not even for
    a moment. Reads the file before its transaction.
    """
    _refuse_key(key)
    told = texts.lines(text, _("Ghi chú"), LONGEST_NOTE)
    if not told and photo is None:
        raise Refused(_("Bạn ghi vài chữ hoặc chọn một ảnh rồi lưu."))
    made = VisitNote.objects.filter(visit=visit, key=key).first()
    if made is not None:
        return made
    received = _cleaned(photo, by=by, at=at) if photo is not None else None
    with holding_visit(visit) as row:
        place = None
        if entry is not None:
            place = VisitEntry.objects.filter(visit=row, entry__uid=entry).values_list("entry", flat=True).first()
            if place is None:
                raise Refused(_("Giải pháp này không thuộc buổi khảo sát. Bạn mở lại trang để xem."))
        return _written(row, key=key, text=told, entry=place, photo=received, by=by, at=at, noted_at=noted_at)


def _refuse_key(key: str) -> None:
    if not 1 <= len(key) <= LONGEST_KEY:
        raise Refused(_("Ghi chú này chưa có mã nên chưa lưu được. Bạn mở lại trang rồi ghi lại."))


def _written(
    visit: SiteVisit, *, key: str, text: str, entry: int | None, photo: Received | None, by: Actor, at: datetime,
    noted_at: datetime | None,
) -> VisitNote:  # fmt: skip
    made = VisitNote.objects.filter(visit=visit, key=key).first()  # the visit is locked: nobody else writes it now
    if made is not None:
        return made
    kept = keeping.attach(photo, by=by, at=at, seen_by=SeenBy.PANEL) if photo is not None else None
    row = VisitNote.objects.create(
        visit=visit, entry_id=entry, text=text, photo=kept, noted_at=_moment(noted_at, at), noted_by=by.id, key=key
    )
    _begin(visit, at)
    facts = {"note": row.uid, "sha256": sha256(text), "photo": photo.sha256 if photo else None}
    note_visit(visit, "noted", by=by, at=at, seen_by=SeenBy.PANEL, facts=facts)
    return row


def remove_note(visit: SiteVisit, uid: UUID, *, by: Actor, at: datetime) -> VisitNote:
    """Out of the minutes, by whoever wrote it; the row stays."""
    with holding_visit(visit) as row:
        there = VisitNote.objects.select_for_update().filter(visit=row, uid=uid, noted_by=by.id).first()
        if there is None:
            raise Refused(_("Bạn chỉ bỏ được ghi chú của mình."))
        if there.removed_at is None:
            there.removed_at = at
            there.save(update_fields=["removed_at"])
            note_visit(row, "note_removed", by=by, at=at, seen_by=SeenBy.PANEL, facts={"note": there.uid})
    return there


def _begin(visit: SiteVisit, at: datetime) -> None:
    """The first thing that was noted begins the visit."""
    if visit.started_at is None:
        visit.started_at = at
        visit.save(update_fields=["started_at"])


def _moment(told: datetime | None, at: datetime) -> datetime:
    """When the phone says it was noted, where that can be."""
    return told if told is not None and at - _LONGEST_OFFLINE <= told <= at else at


_CLEANERS: Final[tuple[tuple[bytes, Callable[[bytes], Iterator[bytes]]], ...]] = (
    (b"\xff\xd8\xff", metadata.jpeg),
    (b"\x89PNG\r\n\x1a\n", metadata.png),
)


def _cleaned(photo: "File[bytes]", *, by: Actor, at: datetime) -> Received:
    if photo.size > _LARGEST:
        raise Refused(_("Ảnh này lớn quá 20 MB. Bạn chụp nhỏ hơn rồi gửi lại."))
    content = BytesIO(b"".join(photo.chunks())).getvalue()
    cleaner = next((each for start, each in _CLEANERS if content.startswith(start)), None)
    try:
        if cleaner is None:
            raise ValueError("no photo whose metadata can be taken away")
        bare = b"".join(cleaner(content))
        return keeping.receive(ContentFile(bare), photo.name or "anh.jpg", by=by, at=at)
    except FileRefused as refused:
        raise Refused(str(refused)) from refused
    except (struct.error, ValueError, IndexError) as damaged:
        raise Refused(_("Chỉ nhận ảnh JPEG, PNG đọc được. Bạn chụp lại rồi gửi.")) from damaged
