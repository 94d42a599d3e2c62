"""A council of Plan 230 with seven members of seven units, three entries under appraisal, and everybody around it."""

import pytest

from tests.appraisal.meetings.world import Council
from tests.desk.conftest import campaign, clock, on_one_machine, own_store, static_files, told, twin, world
from tests.desk.world import World

__all__ = ["campaign", "clock", "on_one_machine", "own_store", "static_files", "told", "twin", "world"]


@pytest.fixture
def council(world: World) -> Council:
    return Council(world)
