"""The .docx as Word reads it: its parts, its properties, the order of their elements, the text of the user."""

import hashlib
import re
import tracemalloc
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, cast

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.documents.blocks import (
    AppendixHeading,
    Column,
    Dashes,
    DecisionWord,
    Division,
    Header,
    Notation,
    Paper,
    Paragraph,
    Recipients,
    Section,
    Table,
)
from sangkien.documents.docx import write_docx
from sangkien.documents.papers import appendix
from sangkien.documents.text import plain
from tests.documents import examples
from tests.documents.reading import W, by_style, document, docx_bytes, part, text_of, texts, value

# The order of the schema (ECMA-376, transitional) for the lists of properties that the writer fills
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr tabs spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps color spacing sz szCs lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd tcMar vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
    "p": "pPr r",
    "style": "name basedOn next link uiPriority qFormat pPr rPr",
    "styles": "docDefaults latentStyles style",
    "settings": (
        "zoom defaultTabStop autoHyphenation characterSpacingControl compat themeFontLang decimalSymbol listSeparator"
    ),
}
ALL = (examples.consolidated, examples.plan_appendix, examples.letter, examples.recognition)


def _one_cell(text: str) -> Paper:
    return appendix(heading=AppendixHeading("Bảng"), rows=[(text,)], columns=(Column("Nội dung", 100),))


def _cell_text(paper: Paper) -> str:
    return "\n".join(text_of(paragraph) for paragraph in by_style(document(paper), "OTrai"))


@pytest.mark.parametrize("make", ALL)
def test_every_part_is_well_formed_and_named_in_the_content_types(make: Any) -> None:
    content = docx_bytes(make())
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert names[0] == "[Content_Types].xml"
    declared = {node.get("PartName") for node in part(content, "[Content_Types].xml")} - {None}
    assert {f"/{name}" for name in names if not name.endswith(".rels") and name[0] != "["} == declared


@pytest.mark.parametrize("make", ALL)
def test_elements_stand_in_the_order_of_the_schema(make: Any) -> None:
    content = docx_bytes(make())
    for name in ("word/document.xml", "word/styles.xml", "word/settings.xml", "word/header1.xml"):
        for node in part(content, name).iter():
            order = ORDER.get(node.tag.removeprefix(W), "").split()
            places = [order.index(child.tag.removeprefix(W)) for child in node] if order else []
            assert places == sorted(places), node.tag


@pytest.mark.parametrize("make", ALL)
def test_python_docx_opens_the_paper_and_finds_the_same_tables(make: Any) -> None:
    content = docx_bytes(make())
    assert len(docx.Document(BytesIO(content)).tables) == len(part(content, "word/document.xml").findall(f".//{W}tbl"))


def test_font_is_times_new_roman_in_every_script_and_the_language_vietnamese() -> None:
    content = docx_bytes(examples.letter())
    defaults = part(content, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    fonts = defaults.find(f"{W}rFonts")
    assert {key.removeprefix(W): font for key, font in fonts.attrib.items()} == dict.fromkeys(
        ("ascii", "hAnsi", "eastAsia", "cs"), "Times New Roman"
    )
    assert value(defaults, "lang") == "vi-VN"
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if b"asciiTheme" in archive.read(name)]


def test_word_2013_mode_is_on() -> None:
    settings = part(docx_bytes(examples.letter()), "word/settings.xml")
    modes = {node.get(f"{W}name"): node.get(f"{W}val") for node in settings.iter(f"{W}compatSetting")}
    assert modes["compatibilityMode"] == "15"


def test_main_text_is_portrait_and_its_appendix_a_turned_page_numbered_anew() -> None:
    first, second = document(examples.recognition()).iter(f"{W}sectPr")
    assert [first.find(f"{W}pgSz").get(W + key) for key in ("w", "h", "orient")] == ["11906", "16838", None]
    assert [second.find(f"{W}pgSz").get(W + key) for key in ("w", "h", "orient")] == ["16838", "11906", "landscape"]
    for section in (first, second):
        margins = {key.removeprefix(W): number for key, number in section.find(f"{W}pgMar").attrib.items()}
        assert margins == {
            "top": "1134", "right": "850", "bottom": "1134", "left": "1701",
            "header": "567", "footer": "567", "gutter": "0",
        }  # fmt: skip
        assert value(section, "pgNumType", "start") == "1"
        assert section.find(f"{W}titlePg") is not None


