"""Excel 97-2003 workbooks (.xls): what shows in the cells, with formulas and hidden parts named."""

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import BROKEN, MACROS
from sangkien.appendix.reading.biff import BinaryBook, BinarySheet, Error, Formula, Place, Value, read_book, read_sheet
from sangkien.appendix.reading.findings import HIDDEN_SHEET, Findings
from sangkien.appendix.reading.grid import Cells, Range, address, compact
from sangkien.appendix.reading.numbers import show
from sangkien.appendix.reading.old_fonts import mend_old_fonts
from sangkien.appendix.reading.ole import CompoundFile
from sangkien.appendix.reading.runs import Run, Style, Text, resolve
from sangkien.appendix.reading.source import Cell, Paragraph, Refusal, Source, Table
from sangkien.appendix.reading.text import composed, old_fonts
from sangkien.vietnamese import Legacy

_OLD_EXCEL = "Đây là tệp Excel đời rất cũ, chưa đọc được. Hãy mở bằng Excel, lưu thành .xlsx rồi thả lại."
_WORKSHEET, _CHART = 0, 2


def load(data: bytes, name: str) -> Source:
    """The visible sheets of a workbook as tables; ``name`` is the file's name, which changes nothing.

    Raises ``Refusal``.
    """
    file = CompoundFile(data)
    if "Workbook" not in file:
        old = "Book" in file
        raise Refusal(Outcome.UNSUPPORTED_FORMAT, _OLD_EXCEL) if old else Refusal(Outcome.CORRUPT, BROKEN)
    book = read_book(file.read("Workbook"))
    if not book.sheets:
        raise Refusal(Outcome.CORRUPT, BROKEN)
    warnings = [MACROS] if "_VBA_PROJECT_CUR" in file.names else []
    seen: set[Legacy] = set()
    blocks: list[Table | Paragraph] = []
    for sheet in book.sheets:
        title = composed(sheet.name)
        if sheet.kind == _CHART:
            continue
        if not sheet.visible:
            warnings.append(HIDDEN_SHEET.format(name=title))
        elif sheet.kind != _WORKSHEET:
            warnings.append(f"Trang “{title}” không phải trang tính thường nên không được đọc.")
        else:
            table = _table(title, book, sheet, seen, warnings)
            if table.rows:
                blocks.append(table)
    if not seen:
        mend_old_fonts(blocks, warnings.append)
    return Source(blocks, [*warnings, *old_fonts(seen)])


def _table(title: str, book: BinaryBook, sheet: BinarySheet, seen: set[Legacy], warnings: list[str]) -> Table:
    read_sheet(book, sheet)
    findings = Findings(hidden_rows=sheet.hidden_rows, hidden_columns=sheet.hidden_columns)
    cells: Cells = {}
    for (row, column), (value, number) in sheet.values.items():
        style = book.style(number)
        unknown = len(findings.unknown)
        runs = _shown(value, style, (row, column), book, findings)
        text, bold_starts = resolve(runs, style, seen)
        if text.strip():
            book.effort.keep(text)
            formula = len(findings.unknown) > unknown
            cells.setdefault(row, {})[column] = Cell(text, bold_starts=bold_starts, formula=formula)
    warnings.extend(findings.sentences(title, cells))
    return compact(title, cells, sorted(sheet.merges, key=_corner), sheet.hidden_rows, warnings)


def _corner(area: Range) -> tuple[int, int]:
    return area.top, area.left


def _shown(
    value: Value | Error | Formula | None, style: Style, place: Place, book: BinaryBook, findings: Findings
) -> Text:
    """The runs that a cell shows; what a person must check goes to the findings."""
    if isinstance(value, Formula):
        return _formula(value, style, place, book, findings)
    if value is None:
        findings.lost.append(address(*place))
        return ()
    if isinstance(value, Error):
        findings.errors.append(address(*place))
        return (Run(value.text),)
    if isinstance(value, bool):
        return (Run("TRUE" if value else "FALSE"),)
    if isinstance(value, float):
        return (Run(show(repr(value), style.code, since_1904=book.since_1904)),)
    return value


def _formula(formula: Formula, style: Style, place: Place, book: BinaryBook, findings: Findings) -> Text:
    """The stored result, else the title of a link; an empty result looks the same as none at all."""
    if formula.title and formula.result in (None, 0.0):  # a link that nobody has calculated
        findings.titles.append(address(*place))
        return (Run(formula.title),)
    if formula.result is None:
        findings.empty.append(address(*place))
        return ()
    findings.calculated.append(address(*place))
    return _shown(formula.result, style, place, book, findings)
