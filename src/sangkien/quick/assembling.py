"""From what a session keeps to the appendix: the order of the units, the heading, the file that is downloaded."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any

from sangkien.appendix.model import Reading
from sangkien.consolidation.model import Consolidation, consolidate
from sangkien.consolidation.writing import Heading, write
from sangkien.documents.wording import attached_line
from sangkien.quick.kept import KeptFile
from sangkien.quick.workspace import Workspace
from sangkien.vietnamese import sort_key, unit_key

FORMATS = ("docx", "xlsx", "pdf", "csv")


class Order(StrEnum):
    """How the units stand in the appendix."""

    FIRST = "first"
    ALPHABET = "alphabet"
    OWN = "own"


@dataclass(slots=True)
class Choices:
    """What a person chose for the appendix. ``units`` is the own order; ``paper`` '' leaves out "(Kèm theo …)"."""

    order: str = Order.FIRST
    units: list[str] = field(default_factory=list)
    year: int = 0
    issuer: str = ""
    superior: str = ""
    paper: str = "Báo cáo"
    number: str = ""
    dated: str = ""
    plan_heading: bool = False
    limitations: bool = False

    @classmethod
    def load(cls, workspace: Workspace, today: date) -> "Choices":
        kept = workspace.load("lua-chon")
        return cls(**kept) if kept else cls(year=today.year)

    def save(self, workspace: Workspace) -> None:
        workspace.save("lua-chon", asdict(self))

    def with_heading(self, parts: Mapping[str, Any]) -> "Choices":
        dated = parts["dated"].isoformat() if parts["dated"] else ""
        return replace(self, **{**parts, "dated": dated})

    @property
    def date(self) -> date | None:
        return date.fromisoformat(self.dated) if self.dated else None

    def heading(self) -> Heading:
        return Heading(
            year=self.year,
            issuer=self.issuer,
            superior=self.superior,
            attached_to=self._attached_to(),
            plan_heading=self.plan_heading,
            limitations=self.limitations,
        )

    def _attached_to(self) -> str:
        if not self.paper:
            return ""
        return attached_line(self.paper, number=self.number, dated=self.date, year=self.year, issuer=self.issuer)


@dataclass(frozen=True, slots=True)
class Located:
    """A corrected reading under a name of its own, with the row numbers of its initiatives inside the file."""

    file: KeptFile
    reading: Reading
    rows: tuple[int, ...]


def located(files: Iterable[KeptFile]) -> list[Located]:
    """What goes into the appendix, file by file. Of two different files with one name the later gets a number."""
    named: dict[str, int] = {}
    given = []
    for each in files:
        if each.changes.dropped:
            continue
        rows = each.kept_rows
        reading = each.as_reading(rows)
        count = named[reading.file] = named.get(reading.file, 0) + 1
        if count > 1:
            reading = replace(reading, file=f"{reading.file} ({count})")
        given.append(Located(each, reading, tuple(row.number for row in rows)))
    return given


def consolidated(given: Sequence[Located], choices: Choices) -> Consolidation:
    """The list as the appendix will show it now."""
    return consolidate((each.reading for each in given), units=wanted_units(given, choices))


def places(given: Iterable[Located]) -> dict[int, tuple[str, int]]:
    """Where an initiative of the list can be corrected: (key of the file, row), by the identity of the initiative."""
    return {
        id(initiative): (each.file.key, number)
        for each in given
        for initiative, number in zip(each.reading.initiatives, each.rows, strict=True)
    }


def wanted_units(given: Iterable[Located], choices: Choices) -> list[str]:
    """Names of units in the chosen order; empty for the order of first appearance."""
    if choices.order == Order.OWN:
        return choices.units
    if choices.order == Order.ALPHABET:
        return sorted(_present(given), key=sort_key)
    return []


def units_in_order(given: Sequence[Located], choices: Choices) -> list[str]:
    """Every unit that has an initiative, as the appendix will order them, and those of a pasted list that have none."""
    order = [*wanted_units(given, choices), *_present(given)]
    once: dict[str, str] = {}
    for name in order:
        once.setdefault(unit_key(name), name)
    return list(once.values())


def made(workspace: Workspace, consolidation: Consolidation, choices: Choices, ending: str) -> tuple[str, bytes]:
    """Name and content of the appendix; a PDF in several volumes comes as one archive of them."""
    with workspace.scratch() as folder:
        paths = write(consolidation, folder / f"phu-luc-tong-hop-{choices.year}.{ending}", choices.heading())
        if len(paths) == 1:
            return paths[0].name, paths[0].read_bytes()
        return f"phu-luc-tong-hop-{choices.year}.zip", _packed(paths)


def _present(given: Iterable[Located]) -> list[str]:
    """The units of the initiatives by first appearance, each once, under the name that it has first."""
    names: dict[str, str] = {}
    for each in given:
        for initiative in each.reading.initiatives:
            if initiative.unit:
                names.setdefault(unit_key(initiative.unit), initiative.unit)
    return list(names.values())


def _packed(paths: Iterable[Path]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for path in paths:
            archive.write(path, path.name)
    return packed.getvalue()
