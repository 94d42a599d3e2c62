"""Report tables without a heading."""

from sangkien.appendix.model import Outcome
from tests.appendix.reading.blocks import read, said, table

BODY = "- Thực trạng: Một\n- Nội dung: Hai"


def test_columns_are_guessed_from_what_stands_in_them() -> None:
    reading = read(
        table(
            ("1", "UBND Phường 1", "Một cửa lưu động", "(3)", BODY, "Từ tháng 5"),
            ("2", "UBND Phường 2", "Hai cửa lưu động", "CQĐT", BODY, ""),
        )
    )
    assert [(one.stt, one.unit, one.title, one.fields, one.content) for one in reading.initiatives] == [
        ("1", "UBND Phường 1", "Một cửa lưu động", ("procedures",), "Hai"),
        ("2", "UBND Phường 2", "Hai cửa lưu động", ("digital_government",), "Hai"),
    ]
    assert reading.initiatives[0].note == "Từ tháng 5"
    assert "Bảng không có dòng tiêu đề, các cột được đoán theo nội dung. Bạn xem lại từng cột." in said(reading)


def test_another_table_without_labels_is_not_guessed() -> None:
    reading = read(table(("1", "UBND Phường 1", "Họp giao ban", "Phòng họp A"), ("2", "Phòng Tư pháp", "Họp", "B")))
    assert (reading.outcome, reading.initiatives) == (Outcome.NO_REPORT_TABLE, ())
