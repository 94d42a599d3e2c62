"""How much wider an interval must be than the formula says, because the variances themselves are only estimated.

The formula takes the estimated variances for the true ones. In a thin design (two marks an entry, three judges) that
promises too much. So marks are simulated on the same design, with variances drawn as the real marks support them; each
data set is fitted anew; and it is counted how far the truth lies from the prediction, in units of the promised error.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sangkien.scoring.advisory.design import Design, Floats, Ints
from sangkien.scoring.advisory.draws import choices, colours_of, normals
from sangkien.scoring.advisory.prediction import predict
from sangkien.scoring.advisory.reml import Sums, solved, sums_of

_SETS = 300
_MOST_MARKS = 3_000  # more marks fix the variances well enough
_MOST_UNKNOWNS = 80
_RATIOS = (0.0, *np.geomspace(0.02, 60.0, 13).tolist())  # θ and φ, fine enough to count with


@dataclass(frozen=True, slots=True)
class Quantiles:
    """What replaces 1.282, 1.645 and 1.960; ``factor`` is the last one's."""

    ten: float = 1.2815515655446004
    five: float = 1.6448536269514722
    two_and_half: float = 1.959963984540054

    @property
    def factor(self) -> float:
        return self.two_and_half / NORMAL.two_and_half


NORMAL = Quantiles()


def can_simulate(design: Design) -> bool:
    """Whether the design is small enough for the variances to be uncertain, and for simulation to be quick."""
    return design.entry.size <= _MOST_MARKS and design.cells + design.kept_count <= _MOST_UNKNOWNS


def widened(
    design: Design, seat: Ints, observed: Sums, shown: NDArray[np.bool_], *, ceiling: float = np.inf
) -> Quantiles:
    """Quantiles of |truth − prediction| / promised error, over data sets and shown entries; never below normal.

    ``ceiling``: the scale's maximum, counted from where ``observed`` counts; simulated marks stop there too.
    """
    y, truth = _simulated(design, observed, ceiling)
    sums = sums_of(design, seat, y)
    nearest = _nearest(sums)
    distances = []
    for (theta, phi), chosen in nearest:
        at = solved(_only(sums, chosen), theta, phi)
        predicted = predict(design, seat, y[:, chosen], theta=theta, effects=at.effects, inverse=at.inverse)
        error = np.sqrt(predicted.variance[shown, None] * at.quadratic / sums.freedom)
        distances.append((np.abs(predicted.value - truth[:, chosen])[shown] / np.maximum(error, 1e-12)).reshape(-1))
    ten, five, two_and_half = np.quantile(np.concatenate(distances), (0.80, 0.90, 0.95))
    return Quantiles(
        max(NORMAL.ten, float(ten)), max(NORMAL.five, float(five)), max(NORMAL.two_and_half, float(two_and_half))
    )


def _grid() -> Iterator[tuple[float, float]]:
    yield from ((theta, phi) for theta in _RATIOS for phi in _RATIOS)


def _simulated(design: Design, observed: Sums, ceiling: float) -> tuple[Floats, Floats]:
    """Marks × data sets, entries × data sets, for a residual variance of 1: ratios as likely as the marks make them."""
    fits = [solved(observed, *each) for each in _grid()]
    deviance = np.array([float(each.deviance) for each in fits])
    colours = colours_of(design)
    which = choices(colours.judge, np.exp((deviance.min() - deviance) / 2).tolist(), _SETS)
    theta, phi = (np.array(list(_grid()))[which]).T
    sigma = np.sqrt(np.array([float(each.quadratic) / observed.freedom for each in fits]))[which]
    cells = np.stack([each.effects[: design.cells] for each in fits])[which].T / sigma
    entry = cells[design.cell] + np.sqrt(theta) * normals(colours.entry, _SETS)
    judge = np.sqrt(phi) * normals(colours.judge, _SETS)
    y = entry[design.entry] + judge[design.judge] + normals(colours.mark, _SETS)
    return np.minimum(y, ceiling / sigma), entry


def _nearest(sums: Sums) -> Iterator[tuple[tuple[float, float], Ints]]:
    """For each pair of ratios the data sets to which it fits best, by the same likelihood as the real fit."""
    grid = list(_grid())
    deviances = np.stack([solved(sums, *each).deviance for each in grid])
    best = deviances.argmin(axis=0)
    for number in np.unique(best):
        yield grid[number], np.flatnonzero(best == number)


def _only(sums: Sums, chosen: Ints) -> Sums:
    return replace(
        sums, by=sums.by[:, chosen], yy=sums.yy[chosen], cross=sums.cross[:, :, chosen], squares=sums.squares[:, chosen]
    )
