"""``python -m benchmarks.calibration``: what calibration gains, where it harms, and how often its intervals hold.

Invented panels with known truth: entries have merit, fields differ, judges differ in severity. Prints one JSON object a
row and writes the two tables of ``docs/reference/performance.md``. All draws are seeded; about two minutes.
"""

import json
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import sangkien.scoring.advisory  # noqa: F401 - before numpy: it says how many threads numpy takes

import numpy as np  # isort: skip
from numpy.typing import NDArray  # isort: skip

from sangkien.scoring.advisory.calibrating import calibrate
from sangkien.scoring.advisory.design import design_of
from sangkien.scoring.advisory.model import Calibration, Entry, GateCode, Mark, Scale
from sangkien.scoring.advisory.prediction import predict
from sangkien.scoring.advisory.reml import fit, sums_of
from sangkien.scoring.assigning.assigning import assign
from sangkien.scoring.assigning.model import Assigned, Judge, Request
from sangkien.scoring.assigning.model import Entry as Sent

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "performance.md"
SCALE = Scale(0, 100)
NORMAL = 1.959963984540054
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Truth:
    """How much fields, entries, judges and chance vary, in points (standard deviations); where the mean lies."""

    field: float = 4.0
    entry: float = 6.0
    judge: float = 4.0
    chance: float = 3.5
    mean: float = 70.0
    ceiling: float = math.inf


def kendall(first: Floats, second: Floats) -> float:
    """Kendall's τ-b, by all pairs."""
    one, two = np.sign(np.subtract.outer(first, first)), np.sign(np.subtract.outer(second, second))
    return float((one * two).sum() / math.sqrt((one**2).sum() * (two**2).sum()))


def gained(worlds: int = 400) -> Iterator[dict[str, object]]:
    """Order of 40 entries, 4 fields with 3 judges each, against the truth: by mean, calibrated, calibrated naively."""
    for anchors in (0, 2, 3):
        found = [_orders(seed, anchors) for seed in range(worlds)]
        yield {
            "anchors": anchors,
            **{name: round(float(np.mean([each[name] for each in found])), 3) for name in found[0]},
            "components": sorted({int(each["components"]) for each in found}),
        }


def _orders(seed: int, anchors: int) -> dict[str, float]:
    fields = [at % 4 for at in range(40)]
    request = Request(
        tuple(Sent(at, field) for at, field in enumerate(fields)),
        tuple(Judge(f"g{at}", frozenset({at % 4})) for at in range(12)),
        readers=3, limit=40, anchors=anchors, seed=seed,
    )  # fmt: skip
    found = assign(request)
    assert isinstance(found, Assigned)
    pairs = [(int(read.entry), int(str(read.judge)[1:])) for read in found.reads]
    merit, marks = _marks(pairs, fields, 12, Truth(), seed)
    entries = [Entry(at, field) for at, field in enumerate(fields)]
    calibrated = calibrate(entries, marks, scale=SCALE)
    values = np.array([each.value for each in calibrated.entries], dtype=float)
    return {
        "mean": kendall(merit, _means(marks, 40)),
        "naive": kendall(merit, _naive(entries, marks)),
        "calibrated": kendall(merit, values),
        "components": calibrated.gate(GateCode.CONNECTED).numbers["components"],
    }


def _marks(
    pairs: Sequence[tuple[int, int]], fields: Sequence[int], judges: int, truth: Truth, seed: int, *, wild: bool = False
) -> tuple[Floats, list[Mark]]:
    """True merit of each entry, and marks in half points. ``wild``: the first judge marks by chance alone."""
    chance = np.random.default_rng(seed)
    of_field = chance.normal(0, truth.field, max(fields) + 1)
    merit = truth.mean + of_field[list(fields)] + chance.normal(0, truth.entry, len(fields))
    leniency = chance.normal(0, truth.judge, judges)
    marks = []
    for entry, judge in pairs:
        total = merit[entry] + leniency[judge] + chance.normal(0, truth.chance)
        if wild and judge == 0:
            total = truth.mean + chance.normal(0, 2 * truth.entry)
        marks.append(Mark(entry, judge, min(truth.ceiling, round(2 * total) / 2)))
    return merit, marks


def _means(marks: Sequence[Mark], entries: int) -> Floats:
    at = [int(mark.entry) for mark in marks]
    return np.bincount(at, weights=[float(mark.total) for mark in marks], minlength=entries) / np.bincount(
        at, minlength=entries
    )


