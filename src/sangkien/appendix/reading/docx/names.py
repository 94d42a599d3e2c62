"""Names of WordprocessingML in both its namespaces, and what a yes-or-no property says."""

from lxml import etree

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MATH_STRICT = "http://purl.oclc.org/ooxml/officeDocument/math"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMESPACES = (TRANSITIONAL, STRICT)

Element = etree._Element  # noqa: SLF001  the only name lxml has for it


def both(*names: str) -> frozenset[str]:
    """The tags of these local names in the transitional and the strict namespace."""
    return frozenset(f"{{{namespace}}}{name}" for namespace in NAMESPACES for name in names)


def attribute(element: Element, name: str) -> str | None:
    """An attribute of WordprocessingML in whichever namespace the file uses, or without any."""
    value = element.get(f"{{{TRANSITIONAL}}}{name}")
    if value is None:
        value = element.get(f"{{{STRICT}}}{name}")
    return element.get(name) if value is None else value


def value_of(element: Element) -> str | None:
    """``w:val``."""
    return attribute(element, "val")


def number_of(element: Element, name: str = "val", default: int = 0) -> int:
    """A whole number of an attribute; ``default`` when it is missing or no number."""
    try:
        return int(attribute(element, name) or default)
    except ValueError:
        return default


def is_on(element: Element) -> bool:
    """A switch such as ``w:b``: on when it stands there without a value that says no."""
    return value_of(element) not in ("0", "false", "off", "none")


def child(element: Element, tags: frozenset[str]) -> Element | None:
    """The first child with one of the tags."""
    for found in element:
        if found.tag in tags:
            return found
    return None
