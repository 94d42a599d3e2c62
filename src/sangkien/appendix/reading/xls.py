"""Excel 97-2003 workbooks (.xls): values by python-calamine, what it does not tell by ``biff``."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import BROKEN, MACROS, PASSWORD, TOO_LARGE
from sangkien.appendix.reading.biff import BookFacts, SheetFacts, facts
from sangkien.appendix.reading.grid import (
    CALCULATED,
    HIDDEN_COLUMNS,
    HIDDEN_ROWS,
    LINK_TITLES,
    Cells,
    Range,
    address,
    compact,
    letters,
    listing,
)
from sangkien.appendix.reading.numbers import plain, show, show_date
from sangkien.appendix.reading.ole import CompoundFile
from sangkien.appendix.reading.source import Cell, Paragraph, Refusal, Source, Table
from sangkien.appendix.reading.text import bare, composed, old_fonts
from sangkien.vietnamese import Legacy

_MOST_PLACES = 3_000_000  # calamine keeps every place between the cells, 32 bytes each
_OLD_EXCEL = "Đây là tệp Excel đời rất cũ, chưa đọc được. Hãy mở bằng Excel, lưu thành .xlsx rồi thả lại."

Value = str | float | bool | date | datetime | time | timedelta | None


def load(data: bytes, name: str) -> Source:
    """The visible sheets of a workbook as tables; ``name`` is the file's name, which changes nothing.

    Raises ``Refusal``.
    """
    file = CompoundFile(data)
    stream = next((stream for stream in ("Workbook", "Book") if stream in file), None)
    if stream is None:
        raise Refusal(Outcome.CORRUPT, BROKEN)
    if stream == "Book":
        raise Refusal(Outcome.UNSUPPORTED_FORMAT, _OLD_EXCEL)
    book = facts(file.read(stream))
    if any(sheet.area > _MOST_PLACES for sheet in book.sheets):
        raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
    warnings = [MACROS] if "_VBA_PROJECT_CUR" in file.names else []
    try:
        seen: set[Legacy] = set()
        blocks = list(_blocks(data, book, warnings, seen))
        return Source(blocks, [*warnings, *old_fonts(seen)])
    except PasswordError as fault:
        raise Refusal(Outcome.ENCRYPTED, PASSWORD) from fault
    except (CalamineError, OSError, ValueError, OverflowError) as fault:
        raise Refusal(Outcome.CORRUPT, BROKEN) from fault
    except BaseException as fault:  # a panic of the library, a class that cannot be imported, not even an Exception
        if type(fault).__name__ != "PanicException":
            raise
        raise Refusal(Outcome.CORRUPT, BROKEN) from fault


def _blocks(data: bytes, book: BookFacts, warnings: list[str], seen: set[Legacy]) -> Iterator[Table | Paragraph]:
    with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
        for number, about in enumerate(workbook.sheets_metadata):
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            title = composed(bare(about.name))
            if about.visible is not SheetVisibleEnum.Visible:
                warnings.append(
                    f"Trang tính ẩn “{title}” không được đọc. Nếu có giải pháp ở đó, hãy bỏ ẩn rồi gửi lại."
                )
                continue
            sheet = book.sheets[number] if number < len(book.sheets) else SheetFacts()
            content = workbook.get_sheet_by_index(number)
            top, left = content.start or (0, 0)
            cells, titles = _cells(content.to_python(skip_empty_area=True), top + 1, left + 1, book, sheet, seen)
            _warn(title, cells, titles, sheet, warnings)
            merges = [
                Range(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)
                for first, last in content.merged_cell_ranges or ()
            ]
            table = compact(title, cells, sorted(merges, key=_corner), sheet.hidden_rows, warnings)
            if table.rows:
                yield table


def _corner(area: Range) -> tuple[int, int]:
    return area.top, area.left


def _cells(
    lines: Sequence[Sequence[Value]], top: int, left: int, book: BookFacts, sheet: SheetFacts, seen: set[Legacy]
) -> tuple[Cells, list[str]]:
    """Cells with text, and the places where a link's title stands for a result that is not there."""
    cells: Cells = {}
    titles: list[str] = []
    for row, line in enumerate(lines, start=top):
        for column, value in enumerate(line, start=left):
            style = sheet.styles.get((row, column), 0)
            title = sheet.formulas.get((row, column), "")
            if title and value in (None, "", 0):  # a link that nobody has calculated
                value = title
                titles.append(address(row, column))
            text = _text(value, style, book, seen)
            if text.strip():
                bold = book.bold[style] if style < len(book.bold) else False
                cells.setdefault(row, {})[column] = Cell(text, bold_starts=(0,) if bold else ())
    return cells, titles


def _text(value: Value, style: int, book: BookFacts, seen: set[Legacy]) -> str:
    if isinstance(value, str):
        return composed(bare(value), book.fonts[style] if style < len(book.fonts) else "", seen)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return show(repr(value), book.formats[style]) if style < len(book.formats) else plain(value)
    return "" if value is None else show_date(value)


def _warn(name: str, cells: Cells, titles: list[str], sheet: SheetFacts, warnings: list[str]) -> None:
    """Say what a person must check, naming the places."""
    where = f"Trang tính “{name}”"
    formulas = {address(row, column): column in cells.get(row, {}) for row, column in sheet.formulas}
    calculated = [place for place, filled in formulas.items() if filled and place not in titles]
    empty = [place for place, filled in formulas.items() if not filled]
    hidden_rows = [str(row) for row in sorted(sheet.hidden_rows & cells.keys())]
    columns = {column for line in cells.values() for column in line} & sheet.hidden_columns
    for places, sentence in (
        (calculated, CALCULATED),
        (titles, LINK_TITLES),
        (empty, "ô có công thức không có kết quả: {}. Hãy xem lại các ô này."),
        (hidden_rows, HIDDEN_ROWS),
        ([letters(column) for column in sorted(columns)], HIDDEN_COLUMNS),
    ):
        if places:
            warnings.append(f"{where}: {sentence.format(listing(places))}")
