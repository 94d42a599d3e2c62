"""The assignment of judges to entries: exact, even, the same for the same input and seed in whatever order it comes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sangkien.scoring.assigning.anchors import Anchoring, anchorings
from sangkien.scoring.assigning.dealing import Meetings, dealt
from sangkien.scoring.assigning.flow import Class, Flow, Seat, balanced, feasible, overloaded
from sangkien.scoring.assigning.joining import count_parts, join
from sangkien.scoring.assigning.model import (
    ANCHOR_READERS,
    Assigned,
    Entry,
    Impossible,
    Judge,
    Key,
    Kind,
    Pair,
    Read,
    Reason,
    Request,
    Why,
    drawn,
)


def assign(request: Request) -> Assigned | Impossible:
    """Who reads what, whole; or why that cannot be, and what would help.

    Loads are as even as panels, conflicts and pairs set by hand allow (the sum of squares is least). The input's order
    does not matter. Names only decide between equals, by lot with ``seed``. With anchors, each field gets entries that
    two judges of another field read too; where fields share judges, none is needed.
    """
    table = _table(request)
    wrong = _set_wrongly(table) or _without_readers(table)
    if wrong:
        return Impossible(wrong)
    wanted = list(anchorings(table.entries, table.judges, table.may_be_guest, request.anchors, request.seed))
    for anchoring in wanted:
        classes = [*table.classes(), *_anchor_classes(table, anchoring)]
        flow = balanced(classes, table.seats)
        if flow.whole:
            return _dealt(table, classes, flow, anchoring)
    return Impossible(_too_much(table, wanted))


@dataclass(frozen=True, slots=True)
class _Table:
    """The request by number; entries and judges in an order drawn by lot, so that no name and no place comes first."""

    request: Request
    entries: tuple[Entry, ...]
    judges: tuple[Judge, ...]
    fixed: tuple[frozenset[int], ...]
    seats: tuple[Seat, ...]

    def may(self, entry: int, judge: int) -> bool:
        """The judge is of the entry's panel and has no conflict."""
        return self.reads_field(entry, judge) and self.is_free(entry, judge)

    def reads_field(self, entry: int, judge: int) -> bool:
        fields = self.judges[judge].fields
        return not fields or self.entries[entry].field in fields

    def is_free(self, entry: int, judge: int) -> bool:
        return Pair(self.entries[entry].id, self.judges[judge].id) not in self.request.forbidden

    def may_be_guest(self, entry: int, judge: int) -> bool:
        """The judge, of whatever panel, may read the entry as an anchor."""
        return self.is_free(entry, judge) and judge not in self.fixed[entry]

    def need(self, entry: int) -> int:
        """How many readers the entry lacks beside those set by hand."""
        wanted = self.request.readers_of.get(self.entries[entry].id, self.request.readers)
        return max(0, wanted - len(self.fixed[entry]))

    def eligible(self, entry: int) -> tuple[int, ...]:
        able = (judge for judge in range(len(self.judges)) if self.may(entry, judge))
        return tuple(judge for judge in able if judge not in self.fixed[entry])

    def classes(self) -> list[Class]:
        return _classes((at, self.need(at), self.eligible(at)) for at in range(len(self.entries)))


def _table(request: Request) -> _Table:
    entries = tuple(sorted(request.entries, key=lambda each: drawn(request.seed, "entry", each.id)))
    judges = tuple(sorted(request.judges, key=lambda each: drawn(request.seed, "judge", each.id)))
    number = {each.id: at for at, each in enumerate(judges)}
    by_entry: dict[Key, set[int]] = {}
    for pair in request.fixed:
        by_entry.setdefault(pair.entry, set()).add(number[pair.judge])
    fixed = tuple(frozenset(by_entry.get(each.id, ())) for each in entries)
    loads = [each.already + sum(at in some for some in fixed) for at, each in enumerate(judges)]
    seats = tuple(Seat(load, max(0, _limit(request, each) - load)) for load, each in zip(loads, judges, strict=True))
    return _Table(request, entries, judges, fixed, seats)


def _limit(request: Request, judge: Judge) -> int:
    return request.limit if judge.limit is None else min(judge.limit, request.limit)


def _classes(needs: Iterable[tuple[int, int, tuple[int, ...]]]) -> list[Class]:
    alike: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for entry, need, judges in needs:
        if need:
            alike.setdefault((need, judges), []).append(entry)
    return [Class(tuple(entries), need, judges) for (need, judges), entries in alike.items()]


def _anchor_classes(table: _Table, anchoring: Anchoring) -> list[Class]:
    return _classes((entry, ANCHOR_READERS, guests) for entry, guests in anchoring.guests.items())


