"""The PDF by its text layer: every measure of the decree that shows on a page, and the long papers in parts."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTRect

from sangkien.documents.blocks import (
    AppendixHeading,
    Column,
    Header,
    Notation,
    Paper,
    Paragraph,
    Section,
    Table,
)
from sangkien.documents.papers import appendix, appendix_section
from sangkien.documents.pdf import parts, write_pdf
from sangkien.documents.pdf.glyphs import drawable
from sangkien.documents.text import plain
from tests.documents import examples
from tests.documents.reading import PdfLine, PdfRule, pdf_lines, pdf_rules, within

LEFT, RIGHT = 85.04, 595.28 - 42.52
MIDDLE = (LEFT + RIGHT) / 2
SHORT_ROW = ("", "Phường Bến Đò Cổ", "Sổ tay", "Thể chế", "Một dòng.", "")
SENTENCE = (
    "Các cơ quan, đơn vị đẩy mạnh việc nghiên cứu, xây dựng và tổ chức thực hiện các mô hình, giải pháp, cách làm hay "
    "trong công tác cải cách hành chính nhằm nâng cao chất lượng phục vụ người dân, doanh nghiệp trên địa bàn phường. "
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example papers as PDF."""
    folder = tmp_path_factory.mktemp("giấy tờ")
    papers = {
        "decision": examples.recognition(),
        "letter": examples.letter(),
        "appendix": examples.consolidated(),
        "plan": examples.plan_appendix(),
        "long": Paper("Dài", (Section(tuple(Paragraph(SENTENCE * 2) for _ in range(20))),), made_at=examples.MADE_AT),
    }
    return {name: write_pdf(paper, folder / f"{name}.pdf")[0] for name, paper in papers.items()}


@pytest.fixture(scope="module")
def decision(made: dict[str, Path]) -> list[PdfLine]:
    """The lines of the decision and its appendix."""
    return pdf_lines(made["decision"])


@pytest.fixture(scope="module")
def letter(made: dict[str, Path]) -> list[PdfLine]:
    """The lines of the official letter."""
    return pdf_lines(made["letter"])


