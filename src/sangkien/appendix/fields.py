"""The eight fields of public administration reform: names, order, and how units write them.

The plan (Kế hoạch 230, II.3.1) prints "Cải cách thủ tục hành chính" twice, as (2) and as (3), and never "Cải cách thể
chế". Our reading: (2) is Cải cách thể chế. So a bare "(2)" is taken with a warning, and "(2) Cải cách thủ tục hành
chính" is left to a person.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from sangkien.vietnamese import fold


@dataclass(frozen=True, slots=True)
class ParField:
    """One of the eight fields. ``number`` is its place in the plan, from 1."""

    code: str
    number: int
    name: str


FIELDS = tuple(
    ParField(code, number, name)
    for number, (code, name) in enumerate(
        (
            ("steering", "Công tác chỉ đạo, điều hành cải cách hành chính"),
            ("institutions", "Cải cách thể chế"),
            ("procedures", "Cải cách thủ tục hành chính"),
            ("apparatus", "Cải cách tổ chức bộ máy hành chính nhà nước"),
            ("civil_service", "Cải cách chế độ công vụ"),
            ("public_finance", "Cải cách tài chính công"),
            ("digital_government", "Xây dựng và phát triển chính quyền điện tử, chính quyền số"),
            ("communication", "Công tác thông tin, tuyên truyền về cải cách hành chính"),
        ),
        start=1,
    )
)
BY_CODE = {field.code: field for field in FIELDS}
_BY_NUMBER = {field.number: field.code for field in FIELDS}

# Folded names that mean one field only. Those in _LOOSE are old names or neighbours of a field, taken with a warning.
_NAMES: dict[str, tuple[str, ...]] = {
    "steering": (
        "chi dao dieu hanh",
        "chi dao va dieu hanh",
        "chi dao",
        "dieu hanh",
        "cddh",
        "cd dh",
        "steering",
    ),
    "institutions": ("the che", "cctc hc", "cc the che", "institutions"),
    "procedures": ("thu tuc hanh chinh", "thu tuc", "cctthc", "tthc", "cc tthc", "kiem soat tthc", "procedures"),
    "apparatus": (
        "to chuc bo may",
        "to chuc bo may hanh chinh",
        "bo may hanh chinh",
        "bo may",
        "tcbm",
        "cctcbm",
        "apparatus",
    ),
    "civil_service": (
        "che do cong vu",
        "che do cong vu cong chuc",
        "cong vu cong chuc",
        "cong vu",
        "cccv",
        "cccdcv",
        "cdcv",
        "civil service",
    ),
    "public_finance": ("tai chinh cong", "cctcc", "tcc", "public finance"),
    "digital_government": (
        "chinh quyen dien tu",
        "chinh quyen so",
        "chinh quyen dien tu chinh quyen so",
        "chinh quyen dien tu va chinh quyen so",
        "chinh phu dien tu",
        "chinh phu so",
        "cqdt",
        "cqs",
        "cqdt cqs",
        "cpdt",
        "cps",
        "digital government",
    ),
    "communication": (
        "thong tin tuyen truyen",
        "thong tin va tuyen truyen",
        "thong tin truyen thong",
        "tuyen truyen",
        "truyen thong",
        "tttt",
        "communication",
    ),
}
_LOOSE: dict[str, tuple[str, ...]] = {
    "public_finance": ("tai chinh",),
    "institutions": ("van ban quy pham phap luat", "vbqppl"),
    "procedures": ("mot cua", "co che mot cua", "mot cua lien thong"),
    "civil_service": (
        "xay dung va nang cao chat luong doi ngu can bo cong chuc vien chuc",
        "nang cao chat luong doi ngu can bo cong chuc vien chuc",
        "doi ngu can bo cong chuc vien chuc",
        "doi ngu can bo cong chuc",
        "cbccvc",
    ),
    "digital_government": (
        "hien dai hoa hanh chinh",
        "hien dai hoa nen hanh chinh",
        "hien dai hoa",
        "ung dung cong nghe thong tin",
        "cong nghe thong tin",
        "ung dung cntt",
        "cntt",
        "chuyen doi so",
        "cds",
    ),
}
_CODE_OF = {name: code for names in (_NAMES, _LOOSE) for code, group in names.items() for name in group}
_IS_LOOSE = frozenset(name for group in _LOOSE.values() for name in group)
_ALTERNATIVES = "|".join(re.escape(name) for name in sorted(_CODE_OF, key=len, reverse=True))
_TOKEN = re.compile(rf"\b(?:(?P<name>{_ALTERNATIVES})|(?P<number>0?[1-9]|[1-9]\d))\b")
_LINKING = re.compile(
    r"\b(?:thuoc|linh vuc|lvuc|lv|so|muc|nhom|noi dung|xay dung|phat trien|cong tac|cai cach|hanh chinh|nha nuoc"
    r"|cchc|cc|ve|va|trong|cua|tai|voi|hoat dong|nhiem vu|thuc hien|day manh|quan ly|nang cao|hoan thien|doi moi"
    r"|giai phap|sang kien|mo hinh)\b"
)
_SIGNS = re.compile(r"[^\w]+")
_LIST_NUMBER = re.compile(r"\s*(\d)\s*[.)/]\s*\D")
_OWN_NUMBER = re.compile(r"^\s*\d|\(\s*\d{1,2}\s*\)")
_ROMAN = re.compile(r"\s*(?:lĩnh vực|lv|số|mục)?\s*\(?\s*(viii|vii|vi|iv|v|iii|ii|i)\s*[).]?\s*", re.IGNORECASE)
_ROMAN_NUMBERS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
_RANGE = re.compile(r"\(?\b0?([1-8])\)?\s*(?:[-–—]|đến|den|tới)\s*\(?0?([1-8])\b\)?", re.IGNORECASE)
_GLUED = re.compile(r"\b(lv|linh vuc|so|muc)(?=\d)")
_SPELLED_OUT = re.compile(r"\w(?: \w){2,}")  # "C.C.T.T.H.C"
_SECTOR = re.compile(
    r"\b(?:nganh|giao duc|y te|van hoa|dat dai|moi truong|tu phap|ho tich|lao dong|cong an|quan su|nong nghiep|thue)\b"
)
_BOX = re.compile(r"[☐☑☒□■▢▣◻◼✓✔✗✘\uf0a8\uf06f\uf0fe\uf0fd\uf052\uf0fc]|[\[(] ?[xXvV✓✔]? ?[\])]")
_TICK = re.compile(r"[☑☒■▣◼✓✔✗✘\uf0fe\uf0fd\uf052\uf0fc]|[\[(] ?[xXvV✓✔] ?[\])]")
_LINKING_WORDS = ("cai", "cach", "hanh", "chinh", "cong", "tac", "linh", "vuc", "nuoc", "phat", "trien")
_SPELT = _CODE_OF | {" ".join(_SIGNS.sub(" ", fold(field.name)).split()): field.code for field in FIELDS}
_EXACT = {fold(field.name): field.code for field in FIELDS}


@dataclass(frozen=True, slots=True)
class FieldReading:
    """Codes of the fields, or ``None`` when a person must choose; a sentence for every guess."""

    codes: tuple[str, ...] | None
    warnings: tuple[str, ...] = ()


def names(codes: tuple[str, ...]) -> str:
    """Canonical names, joined by "; " (a comma stands inside two of them)."""
    return "; ".join(BY_CODE[code].name for code in codes)


@lru_cache(maxsize=4096)
def recognise(raw: str) -> FieldReading:
    """The fields that a cell names, in the order of the cell, each once."""
    if not raw.strip(" .-–—…_"):
        return FieldReading(None, ("Chưa ghi lĩnh vực cải cách hành chính. Bạn hãy chọn lĩnh vực.",))
    otherwise = _written_otherwise(raw)
    if otherwise:
        return otherwise
    found, rest = _tokens(_without_list_numbers(raw))
    if not found or (rest and not _numbers_meant(raw, found)):
        return _guess(raw, rest)
    codes: list[str] = []
    warnings: list[str] = []
    for number, name in _pairs_of_items(_without_list_numbers(raw)):
        code, warning = _one(raw, number, name)
        if warning:
            warnings.append(warning)
        if code is None:
            return FieldReading(None, (warning,))
        if code not in codes:
            codes.append(code)
    if len(codes) == len(FIELDS) and any(isinstance(token, str) for token in found):
        why = "Ô lĩnh vực ghi cả tám lĩnh vực, chưa rõ đơn vị chọn lĩnh vực nào. Bạn hãy chọn lĩnh vực."
        return FieldReading(None, (why,))
    more = _misspelt(rest) if rest else None
    if more:
        warnings.append(f"Tệp ghi lĩnh vực “{_short(raw)}”, hiểu là {names((*codes, more))}.")
        codes.append(more)
    elif rest and not _only_slips(rest):
        warnings.append(f"Ô lĩnh vực “{_short(raw)}” còn có chữ không phải một trong tám lĩnh vực. Bạn xem lại.")
    return FieldReading(tuple(codes), tuple(warnings))


def _written_otherwise(raw: str) -> FieldReading | None:
    """A Roman number, the exact name, ticked boxes, a range of numbers; ``None`` for what is read word by word."""
    roman = _ROMAN.fullmatch(raw)
    if roman:
        meant = FIELDS[_ROMAN_NUMBERS.index(roman[1].lower())]
        guess = f"Tệp ghi lĩnh vực “{_short(raw)}”, hiểu là ({meant.number})."
        return FieldReading((meant.code,), (guess, *recognise(f"({meant.number})").warnings))
    exact = _EXACT.get(fold(raw.strip()))
    if exact:
        return FieldReading((exact,))
    if _BOX.search(raw):
        return _ticked(raw)
    counted = _RANGE.sub(_count_up, raw)
    if counted != raw:
        reading = recognise(counted)
        guess = f"Tệp ghi lĩnh vực “{_short(raw)}”, hiểu là {_short(counted)}."
        return FieldReading(reading.codes, (guess, *reading.warnings))
    return None


def _count_up(match: re.Match[str]) -> str:
    """ "(5)-(7)" → "(5), (6), (7)"; two neighbours are named in full already."""
    first, last = int(match[1]), int(match[2])
    return match[0] if last < first + 2 else ", ".join(f"({number})" for number in range(first, last + 1))


def _ticked(raw: str) -> FieldReading:
    """ "☐ Cải cách thể chế ☑ Cải cách tài chính công": what stands beside a ticked box, before or after it."""
    pieces = _BOX.split(raw)
    boxes = _BOX.findall(raw)
    names_first = bool(pieces[0].strip()) and not pieces[-1].strip()
    beside = pieces[:-1] if names_first else pieces[1:]
    chosen = [name.strip(" ,;:\n") for box, name in zip(boxes, beside, strict=True) if _TICK.fullmatch(box)]
    if not "".join(chosen):
        return FieldReading(None, (f"Ô lĩnh vực “{_short(raw)}” chưa đánh dấu lĩnh vực nào. Bạn hãy chọn lĩnh vực.",))
    reading = recognise("\n".join(chosen))
    said = f"Tệp liệt kê các lĩnh vực và đánh dấu “{_short('; '.join(chosen))}”. Bạn xem lại có đúng không."
    return FieldReading(reading.codes, (said, *reading.warnings))


def _numbers_meant(raw: str, found: list[int | str]) -> bool:
    """Beside words that are no field only "(3) …" or "3 …" is a field's number, not the one of "Phường 3"."""
    return any(isinstance(token, str) for token in found) or _OWN_NUMBER.search(raw) is not None


