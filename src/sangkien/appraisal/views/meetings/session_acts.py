"""What is done while a session is on: attendance, one entry after another, who leaves, what is said, its end."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sangkien import ui
from sangkien.accounts.pages import found, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.meetings import sessions
from sangkien.appraisal.meetings import SessionRoom
from sangkien.appraisal.models import SessionItem
from sangkien.appraisal.views.meetings.common import asked, done, may_run, refused, session_of, signed
from sangkien.appraisal.views.meetings.forms import EndForm, ItemForm

_BOTH = ["GET", "HEAD", "POST"]


@require_POST
@signed_in
def announce(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Every unit is told its own time."""
    room = session_of(request, uid)
    found(may_run(request, room))
    by, at = signed(request, room.session), timezone.now()
    return done(
        request,
        lambda: sessions.announce(room.session, by=by, at=at),
        _("Đã báo các đơn vị giờ trình bày."),
        "session",
        uid,
    )


@require_http_methods(_BOTH)
@signed_in
def attendance(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Who of the panel is there."""
    room = session_of(request, uid)
    verdict = may_run(request, room)
    found(room.members)
    if not verdict:
        return refused(request, verdict, "session", uid)
    if request.method == "POST":
        present = {each.uid: str(each.uid) in request.POST.getlist("there") for each in room.members}
        reasons = {each.uid: request.POST.get(f"why-{each.uid}", "") for each in room.members}
        by, at = signed(request, room.session), timezone.now()
        return done(
            request,
            lambda: sessions.take_attendance(room.session, present=present, reasons=reasons, by=by, at=at),
            _("Đã ghi điểm danh."), "session", uid,
        )  # fmt: skip
    rows = [
        (each, vars(each).get("unit_name"), _is_ticked(room, each.pk), _why(room, each.pk)) for each in room.members
    ]
    context = {"session": room.session, "campaign": room.session.campaign, "rows": rows}
    return asked(request, "session_attendance.html", context, EndForm())


def _is_ticked(room: SessionRoom, member: int) -> bool:
    seat = room.attendance.get(member)
    return seat is None or seat.present


def _why(room: SessionRoom, member: int) -> str:
    seat = room.attendance.get(member)
    return seat.reason if seat is not None else ""


@require_POST
@signed_in
def begin(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The session is opened."""
    room = session_of(request, uid)
    found(may_run(request, room))
    by, at = signed(request, room.session), timezone.now()
    return done(request, lambda: sessions.begin(room.session, by=by, at=at), _("Phiên đã bắt đầu."), "session", uid)


@require_POST
@signed_in
def go_on(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """What runs ends, the next one begins; ``after``: what this page showed as running."""
    room = session_of(request, uid)
    found(may_run(request, room))
    by, at = signed(request, room.session), timezone.now()
    try:
        after, to = _maybe(request.POST.get("after", "")), _maybe(request.POST.get("to", ""))
    except ValueError:
        raise Http404 from None
    try:
        sessions.go_on(room.session, after=after, to=to, by=by, at=at)
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    return ui.redirect(request, "appraisal:session", uid)


def _maybe(text: str) -> UUID | None:
    return UUID(text) if text else None


@require_http_methods(_BOTH)
@signed_in
def end(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The session is closed with its conclusion."""
    room = session_of(request, uid)
    verdict = may_run(request, room)
    if not verdict:
        return refused(request, verdict, "session", uid)
    form = EndForm(request.POST or None, initial={"conclusion": room.session.conclusion})
    if request.method == "POST" and form.is_valid():
        by, at = signed(request, room.session), timezone.now()
        try:
            sessions.end_session(room.session, conclusion=form.cleaned_data["conclusion"], by=by, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Phiên đã kết thúc."), _("Việc tiếp theo: lập biên bản để ký."))
            return ui.redirect(request, "appraisal:session", uid)
    context = {
        "session": room.session, "campaign": room.session.campaign,
        "left": sum(each.started_at is None for each in room.items), "heading": _("Kết thúc phiên"),
    }  # fmt: skip
    return asked(request, "session_end.html", context, form)


def item_of(room: SessionRoom, uid: UUID) -> SessionItem:
    """The item of an address; "not found" for who keeps out of its entry."""
    item = next((each for each in room.items if each.uid == uid and each.entry_id not in room.hidden), None)
    if item is None:
        raise Http404
    return item


@require_http_methods(_BOTH)
@signed_in
def item(request: HttpRequest, uid: UUID, item: UUID) -> HttpResponseBase:
    """What was said about an entry."""
    room = session_of(request, uid)
    row = item_of(room, item)
    verdict = may_run(request, room)
    if not verdict:
        return refused(request, verdict, "session", uid)
    form = ItemForm(request.POST or None, initial={"presenter": row.presenter, "note": row.note})
    if request.method == "POST" and form.is_valid():
        told = {"text": form.cleaned_data["note"], "presenter": form.cleaned_data["presenter"]}
        by, at = signed(request, room.session), timezone.now()
        try:
            sessions.write_note(room.session, row.uid, **told, by=by, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã ghi diễn biến."))
            return ui.redirect(request, "appraisal:session", uid)
    context = {"session": room.session, "campaign": room.session.campaign, "item": row}
    return asked(request, "session_item.html", context, form)


@require_POST
@signed_in
def room(request: HttpRequest, uid: UUID, item: UUID) -> HttpResponseBase:
    """A member leaves the room, or comes back."""
    there = session_of(request, uid)
    row = item_of(there, item)
    found(may_run(request, there))
    try:
        member = UUID(request.POST.get("member", ""))
    except ValueError:
        raise Http404 from None
    by, at = signed(request, there.session), timezone.now()
    if "back" in request.POST:
        return done(
            request, lambda: sessions.come_back(there.session, row.uid, member=member, by=by, at=at),
            _("Đã ghi vào lại phòng họp."), "session", uid,
        )  # fmt: skip
    reason = request.POST.get("reason", "") or _("Có việc riêng")
    return done(
        request, lambda: sessions.leave_room(there.session, row.uid, member=member, reason=reason, by=by, at=at),
        _("Đã ghi rời phòng họp."), "session", uid,
    )  # fmt: skip
