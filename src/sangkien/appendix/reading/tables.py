"""Rows of the report table → drafts: repeated headings, groups, totals, merged cells, records over several rows."""

from dataclasses import dataclass, field
from itertools import takewhile

from sangkien.appendix.columns import PARTS, Column, recognise
from sangkien.appendix.fields import recognise as recognise_field
from sangkien.appendix.model import Outcome, ReadInitiative
from sangkien.appendix.reading.archive import TOO_LARGE
from sangkien.appendix.reading.drafts import Draft, Surroundings, finish, is_ditto
from sangkien.appendix.reading.headers import Header, find_header, header_at, is_number_row, row_key, says_something
from sangkien.appendix.reading.letterhead import UnitOfFile, unit_in, without_outline
from sangkien.appendix.reading.rows import Cells, is_group, is_signature, is_total, says_nothing_to_report
from sangkien.appendix.reading.source import Cell, Refusal, Row, Table
from sangkien.appendix.reading.tidy import is_blank, key, one_line, quote

_BELOW = frozenset({Column.DESCRIPTION, Column.NOTE, Column.OTHER, *PARTS})  # what goes on when a page cuts a record
_BESIDE = frozenset({Column.NOTE, Column.OTHER})
_NO_FORMULA = frozenset({Column.STT, Column.NOTE, Column.OTHER})  # "=ROW()-3" is no number and no note
_SEVERAL = ("khoi", "nhom", "cac ", "linh vuc")
_NO_WORDS = frozenset({Column.STT, Column.UNIT, Column.DESCRIPTION, *PARTS})  # told otherwise, or labels only
_LONGEST_GROUP, _LONGEST_NUMBER = 90, 12
_MOST_TEXT = 30_000_000  # characters of all solutions; 10,000 rows of a report are 15 million
_TICKS = frozenset({"x", "X", "✓", "✔", "☑", "☒", "v", "V", "1", "+"})


@dataclass(slots=True)
class Gathered:
    """What the tables of a file gave."""

    initiatives: list[ReadInitiative] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    forms: int = 0  # headings of the form that were found, filled in or not
    characters: int = 0

    def add(self, initiative: ReadInitiative) -> None:
        """Take a solution. Raises ``Refusal`` when merged cells have multiplied the text beyond any report."""
        parts = (initiative.unit, initiative.title, initiative.field_raw, initiative.situation, initiative.content)
        more = (initiative.effectiveness, initiative.novelty, initiative.limitations, initiative.note)
        self.characters += sum(len(text) for text in (*parts, *more) if text)
        if self.characters > _MOST_TEXT:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
        self.initiatives.append(initiative)


@dataclass(slots=True)
class Walk:
    """Reading a table from top to bottom; it stays open, because the next table may go on with its last record."""

    header: Header
    place: str
    unit_of_file: UnitOfFile
    out: Gathered
    table: Table
    draft: Draft | None = None
    group_unit: str = ""
    group_field: str = ""
    last_unit: str = ""
    last_field: str = ""
    last_row: Row | None = None
    ended: bool = False  # a signature has been passed
    waiting: str = ""  # a row that stands alone, as the unit of rows below that have not come so far
    unanswered: str = ""  # a unit that has said nothing so far, as a warning
    extra_columns: set[str] = field(default_factory=set)


def read_table(table: Table, place: str, unit_of_file: UnitOfFile, out: Gathered) -> Walk | None:
    """Add a table's solutions to ``out``; ``None`` when it has no heading of the form. ``place`` leads the warnings.

    The last record stays open until ``close``.
    """
    found = find_header(table)
    if found is None:
        return None
    start, header = found
    return read_rows(table, start + header.rows, header, place, unit_of_file, out)


def read_rows(table: Table, start: int, header: Header, place: str, unit_of_file: UnitOfFile, out: Gathered) -> Walk:
    """``read_table`` from the row ``start`` on, under a heading that is known already."""
    walk = Walk(header, place, unit_of_file, out, table)
    _begin(walk, header)
    _walk(walk, start)
    return walk