def _without_list_numbers(raw: str) -> str:
    """ "1. Thể chế ⏎ 2. Tài chính công": drop numbers that only count the lines, lest they contradict the names."""
    rows = [line for line in re.split(r"[\n;]", raw) if line.strip()]
    numbers = [match.group(1) if (match := _LIST_NUMBER.match(line)) else "" for line in rows]
    if len(rows) < 2 or numbers != [str(n) for n in range(1, len(rows) + 1)] or "(" in raw:
        return raw
    if all(_agrees(line) for line in rows):
        return raw
    return "\n".join(_LIST_NUMBER.sub(lambda match: match.group(0)[-1], line, count=1) for line in rows)


def _agrees(line: str) -> bool:
    found, _ = _tokens(line)
    return all(
        number is None or name is None or _BY_NUMBER.get(number) == _CODE_OF[name] for number, name in _pairs(found)
    )


def _tokens(raw: str) -> tuple[list[int | str], str]:
    """Numbers and known names in reading order, and the words that are neither."""
    words = _GLUED.sub(r"\1 ", " ".join(_SIGNS.sub(" ", fold(raw)).split()))
    if _SPELLED_OUT.fullmatch(words) and not any(sign.isdigit() for sign in words):
        words = words.replace(" ", "")
    found: list[int | str] = [
        int(match["number"]) if match["number"] else match["name"] for match in _TOKEN.finditer(words)
    ]
    rest = _LINKING.sub(" ", _TOKEN.sub(" ", words))
    return found, unicodedata.normalize("NFC", " ".join(word for word in rest.split() if len(word) > 1))


