"""The unit that a file names outside its table: "Đơn vị: …", the issuing body at the top left, a group row."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from sangkien.appendix.reading.source import Paragraph, Source, Table
from sangkien.appendix.reading.tidy import is_blank, key, one_line
from sangkien.vietnamese import canonical

_SAID = re.compile(
    r"\s*[-+•*]?\s*(?:\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])[.)]\s*)?(?:tên\s+)?(?:đơn\s*vị|cơ\s*quan)(?:\s*,\s*(?:đơn\s*vị|cơ\s*quan))?"
    r"(?:\s+(?:báo\s*cáo|thực\s*hiện|gửi(?:\s+báo\s*cáo)?|nộp|đề\s*nghị))?\s*:\s*(?P<unit>\S.*)",
    re.IGNORECASE,
)
_NATIONAL = "cong hoa xa hoi chu nghia viet nam"
_NUMBER = re.compile(r"\s*s[ốo]\s*[:.\d/_]", re.IGNORECASE)
_NOT_A_BODY = re.compile(r"v v\b|ve viec\b|\W*$|doc lap|cong hoa xa hoi|phu luc|mau so|bieu so|ngay\b")
_INCOMPLETE = frozenset({"uy ban nhan dan", "ubnd", "hoi dong nhan dan", "hdnd", "phong", "van phong", "hdnd va ubnd"})
# With marks, because without them "tổ chức" is "to", "ban hành" is "ban" and "số" is "so"; the last row of the pattern
# stands for text typed without any marks.
_BODY = re.compile(
    r"(?:ubnd|ủy ban|hđnd|hội đồng nhân dân|văn phòng|phòng(?!,? chống| ngừa)|trung tâm|trường(?! hợp)|sở|ban(?! hành)"
    r"|công an|phường|xã(?! hội)|thị trấn|thị xã|đặc khu|đội|tổ(?! chức)|chi cục|cục|chi nhánh|bệnh viện|trạm y tế"
    r"|thanh tra|mttq|mặt trận|hội(?! nghị| thi| thảo)|đoàn|liên đoàn|thư viện|nhà (?:văn|thiếu)|quận|huyện"
    r"|thành phố|tp|bộ chỉ huy|ban chỉ huy|tòa án|viện kiểm sát|kho bạc|bảo hiểm xã|thuế"
    r"|p(?=\.)|thcs|thpt|mầm non|tiểu học|trung học"
    r"|uy ban|hdnd|van phong|trung tam|truong|cong an|phuong|thi tran|dac khu)\b"
)
_OUTLINE = re.compile(r"^\s*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVXivx]{1,5}|[A-OQ-Za-oq-zĐđ])\s*[.)/:-]\s*)")
_GROUP_LABEL = re.compile(r"^\s*(?:tên\s+)?(?:đơn\s*vị|cơ\s*quan)(?:\s+\w+){0,2}\s*:\s*", re.IGNORECASE)
_LONGEST_HEADING = 90
_SENTENCE = re.compile(r"\b(?:bao cao|nhu sau|thuc hien|trien khai|kinh gui|de nghi|tong hop)\b")
_NOT_A_UNIT = frozenset(
    {"phong ban", "phong ban chuyen mon", "phong chuyen mon", "phuong xa", "xa phuong", "truong hoc", "phuong", "xa"}
    | {"quan", "so nganh", "so ban nganh", "ban nganh", "hoi doan the", "doan the"}
)


UnitOfFile = Callable[[], tuple[str, str]]
"""The unit for a table and where it stands; asked only when the table itself names none."""


class Units:
    """The units that a file names outside its tables: in lines "Đơn vị: …", and in its letterhead."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @cached_property
    def _lines(self) -> list[tuple[int, str]]:
        return list(_said(self._source))

    @cached_property
    def _body(self) -> str:
        return _issuing_body(self._source)

    def at(self, block: int) -> tuple[str, str]:
        """The unit for a table in this block and where it stands; the nearest line above it wins."""
        heading = self._heading(block)
        if heading:
            return heading, "tiêu đề phía trên bảng"
        sheet = self._sheet(block)
        if sheet and all(index != block for index, _ in self._lines):
            return sheet, "tên trang tính"
        above = [unit for index, unit in self._lines if index <= block]
        if self._lines:
            return (above[-1] if above else self._lines[0][1]), "dòng ghi đơn vị ngoài bảng"
        return (self._body, "phần đầu văn bản") if self._body else ("", "")

    def _sheet(self, block: int) -> str:
        """The unit that a sheet is named after."""
        table = self._source.blocks[block] if block < len(self._source.blocks) else None
        return unit_in(table.name) if isinstance(table, Table) else ""

    def _heading(self, block: int) -> str:
        """The unit that the paragraph right above a table names as a heading: "2. UBND phường Chợ Đình"."""
        above = (one for one in reversed(self._source.blocks[max(0, block - 4) : block]))
        nearest = next((one for one in above if isinstance(one, Table) or one.text.strip()), None)
        if not isinstance(nearest, Paragraph) or len(nearest.text) > _LONGEST_HEADING:
            return ""
        stands_out = nearest.bold or nearest.marker or nearest.text.isupper() or _OUTLINE.match(nearest.text)
        return unit_in(nearest.text) if stands_out and not _SENTENCE.search(key(nearest.text)) else ""


