"""A member votes; who runs the session counts, and counts again with a reason."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sangkien import ui
from sangkien.accounts.pages import found, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.meetings import votes
from sangkien.appraisal.actions.meetings.votes import Counts
from sangkien.appraisal.models import Choice, SessionItem, SessionKind, VoteMethod
from sangkien.appraisal.views.meetings.common import asked, may_run, refused, session_of, signed
from sangkien.appraisal.views.meetings.forms import CountForm
from sangkien.appraisal.views.meetings.session import ballot_of
from sangkien.appraisal.views.meetings.session_acts import item_of
from sangkien.campaigns.models import Tie
from sangkien.campaigns.queries import current_criteria


@require_POST
@signed_in
def ballot(request: HttpRequest, uid: UUID, item: UUID) -> HttpResponseBase:
    """The own vote, which may be changed until it is counted."""
    room = session_of(request, uid)
    row = item_of(room, item)
    choice = request.POST.get("choice", "")
    if room.own is None or choice not in Choice.values:
        raise Http404
    try:
        votes.cast(
            room.session, row.uid, choice=Choice(choice), member=room.own, by=signed(request, room.session),
            at=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    else:
        ui.tell(
            request, _("Đã nhận phiếu của bạn về giải pháp %s.") % row.entry.code, _("Đổi được cho đến khi kiểm phiếu.")
        )
    return ui.redirect(request, "appraisal:session_live", uid)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def count(request: HttpRequest, uid: UUID, item: UUID) -> HttpResponseBase:
    """From the telephones with one click, or as counted in the room."""
    room = session_of(request, uid)
    row = item_of(room, item)
    found(room.session.kind == SessionKind.COUNCIL)
    verdict = may_run(request, room)
    if not verdict:
        return refused(request, verdict, "session", uid)
    again = row.counted_at is not None
    criteria = current_criteria(room.session.campaign)
    asks_chair = criteria is not None and criteria.vote_tie == Tie.CHAIR
    if request.method == "POST" and "telephones" in request.POST and not again:
        return _from_telephones(request, uid, row)
    form = CountForm(request.POST or None, asks_chair=asks_chair, again=again, initial=_known(row))
    if request.method == "POST" and form.is_valid():
        try:
            _count(request, row, form, again=again)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã kiểm phiếu giải pháp %s.") % row.entry.code)
            return ui.redirect(request, "appraisal:session", uid)
    context = {
        "session": room.session, "campaign": room.session.campaign, "item": row, "again": again,
        "ballot": ballot_of(room, row),
    }  # fmt: skip
    return asked(request, "session_count.html", context, form)


def _known(row: SessionItem) -> dict[str, object]:
    if row.counted_at is None:
        return {"method": VoteMethod.BALLOT, "blank": 0}
    return {"method": row.vote_method, "yes": row.yes, "no": row.no, "blank": row.blank}


def _from_telephones(request: HttpRequest, uid: UUID, row: SessionItem) -> HttpResponseBase:
    try:
        votes.count(row.session, row.uid, method=VoteMethod.HANDS, by=signed(request, row.session), at=timezone.now())
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
        return ui.redirect(request, "appraisal:session_count", uid, row.uid)
    ui.tell(request, _("Đã kiểm phiếu giải pháp %s.") % row.entry.code)
    return ui.redirect(request, "appraisal:session", uid)


def _count(request: HttpRequest, row: SessionItem, form: CountForm, *, again: bool) -> None:
    told = form.cleaned_data
    side = {"yes": True, "no": False}.get(told.get("chair_yes", ""))
    counts = Counts(told["yes"], told["no"], told["blank"], side)
    facts: dict[str, Any] = {"counts": counts, "method": VoteMethod(told["method"])}
    who: dict[str, Any] = {"by": signed(request, row.session), "at": timezone.now()}
    if again:
        votes.count_again(row.session, row.uid, reason=told["reason"], **facts, **who)
    else:
        votes.count(row.session, row.uid, **facts, **who)
