"""Which meetings an actor may know of, what the actor is in them, and which entries of them stay hidden.

Whoever keeps out of an entry (conflict, recusal) sees nothing of its part: no text, note, photo, vote, count, nor a
paper that contains them. The unit that presents or is visited sees when and where, and its own entries there.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from sangkien.accounts.actor import Actor
from sangkien.accounts.roles import Permission
from sangkien.appraisal.conflicts import members_kept_out, own_units, without_conflict
from sangkien.appraisal.models import (
    Absence,
    Attendance,
    PanelMember,
    PresentationSession,
    SessionItem,
    SiteVisit,
    VisitEntry,
    Visitor,
    Vote,
)
from sangkien.intake.models import Entry
from sangkien.intake.visibility import sees_everything, units_of
from sangkien.units.queries import name_then


def visits_of(actor: Actor) -> QuerySet[SiteVisit]:
    """Visits that the actor arranges, goes on, or sees with the campaign; not those that are only received."""
    if sees_everything(actor):
        return SiteVisit.objects.all()
    mine = Q(pk__in=_led(actor, SiteVisit.objects.all()))
    for scope, units in units_of(actor, Permission.KEEP_MINUTES).items():
        mine |= Q(office__in=units) if scope is None else Q(office__in=units, campaign__uid=scope)
    if actor.user is not None:
        mine |= Q(pk__in=Visitor.objects.filter(user=actor.user, is_host=False).values("visit"))
    return SiteVisit.objects.filter(mine)


def sessions_of(actor: Actor) -> QuerySet[PresentationSession]:
    """Sessions that the actor arranges, sits in, or sees with the campaign; not those where only its unit presents."""
    if sees_everything(actor):
        return PresentationSession.objects.all()
    mine = Q(pk__in=_led(actor, PresentationSession.objects.all()))
    for scope, units in units_of(actor, Permission.KEEP_MINUTES).items():
        here = Q(panel__office__in=units)
        mine |= here if scope is None else here & Q(campaign__uid=scope)
    if actor.user is not None:
        sits = PanelMember.objects.filter(user=actor.user, panel=OuterRef("panel"), left_at__isnull=True)
        mine |= Q(Exists(sits))
    return PresentationSession.objects.filter(mine)


def _led(actor: Actor, meetings: "QuerySet[Any]") -> "QuerySet[Any, Any]":
    """Of campaigns that the actor sees whole."""
    led = Q(pk__in=[])
    for scope, units in units_of(actor, Permission.SEE_CAMPAIGN).items():
        here = Q(campaign__organiser__in=units) | Q(campaign__lead_unit__in=units)
        led |= here if scope is None else here & Q(campaign__uid=scope)
    return meetings.filter(led).values("pk")


def received_by(actor: Actor) -> QuerySet[SiteVisit]:
    """Visits that the actor's unit receives; an invitation counts in its campaign."""
    mine = Q(host__in=own_units(actor))
    if actor.invitation is not None:
        mine &= Q(campaign__uid=actor.invitation.scope_uid)
    return SiteVisit.objects.filter(mine, cancelled_at__isnull=True)


def presented_by(actor: Actor) -> QuerySet[PresentationSession]:
    """Sessions where the actor's unit presents."""
    units = own_units(actor)
    own = SessionItem.objects.filter(
        Q(entry__implementer__in=units) | Q(entry__initiative__co_implementers__unit__in=units)
    )
    mine = Q(pk__in=own.values("session"), cancelled_at__isnull=True)
    if actor.invitation is not None:
        mine &= Q(campaign__uid=actor.invitation.scope_uid)
    return PresentationSession.objects.filter(mine)


