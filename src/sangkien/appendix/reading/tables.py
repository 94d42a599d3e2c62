"""Rows of the report table → drafts: repeated headings, groups, totals, merged cells, records over several rows."""

import re
from dataclasses import dataclass, field

from sangkien.appendix.columns import PARTS, Column
from sangkien.appendix.fields import recognise as recognise_field
from sangkien.appendix.model import ReadInitiative
from sangkien.appendix.reading.drafts import Draft, Surroundings, finish
from sangkien.appendix.reading.headers import Header, find_header, header_at, is_number_row, row_key
from sangkien.appendix.reading.letterhead import unit_in, without_outline
from sangkien.appendix.reading.source import Cell, Row, Table
from sangkien.appendix.reading.tidy import cached_fold, is_blank, key, one_line, quote

_TOTAL = re.compile(r"(?:tong(?: cong| so)?|cong|cong (?:chung|nhom|muc))(?: .*)?")
_OUTLINE = re.compile(r"(?:[IVX]{1,5}|[A-ZĐ])\s*[.)]?")
_BELOW = frozenset({Column.DESCRIPTION, Column.NOTE, Column.OTHER, *PARTS})
_BODY = frozenset({Column.DESCRIPTION, *PARTS})
_NO_FORMULA = frozenset({Column.STT, Column.NOTE, Column.OTHER})  # "=ROW()-3" is no number and no note


@dataclass(slots=True)
class Gathered:
    """What the tables of a file gave."""

    initiatives: list[ReadInitiative] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    forms: int = 0  # headings of the form that were found, filled in or not


@dataclass(slots=True)
class _Walk:
    """Reading one table from top to bottom."""

    table: Table
    header: Header
    place: str
    unit_of_file: tuple[str, str]
    out: Gathered
    draft: Draft | None = None
    group_unit: str = ""
    group_field: str = ""
    last_unit: str = ""
    last_row: Row | None = None
    extra_columns: set[str] = field(default_factory=set)


def read_table(table: Table, place: str, unit_of_file: tuple[str, str], out: Gathered) -> Header | None:
    """Add a table's solutions to ``out``; ``None`` when it has no heading of the form. ``place`` leads the warnings."""
    found = find_header(table)
    if found is None:
        return None
    start, header = found
    walk = _Walk(table, header, place, unit_of_file, out)
    _begin(walk, header)
    _walk(walk, start + header.rows)
    return walk.header


def continue_table(table: Table, header: Header, place: str, unit_of_file: tuple[str, str], out: Gathered) -> Header:
    """A table without heading right below one of the same width: the same table, cut by a page."""
    out.warnings.append(
        f"{place or 'Bảng'} không có tiêu đề cột, được đọc tiếp theo tiêu đề của bảng ngay phía trên. "
        "Bạn xem lại các dòng này."
    )
    walk = _Walk(table, header, place, unit_of_file, out)
    if out.initiatives:
        walk.last_unit = out.initiatives[-1].unit or ""
    _walk(walk, 0)
    return walk.header


def _begin(walk: _Walk, header: Header) -> None:
    walk.header = header
    walk.out.forms += 1
    walk.out.warnings += header.warnings
    missing = [column for column in (Column.UNIT, Column.TITLE, Column.FIELD) if column not in header.kinds]
    names = ", ".join(f"“{column.label}”" for column in missing)
    if missing:
        walk.out.warnings.append(f"{walk.place + ': b' if walk.place else 'B'}ảng không có cột {names}.")


def _walk(walk: _Walk, start: int) -> None:
    index = start
    rows = walk.table.rows
    while index < len(rows):
        skipped = _heading_rows(walk, index)
        if skipped:
            index += skipped
            continue
        _row(walk, rows[index], index)
        walk.last_row = rows[index]
        index += 1
    _close(walk)


