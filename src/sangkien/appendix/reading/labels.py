"""The description in one cell: "- Thực trạng: … - Nội dung: … - Hiệu quả: … - Tính mới: …", as people really type it.

A label opens a line. Bullets, numbers, order, marks and one wrong letter do not matter; words around the label may
qualify it ("Thực trạng trước khi áp dụng:", "Kết quả, hiệu quả mang lại:"). The same words inside a sentence stay text.
Of the labels that mean one part the form's own word wins: beside "Hiệu quả:" a line "Kết quả: …" stays text.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from sangkien.appendix.columns import PART_NAMES, Column, recognise
from sangkien.appendix.reading.label_words import FIRST_WORDS, KEYS, QUALIFIERS, SPELT, STRONG
from sangkien.appendix.reading.markers import bullet_end, marker
from sangkien.appendix.reading.tidy import (
    KEEP_AS_TEXT,
    cached_fold,
    clean,
    clean_but_guards,
    is_blank,
    lines,
    nearly,
    quote,
)

_KEY_ALTERNATIVES = "|".join(sorted(KEYS, key=len, reverse=True))
_HEAD = re.compile(rf"(?:(?:cac|ve|phan) )?(?P<key>{_KEY_ALTERNATIVES})(?P<rest>(?: \w+)*)")
_KEY_WORD = re.compile(rf"\b(?:{_KEY_ALTERNATIVES})\b")
_TAG = re.compile(r"</?(?:ul|ol|li|p|div|br|span|b|strong)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_SIGNS = re.compile(r"[^\w\s]+")
_AFTER = re.compile(r"\s*[:：]\s*[-–]?\s*|\s+[-–—]\s+|\s*[.]\s+|\s*;\s+|\s*=>?\s*")
_DASHES = frozenset("-–—")
_ONE_WORD = re.compile(r"kinh tế\s*[-–]\s*xã hội", re.IGNORECASE)
_STEP = re.compile(r"\s[-–—]\s+[A-ZĐ]\w*\s+\d+\s*$")  # "Nội dung – Bước 1: …": the colon belongs to the step
_JOINED = re.compile(r"\s*[,/&+;]\s*|\s+[-–—]\s+|\s+và\s+", re.IGNORECASE)
# What Telex leaves when the machine's Vietnamese is off: "Hieeuj quar", "Nooij dung", "Thuwcj trangj".
_TELEX_TONE = re.compile(r"(?<=[aeiouyw])[sfrxj]|(?<=[aeiouyw](?:ng|nh|ch))[sfrxj]|(?<=[aeiouyw][cmnpt])[sfrxj]")
_TELEX_MARK = re.compile(r"([adeo])\1|w")
_NAMED_COLUMNS = {Column.TITLE: 3.0, Column.UNIT: 1.0, Column.FIELD: 2.0}  # and how clearly it must be said
_NAMED_LINE = re.compile(r"\s*[-+•*–]?\s*(?:\(?\w{1,2}[.)]\s*)?(?P<name>[^:\n]{3,50}?)\s*:\s*(?P<text>\S.*)")
_LONGEST_HEAD = 110
_LONGEST_ALONE = 70
_MIDLINE = re.compile(
    r"(?:(?<=[.;…!?”\"])\s+|(?<=:)\s*|\s+(?=[-–+•*]\s))(?P<bullet>[-–+•*]\s*)?"
    r"(?P<label>(?:Thực trạng|Hiện trạng|Nội dung|Hiệu q[uủ][ảa]|Tính mới|Điểm mới|Mặt (?:còn )?hạn chế|Kết quả"
    r"|THỰC TRẠNG|NỘI DUNG|HIỆU QUẢ|TÍNH MỚI)[^:.;\n]{0,60}?)\s*:"
)


@dataclass(slots=True)
class Label:
    """A label found at the start of a line: what it means, and what of the line follows it."""

    part: Column
    text: str
    spelt: str
    strong: bool = True
    guess: str = ""
    bullet: str = ""


@dataclass(slots=True)
class Description:
    """The parts of a description. ``labelled`` is False when no label was found and everything is content."""

    parts: dict[Column, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    labelled: bool = True


def split_description(text: str, bold_starts: tuple[int, ...] = ()) -> Description:
    """Parts of a description cell; empty parts are left out. Warnings carry no row number, the caller adds it."""
    if "<" in text and _TAG.search(text):  # "<ul …>- Thực trạng:" stands in the plan's own form
        text, bold_starts = _TAG.sub("\n", text), ()
    rows, bold = _rows(_with_colons_for_tabs(text) if "\t" in text else text, bold_starts)
    found = [find_label(row, bold=is_bold) for row, is_bold in zip(rows, bold, strict=True)]
    rows, found = _with_midline_labels(rows, found)
    _settle_weak_labels(rows, found)
    result = Description(labelled=any(found))
    _gather(result, rows, found)
    if not result.labelled and result.parts:
        result.warnings.append(
            "phần mô tả không ghi Thực trạng, Nội dung, Hiệu quả, Tính mới; "
            "toàn bộ được đưa vào Nội dung. Bạn xem và tách lại"
        )
    return result


def find_label(line: str, *, bold: bool = False) -> Label | None:
    """The label that opens a tidy line, or ``None``."""
    start = bullet_end(line)
    first = line[start : start + 12].split(" ", 1)[0].strip(":.,/[]“”\"'=")
    if not first or line[start] == KEEP_AS_TEXT:
        return None
    if cached_fold(first) not in FIRST_WORDS:
        return _misspelt(line, start)
    return (
        _colon_label(line, start)
        or _dash_label(line, start)
        or _lone_label(line, start)
        or _bold_label(line, start, bold)
        or _misspelt(line, start)
    )


def named_line(line: str) -> tuple[Column, str] | None:
    """ "Tên giải pháp: …", "Đơn vị: …", "Lĩnh vực: …" as a line of a description: the column and the text."""
    match = _NAMED_LINE.match(line) if ":" in line[:60] else None
    if match is None or KEEP_AS_TEXT in match["name"]:
        return None
    heading = recognise(" ".join(match["name"].split()))
    if heading.weight < _NAMED_COLUMNS.get(heading.column, 9.0):
        return None
    return heading.column, match["text"]


def protect(prefix: str, text: str) -> str:
    """``prefix + text`` with a sign before every word of ``text`` that would be taken for a label when read again.

    ``prefix`` is the label under which the text is written ("- Nội dung: "); ``text`` is tidy.
    """
    first, *rest = text.split("\n")
    rows = [_protect_midline(prefix + first, len(prefix.rstrip()))]
    for row in rest:
        start = bullet_end(row)
        risky = find_label(row) or find_label(row, bold=True) or named_line(row)
        guarded = f"{row[:start]}{KEEP_AS_TEXT}{row[start:]}" if risky else row
        rows.append(_protect_midline(guarded, 0))
    return "\n".join(rows)


def _protect_midline(row: str, start: int) -> str:
    if row.find(":", start) < 0:  # most rows: a label has its colon
        return row
    match = _MIDLINE.search(row, start)
    while match:
        place = match.start("label")
        row = f"{row[:place]}{KEEP_AS_TEXT}{row[place:]}"
        match = _MIDLINE.search(row, place + 1)
    return row


def _with_colons_for_tabs(text: str) -> str:
    """ "Thực trạng ⇥ Một": a small table inside the cell; a colon for the tab keeps the offsets of bold starts."""
    rows = text.split("\n")
    for index, row in enumerate(rows):
        head, tab, rest = row.partition("\t")
        start = bullet_end(head)
        if tab and ":" not in head and not is_blank(rest) and _head(head[start:].strip()):
            rows[index] = f"{head}:{rest}"
    return "\n".join(rows)


def _rows(text: str, bold_starts: tuple[int, ...]) -> tuple[list[str], list[bool]]:
    """Tidy lines, and whether each begins in bold."""
    if not bold_starts:
        rows = lines(clean_but_guards(text))
        return rows, [False] * len(rows)
    rows, bold, offset = [], [], 0
    for raw in text.split("\n"):
        for row in lines(clean_but_guards(raw)):
            rows.append(row)
            bold.append(any(offset <= start <= offset + len(raw) - len(raw.lstrip()) + 4 for start in bold_starts))
        offset += len(raw) + 1
    return rows, bold


def _colon_label(line: str, start: int) -> Label | None:
    colon = line.find(":", start, start + _LONGEST_HEAD)
    if colon < 0 or _STEP.search(line, start, colon):
        return None
    return _label(line, start, colon, line[colon + 1 :])


def _dash_label(line: str, start: int) -> Label | None:
    """ "Thực trạng - Trước đây…", "Thực trạng. Trước đây…"; only before a dash may other words qualify the label."""
    match = _AFTER.search(_ONE_WORD.sub(lambda found: "x" * len(found[0]), line[: start + 60]), start)
    if match is None or match.end() >= len(line) or not line[match.end()].isupper():
        return None
    words = line[start : match.start()]
    if cached_fold(words) not in STRONG and not (match.group().strip() in _DASHES and _head(words)):
        return None
    return _label(line, start, match.start(), line[match.end() :])


def _lone_label(line: str, start: int) -> Label | None:
    if len(line) - start > _LONGEST_ALONE or line[-1] in ",;!?":
        return None
    return _label(line, start, len(line.rstrip(". ")), "")


def _bold_label(line: str, start: int, bold: bool) -> Label | None:
    """ "**Thực trạng** Trước đây…": bold, without a sign after it."""
    if not bold:
        return None
    words = line[start:].split(" ", 3)
    if len(words) < 3 or cached_fold(" ".join(words[:2])) not in STRONG or not words[2][:1].isupper():
        return None
    end = start + len(words[0]) + 1 + len(words[1])
    label = _label(line, start, end, line[end:])
    if label:
        label.guess = f"sau chữ {quote(line[start:end])} không có dấu hai chấm"
    return label


def _label(line: str, start: int, end: int, text: str) -> Label | None:
    head = _head(line[start:end])
    if head is None:
        return None
    name, part = head
    words = line[start:end].strip()
    guess = _misspelling(line[start:end], name) or _combined(words, part)
    if line[:start].endswith("**"):
        text = text.strip().removeprefix("**")  # "**Nội dung:** …", bold as chat programs write it
    return Label(part, text.strip(), words, name in STRONG, guess, marker(line[:start]))


@lru_cache(maxsize=4096)
def _head(words: str) -> tuple[str, Column] | None:
    """The label whose words these are, with or without qualifiers; ``None`` when they are an ordinary sentence."""
    folded = " ".join(_SIGNS.sub(" ", _BRACKETS.sub(" ", cached_fold(clean(words)))).split())
    match = _HEAD.fullmatch(folded)
    if match is None:
        return None
    rest = _KEY_WORD.sub(" ", match["rest"]).split()
    if len(rest) > 9 or not all(word in QUALIFIERS or word.isdigit() for word in rest):
        return None
    name = match["key"]
    strong = (
        name
        if name in STRONG
        else next((found for found in _KEY_WORD.findall(match["rest"]) if STRONG.get(found) is KEYS[name]), name)
    )
    return strong, KEYS[name]


@lru_cache(maxsize=2048)
def _misspelling(words: str, name: str) -> str:
    """A sentence when the letters agree only after the marks are taken off ("Hiệu qủa")."""
    lower = " ".join(words.lower().split())
    if any(spelt in lower for spelt in SPELT if cached_fold(spelt) == name) or words.isascii():
        return ""
    return f"tệp viết {quote(words)}, hiểu là {PART_NAMES[KEYS[name]]}"


@lru_cache(maxsize=2048)
def _combined(words: str, part: Column) -> str:
    """A sentence when one label names two parts ("Nội dung, hiệu quả:"), whose text nobody has parted."""
    pieces = _JOINED.split(words)
    named = {head[1] for piece in pieces[1:] if (head := _head(piece)) and (head[0] in STRONG or head[0] == "ket qua")}
    if not named - {part, Column.LIMITATIONS}:
        return ""
    return f"nhãn {quote(words)} gộp nhiều phần, toàn bộ được đưa vào {PART_NAMES[part]}; bạn xem và tách lại"


def _misspelt(line: str, start: int) -> Label | None:
    """One wrong letter in the form's own four labels, or the keys of Telex, before a colon: "Thực trạnh:"."""
    colon = line.find(":", start + 6, start + 16)
    if colon < 0 or not line[start].isupper():
        return None
    part = _nearly_label(line[start:colon].strip())
    if part is None:
        return None
    guess = f"tệp viết {quote(line[start:colon])}, hiểu là {PART_NAMES[part]}"
    return Label(part, line[colon + 1 :].strip(), line[start:colon], True, guess, marker(line[:start]))