def _pairs_of_items(raw: str) -> list[tuple[int | None, str | None]]:
    """Pairs inside each line or ";" of the cell; a number alone above a name alone belongs to it."""
    items = [found for item in re.split(r"[\n;]", raw) if (found := _tokens(item)[0])]
    if len(items) == 2 and [type(token) for item in items for token in item] == [int, str]:
        items = [[*items[0], *items[1]]]
    pairs = [pair for item in items for pair in _pairs(item)]
    return pairs or _pairs(_tokens(raw)[0])  # a name broken over two lines


def _pairs(found: list[int | str]) -> list[tuple[int | None, str | None]]:
    """A number belongs to the name after it; when the cell begins with a name, to the name before it."""
    pairs: list[tuple[int | None, str | None]] = []
    name_first = isinstance(found[0], str) if found else False
    for token in found:
        last = pairs[-1] if pairs else (None, None)
        if isinstance(token, int):
            if name_first and last[1] is not None and last[0] is None:
                pairs[-1] = (token, last[1])
            else:
                pairs.append((token, None))
        elif not name_first and last[0] is not None and last[1] is None:
            pairs[-1] = (last[0], token)
        elif last[1] is not None and _CODE_OF[last[1]] == _CODE_OF[token]:
            continue  # "chính quyền điện tử, chính quyền số" is one field
        else:
            pairs.append((None, token))
    return pairs


