"""Pages are rendered with the gathered static files."""

from typing import Any

import pytest

from tests.static_files import gather_static_files


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    gather_static_files()


@pytest.fixture(autouse=True)
def _on_one_machine(settings: Any) -> None:
    """Whatever database the tests run on; those of a server say so."""
    settings.SANGKIEN_EMBEDDED = True
