"""The elements of a paper as the JSON that the template draws: texts stay data, looks come from the styles."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from sangkien.documents import styles, tokens
from sangkien.documents.blocks import Paper, Section, Table
from sangkien.documents.layout import Box, Columns, Line, Rule
from sangkien.documents.pdf.glyphs import drawable
from sangkien.documents.styles import Style
from sangkien.documents.text import one_line
from sangkien.documents.typesetting import Json

_NO_TITLE = "Văn bản"  # PDF/UA demands a title


def document(paper: Paper, sections: Sequence[Json]) -> Json:
    """One file: properties of the paper, measures of the decree, its sections."""
    language, _, region = paper.language.partition("-")
    _number_headings(sections)
    return {
        "title": one_line(paper.title) or _NO_TITLE,
        "author": one_line(paper.author),
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


def element_data(element: Line | Rule | Box | Columns) -> Json:
    """One element that holds no rows of data."""
    match element:
        case Line(style, runs):
            words = [{"t": drawable(run.text), "b": run.bold, "i": run.italic} for run in runs]
            return {"kind": "line", "style": _style(style), "runs": words}
        case Rule(length):
            return {"kind": "rule", "length": length}
        case Box(text, width):
            words = [{"t": drawable(text), "b": False, "i": False}]
            return {"kind": "box", "style": _style(styles.URGENCY), "runs": words, "width": width}
        case Columns(widths, rows):
            cells = [[{"elements": [element_data(part) for part in cell]} for cell in row] for row in rows]
            return {"kind": "columns", "widths": widths, "rows": cells}


def table_data(table: Table, rows: Iterable[Sequence[str]]) -> Json:
    """A piece of a table with its heading."""
    looks = [styles.cell(column.align, small=table.small) for column in table.columns]
    return {
        "kind": "table",
        "size": looks[0].size,
        "widths": [column.width_mm * tokens.MM_PT for column in table.columns],
        "aligns": [column.align for column in table.columns],
        "pads": [look.left for look in looks],
        "headings": [drawable(column.heading) for column in table.columns],
        "rows": [_cells(row, len(table.columns)) for row in rows],
    }


def _cells(row: Sequence[str], count: int) -> list[str]:
    if len(row) > count:
        raise ValueError(f"A row of {len(row)} cells does not fit a table of {count} columns")
    return [*(drawable(cell) for cell in row), *([""] * (count - len(row)))]


def _style(style: Style) -> Json:
    return {**asdict(style), "heading": (style.level or 0) + 1 if style.level is not None and style.keep_next else 0}


def _number_headings(sections: Sequence[Json]) -> None:
    """No level of the outline is skipped, which PDF/UA forbids: a letter without a kind begins with its "I."."""
    above = 0
    for section in sections:
        for element in section["elements"]:
            if element["kind"] == "line" and element["style"]["heading"]:
                above = element["style"]["heading"] = min(element["style"]["heading"], above + 1)
