"""Reports without a report table: "1. Tên giải pháp: … Đơn vị: … Lĩnh vực: … Thực trạng: …" line by line.

The lines of small tables count too: some draw a box around the whole report, or give its head as "name | value".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sangkien.appendix.columns import COLUMN_NAMES, Column, recognise
from sangkien.appendix.reading.drafts import Draft, Surroundings, finish
from sangkien.appendix.reading.labels import find_label
from sangkien.appendix.reading.letterhead import Units
from sangkien.appendix.reading.source import Cell, Paragraph, Row, Source
from sangkien.appendix.reading.tables import Gathered
from sangkien.appendix.reading.tidy import clean, key, lines, one_line, quote

_LEAD = re.compile(
    r"[-+•*▪■●\u2010-\u2015\u2212]?\s*"
    r"(?:(?:\d{1,2}(?:\.\d{1,2}){1,3}(?=\s)|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđA-ZĐ]|[IVXivx]{1,5})[.)/])\s*)?"
    r"[-+•*\u2010-\u2015]?\s*"
)
_NAME = re.compile(r"(?P<name>[^:\n]{2,90}?)\s*:\s*(?P<text>.*)", re.DOTALL)
_NUMBERED = re.compile(
    r"(?:tên\s+)?(?:giải\s*pháp|sáng\s*kiến|mô\s*hình|cách\s*làm(?:\s*hay)?)\s*(?:thứ\s*|số\s*)?\d{1,2}\s*[.:–-]\s*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_CHAPTER = re.compile(r"[IVX]{1,4}[.)/]\s*[^\W\d]")
_COUNTED = re.compile(
    r"(?:giai phap|sang kien|mo hinh|cach lam hay)(?: thu| so)? "
    r"(?:\d{1,2}|nhat|mot|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi)"
)
_NEXT_NAME = re.compile(
    r"(?:(?<=[.;,|–—-])\s+|(?<=[.;|]))(?P<name>(?:Tên|Đơn vị|Cơ quan|Lĩnh vực|Mô tả|Thực trạng|Hiện trạng|Nội dung"
    r"|Hiệu quả|Tính mới|Ghi chú)[^:.;\n]{0,60}?)\s*:"
)
_END = re.compile(
    r"(?:noi nhan|tm uy ban nhan dan|tm ubnd|kt chu tich|thu truong don vi|nguoi lap(?: bieu)?|tren day la|luu vt)\b"
)
_MOST_ROWS = 300
_MOST_COLUMNS = 4  # of a table that may be a box or a head; a wider one is another list
_QUOTED = re.compile(
    r"(?:sáng kiến|giải pháp|mô hình|cách làm hay)[^“\"]{0,20}[“\"](?P<title>[^”\"]{5,200})[”\"]", re.IGNORECASE
)
_PARTS_WITH_TITLE = 2
_PARTS_ALONE = 3
_LONGEST_NAME = 90
_LONGEST_ALONE = 60
_LONGEST_LINE = 30_000  # a whole report on one line has some thousand characters


@dataclass(slots=True)
class _Telling:
    """The solutions told so far. ``current`` is the column that a line without a name goes on with."""

    drafts: list[Draft] = field(default_factory=lambda: [Draft("")])
    blocks: list[int] = field(default_factory=lambda: [0])
    current: Column | None = None
    strong: bool | None = None  # whether titles are announced by "Tên …" or by "Giải pháp 1"
    labelled: set[int] = field(default_factory=set)  # drafts with a labelled part
    chapter: str = ""  # the heading that ended the last description
    left: list[str] = field(default_factory=list)  # such headings with text below them

    @property
    def draft(self) -> Draft:
        return self.drafts[-1]


def read_paragraphs(source: Source, units: Units, out: Gathered) -> None:
    """Add the solutions told in lines; nothing when no title with a field or a labelled part is told."""
    telling = _tell(source)
    out.warnings += [f"Phần {quote(name)} không thuộc giải pháp nào nên không được đưa vào." for name in telling.left]
    number = 0
    for index, draft in enumerate(telling.drafts):
        if Column.TITLE not in draft.texts or not (Column.FIELD in draft.texts or index in telling.labelled):
            continue
        number += 1
        draft.place = f"Giải pháp {number}"
        initiative = finish(draft, Surroundings(*units.at(telling.blocks[index])))
        if initiative:
            out.add(initiative)
    if not number:
        number = _read_untitled(source, units, out)
    if number:
        out.warnings.append(
            "Tệp không có bảng báo cáo, được đọc từ các đoạn văn theo nhãn. Bạn xem lại từng giải pháp."
        )


def _read_untitled(source: Source, units: Units, out: Gathered) -> int:
    """One solution told by its parts alone, its title perhaps quoted in the heading; how many were added."""
    draft = Draft("")
    title = ""
    parts: set[Column] = set()
    for _, line, bold in _lines(source):
        if _END.match(key(line[:60])):
            if parts:
                break
            continue
        label = find_label(line, bold=bold)
        if label:
            parts.add(label.part)
        quoted = _QUOTED.search(line) if not parts else None
        if quoted:
            title = title or quoted["title"]
        name, text, _ = _named(line)
        if name in (Column.UNIT, Column.FIELD, Column.NOTE) and not label:
            draft.add(name, COLUMN_NAMES[name], text)
        elif parts:
            draft.add(Column.DESCRIPTION, COLUMN_NAMES[Column.DESCRIPTION], line)
    if len(parts) < (_PARTS_WITH_TITLE if title else _PARTS_ALONE) or not parts & {Column.SITUATION, Column.NOVELTY}:
        return 0
    if title:
        draft.add(Column.TITLE, COLUMN_NAMES[Column.TITLE], title)
        draft.warn(f"tên giải pháp được lấy từ tiêu đề: {quote(title)}.")
    initiative = finish(draft, Surroundings(*units.at(0)))
    if initiative is None:
        return 0
    out.add(initiative)
    return 1


def _tell(source: Source) -> _Telling:
    telling = _Telling()
    for block, line, bold in _lines(source):
        if _END.match(key(line[:60])):
            telling.current = None
            continue
        if _COUNTED.fullmatch(key(_LEAD.sub("", line[:60], count=1))):
            telling.current = None  # "GIẢI PHÁP 2" over the next one
            continue
        name, text, strong = _named(line)
        if name is None and _CHAPTER.match(line) and line.isupper() and not find_label(line):
            # "III. KIẾN NGHỊ" below the last solution
            telling.chapter = line if telling.current is Column.DESCRIPTION else ""
            telling.current = None
            continue
        if name is Column.TITLE and telling.strong and not strong:
            name = None  # "Giải pháp: …" inside a report whose titles are announced by "Tên giải pháp"
        if name is not None:
            _take_named(telling, block, name, text, strong)
        elif Column.TITLE in telling.draft.texts or telling.current is not None:
            _take_unnamed(telling, line, bold)
    return telling


def _take_named(telling: _Telling, block: int, name: Column, text: str, strong: bool) -> None:
    if _begins(telling.draft, name):
        telling.drafts.append(Draft(""))
        telling.blocks.append(block)
    if name is Column.TITLE:
        telling.strong = strong or telling.strong
        telling.blocks[-1] = block
    telling.draft.add(name, COLUMN_NAMES.get(name, ""), text)
    telling.current = name


def _take_unnamed(telling: _Telling, line: str, bold: bool) -> None:
    """A part's label, the text of a name that stood alone, or more of the description."""
    draft = telling.draft
    if find_label(line, bold=bold):
        telling.labelled.add(len(telling.drafts) - 1)
        telling.current = Column.DESCRIPTION
    elif telling.chapter and telling.current is None:
        telling.left.append(telling.chapter)
        telling.chapter = ""
    elif telling.current in (Column.TITLE, Column.UNIT, Column.FIELD) and telling.current in draft.texts:
        if Column.TITLE not in draft.texts:
            return  # between the unit and the title stands the heading of the paper
        telling.current = Column.DESCRIPTION
    if telling.current is None:
        return
    draft.add(telling.current, COLUMN_NAMES.get(telling.current, ""), line)


