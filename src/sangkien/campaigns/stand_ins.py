"""Who may stand in for an office that also reports: those that hold, those that are proposed (domain 7.2).

In this order: another office in charge of the same field or sector, an office named by the chair, a person named by the
chair. Where none is named the entries of that office go straight to the council or the chair.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sangkien.accounts.models import Membership
from sangkien.accounts.roles import Role
from sangkien.campaigns.finding import offices_under
from sangkien.campaigns.models import Campaign, StandIn
from sangkien.campaigns.queries import owners
from sangkien.campaigns.showing import owned
from sangkien.units.models import UnitVersion

_JUDGE: Final = (
    Role.ORGANISER_HEAD, Role.FIELD_REVIEWER, Role.FIELD_HEAD, Role.UNIT_HEAD, Role.COUNCIL_CHAIR, Role.COUNCIL_MEMBER,
    Role.DECIDER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """``key``: "office:3" or "person:7", as the form sends it."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Holding:
    """Who stands in now."""

    row: StandIn
    name: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """An office that judges and reports. ``proposed`` is the key of the candidate that comes first by the order."""

    unit: int
    name: str
    things: tuple[str, ...]
    holding: tuple[Holding, ...]
    sharing: tuple[Candidate, ...]
    offices: tuple[Candidate, ...]
    people: tuple[Candidate, ...]
    proposed: str


def in_conflict(campaign: Campaign) -> list[int]:
    """The offices in charge that the plan also asks, in the plan's order. Two statements."""
    asked = set(campaign.participants.values_list("unit", flat=True))
    return [office for office in _ring(owners(campaign)) if office in asked]


def conflicts(campaign: Campaign, on: date) -> list[Conflict]:
    """Each office in conflict with who stands in and who may; names of the day. Seven statements, however many."""
    held = owners(campaign)
    ring = _ring(held)
    asked = set(campaign.participants.values_list("unit", flat=True))
    holding = _holding(campaign)
    wanted = {*ring, *(row.office_id for row in holding if row.office_id)}
    versions = {each.unit_id: each for each in UnitVersion.objects.as_of(on).filter(unit__in=wanted)}
    names = {unit: each.name for unit, each in versions.items()}
    names |= {each.unit_id: each.name for each in offices_under(campaign.organiser, on)}
    people = _people([*names, campaign.organiser_id, campaign.lead_unit_id], on)
    things = {f"{each.kind}:{each.code}": each.name for each in owned(campaign, on)}
    return [
        _conflict(
            office, held, ring, names, things, [row for row in holding if row.unit_in_conflict_id == office], people
        )
        for office in ring
        if office in asked and office in names
    ]


def _ring(held: dict[str, list[int]]) -> list[int]:
    return list(dict.fromkeys(office for offices in held.values() for office in offices))


def _holding(campaign: Campaign) -> list[StandIn]:
    rows = StandIn.objects.current().filter(campaign=campaign).select_related("person", "appointed_by")
    return sorted(rows.order_by("pk"), key=lambda row: row.office_id is None)


def _people(units: Sequence[int], on: date) -> list[tuple[int, int, str]]:
    """(person, unit, name) of those who judge or lead there, by name."""
    rows = Membership.objects.on(on).filter(unit__in=units, role__in=_JUDGE, user__is_active=True)
    told = rows.order_by("user__name_folded", "user").values_list("user", "unit", "user__name").distinct()
    return [(person, unit, name) for person, unit, name in told if unit is not None]


def _conflict(
    office: int, held: dict[str, list[int]], ring: list[int], names: dict[int, str], things: dict[str, str],
    holding: list[StandIn], people: list[tuple[int, int, str]],
) -> Conflict:  # fmt: skip
    mine = [thing for thing, offices in held.items() if office in offices]
    together = dict.fromkeys(other for thing in mine for other in held[thing] if other != office)
    # after this one, round the circle: in a ward the three offices judge each other
    here = ring.index(office)
    others = dict.fromkeys([*ring[here + 1 :], *ring[:here], *names])
    own = {person for person, unit, _name in people if unit == office}
    taken = {row.office_id for row in holding} | {office}
    sharing = tuple(_offices(together, names, taken))
    rest = tuple(_offices((other for other in others if other not in together), names, taken))
    chosen = {row.person_id for row in holding} | own
    named = {person: f"{name}, {names[unit]}" if unit in names else name for person, unit, name in people}
    persons = tuple(Candidate(f"person:{person}", name) for person, name in named.items() if person not in chosen)
    told = tuple(
        Holding(row, names.get(row.office_id or 0, "") or str(row.person and row.person.name)) for row in holding
    )
    first = "" if told else next((each.key for each in (*sharing, *rest)), "")
    return Conflict(
        office, names[office], tuple(things[thing] for thing in mine if thing in things), told, sharing, rest, persons,
        first,
    )  # fmt: skip


def _offices(units: Iterable[int], names: dict[int, str], taken: set[int | None]) -> list[Candidate]:
    return [Candidate(f"office:{unit}", names[unit]) for unit in units if unit in names and unit not in taken]
