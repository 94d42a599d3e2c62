"""Score sheets of an invented campaign: judges of different severity, four fields, anchors between them."""

import random
from decimal import Decimal

from sangkien.scoring.model import Criterion, Entry, Input, Kind, Rule, Sheet
from sangkien.scoring.writing import canonical_input

_CRITERIA, _SHEETS, _PANEL, _FIELDS = 10, 5, 12, 4


def score_file(marks: int) -> str:
    """An exported file with so many marks: ten criteria, five sheets an entry, every hundredth mark missing."""
    chance = random.Random(2024)
    rule = Rule(
        version="1",
        criteria=tuple(
            Criterion(code=f"c{at}", name=f"Tiêu chí {at}", kind=Kind.NUMBER, max=Decimal(10), step=Decimal("0.5"))
            for at in range(_CRITERIA)
        ),
        pass_line=Decimal(60),
        minimum_sheets=3,
    )
    entries = [Entry(f"SK-{at:05}", f"f{at % _FIELDS}") for at in range(marks // (_CRITERIA * _SHEETS))]
    severity = [chance.gauss(0, 0.6) for _judge in range(_PANEL * _FIELDS)]
    sheets = [sheet for at, entry in enumerate(entries) for sheet in _sheets(at, entry, severity, chance)]
    return canonical_input(Input(rule=rule, entries=tuple(entries), sheets=tuple(sheets)))


def _sheets(at: int, entry: Entry, severity: list[float], chance: random.Random) -> list[Sheet]:
    home = at % _FIELDS * _PANEL
    readers = [home + seat for seat in chance.sample(range(_PANEL), _SHEETS)]
    anchor = at % 20 == 0
    if anchor:
        readers[-1] = (home + _PANEL) % len(severity)
    merit = chance.gauss(6, 1)
    return [
        Sheet(
            judge=f"nc-{judge:02}",
            entry=entry.code,
            marks={f"c{place}": _mark(merit - severity[judge], chance) for place in range(_CRITERIA)},
            anchor=anchor and judge == readers[-1],
        )
        for judge in readers
    ]


def _mark(around: float, chance: random.Random) -> Decimal | None:
    if chance.random() < 0.01:
        return None
    return Decimal(min(20, max(0, round(2 * chance.gauss(around, 1))))) / 2
