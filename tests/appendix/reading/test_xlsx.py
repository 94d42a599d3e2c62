"""Workbooks show what Excel shows, say what they hide, and follow nothing."""

import io
import time
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.source import Cell, Refusal, Source
from sangkien.appendix.reading.xlsx import load
from sangkien.appendix.reading.xlsx.formulas import link_title
from tests.appendix.fixtures.old_fonts import tcvn3, vni
from tests.appendix.fixtures.ooxml import HEAD, relations
from tests.appendix.fixtures.sheets import raw_book
from tests.appendix.reading.shown import only, packed, paragraphs, tables, texts

SHEET = "xl/worksheets/sheet1.xml"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def read(rows: str, strings: str = "", **parts: str) -> Source:
    return load(packed(raw_book(rows, strings, **parts)), "a.xlsx")


def one_cell(cell: str, strings: str = "", **parts: str) -> str:
    [[text]] = only(read(f"<row>{cell}</row>", strings, **parts))
    return text


def first(source: Source) -> Cell:
    cell = tables(source)[0].rows[0].cells[0]
    assert cell is not None
    return cell


def inline(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("<c><v>1.0</v></c>", "1"),
        ('<c t="n"><v>2</v></c>', "2"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="b"><v>0</v></c>', "FALSE"),
        ('<c t="str"><v>chữ</v></c>', "chữ"),
        ('<c t="d"><v>2024-03-05</v></c>', "5/3/2024"),
        ('<c t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c t="s"><v>0</v></c>', "chung"),
        (inline("=1+1"), "=1+1"),
        (inline("@SUM(1)"), "@SUM(1)"),
        ('<c s="1"><v>0.5</v></c>', "50%"),
        ('<c s="2"><v>45356</v></c>', "5/3/2024"),
        ('<c s="99"><v>3</v></c>', "3"),
        ('<c s="x"><v>4</v></c>', "4"),
    ],
)
def test_a_cell_shows_its_value(cell: str, shown: str) -> None:
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/></cellXfs>'
    assert one_cell(cell, "<si><t>chung</t></si>", styles=styles) == shown


def test_a_format_of_the_file_is_used() -> None:
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="0&quot; hồ sơ&quot;"/></numFmts>'
        '<cellXfs><xf numFmtId="164"/></cellXfs>'
    )
    assert one_cell("<c><v>12</v></c>", styles=styles) == "12 hồ sơ"


def test_dates_may_count_from_1904() -> None:
    parts = {"styles": '<cellXfs><xf numFmtId="14"/></cellXfs>', "workbook": '<workbookPr date1904="1"/>'}
    assert one_cell("<c><v>43894</v></c>", **parts) == "5/3/2024"


def test_rich_text_is_joined_without_phonetic_hints() -> None:
    string = (
        "<si><r><t>Nội </t></r><r><rPr><b/></rPr><t>dung</t></r>"
        '<rPh sb="0" eb="1"><t>phiên âm</t></rPh><phoneticPr fontId="1"/></si>'
    )
    assert one_cell('<c t="s"><v>0</v></c>', string) == "Nội dung"


def test_bold_starts_of_paragraphs_are_hints() -> None:
    string = (
        "<si><r><rPr><b/></rPr><t>Nội dung: </t></r><r><t>họp số\n</t></r>"
        '<r><rPr><b val="1"/></rPr><t>Hiệu quả:</t></r><r><t> nhanh </t></r><r><rPr><b/></rPr><t>hơn</t></r></si>'
    )
    cell = first(read('<row><c t="s"><v>0</v></c></row>', string))
    assert cell.bold_starts == (0, cell.text.index("Hiệu quả"))


def test_a_bold_cell_is_bold_in_every_paragraph() -> None:
    styles = "<fonts><font/><font><b/></font></fonts><cellXfs><xf/><xf fontId='1'/></cellXfs>"
    cell = first(read('<row><c s="1" t="inlineStr"><is><t>Một\n\nHai</t></is></c></row>', styles=styles))
    assert cell.bold_starts == (0, 5)


def test_escapes_and_line_ends_are_undone() -> None:
    assert one_cell(inline("Một_x000D_\nHai_x0007__x005F_x0041_")) == "Một\nHai_x0041_"


def test_letters_are_composed() -> None:
    assert one_cell(inline("Đo\u031b\u0323t")) == "Đợt"


