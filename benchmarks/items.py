"""One measured item in a process of its own: ``python -m benchmarks.items NAME SIZE`` prints one JSON object.

CPU counts this process and its children; memory is the larger of the two peaks, less nothing: what a person's machine
must have.
"""

import io
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

from benchmarks import floors
from benchmarks.marks import score_file
from benchmarks.panels import marks_as_json, sharing_request
from benchmarks.reports import write_reports
from benchmarks.texts import readings
from sangkien.appendix.writing import appendix_row
from sangkien.config.cli import main
from sangkien.config.commands import score as score_command  # noqa: F401 - loading numpy is not what is measured
from sangkien.consolidation.model import Consolidation, consolidate
from sangkien.consolidation.readings import read_all
from sangkien.consolidation.writing import Heading, write
from sangkien.scoring.advisory.calibrating import calibrate
from sangkien.scoring.advisory.model import Scale
from sangkien.scoring.assigning.assigning import assign
from sangkien.scoring.assigning.model import Assigned, Request

HEADING = Heading(year=2024, issuer="Ủy ban nhân dân Quận 3", superior="Ủy ban nhân dân Thành phố Hồ Chí Minh")
Measured = dict[str, object]
Floor = Callable[[], float] | None  # CPU seconds of the least that the thing can cost


def read(size: int, folder: Path) -> Measured:
    """Reading ``size`` Word reports through the child process, against unzip + parse + rows of cells."""
    paths = write_reports(folder, size)
    return _measured(
        lambda: sum(len(reading.initiatives) for reading in read_all(paths)),
        lambda: _cpu(lambda: floors.read_docx(paths)),
    )


def appendix(suffix: str) -> Callable[[int, Path], Measured]:
    """Writing a consolidated appendix of ``size`` entries."""

    def measure(size: int, folder: Path) -> Measured:
        consolidation = consolidate(readings(size))
        floor = _floor(suffix, consolidation, folder / f"floor{suffix}")
        return _measured(lambda: _written(consolidation, folder / f"phu-luc{suffix}"), floor)

    return measure


def _written(consolidation: Consolidation, target: Path) -> int:
    return sum(path.stat().st_size for path in write(consolidation, target, HEADING))


def _floor(suffix: str, consolidation: Consolidation, target: Path) -> Floor:
    """The bare writer over rows that are ready: making the rows belongs to what is measured, not to the floor."""
    bare = {".csv": floors.write_csv, ".xlsx": floors.write_xlsx, ".docx": floors.write_docx}.get(suffix)
    if bare is None:
        return None

    def floor() -> float:
        rows = [appendix_row(item.number, item.initiative) for item in consolidation.items]
        return _cpu(lambda: bare(rows, target))

    return floor


def score(size: int, folder: Path) -> Measured:
    """``sangkien score FILE --json`` without starting Python: read, check, reckon, calibrate, answer with reasons."""
    path = folder / "cham-diem.json"
    path.write_text(score_file(size), encoding="utf-8")
    return _measured(lambda: _scored(path), lambda: _cpu(lambda: floors.score(path)))


def _scored(path: Path) -> int:
    answer = io.StringIO()
    with redirect_stdout(answer):
        assert main(["score", str(path), "--json"]) == 0
    return len(answer.getvalue().encode())


def first_start(size: int, folder: Path) -> Measured:
    """``sangkien serve`` on an empty data folder until the first page is there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return _measured(lambda: _served(folder / "home", port), lambda: _cpu(floors.start_django))


def _served(home: Path, port: int) -> int:
    environment = {**os.environ, "SANGKIEN_HOME": str(home), "SANGKIEN_PORT": str(port)}
    command = [sys.executable, "-m", "sangkien.config.cli", "serve", "--no-browser"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout is not None
            server.stdout.readline()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
                return len(page.read())
        finally:
            server.terminate()


def calibration(size: int, folder: Path) -> Measured:
    """``size`` marks, five an entry, 200 judges: read from JSON, calibrated, written to JSON."""
    source = folder / "marks.json"
    source.write_text(marks_as_json(size, judges=200, each=5), encoding="utf-8")
    target = folder / "calibrated.json"
    return _measured(lambda: _calibrated(source, target), lambda: _cpu(lambda: floors.means_of_marks(source, target)))


def _calibrated(source: Path, target: Path) -> int:
    given = json.loads(source.read_text(encoding="utf-8"))
    found = calibrate(given["entries"], given["marks"], scale=Scale(0, 100), line=65)
    return target.write_text(
        json.dumps([(each.entry, each.value, each.interval95, each.probability) for each in found.entries]),
        encoding="utf-8",
    )


def sharing_out(size: int, folder: Path) -> Measured:
    """``size`` entries for 60 judges in five fields, half of all in one, three readers each, conflicts by unit."""
    request = sharing_request(size)
    return _measured(lambda: _shared_out(request), None)


def _shared_out(request: Request) -> int:
    found = assign(request)
    assert isinstance(found, Assigned)
    return len(found.reads)


def _measured(work: Callable[[], int], floor: Floor) -> Measured:
    """The figures of ``work``; the floor comes afterwards, so that its memory is not counted."""
    cpu, wall = _cpu_seconds(), time.monotonic()
    done = work()
    seconds, cpu = time.monotonic() - wall, _cpu_seconds() - cpu
    peak = max(_peak(resource.RUSAGE_SELF), _peak(resource.RUSAGE_CHILDREN))
    return {
        "bytes": done,
        "cpu_ms": round(cpu * 1000),
        "seconds": round(seconds, 2),
        "peak_mib": round(peak, 1),
        "ratio_to_floor": None if floor is None else round(cpu / floor(), 2),
    }


def _cpu(work: Callable[[], object]) -> float:
    before = _cpu_seconds()
    work()
    return _cpu_seconds() - before


def _cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


ITEMS: dict[str, tuple[int, Callable[[int, Path], Measured]]] = {
    "read-500": (500, read),
    "appendix-csv": (10_000, appendix(".csv")),
    "appendix-xlsx": (10_000, appendix(".xlsx")),
    "appendix-docx": (10_000, appendix(".docx")),
    "appendix-pdf": (10_000, appendix(".pdf")),
    "score-100000": (100_000, score),
    "first-start": (1, first_start),
    "calibration": (100_000, calibration),
    "assigning": (1_000, sharing_out),
}

if __name__ == "__main__":
    name = sys.argv[1]
    size, measure = ITEMS[name]
    size = int(sys.argv[2]) if len(sys.argv) > 2 else size
    with tempfile.TemporaryDirectory(prefix="sangkien-bench-") as scratch:
        figures = measure(size, Path(scratch))
    print(
        json.dumps({"item": name, "size": size, "db": None, "sql": None, "rows": None, "instructions": None, **figures})
    )
