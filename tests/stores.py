"""The store of files, in a folder that ends with the test."""

import os
from pathlib import Path
from typing import Any

import pytest

from sangkien.attachments import storage


@pytest.fixture(autouse=True)
def own_store(settings: Any, tmp_path: Path) -> Path:
    """The folder of the store."""
    folder = tmp_path / "kho tệp"
    backend = {"BACKEND": "sangkien.attachments.storage.BlobFolder", "OPTIONS": {"location": folder}}
    settings.STORAGES = {**settings.STORAGES, "attachments": backend}
    return folder


def files_in(folder: Path) -> list[str]:
    """Paths of all files below, half-received ones too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def age(name: str, *, to: float) -> None:
    """Set the time of change of a stored file."""
    path = Path(storage.store().path(name))
    os.utime(path, (to, to))
