"""Shapes that a second pair of eyes thought of: each once read wrongly, by the room as a whole."""

import csv
import io
import os
import zipfile
from pathlib import Path

import pytest

from sangkien.appendix.fields import recognise
from sangkien.appendix.model import Outcome, Reading, ReadInitiative
from sangkien.appendix.reading import read as read_file
from sangkien.appendix.reading import read_bytes
from sangkien.consolidation.files import Found, NotTaken, find_files
from tests.appendix.reading.blocks import FORM, LEFT, read, report, said, table

TITLE, UNIT, FIELD = "Bàn viết hộ", "UBND phường Hoa Sen", "Cải cách thủ tục hành chính"
FOUR = ("Chờ lâu.", "Lập tổ trực, mỗi sáng.", "Còn 12 phút.", "Lần đầu.")


def described(text: str) -> tuple[ReadInitiative, str]:
    reading = report(("1", UNIT, TITLE, "(3)", text, ""))
    (one,) = reading.initiatives
    return one, said(reading)


def parts(one: ReadInitiative) -> tuple[str | None, ...]:
    return one.situation, one.content, one.effectiveness, one.novelty


def labelled(labels: tuple[str, ...], between: str = "\n") -> str:
    return between.join(f"{label} {text}" for label, text in zip(labels, FOUR, strict=True))


# --- Labels ----------------------------------------------------------------------------------------------------------


def test_a_bullet_may_be_a_plus_and_a_bracket() -> None:
    one, warnings = described(labelled(("+) Thực trạng:", "+) Nội dung:", "+) Hiệu quả:", "+) Tính mới:")))
    assert (parts(one), warnings) == (FOUR, "")


def test_labels_typed_while_telex_was_off_are_understood_and_said() -> None:
    one, warnings = described(labelled(("- Thuwcj trangj:", "- Nooij dung:", "- Hieeuj quar:", "- Tinhs mowis:")))
    assert parts(one) == FOUR
    assert warnings.count("hiểu là") == 4


@pytest.mark.parametrize("label", ["Nội dung, hiệu quả", "Nội dung và kết quả thực hiện", "Nội dung/Hiệu quả"])
def test_a_label_of_two_parts_is_said(label: str) -> None:
    one, warnings = described(f"- Thực trạng: Chờ lâu.\n- {label}: Lập tổ, còn 12 phút.")
    assert one.content == "Lập tổ, còn 12 phút."
    assert f"nhãn “{label}” gộp nhiều phần" in warnings


@pytest.mark.parametrize(
    "label", ["Nội dung, giải pháp", "Nội dung và cách làm", "Nội dung, quy trình thực hiện", "Nội dung của giải pháp"]
)
def test_a_label_with_two_words_for_one_part_is_no_guess(label: str) -> None:
    assert described(f"- Thực trạng: Chờ lâu.\n- {label}: Lập tổ.")[1] == ""


def test_a_step_after_a_dash_is_text_of_the_part() -> None:
    one, _ = described("-Thực trạng – Chờ lâu.\n-Nội dung – Bước 1: tiếp nhận. Bước 2: trả.\n-Hiệu quả – Nhanh.")
    assert parts(one)[:3] == ("Chờ lâu.", "Bước 1: tiếp nhận. Bước 2: trả.", "Nhanh.")


@pytest.mark.parametrize("label", ["Hiệu quả kinh tế - xã hội", "HIỆU QUẢ KINH TẾ – XÃ HỘI", "Kết quả đạt được"])
def test_words_before_a_dash_may_hold_a_dash_or_be_lesser_ones(label: str) -> None:
    one, _ = described(f"Thực trạng – Chờ lâu.\nNội dung – Lập tổ.\n{label} – Nhanh.")
    assert parts(one)[:3] == ("Chờ lâu.", "Lập tổ.", "Nhanh.")


def test_labels_below_a_label_keep_their_words() -> None:
    one, warnings = described("- Nội dung: Hai\n- Hiệu quả:\n+ Hiệu quả kinh tế: 20 triệu.\n+ Hiệu quả xã hội: Vui.")
    assert one.effectiveness == "+ Hiệu quả kinh tế: 20 triệu.\n+ Hiệu quả xã hội: Vui."
    assert warnings == ""


def test_two_labels_of_one_part_both_keep_their_words() -> None:
    one, _ = described("- Nội dung: Hai\n- Hiệu quả kinh tế: 20 triệu.\n- Hiệu quả xã hội: Vui.")
    assert one.effectiveness == "- Hiệu quả kinh tế: 20 triệu.\n- Hiệu quả xã hội: Vui."


