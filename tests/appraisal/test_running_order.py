"""People leave the room as seldom as can be, and the same entries always give the same order."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.appraisal.running_order import Presented, leavings, running_order

SOME = st.lists(st.tuples(st.integers(1, 4), st.frozensets(st.integers(1, 4), max_size=3)), max_size=6)
MANY = st.lists(st.tuples(st.integers(1, 8), st.frozensets(st.integers(1, 9), max_size=4)), max_size=40)


def presented(told: list[tuple[int, frozenset[int]]]) -> list[Presented[int]]:
    return [Presented(key, field, out) for key, (field, out) in enumerate(told)]


def ordered(entries: list[Presented[int]]) -> list[Presented[int]]:
    by_key = {each.key: each for each in entries}
    return [by_key[key] for key in running_order(entries)]


def of(*outs: set[int]) -> list[Presented[int]]:
    return presented([(1, frozenset(out)) for out in outs])


def test_nothing_has_no_order() -> None:
    assert running_order([]) == []


def test_entries_with_the_same_people_out_stand_together() -> None:
    assert running_order(of({1}, {2}, {1}, {2})) == [0, 2, 1, 3]


def test_who_is_out_anyway_stays_out_for_the_next() -> None:
    """1 and 2 leave once for three entries, where {1}, {2}, {1, 2} would make them get up three times."""
    assert leavings(ordered(of({1}, {2}, {1, 2}))) == 2


def test_without_conflicts_the_fields_of_the_plan_decide() -> None:
    assert running_order(presented([(3, frozenset()), (1, frozenset()), (3, frozenset()), (2, frozenset())])) == [
        1, 3, 0, 2,
    ]  # fmt: skip


def test_an_entry_twice_is_a_slip() -> None:
    with pytest.raises(ValueError, match="twice"):
        running_order([Presented(1, 1, frozenset()), Presented(1, 1, frozenset())])


@given(SOME)
def test_no_order_of_few_entries_is_better(told: list[tuple[int, frozenset[int]]]) -> None:
    entries = presented(told)
    assert leavings(ordered(entries)) == min(leavings(list(other)) for other in permutations(entries))


@given(MANY)
def test_each_entry_once_and_never_worse_than_by_field(told: list[tuple[int, frozenset[int]]]) -> None:
    entries = presented(told)
    order = ordered(entries)
    assert sorted(each.key for each in order) == [each.key for each in entries]
    assert leavings(order) <= leavings(sorted(entries, key=lambda each: each.field))


@given(MANY)
def test_the_same_entries_give_the_same_order(told: list[tuple[int, frozenset[int]]]) -> None:
    assert running_order(presented(told)) == running_order(presented(told))
