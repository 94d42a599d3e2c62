"""The grid of a Word table: merges, gaps, tracked rows, nested tables, rows in content controls."""

import pytest

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.docx import read_docx
from sangkien.appendix.reading.docx.body import COVERED_TEXT, MAX_COLUMNS
from sangkien.appendix.reading.source import Refusal, Table
from tests.appendix.reading.raw_docx import cell, docx, grid, p, run, source, table, tbl, tc, tr

SPAN = '<w:gridSpan w:val="{}"/>'
RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_a_cell_over_columns_stands_in_every_place_as_the_same_object() -> None:
    (row,) = table(tbl(tr(tc("a", SPAN.format(3)), tc("b")))).rows
    first, second, third, fourth = row.cells
    assert first is second is third
    assert first is not None
    assert (first.text, first.col_span, first.row_span) == ("a", 3, 1)
    assert fourth is not None
    assert fourth.text == "b"


def test_a_cell_over_rows_stands_in_every_place_as_the_same_object() -> None:
    rows = table(tbl(tr(tc("a", RESTART), tc("1")), tr(tc("", CONTINUE), tc("2")), tr(tc("", CONTINUE), tc("3")))).rows
    owner = rows[0].cells[0]
    assert owner is rows[1].cells[0] is rows[2].cells[0]
    assert owner is not None
    assert (owner.text, owner.row_span) == ("a", 3)


def test_a_merge_that_begins_nowhere_is_a_cell_of_its_own() -> None:
    assert grid(tbl(tr(tc("a", CONTINUE)))) == [["a"]]


def test_a_merge_with_an_unknown_word_goes_on() -> None:
    assert grid(tbl(tr(tc("a", RESTART)), tr(tc("", '<w:vMerge w:val="continue"/>')))) == [["a"], ["a"]]


def test_a_block_over_rows_and_columns() -> None:
    rows = table(
        tbl(tr(tc("a", SPAN.format(2) + RESTART), tc("b")), tr(tc("", SPAN.format(2) + CONTINUE), tc("c")))
    ).rows
    owner = rows[0].cells[0]
    assert owner is not None
    assert (owner.row_span, owner.col_span) == (2, 2)
    assert [place is owner for row in rows for place in row.cells] == [True, True, False, True, True, False]


def test_text_in_a_covered_cell_is_not_read_and_said() -> None:
    read = source(tbl(tr(tc("a", RESTART)), tr(tc("khuất", CONTINUE))))
    (found,) = read.blocks
    assert isinstance(found, Table)
    assert found.rows[1].cells[0] is found.rows[0].cells[0]
    assert read.warnings == [COVERED_TEXT]


def test_the_old_horizontal_merge() -> None:
    (row,) = table(tbl(tr(tc("a", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("b")))).rows
    assert [place and place.text for place in row.cells] == ["a", "a", "b"]
    assert row.cells[0] is not None
    assert row.cells[0].col_span == 2


def test_columns_left_free_before_and_after() -> None:
    before, after = '<w:gridBefore w:val="1"/>', '<w:gridAfter w:val="1"/>'
    body = tbl(tr(tc("a"), tc("b"), tc("c")), tr(tc("d"), properties=before + after))
    assert grid(body) == [["a", "b", "c"], [None, "d", None]]


@pytest.mark.parametrize("value", ["0", "-3", "x", ""])
def test_a_span_that_is_no_number_is_one(value: str) -> None:
    assert grid(tbl(tr(tc("a", SPAN.format(value)), tc("b")))) == [["a", "b"]]


def test_a_span_of_a_million_is_cut() -> None:
    (row,) = table(tbl(tr(tc("a", SPAN.format(1_000_000)), tc("b")))).rows
    assert len(row.cells) == MAX_COLUMNS + 1


def test_rows_cells_and_paragraphs_in_content_controls_are_there() -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    inner = f"<w:tc>{control(p('c'))}</w:tc>"
    body = tbl(control(tr(tc("a"), control(tc("b")), inner)), tr(tc("d"), tc(p(control(run("e")))), tc("f")))
    assert grid(body) == [["a", "b", "c"], ["d", "e", "f"]]


def test_a_deleted_row_is_gone_and_an_inserted_one_stays() -> None:
    body = tbl(tr(tc("a")), tr(tc("b"), properties='<w:del w:id="1"/>'), tr(tc("c"), properties='<w:ins w:id="2"/>'))
    assert grid(body) == [["a"], ["c"]]
    assert [row.number for row in table(body).rows] == [1, 2]


def test_a_deleted_cell_is_gone() -> None:
    assert grid(tbl(tr(tc("a"), tc("b", '<w:cellDel w:id="1"/>'), tc("c", '<w:cellIns w:id="2"/>')))) == [["a", "c"]]


def test_header_rows_and_hidden_rows_are_marked() -> None:
    body = tbl(
        tr(tc("a"), properties="<w:tblHeader/>"),
        tr(tc("b"), properties="<w:hidden/>"),
        tr(tc("c"), properties='<w:tblHeader w:val="false"/>'),
    )
    assert [(row.repeats_as_header, row.hidden) for row in table(body).rows] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_a_nested_table_is_text_of_the_cell_and_a_table() -> None:
    inner = tbl(tr(tc("Thực trạng"), tc("cũ")), tr(tc("Hiệu quả"), tc("nhanh")))
    found = cell(p("trước") + inner + p("sau"))
    assert found.text == "trước\nThực trạng\tcũ\nHiệu quả\tnhanh\nsau"
    assert [[place and place.text for place in row.cells] for row in found.tables[0].rows] == [
        ["Thực trạng", "cũ"],
        ["Hiệu quả", "nhanh"],
    ]


def test_bold_paragraphs_are_told_by_their_offset() -> None:
    found = cell(p(run("Thực trạng:", "<w:b/>") + run(" cũ")) + p(run("x")) + p(run("Hiệu quả", "<w:b/>")))
    assert found.text == "Thực trạng: cũ\nx\nHiệu quả"
    assert [found.text[start:].split("\n")[0] for start in found.bold_starts] == ["Thực trạng: cũ", "Hiệu quả"]


def test_a_line_after_a_break_may_begin_bold() -> None:
    found = cell(p(run("a") + "<w:r><w:br/></w:r>" + run("b", "<w:b/>")))
    assert (found.text, found.bold_starts) == ("a\nb", (2,))


def test_bold_switched_off_is_not_bold() -> None:
    assert cell(p(run("a", '<w:b w:val="0"/>'))).bold_starts == ()


def test_a_table_without_cells_is_no_table() -> None:
    assert source(tbl() + tbl(tr())).blocks == []


@pytest.mark.parametrize("depth", [13, 60])
def test_tables_nested_without_end_are_refused(depth: int) -> None:
    body = "<w:tbl><w:tr><w:tc>" * depth + p("x") + "</w:tc></w:tr></w:tbl>" * depth
    with pytest.raises(Refusal) as refusal:
        read_docx(docx(body))
    assert refusal.value.outcome is Outcome.TOO_LARGE
