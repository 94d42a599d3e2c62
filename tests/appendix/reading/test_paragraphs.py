"""Reports in paragraphs."""

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.source import Paragraph, Source
from sangkien.appendix.reading.understanding import understand
from tests.appendix.reading.blocks import read, table


def test_labels_of_the_form_paragraph_by_paragraph() -> None:
    reading = read(
        "BÁO CÁO",
        "1. Tên giải pháp: Một cửa",
        "Đơn vị: UBND Phường 11",
        "Lĩnh vực: (3)",
        "Thực trạng: Một",
        "Nội dung:",
        "Hai",
        "và nữa",
        "Hiệu quả: Ba",
        "Ghi chú: Ghi",
        "Nơi nhận:",
        "- Lưu: VT.",
        "CHỦ TỊCH",
    )
    (one,) = reading.initiatives
    assert (one.title, one.unit, one.fields, one.note) == ("Một cửa", "UBND Phường 11", ("procedures",), "Ghi")
    assert (one.situation, one.content, one.effectiveness) == ("Một", "Hai\nvà nữa", "Ba")
    assert reading.warnings == (
        "Tệp không có bảng báo cáo, được đọc từ các đoạn văn theo nhãn. Bạn xem lại từng giải pháp.",
    )


def test_several_solutions_with_the_unit_before_each() -> None:
    reading = read(
        *("Đơn vị: UBND Phường 1", "Tên sáng kiến: Một cửa", "Lĩnh vực: 3", "- Nội dung: Hai"),
        *("Đơn vị: UBND Phường 2", "Tên sáng kiến: Hai cửa", "Lĩnh vực: 1", "- Nội dung: Ba"),
    )
    assert [(one.unit, one.title, one.content) for one in reading.initiatives] == [
        ("UBND Phường 1", "Một cửa", "Hai"),
        ("UBND Phường 2", "Hai cửa", "Ba"),
    ]


def test_solutions_numbered_by_their_headings() -> None:
    reading = read(
        "UBND PHƯỜNG 11",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        *("Giải pháp 1: Một cửa", "- Thực trạng: Một", "- Nội dung: Hai"),
        *("Giải pháp 2. Hai cửa", "- Thực trạng: Ba", "- Nội dung: Bốn"),
    )
    assert [(one.unit, one.title, one.content) for one in reading.initiatives] == [
        ("UBND PHƯỜNG 11", "Một cửa", "Hai"),
        ("UBND PHƯỜNG 11", "Hai cửa", "Bốn"),
    ]


def test_markers_of_lists_count_as_written() -> None:
    blocks = [
        Paragraph("Tên giải pháp", marker="1."),
        Paragraph("Một cửa"),
        Paragraph("Lĩnh vực", marker="2."),
        Paragraph("Cải cách TTHC"),
        Paragraph("Thực trạng", marker="3."),
        Paragraph("Một"),
        Paragraph("Nội dung", marker="4."),
        Paragraph("gọi điện", marker="-"),
        Paragraph("nhắn tin", marker="-"),
    ]
    (one,) = understand(Source([*blocks]), "a.docx").initiatives
    assert (one.title, one.fields, one.situation, one.content) == (
        "Một cửa",
        ("procedures",),
        "Một",
        "- gọi điện\n- nhắn tin",
    )


def test_a_letter_that_mentions_solutions_is_no_report() -> None:
    reading = read(
        "Kính gửi: Ủy ban nhân dân Phường 11",
        "Nội dung: đề nghị gửi báo cáo giải pháp.",
        "Thời gian: trước ngày 15/9/2024.",
        "Hiệu quả: như đã nêu.",
    )
    assert (reading.outcome, reading.initiatives) == (Outcome.NO_REPORT_TABLE, ())