def test_page_number_is_a_field_in_the_middle_of_the_header() -> None:
    content = docx_bytes(examples.letter())
    header, styles = part(content, "word/header1.xml"), _styles(content)
    assert "".join(header.itertext()).split() == ["PAGE", "2"]
    look = styles[value(header, "p/pPr/pStyle") or ""]
    assert (value(look, "pPr/jc"), value(look, "rPr/sz")) == ("center", "28")
    assert "".join(part(content, "word/header2.xml").itertext()) == ""


@pytest.mark.parametrize(
    ("style", "half_points", "bold", "italic", "align"),
    [
        ("QuocHieu", "26", True, False, "center"),
        ("TieuNgu", "28", True, False, "center"),
        ("CoQuanCapTren", "26", False, False, "center"),
        ("CoQuanBanHanh", "26", True, False, "center"),
        ("SoKyHieu", "26", False, False, "center"),
        ("DiaDanhNgay", "28", False, True, "center"),
        ("VeViec", "24", False, False, "center"),
        ("TenLoai", "28", True, False, "center"),
        ("TrichYeu", "28", True, False, "center"),
        ("ThamQuyen", "28", True, False, "center"),
        ("CanCu", "28", False, True, "both"),
        ("NoiDung", "28", False, False, "both"),
        ("ChucVuKy", "28", True, False, "center"),
        ("HoTenKy", "28", True, False, "center"),
        ("NoiNhan", "24", True, True, "left"),
        ("DanhSachNoiNhan", "22", False, False, "left"),
        ("PhuLuc", "28", True, False, "center"),
        ("TenPhuLuc", "28", True, False, "center"),
        ("KemTheo", "28", False, True, "center"),
    ],
)
def test_styles_have_the_size_and_form_of_the_decree(
    style: str, half_points: str, bold: bool, italic: bool, align: str
) -> None:
    look = _styles(docx_bytes(examples.letter()))[style]
    assert (
        value(look, "rPr/sz"),
        look.find(f"{W}rPr/{W}b") is not None,
        look.find(f"{W}rPr/{W}i") is not None,
        value(look, "pPr/jc"),
    ) == (half_points, bold, italic, align)


def test_body_has_first_line_of_one_centimetre_and_six_points_before_only() -> None:
    look = _styles(docx_bytes(examples.letter()))["NoiDung"]
    assert value(look, "pPr/ind", "firstLine") == "567"
    assert (value(look, "pPr/spacing", "before"), value(look, "pPr/spacing", "after")) == ("120", "0")
    after = {value(style, "pPr/spacing", "after") for style in _styles(docx_bytes(examples.letter())).values()}
    assert after <= {"0", None}


def test_header_of_a_decision_says_what_the_decree_asks() -> None:
    root = document(examples.recognition())
    assert texts(root, "QuocHieu") == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert texts(root, "TieuNgu") == ["Độc lập - Tự do - Hạnh phúc"]
    assert texts(root, "CoQuanCapTren") == ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ SÔNG TRĂNG"]
    assert texts(root, "CoQuanBanHanh") == ["ỦY BAN NHÂN DÂN", "PHƯỜNG BẾN ĐÒ CỔ"]
    assert texts(root, "SoKyHieu") == ["Số: " + "\u00a0" * 8 + "/QĐ-UBND"]
    assert texts(root, "DiaDanhNgay") == ["Phường Bến Đò Cổ, ngày 03 tháng 11 năm 2026"]
    assert texts(root, "DoKhan") == ["KHẨN"]
    assert texts(root, "TenLoai") == ["QUYẾT ĐỊNH"]
    assert texts(root, "ThamQuyen") == ["CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG BẾN ĐÒ CỔ"]
    assert texts(root, "QuyetDinh") == ["QUYẾT ĐỊNH:"]


