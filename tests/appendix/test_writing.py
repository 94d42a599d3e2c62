"""Rows of the appendix, and that they read back whole."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from sangkien.appendix.fields import FIELDS
from sangkien.appendix.model import ReadInitiative
from sangkien.appendix.reading.source import Cell, Row, Source, Table
from sangkien.appendix.reading.tidy import is_blank, tidy
from sangkien.appendix.reading.understanding import understand
from sangkien.appendix.writing import FORM_COLUMNS, appendix_row, description

PARTS = ("situation", "content", "effectiveness", "novelty", "limitations")


def read_back(*initiatives: ReadInitiative) -> tuple[ReadInitiative, ...]:
    rows = [FORM_COLUMNS, *(appendix_row(n, one, limitations=True) for n, one in enumerate(initiatives, start=1))]
    return understand(Source([Table([Row([Cell(text) for text in row]) for row in rows])]), "phu-luc.docx").initiatives


def test_a_row_has_the_columns_of_the_form() -> None:
    initiative = ReadInitiative(
        unit="UBND Phường 11",
        title="Nhắn tin hẹn trả kết quả",
        fields=("procedures", "digital_government"),
        field_raw="(3), (7)",
        situation="Người dân đi lại nhiều lần.",
        content="Nhắn tin khi có kết quả.\n+ Một ngày trước hẹn.",
        limitations="Chưa có kinh phí.",
        note="Từ tháng 5",
    )
    assert dict(zip(FORM_COLUMNS, appendix_row(7, initiative), strict=True)) == {
        "STT": "7",
        "Đơn vị thực hiện": "UBND Phường 11",
        "Tên mô hình, giải pháp, sáng kiến": "Nhắn tin hẹn trả kết quả",
        "Lĩnh vực cải cách hành chính": (
            "Cải cách thủ tục hành chính; Xây dựng và phát triển chính quyền điện tử, chính quyền số"
        ),
        "Mô tả về công trình/ giải pháp/ đề tài": (
            "- Thực trạng: Người dân đi lại nhiều lần.\n- Nội dung: Nhắn tin khi có kết quả.\n+ Một ngày trước hẹn."
        ),
        "Ghi chú": "Từ tháng 5",
    }


def test_limitations_are_written_on_request() -> None:
    initiative = ReadInitiative(content="Một", limitations="Hai")
    assert description(initiative) == "- Nội dung: Một"
    assert description(initiative, limitations=True) == "- Nội dung: Một\n- Mặt hạn chế: Hai"


def test_a_field_left_to_a_person_is_written_as_it_was() -> None:
    assert appendix_row(1, ReadInitiative(field_raw="ngành giáo dục"))[3] == "ngành giáo dục"
    assert appendix_row(1, ReadInitiative())[3] == ""


def test_every_set_of_three_fields_reads_back() -> None:
    for size in (1, 2, 3):
        for chosen in combinations([field.code for field in FIELDS], size):
            (found,) = read_back(ReadInitiative(unit="UBND", title="Một", fields=chosen, content="Hai"))
            assert found.fields == chosen
            assert not found.warnings


LABEL_LIKE = (
    *("Hiệu quả", "hiệu quả:", "Nội dung:", "NỘI DUNG:", "Thực trạng:", "Thực trạg:", "Tính mới", "Tính mới:"),
    *("- Hiệu quả:", ". - Nội dung:", "; - Tính mới: ", "\nHiệu quả:", "Hiệu quả - Giảm", "kết quả", "Kết quả:"),
    *("Mặt hạn chế:", "Hạn chế:", "Ghi chú", "Tên giải pháp:", "Đơn vị:", "Giải pháp 1:", "của giải pháp", "mang lại"),
    *("a)", "1.", "-", "+", "o", "•", "* ", ":", ". ", "…", "\n", "\n- ", "\n+ ", "\u200b", "\xa0"),
    *("hồ sơ", "người dân", "“không giấy”", "(7)", "60%"),
)
word = st.sampled_from(LABEL_LIKE)
label_like = st.lists(word, min_size=1, max_size=14).map(" ".join)
free = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
texts = (label_like | free).map(tidy).filter(lambda text: not is_blank(text))


@given(st.dictionaries(st.sampled_from(PARTS), texts, min_size=1))
@settings(max_examples=400, deadline=None)
def test_parts_read_back_whatever_they_say(parts: dict[str, str]) -> None:
    (found,) = read_back(ReadInitiative(unit="UBND Phường 1", title="Một giải pháp", fields=("procedures",), **parts))
    assert {part: getattr(found, part) for part in PARTS if getattr(found, part)} == parts


@given(st.dictionaries(st.sampled_from(PARTS), texts, min_size=1))
@settings(max_examples=200, deadline=None)
def test_parts_read_back_where_everything_else_is_missing(parts: dict[str, str]) -> None:
    (found,) = read_back(ReadInitiative(**parts))
    assert {part: getattr(found, part) for part in PARTS if getattr(found, part)} == parts
    assert (found.unit, found.title, found.fields) == (None, None, None)


@given(st.lists(st.dictionaries(st.sampled_from(PARTS), texts, min_size=1), min_size=2, max_size=4))
@settings(max_examples=50, deadline=None)
def test_rows_read_back_in_their_order(rows: list[dict[str, str]]) -> None:
    initiatives = [
        ReadInitiative(unit=f"UBND Phường {n}", title=f"Giải pháp {n}", fields=("steering",), note=f"Ghi {n}", **parts)
        for n, parts in enumerate(rows)
    ]
    found = read_back(*initiatives)
    kept = ("unit", "title", "fields", "note", *PARTS)
    assert [[getattr(one, part) for part in kept] for one in found] == [
        [getattr(one, part) for part in kept] for one in initiatives
    ]