def continue_table(walk: Walk, table: Table, place: str) -> None:
    """A table without heading right below one of the same width: the same table, cut by a page."""
    walk.out.warnings.append(
        f"{place or 'Bảng'} không có tiêu đề cột, được đọc tiếp theo tiêu đề của bảng ngay phía trên. "
        "Bạn xem lại các dòng này."
    )
    walk.table, walk.place = table, place
    _walk(walk, 0)


def close(walk: Walk) -> None:
    """Finish the record that is open."""
    draft, walk.draft = walk.draft, None
    if draft is None:
        return
    unit = one_line(draft.text(Column.UNIT))
    if is_ditto(unit):
        unit = ""
    title = draft.text(Column.TITLE)
    if says_nothing_to_report(title) and not (draft.texts.keys() & {Column.DESCRIPTION, *PARTS}):
        note = one_line(draft.text(Column.NOTE))
        reason = f"{quote(title)} ({note})" if note else quote(title)
        walk.out.warnings.append(f"{draft.place}: {unit or 'đơn vị'} ghi {reason} nên không lấy giải pháp nào.")
        return
    initiative = finish(draft, _surroundings(walk, names_unit=bool(unit)))
    if initiative is None:
        if unit:
            _tell_unanswered(walk)
            walk.last_unit = unit
            walk.unanswered = f"{draft.place}: chỉ ghi đơn vị “{unit}”, chưa có giải pháp nên bỏ qua."
        _tell_left_out(walk, draft)
        return
    if unit:
        _tell_unanswered(walk)
    walk.unanswered = ""
    if not unit or key(unit) in key(walk.waiting) or key(walk.waiting) in key(unit):
        walk.waiting = ""
    walk.out.add(initiative)
    walk.last_unit = unit or walk.last_unit
    walk.last_field = initiative.field_raw or ""


def _tell_left_out(walk: Walk, draft: Draft) -> None:
    """A row with words but neither a title nor a description: what it says goes into a warning."""
    words = [text for column, texts in draft.texts.items() if column not in _NO_WORDS for text in texts]
    words += [text for text in draft.texts.get(Column.STT, ()) if len(text) > _LONGEST_NUMBER]
    words += [text for _, text in draft.extras]
    said = " ".join(one_line(text) for text in words if not is_blank(text))
    if said:
        walk.out.warnings.append(f"{draft.place}: chỉ ghi {quote(said, 300)}, chưa có tên và nội dung nên bỏ qua.")


def end(walk: Walk) -> None:
    """The table is over: finish its record and tell what was left open."""
    close(walk)
    _tell_unanswered(walk)
    _tell_waiting(walk)


def looks_like_data(table: Table, header: Header) -> bool:
    """Whether a table without heading can go on with ``header``: as wide, and no letterhead or signature."""
    if not table.rows or len(table.rows[0].cells) != len(header.columns):
        return False
    first = _all_cells(header, table.rows[0])
    if any("cộng hòa xã hội" in cell.text.lower() for _, _, cell in first):
        return False
    return bool(first) and not is_signature(first)


def _begin(walk: Walk, header: Header) -> None:
    walk.header = header
    walk.out.forms += 1
    walk.out.warnings += header.warnings
    missing = [column for column in (Column.UNIT, Column.TITLE, Column.FIELD) if column not in header.kinds]
    names = ", ".join(f"“{column.label}”" for column in missing)
    if missing:
        walk.out.warnings.append(f"{walk.place + ': b' if walk.place else 'B'}ảng không có cột {names}.")


def _walk(walk: Walk, start: int) -> None:
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


def _heading_rows(walk: Walk, index: int) -> int:
    """How many rows of a repeated (or new) heading begin here."""
    row = walk.table.rows[index]
    if _has_number(walk.header, row):
        return 0
    sign = walk.header.sign
    cell = row.cells[sign] if sign < len(row.cells) else None
    if cell is None or len(cell.text) > 160:
        return 0
    if key(cell.text) in walk.header.sign_keys and row_key(row) in walk.header.keys:
        below = walk.table.rows[index + 1 : index + walk.header.rows]
        return 1 + sum(1 for _ in takewhile(lambda one: row_key(one) in walk.header.keys, below))
    if not row.repeats_as_header and (len(cell.text) > 60 or says_something(row)):
        return 0
    again = header_at(walk.table, index) if _hints_at_heading(row, cell) else None
    if again is None or not _mostly_named(row, again):
        return 0
    close(walk)
    if again.columns != walk.header.columns:
        _begin(walk, again)
    walk.header, walk.ended = again, False
    return again.rows


