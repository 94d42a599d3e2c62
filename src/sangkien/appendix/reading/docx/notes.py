"""Foot- and endnotes, which stand in parts of their own."""

from sangkien.appendix.reading.archive import Package
from sangkien.appendix.reading.docx.body import Reader
from sangkien.appendix.reading.docx.names import Element, attribute
from sangkien.appendix.reading.docx.shapes import Shared
from sangkien.appendix.reading.source import Paragraph, Table


class Notes:
    """Notes by kind ("footnote", "endnote") and id, read when the first one is referred to."""

    def __init__(self, package: Package, parts: dict[str, str], shared: Shared) -> None:
        self._package = package
        self._parts = parts
        self._elements: dict[str, dict[str, Element]] = {}
        self._reader = Reader(shared)
        self._open = False

    def text(self, kind: str, key: str) -> str:
        """The text of one note on one line; '' when it is not there."""
        if kind not in self._elements:
            part = self._parts.get(kind + "s", "")
            root = self._package.xml(part) if part in self._package else None
            self._elements[kind] = {} if root is None else {attribute(note, "id") or "": note for note in root}
        element = self._elements[kind].get(key)
        if element is None or self._open:
            return ""
        self._open = True  # a note that refers to a note is not followed
        text = _plain(self._reader.blocks(element))
        self._open = False
        return text


def _plain(blocks: list[Table | Paragraph]) -> str:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(f"{block.marker} {block.text}".strip())
        else:
            lines += [cell.text for row in block.rows for cell in row.cells if cell is not None and cell.text]
    return " ".join(" ".join(lines).split())
