"""How far an administrator or an auditor reaches: the whole instance, or some units and all that stand below them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import found
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import PERMISSIONS, Permission, Role
from sangkien.units.models import Unit, UnitPath, UnitQuerySet, UnitVersion, UnitVersionQuerySet, within


@dataclass(frozen=True, slots=True)
class Reach:
    """``above`` holds the ids of the units from which it reaches down; with ``everything`` nothing limits it."""

    on: date
    everything: bool
    above: frozenset[int]

    def units(self) -> UnitQuerySet:
        """Every unit that stands, stood or will stand within reach."""
        if self.everything:
            return Unit.objects.all()
        return Unit.objects.filter(pk__in=UnitPath.objects.filter(ancestor__in=self.above).values("unit"))

    def unit_named(self, uid: str) -> Unit | None:
        """What an address names and the person may see; anything else is as if it were not there."""
        try:
            return self.units().filter(uid=UUID(uid)).first() if uid else None
        except ValueError:
            return None

    def as_of(self, on: date) -> UnitVersionQuerySet:
        """The units within reach on a day, as they are called on it."""
        versions = UnitVersion.objects.as_of(on)
        if self.everything:
            return versions
        below = UnitPath.objects.filter(within(on), ancestor__in=self.above)
        return versions.filter(unit__in=below.values("unit"))

    def covers(self, unit: Unit | None, on: date) -> bool:
        """Whether the unit is within reach on this day; ``None``, the place above all units, only for everything."""
        if self.everything:
            return True
        if unit is None:
            return False
        return UnitPath.objects.filter(within(on), ancestor__in=self.above, unit=unit).exists()


def reach_of(actor: Actor, permission: Permission) -> Reach:
    """Where the actor may do this. Who may do it nowhere finds no page."""
    found(actor.is_signed_in and may(actor, permission))
    held = [each for each in actor.memberships if permission in PERMISSIONS[Role(each.role)]]
    above = frozenset(each.unit_id for each in held if each.unit_id is not None)
    return Reach(on=actor.on, everything=any(each.unit_id is None for each in held), above=above)