def _hints_at_heading(row: Row, sign: Cell) -> bool:
    """A cheap look before the dear one, because nearly every row is one of data."""
    first = next((cell for cell in row.cells if cell and cell.text.strip()), sign)
    if first.text.strip(" .()\n\t").isdigit():
        return False
    return any(recognise(one_line(cell.text)).weight for cell in (first, sign))


def _has_number(header: Header, row: Row) -> bool:
    """A row of data: a number stands where the form has its STT."""
    place = header.columns.index(Column.STT) if Column.STT in header.columns else len(row.cells)
    cell = row.cells[place] if place < len(row.cells) else None
    return cell is not None and len(cell.text) < 9 and cell.text.strip(" .()\n").isdigit() and not is_number_row(row)


def _mostly_named(row: Row, header: Header) -> bool:
    """Below the first heading a row needs more to be one: two thirds of its cells name columns of the form."""
    filled = [place for place, cell in enumerate(row.cells) if cell and cell.text.strip()]
    return 3 * sum(header.columns[place] is not Column.OTHER for place in filled) >= 2 * len(filled)


def _row(walk: Walk, row: Row, index: int) -> None:
    own = _own_cells(walk, row)
    if not own or is_number_row(row):
        return
    texts = {column: cell for _, column, cell in own}
    if is_total(own):
        close(walk)
        return
    if not _is_solution(texts) and (walk.ended or is_signature(own)):
        close(walk)
        walk.ended = True
        return
    walk.ended = False
    if is_group(own, len(walk.header.columns), covered=len(_all_cells(walk.header, row)) > len(own)):
        close(walk)
        _enter_group(walk, *own[-1][1:])
        return
    draft = walk.draft
    if draft is not None and texts.keys() <= _BESIDE and _gap(walk, row) > 1:
        walk.out.warnings.append(f"{_place(walk, row, index)}: chữ {quote(own[0][2].text)} nằm ngoài bảng, không lấy.")
        return
    if draft is not None and _continues(walk, draft, row, texts):
        _add(walk, draft, own)
        return
    close(walk)
    walk.draft = draft = Draft(_place(walk, row, index))
    if row.hidden:
        draft.warn("dòng này đang bị ẩn trong tệp, vẫn được lấy. Bạn xem có cần không.")
    _add(walk, draft, _all_cells(walk.header, row))


def _is_solution(texts: dict[Column, Cell]) -> bool:
    """A title with a number or a description: no signature has both."""
    if Column.TITLE not in texts:
        return False
    numbered = Column.STT in texts and one_line(texts[Column.STT].text).strip("(). ").isdigit()
    return numbered or bool(texts.keys() & {Column.DESCRIPTION, *PARTS} and Column.FIELD in texts)


def _gap(walk: Walk, row: Row) -> int:
    """Rows of the sheet from the row before to this one; empty ones are not in the table."""
    return row.number - walk.last_row.number if walk.last_row else 0


def _own_cells(walk: Walk, row: Row) -> Cells:
    """Filled cells that begin in this row."""
    above = walk.last_row.cells if walk.last_row else ()
    return [
        (place, column, cell)
        for place, column, cell in _all_cells(walk.header, row)
        if not (place < len(above) and above[place] is cell) and not is_blank(cell.text)
    ]


def _all_cells(header: Header, row: Row) -> Cells:
    """Filled cells of a row, each once, those merged from above included."""
    columns = header.columns
    found: Cells = []
    before: Cell | None = None
    for place, cell in enumerate(row.cells):
        if cell is not None and cell is not before and cell.text:
            column = columns[place] if place < len(columns) else Column.OTHER
            if cell.col_span > 1 and len(set(columns[place : place + cell.col_span]) & set(PARTS)) > 1:
                column = Column.DESCRIPTION  # one clerk merged the four columns and typed labels into them
            found.append((place, column, cell))
        before = cell
    return found


