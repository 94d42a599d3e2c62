"""What one paragraph gives, and what every paragraph of a file needs."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sangkien.appendix.reading.docx.names import Element
from sangkien.appendix.reading.docx.numbering import Numbering
from sangkien.appendix.reading.docx.styles import Styles
from sangkien.appendix.reading.old_fonts import OldFonts


@dataclass(slots=True)
class Line:
    """One line of a paragraph, and whether it begins bold."""

    text: str
    bold: bool


@dataclass(slots=True)
class Inline:
    """One paragraph: its lines without blank ones, its list marker, its style, the text boxes that hang on it."""

    lines: list[Line]
    marker: str
    style: str
    bold: bool
    boxes: list[Element]


@dataclass(slots=True)
class Shared:
    """What every paragraph of one file needs. ``notes`` gives the text of a foot- or endnote by kind and id."""

    styles: Styles
    numbering: Callable[[], Numbering]
    warn: Callable[[str], None]
    note: Callable[[str, str], str] = field(default=lambda kind, key: "")
    fonts: OldFonts = field(default_factory=OldFonts)
    odd_letters: bool = True  # the body may hold old fonts or symbol letters; most have neither and read faster
    plain: bool = False  # the body has nothing but runs of words: see ``plain.py``
    table_style: str = ""
    characters: int = 0
    paragraphs: int = 0
