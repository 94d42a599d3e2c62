"""Styles of cells: the number format, the font's name and whether it is bold (ECMA-376 part 1, 18.8)."""

from lxml import etree

from sangkien.appendix.reading.numbers import built_in
from sangkien.appendix.reading.runs import PLAIN, Style


def local(element: "etree._Element") -> str:
    """The name without its namespace: transitional and strict files differ only in that."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def is_on(value: str | None, *, default: bool = False) -> bool:
    """An xsd:boolean as the programs write it."""
    return default if value is None else value.strip().lower() in ("1", "true", "on")


def read_styles(root: "etree._Element | None") -> list[Style]:
    """The styles in the order in which cells name them (``c@s``)."""
    if root is None:
        return [PLAIN]
    codes: dict[str, str] = {}
    fonts: list[tuple[str, bool]] = []
    styles: list[Style] = []
    for part in root:
        if local(part) == "numFmts":
            codes = {one.get("numFmtId", ""): one.get("formatCode", "General") for one in part}
        elif local(part) == "fonts":
            fonts = [read_font(one) for one in part if local(one) == "font"]
        elif local(part) == "cellXfs":
            styles = [_style(one, codes, fonts) for one in part if local(one) == "xf"]
    return styles or [PLAIN]


def read_font(element: "etree._Element") -> tuple[str, bool]:
    """Name and boldness of a font or of the properties of a run."""
    name, bold = "", False
    for one in element:
        if local(one) in ("name", "rFont"):
            name = one.get("val", "")
        elif local(one) == "b":
            bold = is_on(one.get("val"), default=True)
    return name, bold


def _style(xf: "etree._Element", codes: dict[str, str], fonts: list[tuple[str, bool]]) -> Style:
    number = xf.get("numFmtId", "0")
    code = codes.get(number) or built_in(_index(number))
    chosen = _index(xf.get("fontId"))
    font, bold = fonts[chosen] if chosen < len(fonts) else ("", False)
    return Style(code, font, bold)


def _index(value: str | None) -> int:
    return int(value) if value is not None and value.isascii() and value.isdecimal() and len(value) < 9 else 0
