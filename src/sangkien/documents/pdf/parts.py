"""How a paper is cut: parts that one child process sets, volumes of an appendix that one person can open.

What a part costs in memory grows with its characters and, for its cells, with its rows: both together are its weight.
A part of full weight (170 rows of 1,500 characters, 400 of 500) takes about 200 MB while it is set. A volume holds at
most 500 rows; when an appendix needs more than one, each says "Tập n" in its heading.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from sangkien.documents import tokens
from sangkien.documents.blocks import AppendixHeading, Paper, Section, Table
from sangkien.documents.layout import Element, appendix_heading, elements, text_width
from sangkien.documents.pdf.data import element_data, table_data
from sangkien.documents.typesetting import Json, Place

ROWS_IN_VOLUME: Final = 500
WEIGHT_IN_PART: Final = 360_000
WEIGHT_IN_ONE_RUN: Final = 150_000  # up to here a paper is one tagged file
WEIGHT_OF_LETTER: Final = 12_000  # up to here it is set without a child process
_SAME_HEIGHT: Final = 0.1  # points
_WEIGHT_OF_ROW: Final = 250  # of its cells, in characters

Row = Sequence[str]


@dataclass(slots=True)
class Part:
    """What one run of the typesetter sets: elements of one section, some rows of its table among them."""

    section: Section
    elements: list[Json] = field(default_factory=list)
    rows: int = 0
    continued: bool = False
    new_volume: bool = False
    tail: list[Row] = field(default_factory=list)
    returned: list[Row] = field(default_factory=list)

    @property
    def may_be_cut(self) -> bool:
        """Whether the table goes on in the next part, so that rows may be moved there."""
        return bool(self.tail)

    def keep(self, count: int) -> None:
        """Only the first ``count`` rows of the last table stand in this part; the others go to the next one."""
        self.returned = self.tail[count:]
        self.rows -= len(self.returned)


class Cut:
    """A paper whose tables are read as far as it takes to know how it must be cut: 501 rows."""

    def __init__(self, paper: Paper) -> None:
        self._sections = [
            (section, [_opened(each, text_width(section)) for each in elements(section)]) for section in paper.sections
        ]
        tables = [each for _, opened in self._sections for each in opened if isinstance(each, _OpenTable)]
        weight = sum(table.weight for table in tables)
        self.in_one_run = weight <= WEIGHT_IN_ONE_RUN and not any(table.is_long for table in tables)
        self.is_letter = self.in_one_run and weight <= WEIGHT_OF_LETTER

    def parts(self) -> Iterator[Part]:
        """The parts in order, rows read as they are needed; in one run, one part for each section."""
        for section, opened in self._sections:
            yield from _parts(section, opened)


class _OpenTable:
    """A table with its first rows read."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._source = iter(table.rows)
        self._read = list(islice(self._source, ROWS_IN_VOLUME + 1))
        self.is_long = len(self._read) > ROWS_IN_VOLUME
        self.weight = sum(map(_weight, self._read))

    @property
    def has_more(self) -> bool:
        if not self._read:
            self._read = list(islice(self._source, ROWS_IN_VOLUME))
        return bool(self._read)

    def take(self, most: int) -> list[Row]:
        """The next rows: as many as a part holds, at least one, at most ``most``."""
        taken: list[Row] = []
        weight = 0
        while len(taken) < most and self.has_more:
            weight += _weight(self._read[0])
            if taken and weight > WEIGHT_IN_PART:
                break
            taken.append(self._read.pop(0))
        return taken

    def put_back(self, rows: Sequence[Row]) -> None:
        """Rows that were taken but did not find their place."""
        self._read[:0] = rows


def fresh_page(places: Sequence[Place], rows: int) -> tuple[int, int] | None:
    """The last page that begins with a new row, as (rows before it, pages before it).

    Cut there, a table goes on in the next part as if nothing had happened. ``None`` where there is no such page in the
    second half of the part: the next part then begins on a new page, after a gap.
    """
    (_, table_page, table_y), (_, first_page, first_y), *others = places
    if table_page != first_page:
        return None
    top = tokens.TOP_MM * tokens.MM_PT + first_y - table_y
    for row, page, y in reversed(others):
        if abs(y - top) < _SAME_HEIGHT and row > rows // 2:
            return row, page - 1
    return None


def _weight(row: Row) -> int:
    return _WEIGHT_OF_ROW + sum(map(len, row))


_Opened = Json | _OpenTable | AppendixHeading


def _opened(element: Element, room: float) -> _Opened:
    match element:
        case Table():
            return _OpenTable(element)
        case AppendixHeading():
            return element
    return element_data(element, room)


def _parts(section: Section, opened: Sequence[_Opened]) -> Iterator[Part]:
    heading = next((each for each in opened if isinstance(each, AppendixHeading)), None)
    in_volumes = heading is not None and any(isinstance(each, _OpenTable) and each.is_long for each in opened)
    volume, left = 1, ROWS_IN_VOLUME
    part = Part(section)
    for each in opened:
        if isinstance(each, AppendixHeading):
            part.elements += _heading(each, section, volume if in_volumes else None)
        elif not isinstance(each, _OpenTable):
            part.elements.append(each)
        else:
            while True:
                rows = each.take(left)
                part.elements.append(table_data(each.table, rows))
                part.rows += len(rows)
                left -= len(rows)
                if not each.has_more:
                    break
                if left:
                    part.tail = rows
                    part.elements[-1]["marks"] = True
                yield part
                each.put_back(part.returned)
                left += len(part.returned)
                part = Part(section, continued=True)
                if not left:
                    left = ROWS_IN_VOLUME
                if in_volumes and heading and left == ROWS_IN_VOLUME:
                    volume += 1
                    part = Part(section, _heading(heading, section, volume), new_volume=True)
    yield part


def _heading(heading: AppendixHeading, section: Section, volume: int | None) -> list[Json]:
    named = replace(heading, volume=volume)
    room = text_width(section)
    return [element_data(element, room) for element in appendix_heading(named, room)]
