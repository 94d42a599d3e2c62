"""The variances are those of the highest restricted likelihood, also where one of them is nil."""

import numpy as np
import pytest

from sangkien.scoring.advisory.design import design_of
from sangkien.scoring.advisory.reml import fit, solved, sums_of
from tests.factories.marks import drawn_readers, world

GRID = [0.0, *np.geomspace(0.005, 500, 22).tolist()]


@pytest.mark.slow
@pytest.mark.parametrize("spread", [(5, 4, 3), (0, 4, 3), (5, 0, 3), (0, 0, 3), (1, 9, 1)], ids=str)
@pytest.mark.parametrize("seed", range(6))
def test_no_other_ratios_are_likelier(spread: tuple[float, float, float], seed: int) -> None:
    entries, judges = 7 + 2 * seed, 3 + seed % 4
    readers = [some[: 2 + at % 2] for at, some in enumerate(drawn_readers(entries, judges, 3, seed=seed))]
    given = world(seed=seed, readers=readers, fields=[at % (1 + seed % 2) for at in range(entries)], spread=spread)
    design = design_of(given.entries, given.marks)
    sums = sums_of(design, np.cumsum(design.kept) - 1, design.y - design.y.mean())
    found = fit(sums)
    reached = float(solved(sums, found.theta, found.phi).deviance)
    assert reached <= min(float(solved(sums, theta, phi).deviance) for theta in GRID for phi in GRID) + 1e-9
    assert not (spread[0] == spread[1] == 0 and min(found.theta, found.phi) > 1)
