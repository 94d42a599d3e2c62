"""Texts of a workbook's cells as XML (ECMA-376 part 1, 18.4)."""

import re

from lxml import etree

from sangkien.appendix.reading.runs import Run, Text
from sangkien.appendix.reading.text import bare
from sangkien.appendix.reading.xlsx.styles import local, read_font

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_text(element: "etree._Element") -> Text:
    """The runs of ``si`` or ``is``; phonetic hints (``rPh``) are no text."""
    runs = []
    for one in element:
        kind = local(one)
        if kind == "t":
            runs.append(Run(unescape(one.text or "")))
        elif kind == "r":
            runs.append(_run(one))
    return tuple(runs)


def _run(element: "etree._Element") -> Run:
    text = ""
    font: str | None = None
    bold: bool | None = None
    for one in element:
        kind = local(one)
        if kind == "t":
            text += unescape(one.text or "")
        elif kind == "rPr":
            name, bold = read_font(one)
            font = name or None
    return Run(text, font, bold)


def unescape(text: str) -> str:
    """Undo ``_xHHHH_`` (18.4.8: how XML carries control characters) and leave one kind of line end."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return bare(text)
