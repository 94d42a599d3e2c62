"""Excel 97-2003: what shows, what hides, what breaks."""

import contextlib
import datetime as dt
import io
import random
from collections.abc import Callable
from typing import Any

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.source import Refusal, Source
from sangkien.appendix.reading.xls import load
from tests.appendix.fixtures.compound import compound
from tests.appendix.fixtures.old_fonts import tcvn3
from tests.appendix.fixtures.refused import encrypted_xls
from tests.appendix.reading.shown import only, tables, texts


def book(write: Callable[[Any], None]) -> bytes:
    made = xlwt.Workbook()
    write(made)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def sheet(write: Callable[[Any], None]) -> Source:
    return load(book(lambda made: write(made.add_sheet("Báo cáo"))), "a.xls")


def style(*, number: str = "General", font: str = "Arial", bold: bool = False) -> Any:
    made = xlwt.XFStyle()
    made.num_format_str = number
    made.font = xlwt.Font()
    made.font.name, made.font.bold = font, bold
    return made


@pytest.mark.parametrize(
    ("value", "number", "shown"),
    [
        ("Họp số\nhai dòng", "General", "Họp số\nhai dòng"),
        ("=1+1", "General", "=1+1"),
        (1.0, "General", "1"),
        (0.955, "0.0%", "95,5%"),
        (1234567, "#,##0", "1.234.567"),
        (dt.date(2024, 3, 5), "dd/mm/yyyy", "5/3/2024"),
        (dt.datetime(2024, 3, 5, 7, 30), "dd/mm/yyyy hh:mm", "5/3/2024 7:30"),  # noqa: DTZ001 (cells have no zone)
        (True, "General", "TRUE"),
    ],
)
def test_a_cell_shows_its_value(value: object, number: str, shown: str) -> None:
    assert only(sheet(lambda page: page.write(0, 0, value, style(number=number)))) == [[shown]]


def test_dates_may_count_from_1904() -> None:
    def write(made: Any) -> None:
        made.dates_1904 = True
        made.add_sheet("a").write(0, 0, 43894, style(number="d/m/yyyy"))

    assert only(load(book(write), "a.xls")) == [["5/3/2024"]]


def test_merged_ranges_span() -> None:
    def write(page: Any) -> None:
        page.write_merge(0, 0, 0, 1, "Tiêu đề")
        page.write_merge(1, 2, 0, 0, "Phường")
        page.write(1, 1, "a")
        page.write(2, 1, "b")

    source = sheet(write)
    assert only(source) == [["Tiêu đề", "Tiêu đề"], ["Phường", "a"], ["Phường", "b"]]
    rows = tables(source)[0].rows
    assert rows[1].cells[0] is rows[2].cells[0]


def test_hidden_rows_and_columns_are_read_and_named() -> None:
    def write(page: Any) -> None:
        for row in range(3):
            page.write(row, 0, "a")
            page.write(row, 1, "b")
        page.row(1).hidden = True
        page.col(1).hidden = True

    source = sheet(write)
    assert [row.hidden for row in tables(source)[0].rows] == [False, True, False]
    assert ["dòng đang ẩn: 2." in warning for warning in source.warnings] == [True, False]
    assert "cột đang ẩn: B." in source.warnings[1]


def test_hidden_sheets_are_named_and_not_read() -> None:
    def write(made: Any) -> None:
        for name, state in (("Phường 1", 0), ("Năm cũ", 1), ("_dm", 2), ("Phường 2", 0)):
            page = made.add_sheet(name)
            page.visibility = state
            page.write(0, 0, name)

    source = load(book(write), "a.xls")
    assert [(table.name, texts(table)) for table in tables(source)] == [
        ("Phường 1", [["Phường 1"]]),
        ("Phường 2", [["Phường 2"]]),
    ]
    assert len(source.warnings) == 2


