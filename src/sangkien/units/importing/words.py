"""What people write in the cells of a list of units: kinds, levels, dates, signing regimes."""

import re
from datetime import date
from typing import Final

from sangkien.units.models import Kind, Level, SigningRegime
from sangkien.vietnamese import fold

EARLIEST = date(1945, 9, 2)
LATEST = date(2100, 1, 1)

_KINDS: Final = {
    Kind.WARD_PC: ("phuong", "ubnd phuong"),
    Kind.COMMUNE_PC: ("xa", "ubnd xa", "ubnd cap xa"),
    Kind.TOWNSHIP_PC: ("thi tran", "ubnd thi tran"),
    Kind.SPECIAL_ZONE_PC: ("dac khu", "ubnd dac khu"),
    Kind.DISTRICT_PC: (
        "quan", "huyen", "thi xa", "thanh pho thuoc tinh", "thanh pho thuoc thanh pho truc thuoc trung uong",
        "ubnd quan", "ubnd huyen", "ubnd thi xa", "ubnd cap huyen", "ubnd quan huyen",
    ),
    Kind.PROVINCE_PC: (
        "tinh", "thanh pho", "thanh pho truc thuoc trung uong", "ubnd tinh", "ubnd thanh pho", "ubnd cap tinh",
        "ubnd tinh thanh pho",
    ),
    Kind.DEPARTMENT: ("phong", "phong ban", "phong chuyen mon", "co quan chuyen mon", "van phong", "so", "so nganh"),
    Kind.PUBLIC_SERVICE_UNIT: (
        "don vi su nghiep", "don vi su nghiep cong lap", "dvsn", "dvsncl", "truong", "truong hoc", "trung tam",
        "ban quan ly", "benh vien", "tram y te",
    ),
    Kind.POLICE: ("cong an",),
    Kind.FATHERLAND_FRONT: ("mat tran", "mat tran to quoc", "mttq", "ubmttq", "uy ban mat tran to quoc"),
    Kind.POST_OFFICE: ("buu dien",),
    Kind.OTHER: ("khac", "co quan khac", "to chuc khac", "co quan to chuc khac"),
}  # fmt: skip
_KIND_OF_WORD: Final = {word: kind for kind, words in _KINDS.items() for word in words} | {
    str(kind.value): kind for kind in Kind
}

# How a name begins, for lists without a column of kinds; the first that fits. Always shown as a guess.
_KIND_OF_NAME: Final = (
    (Kind.FATHERLAND_FRONT, r"(uy ban |ub)?(mttq|mat tran to quoc)"),
    (Kind.POLICE, r"cong an|ca "),
    (Kind.POST_OFFICE, r"buu dien|buu cuc"),
    (Kind.WARD_PC, r"((ubnd|uy ban nhan dan) )?(phuong |p\.? ?\d)"),
    (Kind.COMMUNE_PC, r"((ubnd|uy ban nhan dan) )?xa "),
    (Kind.TOWNSHIP_PC, r"((ubnd|uy ban nhan dan) )?(thi tran|tt\.) "),
    (Kind.SPECIAL_ZONE_PC, r"((ubnd|uy ban nhan dan) )?dac khu "),
    (Kind.DISTRICT_PC, r"((ubnd|uy ban nhan dan) )?(quan |huyen |thi xa |q\.? ?\d)"),
    (Kind.PROVINCE_PC, r"((ubnd|uy ban nhan dan) )?(tinh |thanh pho |tp\.? ?)"),
    (Kind.DEPARTMENT, r"phong |van phong |so |thanh tra |ban (?!quan ly|boi thuong)"),
    (Kind.PUBLIC_SERVICE_UNIT, r"truong |trung tam |tt |ban (quan ly|boi thuong)|benh vien |tram |nha |thu vien"),
)
_NAME_BEGINS: Final = tuple((kind, re.compile(pattern)) for kind, pattern in _KIND_OF_NAME)

_LEVELS: Final = {
    "tinh": Level.PROVINCE, "cap tinh": Level.PROVINCE, "thanh pho": Level.PROVINCE, "province": Level.PROVINCE,
    "huyen": Level.DISTRICT, "cap huyen": Level.DISTRICT, "quan": Level.DISTRICT, "district": Level.DISTRICT,
    "xa": Level.COMMUNE, "cap xa": Level.COMMUNE, "phuong": Level.COMMUNE, "commune": Level.COMMUNE,
}  # fmt: skip
_REGIMES: Final = {
    "tm": SigningRegime.TM, "tap the": SigningRegime.TM, "thay mat": SigningRegime.TM,
    "thay mat tap the": SigningRegime.TM, "che do tap the": SigningRegime.TM,
    "thu truong": SigningRegime.HEAD, "che do thu truong": SigningRegime.HEAD, "head": SigningRegime.HEAD,
}  # fmt: skip
_DATE: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 0{1,2}:00(?::00)?)?")
_ISO_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]0{1,2}:00(?::00)?)?")


def kind_of_word(text: str) -> Kind | None:
    """The kind that a cell names; ``None`` when it is not understood."""
    return _KIND_OF_WORD.get(_key(text)) or _KIND_OF_WORD.get(text.strip())


def kind_of_name(name: str) -> Kind | None:
    """What a name sounds like: "Phòng Tư pháp" a department. A proposal, to be shown as one."""
    folded = " ".join(fold(name).split()) + " "
    return next((kind for kind, begins in _NAME_BEGINS if begins.match(folded)), None)


def is_city(text: str) -> bool:
    """Whether it says only "thành phố", which with a superior unit is one of the district level."""
    key = _key(text).removeprefix("ubnd ")
    return key.startswith(("thanh pho", "tp")) and "trung uong" not in key


def level_of_word(text: str) -> Level | None:
    """The level that a cell names; ``None`` when it is not understood."""
    return _LEVELS.get(_key(text))


def level_of_kind(kind: Kind) -> Level | None:
    """The level of a People's Committee; other units have their parent's."""
    if kind in Kind.of_communes():
        return Level.COMMUNE
    return {Kind.DISTRICT_PC: Level.DISTRICT, Kind.PROVINCE_PC: Level.PROVINCE}.get(kind)


def regime_of_word(text: str) -> SigningRegime | None:
    """The signing regime that a cell names; ``None`` when it is not understood."""
    return _REGIMES.get(_key(text))


def regime_of_kind(kind: Kind) -> SigningRegime:
    """Committees sign as a body, other units by their head, where the list says nothing."""
    return SigningRegime.TM if kind in Kind.of_committees() else SigningRegime.HEAD


def date_of_word(text: str) -> date | None:
    """ "1/7/2025", "01-07-2025", "2025-07-01"; day before month. ``None`` for what is no date of our time."""
    found, year, month, day = _DATE.fullmatch(text.strip()), 3, 2, 1
    if not found:
        found, year, month, day = _ISO_DATE.fullmatch(text.strip()), 1, 2, 3
    if not found:
        return None
    try:
        on = date(int(found[year]), int(found[month]), int(found[day]))
    except ValueError:
        return None
    return on if EARLIEST <= on < LATEST else None


def _key(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", fold(text)).split()).replace("uy ban nhan dan", "ubnd")
