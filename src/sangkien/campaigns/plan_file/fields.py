"""The fields that a plan lists, and the offices that it puts in charge of them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from sangkien.appendix import fields as catalogue
from sangkien.appendix.reading.tidy import key
from sangkien.campaigns.plan_file.model import FoundField, FoundOwner
from sangkien.campaigns.presets.shape import ErratumPreset

_ITEM: Final = re.compile(r"\((\d{1,2})\)\s*([^;()]{3,300}?)\s*(?=[;.](?:\s|$)|$|\(\d)")
_FEWEST: Final = 3
_HEADING: Final = re.compile(
    r"^(?:\d{1,2}|[a-zđ])[.)]\s*((?:Phòng|Văn phòng|Sở|Ban|Trung tâm|Thanh tra|Công an)\b.{2,150})$"
)
_IN_CHARGE: Final = re.compile(
    r"^[-+•*]?\s*(?P<office>[^:]{3,120}?)\s+(?:phụ trách|chịu trách nhiệm)(?:\s+các)?\s+lĩnh vực\s*:?\s*"
    r"(?P<names>.{3,600})$",
    re.IGNORECASE,
)
_ON_FIELDS: Final = re.compile(r"(?:các|thuộc|trên)\s+(?:\w+\s+)?lĩnh vực\s*:\s*(?P<names>.{3,600})$", re.IGNORECASE)
_APPRAISES: Final = re.compile(r"thẩm định.{0,300}?đối với\s+(?P<names>công tác\s+.{3,200})$", re.IGNORECASE)
_SECTOR: Final = re.compile(r"\bngành\s+(?P<sector>giáo dục|y tế|văn hóa|nông nghiệp|xây dựng)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fields:
    """The list of a plan, with what it contradicts itself in."""

    fields: tuple[FoundField, ...] = ()
    errata: tuple[ErratumPreset, ...] = ()
    questions: tuple[str, ...] = ()


def read_fields(lines: Sequence[str]) -> Fields:
    """The first list "(1) …; (2) …" of fields."""
    for line in lines:
        items = [(int(match[1]), match[2].strip(" ,.")) for match in _ITEM.finditer(line)]
        if len(items) < _FEWEST or [number for number, _name in items] != list(range(1, len(items) + 1)):
            continue
        found = tuple(FoundField(number, name, _code(name), line) for number, name in items)
        if sum(field.code is not None for field in found) >= _FEWEST:
            return _put_right(found)
    return Fields(questions=(_("Không thấy danh sách lĩnh vực trong kế hoạch. Bạn chọn các lĩnh vực."),))


def _code(name: str) -> str | None:
    codes = catalogue.recognise(name).codes
    return codes[0] if codes and len(codes) == 1 else None


def _put_right(found: tuple[FoundField, ...]) -> Fields:
    """A name that is printed twice in the place of the one that is missing; told, kept as printed, asked about."""
    codes = Counter(field.code for field in found if field.code)
    twice = [field for field in found if field.code and codes[field.code] > 1]
    missing = [each for each in catalogue.FIELDS if each.code not in codes]
    questions = [
        _("Lĩnh vực (%(number)d) “%(name)s” chưa rõ là lĩnh vực nào. Bạn chọn lĩnh vực.")
        % {"number": field.number, "name": field.name_as_printed}
        for field in found
        if field.code is None
    ]
    if not twice:
        return Fields(found, (), tuple(questions))
    printed = "; ".join(f"({field.number}) {field.name_as_printed}" for field in twice)
    if len(twice) != 2 or len(missing) != 1:
        questions.append(_("Kế hoạch in một lĩnh vực nhiều lần: %s. Bạn chọn lại từng lĩnh vực.") % printed)
        return Fields(
            tuple(replace(field, code=None) if field in twice else field for field in found), (), tuple(questions)
        )
    wrong = next((field for field in twice if field.number == missing[0].number), twice[0])
    fixed = tuple(replace(field, code=missing[0].code) if field is wrong else field for field in found)
    read = "; ".join(
        f"({field.number}) {missing[0].name if field is wrong else field.name_as_printed}" for field in twice
    )
    questions.append(
        _("Kế hoạch in hai lần “%(name)s” và không in “%(missing)s”. Hiểu là: %(read)s. Bạn xem lại có đúng không.")
        % {"name": wrong.name_as_printed, "missing": missing[0].name, "read": read}
    )
    place = _("Danh sách lĩnh vực, mục %s") % ", ".join(f"({field.number})" for field in twice)
    return Fields(fixed, (ErratumPreset(place, printed, read),), tuple(questions))


def read_owners(lines: Sequence[str]) -> list[FoundOwner]:
    """Offices in the order of the plan, each once."""
    owners: dict[str, FoundOwner] = {}
    for found in _owners(lines):
        known = owners.get(key(found.office))
        if known is not None:
            fields = tuple(dict.fromkeys((*known.fields, *found.fields)))
            sectors = tuple(dict.fromkeys((*known.sectors, *found.sectors)))
            passage = known.passage if found.passage in known.passage else f"{known.passage}\n{found.passage}"
            found = FoundOwner(known.office, fields, sectors, passage)
        owners[key(found.office)] = found
    return list(owners.values())


def _owners(lines: Sequence[str]) -> Iterator[FoundOwner]:
    heading = ""
    for line in lines:
        named = _HEADING.match(line)
        if named:
            heading = "" if "," in named[1] else named[1].strip(" .:;")
            continue
        if re.match(r"^(?:\d{1,2}|[IVX]{1,5})[.)]\s", line):
            heading = ""
        charge = _IN_CHARGE.match(line)
        if charge:
            codes = _codes(charge["names"])
            if codes:
                yield FoundOwner(charge["office"].strip(" -+•"), codes, (), line)
        elif heading:
            names = _ON_FIELDS.search(line) or _APPRAISES.search(line)
            codes = _codes(names["names"]) if names else ()
            sector = _SECTOR.search(line)
            if codes or sector:
                yield FoundOwner(heading, codes, (sector["sector"].lower(),) if sector else (), line)


def _codes(names: str) -> tuple[str, ...]:
    """The fields in a list parted by semicolons; what is none is left out."""
    found = (_code(name.strip(" .,;")) for name in names.split(";"))
    return tuple(dict.fromkeys(code for code in found if code))
