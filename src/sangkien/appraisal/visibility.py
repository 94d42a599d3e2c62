"""Which entries an actor may know of as a judge, and altogether: one indexed branch per reason, minus conflicts.

Two doors. ``appraisable_by``: the pages of this room, for who has something to say about an entry. ``visible_to``: that
and everything for which the room below has a reason (one's own reports, the desk of the lead unit).
"""

from typing import Any

from django.db.models import Q, QuerySet

from sangkien.accounts.actor import Actor
from sangkien.accounts.roles import Permission
from sangkien.appraisal.conflicts import without_conflict
from sangkien.appraisal.models import Assignment, Reading, SessionItem
from sangkien.appraisal.models.panels import ReadingQuerySet
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.intake.models.entries import EntryQuerySet
from sangkien.intake.visibility import sees_everything, units_of

_JUDGING = frozenset({Permission.APPRAISE, Permission.CONCLUDE})


def visible_to(entries: EntryQuerySet, actor: Actor) -> EntryQuerySet:
    """Those of ``entries`` that the actor may know of for any reason. Narrow them first; one statement now."""
    below = entries.visible_to(actor)
    if actor.user is None or sees_everything(actor):
        return below
    reasons: list[QuerySet[Any, Any]] = [below.order_by().values("pk"), appraisable_by(actor, entries).values("pk")]
    return entries.filter(pk__in=reasons[0].union(*reasons[1:], all=True))


def appraisable_by(actor: Actor, entries: EntryQuerySet | None = None) -> EntryQuerySet:
    """Those of ``entries`` (``None``: of all) on which the actor has something to say now, without conflicts.

    Through a current assignment of an office where the actor appraises or concludes, or of the person itself; a current
    reading; or a session that holds the entry and of whose panel the actor is a member. One statement now.
    """
    here = Entry.objects.filter() if entries is None else entries.order_by()
    if actor.user is None:
        return here.none()
    assigned = Assignment.objects.current()
    reasons: list[QuerySet[Any, Any]] = [assigned.filter(each).values("entry") for each in of_offices(actor)]
    reasons.append(assigned.filter(person=actor.user).values("entry"))
    reasons.append(readings_of(actor).values("entry"))
    reasons.append(_in_sessions(actor).values("entry"))
    among = here.filter(pk__in=reasons[0].union(*reasons[1:], all=True)).exclude(stage__in=_NOT_THERE)
    return without_conflict(among, actor)


# What was taken back or merged is nobody's to judge, though an assignment may still point to it.
_NOT_THERE = (Stage.DRAFT, Stage.WITHDRAWN, Stage.MERGED)


def of_offices(actor: Actor) -> list[Q]:
    """Assignments of the actor's offices, one condition for each campaign to which its part is narrowed."""
    held: dict[object, set[int]] = {}
    for permission in sorted(_JUDGING):
        for scope, units in units_of(actor, permission).items():
            held.setdefault(scope, set()).update(units)
    return [
        Q(office__in=units) if scope is None else Q(office__in=units, entry__campaign__uid=scope)
        for scope, units in held.items()
    ]


def readings_of(actor: Actor) -> ReadingQuerySet:
    """What the actor is to read and score now, conflicts not yet taken away."""
    current = Reading.objects.current().filter(member__left_at__isnull=True, member__panel__dissolved_at__isnull=True)
    return current.filter(member__user=actor.user)


def _in_sessions(actor: Actor) -> QuerySet[SessionItem]:
    return SessionItem.objects.filter(
        session__cancelled_at__isnull=True,
        session__panel__dissolved_at__isnull=True,
        session__panel__members__user=actor.user,
        session__panel__members__left_at__isnull=True,
    )
