"""Variances by restricted maximum likelihood (REML), as exact as a general mixed-model program, for this one model:

    y_ij = cell_c(i) + q_i + b_j + e_ij,   q ~ N(0, σq²), b ~ N(0, σb²), e ~ N(0, σe²)

The entries' block of Henderson's mixed-model equations is diagonal. It is eliminated by hand: what remains are the
equations of the cells and the judges, whose coefficients are sums over groups of entries with equally many marks. So
one evaluation costs (cells + judges)³, whatever the number of entries.

Notation, with θ = σq²/σe² and φ = σb²/σe²: B = [cells, judges] is the design of what remains, S_i the sum of B's rows
over entry i, W the inverse of I + θ·ZqZq', M = B'WB, P the usual REML projection for σe² = 1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sangkien.scoring.advisory.design import Design, Floats, Group, Ints

_LARGEST = 1e4  # of θ and φ, so that a climb without a top ends
_AGREED = 1e3  # of θ or φ: marks that agree to a thirtieth of their spread, that is but for rounding
_LEAST = 1e-4  # where a ratio starts that leaves zero
_FARTHEST = 2.0  # in one step: seven times as much, or as little
_STEPS = 60
_STARTS = ((2.0, 1.0), (0.2, 0.2))


@dataclass(frozen=True, slots=True)
class Sums:
    """What the marks come down to. ``p`` cells, then judges; K groups. Arrays of y may have a last axis of data sets.

    ``products``: Σ S_i S_i' (K × D × D), ``cross`` Σ S_i Y_i (K × D …), ``squares`` Σ Y_i² (K …), Y_i an entry's sum.
    """

    p: int
    freedom: int
    sizes: Floats
    entries: Floats
    gram: Floats
    products: Floats
    by: Floats
    yy: Floats
    cross: Floats
    squares: Floats

    @property
    def seats(self) -> int:
        return int(self.gram.shape[0])


@dataclass(frozen=True, slots=True)
class Fit:
    """The variances; ``effects`` (cells, judges) and the ``inverse`` of their equations at the estimated ratios."""

    theta: float
    phi: float
    residual: float
    effects: Floats
    inverse: Floats

    @property
    def has_chance(self) -> bool:
        """Whether the marks vary beyond what entries and judges explain; else nothing tells how sure a value is."""
        return max(self.theta, self.phi) < _AGREED


def sums_of(design: Design, seat: Ints, y: Floats) -> Sums:
    """``seat`` numbers the judges in the model from 0; ``y`` is over marks, or marks × data sets."""
    p, judges = design.cells, design.kept_count
    width = p + judges
    place = p + seat[design.judge]
    cell = design.cell[design.entry]
    products = np.stack([_products(design, group, place, width) for group in design.groups])
    totals = [group.rows(y).sum(axis=1) for group in design.groups]
    cross = np.stack(
        [_cross(design, group, place, total, width) for group, total in zip(design.groups, totals, strict=True)]
    )
    gram = np.zeros((width, width))
    np.add.at(gram, (cell, place), 1.0)
    gram += gram.T
    gram[np.diag_indices(width)] = np.bincount(cell, minlength=width) + np.bincount(place, minlength=width)
    return Sums(
        p, design.entry.size - p,
        np.array([group.size for group in design.groups], dtype=np.float64),
        np.array([group.entries.size for group in design.groups], dtype=np.float64),
        gram, products, _added(cell, y, width) + _added(place, y, width), (y * y).sum(axis=0),
        cross, np.stack([(total * total).sum(axis=0) for total in totals]),
    )  # fmt: skip


def _added(place: Ints, y: Floats, width: int) -> Floats:
    if y.ndim == 1:
        return np.bincount(place, weights=y, minlength=width).astype(np.float64)
    added = np.zeros((width, y.shape[1]))
    np.add.at(added, place, y)
    return added


def _products(design: Design, group: Group, place: Ints, width: int) -> Floats:
    """Σ S_i S_i' of one group: by pairs where readers are few, by a matrix product where they are many."""
    rows = np.column_stack([design.cell[group.entries], group.rows(place)])
    weights = np.array([group.size, *[1.0] * group.size])
    if width < 5 * weights.size:
        spread = np.zeros((group.entries.size, width))
        np.put_along_axis(spread, rows, np.broadcast_to(weights, rows.shape), axis=1)
        return np.asarray(spread.T @ spread)
    pairs = (rows[:, :, None] * width + rows[:, None, :]).reshape(-1)
    weighed = np.broadcast_to(np.outer(weights, weights), (rows.shape[0], weights.size, weights.size)).reshape(-1)
    return np.bincount(pairs, weights=weighed, minlength=width * width).astype(np.float64).reshape(width, width)


def _cross(design: Design, group: Group, place: Ints, total: Floats, width: int) -> Floats:
    repeated = np.repeat(total, group.size, axis=0)
    return _added(group.rows(place).reshape(-1), repeated, width) + _added(
        design.cell[group.entries], group.size * total, width
    )


def fit(sums: Sums) -> Fit:
    """The REML estimate: Newton's method with the exact second derivatives, never below zero."""
    starts = [solved(sums, theta, phi) for theta, phi in _STARTS]
    at = _climbed(sums, min(starts, key=lambda each: float(each.deviance)))
    return Fit(float(at.theta), float(at.phi), float(at.quadratic) / sums.freedom, at.effects, at.inverse)


@dataclass(frozen=True, slots=True)
class Solved:
    """The equations at one pair of ratios. ``deviance`` is −2 log restricted likelihood, up to a constant."""

    theta: float
    phi: float
    matrix: Floats
    inverse: Floats
    effects: Floats
    quadratic: Floats
    deviance: Floats


