"""Try the suite with the newest Python of the machine and the newest Django, in an environment of its own."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "newest"


def newest_python() -> str:
    """The path of the newest interpreter on the path or in its usual places; at least the one that runs this."""
    names = [f"python3.{minor}" for minor in range(20, 10, -1)]
    managed = sorted(Path.home().glob(".pyenv/versions/3.*/bin/python3"), key=_version, reverse=True)
    for candidate in [*filter(None, map(shutil.which, names)), *map(str, managed)]:
        if subprocess.run([candidate, "-c", "import sqlite3, ssl"], check=False, capture_output=True).returncode == 0:
            return candidate
    return sys.executable


def _version(path: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", path.parts[-3]))


def main() -> int:
    """Install without pins, on purpose: this tells early what the next release of a library breaks."""
    python = FOLDER / "bin" / "python"
    if not python.exists():
        subprocess.run([newest_python(), "-m", "venv", str(FOLDER)], check=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--upgrade"]
    subprocess.run([*install, "pip"], check=True)
    subprocess.run([*install, "-e", ".", "--group", "test", "--group", "build"], cwd=ROOT, check=True)
    versions = "import django, sys; print('Python', sys.version.split()[0], 'Django', django.__version__, flush=True)"
    subprocess.run([str(python), "-c", versions], check=True)
    return subprocess.run([str(python), "-m", "pytest", "-q", "-n", "auto"], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
