"""Texts of cells with their runs (ECMA-376 part 1, 18.4): kept as runs until the cell's own font is known."""

import re
import unicodedata
from dataclasses import dataclass

from lxml import etree

from sangkien.appendix.reading.text import bare, composed
from sangkien.appendix.reading.xlsx.styles import Style, local, read_font
from sangkien.vietnamese import Legacy

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text; font and boldness are the cell's own where the run says nothing."""

    text: str
    font: str | None = None
    bold: bool | None = None


Text = tuple[Run, ...]


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


def resolve(runs: Text, style: Style, seen: set[Legacy]) -> tuple[str, tuple[int, ...]]:
    """The readable text in NFC and the offsets of paragraphs that begin in bold; ``seen`` collects old fonts."""
    text = ""
    bold_starts: list[int] = []
    for run in runs:
        piece = composed(run.text, style.font if run.font is None else run.font, seen)
        if style.bold if run.bold is None else run.bold:
            fresh = not text or text[-1] == "\n"
            bold_starts.extend(len(text) + offset for offset in _paragraphs(piece, fresh=fresh))
        text += piece
    if not unicodedata.is_normalized("NFC", text):  # a mark that a run tore from its letter
        text = unicodedata.normalize("NFC", text)
    return text, tuple(offset for offset in bold_starts if offset < len(text))


def _paragraphs(piece: str, *, fresh: bool) -> list[int]:
    """Offsets in a piece at which a paragraph with text begins."""
    offsets = [0] if fresh else []
    offsets += [index + 1 for index, sign in enumerate(piece) if sign == "\n"]
    return [offset for offset in offsets if piece[offset : offset + 1].strip()]
