"""Word files (.docx): a zip of XML parts, read by lxml without Word's own losses."""

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import BROKEN, LINKS, Package, open_package
from sangkien.appendix.reading.docx.body import Reader
from sangkien.appendix.reading.docx.inline import OLD_FONT, Shared
from sangkien.appendix.reading.docx.names import Element, attribute, both, child
from sangkien.appendix.reading.docx.numbering import Numbering
from sangkien.appendix.reading.docx.styles import Styles
from sangkien.appendix.reading.source import Paragraph, Refusal, Source, Table
from sangkien.vietnamese import Legacy

_BODY = both("body")
_HARMLESS_LINKS = frozenset({"hyperlink", "customXml"})


def read_docx(data: bytes) -> Source:
    """A Word file as blocks. Raises ``Refusal``."""
    package = open_package(data)
    main = package.main_part("word/document.xml")
    relations = package.relations(main)
    if any(relation.external and relation.kind not in _HARMLESS_LINKS for relation in relations.values()):
        package.warn(LINKS)
    parts = {relation.kind: relation.target for relation in relations.values() if not relation.external}
    if any(relation.external for relation in package.relations(parts.get("settings", "-")).values()):
        package.warn(LINKS)
    notes = _Notes(package, parts)
    shared = Shared(_styles(package, parts), _numbering(package, parts), package.warn, notes.text)
    notes.shared = shared
    body = child(package.xml(main), _BODY)
    if body is None:
        raise Refusal(Outcome.CORRUPT, BROKEN)
    blocks = Reader(shared).blocks(body)
    if shared.fonts:
        fonts = "VNI" if shared.fonts == {Legacy.VNI} else "TCVN3, VNI" if Legacy.VNI in shared.fonts else "TCVN3"
        package.warn(OLD_FONT.format(fonts=fonts))
    return Source(blocks, package.warnings)


def _styles(package: Package, parts: dict[str, str]) -> Styles:
    part = parts.get("styles", "")
    return Styles(package.xml(part) if part in package else None)


def _numbering(package: Package, parts: dict[str, str]) -> Numbering:
    part = parts.get("numbering", "")
    return Numbering(package.xml(part) if part in package else None)


class _Notes:
    """Foot- and endnotes by id, read when the first one is referred to."""

    def __init__(self, package: Package, parts: dict[str, str]) -> None:
        self._package = package
        self._parts = parts
        self._elements: dict[str, dict[str, Element]] = {}
        self._open = False
        self.shared: Shared | None = None

    def text(self, kind: str, key: str) -> str:
        """The text of one note on one line; '' when it is not there."""
        if kind not in self._elements:
            part = self._parts.get(kind + "s", "")
            root = self._package.xml(part) if part in self._package else None
            self._elements[kind] = {} if root is None else {attribute(note, "id") or "": note for note in root}
        element = self._elements[kind].get(key)
        if element is None or self._open or self.shared is None:
            return ""
        self._open = True  # a note that refers to a note is not followed
        try:
            return _plain(Reader(self.shared).blocks(element))
        finally:
            self._open = False


def _plain(blocks: list[Table | Paragraph]) -> str:
    lines = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(f"{block.marker} {block.text}".strip())
        else:
            lines += [cell.text for row in block.rows for cell in row.cells if cell is not None and cell.text]
    return " ".join(" ".join(lines).split())


__all__ = ["read_docx"]
