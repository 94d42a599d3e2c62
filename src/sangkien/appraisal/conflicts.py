"""Who must not judge which entry (domain, §7.2): one question for offices, members of panels and people.

In conflict are the unit that did it, those that did it together with it, and what these units came from or became; not
those above them, or the committee could not decide at all. A person is in conflict through every unit to which it
belongs, and as an author. Who was recused, or stepped back, keeps out as well. Having given guidance is no conflict.
"""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q

from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Membership, User
from sangkien.appraisal.models import PanelMember, Recusal
from sangkien.initiatives.models import Authorship, CoImplementer
from sangkien.intake.models import Entry
from sangkien.intake.models.entries import EntryQuerySet
from sangkien.units.models import Unit
from sangkien.units.queries import conflict_sets

Pairs = frozenset[tuple[int, int]]  # (who, entry), by primary key


def conflicts(entries: Iterable[Entry], on: date) -> dict[int, frozenset[int]]:
    """Entry → the units that must not judge it, by primary key. Two statements, however many."""
    implementers = {each.pk: each.implementer_id for each in entries}
    parties: dict[int, set[int]] = {pk: {unit} for pk, unit in implementers.items()}
    together = CoImplementer.objects.filter(initiative__entries__in=implementers, unit__isnull=False)
    for pk, unit in together.values_list("initiative__entries", "unit"):
        if pk in parties and unit is not None:
            parties[pk].add(unit)
    lines = conflict_sets({unit for units in parties.values() for unit in units}, on)
    return {pk: frozenset().union(*(lines[unit] for unit in units)) for pk, units in parties.items()}


def units_in_conflict(entry: Entry, on: date) -> frozenset[int]:
    """The units that must not judge this one. Two statements."""
    return conflicts([entry], on)[entry.pk]


def offices_kept_out(entries: Collection[Entry], on: date) -> dict[int, frozenset[int]]:
    """Entry → units in conflict, and offices that were recused or stepped back. Three statements, however many."""
    kept = {pk: set(units) for pk, units in conflicts(entries, on).items()}
    standing = Recusal.objects.filter(entry__in=kept, office__isnull=False, lifted_at__isnull=True)
    for pk, office in standing.values_list("entry", "office"):
        kept[pk].add(office or 0)
    return {pk: frozenset(units) for pk, units in kept.items()}


def members_kept_out(members: Collection[PanelMember], entries: Collection[Entry], on: date) -> Pairs:
    """(member, entry) that must not meet, by primary key. Six statements, however many of either."""
    units = _units_of_people({each.user_id for each in members if each.user_id}, on)
    against = offices_kept_out(entries, on)
    authors = _authors(against)
    standing = Recusal.objects.filter(entry__in=against, member__in=members, lifted_at__isnull=True)
    recused = {(member or 0, entry) for member, entry in standing.values_list("member", "entry")}
    return frozenset(
        (member.pk, pk)
        for member in members
        for pk, judged in against.items()
        if not judged.isdisjoint({member.unit_id, *units.get(member.user_id or 0, ())})
        or (member.user_id, pk) in authors
        or (member.pk, pk) in recused
    )


def people_kept_out(people: Collection[User], entries: Collection[Entry], on: date) -> Pairs:
    """(person, entry) that must not meet, for persons whom the chair named. Five statements, however many."""
    units = _units_of_people({each.pk for each in people}, on)
    against = offices_kept_out(entries, on)
    authors = _authors(against)
    return frozenset(
        (person.pk, pk)
        for person in people
        for pk, judged in against.items()
        if not judged.isdisjoint(units.get(person.pk, ())) or (person.pk, pk) in authors
    )


def keeps_out(who: Actor | PanelMember | Unit, entry: Entry, on: date) -> bool:
    """Whether this actor, member of a panel or office must not judge the entry."""
    match who:
        case Unit():
            return who.pk in offices_kept_out([entry], on)[entry.pk]
        case PanelMember():
            return bool(members_kept_out([who], [entry], on))
        case _:
            return not without_conflict(Entry.objects.filter(pk=entry.pk), who).exists()


def without_conflict(entries: EntryQuerySet, actor: Actor) -> EntryQuerySet:
    """Those of ``entries`` that the actor may judge: kept out through its units, as author, or recused.

    One statement now, whatever the number of entries; the rest is part of the question that is asked later.
    """
    units = own_units(actor)
    judged_for = [each for line in conflict_sets(units, actor.on).values() for each in line]
    together = CoImplementer.objects.filter(initiative=OuterRef("initiative"), unit__in=judged_for)
    kept = Recusal.objects.filter(_concerns(actor, units), entry=OuterRef("pk"), lifted_at__isnull=True)
    free = entries.exclude(implementer__in=judged_for).filter(~Exists(together), ~Exists(kept))
    if actor.user is None:
        return free
    written = Authorship.objects.filter(revision=OuterRef("revision"), user=actor.user)
    return free.filter(~Exists(written))


def own_units(actor: Actor) -> frozenset[int]:
    """Every unit to which the actor belongs, in whatever role."""
    held = {each.unit_id for each in actor.memberships if each.unit_id is not None}
    return frozenset(held if actor.invitation is None else {*held, actor.invitation.unit_id})


def _concerns(actor: Actor, units: Collection[int]) -> Q:
    offices = Q(office__in=units)
    return offices if actor.user is None else offices | Q(member__user=actor.user)


def _units_of_people(people: Collection[int], on: date) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    held = Membership.objects.on(on).filter(user__in=people, unit__isnull=False)
    for person, unit in held.values_list("user", "unit"):
        found.setdefault(person, set()).add(unit or 0)
    return found


def _authors(entries: Collection[int]) -> Pairs:
    rows = Authorship.objects.filter(revision__entries__in=entries, user__isnull=False)
    return frozenset((user or 0, pk) for user, pk in rows.values_list("user", "revision__entries"))