def _begins(draft: Draft, name: Column) -> bool:
    if name is Column.TITLE:
        return Column.TITLE in draft.texts
    return name is Column.UNIT and Column.DESCRIPTION in draft.texts


def _lines(source: Source) -> Iterator[tuple[int, str, bool]]:
    for index, block in enumerate(source.blocks):
        if isinstance(block, Paragraph):
            text = f"{block.marker} {block.text}" if block.marker else block.text
            for line in _separate(lines(clean(text))):
                yield index, line, block.bold
        elif len(block.rows) <= _MOST_ROWS and all(len(row.cells) <= _MOST_COLUMNS for row in block.rows):
            above: list[Cell | None] = []
            for row in block.rows:
                for line in _separate(_lines_of_row(row, above)):
                    yield index, line, False
                above = row.cells


def _separate(rows: list[str]) -> Iterator[str]:
    """ "Tên giải pháp: A. Đơn vị: B. Thực trạng: C." as a line a name; the parts stay together for their own labels."""
    for row in rows:
        start, kind = 0, _kind(row) if len(row) <= _LONGEST_LINE and row.count(":") > 1 else None
        for match in _NEXT_NAME.finditer(row) if kind else ():
            after = recognise(match["name"]).column
            if kind in (Column.TITLE, Column.UNIT, Column.FIELD) and after is not Column.OTHER:
                yield row[start : match.start("name")].rstrip(" .;,|–—-")
                start, kind = match.start("name"), after
        yield row[start:]


