"""``make bench``: every item in a process of its own, to ``build/bench.json`` and into the page of figures.

``python -m benchmarks.run NAME …`` measures only these; ``pages`` are the pages at 10,000 and 100,000 entries,
``pages-10000`` those of one size, ``storm`` the deadline hour.

``bytes`` is what was written (for ``read-500``: the number of solutions read). What was not measured is null.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.instances import SIZES, measured, stormed
from benchmarks.items import ITEMS

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "performance.md"
STORM_KEYS = ("item", "size", "db", "seconds", "per_second", "p50", "p95", "again")
KEYS = ("item", "size", "db", "sql", "rows", "bytes", "cpu_ms", "instructions", "seconds", "peak_mib", "ratio_to_floor")


def main(names: list[str]) -> int:
    """Measure the named items, or all; earlier figures of other items stay in the file."""
    target = ROOT / "build" / "bench.json"
    kept = json.loads(target.read_text(encoding="utf-8")) if target.exists() else []
    figures = {_which(each): each for each in kept if each["db"] or each["item"] in ITEMS}
    names = names or [*ITEMS, "pages", "storm"]
    print(f"{'việc':16}{'cỡ':>8}{'CPU ms':>10}{'giây':>8}{'MiB':>8}{'so sàn':>8}")
    for name in [name for name in names if name in ITEMS]:
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
        figures[_which(found)] = {key: found[key] for key in KEYS}
        ratio = "" if found["ratio_to_floor"] is None else f"{found['ratio_to_floor']:.2f}"
        print(
            f"{name:16}{found['size']:>8}{found['cpu_ms']:>10}{found['seconds']:>8}{found['peak_mib']:>8}{ratio:>8}",
            flush=True,
        )
    for size in SIZES:
        if "pages" in names or f"pages-{size}" in names:
            for found in measured(size):
                figures[_which(found)] = {key: found.get(key) for key in KEYS}
                print(
                    f"{found['item']:16}{size:>8}{found['cpu_ms']:>10}{found['seconds']:>8} {found['db']}", flush=True
                )
    for found in stormed(SIZES[0]) if "storm" in names else ():
        figures[_which(found)] = {**dict.fromkeys(KEYS), **found}
        print(json.dumps(found), flush=True)
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(list(figures.values()), indent=1) + "\n", encoding="utf-8")
    _show_in_docs(list(figures.values()))
    return 0


def _which(figures: dict[str, object]) -> tuple[object, ...]:
    """What tells two measurements apart; pages are measured at several sizes, on two databases."""
    return (figures["item"], *((figures["size"], figures["db"]) if figures["db"] else ()))


def _show_in_docs(figures: list[dict[str, object]]) -> None:
    """The tables of ``docs/reference/performance.md``, so that no figure is copied by hand."""
    lines = ["| Việc | Cỡ | CPU ms | Giây | Đỉnh MiB | So với sàn |", "|---|--:|--:|--:|--:|--:|"]
    for each in [each for each in figures if not each["db"]]:
        ratio = "" if each["ratio_to_floor"] is None else f"{each['ratio_to_floor']:.2f}".replace(".", ",")
        cells = (f"`{each['item']}`", each["size"], each["cpu_ms"], each["seconds"], each["peak_mib"])
        lines.append("| " + " | ".join(str(cell).replace(".", ",") for cell in cells) + f" | {ratio} |")
    _put("bench", lines)
    lines = ["| Trang | Hồ sơ | Cơ sở dữ liệu | Câu lệnh | Dòng | KB | CPU ms | Triệu lệnh máy |"]
    lines.append("|---|--:|---|--:|--:|--:|--:|--:|")
    for each in [each for each in figures if each["db"] and each["sql"]]:
        million = "" if each["instructions"] is None else round(int(str(each["instructions"])) / 1e6, 1)
        cells = (f"`{each['item']}`", each["size"], each["db"], each["sql"], each["rows"],
                 round(int(str(each["bytes"])) / 1000, 1), each["cpu_ms"], million)  # fmt: skip
        lines.append("| " + " | ".join(str(cell).replace(".", ",") for cell in cells) + " |")
    _put("bench-pages", lines)
    lines = ["| Việc | Lần gửi | Cơ sở dữ liệu | Giây | Lần gửi mỗi giây | Chờ p50 | Chờ p95 | Gửi lại |"]
    lines.append("|---|--:|---|--:|--:|--:|--:|--:|")
    for each in [each for each in figures if str(each["item"]).startswith("storm")]:
        lines.append("| " + " | ".join(str(each[key]).replace(".", ",") for key in STORM_KEYS) + " |")
    _put("bench-storm", lines)


def _put(mark: str, lines: list[str]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(f"<!-- {mark} -->")
    after = rest.split(f"<!-- /{mark} -->")[1]
    table = "\n".join(lines)
    PAGE.write_text(f"{before}<!-- {mark} -->\n{table}\n<!-- /{mark} -->{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
