"""Fixed phrases of a paper."""

from datetime import date

import pytest

from sangkien.documents.blocks import Article, Dashes, Item, Notation, Outline, Paragraph, Run
from sangkien.documents.papers import closed, unread_files
from sangkien.documents.text import plain
from sangkien.documents.wording import date_line, date_words, end_marks, notation_line, point_letter, roman


@pytest.mark.parametrize(
    ("dated", "words"),
    [
        (date(2024, 7, 9), "ngày 09 tháng 7 năm 2024"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 2, 1), "ngày 01 tháng 02 năm 2026"),
        (date(2026, 3, 10), "ngày 10 tháng 3 năm 2026"),
        (date(2026, 12, 5), "ngày 05 tháng 12 năm 2026"),
    ],
)
def test_days_under_ten_and_the_first_two_months_have_a_leading_zero(dated: date, words: str) -> None:
    assert date_words(dated) == words


def test_an_open_date_leaves_room_to_write() -> None:
    assert date_line("Bến Đò Cổ", None).replace("\u00a0", "_") == "Bến Đò Cổ, ngày______tháng______năm______"


@pytest.mark.parametrize(("number", "line"), [(1, "Số: 01/QĐ-UBND"), (10, "Số: 10/QĐ-UBND"), (230, "Số: 230/QĐ-UBND")])
def test_numbers_under_ten_have_a_leading_zero(number: int, line: str) -> None:
    assert notation_line(Notation("QĐ-UBND", number)) == line


def test_points_follow_the_vietnamese_alphabet() -> None:
    assert "".join(point_letter(number) for number in range(1, 24)) == "abcdđeghiklmnopqrstuvxy"
    assert [point_letter(number) for number in (24, 25, 47)] == ["aa", "ab", "ba"]


def test_roman_numbers() -> None:
    assert [roman(number) for number in (1, 4, 9, 14, 40, 1994)] == ["I", "IV", "IX", "XIV", "XL", "MCMXCIV"]


@pytest.mark.parametrize("counted", [roman, point_letter])
def test_counting_begins_at_one(counted: object) -> None:
    with pytest.raises(ValueError, match="begins at"):
        counted(0)  # type: ignore[operator]  # wrong on purpose


def test_ends_of_lines_are_not_doubled() -> None:
    assert end_marks(("Như trên;", "Sở Nội vụ (để báo cáo)", "Lưu: VT, NV.")) == [
        "Như trên;",
        "Sở Nội vụ (để báo cáo);",
        "Lưu: VT, NV.",
    ]


def test_the_last_words_of_a_text_are_closed_once() -> None:
    assert closed((Paragraph("a"), Paragraph("Hết."))) == (Paragraph("a"), Paragraph("Hết./."))
    assert closed((Paragraph("Hết./."),)) == (Paragraph("Hết./."),)
    assert closed((Dashes(("a", "b;")),)) == (Dashes(("a", "b./.")),)
    runs = (Run("Trên đây là "), Run("báo cáo", bold=True))
    assert closed((Paragraph(runs),)) == (Paragraph((runs[0], Run("báo cáo./.", bold=True))),)
    item = Item("Khoản", (Item("điểm"),))
    assert closed((Article(1, "x", (item,)),)) == (Article(1, "x", (Item("Khoản", (Item("điểm./."),)),)),)


def test_an_outline_at_the_end_is_closed_in_its_deepest_last_point() -> None:
    assert closed((Outline((Item("I", (Item("a"), Item("b."))),)),)) == (
        Outline((Item("I", (Item("a"), Item("b./."))),)),
    )


def test_no_end_part_when_every_file_was_read() -> None:
    assert unread_files([]) == ()


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Đơn vi\u0323", "Đơn vị"),
        ("a\r\nb\rc\vd\u2028e", "a\nb\nc\nd\ne"),
        ("\x00\x08\ufffe\ud800x\x1f", "x"),
        ("một\thai", "một hai"),
        ("\u202eđảo\u202c", "đảo"),
        ("giữ\u00a0nguyên\u00ad", "giữ\u00a0nguyên\u00ad"),
    ],
)
def test_cleaning_keeps_the_words_and_drops_what_may_not_stand_on_a_paper(raw: str, clean: str) -> None:
    assert plain(raw) == clean
