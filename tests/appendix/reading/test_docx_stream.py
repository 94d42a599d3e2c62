"""Long Word files, read row by row: the same answer as at once, within limits."""

import pytest

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import MENDED
from sangkien.appendix.reading.docx import body, file, read_docx, stream
from sangkien.appendix.reading.source import Paragraph, Refusal, Source, Table
from tests.appendix.reading.raw_docx import docx, p, part, run, source, tbl, tc, tr

CONTROL = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
BODY = (
    p("một", NUMBERED)
    + tbl(
        CONTROL.format("", tr(tc(p("hai", NUMBERED), '<w:vMerge w:val="restart"/>'), tc("b"))),
        CONTROL.format("<w:showingPlcHdr/>", tr(tc("mẫu"), tc("mẫu"))),
        tr(tc("", "<w:vMerge/>"), tc(p("trước") + tbl(tr(tc("trong"))))),
        f"<mc:AlternateContent><mc:Choice>{tr(tc('c'), tc('d'))}</mc:Choice>"
        f"<mc:Fallback>{tr(tc('e'), tc('f'))}</mc:Fallback></mc:AlternateContent>",
    )
    + p("ba", NUMBERED)
    + p(run("có khung") + f"<w:r><w:pict><w:txbxContent>{p('khung')}{tbl(tr(tc('g')))}</w:txbxContent></w:pict></w:r>")
    + f"<w:del>{p('mất')}</w:del>"
    + p("nối ", '<w:rPr><w:del w:id="1"/></w:rPr>')
    + p("tiếp")
    + "<w:altChunk/>"
)


def shape(read: Source) -> list[object]:
    """Blocks as plain values, with which places hold the same cell."""
    found: list[object] = []
    for block in read.blocks:
        if isinstance(block, Paragraph):
            found.append((block.marker, block.text))
            continue
        cells = [cell for row in block.rows for cell in row.cells]
        found.append([(cell and cell.text, [other is cell for other in cells].index(True)) for cell in cells])
    return [*found, *read.warnings]


def test_row_by_row_gives_what_the_whole_tree_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = source(BODY, numbering=NUMBERING)
    monkeypatch.setattr(file, "MAX_WHOLE", 0)
    streamed = source(BODY, numbering=NUMBERING)
    assert shape(streamed) == shape(at_once)
    assert ("2.", "ba") not in shape(streamed)
    assert ("3.", "ba") in shape(streamed)


def test_a_document_type_is_refused_in_a_stream_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "MAX_WHOLE", 0)
    with pytest.raises(Refusal) as refusal:
        read_docx(docx('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a/>'))
    assert refusal.value.outcome is Outcome.UNSAFE_CONTENT


def test_a_broken_stream_is_mended_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "MAX_WHOLE", 0)
    read = read_docx(docx(part("document", f"<w:body>{p('a')}{p('b & c')}{tbl(tr(tc('d')))}</w:body>")))
    assert [type(block) for block in read.blocks] == [Paragraph, Paragraph, Table]
    assert read.warnings == [MENDED]


@pytest.mark.parametrize(
    ("module", "limit", "value"),
    [(body, "MAX_CELLS", 1), (body, "MAX_PLACES", 1)],
)
def test_limits_hold(monkeypatch: pytest.MonkeyPatch, module: object, limit: str, value: int) -> None:
    monkeypatch.setattr(file, "MAX_WHOLE", 0)
    monkeypatch.setattr(module, limit, value)
    with pytest.raises(Refusal) as refusal:
        source(tbl(tr(tc("a"), tc("b")), tr(tc("c"))))
    assert refusal.value.outcome is Outcome.TOO_LARGE


def test_a_single_paragraph_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "MAX_WHOLE", 0)
    monkeypatch.setattr(stream, "MAX_HELD", 1_000_000)
    with pytest.raises(Refusal) as refusal:
        source("<w:p>" + "<w:r/>" * 500_000 + "</w:p>")
    assert refusal.value.outcome is Outcome.TOO_LARGE


@pytest.mark.slow
def test_ten_thousand_rows_are_read() -> None:
    row = tr(*(tc("Mô tả giải pháp của phường Sao Mai " * 5) for _ in range(6)))
    (found,) = source(tbl(*[row] * 10_000)).blocks
    assert isinstance(found, Table)
    assert len(found.rows) == 10_000
