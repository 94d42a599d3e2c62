"""Pages are rendered with the gathered static files; a world of Plan 230 with a clock that stands."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from tests.campaigns.conftest import own_store, told, twin
from tests.desk.world import NOW, World
from tests.factories.district3 import District3
from tests.static_files import gather_static_files

__all__ = ["own_store", "told", "twin"]


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    gather_static_files()


@pytest.fixture(autouse=True)
def _on_one_machine(settings: Any) -> None:
    """Whatever database the tests run on; those of a server say so."""
    settings.SANGKIEN_EMBEDDED = True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is the 11th of September 2024."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return NOW


@pytest.fixture
def world(told: District3, twin: District3, clock: datetime) -> World:
    return World(told, twin)
