"""The page on the phone of a member: what is on, what is next, the own vote; it asks for news every ten seconds."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.appraisal.meetings import SessionRoom
from sangkien.appraisal.models import Choice, SessionItem, SessionKind, Vote
from sangkien.appraisal.rules import meetings as rules
from sangkien.appraisal.views.meetings.common import hidden_words, session_of
from sangkien.appraisal.views.meetings.session import clock_of, places_of
from sangkien.appraisal.visibility import readings_of


@require_safe
@signed_in
def live(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The part that changes is a partial of the same page."""
    room = session_of(request, uid)
    running = room.running
    shown = running if running is not None and running.entry_id not in room.hidden else None
    places = places_of(room)
    context = {
        "session": room.session, "campaign": room.session.campaign, "room": room, "running": running, "shown": shown,
        "now": next((each for each in places if each.is_running), None), "clock": clock_of(room.session, running),
        "ahead": [each for each in places if not each.stands], "hidden_words": hidden_words(),
        "ballots": _ballots(room), "choices": Choice.choices, "own": room.own,
        "sheet": _sheet_of(request, shown),
    }  # fmt: skip
    return page(request, "appraisal/meetings/live.html", "#now", context)


def _sheet_of(request: HttpRequest, item: SessionItem | None) -> str:
    """The judging desk of what is on now, for a judge who has it to read. One statement."""
    user = actor_of(request).user
    if user is None or item is None:
        return ""
    reading = readings_of(actor_of(request)).filter(entry=item.entry_id).order_by("pk").first()
    return reverse("appraisal:judge", args=[reading.uid]) if reading is not None else ""


def _ballots(room: SessionRoom) -> list[tuple[SessionItem, str, str]]:
    """Entries on which this member may vote now, with the own choice; the last of them first. One statement."""
    if room.own is None or room.session.kind != SessionKind.COUNCIL:
        return []
    own = dict(Vote.objects.filter(item__session=room.session, member=room.own).values_list("item", "choice"))
    open_ones = [
        each for each in room.items
        if each.entry_id not in room.hidden and rules.may_vote(
            room.session, each, room.own, is_there=room.is_there(room.own), is_out=room.is_out(room.own, each)
        )
    ]  # fmt: skip
    ordered = sorted(open_ones, key=lambda each: (each.ended_at is not None, -each.position))
    return [
        (each, each.entry.revision.title if each.entry.revision else each.entry.code, own.get(each.pk, ""))
        for each in ordered
    ]
