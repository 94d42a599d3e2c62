"""Single assignments: to somebody else, given back by the office, taken back, or straight to the council or chair."""

from datetime import date, datetime
from uuid import uuid4

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.appraisal import telling
from sangkien.appraisal.actions.common import (
    finish_where_done,
    holding_assignment,
    is_pending,
    refuse_stage,
    round_of,
)
from sangkien.appraisal.actions.routing import assignment_of, note_made, refuse_conflicts, refuse_past, tell_all
from sangkien.appraisal.models import Assignment, Opinion, Referral, Routing, Target
from sangkien.appraisal.routing.choosing import Place
from sangkien.intake.actions.common import holding, reason_told
from sangkien.intake.models import Entry
from sangkien.intake.moving import note
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor


def give_back(assignment: Assignment, *, reason: str, by: Actor, at: datetime) -> None:
    """ "Không thuộc lĩnh vực của tôi": back to the lead unit, which assigns anew. Raises ``Refused``."""
    why = reason_told(reason, _("Trả lại cần có lý do, để đơn vị đầu mối biết chuyển đi đâu. Bạn ghi lý do."))
    with holding_assignment(assignment) as (entry, row):
        _refuse_filed(row)
        _withdraw(row, at, returned_reason=why)
        _note(entry, "assignment_given_back", row, by, at, {"reason": why})
        telling.given_back(entry, row, at)


def assign(entry: Entry, place: Place, *, due_date: date, by: Actor, at: datetime, reason: str = "") -> Assignment:
    """One more office or person for an entry in appraisal; also settles what was given back by others."""
    refuse_past(due_date, at)
    with holding(entry) as (held,):
        refuse_stage(held)
        return _assign(held, place, due_date, by, at, reason)


def reassign(
    assignment: Assignment, place: Place, *, reason: str, due_date: date, by: Actor, at: datetime
) -> Assignment:
    """To another office or person, with the reason. Raises ``Refused`` where an opinion is in already."""
    why = reason_told(reason, _("Đổi nơi thẩm định cần có lý do. Bạn ghi lý do."))
    refuse_past(due_date, at)
    with holding_assignment(assignment) as (entry, row):
        _refuse_filed(row)
        _withdraw(row, at, withdrawn_reason=why)
        _note(entry, "assignment_withdrawn", row, by, at, {"reason": why})
        return _assign(entry, place, due_date, by, at, why)


def _assign(entry: Entry, place: Place, due_date: date, by: Actor, at: datetime, reason: str) -> Assignment:
    refuse_conflicts([(entry, place)], at)
    number = round_of(entry)
    there = Assignment.objects.current().filter(entry=entry, round=number)
    if there.filter(office=place.office, person=place.person).exists():
        raise Refused(_("Nơi này đang thẩm định giải pháp %s rồi. Bạn chọn nơi khác.") % entry.code)
    routing = Routing.objects.create(campaign=entry.campaign, made_at=at, made_by=by.id)
    row = assignment_of(entry, place, routing, number, due_date, by, at)
    row.save(force_insert=True)
    _settle(entry, number, reason or _("Đã giao nơi khác thẩm định."))
    note_made(routing, [row], [], by=by, at=at)
    tell_all([row], uuid4(), at)
    return row


def withdraw(assignment: Assignment, *, reason: str, by: Actor, at: datetime) -> None:
    """No longer asked of this office, others judge. Raises ``Refused`` for the last one: somebody must judge."""
    why = reason_told(reason, _("Thôi giao thẩm định cần có lý do. Bạn ghi lý do."))
    with holding_assignment(assignment) as (entry, row):
        _refuse_filed(row)
        others = Assignment.objects.current().filter(entry=entry, round=row.round).exclude(pk=row.pk)
        if not others.exists():
            raise Refused(_("Đây là nơi duy nhất thẩm định giải pháp %s. Bạn chọn nơi khác thay.") % entry.code)
        _withdraw(row, at, withdrawn_reason=why)
        _note(entry, "assignment_withdrawn", row, by, at, {"reason": why})
        finish_where_done([entry], by=by, at=at)


def leave_given_back(assignment: Assignment, *, reason: str, by: Actor, at: datetime) -> None:
    """What an office gave back needs nobody in its place. Raises ``Refused`` where nobody else judges."""
    why = reason_told(reason, _("Bạn ghi lý do vì sao không cần nơi khác thẩm định."))
    with holding(assignment.entry) as (entry,):
        refuse_stage(entry)
        row = Assignment.objects.get(pk=assignment.pk)
        if not is_pending(row):
            raise Refused(_("Việc này đã được xử lý. Bạn mở lại trang để xem."))
        if not Assignment.objects.current().filter(entry=entry, round=row.round).exists():
            raise Refused(_("Không còn nơi nào thẩm định giải pháp %s. Bạn chọn nơi khác thay.") % entry.code)
        _settle(entry, row.round, why)
        _note(entry, "assignment_withdrawn", row, by, at, {"reason": why})
        finish_where_done([entry], by=by, at=at)


def refer(entry: Entry, target: Target, *, reason: str, by: Actor, at: datetime) -> Referral:
    """Straight to the council or the chair, where no office is left to judge. Opinions that are in stay beside it."""
    why = reason_told(reason, _("Chuyển thẳng cần có lý do, lý do được in vào văn bản. Bạn ghi lý do."))
    with holding(entry) as (held,):
        refuse_stage(held)
        number = round_of(held)
        if Referral.objects.filter(entry=held, round=number, withdrawn_at__isnull=True).exists():
            raise Refused(_("Giải pháp %s đã được chuyển thẳng rồi. Bạn mở lại trang để xem.") % held.code)
        routing = Routing.objects.create(campaign=held.campaign, made_at=at, made_by=by.id)
        row = Referral.objects.create(
            entry=held, routing=routing, round=number, target=target, reason=why, made_at=at, made_by=by.id
        )
        _settle(held, number, why)
        filed = Opinion.objects.filed().values("assignment")
        unfiled = Assignment.objects.current().filter(entry=held, round=number).exclude(pk__in=filed)
        unfiled.update(withdrawn_at=at, withdrawn_reason=why)
        note_made(routing, [], [row], by=by, at=at)
        finish_where_done([held], by=by, at=at)
    return row


def _refuse_filed(row: Assignment) -> None:
    if Opinion.objects.filed().filter(assignment=row).exists():
        raise Refused(_("Nơi này đã gửi ý kiến thẩm định nên không đổi được nữa."))


def _withdraw(row: Assignment, at: datetime, **why: str) -> None:
    if not Assignment.objects.current().filter(pk=row.pk).update(withdrawn_at=at, **why):
        raise Refused(_("Có người vừa xử lý giải pháp này. Bạn mở lại trang để xem."))


def _settle(entry: Entry, number: int, reason: str) -> None:
    """What was given back and waited for somebody else waits no longer."""
    given_back = Assignment.objects.filter(entry=entry, round=number, withdrawn_at__isnull=False, withdrawn_reason="")
    given_back.exclude(returned_reason="").update(withdrawn_reason=reason)


def _note(entry: Entry, verb: str, row: Assignment, by: Actor, at: datetime, facts: dict[str, object]) -> None:
    note(entry, verb, by=by, at=at, seen_by=SeenBy.PANEL, facts={"assignment": row.uid, **facts})
