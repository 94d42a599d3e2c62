"""In which order entries are presented, so that people leave the room seldom.

Who keeps out of an entry leaves the room for it. Entries with the same people out stand together: as the number of
those who must leave on the way from one entry to the next obeys the triangle inequality, tearing such a group apart
never helps. The groups are put in order exactly (Held and Karp) while there are few, else by the nearest next one,
bettered by turning stretches round. Inside a group, and between orders that cost the same, the fields of the plan
decide, then the order in which the entries came: the same entries always give the same order.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

EXACT_UP_TO: Final = 9  # groups; 9 · 2⁹ · 9 steps, a few hundredths of a second
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Presented(Generic[K]):
    """An entry: ``field`` is its place among the fields of the plan, ``out`` the people who keep out of it."""

    key: K
    field: int
    out: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Group:
    """Entries with the same people out, in their own order; ``first`` is the place of the first of them."""

    out: frozenset[int]
    first: tuple[int, int]
    keys: tuple[Hashable, ...]


def leavings(order: Sequence[Presented[K]]) -> int:
    """How often somebody gets up and leaves in this order."""
    there: frozenset[int] = frozenset()
    count = 0
    for each in order:
        count += len(each.out - there)
        there = each.out
    return count


def running_order(entries: Sequence[Presented[K]]) -> list[K]:
    """The keys in the order in which they are presented."""
    by_key = {each.key: each for each in entries}
    if len(by_key) != len(entries):
        raise ValueError("running_order: an entry stands there twice")
    groups = _groups(entries)
    ordered = _exact(groups) if len(groups) <= EXACT_UP_TO else _bettered(min(_nearest(groups), groups, key=_cost))
    return [by_key[key].key for group in ordered for key in group.keys]  # type: ignore[index]  # they came from there


def _groups(entries: Sequence[Presented[K]]) -> list[_Group]:
    places = {each.key: (each.field, place) for place, each in enumerate(entries)}
    together: dict[frozenset[int], list[Presented[K]]] = {}
    for each in entries:
        together.setdefault(each.out, []).append(each)
    groups = []
    for out, members in together.items():
        members.sort(key=lambda each: places[each.key])
        groups.append(_Group(out, places[members[0].key], tuple(each.key for each in members)))
    return sorted(groups, key=lambda group: group.first)


def _exact(groups: Sequence[_Group]) -> list[_Group]:
    """The cheapest order of all; of equal ones the first by ``first``."""
    best: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {
        (1 << place, place): (len(group.out), (place,)) for place, group in enumerate(groups)
    }
    for _length in range(1, len(groups)):
        longer: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {}
        for (taken, last), (cost, order) in best.items():
            for place, group in enumerate(groups):
                if taken >> place & 1:
                    continue
                offer = (cost + len(group.out - groups[last].out), (*order, place))
                state = (taken | 1 << place, place)
                if state not in longer or offer < longer[state]:
                    longer[state] = offer
        best = longer
    return [groups[place] for place in min(best.values())[1]] if best else []


def _nearest(groups: Sequence[_Group]) -> list[_Group]:
    left, order, there = list(groups), [], frozenset[int]()
    while left:
        following = min(left, key=lambda group: (len(group.out - there), len(there - group.out), group.first))
        left.remove(following)
        order.append(following)
        there = following.out
    return order


def _bettered(order: list[_Group]) -> list[_Group]:
    """Stretches turned round as long as that spares somebody a way."""
    cost = _cost(order)
    while True:
        turns = (
            [*order[:start], *reversed(order[start:end]), *order[end:]]
            for start in range(len(order))
            for end in range(start + 2, len(order) + 1)
        )
        better = next((turned for turned in turns if _cost(turned) < cost), None)
        if better is None:
            return order
        order, cost = better, _cost(better)


def _cost(order: Sequence[_Group]) -> int:
    return leavings([Presented(number, 0, group.out) for number, group in enumerate(order)])
