"""Pages are rendered with the gathered static files; a world of Plan 230 with a clock that stands."""

from datetime import datetime

import pytest
from django.utils import timezone

from sangkien.campaigns.models import Campaign
from tests.campaigns.conftest import own_store, told, twin
from tests.desk.world import NOW, World
from tests.factories import campaigns
from tests.factories.district3 import District3
from tests.pages import on_one_machine, static_files

__all__ = ["on_one_machine", "own_store", "static_files", "told", "twin"]


@pytest.fixture
def campaign(told: District3) -> Campaign:
    return campaigns.issued(told)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is the 11th of September 2024."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return NOW


@pytest.fixture
def world(told: District3, twin: District3, clock: datetime) -> World:
    return World(told, twin)
