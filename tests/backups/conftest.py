"""A store and a data folder of its own for every test; a passphrase that costs little."""

from pathlib import Path
from typing import Any

import pytest

from sangkien.backups import sealing
from tests.stores import own_store
from tests.together import shared_database

__all__ = ["own_store", "shared_database"]


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> Path:
    """The data folder; no second place, no passphrase."""
    home = tmp_path / "dữ liệu"
    home.mkdir()
    settings.SANGKIEN_HOME = home
    settings.SANGKIEN_EMBEDDED = True  # administrators need no second factor to open the pages
    settings.SANGKIEN_BACKUP_TO = settings.SANGKIEN_BACKUP_PASSPHRASE_FILE = None
    return home


@pytest.fixture(autouse=True)
def _cheap_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    """1 MB instead of 128: the file itself says what it was sealed with."""
    monkeypatch.setattr(sealing, "_LOG_N", 10)
