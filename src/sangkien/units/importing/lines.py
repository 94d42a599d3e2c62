"""The lines of a list of units, as they are written: from .xlsx, .xls, .csv, a table in .docx, or pasted text."""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from lxml import etree

from sangkien.appendix.reading.containers import load
from sangkien.appendix.reading.source import Cell, Paragraph, Refusal, Row, Source, Table
from sangkien.units.changing import Refused
from sangkien.vietnamese import clean, fold

_HEADING_SEARCHED = 30  # rows in which the heading is looked for; titles stand above it
_MOST_LINES = 20_000
# What a damaged file can make the decoders raise where they did not foresee it; a slip of ours stays loud.
_DAMAGE = (ValueError, LookupError, ArithmeticError, EOFError, RecursionError, struct.error, zlib.error, BadZipFile,
           etree.LxmlError)  # fmt: skip


class Column(StrEnum):
    """What a column of the list holds."""

    NUMBER = "number"
    NAME = "name"
    KIND = "kind"
    LEVEL = "level"
    CODE = "code"
    E_ID = "e_id"
    PARENT = "parent"
    STARTS = "starts"
    REGIME = "regime"
    BASIS = "basis"


HEADINGS: dict[Column, frozenset[str]] = {
    Column.NUMBER: frozenset({"stt", "tt", "so tt", "so thu tu"}),
    Column.NAME: frozenset({
        "ten don vi", "don vi", "ten co quan", "co quan", "ten co quan don vi", "co quan don vi", "ten", "name",
        "ten don vi hanh chinh",
    }),
    Column.KIND: frozenset({"loai", "loai hinh", "loai don vi", "loai co quan", "type", "kind"}),
    Column.LEVEL: frozenset({"cap", "cap hanh chinh", "cap don vi", "level"}),
    Column.CODE: frozenset({"ma", "ma don vi", "ma so", "ma dvhc", "ma don vi hanh chinh", "code"}),
    Column.E_ID: frozenset({"ma dinh danh", "ma dinh danh dien tu", "ma dinh danh don vi", "e id"}),
    Column.PARENT: frozenset({
        "cap tren", "truc thuoc", "don vi cap tren", "co quan cap tren", "co quan chu quan", "don vi chu quan",
        "thuoc", "don vi quan ly", "parent", "cap tren truc tiep", "cap tren truc thuoc",
    }),
    Column.STARTS: frozenset({
        "hieu luc tu", "hieu luc tu ngay", "tu ngay", "ngay hieu luc", "ngay thanh lap", "co hieu luc tu", "valid from",
    }),
    Column.REGIME: frozenset({"che do ky", "che do", "the thuc ky", "ky"}),
    Column.BASIS: frozenset({"can cu", "can cu phap ly", "van ban", "van ban thanh lap", "quyet dinh thanh lap"}),
}  # fmt: skip
_MEANING = {heading: column for column, headings in HEADINGS.items() for heading in headings}

_MARKER = re.compile(r"\s*(?:\d{1,4}\s*[.)/]|[-–—•*+])\s+")  # "1. ", "2) ", "- " before a name in a pasted list


@dataclass(frozen=True, slots=True)
class Line:
    """One unit as written; '' where the cell is empty or the column missing. ``place`` is where a person finds it."""

    place: str
    name: str
    kind: str = ""
    level: str = ""
    code: str = ""
    e_id: str = ""
    parent: str = ""
    starts: str = ""
    regime: str = ""
    basis: str = ""


@dataclass(slots=True)
class Sheet:
    """All lines, and what a person should know about the file."""

    lines: list[Line]
    warnings: list[str] = field(default_factory=list)


def read_file(path: Path, name: str | None = None) -> Sheet:
    """The lines of a file. ``name`` is the file's name as the person knows it. Raises ``Refused`` with a sentence."""
    try:
        source = load(path.read_bytes(), name or path.name)
    except Refusal as refusal:
        raise Refused(refusal.sentence) from refusal
    except OSError as error:
        raise Refused(
            _("Không mở được tệp trên máy này. Bạn xem tệp còn ở chỗ cũ không và có đang mở ở nơi khác không.")
        ) from error
    except _DAMAGE as error:
        raise Refused(_("Tệp bị hỏng nên không đọc được. Bạn mở bằng Excel, lưu thành tệp mới rồi làm lại.")) from error
    return _sheet(source)