@lru_cache(maxsize=2048)
def _nearly_label(words: str) -> Column | None:
    folded = cached_fold(words)
    typed = _TELEX_MARK.sub(r"\1", _TELEX_TONE.sub("", folded))
    part = STRONG.get(typed) if typed != folded else None
    return part or next((part for name, part in STRONG.items() if len(name) >= 8 and nearly(folded, name)), None)


def _with_midline_labels(rows: list[str], found: list[Label | None]) -> tuple[list[str], list[Label | None]]:
    """Break a line that holds several labels ("- Thực trạng: a. - Nội dung: b.").

    Only for parts that no line of the cell opens, and without a bullet only when the whole cell is this one line:
    elsewhere the words belong to the sentence.
    """
    seen = {label.part for label in found if label}
    if not seen:
        return rows, found
    alone = len(rows) == 1
    new_rows: list[str] = []
    new_found: list[Label | None] = []
    for row, label in zip(rows, found, strict=True):
        pieces = _break(row, seen, alone) if label and row.count(":") > 1 else [row]
        new_rows += pieces
        new_found.append(label if len(pieces) == 1 else find_label(pieces[0]))
        new_found += [_midline_label(piece) for piece in pieces[1:]]
    return new_rows, new_found


def _midline_label(piece: str) -> Label | None:
    label = find_label(piece)
    if label and not label.guess:
        label.guess = f"{PART_NAMES[label.part]} nằm giữa đoạn, được tách ra"
    return label


