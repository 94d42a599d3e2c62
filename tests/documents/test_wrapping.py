"""Where a line may end: as in Word, and never over the edge of a column."""

import pytest

from sangkien.documents.advances import balanced, face, last_line_width
from sangkien.documents.pdf.wrapping import Piece, pieces


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ủy ban nhân dân", [Piece("Ủy ban nhân dân")]),
        ("", [Piece("")]),
        ("ngày 15/7/2024, đạt", [Piece("ngày 15/7/2024, đạt")]),
        ("số 41/KH-UBND ngày", [Piece("số "), Piece("41/KH-", whole=True), Piece("UBND ngày")]),
        ("trực tiếp/trực tuyến", [Piece("trực "), Piece("tiếp/trực", whole=True), Piece(" tuyến")]),
        ("từ 3-5 ngày", [Piece("từ "), Piece("3-", whole=True), Piece("5 ngày")]),
        ("giảm -5 độ", [Piece("giảm -5 độ")]),
        ("hồ-sơ a/\nb", [Piece("hồ-sơ a/\nb")]),
    ],
)
def test_words_are_kept_whole_where_word_does_not_break(text: str, found: list[Piece]) -> None:
    assert pieces(text, face(), 12, 400) == found


def test_a_word_wider_than_its_line_is_cut_where_the_line_is_full() -> None:
    cut = face()
    found = pieces("gửi tới mot.cua.dien.tu@phuong-ben-do-co.example.vn nhé", cut, 12, 60)
    assert "".join(piece.text for piece in found) == "gửi tới mot.cua.dien.tu@phuong-ben-do-co.example.vn nhé"
    assert all(cut.width(word, 12) <= 60 for piece in found for word in piece.text.split())
    assert "mot.cua." in [piece.text for piece in found]


def test_widths_are_those_of_times_new_roman() -> None:
    """The values of the decree's lines, measured in Word."""
    assert face(bold=True).width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13) == pytest.approx(271.2, abs=0.05)
    assert face(bold=True).width("Độc lập - Tự do - Hạnh phúc", 14) == pytest.approx(171.4, abs=0.05)


def test_a_wide_title_is_broken_into_even_lines_at_the_joints_of_its_phrases() -> None:
    title = "Báo cáo kết quả thực hiện mô hình, giải pháp, cách làm hay trong công tác cải cách hành chính năm 2026"
    assert balanced(title, 14, 368).split("\n") == [
        "Báo cáo kết quả thực hiện mô hình, giải pháp,",
        "cách làm hay trong công tác cải cách hành chính năm 2026",
    ]


def test_a_title_broken_by_its_author_stays_so() -> None:
    assert balanced("Một\n" + "hai " * 60, 14, 368) == "Một\n" + "hai " * 60


def test_the_rule_is_measured_by_the_last_line_after_wrapping() -> None:
    width = last_line_width("ỦY BAN NHÂN DÂN PHƯỜNG BẾN ĐÒ CỔ", 13, 189.9, bold=True)
    assert width == pytest.approx(face(bold=True).width("BẾN ĐÒ CỔ", 13), abs=0.01)
