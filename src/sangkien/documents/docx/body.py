"""document.xml: sections, paragraphs, borderless columns, and the table whose rows stream through.

The order of the elements inside each property list is the schema's; Word refuses a file that turns it around.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from sangkien.documents import styles, tokens
from sangkien.documents.blocks import AppendixHeading, Paper, Section, Table
from sangkien.documents.docx.xml import NAMESPACES, PROLOGUE, escaped, flag, paragraph_properties, tag, twips
from sangkien.documents.layout import (
    Box,
    Columns,
    Element,
    Line,
    Rule,
    appendix_heading,
    elements,
    text_width,
)
from sangkien.documents.text import plain

_REPORT_EVERY = 100
_TINY = '<w:pPr><w:spacing w:line="20" w:lineRule="exact"/>{}<w:rPr><w:sz w:val="2"/></w:rPr>{}</w:pPr>'

Progress = Callable[[int], None]


def body(paper: Paper, progress: Progress) -> Iterator[str]:
    """The pieces of document.xml, in order."""
    yield f"{PROLOGUE}<w:document {NAMESPACES}><w:body>"
    last = len(paper.sections) - 1
    for index, section in enumerate(paper.sections):
        yield from _section(section, progress)
        properties = _section_properties(section)
        if index < last:
            yield f"<w:p>{_TINY.format('', properties)}</w:p>"
        else:
            yield f"<w:p>{_TINY.format('', '')}</w:p>{properties}"
    yield "</w:body></w:document>"


def _section(section: Section, progress: Progress) -> Iterator[str]:
    room = text_width(section)
    for element in elements(section):
        if isinstance(element, AppendixHeading):
            yield from chain.from_iterable(_element(part, progress) for part in appendix_heading(element, room))
        else:
            yield from _element(element, progress)


def _element(element: Element, progress: Progress) -> Iterator[str]:
    match element:
        case Line():
            yield _paragraph(element)
        case Rule():
            yield _rule(element)
        case Box():
            yield _box(element)
        case Columns():
            yield from _columns(element)
        case Table():
            yield from _table(element, progress)


def _paragraph(line: Line) -> str:
    runs = "".join(_run(run.text, bold=run.bold, italic=run.italic) for run in line.runs if run.text)
    return f"<w:p>{paragraph_properties(line.style)}{runs}</w:p>"


def _run(text: str, *, bold: bool, italic: bool) -> str:
    look = f"<w:rPr>{flag('b', bold)}{flag('i', italic)}</w:rPr>" if bold or italic else ""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escaped(text).split("\n"))
    return f'<w:r>{look}<w:t xml:space="preserve">{lines}</w:t></w:r>'


def _rule(rule: Rule) -> str:
    """An empty paragraph with a line above it, as wide as the indents leave it."""
    side = twips((rule.room - rule.length) / 2)
    stroke = tokens.RULE_STROKE_PT * 8
    return (
        f'<w:p><w:pPr><w:pStyle w:val="KeNgang"/>'
        f'<w:pBdr><w:top w:val="single" w:sz="{stroke:.0f}" w:space="0" w:color="000000"/></w:pBdr>'
        f'<w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'
    )


def _box(box: Box) -> str:
    """The red frame of an urgency mark: a paragraph with a border all around."""
    side = twips((box.room - box.width) / 2)
    look = f'w:val="single" w:sz="{tokens.RULE_STROKE_PT * 8:.0f}"'
    borders = "".join(
        f'<w:{edge} {look} w:space="{space:.0f}" w:color="{tokens.URGENCY_COLOUR}"/>'
        for edge, space in (
            ("top", tokens.URGENCY_PAD_TOP_PT),
            ("left", 0),
            ("bottom", tokens.URGENCY_PAD_BOTTOM_PT),
            ("right", 0),
        )
    )
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{styles.URGENCY.key}"/><w:pBdr>{borders}</w:pBdr>'
        f'<w:ind w:left="{side}" w:right="{side}"/></w:pPr>{_run(box.text, bold=False, italic=False)}</w:p>'
    )


def _columns(columns: Columns) -> Iterator[str]:
    widths = [twips(width) for width in columns.widths]
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{_cell_margins(0, 0)}</w:tblPr>{_grid(widths)}'
    )
    for row in columns.rows:
        yield "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        for width, cell in zip(widths, row, strict=True):
            yield f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            yield "".join(chain.from_iterable(_element(part, _unheard) for part in cell)) or "<w:p/>"
            yield "</w:tc>"
        yield "</w:tr>"
    yield "</w:tbl>"


def _table(table: Table, progress: Progress) -> Iterator[str]:
    widths = [twips(column.width_mm * tokens.MM_PT) for column in table.columns]
    stroke = f'w:val="single" w:sz="{tokens.TABLE_STROKE_PT * 8:.0f}" w:space="0" w:color="000000"'
    borders = "".join(f"<w:{edge} {stroke}/>" for edge in ("top", "left", "bottom", "right", "insideH", "insideV"))
    yield '<w:p><w:pPr><w:pStyle w:val="KhoangTruocBang"/></w:pPr></w:p>'
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"{_cell_margins(tokens.CELL_PAD_Y_PT, tokens.CELL_PAD_X_PT)}</w:tblPr>{_grid(widths)}"
    )
    yield _heading_row(table, widths)
    yield from _rows(table, widths, progress)
    yield "</w:tbl>"


def _heading_row(table: Table, widths: Sequence[int]) -> str:
    style = styles.TABLE_HEADING_SMALL if table.small else styles.TABLE_HEADING
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p>{paragraph_properties(style)}{_run(plain(column.heading), bold=False, italic=False)}</w:p></w:tc>"
        for column, width in zip(table.columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _rows(table: Table, widths: Sequence[int], progress: Progress) -> Iterator[str]:
    """Data rows, without ``cantSplit``: a long description goes on over the page."""
    opened = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        for column, width in zip(table.columns, widths, strict=True)
    ]
    looks = [f"<w:p>{paragraph_properties(styles.cell(column.align, small=table.small))}" for column in table.columns]
    empty = [f"{start}{look}</w:p></w:tc>" for start, look in zip(opened, looks, strict=True)]
    count = 0
    for row in table.rows:
        cells = [_cell(text, start, look) for text, start, look in zip(row, opened, looks, strict=False)]
        if len(row) != len(opened):
            cells += _missing(row, empty)
        yield f"<w:tr>{''.join(cells)}</w:tr>"
        count += 1
        if count % _REPORT_EVERY == 0:
            progress(count)
    progress(count)


def _cell(text: str, start: str, look: str) -> str:
    paragraphs = "".join(
        f"{look}<w:r>{tag(line)}</w:r></w:p>" if line else f"{look}</w:p>" for line in escaped(plain(text)).split("\n")
    )
    return f"{start}{paragraphs}</w:tc>"


def _missing(row: Sequence[str], empty: Sequence[str]) -> Sequence[str]:
    if len(row) > len(empty):
        raise ValueError(f"A row of {len(row)} cells does not fit a table of {len(empty)} columns")
    return empty[len(row) :]


def _grid(widths: Sequence[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _cell_margins(vertical: float, horizontal: float) -> str:
    sides = (("top", vertical), ("left", horizontal), ("bottom", vertical), ("right", horizontal))
    margins = "".join(f'<w:{edge} w:w="{twips(width)}" w:type="dxa"/>' for edge, width in sides)
    return f"<w:tblCellMar>{margins}</w:tblCellMar>"


def _section_properties(section: Section) -> str:
    short, long = twips(tokens.PAPER_SHORT_MM * tokens.MM_PT), twips(tokens.PAPER_LONG_MM * tokens.MM_PT)
    size = f'w:w="{long}" w:h="{short}" w:orient="landscape"' if section.landscape else f'w:w="{short}" w:h="{long}"'
    margins = " ".join(
        f'w:{edge}="{twips(width * tokens.MM_PT)}"'
        for edge, width in (
            ("top", tokens.TOP_MM),
            ("right", tokens.RIGHT_MM),
            ("bottom", tokens.BOTTOM_MM),
            ("left", tokens.LEFT_MM),
            ("header", tokens.PAGE_NUMBER_EDGE_MM),
            ("footer", tokens.PAGE_NUMBER_EDGE_MM),
        )
    )
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
        '<w:headerReference w:type="first" r:id="rIdFirst"/>'
        f'<w:pgSz {size}/><w:pgMar {margins} w:gutter="0"/><w:pgNumType w:start="1"/><w:cols w:space="708"/>'
        "<w:titlePg/></w:sectPr>"
    )


def _unheard(_rows: int) -> None:
    """Columns hold no rows of tables."""