def _break(row: str, seen: set[Column], alone: bool) -> list[str]:
    cuts = [0]
    for match in _MIDLINE.finditer(row):
        head = _head(match["label"])
        if head and head[1] not in seen and (match["bullet"] or alone) and match.start() > 0:
            cuts.append(match.start())
            seen.add(head[1])
    return [row[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(row)], strict=True)]


def _settle_weak_labels(rows: list[str], found: list[Label | None]) -> None:
    """A weak label is text where its part has a strong one, and where a limitation is told inside the situation."""
    strong = {label.part for label in found if label and label.strong}
    current: Label | None = None
    for index, label in enumerate(found):
        if label is None:
            continue
        inside = current is not None and _is_inside(label, current)
        leads = current is None and not label.strong and _leads(label, found[index + 1 :])
        if inside or (not label.strong and label.part in strong and not leads):
            found[index] = None
            if current is None and not label.text:
                rows[index] = ""  # "Mô tả giải pháp:" over the four labels is a heading
        else:
            current = label


def _leads(label: Label, below: list[Label | None]) -> bool:
    """Whether a weak label opens the description, right above the strong one of its part: "Sự cần thiết: …"."""
    following = next((one for one in below if one), None)
    return bool(label.text) and following is not None and following.strong and following.part is label.part


