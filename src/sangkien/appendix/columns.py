"""The columns of the report form (Kế hoạch 230, Phụ lục) and how units head them."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from sangkien.vietnamese import fold


class Column(StrEnum):
    """A column of the form; the value is the name of the part in ``ReadInitiative`` where there is one."""

    STT = "stt"
    UNIT = "unit"
    TITLE = "title"
    FIELD = "field_raw"
    DESCRIPTION = "description"
    SITUATION = "situation"
    CONTENT = "content"
    EFFECTIVENESS = "effectiveness"
    NOVELTY = "novelty"
    LIMITATIONS = "limitations"
    NOTE = "note"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The name on the form."""
        return COLUMN_NAMES.get(self, "cột khác")


PARTS = (Column.SITUATION, Column.CONTENT, Column.EFFECTIVENESS, Column.NOVELTY, Column.LIMITATIONS)

PART_NAMES = {
    Column.SITUATION: "Thực trạng",
    Column.CONTENT: "Nội dung",
    Column.EFFECTIVENESS: "Hiệu quả",
    Column.NOVELTY: "Tính mới",
    Column.LIMITATIONS: "Mặt hạn chế",
}

COLUMN_NAMES = {
    Column.STT: "STT",
    Column.UNIT: "Đơn vị thực hiện",
    Column.TITLE: "Tên mô hình, giải pháp, sáng kiến",
    Column.FIELD: "Lĩnh vực cải cách hành chính",
    Column.DESCRIPTION: "Mô tả về công trình/ giải pháp/ đề tài",
    Column.NOTE: "Ghi chú",
    **PART_NAMES,
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading means. ``weight`` is how much it speaks for the report form; ``guessed`` marks a misspelt one."""

    column: Column
    weight: float = 0.0
    guessed: bool = False


_LONGEST = (
    120  # headings are short; "Mô tả về công trình/ giải pháp/ đề tài (thực trạng, nội dung, …)" is the longest seen
)
LONGEST_HEADING = 300  # with the hints in brackets
# The unit where no column says so better.
_OTHERS_UNIT = re.compile(r"don vi (?:ap dung|chu tri|de xuat|dang ky)(?: .*)?|tac gia(?: \w+)* don vi(?: .*)?")
_BULLETS = "-+•*–—"  # they lead texts, not headings
_BRACKETS = re.compile(r"\([^)]*\)")
_SIGNS = re.compile(r"[^\w#]+")
_OUTLINE = re.compile(r"^(?:\d{1,2}|[ivx]{1,4}|[a-e]) (?=\w)")
_THING = (
    r"(?:mo hinh|giai phap|sang kien|cach lam(?: hay)?|de tai|cong trinh|san pham|sk|gp|skkn|cchc|cai cach hanh chinh)"
)
_RULES: tuple[tuple[Column, float, re.Pattern[str]], ...] = tuple(
    (column, weight, re.compile(pattern))
    for column, weight, pattern in (
        (Column.STT, 0.5, r"(?:s ?t ?t|so t ?t|tt|so thu tu|thu tu|so)"),
        (Column.NOTE, 0.5, r"(?:ghi chu|g chu|ghi chep them)(?: \w+){0,3}"),
        (
            Column.OTHER,
            0.0,
            r"don vi (?:tinh|phoi hop|nhan rong|tham dinh).*|dvt|.*(?:thu tuc hanh chinh|tthc) .*ten.*",
        ),
        (Column.DESCRIPTION, 3.0, rf"(?:phan )?(?:mo ta|tom tat|thuyet minh).*\b{_THING}\b.*"),
        (Column.DESCRIPTION, 3.0, r".*thuc trang.*noi dung.*hieu qua.*"),
        (Column.DESCRIPTION, 2.0, r"(?:mo ta|tom tat|thuyet minh|dien giai|noi dung mo ta)(?: \w+){0,4}"),
        (
            Column.DESCRIPTION,
            2.0,
            r"(?:thuc trang|noi dung)(?: \w+){0,3}?(?: va)? (?:noi dung|hieu qua|ket qua|tinh moi)(?: .*)?",
        ),
        (Column.TITLE, 3.0, rf"(?:ten|ten goi|tieu de)(?: (?:cac|cua))? (?:\w+ ){{0,4}}?{_THING}\b.*"),
        (Column.FIELD, 2.0, r"(?:\w+ )?(?:linh vuc|l vuc|lv)(?: .*)?|thuoc linh vuc.*"),
        (Column.SITUATION, 2.0, r"(?:thuc trang|hien trang|su can thiet|tinh cap thiet|boi canh|dat van de)(?: .*)?"),
        (Column.NOVELTY, 2.0, r"(?:tinh moi|diem moi|tinh sang tao)(?: .*)?"),
        (Column.EFFECTIVENESS, 1.0, r"(?:hieu qua|ket qua|loi ich)(?: .*)?"),
        (Column.LIMITATIONS, 1.0, r"(?:mat |nhung |cac )?(?:con )?(?:han che|ton tai|nhuoc diem|kho khan)(?: .*)?"),
        (
            Column.CONTENT,
            1.0,
            r"(?:cac )?(?:cach lam|cach thuc|bien phap|buoc)(?: (?:moi|cu the|thuc hien|trien khai))*",
        ),
        (Column.TITLE, 2.0, rf"(?:\d+ )?{_THING}(?:(?: va| hoac)? {_THING})*(?: \d+)?"),
        (
            Column.CONTENT,
            1.0,
            rf"noi dung(?: (?:thuc hien|chinh|cu the|cua|trien khai|ap dung|{_THING}))*|cach thuc thuc hien",
        ),
        (Column.UNIT, 1.0, r"(?:ten )?(?:don vi|dvi|dv|co quan)(?: .*)?|noi (?:thuc hien|ap dung)"),
        (Column.UNIT, 1.0, r"(?:ten )?(?:phuong|xa)(?: xa| phuong| thi tran| dac khu)*"),
        (Column.TITLE, 2.0, r"ten"),
    )
)
_BEFORE_AFTER = re.compile(r"(?:tinh trang |ket qua )?(truoc|sau) khi (?:ap dung|thuc hien|trien khai|co)(?: .*)?")
_EXEMPLARS = {
    "don vi thuc hien": (Column.UNIT, 1.0),
    "ten mo hinh giai phap sang kien": (Column.TITLE, 3.0),
    "ten giai phap": (Column.TITLE, 3.0),
    "ten sang kien": (Column.TITLE, 3.0),
    "linh vuc cai cach hanh chinh": (Column.FIELD, 2.0),
    "linh vuc": (Column.FIELD, 2.0),
    "mo ta ve cong trinh giai phap de tai": (Column.DESCRIPTION, 3.0),
    "ghi chu": (Column.NOTE, 0.5),
    "thuc trang": (Column.SITUATION, 2.0),
    "noi dung": (Column.CONTENT, 1.0),
    "hieu qua": (Column.EFFECTIVENESS, 1.0),
    "tinh moi": (Column.NOVELTY, 2.0),
}
_EXEMPLAR_WORDS = {exemplar: set(exemplar.split()) for exemplar in _EXEMPLARS}
_CLOSE = 0.86


@lru_cache(maxsize=4096)
def recognise(heading: str) -> Heading:
    """The column that a heading names; ``OTHER`` with no weight when it names none of the form."""
    if not heading or len(heading) > LONGEST_HEADING or heading[0] in _BULLETS:
        return Heading(Column.OTHER)
    folded = fold(heading)
    words = _words(_BRACKETS.sub(" ", folded)) or _words(folded)
    if len(words) > _LONGEST:
        return Heading(Column.OTHER)
    if _OTHERS_UNIT.fullmatch(words):
        return Heading(Column.UNIT, 0.5, guessed=True)
    for column, weight, pattern in _RULES:
        if pattern.fullmatch(words):
            return Heading(column, weight)
    if match := _BEFORE_AFTER.fullmatch(words):
        return Heading(Column.SITUATION if match[1] == "truoc" else Column.EFFECTIVENESS, 1.0, guessed=True)
    return _guess(words)


def _words(folded: str) -> str:
    return _OUTLINE.sub("", " ".join(_SIGNS.sub(" ", folded).split()))


def _guess(words: str) -> Heading:
    """A heading with a slip of the keyboard: half of its words are right, and nearly all of its letters."""
    if not 5 <= len(words) <= 60:
        return Heading(Column.OTHER)
    said = set(words.split())
    best, likeness = "", _CLOSE
    for exemplar, parts in _EXEMPLAR_WORDS.items():
        shorter, longer = sorted((len(words), len(exemplar)))
        # Comparing letters is dear, and most texts are no headings at all.
        if 4 * shorter >= 3 * longer and 2 * len(said & parts) >= len(parts):
            match = SequenceMatcher(None, words, exemplar)
            if match.quick_ratio() >= likeness and (ratio := match.ratio()) >= likeness:
                best, likeness = exemplar, ratio
    if not best:
        return Heading(Column.OTHER)
    column, weight = _EXEMPLARS[best]
    return Heading(column, weight, guessed=True)
