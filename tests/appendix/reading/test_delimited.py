"""Tables written as text, in the codes and with the separators that come in."""

import contextlib
import csv
import io
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.delimited import load
from sangkien.appendix.reading.encodings import decode_text, share_of_syllables
from sangkien.appendix.reading.source import Refusal, Source
from sangkien.spreadsheets import csv_chunks
from tests.appendix.fixtures.old_fonts import cp1258, tcvn3, vni
from tests.appendix.reading.shown import only, paragraphs, tables

ROWS = [
    ["STT", "Đơn vị thực hiện", "Tên giải pháp", "Mô tả"],
    ["1", "Phường Thử Nghiệm", "Một cửa, lưu động", '- Nội dung: "xe", bàn; ghế\n- Hiệu quả: gọn'],
    ["2", "Phòng Nội vụ", "Họp số", "Thực trạng: giấy tờ nhiều, in tốn kém"],
]


def written(rows: list[list[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, lineterminator=end).writerows(rows)
    return target.getvalue()


def read(text: str, name: str = "a.csv") -> list[list[str]]:
    return only(load(text.encode(), name))


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_codes_separators_and_line_ends(code: str, delimiter: str, end: str) -> None:
    source = load(written(ROWS, delimiter, end).encode(code), "a.csv")
    assert only(source) == ROWS
    assert source.warnings == []


@pytest.mark.parametrize("mark", [False, True])
@pytest.mark.parametrize("code", ["utf-16-le", "utf-16-be"])
def test_utf_16_of_either_order_with_and_without_its_mark(code: str, mark: bool) -> None:
    source = load((("\ufeff" if mark else "") + written(ROWS)).encode(code), "a.csv")
    assert only(source) == ROWS
    assert len(source.warnings) == (0 if mark else 1)


@pytest.mark.parametrize(
    ("encode", "name"),
    [
        (cp1258, "Windows-1258"),
        (lambda text: tcvn3(text).encode("latin-1"), "TCVN3"),
        (lambda text: vni(text).encode("cp1252"), "VNI"),
        (lambda text: tcvn3(text).encode(), "TCVN3"),
        (lambda text: vni(text).encode(), "VNI"),
    ],
)
def test_old_codes_are_recognised_by_their_words_with_a_warning(encode: Callable[[str], bytes], name: str) -> None:
    rows = [[cell.replace("Đ", "Đ") for cell in row] for row in ROWS]
    source = load(encode(written(rows)), "a.csv")
    assert only(source) == rows
    [warning] = source.warnings
    assert name in warning


def test_western_bytes_are_read_as_western() -> None:
    source = load("Café;Größe\nnaïve;1\n".encode("cp1252"), "a.csv")
    assert only(source) == [["Café", "Größe"], ["naïve", "1"]]
    assert "Windows-1252" in source.warnings[0]


def test_vietnamese_in_utf_8_is_never_decoded_again() -> None:
    text = "STT,Tên\n1,Kế hoạch của đơn vị\n2,Café à la carte\n"
    assert decode_text(text.encode()).text == text
    assert decode_text(text.encode()).warning is None


def test_letters_are_composed() -> None:
    assert read(unicodedata.normalize("NFD", written(ROWS))) == ROWS


def test_a_damaged_letter_costs_one_letter() -> None:
    assert only(load(b"\xef\xbb\xbfSTT,T\xffn\r\n1,a\r\n", "a.csv"))[0] == ["STT", "T\ufffdn"]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "\ufeffsep=;"])
def test_a_first_line_may_name_the_separator(first: str) -> None:
    assert read(first + "\r\n1,5;2,5;3,5\r\n4,5;5,5;6,5\r\n") == [["1,5", "2,5", "3,5"], ["4,5", "5,5", "6,5"]]


def test_a_first_line_may_name_the_tab() -> None:
    assert read("sep=\t\r\na\tb,c\r\n") == [["a", "b,c"]]


def test_titles_above_and_sums_below_do_not_hide_the_separator() -> None:
    rows = [["PHỤ LỤC"], ["Kèm theo báo cáo, ngày 5"], *ROWS, ["Tổng cộng: 2"]]
    shown = read(written(rows, ";"))
    assert shown[2:5] == ROWS
    assert shown[1][0] == "Kèm theo báo cáo, ngày 5"


