"""The report table in the shapes in which units send it."""

import pytest

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.source import Cell, Row, Source, Table
from sangkien.appendix.reading.understanding import understand
from tests.appendix.reading.blocks import ABOVE, FORM, LEFT, read, report, said, table

BODY = "- Thực trạng: Một\n- Nội dung: Hai"


def test_a_row_of_the_form_is_read_whole() -> None:
    (one,) = report(("1.", "UBND  Phường 11", "Nhắn tin\nhẹn trả", "(3)", BODY, "Từ tháng 5")).initiatives
    assert one.as_json() == {
        "stt": "1",
        "unit": "UBND Phường 11",
        "title": "Nhắn tin hẹn trả",
        "fields": ["procedures"],
        "field_raw": "(3)",
        "situation": "Một",
        "content": "Hai",
        "effectiveness": None,
        "novelty": None,
        "limitations": None,
        "note": "Từ tháng 5",
        "warnings": [],
    }
    assert one.source == (
        ("STT", "1."),
        ("Đơn vị thực hiện", "UBND  Phường 11"),
        ("Tên mô hình, giải pháp, sáng kiến", "Nhắn tin\nhẹn trả"),
        ("Lĩnh vực", "(3)"),
        ("Mô tả về giải pháp", BODY),
        ("Ghi chú", "Từ tháng 5"),
    )


def test_header_over_two_rows_with_the_parts_below_the_description() -> None:
    reading = read(
        table(
            ("STT", "Đơn vị", "Tên giải pháp", "Lĩnh vực", "Mô tả", LEFT, LEFT, LEFT, "Ghi chú"),
            (ABOVE, ABOVE, ABOVE, ABOVE, "Thực trạng", "Nội dung", "Hiệu quả", "Tính mới", ABOVE),
            ("1", "UBND Phường 1", "Một cửa", "(3)", "Một", "Hai", "Ba", "Bốn", ""),
        )
    )
    (one,) = reading.initiatives
    assert (one.situation, one.content, one.effectiveness, one.novelty) == ("Một", "Hai", "Ba", "Bốn")
    assert said(reading) == ""


def test_header_over_two_rows_without_merged_cells() -> None:
    reading = read(
        table(
            ("STT", "Đơn vị", "Tên giải pháp", "Lĩnh vực", "Mô tả", "", "", "", "Ghi chú"),
            ("", "", "", "", "Thực trạng", "Nội dung", "Hiệu quả", "Tính mới", ""),
            ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"),
            ("1", "UBND Phường 1", "Một cửa", "(3)", "Một", "", "Ba", "Bốn", ""),
        )
    )
    (one,) = reading.initiatives
    assert (one.situation, one.content, one.effectiveness, one.novelty) == ("Một", None, "Ba", "Bốn")


def test_a_description_over_four_unnamed_columns_is_joined() -> None:
    reading = read(
        table(
            ("STT", "Đơn vị", "Tên giải pháp", "Lĩnh vực", "Mô tả về giải pháp", LEFT, "Ghi chú"),
            ("1", "UBND Phường 1", "Một cửa", "(3)", "- Thực trạng: Một", "- Nội dung: Hai", ""),
        )
    )
    (one,) = reading.initiatives
    assert (one.situation, one.content) == ("Một", "Hai")


def test_a_unit_merged_down_counts_for_every_row() -> None:
    reading = report(
        ("1", "UBND Phường 1", "Một cửa", "(3)", BODY, ""),
        ("2", ABOVE, "Hai cửa", "(1)", BODY, ""),
        ("3", ABOVE, "Ba cửa", "(1)", BODY, ""),
    )
    assert [one.unit for one in reading.initiatives] == ["UBND Phường 1"] * 3
    assert said(reading) == ""


def test_a_unit_left_empty_is_taken_from_the_row_above_with_a_warning() -> None:
    reading = report(("1", "UBND Phường 1", "Một cửa", "(3)", BODY, ""), ("2", "", "Hai cửa", "(1)", BODY, ""))
    assert [one.unit for one in reading.initiatives] == ["UBND Phường 1"] * 2
    assert said(reading) == "Dòng 3: không ghi đơn vị, lấy “UBND Phường 1” theo dòng trên."