def unit_in(text: str) -> str:
    """The unit that a group row names ("II. UBND Phường 11"); '' when it is only a heading ("I. Khối phường")."""
    name = _GROUP_LABEL.sub("", _OUTLINE.sub("", one_line(text))).strip(" .:;-–")
    if len(name) > 120 or key(name) in _NOT_A_UNIT or not _is_body(name):
        return ""
    return name


def without_outline(text: str) -> str:
    """A group row's words without "I.", "1.", "a)"."""
    return _OUTLINE.sub("", one_line(text)).strip(" .:;-–")


def _is_body(name: str) -> bool:
    return _BODY.match(canonical(name).lower()) is not None


def _said(source: Source) -> Iterator[tuple[int, str]]:
    for index, block in enumerate(source.blocks):
        texts = [block.text] if isinstance(block, Paragraph) else _texts_of_small(block)
        for text in texts:
            for line in text.splitlines():
                match = _SAID.match(line) if len(line) < 200 and ":" in line else None
                if match and not is_blank(match["unit"]):
                    yield index, one_line(match["unit"]).rstrip(" .;,")


def _texts_of_small(table: Table) -> list[str]:
    """Cells of the first rows when they are few: a letterhead, or lines above the table of a sheet."""
    texts: list[str] = []
    for row in table.rows[:12]:
        filled = {id(cell): cell.text for cell in row.cells if cell and cell.text.strip()}
        if len(filled) <= 2:
            texts += filled.values()
            if len(filled) == 2:
                texts.append(": ".join(one_line(text).rstrip(":") for text in filled.values()))
    return texts


def _issuing_body(source: Source) -> str:
    above: list[str] = []
    for block in source.blocks[:12]:
        if isinstance(block, Table):
            body = _body_beside_national_header(block)
            if body:
                return body
            continue
        for line in block.text.splitlines():
            if _NATIONAL in key(line):
                return _last_body(above)
            above.append(line)
    return ""


def _body_beside_national_header(table: Table) -> str:
    """The body left of "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", in this row and those near (a sheet has a line a row)."""
    for index, row in enumerate(table.rows[:8]):
        place = next(
            (
                column
                for column, cell in enumerate(row.cells)
                if cell and len(cell.text) < 400 and _NATIONAL in key(cell.text)
            ),
            None,
        )
        if place is None:
            continue
        if place == 0:
            cell = row.cells[0]
            text = cell.text if cell else ""
            return _last_body(text[: _national_start(text)].splitlines())
        left = [cell.text for near in table.rows[max(0, index - 1) : index + 4] for cell in near.cells[:1] if cell]
        return _last_body([line for text in left for line in text.splitlines()])
    return ""


def _national_start(text: str) -> int:
    position = 0
    for line in text.splitlines(keepends=True):
        if _NATIONAL in key(line):
            return position
        position += len(line)
    return 0


def _last_body(texts: list[str]) -> str:
    """The lowest body of a letterhead: the upper one stands above it."""
    bodies: list[str] = []
    for text in texts:
        line = one_line(text)
        folded = key(line)
        if not folded or _NUMBER.match(line) or _NOT_A_BODY.match(folded) or is_blank(line):
            continue
        if bodies and key(bodies[-1]) in _INCOMPLETE:
            bodies[-1] = f"{bodies[-1]} {line}"
        elif _is_body(line):
            bodies.append(line)
        else:
            continue
    complete = [body for body in bodies if key(body) not in _INCOMPLETE]
    return complete[-1] if complete else ""