@pytest.fixture
def light_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of a fifth of their weight, so that short rows make several."""
    monkeypatch.setattr(parts, "WEIGHT_IN_PART", 60_000)
    monkeypatch.setattr(parts, "WEIGHT_IN_ONE_RUN", 20_000)


def the(lines: Sequence[PdfLine], start: str, page: int = 1) -> PdfLine:
    """The only line of a page that begins so."""
    [line] = [line for line in lines if line.page == page and line.text.startswith(start)]
    return line


def rules_of(path: Path, page: int = 1) -> list[PdfRule]:
    return [rule for rule in pdf_rules(path) if rule.page == page]


@pytest.mark.parametrize("name", ["decision", "letter", "appendix", "plan", "long"])
def test_every_font_is_tinos_and_embedded(made: dict[str, Path], name: str) -> None:
    with pikepdf.open(made[name]) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]
        assert fonts
        for font in fonts:
            assert "Tinos" in str(font.BaseFont)
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_pages_are_a4_and_the_appendix_is_turned(made: dict[str, Path]) -> None:
    with pikepdf.open(made["decision"]) as pdf:
        boxes = [[float(number) for number in page.mediabox] for page in pdf.pages]
    assert boxes[0] == pytest.approx([0, 0, 595.28, 841.89], abs=0.1)
    assert boxes[1] == pytest.approx([0, 0, 841.89, 595.28], abs=0.1)


def test_file_tells_title_language_and_conformance(made: dict[str, Path]) -> None:
    with pikepdf.open(made["letter"]) as pdf:
        assert str(pdf.Root.Lang) == "vi-VN"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Báo cáo mô hình, giải pháp, sáng kiến năm 2026"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["pdfuaid:part"] == "1"


@pytest.mark.slow
def test_body_keeps_the_margins_the_first_line_and_the_pitch(made: dict[str, Path]) -> None:
    lines = [line for line in pdf_lines(made["long"]) if line.page == 1]
    assert {line.size for line in lines} == {14}
    assert {line.font for line in lines} == {"Tinos-Regular"}
    assert min(line.x0 for line in lines) == pytest.approx(85.0, abs=0.5)
    assert max(line.x1 for line in lines) == pytest.approx(552.8, abs=0.7)
    firsts = [line for line in lines if line.x0 > 100]
    assert len(firsts) == 7
    assert [line.x0 for line in firsts] == pytest.approx([113.4] * len(firsts), abs=0.5)
    steps = [below.y - above.y for above, below in pairwise(lines)]
    for step, line in zip(steps, lines[1:], strict=False):
        assert step == pytest.approx(22.1 if line in firsts else 16.1, abs=0.1)


@pytest.mark.slow
def test_page_number_stands_in_the_top_margin_from_the_second_page(made: dict[str, Path]) -> None:
    lines = pdf_lines(made["long"])
    numbers = [line for line in lines if re.fullmatch(r"\d+", line.text)]
    assert [(line.page, line.text) for line in numbers] == [(page, str(page)) for page in range(2, lines[-1].page + 1)]
    for number in numbers:
        assert number.centre == pytest.approx(MIDDLE, abs=0.5)
        assert 10 * 72 / 25.4 < number.y < 20 * 72 / 25.4
        assert (number.size, number.font) == (14, "Tinos-Regular")


def test_appendix_counts_its_pages_anew_without_showing_the_first(decision: list[PdfLine]) -> None:
    numbers = [(line.page, line.text) for line in decision if line.y < 56 and line.text.isdigit()]
    assert numbers == [(3, "2"), (4, "3")]


def test_national_header_has_its_sizes_its_pitch_and_one_axis(decision: list[PdfLine]) -> None:
    nation, motto, dated = (the(decision, start) for start in ("CỘNG HÒA", "Độc lập", "Phường Bến Đò Cổ, ngày"))
    assert (nation.size, nation.font) == (13, "Tinos-Bold")
    assert (motto.size, motto.font, motto.text) == (14, "Tinos-Bold", "Độc lập - Tự do - Hạnh phúc")
    assert (dated.size, dated.font) == (14, "Tinos-Italic")
    assert motto.y - nation.y == pytest.approx(14.9 + 1.1, abs=0.3)
    assert [nation.centre, dated.centre] == pytest.approx([motto.centre] * 2, abs=0.5)


def test_bodies_stand_on_one_axis_the_issuing_one_in_bold(decision: list[PdfLine]) -> None:
    lines = [line for line in decision if line.page == 1 and line.centre < 200 and line.y < 120]
    assert [(line.text, line.font, line.size) for line in lines] == [
        ("ỦY BAN NHÂN DÂN", "Tinos-Regular", 13),
        ("THÀNH PHỐ SÔNG TRĂNG", "Tinos-Regular", 13),
        ("ỦY BAN NHÂN DÂN", "Tinos-Bold", 13),
        ("PHƯỜNG BẾN ĐÒ CỔ", "Tinos-Bold", 13),
    ]
    assert [line.centre for line in lines] == pytest.approx([lines[0].centre] * 4, abs=0.5)


@pytest.mark.slow
def test_rules_have_the_length_that_their_line_allows(made: dict[str, Path], decision: list[PdfLine]) -> None:
    by_length = sorted(rules_of(made["decision"]), key=lambda rule: rule.y)
    motto_rule, body_rule, summary_rule = by_length
    assert motto_rule.length == pytest.approx(171.4, abs=1)
    body = the(decision, "PHƯỜNG BẾN ĐÒ CỔ")
    summary = the(decision, "nhân rộng trên địa bàn")
    for rule, line in ((body_rule, body), (summary_rule, summary)):
        assert 1 / 3 <= rule.length / (line.x1 - line.x0) <= 1 / 2
        assert (rule.x0 + rule.x1) / 2 == pytest.approx(line.centre, abs=0.5)
        assert 3 < rule.y - line.y < 9


def test_number_stands_on_the_line_of_place_and_date(decision: list[PdfLine]) -> None:
    number, dated = the(decision, "Số:"), the(decision, "Phường Bến Đò Cổ, ngày")
    assert number.y == pytest.approx(dated.y, abs=1)
    assert number.size == 13
    assert re.match(r"^Số:\s*(\d{2,})?\s*/[A-ZĐ]+(-[A-ZĐ]+)*$", number.text)


def test_subject_of_a_letter_stands_six_points_below_the_number(letter: list[PdfLine]) -> None:
    number, subject = the(letter, "Số:"), the(letter, "V/v báo cáo")
    descent, ascent_and_gap = 443 / 2048, (1825 + 87) / 2048
    assert subject.size == 12
    assert subject.y - 12 * ascent_and_gap - (number.y + 13 * descent) == pytest.approx(6, abs=0.5)
    assert subject.centre == pytest.approx(number.centre, abs=0.5)


def test_kind_and_summary_are_bold_in_the_middle(decision: list[PdfLine]) -> None:
    kind = next(line for line in decision if line.text == "QUYẾT ĐỊNH")
    lines = [kind, *(the(decision, start) for start in ("Về việc", "trong công tác cải", "nhân rộng trên"))]
    assert {(line.size, line.font) for line in lines} == {(14, "Tinos-Bold")}
    assert [line.centre for line in lines] == pytest.approx([MIDDLE] * 4, abs=0.7)


def test_bases_are_italic_and_the_decision_word_bold_in_the_middle(decision: list[PdfLine]) -> None:
    assert the(decision, "Căn cứ Luật").font == "Tinos-Italic"
    word = the(decision, "QUYẾT ĐỊNH:")
    assert (word.font, word.size) == ("Tinos-Bold", 14)
    assert word.centre == pytest.approx(MIDDLE, abs=0.5)


def test_addressees_stand_under_the_colon_their_dashes_in_line(letter: list[PdfLine]) -> None:
    label = the(letter, "Kính gửi:")
    dashes = [line for line in letter if line.page == 1 and line.text.startswith("- ") and line.size == 14]
    assert [line.text[-1] for line in dashes] == [";", "."]
    assert [line.x0 for line in dashes] == pytest.approx([dashes[0].x0] * 2, abs=0.05)
    assert dashes[0].x0 >= label.x1 - 1


def test_signature_stands_on_one_axis_and_level_with_the_distribution(decision: list[PdfLine]) -> None:
    office, deputy, name = (the(decision, start) for start in ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Vũ Mẫu Đơn"))
    assert [deputy.centre, name.centre] == pytest.approx([office.centre] * 2, abs=0.5)
    assert {(line.font, line.size) for line in (office, deputy, name)} == {("Tinos-Bold", 14)}
    word = the(decision, "Nơi nhận:")
    assert (word.font, word.size) == ("Tinos-BoldItalic", 12)
    assert abs(word.y - office.y) <= 2.5
    assert word.x0 == pytest.approx(LEFT, abs=0.5)
    copy = the(decision, "- Lưu:")
    assert (copy.font, copy.size, copy.text) == ("Tinos-Regular", 11, "- Lưu: VT, VHXH.")


def test_urgency_stands_in_a_red_box_of_its_size(made: dict[str, Path], decision: list[PdfLine]) -> None:
    [page, *_] = extract_pages(made["decision"], page_numbers=[0])
    [box] = within(page, LTRect)
    assert (box.width * 25.4 / 72, box.height * 25.4 / 72) == (pytest.approx(20, abs=0.1), pytest.approx(8, abs=0.1))
    assert box.stroking_color == (1, 0, 0)
    word = the(decision, "KHẨN")
    assert (word.size, word.font) == (14, "Tinos-Bold")
    assert word.centre == pytest.approx((box.x0 + box.x1) / 2, abs=0.5)


@pytest.mark.slow
def test_appendix_title_is_in_capitals_and_the_plans_in_sentence_case(made: dict[str, Path]) -> None:
    ours, plan = pdf_lines(made["appendix"]), pdf_lines(made["plan"])
    title = the(ours, "TỔNG HỢP")
    assert title.text == title.text.upper()
    assert (title.size, title.font) == (14, "Tinos-Bold")
    assert the(ours, "Phụ lục").font == "Tinos-Bold"
    assert the(ours, "(Kèm theo").font == "Tinos-Italic"
    assert not [line for line in ours if line.text.startswith("CỘNG HÒA")]
    assert the(plan, "Báo cáo kết quả")
    assert the(plan, "CỘNG HÒA")


@pytest.mark.slow
def test_heading_of_the_table_stands_on_every_page(made: dict[str, Path]) -> None:
    lines = pdf_lines(made["appendix"], gap=8)
    pages = {line.page for line in lines}
    assert len(pages) > 2
    assert {line.page for line in lines if line.text.startswith("STT")} == pages
    assert {(line.size, line.font) for line in lines if line.text.startswith("STT")} == {(12, "Tinos-Bold")}


@pytest.mark.slow
def test_small_table_is_set_in_eleven(tmp_path: Path) -> None:
    [path] = write_pdf(examples.consolidated(1, small=True), tmp_path / "a.pdf")
    assert the(pdf_lines(path, gap=8), "STT").size == 11


@pytest.mark.parametrize(
    "text",
    ["#set text(red)", "*a* _b_ $x$ @y", "<b>&amp;</b>", "- gạch", "= đề mục", "\\ \\n", '"a" “b”', "/* ẩn */ // x"],
)
def test_text_of_the_user_stays_text(tmp_path: Path, text: str) -> None:
    paper = Paper(text, (Section((Paragraph(text), *appendix_section(**_one_cell(text)).blocks)),))
    [path] = write_pdf(paper, tmp_path / "a.pdf")
    shown = [line.text for line in pdf_lines(path, gap=40)]
    assert [line for line in shown if line == text] == [text, text]


def test_characters_that_the_font_lacks_become_squares_and_check_marks() -> None:
    assert drawable("Cây 🌱 xanh ☑ ✓ ☐ \u200dx\ufe0f") == "Cây □ xanh √ √ □ x"
    assert drawable("\uf0b7 mục") == "• mục"


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_gives_a_paper(tmp_path: Path, one: str, other: str) -> None:
    header = Header(body=(one,), notation=Notation(other), place=other, subject=one)
    blocks = (header, Paragraph(one), *appendix_section(**_one_cell(other)).blocks)
    [path] = write_pdf(Paper(one, (Section(blocks),)), tmp_path / "a.pdf")
    shown = "".join(line.text for line in pdf_lines(path))
    letters = [char for char in plain(one) if "a" <= char <= "z"]
    assert all(shown.count(char) >= letters.count(char) for char in letters)


@pytest.mark.slow
def test_the_same_paper_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write_pdf(examples.letter(), tmp_path / name)[0].read_bytes() for name in ("a.pdf", "b.pdf"))
    assert first == second


@pytest.mark.slow
def test_long_appendix_is_joined_with_one_count_of_rows_and_pages(tmp_path: Path, light_parts: None) -> None:
    heard: list[int] = []
    target = tmp_path / "Phụ lục dài.pdf"
    assert write_pdf(_table_of(430), target, progress=heard.append) == [target]
    assert heard == sorted(heard)
    assert (len(heard), heard[-1]) == (3, 430)
    lines = pdf_lines(target, gap=8)
    numbers = [int(line.text) for line in lines if line.y > 60 and line.x1 < 114 and line.text.isdigit()]
    assert numbers == list(range(1, 431))
    shown = [(line.page, int(line.text)) for line in lines if line.y < 56 and line.text.isdigit()]
    assert shown == [(page, page) for page in range(2, lines[-1].page + 1)]
    with pikepdf.open(target) as pdf, pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
        assert int(metadata["{http://ns.adobe.com/xap/1.0/t/pg/}NPages"]) == len(pdf.pages)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    [again] = write_pdf(_table_of(430), tmp_path / "again.pdf")
    assert again.read_bytes() == target.read_bytes()


@pytest.mark.slow
def test_parts_are_cut_where_a_page_begins_with_a_new_row_so_that_no_seam_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lines_in_parts_of(weight: int) -> list[PdfLine]:
        monkeypatch.setattr(parts, "WEIGHT_IN_PART", weight)
        paper = appendix(heading=AppendixHeading("Danh sách"), rows=_uneven_rows(120))
        heard: list[int] = []
        [path] = write_pdf(paper, tmp_path / "a.pdf", progress=heard.append)
        assert len(heard) == (1 if weight > 100_000 else 3)
        return pdf_lines(path)

    monkeypatch.setattr(parts, "WEIGHT_IN_ONE_RUN", 0)
    assert lines_in_parts_of(28_000) == lines_in_parts_of(1_000_000)


def test_no_cut_is_made_where_no_page_begins_with_a_new_row() -> None:
    top = 20 * 72 / 25.4
    torn = [(-1, 1, top), (0, 1, top + 40), (1, 2, top + 90), (2, 3, top + 75)]
    assert parts.fresh_page(torn, 3) is None
    assert parts.fresh_page([*torn, (3, 4, top + 40), (4, 4, top + 80)], 5) == (3, 3)
    assert parts.fresh_page([torn[0], (0, 2, top + 40)], 1) is None


def test_numbers_of_four_digits_stand_on_one_line(tmp_path: Path) -> None:
    paper = appendix(heading=AppendixHeading("x"), rows=[("1000", *SHORT_ROW[1:]), ("9999", *SHORT_ROW[1:])])
    [path] = write_pdf(paper, tmp_path / "a.pdf")
    assert [line.text for line in pdf_lines(path, gap=4) if line.x1 < 115 and line.text.isdigit()] == ["1000", "9999"]


@pytest.mark.slow
def test_an_empty_row_is_not_split_over_two_pages(tmp_path: Path) -> None:
    table = Table((Column("TT", 20), Column("Nội dung", 145)), [("", "")] * 80)
    for count in range(6):
        blocks = (*(Paragraph("Đoạn.") for _ in range(count)), table)
        [path] = write_pdf(Paper("x", (Section(blocks),)), tmp_path / "a.pdf")
        strokes = sorted({(rule.page, round(rule.y, 1)) for rule in pdf_rules(path)})
        steps = [below - above for (page, above), (other, below) in pairwise(strokes) if page == other]
        assert min(steps) > 13


@pytest.mark.slow
def test_very_long_appendix_comes_in_volumes_that_go_on_counting_rows(tmp_path: Path) -> None:
    first, second = write_pdf(_table_of(501), tmp_path / "phu-luc.pdf")
    assert [first.name, second.name] == ["phu-luc-tap-1.pdf", "phu-luc-tap-2.pdf"]
    assert the(pdf_lines(first), "Phụ lục").text == "Phụ lục - Tập 1"
    lines = pdf_lines(second, gap=8)
    assert the(lines, "Phụ lục").text == "Phụ lục - Tập 2"
    assert [line.text for line in lines if line.text.isdigit()] == ["501"]
    assert the(lines, "Nguồn:").font == "Tinos-Italic"
    assert not [line for line in pdf_lines(first) if line.text.startswith("Nguồn:")]


@pytest.mark.slow
def test_long_appendix_of_a_letter_counts_its_own_pages(tmp_path: Path, light_parts: None) -> None:
    section = appendix_section(heading=AppendixHeading("Danh sách"), rows=_rows(210))
    main = Section((Header(body=("Ủy ban nhân dân",), place="Bến Đò Cổ", dated=date(2026, 7, 1)), Paragraph(SENTENCE)))
    [path] = write_pdf(Paper("x", (main, section)), tmp_path / "a.pdf")
    lines = pdf_lines(path, gap=8)
    shown = [(line.page, int(line.text)) for line in lines if line.y < 56 and line.text.isdigit()]
    assert shown == [(page, page - 1) for page in range(3, lines[-1].page + 1)]


def test_nothing_is_left_when_the_source_of_rows_fails(tmp_path: Path) -> None:
    def torn() -> Iterator[Sequence[str]]:
        yield ("1",)
        raise OSError("cut off")

    with pytest.raises(OSError, match="cut off"):
        write_pdf(appendix(heading=AppendixHeading("x"), rows=torn()), tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


def _one_cell(text: str) -> dict[str, Any]:
    return {"heading": AppendixHeading("Bảng"), "rows": [(text,)], "columns": (Column("Nội dung", 150),)}


def _table_of(count: int) -> Paper:
    return appendix(
        heading=AppendixHeading("Danh sách giải pháp"),
        rows=_rows(count),
        end=(examples.source_note("các tệp báo cáo."),),
        made_at=examples.MADE_AT,
    )


def _rows(count: int) -> Iterator[Sequence[str]]:
    for number in range(1, count + 1):
        yield (str(number), *SHORT_ROW[1:])


def _uneven_rows(count: int) -> Iterator[Sequence[str]]:
    for number in range(1, count + 1):
        yield (str(number), "Phường Bến Đò Cổ", "Sổ tay", "Thể chế", SENTENCE * (number * 7 % 11 % 3), "")