def test_commas_in_sentences_do_not_beat_semicolons() -> None:
    rows = [["STT", "Mô tả"], ["1", "a, b, c"], ["2", "d, e, f"], ["3", "g, h, i"]]
    assert read(written(rows, ";")) == rows


def test_rows_may_leave_out_empty_cells_at_their_end() -> None:
    assert read("STT,Tên,Ghi chú\n1,Họp số\n") == [["STT", "Tên", "Ghi chú"], ["1", "Họp số", ""]]


def test_blank_lines_are_counted() -> None:
    [table] = tables(load(b"a,b\n\n,\nc,d\n", "a.csv"))
    assert [row.number for row in table.rows] == [1, 4]


def test_text_that_is_no_table_is_paragraphs() -> None:
    text = "Kính gửi: Sở Nội vụ\n\nThực hiện kế hoạch, phường báo cáo, xin gửi.\nNội dung gồm ba phần.\n"
    source = load(text.encode(), "a.txt")
    assert tables(source) == []
    assert paragraphs(source) == [line for line in text.split("\n") if line]


@pytest.mark.parametrize("text", ["", " \n", ",,,\n,,,\n", '""\n'])
def test_separators_alone_are_nothing(text: str) -> None:
    assert load(text.encode(), "a.csv").blocks == []


def test_a_quote_that_never_closes_does_not_swallow_the_rest() -> None:
    source = load('STT,Tên\n1,"Họp số\n2,b\n3,c\n4,d\n5,e\n'.encode(), "a.csv")
    assert len(only(source)) == 6
    assert "ngoặc kép" in source.warnings[0]


def test_what_guards_a_text_against_becoming_a_formula_is_taken_off() -> None:
    assert read("a,b\n=\"01\",'=1+1\n'trích,'- Nội dung\n") == [["a", "b"], ["01", "=1+1"], ["'trích", "- Nội dung"]]


def test_our_own_csv_comes_back() -> None:
    content = b"".join(csv_chunks(ROWS[0], ROWS[1:]))
    source = load(content, "a.csv")
    assert only(source) == ROWS
    assert source.warnings == []


@pytest.mark.parametrize("data", [b"a,b\n\x00\x01\x02\n", b"\x00" * 100, b"\xff\xfea\x00\x00\x00"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        load(data, "a.csv")
    assert refused.value.outcome is Outcome.CORRUPT


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(Refusal) as refused:
        load(b"," * 20_000 + b"x\n" + b"," * 20_000 + b"x", "a.csv")
    assert refused.value.outcome is Outcome.TOO_LARGE


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Thực hiện cải cách thủ tục hành chính nghiêng ngoằn ngoèo khuya quyển giặt", 1, 1),
        ("Thùc hiÖn c¶i c¸ch thñ tôc hµnh chÝnh", 0, 0.5),
        ("Thöïc hieän caûi caùch thuû tuïc haønh chính", 0, 0.5),
        ("Größe Café naïve", 0, 0.5),
        ("plain", 0, 0),
    ],
)
def test_the_share_of_vietnamese_syllables(text: str, least: float, most: float) -> None:
    assert least <= share_of_syllables(text) <= most


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_source_or_a_refusal(data: bytes) -> None:
    with contextlib.suppress(Refusal):
        assert isinstance(load(data, "a.csv"), Source)


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.sampled_from(',;\t|"\n\r =aĐế\u00a0\ufeff'), max_size=60), st.sampled_from(["a.csv", "a.tsv", "a.txt"])
)
def test_any_text_gives_a_source(text: str, name: str) -> None:
    assert isinstance(load(text.encode(), name), Source)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.text("ab đế,;\"\n'=-", min_size=1, max_size=12), min_size=3, max_size=3), min_size=2, max_size=5
    )
)
def test_what_we_write_is_read_back(rows: list[list[str]]) -> None:
    rows = [[f"x{cell.strip()}" for cell in row] for row in rows]
    content = b"".join(csv_chunks(["Một", "Hai", "Ba"], rows))
    assert only(load(content, "a.csv"))[1:] == rows
