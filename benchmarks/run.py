"""``make bench``: every item in a process of its own, to ``build/bench.json`` and into the page of figures.

``python -m benchmarks.run NAME …`` measures only these; ``pages`` are the pages at 10,000 and 100,000 entries,
``pages-10000`` those of one size, ``storm`` the deadline hour.

Each measurement is printed as one JSON object. ``bytes`` is what was written (for ``read-500``: the number of solutions
read). What was not measured is null.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.instances import SIZES, measured, stormed
from benchmarks.items import ITEMS

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "performance.md"
STORM_KEYS = ("item", "size", "db", "seconds", "per_second", "p50", "p95", "again")
KEYS = ("item", "size", "db", "sql", "rows", "bytes", "cpu_ms", "instructions", "seconds", "peak_mib", "ratio_to_floor")
Figures = dict[str, object]


def main(names: list[str]) -> int:
    """Measure the named items, or all; what was not measured now keeps its figures, in the file and on the page."""
    names = names or [*ITEMS, "pages", "storm"]
    for figures in _measured_now(names):
        print(json.dumps(figures), flush=True)
        _keep(figures)
        _show_in_docs(figures)
    return 0


def _measured_now(names: list[str]) -> Iterator[Figures]:
    for name in [name for name in names if name in ITEMS]:
        yield _item(name)
    for size in SIZES:
        if "pages" in names or f"pages-{size}" in names:
            for found in measured(size):
                yield {key: found.get(key) for key in KEYS}
    for found in stormed(SIZES[0]) if "storm" in names else ():
        yield {**dict.fromkeys(KEYS), **found}


def _item(name: str) -> Figures:
    path = os.pathsep.join((str(ROOT), str(ROOT / "src")))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "benchmarks.items", name]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    found = json.loads(done.stdout)
    return {key: found[key] for key in KEYS}


def _keep(found: Figures) -> None:
    target = ROOT / "build" / "bench.json"
    kept = json.loads(target.read_text(encoding="utf-8")) if target.exists() else []
    figures = {_which(each): each for each in kept if each["db"] or each["item"] in ITEMS}
    figures[_which(found)] = found
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(list(figures.values()), indent=1) + "\n", encoding="utf-8")


def _which(figures: Figures) -> tuple[object, ...]:
    """What tells two measurements apart; pages are measured at several sizes, on two databases."""
    return (figures["item"], *((figures["size"], figures["db"]) if figures["db"] else ()))


def _show_in_docs(figures: Figures) -> None:
    """Into a table of ``docs/reference/performance.md``, so that no figure is copied by hand."""
    name = f"`{figures['item']}`"
    if str(figures["item"]).startswith("storm"):
        _put("bench-storm", [figures[key] for key in STORM_KEYS], told_apart_by=3)
    elif figures["db"]:
        million = "" if figures["instructions"] is None else round(int(str(figures["instructions"])) / 1e6, 1)
        page = (figures["size"], figures["db"], figures["sql"], figures["rows"])
        cells = [name, *page, round(int(str(figures["bytes"])) / 1000, 1), figures["cpu_ms"], million]
        _put("bench-pages", cells, told_apart_by=3)
    else:
        ratio = "" if figures["ratio_to_floor"] is None else f"{figures['ratio_to_floor']:.2f}"
        cells = [name, figures["size"], figures["cpu_ms"], figures["seconds"], figures["peak_mib"], ratio]
        _put("bench", cells, told_apart_by=1)


def _put(mark: str, cells: list[object], *, told_apart_by: int) -> None:
    """A row into the table between these marks, in place of one whose first ``told_apart_by`` cells are the same."""
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(f"<!-- {mark} -->")
    table, after = rest.split(f"<!-- /{mark} -->")
    head, line, *kept = table.strip().splitlines()
    row = "| " + " | ".join(str(cell).replace(".", ",") for cell in cells) + " |"
    rows = {tuple(each.split("|")[1 : told_apart_by + 1]): each for each in [*kept, row]}
    shown = "\n".join([head, line, *rows.values()])
    PAGE.write_text(f"{before}<!-- {mark} -->\n{shown}\n<!-- /{mark} -->{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
