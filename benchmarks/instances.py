"""Instances with very many entries on both databases, and the pages measured on them, each in a process of its own."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.postgres import running

ROOT = Path(__file__).parents[1]
SIZES = (10_000, 100_000)
STORMS = (8, 64)  # clients, at the smaller size
_KEPT = ROOT / "build" / "bench"
_ONLY_ONCE = ("submit",)  # uses up what it asks with: each run on a fresh copy
_FEW, _MANY = 2, 12  # requests of the two runs whose difference is taken
_MADE_OF = ("entries.py", "entry_texts.py")
Figures = dict[str, object]


def measured(size: int) -> Iterator[Figures]:
    """The pages at this size, on SQLite with instructions where valgrind is there, then on PostgreSQL."""
    with _sqlite(size) as environment:
        for figures in _lines(environment):
            yield {**figures, "instructions": _instructions(str(figures["item"]), size, environment)}
    with _postgresql(size) as environment:
        yield from _lines(environment)


def stormed(size: int) -> Iterator[Figures]:
    """The deadline hour on an instance of this size, on both databases, each with a fresh copy."""
    for instance in (_sqlite, _postgresql):
        for clients in STORMS:
            with instance(size) as environment:
                yield json.loads(_python("-m", "benchmarks.storm", str(clients), environment=environment))


@contextmanager
def _sqlite(size: int) -> Iterator[dict[str, str]]:
    """A copy of an instance that is filled once and kept; what is measured writes too."""
    kept = _KEPT / f"{size}-{_version()}"
    if not kept.exists():
        filling = _KEPT / f"filling-{size}"
        shutil.rmtree(filling, ignore_errors=True)
        filling.mkdir(parents=True)
        _fill(size, _environment(filling))
        filling.rename(kept)
    with tempfile.TemporaryDirectory(prefix="sangkien-bench-") as scratch:
        home = Path(shutil.copytree(kept, Path(scratch) / "nha"))
        yield _environment(home)


@contextmanager
def _postgresql(size: int) -> Iterator[dict[str, str]]:
    with running() as url, tempfile.TemporaryDirectory(prefix="sangkien-bench-") as scratch:
        environment = {
            **_environment(Path(scratch)),
            "DATABASE_URL": url,
            "SANGKIEN_HOSTS": "127.0.0.1",
            "SANGKIEN_SECRET_KEY": "only-for-measuring-" * 4,
        }
        _fill(size, environment)
        _python("-m", "django", "shell", "-c", "from django.db import connection as c; c.cursor().execute('ANALYZE')",
                environment=environment)  # fmt: skip
        yield environment


def _environment(home: Path) -> dict[str, str]:
    given = {name: value for name, value in os.environ.items() if not name.startswith(("SANGKIEN_", "DATABASE_"))}
    path = os.pathsep.join((str(ROOT), str(ROOT / "src")))
    settings = {"DJANGO_SETTINGS_MODULE": "sangkien.config.settings", "SANGKIEN_HOME": str(home)}
    return {**given, **settings, "PYTHONPATH": path, "PYTHONHASHSEED": "0"}


def _version() -> str:
    """Of what is filled in, so that a kept instance is made anew when the program or the generator has changed."""
    digest = hashlib.sha256()
    migrations = (ROOT / "src" / "sangkien").glob("*/migrations/*.py")
    for path in sorted([*migrations, *(Path(__file__).with_name(name) for name in _MADE_OF)]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _fill(size: int, environment: dict[str, str]) -> None:
    _python("-m", "django", "migrate", "-v0", environment=environment)
    _python("-m", "benchmarks.entries", str(size), environment=environment)


def _lines(environment: dict[str, str]) -> Iterator[Figures]:
    for line in _python("-m", "benchmarks.pages", environment=environment).splitlines():
        yield json.loads(line)


def _python(*words: str, environment: dict[str, str]) -> str:
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def _instructions(item: str, size: int, environment: dict[str, str]) -> int | None:
    """Of one request: the difference of two runs, which does not depend on the load of the machine."""
    if shutil.which("valgrind") is None:
        return None
    if item in _ONLY_ONCE:
        few, many = (_counted_afresh(item, times, size) for times in (_FEW, _MANY))
    else:
        _python("-m", "benchmarks.pages", "replay", item, "1", environment=environment)  # makes the person
        few, many = (_counted(item, times, environment) for times in (_FEW, _MANY))
    return (many - few) // (_MANY - _FEW)


def _counted_afresh(item: str, times: int, size: int) -> int:
    with _sqlite(size) as environment:
        return _counted(item, times, environment)


def _counted(item: str, times: int, environment: dict[str, str]) -> int:
    command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", sys.executable,
               "-m", "benchmarks.pages", "replay", item, str(times)]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    found = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
    if found is None:
        raise RuntimeError(f"no count of instructions in:\n{done.stderr[-2000:]}")
    return int(found[1].replace(",", ""))
