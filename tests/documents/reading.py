"""What the tests see of a produced file: the XML of a .docx, the text layer of a PDF."""

import zipfile
from io import BytesIO
from typing import Any

from lxml import etree

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
