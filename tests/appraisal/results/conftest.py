"""A world in which sheets are in."""

import pytest

from tests.appraisal.conftest import campaign, clock, on_one_machine, own_store, static_files, told, twin, world
from tests.appraisal.results.world import Scored
from tests.desk.world import World

__all__ = ["campaign", "clock", "on_one_machine", "own_store", "static_files", "told", "twin", "world"]


@pytest.fixture
def scored(world: World) -> Scored:
    return Scored(world)
