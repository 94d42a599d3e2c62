"""From the file to what a person checks. Never raises: a file that cannot be read is told as such."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.appendix.fields import BY_CODE
from sangkien.appendix.model import Outcome
from sangkien.appendix.reading import blocks_of
from sangkien.appendix.reading.source import Refusal, Source
from sangkien.appendix.reading.tidy import key
from sangkien.campaigns.plan_file.dates import DEADLINE, LONG, WINDOW, day_of, time_of
from sangkien.campaigns.plan_file.fields import read_fields, read_owners
from sangkien.campaigns.plan_file.model import Found, PlanReading
from sangkien.campaigns.plan_file.text import letterhead, lines_of

_HEAD: Final = 30  # lines in which number, date and title stand
_SYMBOL: Final = re.compile(
    r"\bsố\s*:?\s*(?P<number>\d{1,6})?[\s.…_]*/\s*(?P<notation>[A-ZĐ][A-ZĐa-zđ\d.-]{0,30})", re.IGNORECASE
)
_ATTACHED: Final = re.compile(
    r"kèm theo kế hoạch\s+(?P<symbol>số\s*:?\s*\d{1,6}\s*/\s*\S{1,30})\s+(?P<day>ngày\s+.{6,40}?)\s+của\s+"
    r"(?P<issuer>[^)]{3,150})\)?",
    re.IGNORECASE,
)
_ISSUES: Final = re.compile(r"^(?P<issuer>.{5,120}?)\s+(?:ban hành|xây dựng)\s+kế hoạch\b", re.IGNORECASE)
_BASIS: Final = re.compile(
    r"^(?:căn cứ|thực hiện (?:kế hoạch|quyết định|công văn|chỉ thị|nghị quyết) số)\b", re.IGNORECASE
)
_SECTION: Final = re.compile(r"^(?:I|1|Phần)\s*[.)]?\s")
_YEAR: Final = re.compile(r"\bnăm\s+(20\d{2})\b", re.IGNORECASE)
_ISSUED_BY_OTHER: Final = re.compile(
    r"số\s*[\w./-]{1,30}-UBND\b(?:\s+ngày\s+[^;]{0,40}?)?\s+của\s+(?P<who>(?:Sở|Phòng|Ban|Chi cục|Bộ)\s[^;,]{2,60}?)"
    r"(?=\s+về\b|\s+Thành phố\b|[;,.]|$)"
)
_PERSON: Final = re.compile(
    r"(?:\d[\s.\-()]*){9,}|@|\b(?:ông|bà|đồng chí|đ/c|anh|chị|họ tên|điện thoại|đt|sđt)\b", re.IGNORECASE
)
_CONTACT: Final = re.compile(r"\bliên hệ\s+(?:với\s+|về\s+)?(?P<who>.{3,200})", re.IGNORECASE)
_LONGEST_TITLE: Final = 500


def read_plan(path: Path, name: str | None = None) -> PlanReading:
    """What the file of a plan says. ``name``: the file's name as the person knows it, when the path is a temporary one.

    Names, telephone numbers and mailboxes of persons are left out.
    """
    shown = name or path.name
    try:
        source = blocks_of(path, shown)
    except Refusal as refusal:
        return PlanReading(file=shown, outcome=refusal.outcome, message=refusal.sentence)
    lines = lines_of(source)
    if not any(key(line).startswith("ke hoach") for line in lines):
        message = _("Không thấy chữ “Kế hoạch” trong tệp. Bạn xem lại đã chọn đúng tệp của kế hoạch chưa.")
        return PlanReading(file=shown, outcome=Outcome.NO_REPORT_TABLE, message=message)
    return _read(shown, source, lines)


def _read(shown: str, source: Source, lines: Sequence[str]) -> PlanReading:
    head = _read_head(source, lines)
    year = _year(head)
    window = _read_window(lines, year.value if year else None)
    fields = read_fields(lines)
    bases = _read_bases(lines)
    owners = read_owners(lines)
    contact, about_contact = _read_contact(lines)
    owned = {code for owner in owners for code in owner.fields}
    unowned = _without_owner([field.code for field in fields.fields if field.code], owned)
    return PlanReading(
        file=shown,
        outcome=Outcome.PARSED,
        number=head.number,
        notation=head.notation,
        issued_date=head.issued_date,
        issuer=head.issuer,
        title=head.title,
        year=year,
        opens_date=window.opens_date,
        closes_date=window.closes_date,
        closes_time=window.closes_time,
        bases=bases,
        fields=fields.fields,
        owners=tuple(owners),
        errata=fields.errata,
        contact=contact,
        questions=(
            *head.questions, *window.questions, *_about_bases(bases), *fields.questions, *unowned, *about_contact,
        ),
    )  # fmt: skip


# -- number, date, issuer, title


@dataclass(frozen=True, slots=True)
class _Head:
    number: Found[int] | None
    notation: Found[str] | None
    issued_date: Found[date] | None
    issuer: Found[str] | None
    title: Found[str] | None
    questions: tuple[str, ...]


def _read_head(source: Source, lines: Sequence[str]) -> _Head:
    at = next(place for place, line in enumerate(lines) if key(line).startswith("ke hoach"))
    top = lines[: min(at, _HEAD)]
    attached = next(((line, found) for line in lines if (found := _ATTACHED.search(line))), None)
    number, notation = _symbol(top) or (None, None)
    issued = next((Found(day, line) for line in top if (day := _long_day(line))), None)
    title = _title(lines, at)
    issuer = _issuer(letterhead(source), lines[at : at + _HEAD])
    questions: list[str] = []
    if attached:
        line, found = attached
        there = _symbol([found["symbol"]])
        day = _long_day(found["day"])
        if number is None and there is not None:
            number, notation = there[0] and Found(there[0].value, line), Found(there[1].value, line)
        if issued is None and day is not None:
            issued = Found(day, line)
        elif issued is not None and day is not None and day != issued.value:
            questions.append(
                _("Đầu kế hoạch ghi ngày %(head)s, phụ lục ghi ngày %(attached)s. Bạn xem lại ngày ban hành.")
                % {"head": date_format(issued.value, "d/m/Y"), "attached": date_format(day, "d/m/Y")}
            )
        issuer = issuer or Found(found["issuer"].strip(), line)
    questions += [
        text
        for missing, text in (
            (number, _("Kế hoạch chưa có số. Bạn ghi số, ký hiệu khi ban hành.")),
            (issued, _("Kế hoạch chưa có ngày. Bạn ghi ngày ban hành.")),
            (issuer, _("Chưa rõ cơ quan ban hành. Bạn chọn đơn vị ban hành.")),
            (title, _("Không đọc được tên kế hoạch. Bạn ghi tên kế hoạch.")),
        )
        if missing is None
    ]
    return _Head(number, notation, issued, issuer, title, tuple(questions))


def _symbol(lines: Sequence[str]) -> tuple[Found[int] | None, Found[str]] | None:
    for line in lines:
        found = _SYMBOL.search(line)
        if found:
            number = Found(int(found["number"]), line) if found["number"] else None
            return number, Found(found["notation"].rstrip(".-"), line)
    return None


def _long_day(line: str) -> date | None:
    found = LONG.search(line)
    return day_of(found, 1) if found else None


def _issuer(bodies: Sequence[str], preamble: Sequence[str]) -> Found[str] | None:
    """The lowest body of the letterhead; else who "ban hành Kế hoạch" in the preamble."""
    above: list[str] = []
    for line in bodies:
        if _SYMBOL.search(line) or key(line).startswith("so "):
            break
        above.append(line)
    if above:
        whole = key(above[-1]).startswith(
            ("quan ", "phuong ", "huyen ", "xa ", "thanh pho ", "tinh ", "thi ", "dac khu ")
        )
        both = len(above) > 1 and whole and key(above[-2]) in ("uy ban nhan dan", "ubnd")
        name = f"{above[-2]} {above[-1]}" if both else above[-1]
        return Found(name, "\n".join(above))
    for line in preamble:
        found = _ISSUES.match(line)
        if found and not _BASIS.match(line):
            return Found(found["issuer"].strip(" ,"), line)
    return None


def _title(lines: Sequence[str], at: int) -> Found[str] | None:
    """What stands under (or behind) "KẾ HOẠCH", up to the legal bases."""
    parts = [re.sub(r"^kế hoạch\s*", "", lines[at], flags=re.IGNORECASE)]
    for line in lines[at + 1 : at + 8]:
        if _BASIS.match(line) or _SECTION.match(line) or _ISSUES.match(line) or LONG.search(line):
            break
        parts.append(line.strip("*"))
    title = " ".join(part for part in parts if part).strip()
    return Found(title, "\n".join(lines[at : at + len(parts)])) if 0 < len(title) <= _LONGEST_TITLE else None


def _year(head: _Head) -> Found[int] | None:
    printed = _YEAR.findall(head.title.value) if head.title else []
    if printed and head.title:
        return Found(int(printed[-1]), head.title.value)
    return Found(head.issued_date.value.year, head.issued_date.passage) if head.issued_date else None


# -- the window


@dataclass(frozen=True, slots=True)
class _Window:
    opens_date: Found[date] | None = None
    closes_date: Found[date] | None = None
    closes_time: Found[time] | None = None
    questions: tuple[str, ...] = ()


def _read_window(lines: Sequence[str], year: int | None) -> _Window:
    """The first "từ ngày … đến ngày …"; where there is none, the first "trước ngày …" of a line on reports."""
    pairs = [(line, found) for line in lines for found in WINDOW.finditer(line)]
    spans: list[tuple[str, re.Match[str], date, date]] = []
    for line, found in pairs:
        closes = day_of(found, 2, year)
        opens = day_of(found, 1, closes.year if closes else year)
        if opens and closes and opens <= closes:
            spans.append((line, found, opens, closes))
    if not spans:
        return _only_deadline(lines, year)
    line, found, opens, closes = next((each for each in spans if "bao cao" in key(each[0])), spans[0])
    others = dict.fromkeys(each[2:] for each in spans if each[2:] != (opens, closes))
    shown = "; ".join(f"{date_format(one, 'd/m/Y')} – {date_format(two, 'd/m/Y')}" for one, two in others)
    text = _("Kế hoạch còn ghi khoảng thời gian khác: %s. Bạn xem lại thời gian nhận báo cáo.")
    hour = time_of(found)
    return _Window(
        Found(opens, line), Found(closes, line), Found(hour, line) if hour else None, (text % shown,) if shown else ()
    )


def _only_deadline(lines: Sequence[str], year: int | None) -> _Window:
    for line in lines:
        if "bao cao" not in key(line):
            continue
        found = DEADLINE.search(line)
        closes = day_of(found, 2, year) if found else None
        if found is None or closes is None:
            continue
        hour = time_of(found)
        questions = [_("Kế hoạch chỉ ghi hạn cuối. Bạn ghi ngày bắt đầu nhận báo cáo.")]
        if key(found["how"]) == "truoc" and hour is None:
            questions.append(
                _("Kế hoạch ghi “trước ngày %(day)s”. Hết ngày %(day)s có còn nhận không? Bạn xem lại hạn cuối.")
                % {"day": date_format(closes, "d/m/Y")}
            )
        return _Window(None, Found(closes, line), Found(hour, line) if hour else None, tuple(questions))
    return _Window(questions=(_("Không thấy thời gian nhận báo cáo trong kế hoạch. Bạn ghi ngày mở và ngày đóng."),))


# -- bases, contact, owners


def _read_bases(lines: Sequence[str]) -> tuple[Found[str], ...]:
    """The paragraphs before the first section that begin "Căn cứ", as printed without the sign at their end."""
    preamble: list[str] = []
    for line in lines:
        if preamble and (_SECTION.match(line) or _ISSUES.match(line)):
            break
        if _BASIS.match(line):
            preamble.append(line)
    return tuple(Found(line.rstrip(" ;.,"), line) for line in preamble)


def _about_bases(bases: Sequence[Found[str]]) -> list[str]:
    """A number of the People's Committee on a paper of another body: kept as printed, asked about."""
    return [
        _(
            "Căn cứ ghi ký hiệu của Ủy ban nhân dân nhưng văn bản là của %(who)s: “%(printed)s”. "
            "Giữ như in; bạn xem lại."
        )
        % {"who": found["who"].strip(), "printed": basis.value[:120]}
        for basis in bases
        if (found := _ISSUED_BY_OTHER.search(basis.value))
    ]


def _without_owner(codes: Sequence[str], owned: set[str]) -> list[str]:
    text = _("Chưa thấy đơn vị phụ trách “%s” trong kế hoạch. Bạn chọn đơn vị.")
    return [text % BY_CODE[code].name for code in codes if code not in owned]


def _read_contact(lines: Sequence[str]) -> tuple[Found[str] | None, list[str]]:
    """The role to ask. A line with a person's name, telephone or mailbox is left out whole."""
    for line in lines:
        found = _CONTACT.search(line)
        if found is None:
            continue
        if _PERSON.search(line):
            return None, [
                _(
                    "Phần liên hệ của kế hoạch có tên, số điện thoại hoặc thư của một người nên không chép. "
                    "Bạn ghi phần việc và thư chung của đơn vị."
                )
            ]
        return Found(re.split(r"\s+để\s+", found["who"])[0].strip(" .;,"), line), []
    return None, []