def test_a_lesser_word_over_the_forms_own_word_belongs_to_its_part() -> None:
    one, warnings = described("Sự cần thiết: Một\nThực trạng: Hai\nNội dung: Ba")
    assert (one.situation, one.content, warnings) == ("Sự cần thiết: Một\nThực trạng: Hai", "Ba", "")


@pytest.mark.parametrize(
    "labels",
    [
        ("📌 Thực trạng:", "👉 Nội dung:", "⭐ Hiệu quả:", "1️⃣ Tính mới:"),
        ("**Thực trạng:**", "**Nội dung:**", "**Hiệu quả:**", "**Tính mới:**"),
        ("<ul style='list-style-type: none'><li>- Thực trạng:", "<br/>- Nội dung:", "- Hiệu quả:", "- Tính mới:"),
    ],
)
def test_labels_dressed_by_phones_chats_and_pages(labels: tuple[str, ...]) -> None:
    assert parts(described(labelled(labels))[0]) == FOUR


def test_the_line_over_the_labels_is_the_title_of_a_row_without_one() -> None:
    reading = report(("1", UNIT, "", "(3)", f"Mô hình: {TITLE}\n- Thực trạng: Một\n- Nội dung: Hai", ""))
    (one,) = reading.initiatives
    assert (one.title, one.situation, one.content) == (TITLE, "Một", "Hai")
    assert f"tên giải pháp được lấy từ dòng đầu của phần mô tả: “{TITLE}”" in said(reading)


@pytest.mark.parametrize("total", ["Cộng: 01 giải pháp", "Tổng 12 giải pháp"])
def test_a_total_of_two_digits_is_a_total(total: str) -> None:
    reading = report(("1", UNIT, TITLE, "(3)", "Nội dung: Hai", ""), (total, "", "", "", "", ""))
    assert (len(reading.initiatives), said(reading)) == (1, "")


@pytest.mark.parametrize("bullet", ["1.1 ", "1.2.1 ", "\u2010 ", "\u2011 ", "\u2212 ", "\ufe63 "])
def test_numbers_without_a_last_dot_and_dashes_of_every_kind_lead_a_label(bullet: str) -> None:
    labels = tuple(bullet + name for name in ("Thực trạng:", "Nội dung:", "Hiệu quả:", "Tính mới:"))
    one, warnings = described(labelled(labels))
    assert (parts(one), warnings) == (FOUR, "")


def test_a_description_in_the_cell_of_the_title_is_taken_out() -> None:
    form = ("STT", "Đơn vị", "Tên và mô tả giải pháp", "Lĩnh vực", "Ghi chú")
    told = labelled(("- Thực trạng:", "- Nội dung:", "- Hiệu quả:", "- Tính mới:"))
    reading = read(table(form, ("1", UNIT, f"Tên: {TITLE}\n{told}", "(3)", "")))
    (one,) = reading.initiatives
    assert (one.title, parts(one)) == (TITLE, FOUR)
    assert "phần mô tả nằm trong ô tên giải pháp, đã được tách ra" in said(reading)


def test_a_title_of_several_lines_stays_whole() -> None:
    (one,) = report(("1", UNIT, "Hai không\nKhông chờ: tại nhà\nKhông phí", "(3)", "", "")).initiatives
    assert one.title == "Hai không Không chờ: tại nhà Không phí"


def test_several_solutions_in_one_row_are_said() -> None:
    reading = report(("1", UNIT, "1. Bàn viết hộ\n2. Hộp thư", "(3)", "Nội dung: Hai", ""))
    assert "ô tên giải pháp ghi nhiều giải pháp" in said(reading)


@pytest.mark.parametrize(
    "title", ["Hiệu quả từ nhóm Zalo", "Nội dung số", "Tính mới trong tiếp dân", "Mô tả bằng hình"]
)
def test_a_row_of_data_above_a_repeated_heading_is_no_heading(title: str) -> None:
    form = FORM[1:]
    row = (title, "(3)", "- Nội dung: Hai", "")
    reading = read(table(form, (UNIT, *row), form, ("Phòng Nội vụ", *row)))
    assert [(one.unit, one.title) for one in reading.initiatives] == [(UNIT, title), ("Phòng Nội vụ", title)]


def test_a_heading_of_two_rows_repeated_with_empty_places_is_no_text() -> None:
    top = (*FORM[:4], "Mô tả", LEFT, LEFT, LEFT, "Ghi chú")
    below = (*[None] * 4, "Thực trạng", "Nội dung", "Hiệu quả", "Tính mới", None)
    reading = read(table(top, below, ("1", UNIT, TITLE, "3", *FOUR, ""), top, below, ("2", UNIT, "B", "3", *FOUR, "")))
    assert [parts(one) for one in reading.initiatives] == [FOUR, FOUR]
    assert said(reading) == ""


