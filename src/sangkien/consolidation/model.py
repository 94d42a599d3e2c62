"""Many readings as one list: each initiative once, in the order of the units, numbered anew, with its source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

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
    words: tuple[str, ...] = ()  # all that it says, made when another entry has the same unit and title


def consolidate(readings: Iterable[Reading], *, units: Sequence[str] = ()) -> Consolidation:
    """One list out of many readings.

    The units stand in the order of ``units`` (names as a person wrote them), others after them by first appearance;
    the entries of one unit keep the order in which they were read. An entry that two files tell with the same words is
    kept once; one with the same unit and title but other words is kept twice, with a warning on both.
    """
    gathered: list[_Gathered] = []
    namesakes: dict[tuple[str, str], list[_Gathered]] = {}
    refused: list[Refused] = []
    file_warnings: list[tuple[str, str]] = []
    for reading in readings:
        if reading.outcome is not Outcome.PARSED:
            refused.append(Refused(reading.file, reading.message))
        file_warnings += [(reading.file, warning) for warning in reading.warnings]
        for initiative in reading.initiatives:
            same_name = namesakes.setdefault(_name(initiative), [])
            new = _gather(same_name, reading.file, initiative)
            gathered += new
            same_name += new
    _warn_of_twins(namesakes)
    ordered = _in_order(gathered, units)
    items = tuple(
        Item(number, each.initiative, tuple(each.files), (*each.initiative.warnings, *each.warnings))
        for number, each in enumerate(ordered, start=1)
    )
    return Consolidation(items, tuple(refused), tuple(file_warnings), _missing(units, ordered))


def renumbered(items: Iterable[Item]) -> tuple[Item, ...]:
    """The same rows numbered from 1, after a person moved or dropped some."""
    return tuple(replace(item, number=number) for number, item in enumerate(items, start=1))


def _name(initiative: ReadInitiative) -> tuple[str, str]:
    """Whose it is and what it is called, blind to case, marks and spacing."""
    return _key_of_unit(initiative.unit), _folded(initiative.title)


_key_of_unit = lru_cache(maxsize=8192)(lambda unit: unit_key(unit or ""))


def _folded(text: str | None) -> str:
    return " ".join(fold(text or "").split())


def _gather(namesakes: list[_Gathered], file: str, initiative: ReadInitiative) -> list[_Gathered]:
    """The entry as a new one; nothing when one of the same name says the same words, which then names this file too."""
    new = _Gathered(initiative, [file])
    for known in namesakes:
        if _words(known) == _words(new):
            if file not in known.files:
                known.files.append(file)
                known.warnings.append(f"Có cùng nội dung trong tệp “{file}” nên chỉ ghi một lần.")
            return []
    return [new]


def _words(gathered: _Gathered) -> tuple[str, ...]:
    if not gathered.words:
        it = gathered.initiative
        parts = (it.situation, it.content, it.effectiveness, it.novelty, it.limitations, it.note)
        gathered.words = tuple(map(_folded, parts))
    return gathered.words


def _warn_of_twins(namesakes: dict[tuple[str, str], list[_Gathered]]) -> None:
    for (_, title), twins in namesakes.items():
        for each in twins if title and len(twins) > 1 else ():
            others = sorted({twin.files[0] for twin in twins if twin is not each})
            each.warnings.append(
                f"Trùng đơn vị và tên với một giải pháp trong tệp “{'”, “'.join(others)}” nhưng nội dung khác. "
                "Hãy xem lại để giữ một."
            )


def _in_order(gathered: list[_Gathered], units: Sequence[str]) -> list[_Gathered]:
    places: dict[str, int] = {}
    for name in units:
        places.setdefault(_key_of_unit(name), len(places))
    for each in gathered:
        places.setdefault(_key_of_unit(each.initiative.unit), len(places))
    return sorted(gathered, key=lambda each: places[_key_of_unit(each.initiative.unit)])


def _missing(units: Sequence[str], gathered: list[_Gathered]) -> tuple[str, ...]:
    answered = {_key_of_unit(each.initiative.unit) for each in gathered}
    return tuple(name for name in units if _key_of_unit(name) not in answered)
