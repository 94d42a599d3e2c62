"""A table of plain text."""

from decimal import Decimal

from sangkien.scoring.official.reckoning import reckon
from sangkien.scoring.report.table import aligned, official_table
from tests.factories import scoring as make


def test_columns_are_as_wide_as_they_must_be() -> None:
    assert aligned(["Số", "Tên"], [["1", "a"], ["10", "bảng"]], right={0}) == ["Số  Tên", " 1  a", "10  bảng"]


def test_ranks_first_ties_marked_and_reasons_in_place_of_a_band() -> None:
    by = make.rule(make.number("a", knock_out=3), pass_line=Decimal(5), minimum_sheets=1)
    made = (make.sheet(entry="e1", a=2), make.sheet(entry="e2", a=4), make.sheet(entry="e3", a=9),
            make.sheet(entry="e4", a=9), make.sheet(entry="e5", a=None))  # fmt: skip
    assert official_table(reckon(make.given(by, *made))) == [
        "Hạng  Giải pháp  Lĩnh vực  Phiếu  Điểm  Thiếu điểm  Xếp loại                Kết quả",
        "  1=  e3                       1  9,00                                      đạt",
        "  1=  e4                       1  9,00                                      đạt",
        "   3  e2                       1  4,00                                      không đạt",
        "      e1                       1  2,00              không đạt mức bắt buộc  không đạt",
        "      e5                       0                    chưa đủ phiếu",
    ]
