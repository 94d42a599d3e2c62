"""The page of a visit for those who go or arrange, and the page for the unit that receives it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.appraisal.actions.meetings.minutes import files_of
from sangkien.appraisal.conflicts import own_units
from sangkien.appraisal.meetings import VisitRoom, received_by
from sangkien.appraisal.models import VisitCheck, VisitEntry, VisitNote
from sangkien.appraisal.rules import meetings as rules
from sangkien.appraisal.views.meetings.calendar import state_of
from sangkien.appraisal.views.meetings.common import for_units, hidden_words, visit_of
from sangkien.intake.papers.naming import names_of


@dataclass(frozen=True, slots=True)
class Part:
    """What was found about one entry; ``hidden`` where this person keeps out of it."""

    item: VisitEntry
    title: str
    hidden: bool
    checks: Sequence[VisitCheck] = ()
    notes: Sequence[VisitNote] = ()

    @property
    def answered(self) -> int:
        return sum(bool(each.finding) for each in self.checks)


def parts_of(room: VisitRoom) -> list[Part]:
    """Entry by entry. Two statements."""
    shown = [each.entry_id for each in room.shown]
    checks: dict[int, list[VisitCheck]] = {}
    for check in VisitCheck.objects.filter(visit=room.visit, entry__in=shown).order_by("position"):
        checks.setdefault(check.entry_id, []).append(check)
    notes: dict[int | None, list[VisitNote]] = {}
    for each in notes_of(room):
        notes.setdefault(each.entry_id, []).append(each)
    return [
        Part(each, title_of(each), False, checks.get(each.entry_id, ()), notes.get(each.entry_id, ()))
        if each.entry_id not in room.hidden
        else Part(each, hidden_words(), True)
        for each in room.items
    ]


def notes_of(room: VisitRoom) -> list[VisitNote]:
    """What this person may read: of the entries shown; what concerns all of the visit only for who sees all of it."""
    shown = Q(entry__in=[each.entry_id for each in room.shown])
    if room.sees_all:
        shown |= Q(entry__isnull=True)
    rows = VisitNote.objects.filter(shown, visit=room.visit, removed_at__isnull=True)
    return list(rows.select_related("photo").order_by("noted_at", "pk"))


def title_of(item: VisitEntry) -> str:
    """Of its frozen text."""
    return item.entry.revision.title if item.entry.revision else item.entry.code


@require_safe
@signed_in
def visit(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """When, where, who, what was found, and what this person may do now."""
    room, actor = visit_of(request, uid), actor_of(request)
    now = room.visit
    state, tone, icon = state_of(now)
    parts = parts_of(room)
    files = files_of(now.invitation, now.minutes if room.sees_all else None)
    context = {
        "visit": now, "campaign": now.campaign, "room": room, "parts": parts,
        "general": [each for each in notes_of(room) if each.entry_id is None] if room.sees_all else [],
        "host_name": names_of([now.host_id], actor.on).get(now.host_id, ""),
        "state": state, "tone": tone, "state_icon": icon,
        "may_note": rules.may_note(actor, now, room.people),
        "may_end": rules.may_end_visit(actor, now, room.people) if room.sees_all else None,
        "may_change": rules.may_change_visit(actor, now),
        "may_keep": room.sees_all and rules.may_keep_visit_minutes(actor, now, room.people),
        "invitation_files": files.get(now.invitation_id or 0, []),
        "minutes_files": files.get(now.minutes_id or 0, []),
    }  # fmt: skip
    return page(request, "appraisal/meetings/visit.html", context=context)


@require_safe
@for_units
def received(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """For the unit: when, where, who comes, which of its own entries; nothing of what is found."""
    actor = actor_of(request)
    row = received_by(actor).select_related("campaign", "host").filter(uid=uid).first()
    if row is None:
        raise Http404
    units = own_units(actor)
    own = Q(entry__implementer__in=units) | Q(entry__initiative__co_implementers__unit__in=units)
    items = row.items.filter(own).select_related("entry__revision").order_by("position").distinct()
    coming = row.people.filter(is_host=False).order_by("position")
    context = {"visit": row, "campaign": row.campaign, "items": items, "coming": coming, "what": _("Khảo sát thực tế")}
    return page(request, "appraisal/meetings/visit_received.html", context=context)
