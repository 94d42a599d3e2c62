"""The heading rows of the report table: which row, how many, what each column of the grid means."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from sangkien.appendix.columns import LONGEST_HEADING, PARTS, Column, Heading, recognise
from sangkien.appendix.fields import recognise as recognise_field
from sangkien.appendix.reading.labels import find_label
from sangkien.appendix.reading.source import Cell, Row, Table
from sangkien.appendix.reading.tidy import key, one_line

_ENOUGH = 4.0  # STT, đơn vị, nội dung and ghi chú alone (any task list) weigh 3
_SEARCHED = 60  # rows of a table in which its first heading is looked for
_LONGEST_NUMBER = 12  # "(6)=(4)+(5)"
_SINGLE = (Column.STT, Column.UNIT, Column.TITLE, Column.FIELD)
_SPOKEN = re.compile(r":\s*\S.{14}")  # "Kết quả: Văn bản …" is said by a row of data
_NUMBER = re.compile(r"\(?\s*(?:\d{1,2}|[A-Za-z])\s*\)?(?:\s*=.*)?")


@dataclass
class Header:
    """What the columns of a grid mean. ``keys`` are the folded texts of its rows, to know it again on the next page."""

    columns: list[Column]
    headings: list[str]
    rows: int
    keys: set[tuple[str, ...]] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)
    ticked: set[int] = field(default_factory=set)  # columns of one field each, ticked with an x

    @property
    def kinds(self) -> set[Column]:
        """The columns that are there."""
        return set(self.columns)

    @cached_property
    def sign_keys(self) -> set[str]:
        """What the heading's rows say in that column: a cheap look before the whole rows are compared."""
        return {texts[self.sign] for texts in self.keys if self.sign < len(texts)}

    @cached_property
    def sign(self) -> int:
        """The grid column by which a repeated heading is recognised cheaply."""
        for wanted in (Column.TITLE, Column.DESCRIPTION, Column.FIELD, Column.SITUATION, Column.CONTENT):
            if wanted in self.columns:
                return self.columns.index(wanted)
        return 0


def find_header(table: Table, start: int = 0) -> tuple[int, Header] | None:
    """The first heading at or below ``start``, with the index of its first row."""
    for index in range(start, min(len(table.rows), start + _SEARCHED)):
        header = header_at(table, index)
        if header:
            return index, header
    return None


def header_at(table: Table, index: int) -> Header | None:
    """The heading that begins in this row, over one to three rows; ``None`` when the row is no heading of the form."""
    top = table.rows[index]
    if not _could_be_heading(top):
        return None
    meanings = [_meaning(cell) for cell in top.cells]
    if not any(meaning.weight for meaning in meanings):
        return None
    headings = [one_line(cell.text) if cell else "" for cell in top.cells]
    used = 1
    for below in table.rows[index + 1 : index + 3]:
        sub = _sub_meanings(table.rows[index + used - 1], below)
        if sub is None:
            break
        for column, meaning in sub.items():
            if column < len(meanings):
                meanings[column] = meaning
                headings[column] = one_line(_text(below.cells[column]))
        used += 1
    if not _is_report(meanings):
        return None
    _widen_description(meanings, headings, table.rows[index + used : index + used + 4])
    keys = {row_key(row) for row in table.rows[index : index + used]}
    header = Header([meaning.column for meaning in meanings], headings, used, keys)
    _find_ticked(header, top)
    _keep_one_of_each(header, meanings)
    for place, meaning in enumerate(meanings):
        heading = header.headings[place]
        warning = f"Tiêu đề cột “{heading}” được hiểu là {meaning.column.label}."
        if meaning.guessed and header.columns[place] is meaning.column and warning not in header.warnings:
            header.warnings.append(warning)
    return header


def _widen_description(meanings: list[Heading], headings: list[str], below: list[Row]) -> None:
    """A column without heading right of the description: its text, where the description holds the bare labels."""
    for place in range(1, len(meanings)):
        left = meanings[place - 1]
        if headings[place] or left.column is not Column.DESCRIPTION or meanings[place].column is not Column.OTHER:
            continue
        labels = [find_label(one_line(_text(row.cells[place - 1]))) for row in below if place <= len(row.cells)]
        if sum(label is not None and not label.text for label in labels) >= 2:
            meanings[place] = left