def test_the_font_of_a_cell_decides_its_code() -> None:
    def write(page: Any) -> None:
        page.write(0, 0, tcvn3("Đơn vị thực hiện"), style(font=".VnTime"))
        page.write(1, 0, tcvn3("thực trạng"), style(font=".VnTimeH", bold=True))
        page.write(2, 0, "Hiệu quả", style(font="Times New Roman"))

    source = sheet(write)
    assert only(source) == [["Đơn vị thực hiện"], ["THỰC TRẠNG"], ["Hiệu quả"]]
    assert [row.cells[0].bold_starts for row in tables(source)[0].rows if row.cells[0]] == [(), (0,), ()]
    assert ["TCVN3" in warning for warning in source.warnings] == [True]


def test_old_fonts_without_a_name_are_told_by_their_words() -> None:
    source = sheet(lambda page: page.write(0, 0, tcvn3("Đơn vị thực hiện cải cách thủ tục hành chính")))
    assert only(source) == [["Đơn vị thực hiện cải cách thủ tục hành chính"]]
    assert ["TCVN3" in warning for warning in source.warnings] == [True]


def test_a_link_without_a_result_shows_its_title() -> None:
    def write(page: Any) -> None:
        page.write(3, 2, xlwt.Formula('HYPERLINK("http://example.invalid";"Họp số")'))

    source = sheet(write)
    assert only(source) == [["Họp số"]]
    assert "C4" in source.warnings[0]


def test_formulas_without_a_result_are_named() -> None:
    def write(page: Any) -> None:
        page.write(0, 0, "a")
        page.write(1, 0, xlwt.Formula("1+1"))

    source = sheet(write)
    assert only(source) == [["a"]]
    assert "A2" in source.warnings[0]


def test_cells_far_apart_are_cheap() -> None:
    def write(page: Any) -> None:
        page.write(0, 0, "a")
        page.write(65535, 255, "z")

    assert only(sheet(write)) == [["a", ""], ["", "z"]]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Outcome.CORRUPT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), Outcome.CORRUPT),
        (compound({"Other": b"x" * 5000}), Outcome.CORRUPT),
        (compound({"Book": b"\x09\x08" * 3000}), Outcome.UNSUPPORTED_FORMAT),
        (compound({"Workbook": b"\x09\x08" * 3000}), Outcome.CORRUPT),
        (encrypted_xls(b""), Outcome.ENCRYPTED),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, expected: Outcome) -> None:
    with pytest.raises(Refusal) as refused:
        load(data, "a.xls")
    assert refused.value.outcome is expected


def test_another_reader_sees_the_same_values() -> None:
    calamine = pytest.importorskip("python_calamine")
    [table] = tables(load(SAMPLE, "a.xls"))
    lines = calamine.CalamineWorkbook.from_filelike(io.BytesIO(SAMPLE)).get_sheet_by_index(0).to_python()
    assert [row[:4] for row in texts(table)[1:]] == [line[:4] for line in lines[1:]]


def test_texts_that_go_on_in_further_records_are_whole() -> None:
    long = [f"{number} " + "Nội dung của sáng kiến " * 40 for number in range(60)]

    def write(page: Any) -> None:
        for row, text in enumerate(long):
            page.write(row, 0, text if row % 2 else text.encode("ascii", "ignore").decode())
            page.write_rich_text(row, 1, [("thường ", style().font), (text, style(bold=True).font)])

    found = only(sheet(write))
    assert [row[0] for row in found[1::2]] == long[1::2]
    assert [row[1] for row in found] == [f"thường {text}" for text in long]


def _sample() -> bytes:
    def write(page: Any) -> None:
        page.write_merge(0, 0, 0, 3, "Tiêu đề", style(bold=True))
        for row in range(1, 6):
            for column in range(4):
                page.write(row, column, f"Nội dung {row} {column}")
            page.write(row, 4, xlwt.Formula('HYPERLINK("a";"b")'))
            page.write(row, 5, row / 7, style(number="0.0%"))

    return book(lambda made: write(made.add_sheet("Báo cáo")))


SAMPLE = _sample()


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_mutated_bytes_give_a_source_or_a_refusal(seed: int, count: int) -> None:
    chance = random.Random(seed)
    data = bytearray(SAMPLE)
    for _ in range(count):
        data[chance.randrange(512, len(data))] = chance.randrange(256)
    with contextlib.suppress(Refusal):
        assert isinstance(load(bytes(data), "a.xls"), Source)