def test_number_matches_the_form_of_the_registry() -> None:
    for number, shown in ((None, "Số: " + "\u00a0" * 8 + "/BC-UBND"), (5, "Số: 05/BC-UBND"), (230, "Số: 230/BC-UBND")):
        header = Header(body=("Ủy ban nhân dân",), notation=Notation("BC-UBND", number))
        [line] = texts(document(Paper("x", (Section((header,)),))), "SoKyHieu")
        assert line == shown
        assert re.match(r"^Số:\s*(\d{2,})?\s*/[A-ZĐ]+(-[A-ZĐ]+)*$", line)


def test_place_and_date_shrinks_to_thirteen_where_the_column_is_too_narrow() -> None:
    header = Header(body=("Ủy ban nhân dân",), place="Thành phố Hồ Chí Minh")
    root = document(Paper("x", (Section((header,)),)))
    assert texts(root, "DiaDanhNgay") == []
    assert len(texts(root, "DiaDanhNgayHep")) == 1


def test_bases_end_with_semicolons_and_the_last_with_a_full_stop() -> None:
    ends = [line[-1] for line in texts(document(examples.recognition()), "CanCu")]
    assert ends == [";", ";", "."]


def test_distribution_ends_with_the_file_copy_and_a_full_stop() -> None:
    root = document(examples.recognition())
    assert texts(root, "NoiNhan") == ["Nơi nhận:"]
    lines = texts(root, "DanhSachNoiNhan")
    assert [line[:2] for line in lines] == ["- "] * 4
    assert [line[-1] for line in lines] == [";", ";", ";", "."]
    assert lines[-1] == "- Lưu: VT, VHXH."


def test_signature_is_one_unbroken_row_kept_with_the_end_of_the_text() -> None:
    root = document(examples.recognition())
    last = by_style(root, "Dieu")[-1]
    assert text_of(last).endswith("Quyết định này./.")
    assert last.find(f"{W}pPr/{W}keepNext") is not None
    table = last.getnext()
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iter(f"{W}tr")] == [True]
    left, right = table.iter(f"{W}tc")
    assert [value(cell[1], "pPr/spacing", "before") for cell in (left, right)] == ["240", "240"]


def test_rules_are_as_long_as_the_decree_asks() -> None:
    """Half the last line of the body's name, the whole motto, four tenths of the last line of the summary."""
    rules = by_style(document(examples.recognition()), "KeNgang")
    columns = (67, 98, 165)
    lengths = [
        column * 72 / 25.4 - 2 * int(value(rule, "pPr/ind", "left") or 0) / 20
        for column, rule in zip(columns, rules, strict=False)
    ]
    body, motto, summary = lengths
    assert body == pytest.approx(0.5 * 133.7, abs=1.5)
    assert motto == pytest.approx(171.4, abs=0.2)
    assert 1 / 3 <= summary / 317 <= 1 / 2


def test_several_addressees_stand_on_lines_with_dashes_under_the_colon() -> None:
    root = document(examples.letter())
    [label], names = by_style(root, "KinhGui"), by_style(root, "NoiKinhGui")
    assert text_of(label) == "Kính gửi:"
    assert [text_of(name)[-1] for name in names] == [";", "."]
    dashes = {int(value(n, "pPr/ind", "left") or 0) - int(value(n, "pPr/ind", "hanging") or 0) for n in names}
    [dash] = dashes
    assert dash >= int(value(label, "pPr/ind", "left") or 0) + 53 * 20


def test_one_addressee_stands_on_the_line_of_the_word() -> None:
    paper = Paper("x", (Section((Recipients(("Ủy ban nhân dân phường Bến Đò Cổ",)),)),))
    assert texts(document(paper), "KinhGui") == ["Kính gửi: Ủy ban nhân dân phường Bến Đò Cổ"]