def _one(raw: str, number: int | None, name: str | None) -> tuple[str | None, str]:
    """One number, one name, or both: its code and the warning that goes with it."""
    by_number = _BY_NUMBER.get(number) if number is not None else None
    by_name = _CODE_OF[name] if name is not None else None
    if number is not None and by_number is None:
        return None, f"Tệp ghi lĩnh vực “{_short(raw)}”: không có lĩnh vực số {number}. Bạn hãy chọn lĩnh vực."
    if by_name is None:
        if number == 2:
            return by_number, (
                "Tệp chỉ ghi lĩnh vực (2), hiểu là Cải cách thể chế. "
                "Kế hoạch in mục (2) và mục (3) giống nhau, bạn xem lại có đúng không."
            )
        return by_number, ""
    if by_number is None or by_number == by_name:
        if name in _IS_LOOSE:
            return by_name, f"Tệp ghi lĩnh vực “{_short(raw)}”, hiểu là {BY_CODE[by_name].name}."
        return by_name, ""
    if number == 2 and by_name == "procedures":
        return None, (
            f"Tệp ghi “{_short(raw)}”. Kế hoạch in mục (2) và mục (3) giống nhau, "
            "còn Cải cách thể chế thì không được in. "
            "Đơn vị muốn nói (3) Cải cách thủ tục hành chính hay (2) Cải cách thể chế?"
        )
    return None, (
        f"Tệp ghi “{_short(raw)}”: số {number} là {BY_CODE[by_number].name}, nhưng tên là {BY_CODE[by_name].name}. "
        "Bạn hãy chọn lĩnh vực."
    )


def _guess(raw: str, rest: str) -> FieldReading:
    """No number and no known name: a slip of the keyboard, a sector, or something else."""
    code = _misspelt(" ".join(_SIGNS.sub(" ", fold(raw)).split())) or _misspelt(rest)
    if code:
        return FieldReading((code,), (f"Tệp ghi lĩnh vực “{_short(raw)}”, hiểu là {BY_CODE[code].name}.",))
    if _SECTOR.search(fold(raw)):
        why = f"Tệp ghi “{_short(raw)}”: đây là ngành, không phải lĩnh vực cải cách hành chính. Bạn hãy chọn lĩnh vực."
        return FieldReading(None, (why,))
    return FieldReading(None, (f"Chưa hiểu lĩnh vực “{_short(raw)}”. Bạn hãy chọn lĩnh vực.",))


def _misspelt(words: str) -> str | None:
    """The one field whose name differs from the words by up to a letter in seven; ``None`` when two fit or none."""
    fits = {
        code
        for name, code in _SPELT.items()
        if len(name) > 6 and abs(len(name) - len(words)) <= 3 and _distance(words, name) <= max(1, len(name) // 7)
    }
    return fits.pop() if len(fits) == 1 else None


def _only_slips(rest: str) -> bool:
    """ "hanh chinhh", "cai cahc": words that a field's name goes on with, off by a letter."""
    return all(any(_distance(word, known) <= 1 for known in _LINKING_WORDS) for word in rest.split() if len(word) > 3)


def _distance(a: str, b: str) -> int:
    """Letters to change, add or drop (Levenshtein)."""
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        current = [i]
        for j, y in enumerate(b, start=1):
            current.append(min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (x != y)))
        previous = current
    return previous[-1]


def _short(raw: str) -> str:
    text = " ".join(raw.split())
    return text if len(text) <= 80 else text[:79].rstrip() + "…"
