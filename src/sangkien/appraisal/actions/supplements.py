"""What an office asks the unit while it appraises, and the answer; both stand beside the frozen text."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.appraisal import telling
from sangkien.appraisal.actions.common import holding_assignment
from sangkien.appraisal.actions.opinions import mark_opened
from sangkien.appraisal.actions.routing import refuse_past
from sangkien.appraisal.models import Assignment, SupplementFile, SupplementRequest
from sangkien.attachments.models import Attachment
from sangkien.initiatives import texts
from sangkien.intake.actions.common import holding, reason_told
from sangkien.intake.moving import note
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor
from sangkien.papers.models import Paper

LONGEST_ANSWER = 20_000
MOST_FILES = 20


def ask(
    assignment: Assignment, *, question: str, due_date: date, by: Actor, at: datetime, key: str = ""
) -> SupplementRequest:
    """A question to the unit. The second click of the same ``key`` answers the first. Raises ``Refused``."""
    told = reason_told(question, _("Bạn ghi điều cần đơn vị làm rõ, để đơn vị biết phải trả lời gì."))
    refuse_past(due_date, at)
    try:
        with holding_assignment(assignment) as (entry, row):
            first = SupplementRequest.objects.filter(key=key).first() if key else None
            if first is not None:
                return first
            mark_opened(row, at=at)
            made = SupplementRequest.objects.create(
                assignment=row, question=told, due_date=due_date, asked_at=at, asked_by=by.id, key=key
            )
            facts: dict[str, object] = {"request": made.uid, "due_date": due_date}
            note(entry, "supplement_asked", by=by, at=at, seen_by=SeenBy.PANEL, facts=facts)
            telling.supplement_asked(entry, made, at)
    except IntegrityError:
        there = SupplementRequest.objects.filter(key=key).first() if key else None
        if there is None:
            raise
        return there
    return made


def withdraw(request: SupplementRequest, *, by: Actor, at: datetime) -> None:
    """The question needs no answer any more; a second click does nothing. Raises ``Refused`` once it is answered."""
    with holding(request.assignment.entry) as (entry,):
        open_one = SupplementRequest.objects.filter(pk=request.pk, answered_at__isnull=True)
        if not open_one.exists():
            raise Refused(_("Đơn vị đã trả lời nên không thu hồi câu hỏi được."))
        if open_one.filter(withdrawn_at__isnull=True).update(withdrawn_at=at):
            facts: dict[str, object] = {"request": request.uid}
            note(entry, "supplement_withdrawn", by=by, at=at, seen_by=SeenBy.PANEL, facts=facts)


def answer(
    request: SupplementRequest, *, text: str, files: Sequence[Attachment] = (), by: Actor, at: datetime,
    paper: Paper | None = None,
) -> SupplementRequest:  # fmt: skip
    """The unit's answer, once; ``paper``: the letter from which the lead unit recorded it. Raises ``Refused``."""
    told = texts.lines(text, _("Trả lời"), LONGEST_ANSWER)
    if not told:
        raise Refused(_("Bạn ghi câu trả lời rồi gửi; tệp kèm theo chỉ là minh chứng."))
    if len(files) > MOST_FILES:
        raise Refused(_("Mỗi lần trả lời kèm nhiều nhất %d tệp. Bạn gộp các tệp lại.") % MOST_FILES)
    with holding(request.assignment.entry) as (entry,):
        open_one = SupplementRequest.objects.filter(pk=request.pk, answered_at__isnull=True, withdrawn_at__isnull=True)
        facts = {"answer": told, "answered_at": at, "answered_by": by.id, "recorded_from": paper}
        if not open_one.update(**facts):
            raise Refused(_("Câu hỏi này đã được trả lời hoặc đã thu hồi. Bạn mở lại trang để xem."))
        row = SupplementRequest.objects.select_related(
            "assignment__office", "assignment__person", "assignment__entry"
        ).get(pk=request.pk)
        SupplementFile.objects.bulk_create([SupplementFile(request=row, attachment=each) for each in files])
        said: dict[str, object] = {
            "request": row.uid, "files": sorted(each.blob_id for each in files), "recorded": paper is not None,
        }  # fmt: skip
        note(entry, "supplement_answered", by=by, at=at, seen_by=SeenBy.UNIT, facts=said)
        telling.supplement_answered(entry, row, at)
    return row