def seen_entries(actor: Actor, entries: Collection[int]) -> frozenset[int]:
    """Those of these entries whose part in a meeting the actor may see. Two statements."""
    if not entries:
        return frozenset()
    free = without_conflict(Entry.objects.filter(pk__in=entries), actor)
    return frozenset(free.order_by().values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class VisitRoom:
    """A visit with its people and entries; ``hidden``: entries whose part this actor may not see."""

    visit: SiteVisit
    people: tuple[Visitor, ...]
    items: tuple[VisitEntry, ...]
    hidden: frozenset[int]

    @property
    def shown(self) -> tuple[VisitEntry, ...]:
        return tuple(each for each in self.items if each.entry_id not in self.hidden)

    @property
    def sees_all(self) -> bool:
        """Whether a paper about the whole visit may be read."""
        return not self.hidden


def visit_room(visit: SiteVisit, actor: Actor) -> VisitRoom:
    """Four statements, however many people and entries."""
    people = tuple(visit.people.select_related("unit").order_by("position"))
    rows = visit.items.select_related("entry__revision", "entry__initiative", "entry__implementer")
    items = tuple(rows.order_by("position"))
    entries = [each.entry_id for each in items]
    return VisitRoom(visit, people, items, frozenset(entries) - seen_entries(actor, entries))


@dataclass(frozen=True, slots=True)
class Seat:
    """Whether a member was noted as present, and why not."""

    present: bool
    reason: str = ""


@dataclass(frozen=True)
class SessionRoom:
    """A session as one actor may see it. ``kept_out``: (member, entry) that must not meet, of all members."""

    session: PresentationSession
    members: tuple[PanelMember, ...]
    items: tuple[SessionItem, ...]
    attendance: dict[int, "Seat"]
    absences: dict[int, list[Absence]]
    kept_out: frozenset[tuple[int, int]]
    hidden: frozenset[int]
    own: PanelMember | None = field(default=None)

    @property
    def sees_all(self) -> bool:
        """Whether a paper about the whole session may be read."""
        return not self.hidden

    @property
    def running(self) -> SessionItem | None:
        return next((each for each in self.items if each.started_at and not each.ended_at), None)

    @property
    def following(self) -> SessionItem | None:
        """The next one that has not begun."""
        return next((each for each in self.items if each.started_at is None), None)

    def is_there(self, member: PanelMember) -> bool:
        """Whether the member was noted as present."""
        row = self.attendance.get(member.pk)
        return row is not None and row.present

    def keeps_out(self, member: PanelMember, item: SessionItem) -> bool:
        return (member.pk, item.entry_id) in self.kept_out

    def is_out(self, member: PanelMember, item: SessionItem) -> bool:
        """Keeps out of the entry, or left the room for it and has not come back."""
        gone = any(each.member_id == member.pk and each.back_at is None for each in self.absences.get(item.pk, ()))
        return gone or self.keeps_out(member, item)

    def entitled(self, item: SessionItem) -> list[PanelMember]:
        """Members with a vote who need not keep out of this entry: of them its quorum is taken."""
        return [each for each in self.members if each.votes and not self.keeps_out(each, item)]

    def voting(self, item: SessionItem) -> list[PanelMember]:
        """Of these, who is in the room for it."""
        return [each for each in self.entitled(item) if self.is_there(each) and not self.is_out(each, item)]

    def leaving_names(self, item: SessionItem) -> list[str]:
        """Who keeps out of the entry, present or not; nobody for who keeps out of it, too."""
        if item.entry_id in self.hidden:
            return []
        return [each.name for each in self.members if self.keeps_out(each, item)]

    def leaving(self, item: SessionItem) -> list[PanelMember]:
        """Who is present and has to leave the room for this entry."""
        return [each for each in self.members if self.keeps_out(each, item) and self.is_there(each)]


def session_room(session: PresentationSession, actor: Actor) -> SessionRoom:
    """The same statements however many members and entries; ``session`` should have panel and campaign at hand."""
    room = whole_room(session)
    own = next((each for each in room.members if actor.user is not None and each.user_id == actor.user.pk), None)
    if own is not None:  # what is known of a member covers units, authors and recusals of that person
        hidden = frozenset(entry for member, entry in room.kept_out if member == own.pk)
    else:
        entries = [each.entry_id for each in room.items]
        hidden = frozenset(entries) - seen_entries(actor, entries)
    return SessionRoom(
        session, room.members, room.items, room.attendance, room.absences, room.kept_out, hidden, own
    )  # fmt: skip


def whole_room(session: PresentationSession) -> SessionRoom:
    """As actions see it: nothing is hidden from a count."""
    on = timezone.localdate(session.starts_at)
    members, seats = [], {}
    for each in _members(session, on):
        members.append(each)
        if each.there is not None:
            seats[each.pk] = Seat(each.there, each.away or "")
    items = tuple(_items(session, on))
    gone: dict[int, list[Absence]] = {}
    for each in Absence.objects.filter(item__session=session).select_related("member").order_by("left_at", "pk"):
        gone.setdefault(each.item_id, []).append(each)
    kept = members_kept_out(members, [each.entry for each in items], on) if members and items else frozenset()
    return SessionRoom(session, tuple(members), items, seats, gone, kept, frozenset())


def _members(session: PresentationSession, on: date) -> Iterable[Any]:
    """Those of the panel now, with the name of their unit on that day and what attendance says of them."""
    noted = Attendance.objects.filter(session=session, member=OuterRef("pk"))
    here = PanelMember.objects.filter(panel=session.panel_id, panel__isnull=False, left_at__isnull=True)
    return here.annotate(
        there=Subquery(noted.values("present")[:1]),
        away=Subquery(noted.values("reason")[:1]),
        unit_name=name_then("unit", on),
    ).order_by("position")


def _items(session: PresentationSession, on: date) -> "QuerySet[SessionItem]":
    """In their order; ``unit_name`` of the day, ``cast_count``: how many have voted by telephone, not what."""
    voted = Vote.objects.filter(item=OuterRef("pk")).order_by().values("item").annotate(n=Count("pk")).values("n")
    rows = session.items.select_related("entry__revision", "entry__initiative", "entry__implementer")
    return rows.annotate(
        unit_name=name_then("entry__implementer", on), cast_count=Coalesce(Subquery(voted), 0)
    ).order_by("position")
