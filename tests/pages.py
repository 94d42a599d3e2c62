"""What tests of pages share; a room's ``conftest`` takes it by name."""

from typing import Any

import pytest

from tests.static_files import gather_static_files


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Pages are rendered with the gathered static files."""
    gather_static_files()


@pytest.fixture(autouse=True)
def on_one_machine(settings: Any) -> None:
    """Whatever database the tests run on; those of a server say so."""
    settings.SANGKIEN_EMBEDDED = True
