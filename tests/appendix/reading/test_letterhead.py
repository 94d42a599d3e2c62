"""The unit that a file names outside its table."""

import pytest

from sangkien.appendix.reading.letterhead import Units, unit_in
from sangkien.appendix.reading.source import Source
from tests.appendix.reading.blocks import LEFT, Place, source, table

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


def unit_of(blocks: Source) -> tuple[str, str]:
    return Units(blocks).at(len(blocks.blocks))


@pytest.mark.parametrize(
    ("left", "unit"),
    [
        ("ỦY BAN NHÂN DÂN PHƯỜNG 11", "ỦY BAN NHÂN DÂN PHƯỜNG 11"),
        ("ỦY BAN NHÂN DÂN\nPHƯỜNG 11", "ỦY BAN NHÂN DÂN PHƯỜNG 11"),
        ("ỦY BAN NHÂN DÂN QUẬN 3\nUBND PHƯỜNG 11\nSố:   /BC-UBND", "UBND PHƯỜNG 11"),
        ("ỦY BAN NHÂN DÂN QUẬN 3\nPHÒNG TƯ PHÁP\n-------\nSố: 12/BC-TP", "PHÒNG TƯ PHÁP"),
        ("SỞ NỘI VỤ\nTRUNG TÂM LƯU TRỮ", "TRUNG TÂM LƯU TRỮ"),
        ("UBND QUẬN 3\nSỞ GÌ ĐÓ\nSố 5", "SỞ GÌ ĐÓ"),
        ("ĐẢNG BỘ QUẬN 3", ""),
    ],
)
def test_the_lowest_body_beside_the_national_header(left: str, unit: str) -> None:
    assert unit_of(source(table((left, NATION)))) == ((unit, "phần đầu văn bản") if unit else ("", ""))


def test_a_sheet_has_its_letterhead_line_by_line() -> None:
    rows: list[tuple[Place, ...]] = [
        ("ỦY BAN NHÂN DÂN QUẬN 3", LEFT, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", LEFT),
        ("PHÒNG TƯ PHÁP", LEFT, "Độc lập - Tự do - Hạnh phúc", LEFT),
    ]
    assert unit_of(source(table(*rows, name="Trang tính1"))) == ("PHÒNG TƯ PHÁP", "phần đầu văn bản")


def test_a_letterhead_in_paragraphs() -> None:
    blocks = ("UBND QUẬN 3", "TRƯỜNG MẦM NON 7", *NATION.splitlines(), "BÁO CÁO")
    assert unit_of(source(*blocks)) == ("TRƯỜNG MẦM NON 7", "phần đầu văn bản")


@pytest.mark.parametrize(
    "line",
    [
        "Đơn vị: UBND Phường 11",
        "- Tên đơn vị báo cáo: UBND Phường 11.",
        "Đơn vị thực hiện : UBND Phường 11",
        "ĐƠN VỊ BÁO CÁO: UBND Phường 11",
    ],
)
def test_a_line_that_says_the_unit_wins(line: str) -> None:
    assert unit_of(source(table(("UBND QUẬN 3", NATION)), line)) == (
        "UBND Phường 11",
        "dòng ghi đơn vị ngoài bảng",
    )


def test_a_dotted_line_says_no_unit() -> None:
    assert unit_of(source("Đơn vị: ………………")) == ("", "")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("II. UBND Phường 11", "UBND Phường 11"),
        ("UBND PHƯỜNG 11", "UBND PHƯỜNG 11"),
        ("Đơn vị: Trường Mầm non 7", "Trường Mầm non 7"),
        ("1. Phòng Tư pháp:", "Phòng Tư pháp"),
        ("I. Khối phường", ""),
        ("B. Các phòng ban", ""),
        ("Phòng ban chuyên môn", ""),
        ("Lĩnh vực cải cách thể chế", ""),
    ],
)
def test_a_group_row_that_names_a_unit(text: str, unit: str) -> None:
    assert unit_in(text) == unit
