"""One thing that waits, who asks, and how what waits is put in order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Membership
from sangkien.accounts.roles import PERMISSIONS, Permission, Role
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.window import VIETNAM
from sangkien.campaigns.working_days import WorkingCalendar
from sangkien.desk.clocks import Clock


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of work: ``do`` is the verb, ``what`` the thing, ``why`` the reason; ``url`` is where it is done."""

    do: str
    what: str
    why: str
    url: str
    clock: Clock
    icon: str
    hint: str = ""

    @property
    def said_hint(self) -> str:
        return self.hint or self.clock.hint


@dataclass(frozen=True)
class Asking:
    """Whose work is asked for, and when. ``calendar`` counts working days."""

    actor: Actor
    at: datetime
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)

    @cached_property
    def today(self) -> date:
        return self.day(self.at)

    @staticmethod
    def day(at: datetime) -> date:
        """The day of a moment in Vietnam."""
        return at.astimezone(VIETNAM).date()

    @cached_property
    def led(self) -> list[Campaign]:
        """The running campaigns whose entries the actor checks, the latest first. One statement, none for others."""
        if not self.may(Permission.ADMIT):
            return []
        running = Campaign.objects.filter(state__in=State.of_the_running())
        branches = [
            running.filter(self.at_unit(Permission.ADMIT, place, "uid")).values("pk")
            for place in ("lead_unit", "organiser")
        ]
        return list(Campaign.objects.filter(pk__in=branches[0].union(branches[1], all=True)).latest_first())

    def clock(self, since: date | datetime, due: date | None = None) -> Clock:
        """For something that came then; a moment counts as its day in Vietnam."""
        day = self.day(since) if isinstance(since, datetime) else since
        return Clock(self.today, day, due)

    def may(self, permission: Permission) -> bool:
        """Whether the actor holds it anywhere."""
        return any(True for _ in self.held(permission))

    def held(self, permission: Permission) -> Iterable[Membership]:
        """The memberships that give it, the narrowed ones too."""
        return (each for each in self.actor.memberships if permission in PERMISSIONS[Role(each.role)])

    def units(self, permission: Permission) -> set[int]:
        """The units in which the actor holds it, for all campaigns or for one."""
        return {each.unit_id for each in self.held(permission) if each.unit_id is not None}

    def at_unit(self, permission: Permission, place: str, scope: str) -> Q:
        """Rows whose unit ``place`` (a lookup to a unit) gives the actor the permission, in the campaign ``scope``."""
        everywhere = {each.unit_id for each in self.held(permission) if each.unit_id and each.scope_uid is None}
        asked = Q(**{f"{place}__in": everywhere})
        narrowed: dict[UUID, set[int]] = {}
        for each in self.held(permission):
            if each.unit_id is not None and each.scope_uid is not None:
                narrowed.setdefault(each.scope_uid, set()).add(each.unit_id)
        for uid, units in narrowed.items():
            asked |= Q(**{f"{place}__in": units, scope: uid})
        return asked


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the home page with its rows."""

    id: str
    rows: tuple[Waiting, ...]


def grouped(work: Iterable[Waiting]) -> list[Group]:
    """What is overdue, then oldest first; what presses before the rest; groups without rows are left out."""
    ordered = sorted(work, key=lambda each: (not each.clock.is_overdue, each.clock.order))
    first = tuple(each for each in ordered if each.clock.is_pressing)
    week = tuple(each for each in ordered if not each.clock.is_pressing and each.clock.is_this_week)
    later = tuple(each for each in ordered if not each.clock.is_pressing and not each.clock.is_this_week)
    groups = (Group("first", first), Group("week", week), Group("later", later))
    return [group for group in groups if group.rows]
