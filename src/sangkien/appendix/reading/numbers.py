"""A stored number as a Vietnamese clerk sees it in the cell: by its number format, dates as day/month/year.

Formats: ECMA-376 part 1, 18.8.30 (numFmt) and 18.8.31 (built-in identifiers).
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "d/m/yyyy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0",
    49: "@",
}  # fmt: skip
_EAST_ASIAN_DATES = frozenset([*range(27, 37), *range(50, 59)])
_LAST_SERIAL = 2_958_465  # 31/12/9999
_DAYS_OF_1904 = 1462
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|(\[[^\]]*\])|(AM/PM|A/P)|(General)|([0#?.,%]+)|(E[+-])|(.)', re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Format:
    """What of a number format matters for reading."""

    kind: str  # "general", "number", "date", "time", "elapsed"
    prefix: str = ""
    suffix: str = ""
    digits: int = 1  # before the decimal sign, filled with zeros
    decimals: int = 0
    optional_decimals: int = 0  # of the decimals, how many vanish when zero
    grouped: bool = False
    percent: bool = False
    has_day: bool = False
    has_month: bool = False
    has_time: bool = False


GENERAL = Format("general")


def built_in(identifier: int) -> str:
    """The code of a built-in format; "General" for an unknown one."""
    return "d/m/yyyy" if identifier in _EAST_ASIAN_DATES else _BUILT_IN.get(identifier, "General")


def show(number: str, code: str, *, since_1904: bool = False) -> str:
    """The text of a cell with this stored number and this format code; what is no number comes back as it stands.

    Without a format the decimal sign is the point ("1.1" is mostly an item number); with one it is the comma.
    """
    if code == "General" and len(number) < 15 and number.isascii() and number.isdecimal():
        return str(int(number))
    try:
        value = float(number)
    except ValueError:
        return number.strip()
    if value != value or value in (float("inf"), float("-inf")):
        return number.strip()
    chosen = _parse(_section(code, value))
    if chosen.kind in ("date", "time", "elapsed"):
        return _show_moment(value + (_DAYS_OF_1904 if since_1904 and chosen.kind == "date" else 0), chosen)
    if chosen.kind == "number":
        return _show_number(value, chosen)
    return plain(value)


def plain(value: float) -> str:
    """A number without a format: 1.0 is "1", at most 15 digits, no exponent for what people write."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.15g}"
    return format(Decimal(text), "f") if "e" in text and 1e-9 < abs(value) < 1e21 else text


def show_date(value: date | datetime | time | timedelta) -> str:
    """d/m/yyyy, with hours and minutes when there are any."""
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02d}"
    day = f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{day} {value.hour}:{value.minute:02d}"
    return day


def show_iso(value: str) -> str:
    """The text of a date stored as ISO 8601 (cells of type "d"); anything else comes back as it stands."""
    try:
        return show_date(datetime.fromisoformat(value.strip()))
    except ValueError:
        return value.strip()


def _section(code: str, value: float) -> str:
    """The part of a code like "positive;negative;zero;text" that is meant for this number."""
    sections = _split(code)
    if value < 0 and len(sections) > 1:
        return sections[1] if re.search(r"[-(]", sections[1]) else "-" + sections[1]
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


@lru_cache(maxsize=256)
def _split(code: str) -> tuple[str, ...]:
    sections, current = [], ""
    for match in _TOKEN.finditer(code):
        if match[8] == ";":
            sections.append(current)
            current = ""
        else:
            current += match[0]
    return (*sections, current)


@lru_cache(maxsize=256)
def _parse(section: str) -> Format:
    """Sort the signs of one section: digits make a number, d m y h s a moment, anything odd stays general."""
    pattern = prefix = suffix = letters = ""
    elapsed = False
    for match in _TOKEN.finditer(section):
        quoted, escaped, bracket, _noon, general, digits, exponent, other = match.groups()
        literal = quoted or escaped or ""
        if general or exponent:
            return GENERAL
        if bracket:
            elapsed = elapsed or bracket.lower().strip("[]hms") == ""
            letters += bracket.lower().strip("[]") if elapsed else ""
            literal = _currency(bracket)
        elif digits:
            pattern += digits
        elif other:
            if other.lower() in "dmyhsbge":
                letters += other.lower()
            elif other in "/@":
                letters += other
            else:
                literal = other
        if pattern:
            suffix += literal
        else:
            prefix += literal
    if set(letters) & set("dmyhsg"):
        return _moment(letters, elapsed=elapsed)
    if "@" in letters or "/" in letters or not pattern.strip(",%"):
        return GENERAL
    return _number(pattern, prefix, suffix)


def _currency(bracket: str) -> str:
    """ "[$₫-42A]" shows "₫"; a colour or a condition shows nothing."""
    return bracket[2:-1].split("-")[0] if bracket.startswith("[$") else ""


def _moment(letters: str, *, elapsed: bool) -> Format:
    if elapsed:
        return Format("elapsed")
    has_time = "h" in letters or "s" in letters
    if not set(letters) & set("dyg") and (has_time or "m" not in letters):
        return Format("time", has_time=True)
    return Format("date", has_day="d" in letters, has_month="m" in letters, has_time="h" in letters)


def _number(pattern: str, prefix: str, suffix: str) -> Format:
    whole, _, fraction = pattern.replace("%", "").partition(".")
    return Format(
        "number",
        prefix=prefix,
        suffix=("%" if "%" in pattern else "") + suffix,
        digits=max(whole.count("0"), 1),
        decimals=sum(fraction.count(sign) for sign in "0#?"),
        optional_decimals=sum(fraction.count(sign) for sign in "#?"),
        grouped="," in whole.strip(","),
        percent="%" in pattern,
    )


def _show_number(value: float, chosen: Format) -> str:
    exact = Decimal(repr(value)) * (100 if chosen.percent else 1)
    if abs(exact) >= Decimal("1e21"):
        return plain(value)
    rounded = exact.quantize(Decimal(1).scaleb(-chosen.decimals), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    for _ in range(chosen.optional_decimals):
        fraction = fraction.removesuffix("0")
    whole = whole.zfill(min(chosen.digits, 30))
    if chosen.grouped:
        whole = f"{int(whole):,}".replace(",", ".")
    sign = "-" if rounded < 0 and not re.search(r"[-(]", chosen.prefix) else ""
    return (sign + chosen.prefix + whole + ("," + fraction if fraction else "") + chosen.suffix).strip()


def _show_moment(serial: float, chosen: Format) -> str:
    if not 0 <= serial < _LAST_SERIAL + 1:
        return plain(serial)
    days, minutes = int(serial), round((serial - int(serial)) * 1440)
    if minutes == 1440:
        days, minutes = days + 1, 0
    clock = f"{minutes // 60}:{minutes % 60:02d}"
    if chosen.kind == "elapsed":
        return f"{days * 24 + minutes // 60}:{minutes % 60:02d}"
    if chosen.kind == "time" and days == 0:
        return clock
    day = _calendar(days)
    if chosen.kind == "date" and not chosen.has_day:
        return f"{day[1]}/{day[2]}" if chosen.has_month else str(day[2])
    shown = f"{day[0]}/{day[1]}/{day[2]}"
    return f"{shown} {clock}" if chosen.has_time and minutes else shown


def _calendar(days: int) -> tuple[int, int, int]:
    """Day, month, year of a serial number; the calendar of 1900 holds a 29 February that never was (day 60)."""
    if days == 60:
        return 29, 2, 1900
    day = date(1899, 12, 30 if days > 60 else 31) + timedelta(days=min(days, _LAST_SERIAL))
    return day.day, day.month, day.year
