"""What a row of the report table is when it is no solution: a total, a signature, a group's heading."""

import re

from sangkien.appendix.columns import PARTS, Column
from sangkien.appendix.reading.letterhead import unit_in, without_outline
from sangkien.appendix.reading.source import Cell
from sangkien.appendix.reading.tidy import key, one_line

Cells = list[tuple[int, Column, Cell]]
"""Filled cells of a row: grid column, what the column means, the cell."""

BODY = frozenset({Column.DESCRIPTION, *PARTS})

_TOTAL = re.compile(r"tong|tong (?:cong|so|\d+)(?: .*)?|cong|cong (?:\d+|chung|nhom|muc)(?: .*)?")
_OUTLINE = re.compile(r"(?:[IVX]{1,5}|[A-ZĐ])\s*[.)]?")
_SIGNATURE = re.compile(
    r"(?:noi nhan|tm (?:uy ban|ubnd)|kt (?:chu tich|truong|giam doc|hieu truong)|tl (?:chu tich|uy ban)|chu tich"
    r"|pho chu tich|thu truong(?: don vi)?|nguoi (?:lap|tong hop)(?: \w+)?|xac nhan cua .*|lanh dao don vi"
    r"|(?:[\w ]{3,30} )?ngay \d* ?thang .*|hieu truong|giam doc|truong phong)(?:$| ky.*| luu.*| phong.*| nhu tren.*)"
)
_NIL = re.compile(r"(?:khong|khong co|chua co)(?: (?:mo hinh|giai phap|sang kien|noi dung|phat sinh|gi|bao cao))*")


def is_total(own: Cells) -> bool:
    """ "Tổng cộng: 5", with at most a few numbers beside it."""
    first = own[0][2].text
    if len(own) > 4 or len(first) > 80 or not _TOTAL.fullmatch(key(first)):
        return False
    return not any(column in BODY and len(cell.text) > 40 for _, column, cell in own)


def is_signature(own: Cells) -> bool:
    """ "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "Người lập biểu": the table of a sheet has ended above."""
    if len(own) > 3:
        return False
    return any(_SIGNATURE.match(key(cell.text)) is not None for _, _, cell in own if len(cell.text) < 120)


def says_nothing_to_report(title: str) -> bool:
    """ "Không có", "Chưa có giải pháp" where the title stands."""
    return len(title) < 60 and _NIL.fullmatch(key(title)) is not None


def is_group(own: Cells, width: int, *, covered: bool) -> bool:
    """A row that heads the rows below. ``covered``: cells merged from above reach into it, so it is in a record."""
    _, column, cell = own[-1]
    wide = cell.col_span >= max(3, width // 2)
    if len(own) == 2:
        return own[0][1] is Column.STT and _OUTLINE.fullmatch(one_line(own[0][2].text)) is not None
    if len(own) != 1:
        return False
    return wide or (not covered and _names_a_group(column, cell))


def _names_a_group(column: Column, cell: Cell) -> bool:
    text = one_line(cell.text)
    if column is Column.STT:
        return not text.strip("().").isdigit()
    if column is Column.UNIT:
        return True
    return column is Column.TITLE and without_outline(text) != text and bool(unit_in(text) or _OUTLINE.match(text))
