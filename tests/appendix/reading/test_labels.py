"""Descriptions split by their labels, as people really type them."""

import pytest

from sangkien.appendix.columns import Column
from sangkien.appendix.reading.labels import Description, find_label, split_description


def parts(text: str, bold_starts: tuple[int, ...] = ()) -> dict[str, str]:
    return {part.value: text for part, text in split_description(text, bold_starts).parts.items()}


FOUR = {"situation": "Một", "content": "Hai", "effectiveness": "Ba", "novelty": "Bốn"}


@pytest.mark.parametrize(
    "text",
    [
        "- Thực trạng: Một\n- Nội dung: Hai\n- Hiệu quả: Ba\n- Tính mới: Bốn",
        "+ Thực trạng: Một\n+ Nội dung: Hai\n+ Hiệu quả: Ba\n+ Tính mới: Bốn",
        "• Thực trạng: Một\n• Nội dung: Hai\n• Hiệu quả: Ba\n• Tính mới: Bốn",
        "– Thực trạng : Một\n– Nội dung : Hai\n– Hiệu quả : Ba\n– Tính mới : Bốn",
        "* Thực trạng: Một\n* Nội dung: Hai\n* Hiệu quả: Ba\n* Tính mới: Bốn",
        "o Thực trạng: Một\no Nội dung: Hai\no Hiệu quả: Ba\no Tính mới: Bốn",
        "· Thực trạng: Một\n· Nội dung: Hai\n· Hiệu quả: Ba\n· Tính mới: Bốn",
        "1. Thực trạng: Một\n2. Nội dung: Hai\n3. Hiệu quả: Ba\n4. Tính mới: Bốn",
        "1) Thực trạng: Một\n2) Nội dung: Hai\n3) Hiệu quả: Ba\n4) Tính mới: Bốn",
        "a) Thực trạng: Một\nb) Nội dung: Hai\nc) Hiệu quả: Ba\nd) Tính mới: Bốn",
        "(1) Thực trạng: Một\n(2) Nội dung: Hai\n(3) Hiệu quả: Ba\n(4) Tính mới: Bốn",
        "1.1. Thực trạng: Một\n1.2. Nội dung: Hai\n1.3. Hiệu quả: Ba\n1.4. Tính mới: Bốn",
        "I. THỰC TRẠNG\nMột\nII. NỘI DUNG\nHai\nIII. HIỆU QUẢ\nBa\nIV. TÍNH MỚI\nBốn",
        "- Tính mới: Bốn\n- Hiệu quả: Ba\n- Nội dung: Hai\n- Thực trạng: Một",
        "Thực trạng:\nMột\nNội dung:\nHai\nHiệu quả:\nBa\nTính mới:\nBốn",
        "Thực trạng\nMột\nNội dung\nHai\nHiệu quả\nBa\nTính mới\nBốn",
        "THỰC TRẠNG: Một\nNỘI DUNG: Hai\nHIỆU QUẢ: Ba\nTÍNH MỚI: Bốn",
        "Thực trạng - Một\nNội dung – Hai\nHiệu quả. Ba\nTính mới: Bốn",
        "Thực trạng trước khi áp dụng: Một\nNội dung giải pháp: Hai\nKết quả, hiệu quả mang lại: Ba\nĐiểm mới: Bốn",
        "- Hiện trạng: Một\n- Nội dung thực hiện: Hai\n- Kết quả: Ba\n- Tính mới của sáng kiến: Bốn",
        "- Sự cần thiết: Một\n- Cách làm: Hai\n- Hiệu quả (nếu có): Ba\n- Tính mới, tính sáng tạo: Bốn",
        "- Thưc trang: Một\n- Nôi dung: Hai\n- Hiệu qủa: Ba\n- Tính mơi: Bốn",
        "- Thực trạg: Một\n- Nội dungg: Hai\n- Hiệu uqả: Ba\n- Tính mớii: Bốn",
        "\xa0\xa0-\xa0Thực\xa0trạng:\xa0Một\n\u200b- Nội dung: Hai\n\ufeff- Hiệu quả: Ba\n-\tTính mới:\tBốn",
        "- Thực trạng: Một - Nội dung: Hai - Hiệu quả: Ba - Tính mới: Bốn",
        "Thực trạng: Một\r\nNội dung: Hai\x0bHiệu quả: Ba\u2028Tính mới: Bốn",
        "-Thực trạng:Một\n-Nội dung:Hai\n-Hiệu quả:Ba\n-Tính mới:Bốn",
        "1- Thực trạng: Một\n2- Nội dung: Hai\n3- Hiệu quả: Ba\n4- Tính mới: Bốn",
        "Thực trạng: Một\nNội dung, giải pháp: Hai\nHiệu quả kinh tế - xã hội: Ba\nTính mới/ tính sáng tạo: Bốn",
        "Về thực trạng: Một\nVề nội dung: Hai\nVề hiệu quả: Ba\nVề tính mới: Bốn",
        "[Thực trạng]: Một\n[Nội dung]: Hai\n[Hiệu quả]: Ba\n[Tính mới]: Bốn",
        "“Thực trạng”: Một\n“Nội dung”: Hai\n“Hiệu quả”: Ba\n“Tính mới”: Bốn",
        "Thực trạng= Một\nNội dung= Hai\nHiệu quả= Ba\nTính mới= Bốn",
    ],
)
def test_the_four_parts_are_found(text: str) -> None:
    assert parts(text) == FOUR


