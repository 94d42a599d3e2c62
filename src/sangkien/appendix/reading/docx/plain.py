"""Bodies that hold nothing but paragraphs, tables and runs of words: most reports, and they read in half the time."""

import re

from sangkien.appendix.reading.docx.names import TRANSITIONAL, Element

RUN, BOLD, TAB, WORDS, PARAGRAPH, CELL_LOOK = (
    f"{{{TRANSITIONAL}}}{name}" for name in ("r", "b", "tab", "t", "p", "tcPr")
)
PLAIN_TAGS = tuple(f"{{{TRANSITIONAL}}}{name}" for name in ("r", "b", "t", "tab", "br", "cr", "noBreakHyphen"))

_NAME = re.compile(rb"<([a-zA-Z]\w*:?\w*)")
# Whatever is not named here (changes, fields, notes, hidden words, styles of runs, pictures, boxes …) is not plain.
_PLAIN = frozenset(
    f"w:{name}".encode()
    for name in (
        "document", "body", "p", "r", "t", "tab", "br", "cr", "noBreakHyphen", "lastRenderedPageBreak", "proofErr",
        "bookmarkStart", "bookmarkEnd", "pPr", "pStyle", "jc", "ind", "spacing", "keepNext", "keepLines",
        "widowControl", "tabs", "contextualSpacing", "numPr", "ilvl", "numId", "pageBreakBefore", "outlineLvl", "shd",
        "pBdr", "rPr",
        "rFonts", "b", "bCs", "i", "iCs", "sz", "szCs", "color", "lang", "u", "highlight", "kern", "w", "position",
        "noProof", "tbl", "tblPr", "tblStyle", "tblW", "tblInd", "tblLayout", "tblLook", "tblBorders", "tblCellMar",
        "tblGrid", "gridCol", "tr", "trPr", "trHeight", "tblHeader", "cantSplit", "tc", "tcPr", "tcW", "vAlign",
        "tcBorders", "gridSpan", "vMerge", "top", "left", "bottom", "right", "start", "end", "insideH", "insideV",
        "sectPr", "pgSz", "pgMar", "cols", "docGrid", "headerReference", "footerReference", "titlePg", "pgNumType",
    )
)  # fmt: skip


def is_plain(data: bytes, root: Element) -> bool:
    """Whether the body is nothing but words; judged by the names of all its elements."""
    return root.nsmap.get("w") == TRANSITIONAL and _PLAIN.issuperset(_NAME.findall(data))


def only_words(paragraph: Element) -> str | None:
    """The words of a plain paragraph that is empty or one bare run; ``None`` for every other paragraph."""
    if len(paragraph) != 1:
        return None if len(paragraph) else ""
    run = paragraph[0]
    if len(run) != 1 or run.tag != RUN:
        return None
    words = run[0]
    return words.text or "" if words.tag == WORDS else None


def only_paragraphs(cell: Element) -> list[str] | None:
    """``only_words`` of all paragraphs of a plain cell; ``None`` when there is anything else."""
    found = []
    for part in cell:
        if part.tag == CELL_LOOK:
            continue
        words = only_words(part) if part.tag == PARAGRAPH else None
        if words is None:
            return None
        found.append(words)
    return found
