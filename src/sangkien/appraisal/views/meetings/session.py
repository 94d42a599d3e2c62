"""The page from which a session is run, and the page for units that present."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.appraisal.actions.meetings import votes
from sangkien.appraisal.actions.meetings.minutes import files_of
from sangkien.appraisal.actions.meetings.telling import planned_at
from sangkien.appraisal.conflicts import own_units
from sangkien.appraisal.meetings import SessionRoom, presented_by
from sangkien.appraisal.models import PanelMember, PresentationSession, SessionItem, SessionKind
from sangkien.appraisal.views.meetings.calendar import state_of
from sangkien.appraisal.views.meetings.common import for_units, hidden_words, may_run, session_of
from sangkien.campaigns.queries import current_criteria
from sangkien.intake.models import Entry


@dataclass(frozen=True, slots=True)
class Place:
    """An entry in the programme as one person may see it."""

    item: SessionItem
    title: str
    code: str
    unit: str
    hidden: bool
    at: datetime
    stands: str

    @property
    def is_running(self) -> bool:
        return self.stands == "now"


def places_of(room: SessionRoom) -> list[Place]:
    """In their order; what stays hidden has a time and nothing else. No statement."""
    return [_place(room, each, hidden=each.entry_id in room.hidden) for each in room.items]


def _place(room: SessionRoom, item: SessionItem, *, hidden: bool) -> Place:
    at = item.started_at or planned_at(room.session, item.position)
    if hidden:
        return Place(item, hidden_words(), "", "", True, at, stands_of(item))
    title = item.entry.revision.title if item.entry.revision else item.entry.code
    return Place(item, title, item.entry.code, str(vars(item).get("unit_name") or ""), False, at, stands_of(item))


def stands_of(item: SessionItem) -> str:
    """ "now", "done" or "" for one that is still to come."""
    if item.started_at is None:
        return ""
    return "now" if item.ended_at is None else "done"


@dataclass(frozen=True, slots=True)
class Ballot:
    """The vote on an entry before it is counted: how many may, are there, have voted; never what."""

    entitled: int
    present: int
    cast: int
    lacks: str = ""


def ballot_of(room: SessionRoom, item: SessionItem) -> Ballot:
    """One statement, for the rule."""
    entitled, voting = room.entitled(item), room.voting(item)
    rule = votes.vote_rule(current_criteria(room.session.campaign))
    lacks = ""
    if not votes.has_quorum(rule, present=len(voting), entitled=len(entitled)):
        lacks = votes.no_quorum(rule, present=len(voting), entitled=len(entitled))
    return Ballot(len(entitled), len(voting), int(vars(item).get("cast_count") or 0), lacks)


@dataclass(frozen=True, slots=True)
class Clock:
    """How long an entry has been on: ``until`` is when its time is up."""

    started_at: datetime
    until: datetime

    @property
    def left(self) -> int:
        """Whole minutes that are left, below 0 when it is over."""
        return int((self.until - timezone.now()).total_seconds() // 60)


def clock_of(session: PresentationSession, item: SessionItem | None) -> Clock | None:
    """Of what runs."""
    if item is None or item.started_at is None:
        return None
    return Clock(item.started_at, item.started_at + timedelta(minutes=session.minutes_each))


@require_safe
@signed_in
def session(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """For who runs it: what is on, who is out, what is next. Others of the panel are led by it to the live page."""
    room = session_of(request, uid)
    now, may = room.session, may_run(request, room)
    running = room.running
    seen = running if running is not None and running.entry_id not in room.hidden else None
    state, tone, icon = state_of(now)
    files = files_of(now.invitation, now.minutes if room.sees_all else None)
    context = {
        "session": now, "campaign": now.campaign, "room": room, "places": places_of(room), "may": may,
        "state": state, "tone": tone, "state_icon": icon, "running": running, "seen": seen,
        "clock": clock_of(now, running), "following": room.following, "members": members_of(room, seen),
        "ballot": ballot_of(room, seen) if seen and now.kind == SessionKind.COUNCIL and not seen.counted_at else None,
        "is_council": now.kind == SessionKind.COUNCIL, "next_out": _out(room, room.following),
        "invitation_files": files.get(now.invitation_id or 0, []), "minutes_files": files.get(now.minutes_id or 0, []),
    }  # fmt: skip
    return page(request, "appraisal/meetings/session.html", context=context)


@dataclass(frozen=True, slots=True)
class InRoom:
    """A member while an entry is on. ``out``: "" in the room, "kept" keeps out, "left" went out, "away" not there."""

    member: PanelMember
    unit: str
    out: str


def members_of(room: SessionRoom, item: SessionItem | None) -> list[InRoom]:
    """No statement."""
    return [InRoom(each, str(vars(each).get("unit_name") or ""), _where(room, each, item)) for each in room.members]


def _where(room: SessionRoom, member: PanelMember, item: SessionItem | None) -> str:
    if not room.is_there(member):
        return "away"
    if item is None:
        return ""
    if room.keeps_out(member, item):
        return "kept"
    return "left" if room.is_out(member, item) else ""


def _out(room: SessionRoom, item: SessionItem | None) -> list[PanelMember]:
    """Who leaves with the next entry; not told to who keeps out of it."""
    return [] if item is None or item.entry_id in room.hidden else room.leaving(item)


@require_safe
@for_units
def presented(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """For a unit that presents: where and when its own entries are due, and which place is on now."""
    actor = actor_of(request)
    row = presented_by(actor).select_related("campaign").filter(uid=uid).first()
    if row is None:
        raise Http404
    units = own_units(actor)
    own = set(Entry.objects.filter(session_items__session=row, implementer__in=units).values_list("pk", flat=True))
    together = Entry.objects.filter(session_items__session=row, initiative__co_implementers__unit__in=units)
    own.update(together.values_list("pk", flat=True))
    items = list(row.items.select_related("entry__revision").order_by("position"))
    running = next((each for each in items if each.started_at and not each.ended_at), None)
    mine = [(each, planned_at(row, each.position), stands_of(each)) for each in items if each.entry_id in own]
    ahead = next((each for each, _at, stands in mine if not stands), None)
    context = {
        "session": row, "campaign": row.campaign, "mine": mine, "running": running, "clock": clock_of(row, running),
        "before": _before(items, ahead) if ahead and row.started_at else None, "count": len(items),
    }  # fmt: skip
    return page(request, "appraisal/meetings/session_presented.html", "#now", context)


def _before(items: list[SessionItem], mine: SessionItem) -> int:
    """How many come before it."""
    return sum(each.ended_at is None and each.position < mine.position for each in items)
