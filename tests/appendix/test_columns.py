"""Headings of the form as units write them."""

import pytest

from sangkien.appendix.columns import Column, recognise


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("STT", Column.STT),
        ("Stt", Column.STT),
        ("TT", Column.STT),
        ("Số TT", Column.STT),
        ("S.T.T", Column.STT),
        ("Đơn vị thực hiện", Column.UNIT),
        ("ĐƠN VỊ", Column.UNIT),
        ("ĐV thực hiện", Column.UNIT),
        ("Cơ quan, đơn vị", Column.UNIT),
        ("Tên đơn vị", Column.UNIT),
        ("Phường, xã", Column.UNIT),
        ("Đơn vị tính", Column.OTHER),
        ("Đơn vị phối hợp", Column.OTHER),
        ("Tên mô hình, giải pháp, sáng kiến", Column.TITLE),
        ("Tên mô hình/giải pháp/sáng kiến CCHC", Column.TITLE),
        ("Tên SK", Column.TITLE),
        ("Tên sáng kiến", Column.TITLE),
        ("Tên gọi giải pháp", Column.TITLE),
        ("Sáng kiến, giải pháp", Column.TITLE),
        ("Tên công trình/ giải pháp/ đề tài", Column.TITLE),
        ("Nhiệm vụ, giải pháp", Column.OTHER),
        ("Tên thủ tục hành chính", Column.OTHER),
        ("Lĩnh vực", Column.FIELD),
        ("Lĩnh vực CCHC", Column.FIELD),
        ("LV", Column.FIELD),
        ("Thuộc lĩnh vực", Column.FIELD),
        ("Mô tả về công trình/ giải pháp/ đề tài", Column.DESCRIPTION),
        ("Mô tả (Thực trạng, nội dung, hiệu quả, tính mới)", Column.DESCRIPTION),
        ("Mô tả giải pháp", Column.DESCRIPTION),
        ("Tóm tắt nội dung giải pháp", Column.DESCRIPTION),
        ("Thực trạng", Column.SITUATION),
        ("Thực trạng trước khi áp dụng", Column.SITUATION),
        ("Nội dung", Column.CONTENT),
        ("Nội dung giải pháp", Column.CONTENT),
        ("Nội dung công việc", Column.OTHER),
        ("Hiệu quả", Column.EFFECTIVENESS),
        ("Hiệu quả mang lại", Column.EFFECTIVENESS),
        ("Tính mới", Column.NOVELTY),
        ("Mặt còn hạn chế", Column.LIMITATIONS),
        ("Ghi chú", Column.NOTE),
        ("Tác giả", Column.OTHER),
        ("Thời gian áp dụng", Column.OTHER),
        ("Họ và tên", Column.OTHER),
        ("", Column.OTHER),
        ("- Thực trạng: người dân chờ lâu", Column.OTHER),
    ],
)
def test_a_heading_names_its_column(heading: str, column: Column) -> None:
    found = recognise(heading)
    assert (found.column, found.guessed) == (column, False)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Đơn vi thực hiên", Column.UNIT),
        ("Đon vị thực hiệnn", Column.UNIT),
        ("Tên mô hinh, giải phap, sáng kiên", Column.TITLE),
        ("Lĩnh vục", Column.FIELD),
        ("Lĩn vực", Column.FIELD),
        ("Mô tã về công trìn/ giải pháp/ đề tài", Column.DESCRIPTION),
        ("Ghi chứ", Column.NOTE),
        ("Ghi chúu", Column.NOTE),
        ("Hiệu quã", Column.EFFECTIVENESS),
    ],
)
def test_a_misspelt_heading_is_known(heading: str, column: Column) -> None:
    assert recognise(heading).column is column
