"""Who reads what: whole or refused; even, without conflict, hanging together; whatever the order and the names."""

from collections import Counter
from dataclasses import replace
from random import Random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sangkien.scoring.assigning.assigning import assign, reading_order
from sangkien.scoring.assigning.model import (
    Assigned,
    Entry,
    Impossible,
    Judge,
    Key,
    Kind,
    Pair,
    Reason,
    Request,
    Why,
)


def _request(entries: int, judges: int, *, fields: int = 1, **more: object) -> Request:
    return Request(
        tuple(Entry(f"h{at}", f"l{at % fields}") for at in range(entries)),
        tuple(Judge(f"g{at}", frozenset({f"l{at % fields}"})) for at in range(judges)),
        **{"readers": 3, "limit": 50, **more},  # type: ignore[arg-type]  # as the test says
    )


def _assigned(request: Request) -> Assigned:
    found = assign(request)
    assert isinstance(found, Assigned)
    return found


@st.composite
def requests(draw: st.DrawFn) -> Request:
    fields = draw(st.integers(1, 3))
    entries = tuple(Entry(f"h{at}", at % fields) for at in range(draw(st.integers(1, 12))))
    some_fields = st.frozensets(st.integers(0, fields - 1))
    judges = tuple(
        Judge(f"g{at}", draw(some_fields), draw(st.none() | st.integers(2, 8)), draw(st.integers(0, 2)))
        for at in range(draw(st.integers(2, 8)))
    )
    pairs = st.builds(Pair, st.sampled_from([e.id for e in entries]), st.sampled_from([j.id for j in judges]))
    forbidden = draw(st.frozensets(pairs, max_size=10))
    return Request(
        entries,
        judges,
        readers=draw(st.integers(1, 3)),
        limit=draw(st.integers(2, 12)),
        fixed=draw(st.frozensets(pairs, max_size=3)) - forbidden,
        forbidden=forbidden,
        anchors=draw(st.integers(0, 2)),
        seed=draw(st.integers(0, 3)),
    )


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(requests())
def test_whole_without_conflict_within_every_limit_and_what_was_set_by_hand_stays(request: Request) -> None:
    found = assign(request)
    if isinstance(found, Impossible):
        assert found.reasons
        return
    pairs = [Pair(read.entry, read.judge) for read in found.reads]
    assert len(set(pairs)) == len(pairs)
    assert not request.forbidden & set(pairs)
    assert request.fixed == {Pair(read.entry, read.judge) for read in found.reads if read.kind is Kind.FIXED}
    field = {each.id: each.field for each in request.entries}
    judges = {each.id: each for each in request.judges}
    home = Counter(read.entry for read in found.reads if read.kind is not Kind.ANCHOR)
    by_hand = Counter(pair.entry for pair in request.fixed)
    assert {each.id: home[each.id] for each in request.entries} == {
        each.id: max(request.readers, by_hand[each.id]) for each in request.entries
    }
    guests = Counter(read.entry for read in found.reads if read.kind is Kind.ANCHOR)
    assert guests == dict.fromkeys(found.anchors, 2)
    for read in found.reads:
        reads_field = not judges[read.judge].fields or field[read.entry] in judges[read.judge].fields
        assert read.kind is Kind.FIXED or reads_field == (read.kind is Kind.PANEL)
    loads = Counter(pair.judge for pair in pairs)
    for judge in request.judges:
        assert found.loads[judge.id] == judge.already + loads[judge.id]
        assert found.loads[judge.id] <= max(judge.already, min(request.limit, judge.limit or request.limit))


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(requests())
def test_no_exchange_would_make_the_loads_more_even(request: Request) -> None:
    """From a judge to another with two less there is no chain of hand-overs: what "as even as possible" means."""
    found = assign(request)
    if isinstance(found, Impossible):
        return
    graph = nx.DiGraph()
    judges = {each.id: each for each in request.judges}
    graph.add_nodes_from(judges)
    field = {each.id: each.field for each in request.entries}
    readers: dict[Key, set[Key]] = {}
    for read in found.reads:
        readers.setdefault(read.entry, set()).add(read.judge)
    for read in (each for each in found.reads if each.kind is Kind.PANEL):
        for other in request.judges:
            may = (not other.fields or field[read.entry] in other.fields) and other.id not in readers[read.entry]
            if may and Pair(read.entry, other.id) not in request.forbidden:
                graph.add_edge(read.judge, other.id)
    for judge in judges:
        for other in nx.descendants(graph, judge):
            room = min(request.limit, judges[other].limit or request.limit)
            assert found.loads[judge] <= found.loads[other] + 1 or found.loads[other] >= room


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(requests())
def test_what_is_refused_for_the_load_has_indeed_no_assignment(request: Request) -> None:
    found = assign(request)
    if isinstance(found, Impossible) and found.reasons[0].why is Why.LOAD and not found.reasons[0].for_anchors:
        assert _most(request) < request.readers * len(request.entries) - _by_hand(request)
        reason = found.reasons[0]
        assert reason.needed > reason.available
        if reason.limit is not None:
            assert isinstance(assign(_without_anchors(request, reason.limit)), Assigned)
            assert isinstance(assign(_without_anchors(request, reason.limit - 1)), Impossible)