def test_a_record_in_several_rows_under_a_merged_title() -> None:
    reading = report(
        ("1", "UBND Phường 1", "Một cửa", "(3)", "- Thực trạng: Một", "Ghi"),
        (ABOVE, ABOVE, ABOVE, ABOVE, "- Nội dung: Hai", ABOVE),
        (ABOVE, ABOVE, ABOVE, ABOVE, "- Hiệu quả: Ba", ABOVE),
        ("2", "UBND Phường 2", "Hai cửa", "(1)", BODY, ""),
    )
    first, second = reading.initiatives
    assert (first.situation, first.content, first.effectiveness, first.note) == ("Một", "Hai", "Ba", "Ghi")
    assert second.title == "Hai cửa"
    assert said(reading) == ""


def test_a_row_without_number_and_title_goes_on_with_the_record_above() -> None:
    reading = report(
        ("1", "UBND Phường 1", "Một cửa", "(3)", "- Thực trạng: Một\n- Nội dung: Hai", ""),
        ("", "", "", "", "và hai nữa.\n- Hiệu quả: Ba", ""),
    )
    (one,) = reading.initiatives
    assert (one.content, one.effectiveness) == ("Hai\nvà hai nữa.", "Ba")
    assert said(reading) == "Dòng 2: dòng 3 không có STT và tên giải pháp, được nối vào giải pháp này."


@pytest.mark.parametrize("total", ["Tổng cộng: 2", "Cộng", "TỔNG SỐ", "Tổng cộng: 02 giải pháp"])
def test_group_and_total_rows_are_no_solutions(total: str) -> None:
    reading = report(
        ("I. Khối phường", LEFT, LEFT, LEFT, LEFT, LEFT),
        ("1", "UBND Phường 1", "Một cửa", "(3)", BODY, ""),
        ("II", "Khối phòng ban", "", "", "", ""),
        ("2", "Phòng Nội vụ", "Hai cửa", "(1)", BODY, ""),
        ("", total, "", "", "", ""),
    )
    assert [one.title for one in reading.initiatives] == ["Một cửa", "Hai cửa"]
    assert said(reading) == ""


def test_a_total_over_the_whole_width_is_no_solution() -> None:
    reading = report(
        ("1", "UBND Phường 1", "Một cửa", "(3)", BODY, ""), ("Tổng cộng: 1 giải pháp", LEFT, LEFT, LEFT, LEFT, LEFT)
    )
    assert [one.title for one in reading.initiatives] == ["Một cửa"]


def test_a_group_row_gives_its_unit_to_the_rows_below() -> None:
    reading = report(
        ("I. UBND PHƯỜNG 11", LEFT, LEFT, LEFT, LEFT, LEFT),
        ("1", "", "Một cửa", "(3)", BODY, ""),
        ("II. Trường Mầm non 7", LEFT, LEFT, LEFT, LEFT, LEFT),
        ("2", "", "Hai cửa", "(1)", BODY, ""),
    )
    assert [one.unit for one in reading.initiatives] == ["UBND PHƯỜNG 11", "Trường Mầm non 7"]
    assert "Dòng 3: không ghi đơn vị, lấy “UBND PHƯỜNG 11” theo dòng nhóm phía trên." in said(reading)


def test_a_group_row_gives_its_field_to_the_rows_below() -> None:
    reading = report(
        ("A", "Lĩnh vực cải cách thể chế", "", "", "", ""),
        ("1", "UBND Phường 1", "Một cửa", "", BODY, ""),
    )
    (one,) = reading.initiatives
    assert (one.fields, one.field_raw) == (("institutions",), "Lĩnh vực cải cách thể chế")
    assert said(reading) == "Dòng 3: không ghi lĩnh vực, lấy “Lĩnh vực cải cách thể chế” theo dòng nhóm phía trên."


def test_repeated_headings_number_rows_and_empty_rows_are_skipped() -> None:
    reading = report(
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        ("1", "UBND Phường 1", "Một cửa", "(3)", BODY, ""),
        ("", "", "", "", "", ""),
        FORM,
        ("1", "2", "3", "4", "5", "6"),
        ("2", "UBND Phường 2", "Hai cửa", "(3)", BODY, ""),
        (None, None, None, None, None, None),
        ("A", "B", "C", "1", "2", "3"),
    )
    assert [one.title for one in reading.initiatives] == ["Một cửa", "Hai cửa"]
    assert said(reading) == ""


