"""What the pages of meetings share: the meeting of an address for who may know of it, the signature, an answer."""

from collections.abc import Callable, Mapping
from typing import Any, ParamSpec
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import View, actor_of, page, signed_in_or_invited
from sangkien.accounts.refusal import Refused
from sangkien.accounts.verdict import Verdict
from sangkien.appraisal.meetings import SessionRoom, VisitRoom, session_room, sessions_of, visit_room, visits_of
from sangkien.appraisal.models import PresentationSession, SiteVisit
from sangkien.appraisal.rules import meetings as rules
from sangkien.campaigns.models import Campaign
from sangkien.ledger import recording

P = ParamSpec("P")
_VISIT = ("campaign__organiser", "campaign__lead_unit", "campaign__plan", "host", "office", "invitation", "minutes")
_SESSION = ("campaign__organiser", "campaign__lead_unit", "panel__office", "invitation", "minutes", "recorded_from")


def for_units(view: View[P, HttpResponseBase]) -> View[P, HttpResponseBase]:
    """For people of a unit, with an account or by the unit's invitation."""
    return signed_in_or_invited(view, home="intake:home")


def visit_of(request: HttpRequest, uid: UUID) -> VisitRoom:
    """Raises ``Http404`` for who may not know of it."""
    actor = actor_of(request)
    visit = visits_of(actor).select_related(*_VISIT).filter(uid=uid).first()
    if visit is None:
        raise Http404
    return visit_room(visit, actor)


def session_of(request: HttpRequest, uid: UUID) -> SessionRoom:
    """Raises ``Http404`` for who may not know of it."""
    actor = actor_of(request)
    session = sessions_of(actor).select_related(*_SESSION).filter(uid=uid).first()
    if session is None:
        raise Http404
    return session_room(session, actor)


def may_run(request: HttpRequest, room: SessionRoom) -> Verdict:
    """Whether this person runs the session."""
    return rules.may_run(actor_of(request), room.session, room.own)


def signature(campaign: Campaign, actor: Actor) -> recording.Actor:
    """How the ledger names who acts: for the lead unit, the unit that issues, or the own unit of a member."""
    units = {each.unit_id: each.unit for each in actor.memberships if each.unit is not None}
    mine = units.get(campaign.lead_unit_id) or units.get(campaign.organiser_id) or next(iter(units.values()), None)
    return actor.signature(mine)


def signed(request: HttpRequest, meeting: SiteVisit | PresentationSession) -> recording.Actor:
    """As above, of who sent this request."""
    return signature(meeting.campaign, actor_of(request))


def new_key() -> str:
    """Names a click before it is made."""
    return str(uuid4())


def done(
    request: HttpRequest, act: Callable[[], object], fact: str, to: str, uid: UUID, *, advice: str = ""
) -> HttpResponse:
    """An act of one click and the page after it; a refusal is told there."""
    try:
        act()
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    else:
        ui.tell(request, fact, advice)
    return ui.redirect(request, f"appraisal:{to}", uid)


def did(form: Any, act: Callable[[], object]) -> bool:
    """Whether the act was done; its refusal stands on the form."""
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def refused(request: HttpRequest, verdict: Verdict, to: str, uid: UUID) -> HttpResponse:
    """The act is missing: the page of the meeting says why."""
    ui.tell(request, verdict.reason, tone="late")
    return ui.redirect(request, f"appraisal:{to}", uid)


def asked(request: HttpRequest, template: str, context: Mapping[str, Any], form: Any) -> HttpResponse:
    """The page of a form, again where something was wrong."""
    status = 422 if form.is_bound and form.errors else 200
    return page(request, f"appraisal/meetings/{template}", context={**context, "form": form}, status=status)


def hidden_words() -> str:
    """What stands where a person keeps out of an entry."""
    return _("Bạn không tham gia phần này")
