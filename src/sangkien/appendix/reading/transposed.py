"""A table lying on its side: names of the form in the first column, one solution beside them (or one a column)."""

from sangkien.appendix.columns import PARTS, Column, Heading, recognise
from sangkien.appendix.reading.drafts import Draft, Surroundings, finish
from sangkien.appendix.reading.letterhead import UnitOfFile
from sangkien.appendix.reading.source import Cell, Row, Table
from sangkien.appendix.reading.tables import Gathered
from sangkien.appendix.reading.tidy import is_blank, one_line

_NAMED = 3  # rows whose first cell names a part of the form
_MOST_ROWS = 1000  # a longer table is a list
_LONGEST = 120
_SEARCHED = 40


def lies_on_its_side(table: Table) -> bool:
    """Whether the first column names so much of the form that no heading row need be looked for."""
    kinds = {name[1].column for name in map(_named, table.rows[:_SEARCHED]) if name}
    return Column.TITLE in kinds and len(kinds & set(PARTS)) > 1


def read_transposed(table: Table, place: str, unit_of_file: UnitOfFile, out: Gathered) -> bool:
    """Add the solutions of a table on its side; False when it is none."""
    if len(table.rows) > _MOST_ROWS:
        return False
    named = [_named(row) for row in table.rows]
    kinds = {name[1].column for name in named if name}
    told = kinds & {Column.DESCRIPTION, Column.FIELD, *PARTS}
    if Column.TITLE not in kinds or not told or len(kinds - {Column.OTHER, Column.STT}) < _NAMED:
        return False
    out.forms += 1
    drafts: dict[int, Draft] = {}
    last: tuple[str, Column] = ("", Column.OTHER)
    for row, name in zip(table.rows, named, strict=True):
        values = _values(row, name[0] if name else None)
        if name is None:
            _add_values(drafts, last, values)
            continue
        heading, meaning = name[2], name[1]
        if meaning.column is Column.TITLE and any(Column.TITLE in draft.texts for draft in drafts.values()):
            _finish(drafts, unit_of_file, out)
        for number, cell in enumerate(values):
            draft = drafts.setdefault(number, Draft(place))
            draft.add(meaning.column, heading, cell.text, cell.bold_starts)
        last = (heading, meaning.column)
    _finish(drafts, unit_of_file, out)
    return True


def _named(row: Row) -> tuple[int, Heading, str] | None:
    """(grid column, meaning, heading) of the rightmost cell among the first two that names a column of the form."""
    found = None
    distinct = _distinct(row)
    for place, cell in distinct[: max(1, min(2, len(distinct) - 1))]:
        text = one_line(cell.text).rstrip(" :")
        if not text or len(text) > _LONGEST or (place and text[-1].isdigit()):  # "Giải pháp 2" heads a column
            continue
        meaning = recognise(text)
        if meaning.column is not Column.OTHER:
            found = (place, meaning, text)
    return found or _other(distinct)


def _other(distinct: list[tuple[int, Cell]]) -> tuple[int, Heading, str] | None:
    """A row of two cells whose name is not of the form ("Tác giả"): kept for the note."""
    if len(distinct) != 2 or is_blank(distinct[0][1].text) or len(distinct[0][1].text) > 60:
        return None
    place, cell = distinct[0]
    return place, Heading(Column.OTHER), one_line(cell.text).rstrip(" :")


def _distinct(row: Row) -> list[tuple[int, Cell]]:
    found: list[tuple[int, Cell]] = []
    for place, cell in enumerate(row.cells):
        if cell is not None and not (found and found[-1][1] is cell):
            found.append((place, cell))
    return found


def _values(row: Row, name_place: int | None) -> list[Cell]:
    start = -1 if name_place is None else name_place
    return [cell for place, cell in _distinct(row) if place > start and cell.text.strip()]


def _add_values(drafts: dict[int, Draft], last: tuple[str, Column], values: list[Cell]) -> None:
    """A row without a name goes on with the row above."""
    heading, column = last
    for number, cell in enumerate(values):
        if number in drafts:
            drafts[number].add(column, heading, cell.text, cell.bold_starts)


def _finish(drafts: dict[int, Draft], unit_of_file: UnitOfFile, out: Gathered) -> None:
    unit, where = unit_of_file()
    shared = drafts.get(0)
    for number, draft in drafts.items():
        around = Surroundings(unit, where)
        if number and shared and Column.UNIT not in draft.texts and shared.text(Column.UNIT):
            around = Surroundings(one_line(shared.text(Column.UNIT)), "cột đầu tiên của bảng")
        initiative = finish(draft, around)
        if initiative:
            out.add(initiative)
    drafts.clear()
