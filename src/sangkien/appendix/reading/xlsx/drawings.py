"""Text boxes that float over a sheet: titles and letterheads are often written there (ECMA-376 part 1, 20.5)."""

from collections.abc import Iterator

from lxml import etree

from sangkien.appendix.reading.archive import MIB, Package
from sangkien.appendix.reading.text import bare, composed
from sangkien.appendix.reading.xlsx.styles import local


def text_boxes(package: Package, sheet_part: str) -> list[str]:
    """The paragraphs of a sheet's text boxes, in the order of the drawing."""
    texts = []
    for relation in package.relations(sheet_part).values():
        part = relation.target
        if relation.kind == "drawing" and not relation.external and part in package and package.size(part) < MIB:
            texts += [text for text in _paragraphs(package.xml(part)) if text]
    return texts


def _paragraphs(element: "etree._Element") -> Iterator[str]:
    """Depth first, without the second rendering that older programs get (``Fallback``)."""
    for one in element:
        kind = local(one)
        if kind == "p":
            yield composed(bare("".join(_pieces(one)))).strip()
        elif kind != "Fallback":
            yield from _paragraphs(one)


def _pieces(paragraph: "etree._Element") -> Iterator[str]:
    for one in paragraph.iter():
        if local(one) == "t":
            yield one.text or ""
        elif local(one) == "br":
            yield "\n"
