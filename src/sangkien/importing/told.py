"""A solution of the queue as it stands: the reading with a person's corrections over it, and what is still asked."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from sangkien.appendix.model import ReadInitiative
from sangkien.importing.models import Decision, ImportedRow
from sangkien.initiatives.telling import Told

PARTS: Final = ("title", "situation", "content", "effectiveness", "novelty", "limitations", "note")
NEEDED: Final = ("situation", "content", "effectiveness", "novelty")
UNIT, FIELDS, TITLE = "unit", "fields", "title"
_READ: Final = tuple(item.name for item in fields(ReadInitiative))


def as_facts(initiative: ReadInitiative) -> dict[str, Any]:
    """A reading as plain lists and texts."""
    return {name: getattr(initiative, name) for name in _READ}


def as_read(facts: Mapping[str, Any]) -> ReadInitiative:
    """The inverse of ``as_facts`` after JSON."""
    told = dict(facts)
    chosen = told.get("fields")
    told["fields"] = None if chosen is None else tuple(chosen)
    told["warnings"] = tuple(told.get("warnings", ()))
    told["source"] = tuple((heading, text) for heading, text in told.get("source", ()))
    return ReadInitiative(**told)


@dataclass(frozen=True, slots=True)
class Standing:
    """One row as its page shows it. ``asks_unit``: the lead unit's queue, where the file tells whose it is."""

    row: ImportedRow
    read: ReadInitiative
    now: ReadInitiative
    asks_unit: bool

    @classmethod
    def of(cls, row: ImportedRow, *, asks_unit: bool) -> "Standing":
        """No statement."""
        read = as_read(row.facts())
        changes = row.changes()
        if FIELDS in changes and changes[FIELDS] is not None:
            changes[FIELDS] = tuple(changes[FIELDS])
        return cls(row, read, replace(read, **changes), asks_unit)

    @property
    def unclear(self) -> frozenset[str]:
        """Answered with "Chưa rõ"."""
        return frozenset(self.row.unclear.split())

    @property
    def questions(self) -> tuple[str, ...]:
        """What only a person can settle and nobody has: whose it is, its name, its field."""
        if self.row.decision != Decision.OPEN:
            return ()
        asked = {
            UNIT: self.asks_unit and self.row.unit_id is None,
            TITLE: not self.now.title,
            FIELDS: not self.now.fields,
        }
        return tuple(name for name, open_ in asked.items() if open_ and name not in self.unclear)

    @property
    def missing(self) -> tuple[str, ...]:
        """Parts that the file does not have and of which nobody has said that they stay empty."""
        if self.row.decision != Decision.OPEN:
            return ()
        return tuple(part for part in NEEDED if not getattr(self.now, part) and part not in self.unclear)

    @property
    def stops(self) -> tuple[str, ...]:
        """What keeps it from being confirmed: open questions; for the lead unit also a unit and a name."""
        wanted = dict.fromkeys(self.questions)
        if self.asks_unit and self.row.decision == Decision.OPEN:
            if self.row.unit_id is None:
                wanted[UNIT] = None
            if not self.now.title:
                wanted[TITLE] = None
        return tuple(wanted)

    def told(self, known_fields: frozenset[str]) -> Told:
        """As the room of initiatives takes it; a field that this plan does not have is left to the person."""
        told: Told = {}
        for part in PARTS:
            if text := getattr(self.now, part):
                told[part] = text
        codes = tuple(code for code in self.now.fields or () if code in known_fields)
        if codes:
            told["fields"] = codes
        return told


def count(row: ImportedRow, *, asks_unit: bool) -> None:
    """Write into the row what is still open, for the lists."""
    standing = Standing.of(row, asks_unit=asks_unit)
    row.question_count, row.missing_count = len(standing.questions), len(standing.missing)