# --- Fields ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", ["(5)-(7)", "5 – 7", "từ (5) đến (7)", "Lĩnh vực 5-7"])
def test_a_range_of_numbers_means_those_between_too(raw: str) -> None:
    found = recognise(raw)
    assert found.codes == ("civil_service", "public_finance", "digital_government")
    assert found.warnings[0].startswith(f"Tệp ghi lĩnh vực “{raw}”, hiểu là ")


def test_two_neighbours_joined_by_a_dash_are_no_guess() -> None:
    assert (recognise("3-4").codes, recognise("3-4").warnings) == (("procedures", "apparatus"), ())


def test_a_number_may_touch_the_word_before_it() -> None:
    assert (recognise("LV3").codes, recognise("LV3").warnings) == (("procedures",), ())


def test_a_cell_with_all_eight_names_has_not_chosen() -> None:
    found = recognise(
        "(1) Chỉ đạo, điều hành\n(2) Thể chế\n(3) Thủ tục hành chính\n(4) Tổ chức bộ máy\n(5) Chế độ công vụ\n"
        "(6) Tài chính công\n(7) Chính quyền điện tử, chính quyền số\n(8) Thông tin, tuyên truyền"
    )
    assert found.codes is None
    assert found.warnings == (
        "Ô lĩnh vực ghi cả tám lĩnh vực, chưa rõ đơn vị chọn lĩnh vực nào. Bạn hãy chọn lĩnh vực.",
    )


def test_a_group_of_a_field_in_a_table_without_that_column() -> None:
    form = ("STT", "Đơn vị thực hiện", "Tên giải pháp", "Mô tả", "Ghi chú")
    reading = read(table(form, ("VI", "Cải cách tài chính công", "", "", ""), ("1", UNIT, TITLE, "Nội dung: Hai", "")))
    assert [(one.unit, one.fields) for one in reading.initiatives] == [(UNIT, ("public_finance",))]


def test_the_column_of_ways_is_the_content() -> None:
    form = ("Phường/xã", "Tên mô hình", "Lĩnh vực", "Thực trạng", "Cách làm", "Hiệu quả", "Tính mới")
    (one,) = read(table(form, (UNIT, TITLE, "(3)", *FOUR))).initiatives
    assert (one.title, parts(one)) == (TITLE, FOUR)


# --- Units -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ditto", ["-nt-", "Như trên", "”", '"', "nt"])
def test_a_unit_like_the_one_above(ditto: str) -> None:
    row = (TITLE, "(3)", "Nội dung: Hai", "")
    reading = report(("1", UNIT, *row), ("2", ditto, "B", *row[1:]), ("3", ditto, "C", *row[1:]))
    assert [one.unit for one in reading.initiatives] == [UNIT] * 3
    assert said(reading).count(f"đơn vị ghi “{ditto}”, lấy “{UNIT}” theo dòng trên") == 2


@pytest.mark.parametrize("unit", ["P. Tư pháp", "P.4", "THCS Ánh Dương", "Mầm non Hoa Mai"])
@pytest.mark.parametrize("outline", ["II. ", "b) ", ""])
def test_groups_of_units_in_short_words(unit: str, outline: str) -> None:
    group = (f"{outline}{unit}", *[LEFT] * 5)
    (one,) = report(group, ("1", "", TITLE, "(3)", "Nội dung: Hai", "")).initiatives
    assert one.unit == unit


def test_units_listed_in_one_cell_stay_apart() -> None:
    (one,) = report(("1", "- UBND phường Hoa Sen\n- Công an phường", TITLE, "(3)", "Nội dung: Hai", "")).initiatives
    assert one.unit == "UBND phường Hoa Sen; Công an phường"


def test_a_sheet_named_after_a_unit_tells_the_unit() -> None:
    form = (FORM[0], *FORM[2:])
    row = ("1", TITLE, "(3)", "Nội dung: Hai", "")
    reading = read(
        table(("Đơn vị: UBND phường Sao Mai",), form, row, name="UBND phường Khác"),
        table(form, row, name="UBND phường Hoa Sen"),
        table(form, row, name="Phường"),
    )
    assert [one.unit for one in reading.initiatives[:2]] == ["UBND phường Sao Mai", "UBND phường Hoa Sen"]
    assert "lấy “UBND phường Hoa Sen” theo tên trang tính" in said(reading)
    assert "theo tên trang tính" not in "".join(w for one in reading.initiatives[2:] for w in one.warnings)


# --- Lines instead of a table ----------------------------------------------------------------------------------------

HEAD = (f"Tên giải pháp: {TITLE}", f"Đơn vị: {UNIT}", f"Lĩnh vực: {FIELD}")


