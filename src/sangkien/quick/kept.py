"""What a session keeps of a file: what was read, never changed, and beside it what a person corrected."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sangkien.appendix.model import Outcome, Reading, ReadInitiative
from sangkien.quick.workspace import Workspace

# The parts of an initiative that a person may correct, in the order of the form; ``fields`` is asked for on its own.
TEXTS = ("unit", "title", "situation", "content", "effectiveness", "novelty", "limitations", "note")
_NEEDED = ("unit", "title", "situation", "content", "effectiveness", "novelty")
_QUESTIONS = ("unit", "title", "fields")
_KEY = re.compile(r"[0-9a-f]{24}")


@dataclass(slots=True)
class Changes:
    """What a person did to a file: ``rows`` holds corrected parts by row, ``asked`` the rows left as "Chưa rõ"."""

    dropped: bool = False
    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    dropped_rows: list[int] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    added: int = 0
    also_named: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "dropped": self.dropped,
            "rows": {str(number): parts for number, parts in self.rows.items()},
            "dropped_rows": self.dropped_rows,
            "asked": self.asked,
            "added": self.added,
            "also_named": self.also_named,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> "Changes":
        if kept is None:
            return cls()
        rows = {int(number): parts for number, parts in kept["rows"].items()}
        return cls(**{**kept, "rows": rows})


@dataclass(frozen=True, slots=True)
class Row:
    """One initiative of a file as it goes into the appendix. ``number`` counts from 1 inside the file."""

    number: int
    read: ReadInitiative
    initiative: ReadInitiative
    dropped: bool
    asked: bool

    @property
    def question_open(self) -> bool:
        """The file leaves the field to a person, and no one has answered yet."""
        return self.initiative.fields is None and not self.asked and not self.dropped

    @property
    def question_count(self) -> int:
        return sum(place in _QUESTIONS for place in self.open_places)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(part for part in _NEEDED if not getattr(self.initiative, part))

    @property
    def open_places(self) -> tuple[str, ...]:
        """The parts that wait for a person, by name, in the order of the form."""
        if self.dropped:
            return ()
        missing = self.missing
        first = [part for part in missing if part in _QUESTIONS]
        rest = [part for part in missing if part not in _QUESTIONS]
        return (*first, *(["fields"] if self.question_open else []), *rest)


@dataclass(slots=True)
class KeptFile:
    """A file that was read: ``place`` sorts the files as they were dropped."""

    key: str
    name: str
    place: str
    size: int
    reading: Reading
    changes: Changes

    @property
    def rows(self) -> list[Row]:
        read = [*self.reading.initiatives, *[ReadInitiative()] * self.changes.added]
        return [self._row(number, initiative) for number, initiative in enumerate(read, start=1)]

    def row(self, number: int) -> Row | None:
        rows = self.rows
        return rows[number - 1] if 1 <= number <= len(rows) else None

    @property
    def kept_rows(self) -> list[Row]:
        return [] if self.changes.dropped else [row for row in self.rows if not row.dropped]

    @property
    def refused(self) -> bool:
        return self.reading.outcome is not Outcome.PARSED and not self.changes.added

    @property
    def questions(self) -> int:
        """Places that only a person can settle: whose initiative it is, its title, the field it belongs to."""
        return sum(row.question_count for row in self.kept_rows)

    @property
    def missing(self) -> int:
        """Parts of descriptions that the file does not have."""
        return sum(len(row.open_places) - row.question_count for row in self.kept_rows)

    @property
    def remarks(self) -> int:
        return len(self.reading.warnings) + sum(len(row.initiative.warnings) for row in self.kept_rows)

    def as_reading(self, rows: Iterable[Row]) -> Reading:
        """The reading with these rows, corrections included, as the appendix takes it."""
        outcome = self.reading.outcome if self.refused else Outcome.PARSED
        initiatives = tuple(row.initiative for row in rows)
        return replace(self.reading, file=self.name, outcome=outcome, initiatives=initiatives)

    def _row(self, number: int, read: ReadInitiative) -> Row:
        parts = dict(self.changes.rows.get(number, {}))
        if "fields" in parts and parts["fields"] is not None:
            parts["fields"] = tuple(parts["fields"])
        asked = number in self.changes.asked
        dropped = number in self.changes.dropped_rows
        return Row(
            number=number, read=read, initiative=replace(read, **parts) if parts else read, dropped=dropped, asked=asked
        )


def keep(workspace: Workspace, *, key: str, name: str, place: str, size: int, reading: Reading) -> None:
    """Keep a new reading. The long original texts stand apart, because lists do not need them."""
    initiatives = [{**each.as_json()} for each in reading.initiatives]
    originals = {"text": reading.text, "sources": [each.source for each in reading.initiatives]}
    head = {"name": name, "place": place, "size": size, **reading.as_json(), "initiatives": initiatives}
    workspace.save(f"goc/{key}", originals)
    workspace.save(f"tep/{key}", head)


def files(workspace: Workspace) -> list[KeptFile]:
    """All files of the session in the order in which they were dropped."""
    kept = [_kept(workspace, key.removeprefix("tep/")) for key in workspace.keys("tep")]
    return sorted((each for each in kept if each is not None), key=lambda each: (each.place, each.key))


def find(workspace: Workspace, key: str) -> KeptFile | None:
    return _kept(workspace, key) if _KEY.fullmatch(key) else None


def original(workspace: Workspace, key: str) -> tuple[str, list[list[tuple[str, str]]]]:
    """The whole text of the file, and for each initiative the pairs (heading, text) beside its fields."""
    kept = workspace.load(f"goc/{key}") or {"text": "", "sources": []}
    return kept["text"], [[(heading, text) for heading, text in pairs] for pairs in kept["sources"]]


def save_changes(workspace: Workspace, kept: KeptFile) -> None:
    workspace.save(f"sua/{kept.key}", kept.changes.as_json())


def correct(kept: KeptFile, number: int, parts: Iterable[tuple[str, Any]]) -> None:
    """Put corrected parts beside what was read; a part that says again what the file says is no correction."""
    read = kept.rows[number - 1].read
    corrected = kept.changes.rows.setdefault(number, {})
    for name, value in parts:
        if value == _as_read(read, name):
            corrected.pop(name, None)
        else:
            corrected[name] = value
    if not corrected:
        del kept.changes.rows[number]


def _as_read(read: ReadInitiative, name: str) -> Any:
    value = getattr(read, name)
    return list(value) if isinstance(value, tuple) else value


def _kept(workspace: Workspace, key: str) -> KeptFile | None:
    head = workspace.load(f"tep/{key}")
    if head is None:
        return None
    reading = Reading(
        file=head["file"],
        outcome=Outcome(head["outcome"]),
        message=head["message"],
        warnings=tuple(head["warnings"]),
        initiatives=tuple(_initiatives(head["initiatives"])),
    )
    changes = Changes.from_json(workspace.load(f"sua/{key}"))
    return KeptFile(
        key=key, name=head["name"], place=head["place"], size=head["size"], reading=reading, changes=changes
    )


def _initiatives(kept: Iterable[Mapping[str, Any]]) -> Iterator[ReadInitiative]:
    for each in kept:
        fields = None if each["fields"] is None else tuple(each["fields"])
        yield ReadInitiative(**{**each, "fields": fields, "warnings": tuple(each["warnings"])})