def test_a_report_in_chapters() -> None:
    reading = read(
        *("UBND PHƯỜNG 11", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BÁO CÁO", "Sáng kiến cải cách hành chính năm 2024"),
        *("I. THÔNG TIN CHUNG", "1. Tên sáng kiến: Một cửa", "2. Đơn vị thực hiện: UBND Phường 11"),
        *("3. Lĩnh vực áp dụng: Cải cách TTHC", "II. NỘI DUNG", "1. Thực trạng", "Một", "2. Nội dung giải pháp"),
        *(
            "Giải pháp: gọi điện trước",
            "Hai",
            "3. Hiệu quả mang lại",
            "Ba",
            "4. Tính mới",
            "Bốn",
            "Nơi nhận:",
            "- Lưu: VT.",
        ),
    )
    (one,) = reading.initiatives
    assert (one.title, one.unit, one.fields) == ("Một cửa", "UBND Phường 11", ("procedures",))
    assert (one.situation, one.content, one.effectiveness, one.novelty) == (
        "Một",
        "Giải pháp: gọi điện trước\nHai",
        "Ba",
        "Bốn",
    )


def test_a_title_quoted_in_the_heading() -> None:
    reading = read(
        *("BÁO CÁO", "Kết quả thực hiện sáng kiến “Một cửa lưu động”", "Đơn vị: UBND Phường 1", "Lĩnh vực: (3)"),
        *("1. Thực trạng", "Một", "2. Nội dung", "Hai", "Nơi nhận:", "- Lưu: VT."),
    )
    (one,) = reading.initiatives
    assert (one.title, one.unit, one.fields) == ("Một cửa lưu động", "UBND Phường 1", ("procedures",))
    assert (one.situation, one.content) == ("Một", "Hai")
    assert one.warnings == ("Tên giải pháp được lấy từ tiêu đề: “Một cửa lưu động”.",)


def test_parts_without_any_title() -> None:
    (one,) = read("BÁO CÁO", "Thực trạng: Một", "Nội dung: Hai", "Hiệu quả: Ba", "Tính mới: Bốn").initiatives
    assert (one.title, one.situation, one.content, one.novelty) == (None, "Một", "Hai", "Bốn")


def test_a_plan_that_counts_its_tasks_as_solutions_is_no_report() -> None:
    reading = read(
        "KẾ HOẠCH",
        *("Giải pháp 1: Tăng cường tuyên truyền", "Các đơn vị phối hợp thực hiện."),
        *("Giải pháp 2: Đẩy mạnh chuyển đổi số", "Các đơn vị phối hợp thực hiện."),
    )
    assert (reading.outcome, reading.initiatives) == (Outcome.NO_REPORT_TABLE, ())


def test_text_without_labels_after_a_named_title_is_its_content() -> None:
    (one,) = read("Tên giải pháp: Một cửa", "Lĩnh vực: (3)", "Người dân đặt lịch trước.", "Không phải chờ.").initiatives
    assert (one.title, one.content) == ("Một cửa", "Người dân đặt lịch trước.\nKhông phải chờ.")


def test_a_head_as_a_table_and_the_description_below_it() -> None:
    reading = read(
        table(("Tên giải pháp", "Một cửa"), ("Đơn vị", "UBND Phường 1"), ("Lĩnh vực", "(3)")),
        *("Thực trạng", "Một", "Nội dung", "Hai"),
    )
    (one,) = reading.initiatives
    assert (one.title, one.unit, one.situation, one.content) == ("Một cửa", "UBND Phường 1", "Một", "Hai")


def test_a_report_in_a_box() -> None:
    head = "1. Tên giải pháp: Một cửa\n2. Đơn vị: UBND Phường 1\n3. Lĩnh vực: (3)"
    reading = read(table((f"{head}\n4. Thực trạng: Một\n5. Nội dung: Hai",)))
    (one,) = reading.initiatives
    assert (one.title, one.unit, one.situation, one.content) == ("Một cửa", "UBND Phường 1", "Một", "Hai")


def test_a_column_of_names_each_above_its_text() -> None:
    reading = read(
        table(
            ("Tên giải pháp",),
            ("Một cửa",),
            ("Lĩnh vực",),
            ("(3)",),
            ("Thực trạng",),
            ("Một",),
            ("Nội dung",),
            ("Hai",),
        )
    )
    (one,) = reading.initiatives
    assert (one.title, one.fields, one.situation, one.content) == ("Một cửa", ("procedures",), "Một", "Hai")
