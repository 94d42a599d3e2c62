"""Which passage of the original became which field: the numbered pins on both sides of a row's page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sangkien.appendix.model import ReadInitiative

# In the order of the form on the page, which is the order of the numbers.
_PINNED = ("unit", "title", "field_raw", "situation", "content", "effectiveness", "novelty", "limitations", "note")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a cell. ``pin`` 0 means that no field took it."""

    text: str
    pin: int = 0
    asked: bool = False


@dataclass(frozen=True, slots=True)
class SourceCell:
    heading: str
    passages: tuple[Passage, ...]


def pin_numbers(initiative: ReadInitiative, source: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Number of every field whose text stands in the source as it is; the choice of fields goes by ``fields``."""
    found = [part for part in _PINNED if _place(getattr(initiative, part), source) is not None]
    return {("fields" if part == "field_raw" else part): number for number, part in enumerate(found, start=1)}


def pinned(initiative: ReadInitiative, source: Sequence[tuple[str, str]]) -> list[SourceCell]:
    """The source cell by cell, cut into passages. A passage belongs to one field: the first that claims it."""
    numbers = pin_numbers(initiative, source)
    spans: dict[int, list[tuple[int, int, int]]] = {}
    for part in _PINNED:
        place = _place(getattr(initiative, part), source)
        if place is not None:
            cell, start, end = place
            number = numbers["fields" if part == "field_raw" else part]
            if all(end <= taken[0] or start >= taken[1] for taken in spans.get(cell, ())):
                spans.setdefault(cell, []).append((start, end, number))
    asked = numbers.get("fields", 0) if initiative.fields is None else 0
    return [
        SourceCell(heading, tuple(_cut(text, sorted(spans.get(cell, ())), asked)))
        for cell, (heading, text) in enumerate(source)
    ]


def _place(wanted: str | None, source: Sequence[tuple[str, str]]) -> tuple[int, int, int] | None:
    """Cell, start and end of the wanted text, blind to how white space is set."""
    words = (wanted or "").split()
    if not words:
        return None
    for cell, (_heading, text) in enumerate(source):
        span = _span(words, text)
        if span:
            return cell, *span
    return None


def _span(words: Sequence[str], text: str) -> tuple[int, int] | None:
    squeezed, offsets = _squeezed(text)
    start = squeezed.find("".join(words))
    if start < 0:
        return None
    end = start + sum(map(len, words))
    return offsets[start], offsets[end - 1] + 1


def _squeezed(text: str) -> tuple[str, Mapping[int, int]]:
    kept = [(place, letter) for place, letter in enumerate(text) if not letter.isspace()]
    return "".join(letter for _place, letter in kept), {index: place for index, (place, _letter) in enumerate(kept)}


def _cut(text: str, spans: Iterable[tuple[int, int, int]], asked: int) -> Iterable[Passage]:
    done = 0
    for start, end, number in spans:
        if start > done:
            yield Passage(text[done:start])
        yield Passage(text[start:end], number, asked=number == asked)
        done = end
    if done < len(text):
        yield Passage(text[done:])
