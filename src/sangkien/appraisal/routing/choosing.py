"""Which offices appraise an entry, from facts alone: owners of its fields and sector, minus conflicts, or stand-ins.

The order of stand-ins (domain, §7.2): another owner of the field or sector; an office that the chair named; a person
whom the chair named; straight to the council or the chair. Nobody judges their own, and nobody is left without a way.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Ids = Sequence[int]


class Why(StrEnum):
    """Why it goes there; the words stand with the page."""

    FIELD = "field"
    SECTOR = "sector"
    STAND_IN = "stand_in"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as far as the choice needs it. ``fields``: the main one first, as codes; ``kept_out``: units that must
    not judge it; ``people_kept_out``: likewise persons."""

    fields: tuple[str, ...]
    sector: str = ""
    kept_out: frozenset[int] = frozenset()
    people_kept_out: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Owners:
    """Code of a field, or of a sector → the offices in charge, in the order of the plan."""

    fields: Mapping[str, Ids] = field(default_factory=dict)
    sectors: Mapping[str, Ids] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StandIns:
    """Office that must not judge → offices, and people, whom the chair named for it, the earliest first."""

    offices: Mapping[int, Ids] = field(default_factory=dict)
    people: Mapping[int, Ids] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """One office or person that is to appraise. ``code``: of the field or sector; ``instead_of``: who must not."""

    why: Why
    office: int | None = None
    person: int | None = None
    code: str = ""
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Where it goes. ``left_out``: owners that are in conflict.

    Without places: straight to the council or the chair when every owner is in conflict, or a person said so
    (``refers``); else nobody is in charge of its field, and a person chooses.
    """

    places: tuple[Place, ...] = ()
    left_out: tuple[int, ...] = ()
    referred: bool = False

    @property
    def refers(self) -> bool:
        """Whether nobody but the council or the chair may judge."""
        return not self.places and (self.referred or bool(self.left_out))


def choose(told: Told, owners: Owners, stand_ins: StandIns) -> Choice:
    """The offices in charge that may judge; where none may, who stands in."""
    wanted = list(_owners_of(told, owners))
    left_out = tuple(dict.fromkeys(each.office for each in wanted if each.office in told.kept_out and each.office))
    places = _once(each for each in wanted if each.office not in told.kept_out)
    if not places:
        places = _once(place for office in left_out for place in _instead(office, told, stand_ins))
    return Choice(places, left_out)


def _owners_of(told: Told, owners: Owners) -> Iterator[Place]:
    for code in told.fields:
        for office in owners.fields.get(code, ()):
            yield Place(Why.FIELD, office=office, code=code)
    for office in owners.sectors.get(told.sector, ()) if told.sector else ():
        yield Place(Why.SECTOR, office=office, code=told.sector)


def _instead(office: int, told: Told, stand_ins: StandIns) -> Iterator[Place]:
    """The first office that may, else the first person that may, else nobody."""
    for each in stand_ins.offices.get(office, ()):
        if each not in told.kept_out:
            yield Place(Why.STAND_IN, office=each, instead_of=office)
            return
    for each in stand_ins.people.get(office, ()):
        if each not in told.people_kept_out:
            yield Place(Why.STAND_IN, person=each, instead_of=office)
            return


def _once(places: Iterator[Place]) -> tuple[Place, ...]:
    """Each office and person once, for its first reason."""
    first: dict[tuple[int | None, int | None], Place] = {}
    for each in places:
        first.setdefault((each.office, each.person), each)
    return tuple(first.values())


@dataclass(frozen=True, slots=True)
class Shift:
    """Some of what one office got goes to another that may judge it: the load is shared."""

    of: int
    to: int
    count: int


def shared(choices: Mapping[int, Choice], kept_out: Mapping[int, frozenset[int]], shift: Shift) -> dict[int, Choice]:
    """The last ``count`` entries of one office given to the other, where it is in no conflict."""
    left, changed = shift.count, dict(choices)
    for key in reversed(list(choices)):
        places = choices[key].places
        offices = [each.office for each in places]
        if left <= 0:
            break
        if shift.of not in offices or shift.to in offices or shift.to in kept_out.get(key, frozenset()):
            continue
        moved = tuple(Place(Why.CHOSEN, office=shift.to) if each.office == shift.of else each for each in places)
        changed[key] = Choice(moved, choices[key].left_out)
        left -= 1
    return changed


def load(choices: Mapping[int, Choice]) -> dict[int, int]:
    """Office → how many entries it gets, the fullest first."""
    counts: dict[int, int] = {}
    for choice in choices.values():
        for place in choice.places:
            if place.office is not None:
                counts[place.office] = counts.get(place.office, 0) + 1
    return dict(sorted(counts.items(), key=lambda each: -each[1]))
