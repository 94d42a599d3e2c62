"""Pages are rendered with the gathered static files; files go to a folder of each test."""

from typing import Any

import pytest

from tests.static_files import gather_static_files
from tests.stores import own_store

__all__ = ["own_store"]


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    gather_static_files()


@pytest.fixture(autouse=True)
def _on_one_machine(settings: Any) -> None:
    """Whatever database the tests run on; those of a server say so."""
    settings.SANGKIEN_EMBEDDED = True