def test_a_template_row_left_empty_is_no_solution() -> None:
    empty = "- Thực trạng:\n- Nội dung:\n- Hiệu quả:\n- Tính mới:"
    reading = report(
        ("1", "UBND Phường 1", "Một cửa", "(3)", BODY, ""), ("2", "", "", "", empty, ""), ("3", "", "", "", "", "")
    )
    assert [one.title for one in reading.initiatives] == ["Một cửa"]
    reading = report(("1", "", "", "", empty, ""))
    assert (reading.outcome, reading.initiatives) == (Outcome.NO_REPORT_TABLE, ())
    assert reading.message == (
        "Tệp có bảng báo cáo theo mẫu nhưng chưa điền giải pháp nào. Bạn xem có gửi nhầm tệp mẫu không."
    )


def test_columns_in_another_order_with_others_between() -> None:
    reading = read(
        table(
            ("TT", "Tên SK", "Tác giả", "Mô tả giải pháp", "LV", "ĐV thực hiện", "Thời gian áp dụng"),
            ("1", "Một cửa", "Nguyễn Văn An", BODY, "7", "UBND Phường 1", "Từ 5/2024"),
        )
    )
    (one,) = reading.initiatives
    assert (one.title, one.unit, one.fields) == ("Một cửa", "UBND Phường 1", ("digital_government",))
    assert one.note == "Tác giả: Nguyễn Văn An\nThời gian áp dụng: Từ 5/2024"
    assert reading.warnings == (
        "Bảng có thêm cột “Tác giả”, nội dung được đưa vào Ghi chú.",
        "Bảng có thêm cột “Thời gian áp dụng”, nội dung được đưa vào Ghi chú.",
    )


def test_a_table_without_number_and_unit_columns_takes_the_units_of_the_file() -> None:
    reading = read(
        "Đơn vị báo cáo: Trường Tiểu học Hoa Sen",
        table(("Tên giải pháp", "Lĩnh vực", "Mô tả"), ("Một cửa", "(3)", BODY), ("Hai cửa", "(3)", BODY)),
    )
    assert [one.unit for one in reading.initiatives] == ["Trường Tiểu học Hoa Sen"] * 2
    assert "lấy “Trường Tiểu học Hoa Sen” theo dòng ghi đơn vị ngoài bảng" in said(reading)


def test_several_tables_give_all_their_solutions() -> None:
    one = table(FORM, ("1", "UBND Phường 1", "Một cửa", "(3)", BODY, ""))
    two = table(FORM, ("1", "UBND Phường 1", "Hai cửa", "", BODY, ""))
    reading = read(one, "Phụ lục 2", two)
    assert [found.title for found in reading.initiatives] == ["Một cửa", "Hai cửa"]
    assert said(reading) == "Bảng 2, dòng 2: chưa ghi lĩnh vực cải cách hành chính. Bạn hãy chọn lĩnh vực."


def test_a_table_cut_by_a_page_goes_on_without_heading() -> None:
    one = table(FORM, ("1", "UBND Phường 1", "Một cửa", "(3)", BODY, ""))
    two = table(("2", "UBND Phường 2", "Hai cửa", "(3)", BODY, ""), ("3", "", "Ba cửa", "(3)", BODY, ""))
    reading = read(one, "", two)
    assert [(found.unit, found.title) for found in reading.initiatives] == [
        ("UBND Phường 1", "Một cửa"),
        ("UBND Phường 2", "Hai cửa"),
        ("UBND Phường 2", "Ba cửa"),
    ]
    assert "không có tiêu đề cột, được đọc tiếp" in said(reading)


def test_a_signature_table_of_the_same_width_is_no_continuation() -> None:
    wide = ("Nơi nhận:\n- Lưu: VT.", LEFT, LEFT, "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", LEFT, LEFT)
    reading = read(table(FORM, ("1", "UBND Phường 1", "Một cửa", "(3)", BODY, "")), table(wide))
    assert [found.title for found in reading.initiatives] == ["Một cửa"]
    assert said(reading) == ""


