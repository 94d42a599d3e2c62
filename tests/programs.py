"""Programs of their own on an instance: commands of the product, and Python that knows the tests too."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def environment(home: Path, **more: str) -> dict[str, str]:
    """Of a program with this data folder, whatever the tests themselves run with.

    The people of the factories came long ago; the clock would close their accounts as idle.
    """
    foreign = ("SANGKIEN_", "DJANGO_", "DATABASE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    told = {
        "SANGKIEN_HOME": str(home), "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), "PYTHONUTF8": "1",
        "SANGKIEN_IDLE_DAYS": "3650",
    }  # fmt: skip
    return {**kept, **told, **more}


def sangkien(home: Path, *words: str) -> str:
    """A command of the product that must succeed; what it prints."""
    return _printed(home, "-m", "sangkien.config.cli", *words)


def python(home: Path, program: str) -> str:
    """Lines of Python that must succeed; what they print."""
    return _printed(home, "-c", program)


def module(home: Path, name: str) -> str:
    """A module of the tests that is a program and must succeed; what it prints."""
    return _printed(home, "-m", name)


def _printed(home: Path, *words: str) -> str:
    command = [sys.executable, *words]
    done = subprocess.run(
        command, env=environment(home), cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True
    )
    return done.stdout