def test_outline_counts_with_the_vietnamese_alphabet() -> None:
    root = document(examples.letter())
    assert texts(root, "DeMuc") == ["I. KẾT QUẢ THỰC HIỆN", "II. ĐỀ NGHỊ"]
    assert [line[:2] for line in texts(root, "NoiDung") if line[1:2] in ".)"] == ["1.", "2.", "a)", "b)", "c)", "1."]


def test_division_stands_on_its_own_line_with_its_title_in_capitals_below() -> None:
    blocks = (Division("Chương", 4, "Tổ chức thực hiện"), Division("Mục", 2, "Kinh phí"), Paragraph("Đoạn."))
    root = document(Paper("x", (Section(blocks),)))
    assert texts(root, "PhanChuong") == ["Chương IV", "Mục 2"]
    assert texts(root, "TenPhanChuong") == ["TỔ CHỨC THỰC HIỆN", "KINH PHÍ"]


def test_appendix_of_the_decree_has_a_title_in_capitals_and_no_national_header() -> None:
    root = document(examples.consolidated())
    [title] = texts(root, "TenPhuLuc")
    assert title == title.upper()
    assert texts(root, "PhuLuc") == ["Phụ lục"]
    assert texts(root, "QuocHieu") == []


def test_appendix_of_the_plan_has_the_national_header_and_a_title_in_sentence_case() -> None:
    root = document(examples.plan_appendix())
    assert texts(root, "QuocHieu") == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert texts(root, "TenPhuLuc")[0].startswith("Báo cáo kết quả")


def test_one_of_several_appendices_has_a_roman_number() -> None:
    paper = appendix(heading=AppendixHeading("Bảng", number=4), rows=[])
    assert texts(document(paper), "PhuLuc") == ["Phụ lục IV"]


def test_table_has_fixed_columns_a_repeated_heading_and_rows_that_may_break() -> None:
    table = document(examples.consolidated()).findall(f".//{W}tbl")[-1]
    grid = [int(column.get(f"{W}w")) for column in table.find(f"{W}tblGrid")]
    assert grid == [567, 1701, 2268, 1587, 7087, 1077]
    assert value(table, "tblPr/tblLayout", "type") == "fixed"
    assert value(table, "tblPr/tblInd", "w") == "0"
    heading, *rows = table.findall(f"{W}tr")
    assert heading.find(f"{W}trPr/{W}tblHeader") is not None
    assert [row.find(f"{W}trPr") for row in rows] == [None] * 6
    for row in (heading, *rows):
        assert [int(value(cell, "tcPr/tcW", "w") or 0) for cell in row.findall(f"{W}tc")] == grid


def test_a_short_row_is_filled_and_a_long_one_refused() -> None:
    columns = (Column("A", 50), Column("B", 50))
    table = document(appendix(heading=AppendixHeading("x"), rows=[("một",)], columns=columns)).find(f".//{W}tbl")
    assert [len(row.findall(f"{W}tc")) for row in table.findall(f"{W}tr")] == [2, 2]
    with pytest.raises(ValueError, match="3 cells"):
        document(appendix(heading=AppendixHeading("x"), rows=[("1", "2", "3")], columns=columns))


@pytest.mark.parametrize(
    "text", ["#set text(red)", "*a* _b_ $x$ @y", "<b>&amp;</b>", "- gạch", "\\", '"“ ”', "🌱 ☑", "]]>"]
)
def test_text_of_the_user_stays_text(text: str) -> None:
    assert _cell_text(_one_cell(text)) == text
    [paragraph] = texts(document(Paper("x", (Section((Paragraph(text),)),))), "NoiDung")
    assert paragraph == text


def test_newlines_of_a_cell_are_paragraphs_and_spaces_at_its_ends_are_kept() -> None:
    assert _cell_text(_one_cell(" một \r\n\n hai\vba")) == " một \n\n hai\nba"