def test_a_report_inside_a_layout_table_is_found() -> None:
    inner = table(FORM, ("1", "UBND Phường 1", "Một cửa", "(3)", BODY, ""))
    reading = read(table((Cell("Phụ lục\nSTT …", tables=(inner,)),)))
    assert [found.title for found in reading.initiatives] == ["Một cửa"]


def test_a_hidden_row_is_read_with_a_warning() -> None:
    hidden = table(FORM, ("1", "UBND Phường 1", "Một cửa", "(3)", BODY, ""))
    hidden.rows[1].hidden = True
    reading = read(hidden)
    assert [found.title for found in reading.initiatives] == ["Một cửa"]
    assert said(reading) == "Dòng 2: dòng này đang bị ẩn trong tệp, vẫn được lấy. Bạn xem có cần không."


def test_formulas_are_neither_numbers_nor_notes() -> None:
    reading = report(
        (Cell("=ROW()-1", formula=True), "UBND Phường 1", "Một cửa", "(3)", BODY, Cell("=1+1", formula=True))
    )
    (one,) = reading.initiatives
    assert (one.stt, one.note) == (None, None)
    assert ("Ghi chú", "=1+1") in one.source


def test_a_unit_without_solution_is_told() -> None:
    reading = report(("1", "UBND Phường 1", "Một cửa", "(3)", BODY, ""), ("2", "UBND Phường 2", "", "", "", ""))
    assert [found.unit for found in reading.initiatives] == ["UBND Phường 1"]
    assert said(reading) == "Dòng 3: chỉ ghi đơn vị “UBND Phường 2”, chưa có giải pháp nên bỏ qua."


def test_a_note_of_a_dash_is_no_note() -> None:
    (one,) = report(("1", "UBND Phường 1", "Một cửa", "(3)", BODY, "-")).initiatives
    assert one.note is None


def test_one_column_for_the_whole_content_is_split() -> None:
    reading = read(
        table(
            ("STT", "Đơn vị", "Tên giải pháp", "Lĩnh vực", "Nội dung"), ("1", "UBND Phường 1", "Một cửa", "(3)", BODY)
        )
    )
    (one,) = reading.initiatives
    assert (one.situation, one.content) == ("Một", "Hai")


def test_a_part_column_may_repeat_its_label() -> None:
    reading = read(
        table(
            ("STT", "Đơn vị", "Tên giải pháp", "Lĩnh vực", "Thực trạng", "Nội dung", "Hiệu quả"),
            ("1", "UBND Phường 1", "Một cửa", "(3)", "- Thực trạng: Một", "Hai", "Hiệu quả:"),
        )
    )
    (one,) = reading.initiatives
    assert (one.situation, one.content, one.effectiveness) == ("Một", "Hai", None)
    assert said(reading) == ""


