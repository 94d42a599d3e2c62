"""Pages are rendered with the gathered static files."""

import pytest

from tests.static_files import gather_static_files


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    gather_static_files()