def _naive(entries: Sequence[Entry], marks: Sequence[Mark]) -> Floats:
    """The same model with one mean for all, as if neither fields nor separate panels were: what the gates prevent."""
    design = design_of(entries, marks)
    design = replace(design, cell=np.zeros_like(design.cell), cells=1)
    seat, y = np.cumsum(design.kept) - 1, design.y - design.y.mean()
    found = fit(sums_of(design, seat, y))
    return predict(design, seat, y, theta=found.theta, effects=found.effects, inverse=found.inverse).value


DESIGNS: dict[str, tuple[int, int, int, int, Truth, bool]] = {
    # entries, judges, marks an entry, fields, truth, one judge marks by chance
    "40 hồ sơ, 12 người, 3 phiếu": (40, 12, 3, 1, Truth(), False),
    "40 hồ sơ, 12 người, 3 phiếu, 4 lĩnh vực": (40, 12, 3, 4, Truth(), False),
    "40 hồ sơ, 12 người, 2 phiếu": (40, 12, 2, 1, Truth(), False),
    "40 hồ sơ, 3 người, 2 phiếu": (40, 3, 2, 1, Truth(), False),
    "20 hồ sơ, 6 người, 2 phiếu": (20, 6, 2, 1, Truth(), False),
    "20 hồ sơ, 3 người, 2 phiếu": (20, 3, 2, 1, Truth(), False),
    "12 hồ sơ, 4 người, 2 phiếu": (12, 4, 2, 1, Truth(), False),
    "một người chấm ngẫu nhiên": (40, 12, 3, 1, Truth(), True),
    "chừng 15% phiếu chạm mức tối đa": (40, 12, 3, 1, Truth(mean=91, ceiling=100), False),
    "chừng 25% phiếu chạm mức tối đa": (40, 12, 3, 1, Truth(mean=94, ceiling=100), False),
    "chừng 40% phiếu chạm mức tối đa": (40, 12, 3, 1, Truth(mean=98, ceiling=100), False),
}


def covered(worlds: int = 200) -> Iterator[dict[str, object]]:
    """How often the 95 % interval holds the truth: by the formula alone, and as it is shown."""
    for name, (entries, judges, each, fields, truth, wild) in DESIGNS.items():
        plain, shown, factors, ceilings, withheld = [], [], [], [], 0
        for seed in range(worlds):
            of_field = [at % fields for at in range(entries)]
            merit, marks = _marks(_drawn(entries, judges, each, seed), of_field, judges, truth, seed, wild=wild)
            found = calibrate([Entry(at, field) for at, field in enumerate(of_field)], marks, scale=SCALE)
            inside = _inside(found, merit)
            plain.append(inside(lambda error: NORMAL * error))
            factors.append(found.gate(GateCode.THIN).numbers.get("factor", 1.0))
            shown.append(inside(lambda error, factor=factors[-1]: NORMAL * factor * error))
            ceilings.append(found.gate(GateCode.CEILING).numbers["share"])
            withheld += all(each.interval95 is None for each in found.entries)
        yield {
            "design": name,
            "formula": round(float(np.nanmean(plain)), 3),
            "shown": round(float(np.nanmean(shown)), 3),
            "factor": round(float(np.mean(factors)), 2),
            "at_maximum": round(float(np.mean(ceilings)), 2),
            "withheld": round(withheld / worlds, 2),
        }


def _drawn(entries: int, judges: int, each: int, seed: int) -> list[tuple[int, int]]:
    request = Request(
        tuple(Sent(at, 0) for at in range(entries)), tuple(Judge(f"g{at}") for at in range(judges)),
        readers=each, limit=entries, seed=seed,
    )  # fmt: skip
    found = assign(request)
    assert isinstance(found, Assigned)
    return [(int(read.entry), int(str(read.judge)[1:])) for read in found.reads]


def _inside(found: Calibration, merit: Floats) -> Callable[[Callable[[float], float]], float]:
    def share(reach: Callable[[float], float]) -> float:
        held = [
            abs(each.value - merit[int(each.entry)]) <= reach(each.error)
            for each in found.entries
            if each.value is not None and each.error is not None
        ]
        return float(np.mean(held)) if held else math.nan

    return share


def main() -> int:
    """Both tables, printed and into the page of figures."""
    for mark, rows in (("bench-order", gained()), ("bench-coverage", covered())):
        lines = []
        for row in rows:
            print(json.dumps(row, ensure_ascii=False), flush=True)
            lines.append("| " + " | ".join(_cell(value) for value in row.values()) + " |")
        _put(mark, lines)
    return 0


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).replace(".", ",")


def _put(mark: str, lines: Sequence[str]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(f"<!-- {mark} -->")
    table, after = rest.split(f"<!-- /{mark} -->")
    shown = "\n".join([*table.strip().splitlines()[:2], *lines])
    PAGE.write_text(f"{before}<!-- {mark} -->\n{shown}\n<!-- /{mark} -->{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
