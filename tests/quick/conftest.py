"""A browser with cookies, an empty place for its session, and files to drop."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sangkien.quick import receiving
from tests.pages import static_files

__all__ = ["static_files"]


@pytest.fixture(scope="session", autouse=True)
def _reader() -> Iterator[None]:
    yield
    receiving.reader().close()


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """The data folder; its name has what Windows users have."""
    settings.SANGKIEN_EMBEDDED = True
    settings.SANGKIEN_HOME = tmp_path / "Dữ liệu của tôi"
    return tmp_path / "Dữ liệu của tôi"


@pytest.fixture
def drop(client: Client) -> Callable[..., Any]:
    """Drop files without script: one form with all of them, then the page that follows."""

    def send(*paths: Path) -> Any:
        files = [path.open("rb") for path in paths]
        try:
            return client.post("/tong-hop-nhanh/tep/", {"files": files}, follow=True)
        finally:
            for file in files:
                file.close()

    return send