def test_old_fonts_are_decoded_run_by_run_with_a_warning() -> None:
    string = (
        f'<si><r><rPr><rFont val=".VnTimeH"/></rPr><t>{tcvn3("thực trạng")}</t></r>'
        f'<r><rPr><rFont val=".VnTime"/></rPr><t>: {tcvn3("giấy tờ nhiều")}</t></r>'
        '<r><rPr><rFont val="Times New Roman"/></rPr><t>, đã sửa</t></r></si>'
    )
    source = read('<row><c t="s"><v>0</v></c></row>', string)
    assert only(source) == [["THỰC TRẠNG: giấy tờ nhiều, đã sửa"]]
    assert [warning for warning in source.warnings if "TCVN3" in warning]


@pytest.mark.parametrize(("font", "encode"), [(".VnTime", tcvn3), ("VNI-Times", vni)])
def test_the_font_of_a_cell_is_the_font_of_its_runs(font: str, encode: object) -> None:
    styles = f'<fonts><font><name val="{font}"/></font></fonts><cellXfs><xf fontId="0"/></cellXfs>'
    typed = encode("Đơn vị thực hiện")  # type: ignore[operator]  # one of two functions of the kit
    assert one_cell(inline(typed), styles=styles) == "Đơn vị thực hiện"
    assert one_cell('<c t="s"><v>0</v></c>', f"<si><t>{typed}</t></si>", styles=styles) == "Đơn vị thực hiện"


def test_unicode_under_the_name_of_an_old_font_stays() -> None:
    styles = '<fonts><font><name val=".VnTime"/></font></fonts><cellXfs><xf fontId="0"/></cellXfs>'
    assert one_cell(inline("Được ấn định"), styles=styles) == "Được ấn định"
    assert one_cell(inline("Là bà, có hồ"), styles=styles) == "Là bà, có hồ"


def test_old_fonts_without_a_name_are_told_by_their_words() -> None:
    source = read(f"<row>{inline(tcvn3('Đơn vị thực hiện cải cách thủ tục hành chính'))}</row>")
    assert only(source) == [["Đơn vị thực hiện cải cách thủ tục hành chính"]]
    assert ["TCVN3" in warning for warning in source.warnings] == [True]


@pytest.mark.parametrize(
    ("formula", "title"),
    [
        ('HYPERLINK("http://example.invalid","Họp số")', "Họp số"),
        ('HYPERLINK("http://example.invalid/?a=1,2","Họp ""số""")', 'Họp "số"'),
        ('hyperlink(A1&"(,)", "Họp " & "số" )', "Họp số"),
        ('HYPERLINK(IF(A1,"x","y"),"Họp số")', "Họp số"),
        ('HYPERLINK("http://example.invalid")', None),
        ('HYPERLINK("http://example.invalid",A1)', None),
        ('HYPERLINK("x","a"&A1)', None),
        ('CONCATENATE("a","b")', None),
        ('HYPERLINK("x","a', None),
        ("", None),
    ],
)
def test_the_title_of_a_link(formula: str, title: str | None) -> None:
    assert link_title(formula) == title


def test_a_cached_value_is_taken_and_the_cell_named() -> None:
    source = read(
        '<row r="3"><c r="B3"><f>1+1</f><v>2</v></c></row><row r="4"><c r="B4" t="str"><f>A1</f><v>x</v></c></row>'
    )
    assert only(source) == [["2"], ["x"]]
    [warning] = source.warnings
    assert "B3, B4" in warning


def test_a_link_without_a_cached_value_shows_its_title() -> None:
    formula = '<c r="C4"><f>HYPERLINK("http://example.invalid","Họp số")</f><v></v></c>'
    source = read(f'<row r="4">{formula}</row>')
    assert only(source) == [["Họp số"]]
    assert not first(source).formula
    [warning] = source.warnings
    assert "C4" in warning


def test_a_link_whose_cached_value_is_nought_was_never_calculated() -> None:
    assert one_cell('<c><f>HYPERLINK("http://example.invalid","Họp số")</f><v>0</v></c>') == "Họp số"


def test_a_formula_that_nobody_calculated_is_kept_as_text_and_marked() -> None:
    source = read('<row r="2"><c r="A2"><f>ROW()-1</f><v/></c><c r="B2"><f>1+1</f></c></row>')
    assert only(source) == [["=ROW()-1", "=1+1"]]
    assert [cell.formula for cell in tables(source)[0].rows[0].cells if cell] == [True, True]
    [warning] = source.warnings
    assert "A2, B2" in warning


def test_noughts_of_a_program_that_left_calculating_to_excel_are_no_values() -> None:
    parts = {"workbook": '<calcPr fullCalcOnLoad="1"/>'}
    assert one_cell("<c><f>ROW()-1</f><v>0</v></c>", **parts) == "=ROW()-1"
    assert one_cell("<c><v>0</v></c>", **parts) == "0"


