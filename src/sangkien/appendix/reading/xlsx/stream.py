"""Parts that may be long, read element by element: the tree never holds more than one of them."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from lxml import etree

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import UNSAFE, refuse_doctype
from sangkien.appendix.reading.source import Refusal


def elements(chunks: Iterable[bytes], tags: tuple[str, ...]) -> Iterator["etree._Element"]:
    """The elements with these names, whatever their namespace, as they close; each is emptied after its turn.

    Raises ``Refusal`` for a document type and ``XMLSyntaxError`` where the XML breaks.
    """
    parser = etree.XMLPullParser(
        events=("end",), tag=tuple("{*}" + tag for tag in tags), resolve_entities=False, load_dtd=False,
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    checked = False
    for chunk in chunks:
        if not checked:
            refuse_doctype(chunk)
        parser.feed(chunk)
        for _, event in parser.read_events():
            element: etree._Element = cast(Any, event)
            if not checked and element.getroottree().docinfo.internalDTD is not None:
                raise Refusal(Outcome.UNSAFE_CONTENT, UNSAFE)
            checked = True
            yield element
            _forget(element)
    parser.close()


def _forget(element: "etree._Element") -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
