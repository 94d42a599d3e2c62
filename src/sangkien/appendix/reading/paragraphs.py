"""Reports without a table: "1. Tên giải pháp: … Đơn vị: … Lĩnh vực: … Thực trạng: …" paragraph by paragraph."""

import re

from sangkien.appendix.columns import COLUMN_NAMES, Column, recognise
from sangkien.appendix.reading.drafts import Draft, Surroundings, finish
from sangkien.appendix.reading.labels import find_label
from sangkien.appendix.reading.source import Paragraph, Source
from sangkien.appendix.reading.tables import Gathered
from sangkien.appendix.reading.tidy import clean, key, lines

_LEAD = re.compile(r"[-+•*–—▪■●]?\s*(?:\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđA-ZĐ]|[IVXivx]{1,5})[.)/]\s*)?[-+•*–]?\s*")
_NAME = re.compile(r"(?P<name>[^:\n]{2,90}?)\s*:\s*(?P<text>.*)", re.DOTALL)
_NUMBERED = re.compile(
    r"(?P<name>(?:giải\s*pháp|sáng\s*kiến|mô\s*hình|cách\s*làm(?:\s*hay)?)(?:\s*(?:thứ\s*)?\d{1,2}|\s*số\s*\d{1,2}))\s*[.:–-]\s*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_END = re.compile(
    r"(?:noi nhan|tm uy ban nhan dan|tm ubnd|kt chu tich|thu truong don vi|nguoi lap(?: bieu)?|tren day la|luu vt)\b"
)
_NAMED = frozenset({Column.UNIT, Column.TITLE, Column.FIELD, Column.NOTE})
_NEXT = frozenset({Column.UNIT, Column.STT})


def read_paragraphs(source: Source, unit_of_file: tuple[str, str], out: Gathered) -> None:
    """Add the solutions told in paragraphs; nothing when no title with a field or a part is told."""
    drafts = [draft for draft in _drafts(source) if Column.TITLE in draft.texts and _told(draft)]
    unit, where = unit_of_file
    for number, draft in enumerate(drafts, start=1):
        draft.place = f"Giải pháp {number}"
        initiative = finish(draft, Surroundings(unit, where))
        if initiative:
            out.initiatives.append(initiative)
    if drafts:
        out.warnings.append(
            "Tệp không có bảng báo cáo, được đọc từ các đoạn văn theo nhãn. Bạn xem lại từng giải pháp."
        )


def _told(draft: Draft) -> bool:
    return bool(draft.texts.keys() & {Column.FIELD, Column.DESCRIPTION, Column.UNIT})


def _drafts(source: Source) -> list[Draft]:
    """A new draft begins with each title, and with a unit that stands after a description."""
    drafts = [Draft("")]
    current: Column | None = None
    for line, bold in _lines(source):
        if _END.match(key(line[:60])):
            current = None
            continue
        name, text = _named(line)
        if name is None and find_label(line, bold=bold) and (drafts[-1].texts or current):
            name, text = Column.DESCRIPTION, line
        if name is None:
            if current is not None and drafts[-1].texts.get(current) is not None:
                drafts[-1].texts[current].append(line)
            elif current is not None:
                drafts[-1].add(current, COLUMN_NAMES.get(current, ""), line)
                current = Column.DESCRIPTION if current is Column.FIELD else current
            continue
        if _begins(drafts[-1], name):
            drafts.append(Draft(""))
        drafts[-1].add(name, COLUMN_NAMES.get(name, ""), text)
        current = name
    return drafts


def _lines(source: Source) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    for block in source.blocks:
        if isinstance(block, Paragraph):
            text = f"{block.marker} {block.text}" if block.marker else block.text
            found += [(line, block.bold) for line in lines(text)]
    return found


def _named(line: str) -> tuple[Column | None, str]:
    """The column that a line names and the text after it."""
    lead = _LEAD.match(line)
    body = line[lead.end() :] if lead else line
    numbered = _NUMBERED.match(body)
    if numbered:
        return Column.TITLE, numbered["text"]
    match = _NAME.match(body)
    name = match["name"] if match else body
    if len(name) > 90 or (match is None and len(name) > 60):
        return None, ""
    column = recognise(clean(name)).column
    if column in _NAMED or (column is Column.DESCRIPTION and match and not match["text"]):
        if match is None and column is not Column.TITLE and column is not Column.FIELD:
            return None, ""
        return column, match["text"] if match else ""
    return None, ""


def _begins(draft: Draft, name: Column) -> bool:
    if name is Column.TITLE:
        return Column.TITLE in draft.texts
    return name in _NEXT and Column.DESCRIPTION in draft.texts
