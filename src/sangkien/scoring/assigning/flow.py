"""How many entries of each kind each judge reads: a minimum-cost flow in whole numbers, exact.

Entries with the same judges and the same need are one class: the flow is over classes × judges, not entries × judges.
A judge's k-th entry costs 2k − 1, so that a load of n costs n²: the cheapest flow is the most even one. What cannot be
placed runs over an arc dearer than everything else, so a flow always exists and says how much is lacking.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx


@dataclass(frozen=True, slots=True)
class Class:
    """``entries`` (numbers) that each need ``need`` different readers from ``judges`` (numbers)."""

    entries: tuple[int, ...]
    need: int
    judges: tuple[int, ...]

    @property
    def readings(self) -> int:
        return len(self.entries) * self.need


@dataclass(frozen=True, slots=True)
class Seat:
    """A judge in the flow: ``load`` so far, and how many more they may take."""

    load: int
    room: int


@dataclass(frozen=True, slots=True)
class Flow:
    """``shares[c][j]``: entries of class c for judge j. ``lacking[c]``: readings of class c that nobody can take."""

    shares: tuple[dict[int, int], ...]
    lacking: tuple[int, ...]

    @property
    def whole(self) -> bool:
        return not any(self.lacking)


def balanced(classes: Sequence[Class], seats: Sequence[Seat]) -> Flow:
    """The most even flow among those that lack least. Which of equals is found hangs on the order of the arguments."""
    return _solved(classes, seats, even=True)


def feasible(classes: Sequence[Class], seats: Sequence[Seat]) -> Flow:
    """A flow that lacks least, without regard to balance; quicker."""
    return _solved(classes, seats, even=False)


def _solved(classes: Sequence[Class], seats: Sequence[Seat], *, even: bool) -> Flow:
    total = sum(each.readings for each in classes)
    if not total:
        return Flow(tuple({} for _ in classes), tuple(0 for _ in classes))
    graph = nx.DiGraph()
    graph.add_node("end", demand=total)
    dearest = 2 * (total + sum(seat.load for seat in seats)) + 1
    for number, each in enumerate(classes):
        graph.add_node(("class", number), demand=-each.readings)
        graph.add_edge(("class", number), "end", capacity=each.readings, weight=dearest)
        for judge in each.judges:
            graph.add_edge(("class", number), ("judge", judge), capacity=len(each.entries), weight=0)
    for judge in sorted({judge for each in classes for judge in each.judges}):
        _add_seat(graph, judge, seats[judge], total, even=even)
    _, found = nx.network_simplex(graph)
    shares = tuple(
        {judge: found["class", number]["judge", judge] for judge in each.judges} for number, each in enumerate(classes)
    )
    return Flow(shares, tuple(found["class", number]["end"] for number in range(len(classes))))


def _add_seat(graph: "nx.DiGraph[object]", judge: int, seat: Seat, total: int, *, even: bool) -> None:
    room = min(seat.room, total)
    if not even:
        graph.add_edge(("judge", judge), "end", capacity=room, weight=0)
        return
    for step in range(1, room + 1):
        graph.add_edge(("judge", judge), ("step", judge, step), capacity=1, weight=2 * (seat.load + step) - 1)
        graph.add_edge(("step", judge, step), "end", capacity=1, weight=0)


def overloaded(classes: Sequence[Class], flow: Flow) -> tuple[set[int], set[int]]:
    """Classes that compete for judges who are full, and these judges (the tight set of Hall's theorem).

    From a class that lacks: to judges who could read more of it, and on to the classes for which these read now.
    """
    reached = {number for number, lack in enumerate(flow.lacking) if lack}
    judges: set[int] = set()
    waiting = list(reached)
    while waiting:
        number = waiting.pop()
        size = len(classes[number].entries)
        new = {judge for judge, share in flow.shares[number].items() if share < size} - judges
        judges |= new
        fresh = {at for at, share in enumerate(flow.shares) if at not in reached and any(share.get(j) for j in new)}
        reached |= fresh
        waiting += fresh
    return reached, judges
