"""What runs and paragraphs inherit: bold, hidden, old font, list; through style, its bases and the defaults."""

from dataclasses import dataclass

from sangkien.appendix.reading.docx.names import Element, attribute, both, child, is_on, number_of, value_of
from sangkien.vietnamese import Legacy, legacy_of

_STYLE, _DEFAULTS, _RUN_DEFAULT = both("style"), both("docDefaults"), both("rPrDefault")
_NAME, _BASED_ON, _R_PR, _P_PR = both("name"), both("basedOn"), both("rPr"), both("pPr")
_BOLD, _VANISH, _FONTS, _NUM_PR, _NUM_ID, _LEVEL = (
    both("b"),
    both("vanish"),
    both("rFonts"),
    both("numPr"),
    both("numId"),
    both("ilvl"),
)
_DEEPEST = 20  # styles based on styles; Word stops at eleven


@dataclass(slots=True)
class Facts:
    """What a style says itself or inherits; ``None`` where nothing is said. ``font`` False = a font that is not old."""

    name: str = ""
    bold: bool | None = None
    hidden: bool | None = None
    font: Legacy | bool | None = None
    num_id: str | None = None
    level: int | None = None


NOTHING = Facts()


def font_of(fonts: Element) -> Legacy | bool | None:
    """The old encoding of ``w:rFonts``; ``False`` when it names other fonts, ``None`` when it names none.

    Letters above U+00A0 are drawn with hAnsi, so it is asked first; eastAsia and cs only when both it and ascii are
    not set.
    """
    for first, second in (("hAnsi", "ascii"), ("eastAsia", "cs")):
        names = [name for name in (attribute(fonts, first), attribute(fonts, second)) if name]
        for name in names:
            if legacy := legacy_of(name):
                return legacy
        if names:
            return False if first == "hAnsi" else None
        if first == "hAnsi" and (attribute(fonts, "hAnsiTheme") or attribute(fonts, "asciiTheme")):
            return False
    return None


class Styles:
    """Styles by id, resolved on first use. Without styles.xml every style says nothing."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._facts: dict[str, Facts] = {}
        self.defaults = Facts()
        self.default_paragraph = ""
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        for element in root:
            if element.tag in _STYLE:
                key = attribute(element, "styleId") or ""
                self._elements[key] = element
                if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
                    self.default_paragraph = key
            elif element.tag in _DEFAULTS and (run := child(element, _RUN_DEFAULT)) is not None:
                _read_run(child(run, _R_PR), self.defaults)

    def of(self, key: str) -> Facts:
        """The facts of a style with everything it inherits from the styles below it (not from the defaults)."""
        if (known := self._facts.get(key)) is not None:
            return known
        found = Facts()
        wanted, seen = key, 0
        while (element := self._elements.get(wanted)) is not None and seen < _DEEPEST:
            seen += 1
            _read_style(element, found)
            base = child(element, _BASED_ON)
            wanted = "" if base is None else value_of(base) or ""
        found.name = found.name or key
        self._facts[key] = found
        return found


def _read_style(element: Element, facts: Facts) -> None:
    """Fill what the more special style left open."""
    if not facts.name and (name := child(element, _NAME)) is not None:
        facts.name = value_of(name) or ""
    _read_run(child(element, _R_PR), facts)
    properties = child(element, _P_PR)
    numbering = None if properties is None else child(properties, _NUM_PR)
    if numbering is None:
        return
    if facts.num_id is None and (num := child(numbering, _NUM_ID)) is not None:
        facts.num_id = value_of(num)
    if facts.level is None and (level := child(numbering, _LEVEL)) is not None:
        facts.level = number_of(level)


def _read_run(properties: Element | None, facts: Facts) -> None:
    if properties is None:
        return
    for part in properties:
        if part.tag in _BOLD and facts.bold is None:
            facts.bold = is_on(part)
        elif part.tag in _VANISH and facts.hidden is None:
            facts.hidden = is_on(part)
        elif part.tag in _FONTS and facts.font is None:
            facts.font = font_of(part)
