"""Pages name hashed files, so the tests that render pages need the files gathered, and anew after a change."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

PACKAGE = Path(__file__).parents[1] / "src/sangkien"


def gather_static_files() -> None:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    sources = [path for path in PACKAGE.glob("*/static/**/*") if path.is_file()]
    if manifest.exists() and manifest.stat().st_mtime > max(path.stat().st_mtime for path in sources):
        return
    settings_of_an_instance = os.environ | {"DJANGO_SETTINGS_MODULE": "sangkien.config.settings"}
    command = [sys.executable, "-m", "sangkien.config.gather"]
    subprocess.run(command, cwd=PACKAGE.parent, env=settings_of_an_instance, check=True)