def test_one_paragraph_with_sentences_is_broken_at_its_labels() -> None:
    assert parts("Thực trạng: Còn chậm. Nội dung: Làm nhanh. Hiệu quả: Tốt hơn. Tính mới: Lần đầu.") == {
        "situation": "Còn chậm.",
        "content": "Làm nhanh.",
        "effectiveness": "Tốt hơn.",
        "novelty": "Lần đầu.",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Giải pháp nâng cao hiệu quả phục vụ người dân.",
        "Hiệu quả công việc được nâng lên: giảm 60% thời gian.",
        "Nội dung buổi họp gồm: một, hai, ba.",
        "Thông báo gửi cho người dân gồm nội dung: ngày giờ, quầy nhận.",
        "Nội dung tin nhắn do công chức soạn, gửi trước một ngày.",
        "Tính mới mẻ của cách làm này là: ai cũng làm được.",
        "Kết quả giải quyết hồ sơ được trả tại nhà.",
        "Giải pháp: dùng mã QR. Hiệu quả thì đã rõ",
    ],
)
def test_words_inside_running_text_are_no_labels(text: str) -> None:
    found = split_description(f"- Nội dung: Mở đầu.\n{text}")
    assert {part.value: said for part, said in found.parts.items()} == {"content": f"Mở đầu.\n{text}"}


def test_a_sentence_that_opens_the_cell_with_a_label_word_stays_whole() -> None:
    text = "Hiệu quả phục vụ người dân được nâng lên. Nội dung: không có gì thêm."
    assert parts(text) == {"content": text}


def test_text_without_labels_is_content_and_says_so() -> None:
    found = split_description("Lập nhóm để thông báo.\nAi cũng xem được.")
    warning = (
        "phần mô tả không ghi Thực trạng, Nội dung, Hiệu quả, Tính mới; "
        "toàn bộ được đưa vào Nội dung. Bạn xem và tách lại"
    )
    parts = {Column.CONTENT: "Lập nhóm để thông báo.\nAi cũng xem được."}
    assert found == Description(parts, [warning], labelled=False)


def test_text_before_the_first_label_goes_to_the_content() -> None:
    found = split_description("Áp dụng từ tháng 5.\n- Thực trạng: Một\n- Nội dung: Hai")
    assert found.parts == {Column.CONTENT: "Áp dụng từ tháng 5.\nHai", Column.SITUATION: "Một"}
    assert found.warnings == ["có chữ đứng trước nhãn đầu tiên, được đưa vào Nội dung"]


def test_labels_left_empty_give_no_parts() -> None:
    assert split_description("- Thực trạng:\n- Nội dung: …\n- Hiệu quả: .....\n- Tính mới:") == Description()
    assert split_description("- Thực trạng: - Nội dung: - Hiệu quả: - Tính mới:").parts == {}


