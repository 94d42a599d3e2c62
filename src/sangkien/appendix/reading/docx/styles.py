"""What runs and paragraphs inherit: bold, hidden, old font, list; through style, its bases and the defaults."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sangkien.appendix.reading.docx.names import Element, attribute, both, child, is_on, number_of, value_of
from sangkien.appendix.reading.source import Refusal
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
_OLD_FONT = re.compile(rb'"(?:\.(?:Vn|VN|vn)|VNI|Vni|vni)')
_ROOT = re.compile(rb"<((?:[\w.-]+:)?styles)\b[^>]*>")
_TAG = re.compile(rb"<([\w.:-]+)")
_STYLE_ID = re.compile(rb'styleId="([^"]*)"')
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


def names_old_font(data: bytes) -> bool:
    """Whether a part names a font of TCVN3 or VNI anywhere."""
    return _OLD_FONT.search(data) is not None


def font_of(fonts: Element) -> Legacy | bool | None:
    """The old encoding of ``w:rFonts``; ``False`` when it names other fonts, ``None`` when it names none.

    Letters above U+00A0 are drawn with hAnsi, so it is asked first; eastAsia and cs only when both it and ascii are
    not set.
    """
    return _font_of(tuple(fonts.items()))


@lru_cache(maxsize=1024)
def _font_of(attributes: tuple[tuple[str, str], ...]) -> Legacy | bool | None:
    named = {name.rpartition("}")[2]: font for name, font in attributes if font}
    for pair in (("hAnsi", "ascii"), ("eastAsia", "cs")):
        names = [named[name] for name in pair if name in named]
        for name in names:
            if legacy := legacy_of(name):
                return legacy
        if pair[0] == "hAnsi" and (names or "hAnsiTheme" in named or "asciiTheme" in named):
            return False
    return None


class Styles:
    """Styles by id, resolved on first use. Without styles.xml every style says nothing.

    Word ships up to half a megabyte of styles of which a report uses three, and parsing all of them costs ten times
    the reading of the report. So the wanted ones are cut out of the bytes and only they are parsed.
    """

    def __init__(
        self, load: Callable[[], bytes], parse: Callable[[bytes], Element], *, look_for_old_fonts: bool
    ) -> None:
        self._load = load
        self._parse = parse
        self._facts: dict[str, Facts] = {}
        self.old_fonts = look_for_old_fonts and names_old_font(self._data)
        self.defaults = self._defaults() if self.old_fonts else NOTHING
        self.default_paragraph = self._default_paragraph() if self.old_fonts else ""  # it matters for fonts only

    @cached_property
    def _data(self) -> bytes:
        return self._load()

    @cached_property
    def _elements(self) -> dict[str, Element] | None:
        """Every style, for the rare file whose bytes cannot be cut (UTF-16, single quotes)."""
        if b'styleId="' in self._data or not self._data:
            return None
        root = self._parse(self._data)
        return {attribute(element, "styleId") or "": element for element in root if element.tag in _STYLE}

    def of(self, key: str) -> Facts:
        """The facts of a style with everything it inherits from the styles below it (not from the defaults)."""
        if (known := self._facts.get(key)) is not None:
            return known
        found = Facts()
        wanted, seen = key, 0
        while wanted and seen < _DEEPEST and (element := self._element(wanted)) is not None:
            seen += 1
            _read_style(element, found)
            base = child(element, _BASED_ON)
            wanted = "" if base is None else value_of(base) or ""
        found.name = found.name or key
        self._facts[key] = found
        return found

    def _element(self, key: str) -> Element | None:
        if self._elements is not None:
            return self._elements.get(key)
        at = self._data.find(b'styleId="%b"' % _as_written(key))
        root = self._cut(self._data.rfind(b"<", 0, at)) if at >= 0 else None
        return None if root is None else child(root, _STYLE)

    def _cut(self, start: int) -> Element | None:
        """The element that begins at ``start``, parsed inside the root of the part for its namespaces."""
        data = self._data
        opening, name = _ROOT.search(data), _TAG.match(data, start)
        if opening is None or name is None:
            return None
        closing = b"</%b>" % name[1]
        end = data.find(closing, start)
        if end < 0:
            return None
        try:
            return self._parse(opening[0] + data[start : end + len(closing)] + b"</%b>" % opening[1])
        except Refusal:
            return None

    def _defaults(self) -> Facts:
        found = Facts()
        at = self._data.find(b"docDefaults>")
        root = self._cut(self._data.rfind(b"<", 0, at)) if at >= 0 else None
        defaults = None if root is None else child(root, _DEFAULTS)
        run = None if defaults is None else child(defaults, _RUN_DEFAULT)
        _read_run(None if run is None else child(run, _R_PR), found)
        return found

    def _default_paragraph(self) -> str:
        data, at = self._data, -1
        while (at := data.find(b'default="1"', at + 1)) >= 0:
            opening = data[data.rfind(b"<", 0, at) : data.find(b">", at)]
            if b'type="paragraph"' in opening and (key := _STYLE_ID.search(opening)):
                return key[1].decode("utf-8", "replace")
        return ""


def _as_written(value: str) -> bytes:
    """A value as it stands between quotes; the library's own way costs the import of all names of HTML."""
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        value = value.replace(sign, name)
    return value.encode()


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
