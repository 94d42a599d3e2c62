"""Texts of spreadsheet cells with their runs: kept as runs until the cell's own font is known."""

import unicodedata
from dataclasses import dataclass

from sangkien.appendix.reading.text import composed
from sangkien.vietnamese import Legacy


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell shows its value. ``code`` is the number format, ``font`` a name or ''."""

    code: str = "General"
    font: str = ""
    bold: bool = False


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text; font and boldness are the cell's own where the run says nothing."""

    text: str
    font: str | None = None
    bold: bool | None = None


Text = tuple[Run, ...]


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