def read_text(text: str) -> Sheet:
    """The lines of pasted text: one unit a line, or cells parted by tabs as a spreadsheet copies them."""
    rows = [[" ".join(cell.split()) for cell in line.split("\t")] for line in clean(text).split("\n")]
    width = max(map(len, rows))
    if width > 1:
        padded = enumerate((row + [""] * (width - len(row)) for row in rows), start=1)
        table = [Row([Cell(text) for text in row], number=number) for number, row in padded if any(row)]
        return _sheet(Source([Table(table)]))
    return _sheet(Source([Paragraph(row[0]) for row in rows if row[0]]))


def _sheet(source: Source) -> Sheet:
    sheet = Sheet([], list(source.warnings))
    tables = [block for block in source.blocks if isinstance(block, Table)]
    for table in tables:
        sheet.lines += _table_lines(table, sheet.warnings, named=len(tables) > 1)
    if not tables:
        texts = (block.text for block in source.blocks if isinstance(block, Paragraph))
        sheet.lines += _list_lines(texts)
    if not sheet.lines:
        raise Refused(_("Chưa thấy đơn vị nào. Bảng cần một dòng tiêu đề có cột “Tên đơn vị”, hoặc mỗi dòng một tên."))
    if len(sheet.lines) > _MOST_LINES:
        raise Refused(_("Danh sách dài quá %d dòng. Bạn chia thành nhiều tệp.") % _MOST_LINES)
    return sheet


def _list_lines(texts: Iterator[str]) -> Iterator[Line]:
    for number, text in enumerate(texts, start=1):
        name = _MARKER.sub("", text, count=1) if _MARKER.match(text) else text
        if name.strip() and _MEANING.get(heading_key(name)) is not Column.NAME:
            yield Line(_("dòng %d") % number, _one_line(name))


def _table_lines(table: Table, warnings: list[str], *, named: bool) -> Iterator[Line]:
    heading = _heading(table)
    if heading is None:
        if _is_one_column(table):
            yield from _list_lines(_text(row.cells[0]) for row in table.rows)
        return
    index, columns = heading
    warnings += _unused(table.rows[index], columns)
    for number, row in enumerate(table.rows[index + 1 :], start=index + 2):
        cells = {column: _one_line(_text(row.cells[place])) for place, column in columns.items()}
        cells.pop(Column.NUMBER, None)
        if not any(cells.values()) or _MEANING.get(heading_key(cells[Column.NAME])) is Column.NAME:
            continue  # an empty row, or the heading repeated on the next page
        place = _("dòng %d") % (row.number or number)
        yield Line(f"{place}, {table.name}" if named and table.name else place, **{str(k): v for k, v in cells.items()})


def _heading(table: Table) -> tuple[int, dict[int, Column]] | None:
    """The first row that names a column of names, and what its columns mean."""
    for index, row in enumerate(table.rows[:_HEADING_SEARCHED]):
        columns: dict[int, Column] = {}
        for place, cell in enumerate(row.cells):
            meaning = _MEANING.get(heading_key(_text(cell)))
            if meaning and meaning not in columns.values():
                columns[place] = meaning
        if Column.NAME in columns.values():
            return index, columns
    return None


def heading_key(text: str) -> str:
    """ "Tên đơn vị (*)" and "TEN DON VI" are one heading."""
    return " ".join(re.sub(r"\([^)]*\)|[^\w]+", " ", fold(text)).split())


def _unused(row: Row, columns: dict[int, Column]) -> Iterator[str]:
    left = [_one_line(_text(cell)) for place, cell in enumerate(row.cells) if place not in columns]
    names = list(dict.fromkeys(name for name in left if name))
    if names:
        yield _("Cột không dùng đến: %s.") % ", ".join(f"“{name}”" for name in names)


def _is_one_column(table: Table) -> bool:
    return all(not any(_text(cell) for cell in row.cells[1:]) for row in table.rows)


def _text(cell: Cell | None) -> str:
    return cell.text if cell else ""


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
