"""Parts that may be long, read element by element: the tree never holds more than one of them."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from lxml import etree

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import TOO_LARGE, UNSAFE, refuse_doctype
from sangkien.appendix.reading.source import Refusal

_LONGEST = 3 * 1024 * 1024  # bytes of one element: an honest row has a tenth of it, and a tree takes the fortyfold


def elements(
    chunks: Iterable[bytes], tags: tuple[str, ...], *, end: tuple[str, ...] = (), body: str = ""
) -> Iterator["etree._Element"]:
    """The elements with these names, whatever their namespace, as they close; each is emptied after its turn.

    Reading stops where an element named in ``end`` closes, and after ``body`` also where anything else grows long.
    Raises ``Refusal`` for a document type or an element too long for the memory, ``XMLSyntaxError`` where XML breaks.
    """
    parser = etree.XMLPullParser(
        events=("end",), tag=tuple("{*}" + tag for tag in tags + end), resolve_entities=False, load_dtd=False,
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    checked = body_is_over = False
    waiting = 0
    for chunk in chunks:
        if not checked:
            refuse_doctype(chunk)
        waiting += len(chunk)
        if waiting > _LONGEST and body_is_over:
            return
        if waiting > _LONGEST:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
        parser.feed(chunk)
        for _, event in parser.read_events():
            element: etree._Element = cast(Any, event)
            if not checked and element.getroottree().docinfo.internalDTD is not None:
                raise Refusal(Outcome.UNSAFE_CONTENT, UNSAFE)
            checked, waiting = True, 0
            name = element.tag.rpartition("}")[2]
            if name in end:
                return
            body_is_over = body_is_over or name == body
            yield element
            _forget(element)
    parser.close()


def _forget(element: "etree._Element") -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