@pytest.mark.parametrize("between", [". ", "; ", ", ", " - "])
def test_names_on_one_line_are_read_like_names_on_lines(between: str) -> None:
    told = labelled(("Thực trạng:", "Nội dung:", "Hiệu quả:", "Tính mới:"), between=" ")
    (one,) = read(between.join((*HEAD, told))).initiatives
    assert (one.title, one.unit, one.fields) == (TITLE, UNIT, ("procedures",))
    assert parts(one) == FOUR


def test_a_line_that_only_counts_the_solutions_is_no_text_of_the_one_above() -> None:
    parts_told = labelled(("Thực trạng:", "Nội dung:", "Hiệu quả:", "Tính mới:")).split("\n")
    reading = read("GIẢI PHÁP 1", *HEAD, *parts_told, "II. GIẢI PHÁP THỨ HAI", *HEAD, *parts_told[:2])
    assert [one.novelty for one in reading.initiatives] == ["Lần đầu.", None]


def test_a_chapter_below_the_solutions_is_no_part_of_the_last_one() -> None:
    told = labelled(("Thực trạng:", "Nội dung:", "Hiệu quả:", "Tính mới:")).split("\n")
    reading = read(*HEAD, *told, "III. KIẾN NGHỊ", "Đề nghị nhân rộng.")
    assert [one.novelty for one in reading.initiatives] == ["Lần đầu."]
    assert "Phần “III. KIẾN NGHỊ” không thuộc giải pháp nào nên không được đưa vào." in reading.warnings


def test_a_letter_of_plain_text_keeps_its_commas() -> None:
    letter = "\n".join(("BÁO CÁO, kết quả", *HEAD, "Thực trạng: Chờ lâu.", "Nội dung: Lập tổ trực, mỗi sáng."))
    reading = read_bytes(letter.encode(), "bao-cao.txt")
    assert [(one.title, one.content) for one in reading.initiatives] == [(TITLE, "Lập tổ trực, mỗi sáng.")]
    assert "BÁO CÁO, kết quả" in reading.text


# --- Letters that a program has spoilt -------------------------------------------------------------------------------


def as_csv() -> str:
    out = io.StringIO()
    csv.writer(out).writerows([FORM, ("1", UNIT, TITLE, FIELD, labelled(("Thực trạng:", *["Nội dung:"] * 3)), "")])
    return out.getvalue()


def test_letters_lost_to_question_marks_are_not_passed_on() -> None:
    reading = read_bytes(as_csv().encode("cp1252", "replace"), "bao-cao.csv")
    assert reading.outcome is Outcome.CORRUPT
    assert "đã bị thay bằng dấu “?”" in reading.message


def test_questions_are_no_lost_letters() -> None:
    asked = as_csv().replace("Chờ lâu.", "Vì sao chờ? Ai chờ?? Chờ ở đâu?")
    reading = read_bytes(asked.encode(), "bao-cao.csv")
    assert (reading.outcome, reading.warnings) == (Outcome.PARSED, ())


@pytest.mark.parametrize("code", ["latin-1", "cp1252"])
def test_utf_8_taken_for_western_letters_is_turned_back_and_said(code: str) -> None:
    raw = as_csv().encode()
    mangled = "".join(bytes([byte]).decode(code, "replace").replace("\ufffd", chr(byte)) for byte in raw)
    reading = read_bytes(mangled.encode(), "bao-cao.csv")
    assert [(one.unit, one.title) for one in reading.initiatives] == [(UNIT, TITLE)]
    assert "sai bảng mã" in said(reading)


# --- Files -----------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device that never ends, where there is one")
def test_what_is_no_file_is_not_opened() -> None:
    reading: Reading = read_file(Path("/dev/zero"), "bao-cao.docx")
    assert reading.outcome is Outcome.CORRUPT


@pytest.mark.skipif(os.name == "nt", reason="holes in files are made differently there")
def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.docx"
    with path.open("wb") as file:
        file.truncate(8 * 2**30)
    assert read_file(path).outcome is Outcome.TOO_LARGE


@pytest.mark.parametrize("main", ["word/document.xml", "xl/workbook.xml"])
def test_a_document_renamed_to_zip_is_one_file(tmp_path: Path, main: str) -> None:
    path = tmp_path / "bao-cao.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(main, "<a/>")
    with find_files([path]) as found:
        assert found == [Found(path, "bao-cao.zip")]


def test_an_archive_of_reports_stays_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/bao-cao.docx", "x")
    with find_files([path]) as found:
        assert [each.name for each in found if not isinstance(each, NotTaken)] == ["bao-cao.zip / word/bao-cao.docx"]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b" \n" * 9000])
def test_a_file_of_blank_lines_is_empty(data: bytes) -> None:
    assert read_bytes(data, "bao-cao.csv").outcome is Outcome.EMPTY_FILE