def _kind(row: str) -> Column | None:
    return _named(row)[0]


def _lines_of_row(row: Row, above: list[Cell | None]) -> list[str]:
    cells: list[Cell] = []
    for place, cell in enumerate(row.cells):
        covered = any(cell is known for known in cells) or (place < len(above) and above[place] is cell)
        if cell and cell.text.strip() and not covered:
            cells.append(cell)
    while len(cells) > 1 and one_line(cells[0].text).strip("().").isdigit():
        cells = cells[1:]
    if len(cells) == 2 and len(cells[0].text) <= _LONGEST_NAME:
        name = one_line(cells[0].text).rstrip(" :")
        if recognise(name).column is not Column.OTHER:
            return lines(clean(f"{name}: {cells[1].text}"))
    return [line for cell in cells for line in lines(clean(cell.text))]


def _named(line: str) -> tuple[Column | None, str, bool]:
    """The column that a line names, the text after it, and whether a title is announced by "Tên …"."""
    lead = _LEAD.match(line)
    body = line[lead.end() :] if lead else line
    numbered = _NUMBERED.match(body)
    if numbered:
        return Column.TITLE, numbered["text"], False
    match = _NAME.match(body)
    name = match["name"] if match else body
    if len(name) > (_LONGEST_NAME if match else _LONGEST_ALONE):
        return None, "", False
    heading = recognise(name)
    if heading.column not in (Column.UNIT, Column.TITLE, Column.FIELD, Column.NOTE):
        return None, "", False
    strong = heading.column is Column.TITLE and heading.weight >= 3
    if match is None and not (strong or (heading.column is not Column.NOTE and _stands_alone(name))):
        return None, "", False
    return heading.column, match["text"] if match else "", strong


def _stands_alone(name: str) -> bool:
    """Bare names of the form; "Cơ quan cấp trên …" or "Giải pháp" alone on a line are text."""
    return key(name) in {"don vi", "don vi thuc hien", "ten don vi", "don vi bao cao", "linh vuc"} or key(
        name
    ).startswith(("linh vuc cchc", "linh vuc cai cach", "linh vuc ap dung"))
