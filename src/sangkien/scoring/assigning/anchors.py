"""Which entries are anchors, and who beside their panel reads them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sangkien.scoring.assigning.model import ANCHOR_READERS, Entry, Judge, Key, drawn


@dataclass(frozen=True, slots=True)
class Anchoring:
    """For each anchor entry (by number) the judges of another field of whom two are to read it.

    ``joined``: the fields hang together by judges whom they share, so that nothing is to be tied.
    """

    guests: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    joined: bool = False


def anchorings(
    entries: Sequence[Entry],
    judges: Sequence[Judge],
    is_free: Callable[[int, int], bool],
    each: int,
    seed: Key,
) -> Iterator[Anchoring]:
    """Ways to tie the fields together, the best first: a ring, then everything to the panel with most room.

    ``each`` anchor entries a field; in a ring no panel hangs on one neighbour alone, and the load is spread.
    ``is_free(entry, judge)``: no conflict.
    """
    panels = _panels(entries, judges)
    if not each or len(panels) < 2:
        yield Anchoring(joined=len(panels) < 2)
        return
    by_room = sorted(
        panels, key=lambda panel: (panel.reading / len(panel.judges), drawn(seed, "panel", *_names(panel)))
    )
    ring = dict(zip(range(len(by_room)), [*by_room[1:], by_room[0]], strict=True))
    star = {at: by_room[1 if at == 0 else 0] for at in range(len(by_room))}
    for hosts in (ring, star):
        guests: dict[int, tuple[int, ...]] = {}
        for at, panel in enumerate(by_room):
            for name in panel.fields:
                of_field = (number for number, entry in enumerate(entries) if entry.field == name)
                guests.update(_chosen(of_field, hosts[at].judges, is_free, each))
        yield Anchoring(guests)


def _chosen(
    of_field: Iterator[int], judges: tuple[int, ...], is_free: Callable[[int, int], bool], each: int
) -> Iterator[tuple[int, tuple[int, ...]]]:
    found = 0
    for entry in of_field:
        able = tuple(judge for judge in judges if is_free(entry, judge))
        if len(able) >= ANCHOR_READERS and found < each:
            found += 1
            yield entry, able


@dataclass(frozen=True, slots=True)
class _Panel:
    """Fields that share judges, these judges, and how many entries they have to read."""

    fields: tuple[Key, ...]
    judges: tuple[int, ...]
    reading: int


def _names(panel: _Panel) -> list[Key]:
    return sorted(panel.fields, key=str)


def _panels(entries: Sequence[Entry], judges: Sequence[Judge]) -> list[_Panel]:
    """The fields that have entries and judges, grouped by the judges whom they share."""
    fields = dict.fromkeys(entry.field for entry in entries)
    groups: list[tuple[set[Key], set[int]]] = []
    for number, judge in enumerate(judges):
        own = {name for name in fields if not judge.fields or name in judge.fields}
        touching = [group for group in groups if group[0] & own]
        groups = [group for group in groups if not group[0] & own]
        if own:
            groups.append((own.union(*(group[0] for group in touching)), {number}.union(*(g[1] for g in touching))))
    return [
        _Panel(
            tuple(name for name in fields if name in names),
            tuple(sorted(seats)),
            sum(entry.field in names for entry in entries),
        )
        for names, seats in groups
    ]
