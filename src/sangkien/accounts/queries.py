"""Questions of the pages, each in the same number of statements whatever the number of people."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Membership, User, UserQuerySet
from sangkien.accounts.roles import EXPLANATIONS, PERMISSIONS, Permission, Role
from sangkien.accounts.verdict import Verdict
from sangkien.units.models import UnitPath, UnitVersion, within


@dataclass(frozen=True, slots=True)
class Held:
    """A membership as a page shows it."""

    membership: Membership
    unit_name: str
    role: Role

    @property
    def explanation(self) -> str:
        return str(EXPLANATIONS[self.role])


def names_on(unit_ids: Collection[int], on: date) -> dict[int, str]:
    """What these units are called on this day, for those that exist. One statement."""
    return dict(UnitVersion.objects.as_of(on).filter(unit__in=unit_ids).values_list("unit", "name"))


def with_names(memberships: Iterable[Membership], on: date) -> list[Held]:
    """With the names that the units bear on that day. One statement."""
    rows = list(memberships)
    names = names_on({row.unit_id for row in rows if row.unit_id}, on)
    return [
        Held(
            row,
            names.get(row.unit_id, _("đơn vị đã thôi hoạt động")) if row.unit_id else _("Cả hệ thống"),
            Role(row.role),
        )
        for row in rows
    ]


def units_of(actor: Actor) -> list[str]:
    """The names of the actor's own units. One statement."""
    names = names_on({each.unit_id for each in actor.memberships if each.unit_id}, actor.on)
    return list(names.values())


def members_here(actor: Actor) -> QuerySet[Membership]:
    """Who counts today in the actor's units, and who administers the whole instance."""
    own = {each.unit_id for each in actor.memberships if each.unit_id}
    here = Membership.objects.on(actor.on).filter(user__is_active=True)
    whole = here.filter(unit__isnull=True)
    return (
        (here.filter(unit__in=own) | whole)
        .select_related("user")
        .order_by("unit_id", "role", "user__name_folded", "pk")
    )


def administered_units(actor: Actor) -> QuerySet[UnitPath]:
    """The paths of all units that the actor administers today; for an administrator of the instance ask first."""
    above = [
        each.unit_id
        for each in actor.memberships
        if each.unit_id and Permission.MANAGE_PEOPLE in PERMISSIONS[Role(each.role)]
    ]
    return UnitPath.objects.filter(within(actor.on), ancestor__in=above)


def units_to_choose(actor: Actor) -> list[UnitVersion]:
    """The units in which the actor may give roles, in Vietnamese order. One statement."""
    versions = UnitVersion.objects.as_of(actor.on).by_name()
    if not actor.administers_all:
        versions = versions.filter(unit__in=administered_units(actor).values("unit"))
    return list(versions)


def people_of(actor: Actor) -> UserQuerySet:
    """Those whose accounts the actor looks after: everybody, or who holds or held something in the actor's units."""
    everybody = User.objects.get_queryset()
    if actor.administers_all:
        return everybody
    held = Membership.objects.filter(unit__in=administered_units(actor).values("unit"))
    return everybody.filter(pk__in=held.values("user"))


def with_memberships(people: QuerySet[User], on: date) -> QuerySet[User]:
    """With what each holds today, in one more statement."""
    held = Membership.objects.on(on).order_by("pk")
    return people.prefetch_related(Prefetch("memberships", queryset=held))


def may_administer(actor: Actor, person: User) -> Verdict:
    """The whole account may be touched only by who administers every unit where the person holds something."""
    if actor.administers_all:
        return Verdict(True)
    elsewhere = Membership.objects.on(actor.on).filter(user=person)
    elsewhere = elsewhere.exclude(unit__in=administered_units(actor).values("unit"))
    return Verdict.when(
        not elsewhere.exists(),
        _("Người này còn phần việc ở nơi bạn không quản trị. Người quản trị cả hệ thống làm được việc này."),
    )