def test_a_shared_formula_shows_the_formula_it_shares() -> None:
    rows = (
        '<row><c><f t="shared" ref="A1:A2" si="0">ROW()*2</f></c></row><row><c><f t="shared" si="0"/></c></row>'
        '<row><c><f t="shared" si="7"/></c></row>'
    )
    assert only(read(rows)) == [["=ROW()*2"], ["=ROW()*2"], ["=?"]]


def test_an_empty_result_is_an_empty_cell() -> None:
    source = read(f'<row><c t="str"><f>IF(1,"","x")</f><v></v></c>{inline("b")}</row>')
    assert only(source) == [["b"]]


def test_hidden_rows_are_read_marked_and_named() -> None:
    source = read(
        f'<row r="1">{inline("a")}</row><row r="2" hidden="1">{inline("b")}</row>'
        f'<row r="3" ht="0" customHeight="1">{inline("c")}</row><row r="4" hidden="true"/>'
    )
    assert only(source) == [["a"], ["b"], ["c"]]
    assert [row.hidden for row in tables(source)[0].rows] == [False, True, True]
    [warning] = source.warnings
    assert "ẩn: 2, 3." in warning


def test_hidden_columns_are_read_and_named() -> None:
    parts = raw_book(f"<row>{inline('a')}{inline('b')}</row>")
    parts[SHEET] = str(parts[SHEET]).replace(
        "<sheetData>", '<cols><col min="2" max="16384" hidden="1"/></cols><sheetData>'
    )
    source = load(packed(parts), "a.xlsx")
    assert only(source) == [["a", "b"]]
    [warning] = source.warnings
    assert "cột đang ẩn: B." in warning


def three_sheets() -> bytes:
    book = openpyxl.Workbook()
    for name, state in (("Phường 1", "visible"), ("Năm cũ", "hidden"), ("_dm", "veryHidden"), ("Phường 2", "visible")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        sheet["A1"] = name
    book.remove(book.worksheets[0])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_visible_sheets_are_tables_and_hidden_ones_are_named() -> None:
    source = load(three_sheets(), "a.xlsx")
    assert [(table.name, texts(table)) for table in tables(source)] == [
        ("Phường 1", [["Phường 1"]]),
        ("Phường 2", [["Phường 2"]]),
    ]
    assert [[name in warning for name in ("Năm cũ", "_dm")] for warning in source.warnings] == [
        [True, False],
        [False, True],
    ]


def test_chart_sheets_are_passed_over() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("Số liệu")
    sheet.write_row(0, 0, [1, 2])
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Số liệu'!$A$1:$B$1"})
    book.add_chartsheet("Biểu đồ").set_chart(chart)
    book.close()
    source = load(target.getvalue(), "a.xlsx")
    assert only(source) == [["1", "2"]]
    assert source.warnings == []


def test_comments_are_no_text() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "ô")
    sheet.write_comment(0, 0, "nhận xét của lãnh đạo")
    book.close()
    assert only(load(target.getvalue(), "a.xlsx")) == [["ô"]]


def test_text_boxes_are_paragraphs_before_the_table() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "ô")
    sheet.insert_textbox(2, 2, "UBND Phường Thử Nghiệm\nBáo cáo")
    book.close()
    source = load(target.getvalue(), "a.xlsx")
    assert paragraphs(source) == ["UBND Phường Thử Nghiệm", "Báo cáo"]
    assert only(source) == [["ô"]]
    assert ["khung" in warning for warning in source.warnings] == [True]


