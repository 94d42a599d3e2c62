"""From the bytes of a .docx to its blocks: parts, warnings, and the two ways through the body (tree or stream)."""

import re

from lxml import etree

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import (
    DAMAGED,
    LINKS,
    MAX_TREE,
    MENDED,
    Package,
    open_package,
    refuse_doctype,
)
from sangkien.appendix.reading.docx.body import Reader
from sangkien.appendix.reading.docx.joining import join_runs
from sangkien.appendix.reading.docx.names import both, child
from sangkien.appendix.reading.docx.notes import Notes
from sangkien.appendix.reading.docx.numbering import Numbering
from sangkien.appendix.reading.docx.plain import is_plain
from sangkien.appendix.reading.docx.shapes import Shared
from sangkien.appendix.reading.docx.stream import stream_blocks
from sangkien.appendix.reading.docx.styles import Styles, names_old_font
from sangkien.appendix.reading.old_fonts import OldFonts, mend_old_fonts
from sangkien.appendix.reading.source import Paragraph, Refusal, Source, Table

MAX_WHOLE = 3 * 1024 * 1024  # a body above this is read row by row: a tree takes up to twenty times its text
_BODY = both("body")
_HARMLESS_LINKS = frozenset({"hyperlink", "customXml"})
# Signs that stand for đ, ơ, ư, â … in TCVN3 and VNI and hardly ever mean themselves in Vietnamese; letters of symbol
# fonts; and characters written as numbers, which may be either.
_ODD_LETTERS = re.compile(
    rb"\xc2[\xa1-\xaa\xac-\xaf\xb5\xb6\xb8\xb9\xbe]"
    rb"|\xc3[\x84-\x87\x8b\x8e-\x91\x96-\x98\x9b\x9c\x9e\x9f\xa4-\xa7\xab\xae-\xb1\xb6-\xb8\xbb\xbc\xbe\xbf]"
    rb"|\xef[\x80-\x83]|&#"
)


def read_docx(data: bytes) -> Source:
    """A Word file as blocks. Raises ``Refusal``."""
    document = _Document(open_package(data))
    blocks = document.blocks()
    if document.shared.fonts.lied and document.shared.fonts.draws:
        blocks = document.blocks(distrust=True)
    if warning := document.shared.fonts.warning():
        document.package.warn(warning)
    mend_old_fonts(blocks, document.package.warn)
    return Source(blocks, document.package.warnings)


class _Document:
    """The parts of one file that belong together."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._main = package.main_part("word/document.xml")
        relations = package.relations(self._main).values()
        self._parts = {relation.kind: relation.target for relation in relations if not relation.external}
        if any(relation.external and relation.kind not in _HARMLESS_LINKS for relation in relations):
            package.warn(LINKS)
        if "settings" in self._parts and any(r.external for r in package.relations(self._parts["settings"]).values()):
            package.warn(LINKS)  # a template at another address
        for kind in ("styles", "numbering", "settings", "footnotes", "endnotes"):
            package.check_head(self._parts.get(kind, ""))

    def blocks(self, *, distrust: bool = False) -> list[Table | Paragraph]:
        """The body from its beginning to its end; list counters begin anew."""
        if self.package.size(self._main) > MAX_WHOLE:
            return self._stream(distrust)
        data = self.package.read(self._main)
        joined = join_runs(data)
        odd = _is_odd(joined)
        root = None if odd else self.package.parse_sound(joined)
        if root is None:  # every run as it stands, for its font or for the place where it is broken
            joined, root = data, self.package.parse(data)
        body = child(root, _BODY)
        if body is None:
            raise Refusal(Outcome.CORRUPT, DAMAGED)
        plain = not odd and is_plain(joined, root)
        return self._reader(distrust, odd_letters=odd, plain=plain).blocks(body)

    def _stream(self, distrust: bool) -> list[Table | Paragraph]:
        try:
            return stream_blocks(self.package.chunks(self._main), self._reader(distrust))
        except etree.XMLSyntaxError:
            self.package.warn(MENDED)
        return stream_blocks(self.package.chunks(self._main), self._reader(distrust), recover=True)

    def _reader(self, distrust: bool, *, odd_letters: bool = True, plain: bool = False) -> Reader:
        styles = Styles(self._styles, self.package.parse, look_for_old_fonts=odd_letters)
        self.shared = Shared(
            styles,
            _Lists(self.package, self._parts),
            self.package.warn,
            fonts=OldFonts(distrust=distrust),
            odd_letters=odd_letters,
            plain=plain,
        )
        self.shared.note = Notes(self.package, self._parts, self.shared).text
        return Reader(self.shared)

    def _styles(self) -> bytes:
        part = self._parts.get("styles", "")
        if part not in self.package:
            return b""
        data = self.package.read(part, MAX_TREE)
        refuse_doctype(data)
        return data


def _is_odd(data: bytes) -> bool:
    """Whether the body may hold old fonts or symbol letters."""
    return names_old_font(data) or _ODD_LETTERS.search(data) is not None or data.startswith((b"\xff\xfe", b"\xfe\xff"))


class _Lists:
    """numbering.xml, read when the first list paragraph comes."""

    def __init__(self, package: Package, parts: dict[str, str]) -> None:
        self._package = package
        self._part = parts.get("numbering", "")
        self._numbering: Numbering | None = None

    def __call__(self) -> Numbering:
        if self._numbering is None:
            there = self._part in self._package
            self._numbering = Numbering(self._package.xml(self._part) if there else None)
        return self._numbering
