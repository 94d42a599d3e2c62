"""Invented marks and panels in any number."""

import json
import random

from sangkien.scoring.assigning.model import Entry, Judge, Pair, Request


def marks_as_json(size: int, *, judges: int, each: int) -> str:
    """``size`` marks as a file would hold them: entries with a field of eight, marks as exact decimals."""
    chance = random.Random(7)
    severity = [chance.gauss(0, 4) for _ in range(judges)]
    entries = [(f"HS-{at:05}", f"F{at % 8}") for at in range(size // each)]
    marks = []
    for name, _ in entries:
        merit = chance.gauss(65, 6)
        for judge in chance.sample(range(judges), each):
            total = min(100.0, max(0.0, merit + severity[judge] + chance.gauss(0, 3)))
            marks.append((name, f"GK-{judge:03}", f"{round(2 * total) / 2:.1f}"))
    return json.dumps({"entries": entries, "marks": marks})


def sharing_request(size: int) -> Request:
    """Entries and 60 judges of 174 units, half of the entries in one field; nobody reads their own unit's."""
    chance = random.Random(1)
    entries = tuple(Entry(at, 0 if chance.random() < 0.5 else chance.randrange(5)) for at in range(size))
    judges = tuple(Judge(at, frozenset({0 if at < 30 else at % 5})) for at in range(60))
    of_judge = {judge.id: chance.randrange(174) for judge in judges}
    of_entry = {entry.id: chance.randrange(174) for entry in entries}
    forbidden = frozenset(Pair(e.id, j.id) for e in entries for j in judges if of_judge[j.id] == of_entry[e.id])
    return Request(entries, judges, 3, max(1, size * 3 // 40), forbidden=forbidden, anchors=3)