def _is_inside(label: Label, current: Label) -> bool:
    """Whether a label is a point of the part above it: "1.1. Kết quả" in "1. Nội dung", "+ Hạn chế" in a situation."""
    if label.part is Column.LIMITATIONS and current.part is Column.SITUATION:
        return label.bullet != current.bullet
    deeper = label.bullet.startswith("1.1") and not current.bullet.startswith("1.1")
    return deeper and not label.strong and current.bullet.startswith("1")


def _gather(result: Description, rows: list[str], found: list[Label | None]) -> None:
    texts: dict[Column, list[str]] = {}
    firsts: dict[Column, tuple[str, Label]] = {}
    before: list[str] = []
    current: list[str] = before
    for row, label in zip(rows, found, strict=True):
        if label is None:
            if row:
                current.append(row)
            continue
        told = texts.get(label.part)
        if told is not None and (told or (label.text and _says_more(label, firsts[label.part][1]))):
            current = told
            _keep_first_label(current, *firsts[label.part], label)
            current.append(row)
            continue
        current = texts[label.part] = [label.text] if label.text else []
        firsts[label.part] = row, label
        if label.guess:
            result.warnings.append(label.guess)
    if before and any(found) and not is_blank("".join(before)):
        result.warnings.append("có chữ đứng trước nhãn đầu tiên, được đưa vào Nội dung")
    if before:
        texts[Column.CONTENT] = before + texts.get(Column.CONTENT, [])
    for part, part_lines in texts.items():
        text = clean("\n".join(part_lines)).strip()
        if not is_blank(text):
            result.parts[part] = text


def _says_more(label: Label, other: Label) -> bool:
    """Whether a label has words that neither the form nor another label of its part has: "Hiệu quả kinh tế"."""
    words = cached_fold(label.spelt)
    return words not in STRONG and words != cached_fold(other.spelt)


def _keep_first_label(texts: list[str], row: str, first: Label, second: Label) -> None:
    """ "Hiệu quả kinh tế: …" and "Hiệu quả xã hội: …": the first keeps its words too, as the second does."""
    if not _says_more(first, second) or (first.strong and not _says_more(second, first)):
        return
    if first.text and texts[:1] == [first.text]:
        texts[0] = row
    elif not first.text and texts[:1] != [row]:
        texts.insert(0, row)
