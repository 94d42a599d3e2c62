"""Invitation and minutes: written, given out as files, handed in signed, or recorded when they were made on paper."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.meetings import minutes as acts
from sangkien.appraisal.actions.meetings.minutes import Meeting
from sangkien.appraisal.meetings import SessionRoom, VisitRoom
from sangkien.appraisal.models import SiteVisit
from sangkien.appraisal.rules import meetings as rules
from sangkien.appraisal.views.meetings.common import for_units, may_run, session_of, signed, visit_of
from sangkien.appraisal.views.meetings.forms import PaperForm, SignedForm
from sangkien.attachments.serving import serve
from sangkien.intake.papers.naming import names_of
from sangkien.papers.models import Paper, PaperFile, State
from sangkien.units.models import Unit

_BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(_BOTH)
@signed_in
def visit_invitation(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The giấy mời to the unit that is visited."""
    room = visit_of(request, uid)
    found(rules.may_arrange(actor_of(request), room.visit.campaign, room.visit.office))
    return _paper_page(request, room.visit, "invitation")


@require_http_methods(_BOTH)
@signed_in
def visit_minutes(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The biên bản of a visit: for who may see all of it."""
    room = visit_of(request, uid)
    found(room.sees_all and rules.may_keep_visit_minutes(actor_of(request), room.visit, room.people))
    return _paper_page(request, room.visit, "minutes")


@require_http_methods(_BOTH)
@signed_in
def session_invitation(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The giấy mời to the units that present."""
    room = session_of(request, uid)
    found(may_run(request, room))
    return _paper_page(request, room.session, "invitation")


@require_http_methods(_BOTH)
@signed_in
def session_minutes(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The biên bản of a session: for who may see all of it."""
    room = session_of(request, uid)
    found(room.sees_all and may_run(request, room))
    return _paper_page(request, room.session, "minutes")


def _paper_page(request: HttpRequest, meeting: Meeting, role: str) -> HttpResponseBase:
    """Three forms on one page, told apart by their button: ``write``, ``sign``, ``record``."""
    paper: Paper | None = getattr(meeting, role)
    issuers = _issuers(meeting)
    write = PaperForm(
        request.POST if "write" in request.POST else None, issuers=[(str(each.pk), name) for each, name in issuers],
        signed=role == "invitation", initial={"issuer": str(acts.issuer_of(meeting).pk)},
    )  # fmt: skip
    sign = SignedForm(*_given(request, "sign"), prefix="sign", initial=_known(paper))
    record = SignedForm(*_given(request, "record"), prefix="record", initial=_known(None))
    if request.method == "POST":
        answer = _acted(request, meeting, role, {"write": write, "sign": sign, "record": record}, issuers)
        if answer is not None:
            return answer
        paper = getattr(meeting, role)
    context = {
        "meeting": meeting, "campaign": meeting.campaign, "role": role, "paper": paper, "write": write, "sign": sign,
        "record": record, "is_visit": isinstance(meeting, SiteVisit), "home": home_of(meeting),
        "files": acts.files_of(paper).get(paper.pk, []) if paper else [], "is_issued": _is_issued(paper),
        "may_write": role == "invitation" or meeting.ended_at is not None, "is_minutes": role == "minutes",
        "is_recorded": bool(getattr(meeting, "recorded_from_id", None)),
    }  # fmt: skip
    bound = any(form.is_bound and form.errors for form in (write, sign, record))
    return page(request, "appraisal/meetings/paper.html", context=context, status=422 if bound else 200)


def _given(request: HttpRequest, pressed: str) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if pressed in request.POST else (None, None)


def _is_issued(paper: Paper | None) -> bool:
    return paper is not None and paper.state in State.of_the_issued()


def _known(paper: Paper | None) -> dict[str, object]:
    return {"notation": paper.notation if paper else "", "issued_date": timezone.localdate()}


def _issuers(meeting: Meeting) -> list[tuple[Unit, str]]:
    units = [acts.issuer_of(meeting), meeting.campaign.lead_unit, meeting.campaign.organiser]
    if isinstance(meeting, SiteVisit) and meeting.office is not None:
        units.append(meeting.office)
    once = list({each.pk: each for each in units}.values())
    called = names_of([each.pk for each in once], timezone.localdate())
    return [(each, called.get(each.pk, "")) for each in once]


def home_of(meeting: Meeting) -> str:
    """The name of the page of a meeting."""
    return "appraisal:visit" if isinstance(meeting, SiteVisit) else "appraisal:session"


def _acted(
    request: HttpRequest, meeting: Meeting, role: str, forms: dict[str, Any], issuers: Sequence[tuple[Unit, str]]
) -> HttpResponseBase | None:
    """The answer to what was done; ``None`` where a form has to be shown again."""
    pressed = next((each for each in forms if each in request.POST), "")
    if not pressed:
        raise Http404
    form, who = forms[pressed], {"by": signed(request, meeting), "at": timezone.now()}
    if not form.is_valid():
        return None
    try:
        _act(meeting, role, pressed, form.cleaned_data, issuers, who)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    said = {
        "write": (_("Đã lập văn bản."), _("Bạn tải bản Word hoặc PDF để trình ký.")),
        "sign": (_("Đã ghi bản đã ký."), ""),
        "record": (_("Đã ghi biên bản giấy."), _("Nếu là phiên họp: ghi tiếp điểm danh và kết quả theo biên bản.")),
    }[pressed]
    ui.tell(request, *said)
    return ui.redirect(request, f"appraisal:{_page_of(meeting, role)}", meeting.uid)


def _page_of(meeting: Meeting, role: str) -> str:
    return f"{'visit' if isinstance(meeting, SiteVisit) else 'session'}_{role}"


def _act(
    meeting: Meeting,
    role: str,
    pressed: str,
    told: dict[str, Any],
    issuers: Sequence[tuple[Unit, str]],
    who: dict[str, Any],
) -> None:
    if pressed == "write":
        issuer = next(each for each, _name in issuers if str(each.pk) == told["issuer"])
        if role == "minutes":
            acts.write_minutes(meeting, issuer=issuer, **who)
        else:
            signer = {key: told[key] for key in ("capacity", "signed_by")}
            acts.write_invitation(meeting, issuer=issuer, **signer, **who)
    elif pressed == "sign":
        acts.hand_in(meeting, role, **told, **who)
    elif role == "minutes":
        acts.record_minutes(meeting, **told, **who)
    else:
        raise Http404


@require_safe
@for_units
def visit_file(request: HttpRequest, uid: UUID, key: int) -> HttpResponseBase:
    """A file of the invitation, or of the minutes for who may see all of the visit."""
    room = visit_of(request, uid)
    return _file(room, room.visit, key)


@require_safe
@for_units
def session_file(request: HttpRequest, uid: UUID, key: int) -> HttpResponseBase:
    """As above, of a session."""
    room = session_of(request, uid)
    return _file(room, room.session, key)


def _file(room: VisitRoom | SessionRoom, meeting: Meeting, key: int) -> HttpResponseBase:
    papers = [meeting.invitation_id, meeting.minutes_id if room.sees_all else None]
    kept = get_object_or_404(
        PaperFile.objects.select_related("attachment__blob"), pk=key, paper__in=[each for each in papers if each]
    )
    try:
        return serve(kept.attachment)
    except FileNotFoundError:
        raise Http404 from None
