"""Whole files: outcomes, sentences, repeats, the text beside the fields."""

import time
from pathlib import Path

import pytest

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading import read as read_file
from sangkien.appendix.reading.source import Cell, Paragraph, Row, Source, Table
from sangkien.appendix.reading.understanding import understand, whole_text
from tests.appendix.reading.blocks import ABOVE, FORM, LEFT, read, report, said, source, table

ROW = ("1", "UBND Phường 1", "Một cửa", "(3)", "- Thực trạng: Một\n- Nội dung: Hai", "")


def test_a_clean_file_is_told_in_one_sentence() -> None:
    assert (report(ROW).outcome, report(ROW).message) == (Outcome.PARSED, "Đã đọc 1 giải pháp.")


def test_what_to_look_at_is_told() -> None:
    reading = report(ROW, ("2", "UBND Phường 2", "Hai cửa", "", "- Nội dung: Hai", ""))
    assert reading.message == "Đã đọc 2 giải pháp, 1 giải pháp có chỗ cần bạn xem lại."


def test_a_file_of_pictures_has_no_text() -> None:
    reading = understand(Source([Paragraph(""), Table([Row([Cell("")])])], ["một lưu ý"]), "anh.docx")
    assert (reading.outcome, reading.warnings) == (Outcome.NO_TEXT, ("một lưu ý",))
    assert reading.message == (
        "Tệp không có chữ nào đọc được, có thể chỉ có ảnh chụp. Bạn hãy gửi tệp Word hoặc Excel gốc."
    )


def test_the_plan_itself_with_its_empty_form_is_no_report() -> None:
    reading = read(
        "KẾ HOẠCH",
        "II. ĐỐI TƯỢNG, THỜI GIAN, NỘI DUNG, CÁCH THỨC THỰC HIỆN",
        "3. Nội dung thực hiện",
        "3.1. Các cơ quan thực hiện các giải pháp trên từng lĩnh vực: (1) Công tác chỉ đạo; (2) Cải cách TTHC.",
        "Nơi nhận:",
        table(FORM, ("1", "", "", "", "- Thực trạng:- Nội dung:- Hiệu quả:- Tính mới:", "")),
    )
    assert (reading.outcome, reading.initiatives) == (Outcome.NO_REPORT_TABLE, ())


def test_another_letter_is_named_by_its_opening() -> None:
    assert read("", "GIẤY MỜI", "Kính mời dự họp").message == (
        "Tệp không có bảng báo cáo giải pháp (mở đầu bằng “GIẤY MỜI”). Bạn xem có gửi nhầm văn bản khác không."
    )


def test_the_same_solution_twice_is_kept_once() -> None:
    again = ("2", "ubnd phường 1", "Một  cửa", "(3)", "- Thực trạng: Một\n- Nội dung: Hai", "")
    reading = report(ROW, again)
    assert len(reading.initiatives) == 1
    assert reading.warnings == ("Giải pháp “Một cửa” có hai lần trong tệp, chỉ giữ một.",)


def test_the_same_report_twice_is_kept_once() -> None:
    assert len(read(table(FORM, ROW), "Bản sao", table(FORM, ROW)).initiatives) == 1


def test_the_same_title_with_another_text_is_kept_and_pointed_out() -> None:
    reading = report(ROW, ("2", "UBND Phường 1", "Một cửa", "(3)", "- Nội dung: Khác", ""))
    assert len(reading.initiatives) == 2
    assert said(reading) == ("Giải pháp “Một cửa” có hai lần trong tệp với nội dung khác nhau. Bạn xem giữ bản nào.")


def test_the_whole_text_has_merged_cells_once() -> None:
    blocks = source("Phụ lục", table(("a", "b", LEFT), (ABOVE, "c", "d")))
    assert whole_text(blocks) == "Phụ lục\na\tb\nc\td"


def test_sheets_are_named_in_warnings_when_there_are_several() -> None:
    reading = read(table(FORM, ROW, name="Báo cáo"), table(FORM, ("1", "", "Hai cửa", "(3)", "x", ""), name="Thêm"))
    assert "Trang “Thêm”, dòng 2: không thấy đơn vị thực hiện. Bạn hãy điền đơn vị." in said(reading)


def test_a_missing_file_is_told_and_not_raised(tmp_path: Path) -> None:
    reading = read_file(tmp_path / "không có.docx")
    assert (reading.file, reading.outcome) == ("không có.docx", Outcome.CORRUPT)


@pytest.mark.slow
def test_three_thousand_rows_take_less_than_two_seconds() -> None:
    rows = [
        (str(n), f"UBND Phường {n % 12}", f"Giải pháp thứ {n}", "(3)", f"- Thực trạng: Một {n}\n- Nội dung: Hai", "")
        for n in range(3000)
    ]
    big = source(table(FORM, *rows))
    start = time.process_time()
    reading = understand(big, "lon.xlsx")
    assert len(reading.initiatives) == 3000
    assert time.process_time() - start < 2