@pytest.mark.parametrize(
    "rows",
    [
        (("STT", "Họ và tên", "Chức vụ"), ("1", "Nguyễn Văn An", "Chủ tịch")),
        (
            ("STT", "Nội dung công việc", "Đơn vị thực hiện", "Thời gian", "Ghi chú"),
            ("1", "Họp", "Phòng Nội vụ", "7", ""),
        ),
        (("STT", "Nhiệm vụ, giải pháp", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian"), ("1", "a", "b", "c", "d")),
        (("STT", "Nội dung", "Kết quả", "Đơn vị", "Ghi chú"), ("1", "a", "b", "c", "d")),
        (("STT", "Chức năng", "Mô tả", "Ghi chú"), ("1", "a", "b", "c")),
        (("STT", "Tên thủ tục hành chính", "Lĩnh vực", "Cơ quan thực hiện"), ("1", "a", "b", "c")),
        (("STT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Ghi chú"), ("1", "a", "b", "c", "d")),
        (("STT", "Lĩnh vực", "Đơn vị phụ trách"), ("1", "(3)", "Văn phòng")),
    ],
)
def test_other_tables_are_no_reports(rows: tuple[tuple[str, ...], ...]) -> None:
    reading = read("THÔNG BÁO", table(*rows))
    assert (reading.outcome, reading.initiatives) == (Outcome.NO_REPORT_TABLE, ())
    assert reading.message == (
        "Tệp có bảng nhưng không phải bảng báo cáo giải pháp. Bạn xem có gửi nhầm văn bản khác không."
    )


def test_a_record_cut_by_the_page_goes_on_in_the_next_table() -> None:
    one = table(FORM, ("1", "UBND Phường 1", "Một cửa", "(3)", BODY, ""))
    two = table(("", "", "", "", "- Hiệu quả: Ba", ""), ("2", "UBND Phường 2", "Hai cửa", "(3)", BODY, ""))
    reading = read(one, two)
    assert [(found.title, found.effectiveness) for found in reading.initiatives] == [
        ("Một cửa", "Ba"),
        ("Hai cửa", None),
    ]


def test_the_signature_of_a_sheet_ends_its_table() -> None:
    reading = report(
        ("1", "UBND Phường 1", "Một cửa", "(3)", BODY, ""),
        ("", "", "", "", "Phường 1, ngày 5 tháng 9 năm 2024", ""),
        ("", "Nơi nhận:", "", "", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", ""),
        ("", "", "", "", "Nguyễn Văn An", ""),
    )
    assert [(found.title, found.content, found.warnings) for found in reading.initiatives] == [("Một cửa", "Hai", ())]
    assert said(reading) == ""


def test_fields_ticked_in_columns_of_their_own() -> None:
    reading = read(
        table(
            ("STT", "Đơn vị", "Tên giải pháp", "Lĩnh vực CCHC", LEFT, LEFT, "Mô tả giải pháp"),
            (ABOVE, ABOVE, ABOVE, "(1)", "Cải cách TTHC", "(7)", ABOVE),
            ("1", "UBND Phường 1", "Một cửa", "", "x", "X", BODY),
        )
    )
    (one,) = reading.initiatives
    assert (one.fields, one.field_raw) == (("procedures", "digital_government"), "Cải cách TTHC\n(7)")
    assert said(reading) == ""


@pytest.mark.parametrize("words", ["Không có", "Không", "Chưa có giải pháp", "Không có sáng kiến"])
def test_a_unit_that_has_nothing_to_report_gives_no_solution(words: str) -> None:
    reading = report(("1", "UBND Phường 1", "Một cửa", "(3)", BODY, ""), ("2", "UBND Phường 2", words, "", "", ""))
    assert [found.unit for found in reading.initiatives] == ["UBND Phường 1"]
    assert said(reading) == f"Dòng 3: UBND Phường 2 ghi “{words}” nên không lấy giải pháp nào."


def test_a_unit_on_a_row_of_its_own_counts_for_the_rows_below() -> None:
    reading = report(
        ("1", "UBND Phường 1", "", "", "", ""),
        ("1.1", "", "Một cửa", "(3)", BODY, ""),
        ("1.2", "", "Hai cửa", "(3)", BODY, ""),
        ("2", "UBND Phường 2", "", "", "", ""),
    )
    assert [(found.unit, found.title) for found in reading.initiatives] == [
        ("UBND Phường 1", "Một cửa"),
        ("UBND Phường 1", "Hai cửa"),
    ]
    assert "chỉ ghi đơn vị “UBND Phường 2”" in said(reading)
    assert "chỉ ghi đơn vị “UBND Phường 1”" not in said(reading)


def test_one_title_for_several_units_names_them_all() -> None:
    reading = report(
        ("1", "UBND Phường 1", "Một cửa", "(3)", BODY, ""), (ABOVE, "UBND Phường 2", ABOVE, ABOVE, ABOVE, ABOVE)
    )
    (one,) = reading.initiatives
    assert one.unit == "UBND Phường 1; UBND Phường 2"
    assert one.warnings == ("Dòng 2: tên giải pháp chung cho nhiều đơn vị, gồm cả “UBND Phường 2”.",)


def test_a_group_row_of_an_activity_is_no_unit() -> None:
    reading = report(("I. Tổ chức tuyên truyền", LEFT, LEFT, LEFT, LEFT, LEFT), ("1", "", "Một cửa", "(3)", BODY, ""))
    assert [found.unit for found in reading.initiatives] == [None]


def test_a_name_alone_in_the_column_of_units_heads_the_rows_below() -> None:
    reading = report(("", "Quỹ Bảo trợ trẻ em", "", "", "", ""), ("1", "", "Một cửa", "(3)", BODY, ""))
    assert [found.unit for found in reading.initiatives] == ["Quỹ Bảo trợ trẻ em"]


@pytest.mark.parametrize("title", ["Tổng hợp ý kiến người dân", "Cộng tác viên số", "Ngày 5 tháng 9 ra quân"])
def test_titles_that_begin_like_a_total_or_a_date_are_solutions(title: str) -> None:
    (one,) = read(table(("TT", "Tên giải pháp", "Mô tả giải pháp"), ("1", title, BODY))).initiatives
    assert one.title == title
    (one,) = read(table(("Tên giải pháp", "Đơn vị", "Lĩnh vực"), ("Tổng hợp ý kiến", "UBND", "(3)"))).initiatives
    assert one.title == "Tổng hợp ý kiến"


def test_each_table_has_the_unit_told_above_it() -> None:
    columns = ("STT", "Tên giải pháp", "Lĩnh vực", "Mô tả giải pháp")
    reading = read(
        *("1. Đơn vị: UBND Phường 1", table(columns, ("1", "Một cửa", "(3)", BODY))),
        *("2. Đơn vị: UBND Phường 2", table(columns, ("1", "Hai cửa", "(3)", BODY))),
    )
    assert [(found.unit, found.title) for found in reading.initiatives] == [
        ("UBND Phường 1", "Một cửa"),
        ("UBND Phường 2", "Hai cửa"),
    ]


def test_headings_with_long_hints_in_brackets() -> None:
    hint = (
        "(nêu rõ thực trạng, nội dung thực hiện, hiệu quả đạt được, tính mới của giải pháp so với trước đây tại đơn vị)"
    )
    columns = ("STT", "Đơn vị", "Tên giải pháp", "Lĩnh vực (số từ 1 đến 8)", f"Mô tả về công trình/giải pháp {hint}")
    (one,) = read(table(columns, ("1", "UBND Phường 1", "Một cửa", "3", BODY))).initiatives
    assert (one.situation, one.content, one.fields) == ("Một", "Hai", ("procedures",))


def test_what_the_columns_lack_may_stand_in_the_description() -> None:
    text = f"Tên giải pháp: Một cửa\n- Lĩnh vực: (3)\nĐơn vị thực hiện: UBND Phường 1\n{BODY}"
    (one,) = read(table(("STT", "Đơn vị", "Lĩnh vực", "Mô tả về giải pháp"), ("1", "", "", text))).initiatives
    assert (one.title, one.unit, one.fields, one.content) == ("Một cửa", "UBND Phường 1", ("procedures",), "Hai")
    assert len(one.warnings) == 3


def test_the_unit_that_applies_it_counts_where_no_other_is_named() -> None:
    reading = read(
        table(("STT", "Đơn vị áp dụng", "Tên giải pháp", "Lĩnh vực"), ("1", "UBND Phường 1", "Một cửa", "(3)"))
    )
    assert reading.initiatives[0].unit == "UBND Phường 1"
    assert reading.warnings == ("Tiêu đề cột “Đơn vị áp dụng” được hiểu là Đơn vị thực hiện.",)
    both = ("STT", "Đơn vị áp dụng", "Đơn vị thực hiện", "Tên giải pháp", "Lĩnh vực")
    reading = read(table(both, ("1", "Toàn quận", "UBND Phường 1", "Một cửa", "(3)")))
    assert (reading.initiatives[0].unit, reading.initiatives[0].note) == ("UBND Phường 1", "Đơn vị áp dụng: Toàn quận")
    assert reading.warnings == ("Bảng có thêm cột “Đơn vị áp dụng”, nội dung được đưa vào Ghi chú.",)


def test_a_row_shorter_than_its_heading_is_no_trouble() -> None:
    heading = Row([Cell("Đơn vị thực hiện"), Cell("Tên giải pháp"), Cell("Mô tả về giải pháp"), None])
    short = Row([Cell("Phường Sao Mai"), Cell("Phiếu hẹn")])
    (initiative,) = understand(Source([Table([heading, short])]), "a.docx").initiatives
    assert (initiative.unit, initiative.title) == ("Phường Sao Mai", "Phiếu hẹn")