def _without_anchors(request: Request, limit: int) -> Request:
    return replace(request, limit=limit, anchors=0)


def _by_hand(request: Request) -> int:
    by_hand = Counter(pair.entry for pair in request.fixed)
    return sum(min(request.readers, count) for count in by_hand.values())


def _most(request: Request) -> int:
    """How many readings can be given at all, entry by entry, by a maximum flow."""
    graph = nx.DiGraph()
    by_hand, loads = Counter(pair.entry for pair in request.fixed), Counter(pair.judge for pair in request.fixed)
    for entry in request.entries:
        graph.add_edge("start", entry.id, capacity=max(0, request.readers - by_hand[entry.id]))
        for judge in request.judges:
            pair = Pair(entry.id, judge.id)
            if (not judge.fields or entry.field in judge.fields) and pair not in request.forbidden | request.fixed:
                graph.add_edge(entry.id, judge.id, capacity=1)
    for judge in request.judges:
        room = min(request.limit, judge.limit or request.limit) - judge.already - loads[judge.id]
        graph.add_edge(judge.id, "end", capacity=max(0, room))
    return int(nx.maximum_flow_value(graph, "start", "end"))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(requests(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_changes_nothing(request: Request, chance: Random) -> None:
    found = assign(request)
    entries, judges = list(request.entries), list(request.judges)
    chance.shuffle(entries)
    chance.shuffle(judges)
    again = assign(replace(request, entries=tuple(entries), judges=tuple(judges)))
    if isinstance(found, Impossible):
        assert again == found
        return
    assert isinstance(again, Assigned)
    assert set(again.reads) == set(found.reads)
    assert (again.loads, set(again.anchors)) == (found.loads, set(found.anchors))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(requests())
def test_other_names_share_out_the_same_loads(request: Request) -> None:
    if request.anchors:
        return  # which entries become anchors is drawn by lot, so by name
    new = {each.id: f"khác {each.id}"[::-1] for each in (*request.entries, *request.judges)}
    renamed = Request(
        tuple(Entry(new[each.id], each.field) for each in request.entries),
        tuple(Judge(new[each.id], each.fields, each.limit, each.already) for each in request.judges),
        request.readers,
        request.limit,
        frozenset(Pair(new[pair.entry], new[pair.judge]) for pair in request.fixed),
        frozenset(Pair(new[pair.entry], new[pair.judge]) for pair in request.forbidden),
        seed=request.seed,
    )
    found, again = assign(request), assign(renamed)
    assert type(found) is type(again)
    if isinstance(found, Assigned) and isinstance(again, Assigned):
        assert sorted(found.loads.values()) == sorted(again.loads.values())


@pytest.mark.parametrize(("entries", "judges", "readers"), [(40, 12, 3), (17, 5, 2), (7, 7, 3), (100, 9, 4)])
def test_loads_of_one_panel_differ_by_at_most_one(entries: int, judges: int, readers: int) -> None:
    found = _assigned(_request(entries, judges, readers=readers, limit=100))
    assert max(found.loads.values()) - min(found.loads.values()) <= 1
    assert found.components == 1


def test_who_gets_the_one_more_is_drawn_by_lot_and_not_by_name() -> None:
    more = Counter[Key]()
    for seed in range(60):
        loads = _assigned(_request(7, 3, readers=1, seed=seed)).loads
        more.update(judge for judge, load in loads.items() if load == 3)
    assert all(count > 8 for count in more.values())
    assert len(more) == 3


def test_judges_of_a_panel_meet_each_other_evenly() -> None:
    found = _assigned(_request(40, 6, readers=3))
    readers: dict[Key, list[Key]] = {}
    for read in found.reads:
        readers.setdefault(read.entry, []).append(read.judge)
    meetings = Counter(frozenset((a, b)) for some in readers.values() for a in some for b in some if a < b)  # type: ignore[operator]  # names
    assert len(meetings) == 15
    assert max(meetings.values()) - min(meetings.values()) <= 2


@pytest.mark.parametrize("fields", [2, 4, 8])
def test_anchors_tie_all_fields_together(fields: int) -> None:
    apart = _assigned(_request(10 * fields, 3 * fields, fields=fields, readers=2))
    assert (apart.components, apart.anchors) == (fields, ())
    tied = _assigned(_request(10 * fields, 3 * fields, fields=fields, readers=2, anchors=2))
    assert tied.components == 1
    assert len(tied.anchors) == 2 * fields
    assert max(tied.loads.values()) - min(tied.loads.values()) <= 1


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.integers(2, 4), st.integers(2, 3), st.integers(6, 12), st.integers(0, 50), st.integers(0, 12))
def test_where_there_is_room_anchors_tie_the_fields_in_spite_of_conflicts(
    fields: int, readers: int, each: int, seed: int, conflicts: int
) -> None:
    chance = Random(seed)
    judges = 4 * fields
    drawn = {Pair(f"h{chance.randrange(each * fields)}", f"g{chance.randrange(judges)}") for _ in range(conflicts)}
    per_entry = Counter(pair.entry for pair in drawn)
    forbidden = frozenset(pair for pair in drawn if per_entry[pair.entry] == 1)
    request = _request(each * fields, judges, fields=fields, readers=readers, forbidden=forbidden, anchors=2, seed=seed)
    assert _assigned(request).components == 1


def test_fields_that_share_judges_need_no_anchor() -> None:
    entries = tuple(Entry(f"h{at}", at % 4) for at in range(40))
    found = _assigned(Request(entries, tuple(Judge(f"g{at}") for at in range(9)), 3, 50, anchors=3))
    assert (found.joined, found.anchors, found.components) == (True, (), 1)


def test_a_full_panel_is_spared_the_anchors_of_others() -> None:
    """The judges of the crowded field have no room: the others read its anchors, and each other's."""
    entries = tuple(Entry(f"h{at}", 0 if at < 30 else 1 + at % 2) for at in range(42))
    judges = tuple(Judge(f"g{at}", frozenset({at // 3})) for at in range(9))
    found = _assigned(Request(entries, judges, 2, 20, anchors=2))
    assert found.components == 1
    assert [found.loads[f"g{at}"] for at in range(3)] == [20, 20, 20]


def test_anchors_that_are_too_much_are_refused_and_said() -> None:
    found = assign(_request(12, 6, fields=2, readers=2, limit=4, anchors=2))
    assert isinstance(found, Impossible)
    (reason,) = found.reasons
    assert (reason.why, reason.for_anchors, reason.limit) == (Why.LOAD, True, 6)


def test_an_entry_that_too_few_may_read_is_named_with_its_field() -> None:
    forbidden = frozenset(Pair("h0", f"g{at}") for at in range(3))
    found = assign(_request(6, 5, readers=3, forbidden=forbidden))
    assert found == Impossible((Reason(Why.FEW_READERS, ("h0",), field="l0", needed=3, available=2),))


def test_too_much_for_the_judges_says_how_much_more_is_needed() -> None:
    found = assign(_request(12, 4, readers=3, limit=8))
    names = tuple(f"h{at}" for at in range(12))
    judges = ("g0", "g1", "g2", "g3")
    reason = Reason(Why.LOAD, tuple(sorted(names)), judges, needed=36, available=32, limit=9, more_judges=1)
    assert found == Impossible((reason,))


def test_pairs_set_by_hand_may_neither_be_in_conflict_nor_overfill() -> None:
    pair = Pair("h0", "g0")
    clash = assign(_request(6, 5, fixed=frozenset({pair}), forbidden=frozenset({pair})))
    assert clash == Impossible((Reason(Why.FORBIDDEN, ("h0",), ("g0",)),))
    full = assign(_request(6, 5, limit=2, fixed=frozenset(Pair(f"h{at}", "g0") for at in range(3))))
    assert full == Impossible((Reason(Why.OVERFULL, judges=("g0",), needed=3, available=2),))


def test_a_request_that_contradicts_itself_is_loud() -> None:
    with pytest.raises(ValueError, match="fixed pair"):
        _request(3, 3, fixed=frozenset({Pair("h9", "g0")}))
    with pytest.raises(ValueError, match="at least 1"):
        _request(3, 3, readers=0)
    with pytest.raises(ValueError, match="given twice"):
        Request((Entry(1, 1), Entry(1, 2)), (), 1, 1)


@pytest.mark.slow
def test_a_thousand_entries_and_sixty_judges_are_shared_out() -> None:
    chance = Random(5)
    entries = tuple(Entry(at, 0 if chance.random() < 0.75 else 1 + at % 3) for at in range(1000))
    judges = tuple(Judge(at, frozenset({0 if at < 45 else 1 + at % 3})) for at in range(60))
    forbidden = frozenset(Pair(chance.randrange(1000), chance.randrange(60)) for _ in range(600))
    found = _assigned(Request(entries, judges, 3, 75, forbidden=forbidden, anchors=3))
    assert found.components == 1
    assert sum(found.loads.values()) == 3000 + 2 * 12


def test_the_least_read_comes_first_and_equals_by_each_judges_own_lot() -> None:
    entries = [f"h{at}" for at in range(20)]
    counts = {each: at % 3 for at, each in enumerate(entries)}
    order = reading_order("g1", entries, counts, seed=4)
    assert [counts[str(each)] for each in order] == sorted(counts.values())
    assert set(order) == set(entries)
    assert reading_order("g1", reversed(entries), counts, seed=4) == order
    assert reading_order("g2", entries, counts, seed=4) != order
    assert reading_order("g1", entries, counts, seed=5) != order
