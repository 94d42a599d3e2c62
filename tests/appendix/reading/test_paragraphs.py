"""Reports in paragraphs."""

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.source import Paragraph, Source
from sangkien.appendix.reading.understanding import understand
from tests.appendix.reading.blocks import read


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
