"""From solved equations to each entry's value and to how sure it is (Henderson's best linear unbiased prediction)."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sangkien.scoring.advisory.design import Design, Floats, Group, Ints


class Predicted(NamedTuple):
    """Over all entries given (nan without a mark): value, and prediction error variance for a residual variance of 1.

    ``value`` may have a last axis of data sets.
    """

    value: Floats
    variance: Floats


def predict(design: Design, seat: Ints, y: Floats, *, theta: float, effects: Floats, inverse: Floats) -> Predicted:
    """Cell + entry effect: the entry's own marks, freed from its judges' severity, drawn towards its cell's mean."""
    value = np.full((len(design.entries), *y.shape[1:]), np.nan)
    variance = np.full(len(design.entries), np.nan)
    for group, rows in _readers(design, seat):
        weight = group.size * theta / (1 + group.size * theta)
        judged = effects[rows[:, 1:]].mean(axis=1)
        own = group.rows(y).mean(axis=1) - judged
        value[group.entries] = (1 - weight) * effects[rows[:, 0]] + weight * own
        parts = np.array([1 - weight, *[-weight / group.size] * group.size])
        variance[group.entries] = weight / group.size + _quadratic(rows, parts, inverse)
    return Predicted(value, variance)


def _readers(design: Design, seat: Ints) -> Iterator[tuple[Group, Ints]]:
    place = design.cells + seat[design.judge]
    for group in design.groups:
        yield group, np.column_stack([design.cell[group.entries], group.rows(place)])


def _quadratic(rows: Ints, parts: Floats, inverse: Floats) -> Floats:
    """a'Ca for each row, where a holds ``parts`` at the places of the row: whichever way touches fewer numbers."""
    if inverse.shape[0] < 5 * parts.size:
        spread = np.zeros((rows.shape[0], inverse.shape[0]))
        np.put_along_axis(spread, rows, np.broadcast_to(parts, rows.shape), axis=1)
        return np.asarray(((spread @ inverse) * spread).sum(axis=1))
    total = np.zeros(rows.shape[0])
    for first in range(parts.size):
        for second in range(first + 1):
            twice = 1.0 if first == second else 2.0
            total += twice * parts[first] * parts[second] * inverse[rows[:, first], rows[:, second]]
    return total