def test_the_forms_own_label_wins_over_its_synonym() -> None:
    assert parts("- Nội dung: Hai\n- Kết quả: 5 hồ sơ\n- Hiệu quả: Ba") == {
        "content": "Hai\n- Kết quả: 5 hồ sơ",
        "effectiveness": "Ba",
    }


def test_a_label_given_twice_loses_no_word() -> None:
    assert parts("- Nội dung: Hai\n- Nội dung: Thêm") == {"content": "Hai\n- Nội dung: Thêm"}


def test_numbered_points_of_a_part_keep_their_words() -> None:
    assert parts("- Nội dung:\n+ Nội dung 1: Hai\n+ Nội dung 2: Ba") == {
        "content": "+ Nội dung 1: Hai\n+ Nội dung 2: Ba"
    }


def test_a_heading_over_the_labels_is_no_text() -> None:
    assert split_description("Mô tả giải pháp:\n- Thực trạng: Một\n- Nội dung: Hai") == Description(
        {Column.SITUATION: "Một", Column.CONTENT: "Hai"}
    )


def test_a_small_table_inside_the_cell_has_its_labels_before_tabs() -> None:
    assert parts("Thực trạng\tMột\nNội dung\tHai\nhai\n1. Hiệu quả\tBa") == {
        "situation": "Một",
        "content": "Hai\nhai",
        "effectiveness": "Ba",
    }


def test_numbered_points_stay_in_their_part() -> None:
    text = "1. Thực trạng:\n1.1. Khó khăn: nhiều\n2. Nội dung:\n2.1. Cách làm: x\n2.2. Kết quả: y\n3. Tính mới: t"
    assert parts(text) == {
        "situation": "1.1. Khó khăn: nhiều",
        "content": "2.1. Cách làm: x\n2.2. Kết quả: y",
        "novelty": "t",
    }


def test_limitations_have_a_part_of_their_own() -> None:
    assert parts("- Hiệu quả: Ba\n- Mặt hạn chế: Ít người biết\n- Tồn tại: thêm") == {
        "effectiveness": "Ba",
        "limitations": "Ít người biết\n- Tồn tại: thêm",
    }
    assert parts("- Hiệu quả: Ba\n- Tồn tại, hạn chế: Ít người biết") == {
        "effectiveness": "Ba",
        "limitations": "Ít người biết",
    }


def test_a_limitation_inside_the_situation_stays_there() -> None:
    assert parts("- Thực trạng: Một\n+ Hạn chế: chậm\n- Nội dung: Hai") == {
        "situation": "Một\n+ Hạn chế: chậm",
        "content": "Hai",
    }


def test_lists_inside_a_part_keep_their_bullets() -> None:
    assert parts("- Nội dung:\n+ Bước 1: nhận\n+ Bước 2: trả\n- Hiệu quả: Ba") == {
        "content": "+ Bước 1: nhận\n+ Bước 2: trả",
        "effectiveness": "Ba",
    }


def test_a_bold_label_needs_no_colon() -> None:
    text = "Thực trạng Người dân chờ lâu.\nNội dung Đặt lịch trước."
    assert parts(text, (0, text.index("Nội dung"))) == {
        "situation": "Người dân chờ lâu.",
        "content": "Đặt lịch trước.",
    }
    assert parts(text) == {"content": text}


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("- Hiệu qủa: Ba", "tệp viết “Hiệu qủa”, hiểu là Hiệu quả"),
        ("- Thực trạnh: Một", "tệp viết “Thực trạnh”, hiểu là Thực trạng"),
        ("HIỆU QUẢ: Ba", ""),
        ("- Điểm mới: Bốn", ""),
    ],
)
def test_a_misspelt_label_is_taken_with_a_warning(text: str, guess: str) -> None:
    assert split_description(text).warnings == ([guess] if guess else [])


def test_a_label_tells_what_follows_it() -> None:
    label = find_label("- Nội dung: Hai: hai")
    assert label is not None
    assert (label.part, label.text, label.bullet) == (Column.CONTENT, "Hai: hai", "-")


def test_a_chapter_named_like_a_part_does_not_hide_the_part() -> None:
    assert parts("II. NỘI DUNG\n1. Thực trạng\nMột\n2. Nội dung giải pháp\nHai") == {
        "situation": "Một",
        "content": "Hai",
    }
