"""A council that reads, on 11 September 2024."""

import pytest

from tests.appraisal.judging.world import Judging
from tests.desk.world import World


@pytest.fixture
def judging(world: World) -> Judging:
    return Judging(world)