def _heading_rows(walk: _Walk, index: int) -> int:
    """How many rows of a repeated (or new) heading begin here."""
    row = walk.table.rows[index]
    sign = walk.header.sign
    cell = row.cells[sign] if sign < len(row.cells) else None
    if cell is None or len(cell.text) > 160:
        return 0
    if row_key(row) in walk.header.keys:
        return 1
    if not row.repeats_as_header and len(cell.text) > 60:
        return 0
    again = header_at(walk.table, index)
    if again is None or not _mostly_named(row, again):
        return 0
    _close(walk)
    if again.columns != walk.header.columns:
        _begin(walk, again)
    walk.header = again
    return again.rows


def _mostly_named(row: Row, header: Header) -> bool:
    """Below the first heading a row needs more to be one: two thirds of its cells name columns of the form."""
    filled = [place for place, cell in enumerate(row.cells) if cell and cell.text.strip()]
    return 3 * sum(header.columns[place] is not Column.OTHER for place in filled) >= 2 * len(filled)


def _row(walk: _Walk, row: Row, index: int) -> None:
    own = _own_cells(walk, row)
    if not own or is_number_row(row):
        return
    texts = {column: cell for _, column, cell in own}
    first = key(own[0][2].text) if len(own[0][2].text) < 80 else ""
    if _TOTAL.fullmatch(first) and not (texts.keys() & _BODY) and len(own) <= 4:
        _close(walk)
        return
    if _group(walk, own, row):
        return
    draft = walk.draft
    if draft is not None and _continues(walk, row, texts):
        _add(walk, draft, own)
        return
    _close(walk)
    walk.draft = draft = Draft(_place(walk, row, index))
    if row.hidden:
        draft.warn("dòng này đang bị ẩn trong tệp, vẫn được lấy. Bạn xem có cần không.")
    _add(walk, draft, _all_cells(walk, row))


def _own_cells(walk: _Walk, row: Row) -> list[tuple[int, Column, Cell]]:
    """Filled cells that begin in this row: (grid column, meaning, cell)."""
    above = walk.last_row.cells if walk.last_row else ()
    return [
        (place, column, cell)
        for place, column, cell in _all_cells(walk, row)
        if not (place < len(above) and above[place] is cell) and not is_blank(cell.text)
    ]


def _all_cells(walk: _Walk, row: Row) -> list[tuple[int, Column, Cell]]:
    """Filled cells of a row, each once, those merged from above included."""
    columns = walk.header.columns
    found: list[tuple[int, Column, Cell]] = []
    before: Cell | None = None
    for place, cell in enumerate(row.cells):
        if cell is not None and cell is not before and cell.text:
            found.append((place, columns[place] if place < len(columns) else Column.OTHER, cell))
        before = cell
    return found


