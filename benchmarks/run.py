"""``make bench``: every item in a process of its own, to ``build/bench.json`` and into the page of figures.

``bytes`` is what was written (for ``read-500``: the number of solutions read). What was not measured is null.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.items import ITEMS

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "performance.md"
KEYS = ("item", "size", "db", "sql", "rows", "bytes", "cpu_ms", "instructions", "seconds", "peak_mib", "ratio_to_floor")


def main(names: list[str]) -> int:
    """Measure the named items, or all; earlier figures of other items stay in the file."""
    target = ROOT / "build" / "bench.json"
    kept = json.loads(target.read_text(encoding="utf-8")) if target.exists() else []
    figures = {each["item"]: each for each in kept if each["item"] in ITEMS}
    print(f"{'việc':16}{'cỡ':>8}{'CPU ms':>10}{'giây':>8}{'MiB':>8}{'so sàn':>8}")
    for name in names or list(ITEMS):
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
            "PYTHONHASHSEED": "0",
        }
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.items", name],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
        )
        found = json.loads(done.stdout)
        figures[name] = {key: found[key] for key in KEYS}
        ratio = "" if found["ratio_to_floor"] is None else f"{found['ratio_to_floor']:.2f}"
        print(
            f"{name:16}{found['size']:>8}{found['cpu_ms']:>10}{found['seconds']:>8}{found['peak_mib']:>8}{ratio:>8}",
            flush=True,
        )
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(list(figures.values()), indent=1) + "\n", encoding="utf-8")
    _show_in_docs(list(figures.values()))
    return 0


def _show_in_docs(figures: list[dict[str, object]]) -> None:
    """The table of ``docs/reference/performance.md``, so that no figure is copied by hand."""
    lines = ["| Việc | Cỡ | CPU ms | Giây | Đỉnh MiB | So với sàn |", "|---|--:|--:|--:|--:|--:|"]
    for each in figures:
        ratio = "" if each["ratio_to_floor"] is None else f"{each['ratio_to_floor']:.2f}".replace(".", ",")
        cells = (f"`{each['item']}`", each["size"], each["cpu_ms"], each["seconds"], each["peak_mib"])
        lines.append("| " + " | ".join(str(cell).replace(".", ",") for cell in cells) + f" | {ratio} |")
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split("<!-- bench -->")
    after = rest.split("<!-- /bench -->")[1]
    table = "\n".join(lines)
    PAGE.write_text(f"{before}<!-- bench -->\n{table}\n<!-- /bench -->{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
