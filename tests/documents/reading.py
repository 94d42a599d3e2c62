"""What the tests see of a produced file: the XML of a .docx, the text layer of a PDF."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTLine

from sangkien.documents.blocks import Paper
from sangkien.documents.docx import write_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx_bytes(paper: Paper) -> bytes:
    """The file as it would be saved."""
    file = BytesIO()
    write_docx(paper, file)
    return file.getvalue()


def part(content: bytes, name: str) -> Any:
    """The root of one XML part."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def document(paper: Paper) -> Any:
    """The root of document.xml."""
    return part(docx_bytes(paper), "word/document.xml")


def text_of(paragraph: Any) -> str:
    """The text of one paragraph, a break as a newline."""
    return "".join("\n" if node.tag == f"{W}br" else node.text or "" for node in paragraph.iter(f"{W}t", f"{W}br"))


def value(node: Any, path: str, name: str = "val") -> str | None:
    """An attribute below ``node``: ``value(p, "pPr/pStyle")``; ``None`` where the element is not there."""
    found = node.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + name)


def by_style(root: Any, style: str) -> list[Any]:
    """The paragraphs of one style, in order."""
    return [paragraph for paragraph in root.iter(f"{W}p") if value(paragraph, "pPr/pStyle") == style]


def texts(root: Any, style: str) -> list[str]:
    """The texts of the paragraphs of one style, in order."""
    return [text_of(paragraph) for paragraph in by_style(root, style)]


@dataclass(frozen=True, slots=True)
class PdfLine:
    """One line of the text layer: baseline ``y`` from the top of the page, ``x0`` and ``x1``, in points."""

    page: int
    text: str
    y: float
    x0: float
    x1: float
    size: float
    font: str

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class PdfRule:
    """A stroke of a page."""

    page: int
    y: float
    x0: float
    x1: float

    @property
    def length(self) -> float:
        return self.x1 - self.x0


def pdf_lines(path: Path, *, gap: float = 12) -> list[PdfLine]:
    """The lines of the text layer from top to bottom; a gap wider than ``gap`` parts two columns."""
    found = []
    for number, page in enumerate(extract_pages(path), 1):
        chars = sorted(within(page, LTChar), key=lambda char: (round(page.height - char.matrix[5], 1), char.x0))
        for first, char in _first_of_group(chars, gap):
            if first:
                found.append([number, page.height, [char]])
            else:
                found[-1][2].append(char)
    return [_line(*each) for each in found]


def pdf_rules(path: Path) -> list[PdfRule]:
    """The horizontal strokes that stand by themselves."""
    return [
        PdfRule(number, page.height - stroke.y0, stroke.x0, stroke.x1)
        for number, page in enumerate(extract_pages(path), 1)
        for stroke in within(page, LTLine)
        if abs(stroke.y0 - stroke.y1) < 0.01
    ]


def within(node: Any, kind: type) -> Iterator[Any]:
    if isinstance(node, kind):
        yield node
    elif isinstance(node, Iterable):
        for child in node:
            yield from within(child, kind)


def _first_of_group(chars: list[Any], gap: float) -> Iterator[tuple[bool, Any]]:
    before = None
    for char in chars:
        first = before is None or abs(char.matrix[5] - before.matrix[5]) > 0.05 or char.x0 - before.x1 > gap
        yield first, char
        before = char


def _line(page: int, height: float, chars: list[Any]) -> PdfLine:
    drawn = [char for char in chars if char.get_text().strip()] or chars
    return PdfLine(
        page=page,
        text="".join(char.get_text() for char in chars).strip(" "),
        y=height - chars[0].matrix[5],
        x0=drawn[0].x0,
        x1=drawn[-1].x1,
        size=round(drawn[0].size, 2),
        font=drawn[0].fontname.split("+")[-1],
    )