def _group(walk: _Walk, own: list[tuple[int, Column, Cell]], row: Row) -> bool:
    """A row that heads the rows below: "I. Khối phường", "UBND Phường 11" over the whole width."""
    _, column, cell = own[-1]
    wide = cell.col_span >= max(3, len(walk.header.columns) // 2)
    outlined = len(own) == 2 and own[0][1] is Column.STT and _OUTLINE.fullmatch(one_line(own[0][2].text)) is not None
    alone = len(own) == 1
    covered = len(_all_cells(walk, row)) > len(own)
    if not ((alone and wide) or outlined or (alone and not covered and _names_a_group(walk, column, cell))):
        return False
    if alone and column in _BODY and not wide:
        return False
    _close(walk)
    _enter_group(walk, cell.text)
    return True


def _names_a_group(walk: _Walk, column: Column, cell: Cell) -> bool:
    text = one_line(cell.text)
    if column is Column.STT:
        return not text.strip("().").isdigit()
    if column is Column.UNIT:
        return True
    return (
        column is Column.TITLE
        and without_outline(text) != text
        and (bool(unit_in(text)) or _OUTLINE.match(text) is not None)
    )


def _enter_group(walk: _Walk, text: str) -> None:
    unit = unit_in(text)
    if unit:
        walk.group_unit = unit
        return
    walk.group_unit = walk.last_unit = ""
    name = without_outline(text)
    reading = recognise_field(name) if len(name) < 120 else None
    if reading and reading.codes and len(reading.codes) == 1:
        walk.group_field = name
    elif len(text) > 120:
        walk.out.warnings.append(f"Trong bảng có dòng {quote(text)} không thuộc giải pháp nào nên không được đưa vào.")


def _continues(walk: _Walk, row: Row, texts: dict[Column, Cell]) -> bool:
    """Whether the row goes on with the record above: its title is merged down, or it has neither number nor title."""
    draft = walk.draft
    if draft is None or walk.last_row is None:
        return False
    if Column.STT in texts:
        return False
    if Column.TITLE in texts:
        goes_on = (
            Column.STT in walk.header.kinds
            and Column.UNIT not in texts
            and one_line(texts[Column.TITLE].text)[:1].islower()
        )
    elif _title_merged(walk, row):
        return True
    else:
        goes_on = texts.keys() <= _BELOW and bool(draft.texts)
    if goes_on:
        draft.warn(f"{_row_name(row)} không có STT và tên giải pháp, được nối vào giải pháp này.")
    return goes_on


def _title_merged(walk: _Walk, row: Row) -> bool:
    if Column.TITLE not in walk.header.columns or walk.last_row is None:
        return False
    place = walk.header.columns.index(Column.TITLE)
    if place >= min(len(row.cells), len(walk.last_row.cells)):
        return False
    cell = row.cells[place]
    return cell is not None and cell is walk.last_row.cells[place] and not is_blank(cell.text)


def _add(walk: _Walk, draft: Draft, cells: list[tuple[int, Column, Cell]]) -> None:
    for place, column, cell in cells:
        heading = walk.header.headings[place] if place < len(walk.header.headings) else ""
        if cell.formula and column in _NO_FORMULA:
            draft.source.append((heading, cell.text))
            continue
        if column is Column.OTHER and not is_blank(cell.text) and heading not in walk.extra_columns:
            walk.extra_columns.add(heading)
            name = f"cột “{heading}”" if heading else "một cột không có tiêu đề"
            walk.out.warnings.append(f"Bảng có thêm {name}, nội dung được đưa vào Ghi chú.")
        draft.add(column, heading, cell.text, cell.bold_starts)


def _close(walk: _Walk) -> None:
    """Finish the record that is open."""
    draft, walk.draft = walk.draft, None
    if draft is None:
        return
    initiative = finish(draft, _surroundings(walk))
    unit = one_line(draft.text(Column.UNIT))
    if initiative:
        walk.out.initiatives.append(initiative)
        walk.last_unit = unit or walk.last_unit
    elif unit:
        walk.out.warnings.append(f"{draft.place}: chỉ ghi đơn vị “{unit}”, chưa có giải pháp nên bỏ qua.")


def _surroundings(walk: _Walk) -> Surroundings:
    if walk.group_unit:
        return Surroundings(walk.group_unit, "dòng nhóm phía trên", walk.group_field)
    if walk.last_unit and Column.UNIT in walk.header.kinds:
        return Surroundings(walk.last_unit, "dòng trên", walk.group_field)
    unit, where = walk.unit_of_file
    return Surroundings(unit, where, walk.group_field)


def _place(walk: _Walk, row: Row, index: int) -> str:
    name = f"dòng {row.number or index + 1}"
    return f"{walk.place}, {name}" if walk.place else name.capitalize()


def _row_name(row: Row) -> str:
    return f"dòng {row.number}" if row.number else "dòng tiếp theo"


def looks_like_data(table: Table, header: Header) -> bool:
    """Whether a table without heading can go on with ``header``: as wide, and no letterhead or signature."""
    if not table.rows or len(table.rows[0].cells) != len(header.columns):
        return False
    text = cached_fold(" ".join(cell.text[:60] for cell in table.rows[0].cells if cell))
    return not any(word in text for word in ("noi nhan", "cong hoa xa hoi", "chu tich", "thu truong", "nguoi lap"))
