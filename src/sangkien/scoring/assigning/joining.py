"""Whether judges and entries hang together, and exchanges that make them."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

_MOST_EXCHANGES_TRIED = 20_000


def parts(readers: Sequence[set[int]]) -> list[int]:
    """For each entry the part of the graph that it lies in (any number), -1 without a reader."""
    above: dict[int, int] = {}

    def root(judge: int) -> int:
        while above.setdefault(judge, judge) != judge:
            above[judge] = above[above[judge]]
            judge = above[judge]
        return judge

    for some in readers:
        first, *others = some or {-1}
        for other in others:
            above[root(other)] = root(first)
    return [root(min(some)) if some else -1 for some in readers]


def count_parts(readers: Sequence[set[int]]) -> int:
    """Into how many parts the judges and entries fall."""
    return len(set(parts(readers)) - {-1})


def join(readers: list[set[int]], movable: Callable[[int, int], bool], may: Callable[[int, int], bool]) -> None:
    """Exchange readers of two entries in different parts, as long as that lessens the parts; no load changes.

    ``movable(entry, judge)``: this reading may be given away. ``may(entry, judge)``: the judge may take the entry.
    """
    count = count_parts(readers)
    while count > 1:
        for first, given, second, taken in islice(_exchanges(readers, movable, may), _MOST_EXCHANGES_TRIED):
            readers[first] = readers[first] - {given} | {taken}
            readers[second] = readers[second] - {taken} | {given}
            now = count_parts(readers)
            if now < count:
                count = now
                break
            readers[first] = readers[first] - {taken} | {given}
            readers[second] = readers[second] - {given} | {taken}
        else:
            return


def _exchanges(
    readers: Sequence[set[int]], movable: Callable[[int, int], bool], may: Callable[[int, int], bool]
) -> Iterator[tuple[int, int, int, int]]:
    """(entry, its reader, entry of another part, its reader), each allowed to read the other's."""
    part = parts(readers)
    for first, second in ((a, b) for a in range(len(part)) for b in range(a) if part[a] != part[b]):
        if len(readers[first]) < 2 and len(readers[second]) < 2:
            continue
        for given in sorted(judge for judge in readers[first] if movable(first, judge)):
            for taken in sorted(judge for judge in readers[second] if movable(second, judge)):
                if may(first, taken) and may(second, given):
                    yield first, given, second, taken