def is_number_row(row: Row) -> bool:
    """ "(1) (2) (3)" or "A B 1 2" under the heading."""
    if any(cell and len(cell.text) > _LONGEST_NUMBER for cell in row.cells):
        return False
    texts = [one_line(cell.text) for cell in row.cells if cell and cell.text.strip()]
    return len(texts) >= 3 and len(set(texts)) == len(texts) and all(_NUMBER.fullmatch(text) for text in texts)


def says_something(row: Row) -> bool:
    """Some cell has words behind a colon, as in a row of data."""
    return any(cell is not None and _SPOKEN.search(cell.text) for cell in row.cells)


def row_key(row: Row) -> tuple[str, ...]:
    """Folded texts of a row, for comparing headings."""
    return tuple(key(cell.text) if cell and len(cell.text) <= LONGEST_HEADING else "" for cell in row.cells)


def _text(cell: Cell | None) -> str:
    return cell.text if cell else ""


def _could_be_heading(row: Row) -> bool:
    """No long text, and no number where a row of data has its STT."""
    if any(cell is not None and len(cell.text) > LONGEST_HEADING for cell in row.cells):
        return False
    first = next((cell.text for cell in row.cells if cell and cell.text.strip()), "")
    return not first.strip(" .()\n\t").isdigit()


def _meaning(cell: Cell | None) -> Heading:
    return recognise(one_line(cell.text)) if cell and cell.text.strip() else Heading(Column.OTHER)


def _sub_meanings(above: Row, below: Row) -> dict[int, Heading] | None:
    """Meanings of a second heading row by grid column; ``None`` when it is a row of data."""
    found: dict[int, Heading] = {}
    known = under = 0
    for column, cell in enumerate(below.cells):
        top = above.cells[column] if column < len(above.cells) else None
        if cell is None or cell is top or not cell.text.strip():
            continue
        meaning = _field_meaning(cell, top) or _meaning(cell)
        if (
            len(cell.text) > 80
            or _SPOKEN.search(cell.text)
            or (meaning.column is Column.OTHER and (top is None or top.col_span == 1))
        ):
            return None
        known += meaning.column is not Column.OTHER
        under += meaning.column is not Column.OTHER and top is not None and top.col_span == 1 and bool(top.text.strip())
        found[column] = meaning
    if under > 1:  # a whole heading of its own, repeated below a row of data
        return None
    return found if known >= 2 or (known and any(found[column].column in PARTS for column in found)) else None


def _field_meaning(cell: Cell, top: Cell | None) -> Heading | None:
    """One of the eight fields as a column of its own, below "Lĩnh vực" over several columns."""
    if top is None or top.col_span < 2 or len(cell.text) > 80 or _meaning(top).column is not Column.FIELD:
        return None
    codes = recognise_field(one_line(cell.text)).codes
    return Heading(Column.FIELD, 2.0) if codes and len(codes) == 1 else None


def _find_ticked(header: Header, top: Row) -> None:
    places = [
        place
        for place, cell in enumerate(top.cells)
        if cell
        and cell.col_span > 1
        and header.columns[place] is Column.FIELD
        and header.headings[place] != one_line(cell.text)
    ]
    if len(places) > 1:
        header.ticked.update(places)


def _is_report(meanings: list[Heading]) -> bool:
    best: dict[Column, float] = {}
    for meaning in meanings:
        best[meaning.column] = max(best.get(meaning.column, 0.0), meaning.weight)
    parts = sum(part in best for part in PARTS)
    if not (Column.TITLE in best or best.get(Column.DESCRIPTION, 0) >= 3 or parts >= 3):
        return False
    return sum(best.values()) >= _ENOUGH


def _keep_one_of_each(header: Header, meanings: list[Heading]) -> None:
    """Of two columns for the unit, the title … the one that says so most clearly counts; the other goes to the note."""
    for kind in _SINGLE:
        places = [p for p, column in enumerate(header.columns) if column is kind and p not in header.ticked]
        names = {header.headings[place] for place in places}
        if len(names) < 2:
            continue
        best = max(places, key=lambda place: (meanings[place].weight, -len(header.headings[place]), -place))
        for place in places:
            if header.headings[place] != header.headings[best]:
                header.columns[place] = Column.OTHER
