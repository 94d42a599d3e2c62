"""The page on a phone at the place, and the door through which it sends one thing after another."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.meetings import noting
from sangkien.appraisal.meetings import VisitRoom
from sangkien.appraisal.models import Finding, VisitCheck, VisitNote
from sangkien.appraisal.rules import meetings as rules
from sangkien.appraisal.views.meetings.common import new_key, refused, signed, visit_of
from sangkien.appraisal.views.meetings.visit import notes_of, parts_of
from sangkien.attachments.refusal import Refused as FileRefused
from sangkien.attachments.serving import serve


@require_safe
@signed_in
def on_the_spot(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """All entries of the visit on one page, so that nothing more is loaded where there is no line."""
    room, actor = visit_of(request, uid), actor_of(request)
    verdict = rules.may_note(actor, room.visit, room.people)
    if not verdict:
        return refused(request, verdict, "visit", uid)
    parts = [each for each in parts_of(room) if not each.hidden]
    context = {
        "visit": room.visit, "campaign": room.visit.campaign, "parts": parts, "findings": Finding.choices,
        "general": [each for each in notes_of(room) if each.entry_id is None], "sees_all": room.sees_all,
        "mine": signed(request, room.visit).id, "keys": [new_key() for _part in (*parts, None)],
    }  # fmt: skip
    return page(request, "appraisal/meetings/spot.html", context=context)


@require_POST
@signed_in
def send(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """One answer or one note. A script gets JSON; a plain form its page again. The same thing twice is one.

    409: the visit is over, keep it on the phone; 422: will never be taken, and why.
    """
    room, actor = visit_of(request, uid), actor_of(request)
    verdict = rules.may_note(actor, room.visit, room.people)
    if not verdict:
        return _answer(request, room, HTTPStatus.CONFLICT, verdict.reason)
    try:
        told = _take(request, room)
    except (Refused, FileRefused) as refusal:
        return _answer(request, room, HTTPStatus.UNPROCESSABLE_ENTITY, str(refusal))
    return _answer(request, room, HTTPStatus.OK, "", told)


def _take(request: HttpRequest, room: VisitRoom) -> dict[str, object]:
    facts, visit = request.POST, room.visit
    by, at = signed(request, visit), timezone.now()
    noted_at = _moment(facts.get("noted_at", ""))
    shown = {str(each.entry.uid): each.entry_id for each in room.shown}
    if facts.get("check"):
        check = VisitCheck.objects.filter(visit=visit, entry__in=shown.values(), uid=_uid(facts["check"])).first()
        if check is None:
            raise Refused(_("Câu hỏi này không còn trong danh mục. Bạn mở lại trang để xem."))
        answered = noting.answer_check(
            visit, check.uid, finding=facts.get("finding", ""), remark=facts.get("remark", ""),
            edit_version=_whole(facts.get("edit_version", "")), key=facts.get("key", ""), by=by, at=at,
            noted_at=noted_at,
        )  # fmt: skip
        beside = answered.kept_beside is not None
        return {"edit_version": answered.check.edit_version, "beside": beside, "finding": answered.check.finding}
    entry = facts.get("entry", "")
    if entry and entry not in shown:
        raise Refused(_("Giải pháp này không thuộc buổi khảo sát. Bạn mở lại trang để xem."))
    note = noting.add_note(
        visit, key=facts.get("key", ""), text=facts.get("text", ""), entry=UUID(entry) if entry else None,
        photo=request.FILES.get("photo"), by=by, at=at, noted_at=noted_at,
    )  # fmt: skip
    return {"note": str(note.uid)}


def _answer(
    request: HttpRequest, room: VisitRoom, status: HTTPStatus, sentence: str, told: Mapping[str, object] | None = None
) -> HttpResponse:
    if request.headers.get("X-Spot"):
        return JsonResponse({"sentence": sentence, **(told or {})}, status=status)
    if sentence:
        ui.tell(request, sentence, tone="late")
    elif told and told.get("beside"):
        ui.tell(
            request, _("Người khác đã trả lời câu này."), _("Câu trả lời của bạn được giữ bên cạnh, thành một ghi chú.")
        )
    else:
        ui.tell(request, _("Đã ghi."))
    return ui.redirect(request, "appraisal:visit_spot", room.visit.uid)


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(_("Câu hỏi này không còn trong danh mục. Bạn mở lại trang để xem.")) from None


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _moment(text: str) -> datetime | None:
    try:
        told = parse_datetime(text)
    except ValueError:
        return None
    return told if told is not None and told.tzinfo is not None else None


@require_POST
@signed_in
def remove(request: HttpRequest, uid: UUID, note: UUID) -> HttpResponseBase:
    """Out of the minutes, by who wrote it."""
    room, actor = visit_of(request, uid), actor_of(request)
    found(rules.may_note(actor, room.visit, room.people))
    try:
        noting.remove_note(room.visit, note, by=signed(request, room.visit), at=timezone.now())
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    else:
        ui.tell(request, _("Đã bỏ ghi chú."))
    return ui.redirect(request, "appraisal:visit_spot", uid)


@require_safe
@signed_in
def photo(request: HttpRequest, uid: UUID, note: UUID) -> HttpResponseBase:
    """A photo of the visit, for who may read the note."""
    room = visit_of(request, uid)
    readable = {each.pk for each in notes_of(room)}
    row = get_object_or_404(VisitNote.objects.select_related("photo__blob"), visit=room.visit, uid=note)
    if row.pk not in readable or row.photo is None:
        raise Http404
    try:
        return serve(row.photo, inline=True)
    except FileNotFoundError:
        raise Http404 from None
