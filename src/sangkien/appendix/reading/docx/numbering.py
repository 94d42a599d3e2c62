"""List numbers and bullets, which Word keeps beside the text (numbering.xml) and counts while it shows it."""

import re
from dataclasses import dataclass, field

from sangkien.appendix.reading.docx.names import Element, attribute, both, child, is_on, number_of, value_of

_ABSTRACT, _NUM, _LEVEL = both("abstractNum"), both("num"), both("lvl")
_ABSTRACT_ID, _STYLE_LINK, _NUM_STYLE_LINK = both("abstractNumId"), both("styleLink"), both("numStyleLink")
_OVERRIDE, _START_OVERRIDE, _START = both("lvlOverride"), both("startOverride"), both("start")
_FORMAT, _TEXT, _RESTART, _LEGAL, _P_STYLE = (
    both("numFmt"),
    both("lvlText"),
    both("lvlRestart"),
    both("isLgl"),
    both("pStyle"),
)
_PLACE = re.compile(r"%([1-9])")
LEVELS = 9
_MOST = 100_000  # a start value above this is a slip, not a list


@dataclass(slots=True)
class Level:
    """How one level of a list counts and looks."""

    format: str = "decimal"
    text: str = "%1."
    start: int = 1
    restart: int | None = None  # the level whose step sets this one back; 0 = never
    legal: bool = False


@dataclass(slots=True)
class _List:
    """One ``w:num``: its levels after overrides, and the counters it shares with its siblings."""

    levels: dict[int, Level]
    abstract: str
    first: dict[int, int]  # start overrides, applied the first time the list is used
    used: set[int] = field(default_factory=set)


class Numbering:
    """Counts list paragraphs in reading order. Without numbering.xml every marker is ''."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        self.style_levels: dict[str, tuple[str, int]] = {}  # paragraph style → (abstract list, level)
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        abstracts: dict[str, dict[int, Level]] = {}
        links: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for element in root:
            if element.tag not in _ABSTRACT:
                continue
            key = attribute(element, "abstractNumId") or ""
            abstracts[key] = self._levels(element, key)
            if (link := child(element, _NUM_STYLE_LINK)) is not None:
                links[key] = value_of(link) or ""
            if (link := child(element, _STYLE_LINK)) is not None:
                by_style[value_of(link) or ""] = key
        for element in root:
            if element.tag in _NUM and (ref := child(element, _ABSTRACT_ID)) is not None:
                key = value_of(ref) or ""
                key = by_style.get(links.get(key, ""), key)
                self._lists[attribute(element, "numId") or ""] = _numbered(element, abstracts.get(key, {}), key)

    def _levels(self, element: Element, key: str) -> dict[int, Level]:
        levels = {}
        for level in element:
            if level.tag in _LEVEL:
                place = number_of(level, "ilvl")
                levels[place] = _level(level)
                if (style := child(level, _P_STYLE)) is not None:
                    self.style_levels[value_of(style) or ""] = (key, place)
        return levels

    def add(self, num_id: str, abstract: str, levels: dict[int, Level]) -> None:
        """A list that another container describes."""
        self._lists[num_id] = _List(levels, abstract, {})

    def level_of_style(self, num_id: str, style: str) -> int:
        """The level at which a list is tied to a paragraph style; 0 when it is not."""
        numbered = self._lists.get(num_id)
        abstract, level = self.style_levels.get(style, ("", 0))
        return level if numbered is not None and numbered.abstract == abstract else 0

    def marker(self, num_id: str, level: int) -> str:
        """Count one paragraph of the list and give its marker; '-' for every bullet, '' when it shows nothing."""
        numbered = self._lists.get(num_id)
        if numbered is None or not 0 <= level < LEVELS:
            return ""
        look = numbered.levels.get(level, Level(text=f"%{level + 1}."))
        if look.format == "bullet":
            return "-"
        counters = self._counters.setdefault(numbered.abstract, [None] * LEVELS)
        self._step(numbered, counters, level, look)
        if look.format == "none":
            return _PLACE.sub("", look.text).strip()
        return _PLACE.sub(lambda place: self._shown(numbered, counters, int(place[1]) - 1, look), look.text).strip()

    def _step(self, numbered: _List, counters: list[int | None], level: int, look: Level) -> None:
        if level in numbered.first and level not in numbered.used:
            numbered.used.add(level)
            counters[level] = numbered.first[level]
        else:
            current = counters[level]
            counters[level] = look.start if current is None else current + 1
        for upper in range(level):
            if counters[upper] is None:
                counters[upper] = numbered.levels.get(upper, Level()).start
        for lower in range(level + 1, LEVELS):
            restart = numbered.levels.get(lower, Level()).restart
            if restart is None or (restart and level < restart):
                counters[lower] = None

    def _shown(self, numbered: _List, counters: list[int | None], level: int, look: Level) -> str:
        number = counters[level]
        if number is None:
            number = numbered.levels.get(level, Level()).start
        style = numbered.levels.get(level, Level()).format
        return written("decimal" if look.legal else style, number)


def _numbered(element: Element, levels: dict[int, Level], key: str) -> _List:
    levels, first = dict(levels), {}
    for override in element:
        if override.tag not in _OVERRIDE:
            continue
        place = number_of(override, "ilvl")
        if (level := child(override, _LEVEL)) is not None:
            levels[place] = _level(level)
        if (start := child(override, _START_OVERRIDE)) is not None:
            first[place] = min(number_of(start, default=1), _MOST)
    return _List(levels, key, first)


def _level(element: Element) -> Level:
    level = Level()
    for part in element:
        if part.tag in _FORMAT:
            level.format = value_of(part) or "decimal"
        elif part.tag in _TEXT:
            level.text = (value_of(part) or "")[:60]
        elif part.tag in _START:
            level.start = min(number_of(part, default=1), _MOST)
        elif part.tag in _RESTART:
            level.restart = number_of(part)
        elif part.tag in _LEGAL:
            level.legal = is_on(part)
    return level


def written(style: str, number: int) -> str:
    """A number in one of Word's ways of counting; Arabic for a way not known here."""
    if style in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 40)
        return letters if style == "lowerLetter" else letters.upper()
    if style in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        return roman(number).lower() if style == "lowerRoman" else roman(number)
    if style == "decimalZero":
        return f"{number:02}"
    return "" if style == "none" else str(number)


def roman(number: int) -> str:
    """A number from 1 to 3999 in capitals of Roman notation."""
    found = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        found += sign * count
    return found


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
