"""Which passage of the original became which field: the numbered pins on both sides of a row's page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sangkien.appendix.model import ReadInitiative

# In the order of the form on the page, which is the order of the numbers. What the file says of the field is asked for
# under the name of the choice that it leads to.
_PINNED = {
    "unit": "unit",
    "title": "title",
    "field_raw": "fields",
    "situation": "situation",
    "content": "content",
    "effectiveness": "effectiveness",
    "novelty": "novelty",
    "limitations": "limitations",
    "note": "note",
}
MAX_LETTERS = 200_000  # a longer original is shown from its beginning, without pins


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


@dataclass(frozen=True, slots=True)
class Original:
    """The source of one initiative cut into passages, and the number of every field that has one, by its name."""

    cells: tuple[SourceCell, ...]
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Span:
    cell: int
    start: int
    end: int


def pinned(initiative: ReadInitiative, source: Sequence[tuple[str, str]]) -> Original:
    """A passage belongs to one field, the first that claims it; it is found however its white space is set."""
    if sum(len(text) for _heading, text in source) > MAX_LETTERS:
        return Original(tuple(_beginning(source)), {})
    spans = _spans(initiative, source)
    numbers = {name: number for number, name in enumerate(spans, start=1)}
    asked = "fields" if initiative.fields is None else ""
    cells = [
        SourceCell(
            heading,
            tuple(
                _cut(text, [(span, numbers[name], name == asked) for name, span in spans.items() if span.cell == cell])
            ),
        )
        for cell, (heading, text) in enumerate(source)
    ]
    return Original(tuple(cells), numbers)


def _spans(initiative: ReadInitiative, source: Sequence[tuple[str, str]]) -> dict[str, _Span]:
    squeezed = ["".join(text.split()) for _heading, text in source]
    spans: dict[str, _Span] = {}
    for part, name in _PINNED.items():
        wanted = "".join((getattr(initiative, part) or "").split())
        span = _find(wanted, squeezed, source, list(spans.values())) if wanted else None
        if span:
            spans[name] = span
    return spans


def _find(
    wanted: str, squeezed: Sequence[str], source: Sequence[tuple[str, str]], taken: Sequence[_Span]
) -> _Span | None:
    for cell, text in enumerate(squeezed):
        place = text.find(wanted)
        if place < 0:
            continue
        letters = [index for index, letter in enumerate(source[cell][1]) if not letter.isspace()]
        span = _Span(cell, letters[place], letters[place + len(wanted) - 1] + 1)
        if all(span.cell != each.cell or span.end <= each.start or span.start >= each.end for each in taken):
            return span
    return None


def _cut(text: str, spans: Sequence[tuple[_Span, int, bool]]) -> Iterator[Passage]:
    done = 0
    for span, number, asked in sorted(spans, key=lambda each: each[0].start):
        if span.start > done:
            yield Passage(text[done : span.start])
        yield Passage(text[span.start : span.end], number, asked=asked)
        done = span.end
    if done < len(text):
        yield Passage(text[done:])


def _beginning(source: Sequence[tuple[str, str]]) -> Iterator[SourceCell]:
    left = MAX_LETTERS
    for heading, text in source:
        if left > 0:
            yield SourceCell(heading, (Passage(text[:left]),))
        left -= len(text)
