"""Try the suite with the newest Python of the machine and the newest Django, in an environment of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "newest"
# What the next release will take away is told, not failed: that is what this run is for.
LENIENT = ("-W", "default::DeprecationWarning", "-W", "default::PendingDeprecationWarning")


def newest_python() -> str:
    """The newest interpreter on the path or in its usual places; at least the one that runs this."""
    names = filter(None, (shutil.which(f"python3.{minor}") for minor in range(11, 20)))
    managed = map(str, Path.home().glob(".pyenv/versions/3.*/bin/python3"))
    return max((sys.executable, *names, *managed), key=_version)


def _version(python: str) -> tuple[int, ...]:
    """Its version; nothing for one that does not start or lacks what the product needs."""
    asking = "import sqlite3, ssl, sys; print(*sys.version_info[:3])"
    done = subprocess.run([python, "-c", asking], check=False, capture_output=True, text=True)
    return tuple(map(int, done.stdout.split())) if done.returncode == 0 else ()


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
    return subprocess.run([str(python), "-m", "pytest", "-q", "-n", "auto", *LENIENT], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