def solved(sums: Sums, theta: float, phi: float) -> Solved:
    """Solve for cells and judges; every array of y may have a last axis of data sets."""
    shrink = theta / (1 + sums.sizes * theta)
    matrix = sums.gram - np.tensordot(shrink, sums.products, 1)
    right = sums.by - np.tensordot(shrink, sums.cross, 1)
    scale = np.ones(sums.seats)
    scale[sums.p :] = np.sqrt(phi)
    system = matrix * np.outer(scale, scale)
    system[np.arange(sums.p, sums.seats), np.arange(sums.p, sums.seats)] += 1.0
    inverse = np.linalg.inv(system) * np.outer(scale, scale)
    effects = inverse @ right
    quadratic = sums.yy - np.tensordot(shrink, sums.squares, 1) - (right * effects).sum(axis=0)
    quadratic = np.maximum(quadratic, 1e-10 * sums.yy + 1e-300)
    determinant = np.linalg.slogdet(system)[1] + float(sums.entries @ np.log1p(sums.sizes * theta))
    deviance = sums.freedom * np.log(quadratic) + determinant
    return Solved(theta, phi, matrix, inverse, effects, quadratic, deviance)


def _climbed(sums: Sums, at: Solved) -> Solved:
    """From a start to the top, in logarithms of the ratios; a ratio that does best at zero is set to zero."""
    for _ in range(_STEPS):
        slope, curve = _derivatives(sums, at)
        ratios = np.array([at.theta, at.phi])
        lower = _without(sums, at, ratios, slope)
        if lower is not None:
            at = lower
            continue
        free = (ratios > 0) | (slope < 0)
        ratios = np.where(free, np.maximum(ratios, _LEAST), 0.0)
        step = _step(ratios, slope, curve, free)
        reached = _lower(sums, at, ratios, step, float(-(ratios * slope) @ step))
        if reached is None:
            break
        at = reached
        if np.abs(step).max() <= 1e-8:  # Newton squares the error: what is left is rounding
            break
    return at


def _without(sums: Sums, at: Solved, ratios: Floats, slope: Floats) -> Solved | None:
    """The same with a small ratio at zero, if it falls towards zero and the deviance with it."""
    for which in np.flatnonzero((ratios > 0) & (ratios <= 0.05) & (slope > 0)):
        new = ratios.copy()
        new[which] = 0.0
        reached = solved(sums, *new)
        if reached.deviance <= at.deviance:
            return reached
    return None


def _step(ratios: Floats, slope: Floats, curve: Floats, free: NDArray[np.bool_]) -> Floats:
    """Newton's step in logarithms; where the curve bends the wrong way, the same length down the slope. Never far."""
    step = np.zeros(2)
    if free.any():
        falling = (ratios * slope)[free]
        bent = (curve * np.outer(ratios, ratios))[np.ix_(free, free)] + np.diag(falling)
        sizes, axes = np.linalg.eigh(bent)
        sizes = np.maximum(np.abs(sizes), 1e-6 * np.abs(sizes).max() + 1e-12)
        step[free] = -axes @ ((axes.T @ falling) / sizes)
    return np.asarray(step * min(1.0, _FARTHEST / max(np.abs(step).max(), 1e-300)))


def _lower(sums: Sums, at: Solved, ratios: Floats, step: Floats, promised: float) -> Solved | None:
    """The first of the step, half of it, a quarter … that lowers the deviance as it should, but for rounding."""
    rounding = 1e-11 * (1 + abs(float(at.deviance)))
    share = 1.0
    for _ in range(25):
        reached = solved(sums, *np.minimum(ratios * np.exp(share * step), _LARGEST))
        if reached.deviance <= at.deviance - 1e-4 * share * promised + rounding:
            return reached
        share /= 2
    return None


def _derivatives(sums: Sums, at: Solved) -> tuple[Floats, Floats]:
    """First and second derivatives of the deviance by θ and φ (Searle, Casella, McCulloch 1992, §6.6, profiled)."""
    p, inverse, x = sums.p, at.inverse, at.effects
    weight = 1 / (1 + sums.sizes * at.theta)
    outer = np.tensordot(weight**2, sums.products, 1)
    judged = at.matrix - at.matrix @ inverse @ at.matrix
    cross = (np.eye(sums.seats) - inverse @ at.matrix)[:, p:]
    turned = inverse @ outer
    spread = sums.sizes * weight
    cubed = np.tensordot(spread * weight**2, sums.products, 1)
    from_judges = (sums.by - np.tensordot(at.theta * weight, sums.cross, 1) - at.matrix @ x)[p:]
    from_entries = np.tensordot(weight**2, sums.cross, 1) - outer @ x
    missed = sums.squares - 2 * sums.cross @ x + np.einsum("i,kij,j->k", x, sums.products, x)
    size = np.array([float(weight**2 @ missed), float(from_judges @ from_judges)])
    trace = np.array([float(sums.entries @ spread - np.trace(turned)), float(np.trace(judged[p:, p:]))])
    traces = np.array([
        [float(sums.entries @ spread**2) - 2 * np.sum(inverse * cubed) + np.sum(turned * turned.T), 0.0],
        [np.sum(cross * (outer @ cross)), np.sum(judged[p:, p:] ** 2)],
    ])  # fmt: skip
    curved = np.array([
        [float((spread * weight**2) @ missed) - from_entries @ inverse @ from_entries, 0.0],
        [from_entries @ cross @ from_judges, from_judges @ judged[p:, p:] @ from_judges],
    ])  # fmt: skip
    traces[0, 1], curved[0, 1] = traces[1, 0], curved[1, 0]
    power = sums.freedom / float(at.quadratic)
    return trace - power * size, -traces + 2 * power * curved - power * np.outer(size, size) / float(at.quadratic)
