"""Chance that hangs on the marks alone: the same marks give the same draws, in whatever order, under whatever names.

Every entry and every judge gets a colour from its marks and from the colours of whom it meets (the refinement of
Weisfeiler and Leman). A normal draw is a hash of colour and number of the data set, not the next of a stream.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sangkien.scoring.advisory.design import Design, Floats, Ints

Words = NDArray[np.uint64]

_ROUNDS = 3
_ENTRY, _JUDGE, _MARK, _CELL = (np.uint64(each) for each in (0x51, 0x52, 0x53, 0x54))


class Colours(NamedTuple):
    """Over entries, judges (all that were given) and marks."""

    entry: Words
    judge: Words
    mark: Words


def colours_of(design: Design) -> Colours:
    """Rounds of mixing in what stands around; sums, so that no order enters."""
    marks = np.ascontiguousarray(design.y + 0.0).view(np.uint64)
    entry = np.full(len(design.entries), _ENTRY, dtype=np.uint64)
    judge = np.full(len(design.judges), _JUDGE, dtype=np.uint64)
    cell = np.where(design.cell < 0, design.cells, design.cell)
    for _ in range(_ROUNDS):
        judge = _mixed(judge, _gathered(design.judge, _mixed(marks, entry[design.entry]), judge.size))
        of_cell = _gathered(cell, _mixed(entry, np.full_like(entry, _CELL)), design.cells + 1)
        around = _gathered(design.entry, _mixed(marks, judge[design.judge]), entry.size)
        entry = _mixed(_mixed(entry, around), of_cell[cell])
    return Colours(entry, judge, _mixed(_mixed(entry[design.entry], judge[design.judge]), marks ^ _MARK))


def _gathered(place: Ints, words: Words, size: int) -> Words:
    total = np.zeros(size, dtype=np.uint64)
    np.add.at(total, place, words)
    return total


def _mixed(first: Words, second: Words) -> Words:
    return _scrambled(_scrambled(first) + second)


def _scrambled(words: Words) -> Words:
    """The finaliser of splitmix64."""
    words = words + np.uint64(0x9E3779B97F4A7C15)
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))


def normals(colours: Words, sets: int) -> Floats:
    """Standard normal draws, one row for each colour, one column for each data set (Box and Muller)."""
    numbers = np.arange(sets, dtype=np.uint64) * np.uint64(2)
    first = _uniform(_mixed(colours[:, None], numbers[None, :]))
    second = _uniform(_mixed(colours[:, None], numbers[None, :] + np.uint64(1)))
    return np.asarray(np.sqrt(-2 * np.log(first)) * np.cos(2 * np.pi * second))


def choices(seed: Words, weights: Sequence[float], sets: int) -> Ints:
    """For each data set a number below ``len(weights)``, as often as its weight says."""
    at = _uniform(_mixed(np.full(sets, seed.sum(dtype=np.uint64)), np.arange(sets, dtype=np.uint64)))
    edges = np.cumsum(weights)
    return np.asarray(np.minimum(np.searchsorted(edges, at * edges[-1]), len(weights) - 1), dtype=np.int64)


def _uniform(words: Words) -> Floats:
    return ((words >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
