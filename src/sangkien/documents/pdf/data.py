"""The elements of a paper as the JSON that the template draws: texts stay data, looks come from the styles."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from sangkien.documents import styles, tokens
from sangkien.documents.advances import Face, face
from sangkien.documents.blocks import Paper, Run, Section, Table
from sangkien.documents.layout import Box, Columns, Line, Rule
from sangkien.documents.pdf.glyphs import drawable
from sangkien.documents.pdf.wrapping import pieces
from sangkien.documents.styles import Style
from sangkien.documents.text import one_line
from sangkien.documents.typesetting import Json

_STRUT: Json = {"pieces": [{"t": " ", "x": True}]}  # an empty row has the height of a line, else typst may split it
_ROUNDING = 0.05  # points that a width may lose on its way through twips
_LONGEST_STRING = 1000  # characters of a title in the properties or the outline; PDF/A refuses 32,768 bytes
_NO_TITLE = "Văn bản"  # PDF/UA demands a title


def document(paper: Paper, sections: Sequence[Json]) -> Json:
    """One file: properties of the paper, measures of the decree, its sections."""
    language, _, region = paper.language.partition("-")
    _number_headings(sections)
    return {
        "title": one_line(paper.title)[:_LONGEST_STRING] or _NO_TITLE,
        "author": one_line(paper.author)[:_LONGEST_STRING],
        "language": language,
        "region": region or None,
        "font": {
            "name": tokens.PDF_FONT,
            "ascent-em": tokens.FONT_ASCENT_EM,
            "descent-em": tokens.FONT_DESCENT_EM,
            "gap-em": tokens.FONT_GAP_EM,
        },
        "page": {
            "top": tokens.TOP_MM * tokens.MM_PT,
            "bottom": tokens.BOTTOM_MM * tokens.MM_PT,
            "left": tokens.LEFT_MM * tokens.MM_PT,
            "right": tokens.RIGHT_MM * tokens.MM_PT,
            "number-edge": tokens.PAGE_NUMBER_EDGE_MM * tokens.MM_PT,
            "number-size": tokens.PAGE_NUMBER_PT,
        },
        "rule": {
            "before": tokens.RULE_BEFORE_PT,
            "stroke": tokens.RULE_STROKE_PT,
            "line": tokens.RULE_LINE_PT,
        },
        "urgency": {"top": tokens.URGENCY_PAD_TOP_PT, "bottom": tokens.URGENCY_PAD_BOTTOM_PT},
        "table": {
            "before": tokens.TABLE_BEFORE_PT,
            "stroke": tokens.TABLE_STROKE_PT,
            "pad-x": tokens.CELL_PAD_X_PT,
            "pad-y": tokens.CELL_PAD_Y_PT,
        },
        "sections": list(sections),
    }


def section_data(section: Section, elements: Iterable[Json], *, start: int = 1, continued: bool = False) -> Json:
    """The pages of one section; ``continued`` pages go on counting from ``start`` and show their first number."""
    short, long = tokens.PAPER_SHORT_MM * tokens.MM_PT, tokens.PAPER_LONG_MM * tokens.MM_PT
    width, height = (long, short) if section.landscape else (short, long)
    return {"width": width, "height": height, "start": start, "continued": continued, "elements": list(elements)}


def element_data(element: Line | Rule | Box | Columns, room: float) -> Json:
    """One element that holds no rows of data, in a column of ``room`` points."""
    match element:
        case Line(style, runs):
            inner = room - style.left - style.right
            words = [each for run in runs for each in _run(run, style, inner)]
            is_heading = style.keep_next and sum(len(run.text) for run in runs) <= _LONGEST_STRING
            return {"kind": "line", "style": _style(style, is_heading=is_heading), "runs": words}
        case Rule(length):
            return {"kind": "rule", "length": length}
        case Box(text, width):
            words = _run(Run(text), styles.URGENCY, room)
            return {"kind": "box", "style": _style(styles.URGENCY), "runs": words, "width": width}
        case Columns(widths, rows):
            cells = [[_column(cell, width) for cell, width in zip(row, widths, strict=True)] for row in rows]
            return {"kind": "columns", "widths": widths, "rows": cells}


def _column(cell: Iterable[Line | Rule | Box], width: float) -> Json:
    return {"elements": [element_data(part, width) for part in cell]}


def table_data(table: Table, rows: Iterable[Sequence[str]]) -> Json:
    """A piece of a table with its heading."""
    looks = [styles.cell(column.align, small=table.small) for column in table.columns]
    widths = [column.width_mm * tokens.MM_PT for column in table.columns]
    size = looks[0].size
    rooms = [
        width - 2 * (tokens.CELL_PAD_X_PT + look.left + _ROUNDING) for width, look in zip(widths, looks, strict=True)
    ]
    bold = face(bold=True)
    headings = [
        _cell(column.heading, bold, size, width - 2 * (tokens.CELL_PAD_X_PT + _ROUNDING))
        for column, width in zip(table.columns, widths, strict=True)
    ]
    return {
        "kind": "table",
        "size": size,
        "marks": False,
        "widths": widths,
        "aligns": [column.align for column in table.columns],
        "pads": [look.left for look in looks],
        "headings": headings,
        "rows": [_cells(row, size, rooms) for row in rows],
    }


def _cells(row: Sequence[str], size: float, rooms: Sequence[float]) -> list[Json | str]:
    if len(row) > len(rooms):
        raise ValueError(f"A row of {len(row)} cells does not fit a table of {len(rooms)} columns")
    upright = face()
    cells = [_cell(text, upright, size, room) for text, room in zip(row, rooms, strict=False)]
    cells += [""] * (len(rooms) - len(row))
    return cells if any(cells) else [_STRUT, *cells[1:]]


def _cell(text: str, cut: Face, size: float, room: float) -> Json | str:
    """Bare text where nothing has to be kept whole: that is what typst sets fastest."""
    found = pieces(drawable(text), cut, size, room)
    if len(found) == 1 and not found[0].whole:
        return found[0].text
    return {"pieces": [{"t": piece.text, "x": piece.whole} for piece in found]}


def _run(run: Run, style: Style, room: float) -> list[Json]:
    bold, italic = style.bold or run.bold, style.italic or run.italic
    found = pieces(drawable(run.text), face(bold=bold, italic=italic), style.size, room)
    return [{"t": piece.text, "x": piece.whole, "b": bold, "i": italic} for piece in found]


def _style(style: Style, *, is_heading: bool = False) -> Json:
    """``heading`` is the level in the outline of the PDF from 1, or 0."""
    return {**asdict(style), "heading": style.level + 1 if is_heading and style.level is not None else 0}


def _number_headings(sections: Sequence[Json]) -> None:
    """No level of the outline is skipped, which PDF/UA forbids: a letter without a kind begins with its "I."."""
    above = 0
    for section in sections:
        for element in section["elements"]:
            if element["kind"] == "line" and element["style"]["heading"]:
                above = element["style"]["heading"] = min(element["style"]["heading"], above + 1)