def test_merged_ranges_span() -> None:
    parts = raw_book(f'<row r="1">{inline("Tiêu đề")}</row><row r="2">{inline("a")}{inline("b")}</row>')
    parts[SHEET] = str(parts[SHEET]).replace(
        "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    )
    source = load(packed(parts), "a.xlsx")
    assert only(source) == [["Tiêu đề", "Tiêu đề"], ["a", "b"]]
    assert (first(source).row_span, first(source).col_span) == (1, 2)


def test_rows_and_cells_without_address_follow_one_another() -> None:
    source = read(
        f'<row>{inline("a")}</row><row r="5">{inline("b")}<c r="D5"/>{inline("c")}</row><row>{inline("d")}</row>'
    )
    assert only(source) == [["a", ""], ["b", "c"], ["d", ""]]
    assert [row.number for row in tables(source)[0].rows] == [1, 5, 6]


def test_strict_workbooks_read_the_same() -> None:
    source = read('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', "<si><t>chặt</t></si>", spaces=STRICT)
    assert only(source) == [["chặt"]]


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"])
def test_a_missing_part_is_no_obstacle(part: str) -> None:
    parts = raw_book('<row><c s="3" t="s"><v>0</v></c></row>', "<si><t>còn đây</t></si>")
    del parts[part]
    assert only(load(packed(parts), "a.xlsx")) == [["còn đây"]]


def test_texts_without_their_part_are_named_as_lost() -> None:
    parts = raw_book(f'<row r="1">{inline("a")}<c r="B1" t="s"><v>0</v></c></row>')
    del parts["xl/sharedStrings.xml"]
    source = load(packed(parts), "a.xlsx")
    assert only(source) == [["a"]]
    [warning] = source.warnings
    assert "B1" in warning


def test_a_sheet_without_its_part_is_named() -> None:
    parts = raw_book("")
    del parts[SHEET]
    source = load(packed(parts), "a.xlsx")
    assert source.blocks == []
    assert "Sheet1" in source.warnings[0]


@pytest.mark.parametrize("part", ["xl/workbook.xml"])
def test_a_book_without_its_heart_is_corrupt(part: str) -> None:
    parts = raw_book("")
    del parts[part]
    with pytest.raises(Refusal) as refused:
        load(packed(parts), "a.xlsx")
    assert refused.value.outcome is Outcome.CORRUPT


def test_a_sheet_that_breaks_off_is_read_up_to_there_with_a_warning() -> None:
    parts = raw_book(f"<row>{inline('a')}</row><row>{inline('b')}</row>")
    parts[SHEET] = str(parts[SHEET]).partition('<row><c t="inlineStr"><is><t>b')[0]
    source = load(packed(parts), "a.xlsx")
    assert only(source) == [["a"]]
    assert "so lại" in source.warnings[0]


def test_a_sheet_that_is_no_xml_is_corrupt() -> None:
    parts = raw_book("") | {SHEET: b"\x00\x01\x02"}
    with pytest.raises(Refusal) as refused:
        load(packed(parts), "a.xlsx")
    assert refused.value.outcome is Outcome.CORRUPT


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_document_type_is_unsafe_wherever_it_stands(part: str) -> None:
    parts = raw_book('<row><c t="s"><v>0</v></c></row>', "<si><t>a</t></si>")
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    parts[part] = str(parts[part]).replace(HEAD, HEAD + bomb, 1)
    with pytest.raises(Refusal) as refused:
        load(packed(parts), "a.xlsx")
    assert refused.value.outcome is Outcome.UNSAFE_CONTENT


def test_a_document_type_behind_a_long_comment_is_unsafe_too() -> None:
    parts = raw_book(f"<row>{inline('a')}</row>")
    parts[SHEET] = str(parts[SHEET]).replace(
        HEAD, f"{HEAD}<!--{'x' * 400_000}--><!DOCTYPE worksheet [<!ENTITY a 'b'>]>", 1
    )
    with pytest.raises(Refusal) as refused:
        load(packed(parts), "a.xlsx")
    assert refused.value.outcome is Outcome.UNSAFE_CONTENT


def test_links_to_other_files_and_macros_are_named_and_not_followed() -> None:
    parts = raw_book(f"<row>{inline('a')}</row>")
    parts["xl/externalLinks/externalLink1.xml"] = f'{HEAD}<externalLink xmlns="{STRICT}"/>'
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = relations(
        [("rId1", "externalLinkPath", "file:///etc/passwd")], external=True
    )
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    source = load(packed(parts), "a.xlsm")
    assert only(source) == [["a"]]
    assert ["macro" in warning for warning in source.warnings] == [True, False]
    assert "ở nơi khác" in source.warnings[1]


def test_a_lone_cell_at_the_far_corner_is_cheap() -> None:
    data = packed(raw_book(f'<row r="1">{inline("a")}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    tracemalloc.start()
    source = load(data, "a.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert only(source) == [["a", ""], ["", "1"]]
    assert peak < 1_000_000


@pytest.mark.parametrize(
    ("rows", "strings"),
    [
        ("<row>" + "<c><v>1</v></c>" * 300_000 + "</row>", ""),
        (("<row>" + "<c><v>1</v></c>" * 1000 + "</row>") * 310, ""),
        ("<row/>" * 610_000, ""),
        ("", "<si><r><t>a</t></r></si>" * 310_000),
        ("", "<si>" + "<r><t>a</t></r>" * 300_000 + "</si>"),
    ],
    ids=["one row", "cells", "rows", "texts", "runs"],
)
@pytest.mark.slow
def test_more_than_can_be_read_in_time_is_refused_in_time(rows: str, strings: str) -> None:
    data = packed(raw_book(rows, strings), zipfile.ZIP_STORED)  # not packed: no suspicion of a bomb beforehand
    begin = time.process_time()
    with pytest.raises(Refusal) as refused:
        load(data, "a.xlsx")
    assert refused.value.outcome is Outcome.TOO_LARGE
    assert time.process_time() - begin < 8


@pytest.mark.slow
def test_what_follows_the_cells_may_be_long() -> None:
    parts = raw_book(f"<row>{inline('a')}</row>")
    links = "<hyperlinks>" + '<hyperlink ref="A1" location="b"/>' * 200_000 + "</hyperlinks>"
    parts[SHEET] = str(parts[SHEET]).replace("</sheetData>", "</sheetData>" + links)
    assert only(load(packed(parts, zipfile.ZIP_STORED), "a.xlsx")) == [["a"]]


@pytest.mark.slow
def test_three_thousand_rows_are_read_at_once() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    for row in range(3000):
        for column in range(6):
            sheet.write_string(row, column, f"{row} {column} " + "Nội dung của sáng kiến. " * 10)
    book.close()
    begin = time.process_time()
    [table] = tables(load(target.getvalue(), "a.xlsx"))
    assert time.process_time() - begin < 3
    assert (len(table.rows), len(table.rows[0].cells)) == (3000, 6)


@pytest.mark.parametrize("name", ["a.xlsx", "b.xlsx"])
def test_openpyxl_and_xlsxwriter_agree(name: str, tmp_path: Path) -> None:
    rows = [["STT", "Tên"], ["1", "Họp số\nhai dòng"], ["2", "=không phải công thức"]]
    if name == "a.xlsx":
        book = openpyxl.Workbook()
        for row in rows[:2]:
            book.active.append(row)
        book.active.append([2, None])
        book.active["B3"].data_type = "s"
        book.active["B3"]._value = rows[2][1]
        book.save(tmp_path / name)
    else:
        other = xlsxwriter.Workbook(str(tmp_path / name), {"strings_to_formulas": False})
        sheet = other.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        other.close()
    assert only(load((tmp_path / name).read_bytes(), name)) == rows


def outcome(data: bytes) -> object:
    try:
        return load(data, "a.xlsx")
    except Refusal as refusal:
        return refusal.outcome


FUZZED = raw_book(
    f'<row r="1" hidden="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1"><f>HYPERLINK("x","y")</f><v>0</v></c></row>'
    f'<row r="2">{inline("b")}<c r="C2" t="d"><v>2024-03-05</v></c></row>',
    "<si><r><rPr><b/></rPr><t>Nội</t></r></si>",
    styles='<fonts><font><name val="x"/></font></fonts><cellXfs><xf numFmtId="14" fontId="0"/></cellXfs>',
)


@settings(max_examples=150, deadline=None)
@given(
    part=st.sampled_from(
        [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
    ),
    cuts=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 30), st.binary(max_size=8)), min_size=1, max_size=4),
)
def test_mutated_parts_give_a_source_or_a_refusal(part: str, cuts: list[tuple[int, int, bytes]]) -> None:
    content = bytearray(str(FUZZED[part]).encode())
    for start, length, new in cuts:
        start %= len(content) or 1
        content[start : start + length] = new
    assert outcome(packed(FUZZED | {part: bytes(content)}))


@settings(max_examples=150, deadline=None)
@given(
    numbers=st.lists(st.text("0123456789.-eE+N", max_size=12), min_size=1, max_size=5),
    code=st.text('0#?.,%/dmyhs[]"\\;@E+-_*GenralRd ', max_size=20),
)
def test_any_number_in_any_format_gives_a_source(numbers: list[str], code: str) -> None:
    escaped = code.replace('"', "&quot;")
    styles = (
        f'<numFmts><numFmt numFmtId="170" formatCode="{escaped}"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs>'
    )
    cells = "".join(f"<c><v>{number}</v></c>" for number in numbers)
    assert isinstance(outcome(packed(raw_book(f"<row>{cells}</row>", styles=styles))), Source)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=10))
def test_mutated_archives_give_a_source_or_a_refusal(changes: list[tuple[int, int]]) -> None:
    data = bytearray(packed(FUZZED))
    for place, value in changes:
        data[place % len(data)] = value
    assert outcome(bytes(data))


def test_the_archive_is_really_read_by_zip() -> None:
    with zipfile.ZipFile(io.BytesIO(packed(FUZZED))) as archive:
        assert archive.testzip() is None
