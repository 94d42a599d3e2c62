"""The body of a long .docx in constant memory: each row and paragraph is read when it ends, then thrown away."""

from collections.abc import Iterable

from lxml import etree

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import DAMAGED, MIB, TOO_LARGE, UNSAFE, refuse_doctype
from sangkien.appendix.reading.docx.body import Grid, Reader, table_style
from sangkien.appendix.reading.docx.names import Element, both
from sangkien.appendix.reading.docx.wrappers import ALTERNATE, alternative, control_content
from sangkien.appendix.reading.source import Paragraph, Refusal, Table

MAX_HELD = 8 * MIB  # of text held as a tree: one row or paragraph longer than this is not a report
_P, _TBL, _TR, _BOX = both("p"), both("tbl"), both("tr"), both("txbxContent")
_BODY, _SDT, _GONE = both("body"), both("sdt"), both("del", "moveFrom")
_ELSEWHERE = both("altChunk", "subDoc")


def stream_blocks(chunks: Iterable[bytes], reader: Reader, *, recover: bool = False) -> list[Table | Paragraph]:
    """The blocks of a body that comes in pieces. Raises ``Refusal`` and, unless ``recover``, ``XMLSyntaxError``."""
    parser: etree.XMLPullParser = etree.XMLPullParser(
        ("start", "end"), tag=[*_P, *_TBL, *_TR, *_BOX, *_ELSEWHERE], resolve_entities=False, load_dtd=False,
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=recover,
    )  # fmt: skip
    pass_ = _Pass(reader)
    held = 0
    for chunk in chunks:
        if pass_.first:
            refuse_doctype(chunk)
        parser.feed(chunk)
        held += len(chunk)
        if pass_.events(parser):
            held = 0
        if held > MAX_HELD:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
    _close(parser, recover=recover)
    pass_.events(parser)
    return pass_.finish()


def _close(parser: etree.XMLPullParser, *, recover: bool) -> None:
    try:
        parser.close()
    except etree.XMLSyntaxError:
        if not recover:
            raise


class _Pass:
    """Where the stream stands: outside, in a table, or inside a row or paragraph that is being collected."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._blocks: list[Table | Paragraph] = []
        self._inside = 0
        self._grid: Grid | None = None
        self._table: Element | None = None
        self._style: str | None = None  # of the table; looked up at its first row
        self._used: Element | None = None
        self.first = True

    def events(self, parser: "etree.XMLPullParser") -> bool:
        """Take what has come; whether a row or paragraph was finished, so that its memory is free."""
        freed = False
        for event, element in parser.read_events():
            if isinstance(element, Element):
                freed |= self._event(event, element)
        return freed

    def _event(self, event: str, element: Element) -> bool:
        if self.first:
            self.first = False
            if element.getroottree().docinfo.internalDTD is not None:
                raise Refusal(Outcome.UNSAFE_CONTENT, UNSAFE)
        if element.tag in _TBL:
            self._at_table(event, element)
            return False
        if element.tag in _ELSEWHERE:
            self._reader.warn_elsewhere()
            return False
        if event == "start":
            self._inside += 1
            return False
        self._inside -= 1
        if self._inside:
            return False
        if _is_shown(element):
            self._take(element)
        self._forget(element)
        return True

    def _at_table(self, event: str, element: Element) -> None:
        if self._inside:
            return
        if event == "start":
            self._grid, self._table, self._style = Grid(), element, None
        elif self._grid is not None:
            if table := self._grid.table():
                self._blocks.append(table)
            self._grid = self._table = None

    def _take(self, element: Element) -> None:
        if element.tag in _TR and self._grid is not None and self._table is not None:
            if self._style is None:
                self._style = table_style(self._table)
            self._reader.styled_row(element, self._grid, self._style)
        elif element.tag in _P:
            self._blocks += self._reader.block(element)

    def _forget(self, element: Element) -> None:
        """Empty the element now, and take the one before it out of the tree: the parser still holds on to this one."""
        element.clear()
        if self._used is not None and (parent := self._used.getparent()) is not None:
            parent.remove(self._used)
        self._used = element

    def finish(self) -> list[Table | Paragraph]:
        """All blocks; a table that was cut off is kept as far as it goes."""
        if self.first:
            raise Refusal(Outcome.CORRUPT, DAMAGED)
        if self._grid is not None and (table := self._grid.table()):
            self._blocks.append(table)
        return self._blocks + self._reader.rest()


def _is_shown(element: Element) -> bool:
    """Whether nothing around the element hides it: a prompt, a deletion, the second variant of an alternative."""
    inner = element
    for outer in element.iterancestors():
        tag = outer.tag
        if tag in _BODY:
            return True
        if tag in _GONE or (tag in _SDT and control_content(outer) is None):
            return False
        if tag == ALTERNATE and alternative(outer) is not inner:
            return False
        inner = outer
    return False