def _set_wrongly(table: _Table) -> tuple[Reason, ...]:
    """Pairs set by hand that may not be: in conflict, or more than a judge takes."""
    request = table.request
    clashes = sorted(request.fixed & request.forbidden, key=lambda pair: (str(pair.entry), str(pair.judge)))
    found = [Reason(Why.FORBIDDEN, entries=(pair.entry,), judges=(pair.judge,)) for pair in clashes]
    for judge, seat in zip(table.judges, table.seats, strict=True):
        limit = _limit(request, judge)
        if seat.load > max(limit, judge.already):
            found.append(Reason(Why.OVERFULL, judges=(judge.id,), needed=seat.load, available=limit))
    return tuple(found)


def _without_readers(table: _Table) -> tuple[Reason, ...]:
    """Entries that have too few judges who may read them at all, whatever the loads; together where alike."""
    alike: dict[tuple[Key, int, int], list[Key]] = {}
    for at, entry in enumerate(table.entries):
        need, able = table.need(at), len(table.eligible(at))
        if able < need:
            alike.setdefault((entry.field, need, able), []).append(entry.id)
    return tuple(
        Reason(Why.FEW_READERS, entries=_sorted(ids), field=field, needed=need, available=able)
        for (field, need, able), ids in sorted(alike.items(), key=lambda each: str(each[0]))
    )


def _sorted(keys: Iterable[Key]) -> tuple[Key, ...]:
    return tuple(sorted(keys, key=lambda key: (str(key), type(key).__name__)))


def _dealt(table: _Table, classes: Sequence[Class], flow: Flow, anchoring: Anchoring) -> Assigned:
    readers: list[set[int]] = [set(some) for some in table.fixed]
    meetings = Meetings()
    for each, shares in zip(classes, flow.shares, strict=True):
        dealt(each, shares, readers, meetings)

    def movable(entry: int, judge: int) -> bool:
        return judge not in table.fixed[entry] and judge not in anchoring.guests.get(entry, ())

    def may(entry: int, judge: int) -> bool:
        return table.may(entry, judge) and judge not in readers[entry]

    join(readers, movable, may)
    reads = [
        Read(entry.id, table.judges[judge].id, _kind(table, anchoring, at, judge))
        for at, entry in enumerate(table.entries)
        for judge in readers[at]
    ]
    place = {each.id: at for at, each in enumerate(table.request.entries)}
    seat = {each.id: at for at, each in enumerate(table.request.judges)}
    loads = {each.id: each.already for each in table.request.judges}
    for read in reads:
        loads[read.judge] += 1
    return Assigned(
        tuple(sorted(reads, key=lambda read: (place[read.entry], seat[read.judge]))),
        loads,
        tuple(sorted((table.entries[at].id for at in anchoring.guests), key=place.__getitem__)),
        count_parts(readers),
        anchoring.joined,
    )


def _kind(table: _Table, anchoring: Anchoring, entry: int, judge: int) -> Kind:
    if judge in table.fixed[entry]:
        return Kind.FIXED
    return Kind.ANCHOR if judge in anchoring.guests.get(entry, ()) else Kind.PANEL


def _too_much(table: _Table, wanted: Sequence[Anchoring]) -> tuple[Reason, ...]:
    """Where the load does not fit: without the anchors if that is already too much, else with them."""
    classes = table.classes()
    flow = feasible(classes, table.seats)
    for_anchors = flow.whole
    if for_anchors:
        classes = [*classes, *_anchor_classes(table, wanted[-1])]
        flow = feasible(classes, table.seats)
    tight, judges = overloaded(classes, flow)
    short = sum(flow.lacking)
    needed = sum(classes[at].readings for at in tight)
    entries = {entry for at in tight for entry in classes[at].entries}
    most = min(table.request.limit, len(entries))
    return (
        Reason(
            Why.LOAD,
            entries=_sorted(table.entries[at].id for at in entries),
            judges=_sorted(table.judges[at].id for at in judges),
            needed=needed,
            available=needed - short,
            limit=_limit_that_does(table, classes),
            more_judges=-(-short // most),
            for_anchors=for_anchors,
        ),
    )


def _limit_that_does(table: _Table, classes: Sequence[Class]) -> int | None:
    """The least common limit with which everything is read; None where some judges' own limits stand against it."""

    def fits(limit: int) -> bool:
        higher = replace(table.request, limit=limit)
        rooms = (max(0, _limit(higher, judge) - seat.load) for judge, seat in _seated(table))
        seats = [Seat(seat.load, room) for seat, room in zip(table.seats, rooms, strict=True)]
        return feasible(classes, seats).whole

    low = table.request.limit
    high = max(seat.load for seat in table.seats) + sum(len(each.entries) for each in classes)
    if not fits(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle, high)
    return high


def _seated(table: _Table) -> Iterable[tuple[Judge, Seat]]:
    return zip(table.judges, table.seats, strict=True)


def reading_order(judge: Key, entries: Iterable[Key], read_counts: Mapping[Key, int], seed: Key) -> tuple[Key, ...]:
    """In which order the judge reads: what has been read least first, between equals by the judge's own lot.

    The same from page load to page load, for whatever order the entries come in; another for another judge.
    """
    return tuple(sorted(entries, key=lambda entry: (read_counts.get(entry, 0), drawn(seed, "order", judge, entry))))