@pytest.mark.slow
@given(st.text())
def test_any_text_goes_in_and_comes_out(text: str) -> None:
    assert _cell_text(_one_cell(text)) == plain(text)


@pytest.mark.slow
@given(st.text(), st.text(), st.text())
def test_any_text_in_the_head_of_a_paper_gives_a_well_formed_file(title: str, body: str, kind: str) -> None:
    header = Header(body=(body,), notation=Notation(kind), place=title, subject=title)
    blocks = (header, Recipients((title, body)), DecisionWord(kind), Paragraph(title))
    content = docx_bytes(Paper(title, (Section(blocks),), author=body))
    assert part(content, "docProps/core.xml") is not None
    assert part(content, "word/document.xml") is not None


def test_decomposed_letters_are_written_composed() -> None:
    assert _cell_text(_one_cell("Đơn vi\u0323")) == "Đơn vị"


def test_the_same_paper_gives_the_same_bytes() -> None:
    first, second = (hashlib.sha256(docx_bytes(examples.recognition())).hexdigest() for _ in range(2))
    assert first == second


def test_what_was_there_stays_when_the_source_of_rows_fails(tmp_path: Path) -> None:
    def torn() -> Iterator[Sequence[str]]:
        yield ("1",)
        raise OSError("cut off")

    target = tmp_path / "Phụ lục tổng hợp.docx"
    target.write_text("bản hôm qua", encoding="utf-8")
    with pytest.raises(OSError, match="cut off"):
        write_docx(appendix(heading=AppendixHeading("x"), rows=torn()), target)
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["bản hôm qua"]


def test_a_small_list_stands_in_eleven_without_space_between_its_lines() -> None:
    paper = Paper("x", (Section((Dashes(("một", "hai", "ba"), small=True),)),))
    content = docx_bytes(paper)
    assert value(_styles(content)["DanhSachNho"], "rPr/sz") == "22"
    lines = by_style(part(content, "word/document.xml"), "DanhSachNho")
    assert [text_of(line) for line in lines] == ["- một", "- hai", "- ba"]
    assert [value(line, "pPr/spacing", "before") for line in lines] == ["80", None, None]


def test_a_stream_that_cannot_seek_gets_its_first_bytes_before_the_last_row_is_read() -> None:
    class Stream:
        def __init__(self) -> None:
            self.written = bytearray()

        def write(self, piece: bytes) -> int:
            self.written += piece
            return len(piece)

        def flush(self) -> None:
            pass

    stream = Stream()
    seen: list[int] = []

    def rows() -> Iterator[Sequence[str]]:
        for index in range(2_000):
            yield (hashlib.sha256(str(index).encode()).hexdigest() * 8,)
        seen.append(len(stream.written))

    write_docx(appendix(heading=AppendixHeading("x"), rows=rows()), cast("BinaryIO", stream))
    assert seen[0] > 50_000
    assert zipfile.ZipFile(BytesIO(bytes(stream.written))).testzip() is None


def test_progress_counts_the_rows() -> None:
    heard: list[int] = []
    write_docx(appendix(heading=AppendixHeading("x"), rows=examples.rows(250)), BytesIO(), progress=heard.append)
    assert heard == [100, 200, 250]


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    peaks = []
    for count in (200, 4_000):
        tracemalloc.start()
        write_docx(appendix(heading=AppendixHeading("x"), rows=examples.rows(count)), tmp_path / "a.docx")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 100_000


def _styles(content: bytes) -> dict[str, Any]:
    return {style.get(f"{W}styleId"): style for style in part(content, "word/styles.xml").findall(f"{W}style")}


def test_a_table_may_stand_in_a_portrait_paper() -> None:
    table = Table((Column("Tiêu chí", 120), Column("Điểm", 45, "center")), [("Tính mới", "20")])
    root = document(Paper("x", (Section((Paragraph("Bảng:"), table)),)))
    assert [text_of(p) for p in root.find(f".//{W}tbl").iter(f"{W}p")] == ["Tiêu chí", "Điểm", "Tính mới", "20"]
