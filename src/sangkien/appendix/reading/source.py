"""A file as blocks: the one shape between the containers (.docx, .xlsx, …) and the understanding of the form.

A container turns a file into a ``Source`` or raises ``Refusal``; it knows nothing of the form. ``tables``,
``paragraphs`` and ``labels`` turn a ``Source`` into initiatives; they know nothing of files.
"""

from dataclasses import dataclass, field

from sangkien.appendix.model import Outcome


class Refusal(Exception):
    """The file gives nothing to read. ``sentence`` tells a person, in Vietnamese, what happened and what to do."""

    def __init__(self, outcome: Outcome, sentence: str) -> None:
        super().__init__(sentence)
        self.outcome = outcome
        self.sentence = sentence


@dataclass(slots=True)
class Cell:
    """One cell of the grid. Text is NFC, decoded from old fonts, paragraphs parted by a newline, in reading order.

    A merged cell stands in the grid once, at its top left corner, with its spans; the places it covers hold the *same
    object* (``is``), so that a reader may ask for the text of any place and still see where a merge begins.
    ``bold_starts`` are offsets into ``text`` at which a bold run begins at the start of a paragraph (hints for labels).
    ``tables`` are tables nested in the cell (their text is in ``text`` too).
    ``formula``: the text is a formula without a stored result ("=ROW()-3"), kept so that nothing is lost; a person sees
    something else in the sheet, so it is no number, no note, and a warning already names the cell.
    """

    text: str = ""
    row_span: int = 1
    col_span: int = 1
    bold_starts: tuple[int, ...] = ()
    tables: tuple["Table", ...] = ()
    formula: bool = False


@dataclass(slots=True)
class Row:
    """One row; ``cells`` has one entry per column of the grid, ``None`` where the row has no cell."""

    cells: list[Cell | None]
    hidden: bool = False
    repeats_as_header: bool = False
    number: int = 0  # as a person counts it in the file, from 1


@dataclass(slots=True)
class Table:
    """A table of a document or the used range of a sheet. ``name`` is the sheet's name, else ''."""

    rows: list[Row]
    name: str = ""


@dataclass(slots=True)
class Paragraph:
    """A paragraph outside tables. ``marker`` is its list number or bullet as Word would show it ("1.", "a)", "-")."""

    text: str
    bold: bool = False
    marker: str = ""
    style: str = ""


@dataclass(slots=True)
class Source:
    """A whole file, in reading order; headers and footers of pages are left out."""

    blocks: list[Table | Paragraph]
    warnings: list[str] = field(default_factory=list)
