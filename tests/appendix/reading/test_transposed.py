"""Tables on their side."""

from sangkien.appendix.columns import Column
from sangkien.appendix.reading.source import Cell
from tests.appendix.reading.blocks import ABOVE, LEFT, read, said, table


def test_names_in_the_first_column() -> None:
    reading = read(
        table(
            ("Đơn vị thực hiện", "UBND phường 11"),
            ("Tên mô hình, giải pháp, sáng kiến", "Phiếu nhắc hẹn"),
            ("Lĩnh vực CCHC", "(2) Cải cách thủ tục hành chính"),
            ("Mô tả", Cell("- Thực trạng: Một\n- Nội dung: Hai\n- Hiệu qủa: Ba")),
            ("Tác giả", "Tổ một cửa"),
            ("Ghi chú", "Áp dụng từ 02/5/2024"),
        )
    )
    (one,) = reading.initiatives
    assert (one.unit, one.title, one.fields) == ("UBND phường 11", "Phiếu nhắc hẹn", None)
    assert (one.situation, one.content, one.effectiveness) == ("Một", "Hai", "Ba")
    assert one.note == "Áp dụng từ 02/5/2024\nTác giả: Tổ một cửa"
    assert "Tệp viết “Hiệu qủa”" in said(reading)


def test_numbers_before_the_names_and_parts_of_their_own() -> None:
    reading = read(
        table(
            ("1", "Tên giải pháp", "Phiếu nhắc hẹn"),
            ("2", "Đơn vị", "UBND phường 11"),
            ("3", "Lĩnh vực", "(3)"),
            ("4", "Thực trạng", "Một"),
            ("5", "Nội dung", "Hai"),
            ("", "", "Hai nữa"),
        )
    )
    (one,) = reading.initiatives
    assert (one.title, one.unit, one.fields) == ("Phiếu nhắc hẹn", "UBND phường 11", ("procedures",))
    assert (one.situation, one.content) == ("Một", "Hai\nHai nữa")


def test_a_merged_description_beside_its_parts() -> None:
    reading = read(
        table(
            ("Tên giải pháp", LEFT, "Phiếu nhắc hẹn"),
            ("Lĩnh vực", LEFT, "(3)"),
            ("Mô tả", "Thực trạng", "Một"),
            (ABOVE, "Hiệu quả", "Ba"),
        )
    )
    (one,) = reading.initiatives
    assert (one.situation, one.effectiveness, one.content) == ("Một", "Ba", None)


def test_several_solutions_below_one_another_and_side_by_side() -> None:
    below = read(
        table(
            ("Tên giải pháp", "Một cửa"),
            ("Lĩnh vực", "(3)"),
            ("Nội dung", "Hai"),
            ("Tên giải pháp", "Hai cửa"),
            ("Lĩnh vực", "(1)"),
            ("Nội dung", "Ba"),
        )
    )
    assert [(one.title, one.fields, one.content) for one in below.initiatives] == [
        ("Một cửa", ("procedures",), "Hai"),
        ("Hai cửa", ("steering",), "Ba"),
    ]
    beside = read(
        table(
            ("Đơn vị", "UBND phường 11", LEFT),
            ("Tên giải pháp", "Một cửa", "Hai cửa"),
            ("Lĩnh vực", "(3)", "(1)"),
            ("Nội dung", "Hai", "Ba"),
        )
    )
    assert [(one.title, one.unit, one.content) for one in beside.initiatives] == [
        ("Một cửa", "UBND phường 11", "Hai"),
        ("Hai cửa", "UBND phường 11", "Ba"),
    ]


def test_a_list_of_columns_is_no_solution() -> None:
    reading = read(table(("STT", "Tên cột"), ("1", "Đơn vị"), ("2", "Lĩnh vực"), ("3", "Ghi chú")))
    assert reading.initiatives == ()
    assert Column.OTHER.label == "cột khác"
