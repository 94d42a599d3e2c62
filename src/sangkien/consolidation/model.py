"""Many readings as one list: each initiative once, in the order of the units, numbered anew, with its source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sangkien.appendix.model import Outcome, Reading, ReadInitiative
from sangkien.vietnamese import fold, unit_key


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the consolidated appendix. ``files`` names every source file that holds it, the first one first."""

    number: int
    initiative: ReadInitiative
    files: tuple[str, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A source file that gave nothing, with the sentence that says why and what to do."""

    file: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Consolidation:
    """The consolidated list, what was refused, and what a person should look at in each file."""

    items: tuple[Item, ...] = ()
    refused: tuple[Refused, ...] = ()
    file_warnings: tuple[tuple[str, str], ...] = ()
    units_without_report: tuple[str, ...] = ()


@dataclass(slots=True)
class _Gathered:
    initiative: ReadInitiative
    files: list[str]
    warnings: list[str] = field(default_factory=list)


def consolidate(readings: Iterable[Reading], *, units: Sequence[str] = ()) -> Consolidation:
    """One list out of many readings.

    The units stand in the order of ``units`` (names as a person wrote them), others after them by first appearance;
    the entries of one unit keep the order in which they were read. An entry that two files tell with the same words is
    kept once; one with the same unit and title but other words is kept twice, with a warning on both.
    """
    gathered: dict[tuple[str, ...], _Gathered] = {}
    refused: list[Refused] = []
    file_warnings: list[tuple[str, str]] = []
    for reading in readings:
        if reading.outcome is not Outcome.PARSED:
            refused.append(Refused(reading.file, reading.message))
        file_warnings += [(reading.file, warning) for warning in reading.warnings]
        for initiative in reading.initiatives:
            _gather(gathered, reading.file, initiative)
    _warn_of_twins(gathered.values())
    ordered = _in_order(list(gathered.values()), units)
    items = tuple(
        Item(number, each.initiative, tuple(each.files), (*each.initiative.warnings, *each.warnings))
        for number, each in enumerate(ordered, start=1)
    )
    return Consolidation(items, tuple(refused), tuple(file_warnings), _missing(units, ordered))


def renumbered(items: Iterable[Item]) -> tuple[Item, ...]:
    """The same rows numbered from 1, after a person moved or dropped some."""
    return tuple(replace(item, number=number) for number, item in enumerate(items, start=1))


def _gather(gathered: dict[tuple[str, ...], _Gathered], file: str, initiative: ReadInitiative) -> None:
    key = _same_words(initiative)
    known = gathered.get(key)
    if known is None:
        gathered[key] = _Gathered(initiative, [file])
        return
    if file not in known.files:
        known.files.append(file)
        known.warnings.append(f"Có cùng nội dung trong tệp “{file}” nên chỉ ghi một lần.")


def _same_words(initiative: ReadInitiative) -> tuple[str, ...]:
    """All that an entry says, blind to case, marks and spacing."""
    parts = (
        initiative.title,
        initiative.situation,
        initiative.content,
        initiative.effectiveness,
        initiative.novelty,
        initiative.limitations,
        initiative.note,
    )
    return (unit_key(initiative.unit or ""), *(" ".join(fold(part or "").split()) for part in parts))


def _warn_of_twins(all_gathered: Iterable[_Gathered]) -> None:
    by_title: dict[tuple[str, ...], list[_Gathered]] = {}
    for each in all_gathered:
        if each.initiative.title:
            by_title.setdefault(_same_words(each.initiative)[:2], []).append(each)
    for twins in by_title.values():
        for each in twins:
            others = sorted({twin.files[0] for twin in twins if twin is not each})
            if others:
                each.warnings.append(
                    f"Trùng đơn vị và tên với một giải pháp trong tệp “{'”, “'.join(others)}” nhưng nội dung khác. "
                    "Hãy xem lại để giữ một."
                )


def _in_order(gathered: list[_Gathered], units: Sequence[str]) -> list[_Gathered]:
    places: dict[str, int] = {}
    for name in units:
        places.setdefault(unit_key(name), len(places))
    for each in gathered:
        places.setdefault(unit_key(each.initiative.unit or ""), len(places))
    return sorted(gathered, key=lambda each: places[unit_key(each.initiative.unit or "")])


def _missing(units: Sequence[str], gathered: list[_Gathered]) -> tuple[str, ...]:
    answered = {unit_key(each.initiative.unit or "") for each in gathered}
    return tuple(name for name in units if unit_key(name) not in answered)
