"""Marks of invented judges: true merits, true severities, chance; whoever reads what is given or drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sangkien.scoring.advisory.model import Entry, Mark, Scale

SCALE = Scale(0, 100)


@dataclass(frozen=True, slots=True)
class World:
    """Entries with their marks, and the truth behind them: merit (field and entry), leniency of each judge."""

    entries: list[Entry]
    marks: list[Mark]
    merit: dict[str, float]
    leniency: dict[str, float]


def world(
    *,
    seed: int,
    readers: Sequence[Sequence[int]],
    fields: Sequence[int] = (),
    spread: tuple[float, float, float] = (5, 4, 3),
) -> World:
    """``readers``: who reads each entry; ``fields``: its field; ``spread``: σ of entry, judge, chance."""
    chance = np.random.default_rng(seed)
    fields = fields or [0] * len(readers)
    of_field = chance.normal(65, 4, max(fields) + 1)
    merit = {f"h{i}": float(of_field[field] + chance.normal(0, spread[0])) for i, field in enumerate(fields)}
    judges = sorted({judge for some in readers for judge in some})
    leniency = {f"g{j}": float(chance.normal(0, spread[1])) for j in judges}
    marks = [
        Mark(f"h{i}", f"g{j}", round(merit[f"h{i}"] + leniency[f"g{j}"] + float(chance.normal(0, spread[2])), 2))
        for i, some in enumerate(readers)
        for j in some
    ]
    entries = [Entry(f"h{i}", f"l{field}") for i, field in enumerate(fields)]
    return World(entries, marks, merit, leniency)


def drawn_readers(entries: int, judges: int, each: int, *, seed: int) -> list[list[int]]:
    """``each`` judges for every entry, the least loaded first, chance between equals."""
    chance = np.random.default_rng(seed)
    load = np.zeros(judges)
    readers = []
    for _ in range(entries):
        some = np.lexsort((chance.random(judges), load))[:each]
        load[some] += 1
        readers.append(sorted(some.tolist()))
    return readers
