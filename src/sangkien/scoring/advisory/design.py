"""Marks as arrays: who read what, which judges stay in the model, which entries hang together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sangkien.scoring.advisory.model import FEWEST_MARKS_OF_A_JUDGE, Entry, Key, Mark

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Group(NamedTuple):
    """The entries with ``size`` marks each; their marks are ``entries.size × size`` in a row from ``start``."""

    size: int
    entries: Ints
    start: int

    def rows(self, of_marks: NDArray[Any]) -> NDArray[Any]:
        """An array over marks as one row for each entry of the group."""
        end = self.start + self.entries.size * self.size
        return of_marks[self.start : end].reshape(self.entries.size, self.size, *of_marks.shape[1:])


@dataclass(frozen=True, slots=True)
class Design:
    """The marks of the judges who are in the model. Arrays over marks: ``entry``, ``judge``, ``y``, in the order of
    ``groups``: entries with equally many marks stand together, each with its marks in a row.

    ``count`` is the number of marks of every entry that was given (0 too), ``component`` its part of the graph (-1
    without a mark), ``cell`` its field within its component: the fixed effect. ``all_y``: left-out judges' marks too.
    """

    entries: Sequence[Entry]
    judges: Sequence[Key]
    judge_marks: Ints
    kept: NDArray[np.bool_]
    entry: Ints
    judge: Ints
    y: Floats
    all_y: Floats
    count: Ints
    field: Ints
    component: Ints
    judge_component: Ints
    cell: Ints
    cells: int
    groups: Sequence["Group"]

    @property
    def components(self) -> int:
        return int(self.component.max(initial=-1)) + 1

    @property
    def kept_count(self) -> int:
        return int(self.kept.sum())


def design_of(entries: Iterable[Entry], marks: Iterable[Mark]) -> Design:
    """Index what was given; ValueError for a mark on an unknown entry, a second mark of a pair, an unreal number."""
    entries = list(entries)
    number = {each[0]: at for at, each in enumerate(entries)}
    if len(number) != len(entries):
        raise ValueError("an entry is given twice")
    marks = list(marks)
    judges = list(dict.fromkeys(map(itemgetter(1), marks)))
    seat = {judge: at for at, judge in enumerate(judges)}
    try:
        entry = np.fromiter(map(number.__getitem__, map(itemgetter(0), marks)), np.int64, len(marks))
    except KeyError as unknown:
        raise ValueError(f"a mark on an entry that was not given: {unknown}") from unknown
    judge = np.fromiter(map(seat.__getitem__, map(itemgetter(1), marks)), np.int64, len(marks))
    y = np.fromiter(map(float, map(itemgetter(2), marks)), np.float64, len(marks))
    _refuse_slips(entry, judge, y, len(judges))
    return _kept_design(entries, judges, entry, judge, y)


def _refuse_slips(entry: Ints, judge: Ints, y: Floats, judges: int) -> None:
    if not np.isfinite(y).all():
        raise ValueError("a mark that is no number")
    pairs = np.sort(entry * max(judges, 1) + judge)
    if (pairs[1:] == pairs[:-1]).any():
        raise ValueError("two marks of one judge on one entry")


def _kept_design(entries: list[Entry], judges: list[Key], entry: Ints, judge: Ints, y: Floats) -> Design:
    """Leave out judges with too few marks; the rest in the order of the entries, so that groups are slices."""
    judge_marks = np.bincount(judge, minlength=len(judges))
    kept = judge_marks >= FEWEST_MARKS_OF_A_JUDGE
    all_y = y
    stays = kept[judge]
    entry, judge, y = entry[stays], judge[stays], y[stays]
    count = np.bincount(entry, minlength=len(entries))
    order = np.lexsort((entry, count[entry]))
    entry, judge, y = entry[order], judge[order], y[order]
    names = {name: at for at, name in enumerate(dict.fromkeys(each[1] for each in entries))}
    field = np.array([names[each[1]] for each in entries], dtype=np.int64)
    component, judge_component = _components(entry, judge, len(entries), len(judges))
    cell = np.full(len(entries), -1, dtype=np.int64)
    read = count > 0
    found, cell[read] = np.unique(component[read] * max(len(names), 1) + field[read], return_inverse=True)
    return Design(
        entries, judges, judge_marks, kept, entry, judge, y, all_y, count, field, component, judge_component, cell,
        len(found), _groups(entry, count),
    )  # fmt: skip


def _groups(entry: Ints, count: Ints) -> list[Group]:
    groups, start = [], 0
    for size in np.unique(count[count > 0]):
        members = np.flatnonzero(count == size)
        groups.append(Group(int(size), members, start))
        start += members.size * int(size)
    return groups


def _components(entry: Ints, judge: Ints, entries: int, judges: int) -> tuple[Ints, Ints]:
    """The part of the graph of each entry and each judge, the largest part (by marks) first; -1 without a mark.

    Labels flow from judges to entries and back, always the smallest, jumping along what is known: a few rounds.
    """
    label = np.arange(judges, dtype=np.int64)
    starts = np.flatnonzero(np.diff(entry, prepend=-1))
    while entry.size:
        lowest = np.minimum.reduceat(label[judge], starts)
        back = np.repeat(lowest, np.diff(starts, append=entry.size))
        new = label.copy()
        np.minimum.at(new, judge, back)
        new = np.minimum(new, new[new])
        if (new == label).all():
            break
        label = new
    of_entry = np.full(entries, -1, dtype=np.int64)
    of_entry[entry] = label[judge]
    sizes = np.bincount(label[judge], minlength=judges)
    by_size = np.argsort(-sizes, kind="stable")
    place = np.empty(judges + 1, dtype=np.int64)
    place[by_size] = np.arange(judges)
    place[-1] = -1
    of_judge = np.where(np.bincount(judge, minlength=judges) > 0, place[label], -1)
    return place[of_entry], of_judge


def homes(design: Design) -> Ints:
    """For each judge the part that they belong to: the field of most of their entries, ties make a part of their own.

    Judges left out have -1.
    """
    fields = int(design.field.max(initial=0)) + 1
    table = np.zeros((len(design.judges), fields), dtype=np.int64)
    np.add.at(table, (design.judge, design.field[design.entry]), 1)
    most = table == table.max(axis=1, keepdims=True, initial=0)
    _, part = np.unique(most, axis=0, return_inverse=True)
    return np.where(design.kept, part.reshape(-1), -1)