def _enter_group(walk: Walk, column: Column, cell: Cell) -> None:
    text = cell.text
    unit = unit_in(text)
    name = without_outline(text)
    reading = recognise_field(name) if len(name) < 120 else None
    names_field = bool(reading and reading.codes and len(reading.codes) == 1)
    if (
        not unit
        and not (names_field and reading and not reading.warnings)
        and column is Column.UNIT
        and cell.col_span == 1
        and not key(name).startswith(_SEVERAL)
    ):
        unit = name  # whatever stands alone in the column of units is one
    _tell_waiting(walk)
    if unit:
        walk.group_unit = walk.waiting = unit
        return
    walk.group_unit = walk.last_unit = ""
    if names_field:
        walk.group_field = name
    elif len(text) > _LONGEST_GROUP or ":" in text:
        walk.out.warnings.append(
            f"Trong bảng có dòng {quote(text, 300)} không thuộc giải pháp nào nên không được đưa vào."
        )


def _continues(walk: Walk, draft: Draft, row: Row, texts: dict[Column, Cell]) -> bool:
    """Whether the row goes on with the record above: its title is merged down, or it has neither number nor title."""
    if Column.STT in texts:
        return False
    if Column.TITLE in texts:
        start = one_line(texts[Column.TITLE].text)[:2]
        goes_on = start.islower() and Column.STT in draft.texts and not texts.keys() & {Column.UNIT, Column.FIELD}
    elif _title_merged(walk, row):
        if Column.UNIT in texts:
            draft.warn(f"tên giải pháp chung cho nhiều đơn vị, gồm cả {quote(texts[Column.UNIT].text)}.")
        return True
    else:
        goes_on = texts.keys() <= _BELOW and bool(draft.texts)
    if goes_on:
        draft.warn(f"{_row_name(row)} không có STT và tên giải pháp, được nối vào giải pháp này.")
    return goes_on


def _title_merged(walk: Walk, row: Row) -> bool:
    if Column.TITLE not in walk.header.columns or walk.last_row is None:
        return False
    place = walk.header.columns.index(Column.TITLE)
    if place >= min(len(row.cells), len(walk.last_row.cells)):
        return False
    cell = row.cells[place]
    return cell is not None and cell is walk.last_row.cells[place] and not is_blank(cell.text)


def _add(walk: Walk, draft: Draft, cells: Cells) -> None:
    header = walk.header
    for place, column, cell in cells:
        heading = header.headings[place] if place < len(header.headings) else ""
        text = cell.text
        if cell.formula and column in _NO_FORMULA:
            draft.source.append((heading, text))
            continue
        if place in header.ticked and text.strip() in _TICKS:
            text = heading
        if column is Column.OTHER and not is_blank(text) and heading not in walk.extra_columns:
            walk.extra_columns.add(heading)
            name = f"cột “{heading}”" if heading else "một cột không có tiêu đề"
            walk.out.warnings.append(f"Bảng có thêm {name}, nội dung được đưa vào Ghi chú.")
        draft.add(column, heading, text, cell.bold_starts)


def _tell_waiting(walk: Walk) -> None:
    if walk.waiting:
        walk.out.warnings.append(f"Dòng {quote(walk.waiting, 120)} đứng một mình, không gắn với giải pháp nào.")
        walk.waiting = ""


def _tell_unanswered(walk: Walk) -> None:
    if walk.unanswered:
        walk.out.warnings.append(walk.unanswered)
        walk.unanswered = ""


def _surroundings(walk: Walk, *, names_unit: bool) -> Surroundings:
    if names_unit:  # no need to search the file for another
        return Surroundings("", "", walk.group_field, walk.last_field)
    if walk.group_unit:
        return Surroundings(walk.group_unit, "dòng nhóm phía trên", walk.group_field, walk.last_field)
    if walk.last_unit and Column.UNIT in walk.header.kinds:
        return Surroundings(walk.last_unit, "dòng trên", walk.group_field, walk.last_field)
    unit, where = walk.unit_of_file()
    return Surroundings(unit, where, walk.group_field, walk.last_field)


def _place(walk: Walk, row: Row, index: int) -> str:
    name = f"dòng {row.number or index + 1}"
    return f"{walk.place}, {name}" if walk.place else name.capitalize()


def _row_name(row: Row) -> str:
    return f"dòng {row.number}" if row.number else "dòng tiếp theo"
