"""What leaves as a spreadsheet is all there, and stays text whatever a user typed."""

import csv
import io
import shutil
import subprocess
import time
import tracemalloc
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sangkien.appendix.reading import xlsx as xlsx_reading
from sangkien.appendix.reading.source import Table
from sangkien.spreadsheets import LONGEST_CELL, TO_BE_CONTINUED, Column, Sheet, csv_chunks, write_csv, write_xlsx

COLUMNS = [Column("STT", 6, numeric=True), Column("Tên giải pháp", 40)]
DANGEROUS = [
    "=1+1",
    "+84 28 1234",
    "-Nội dung: họp số",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\n=1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\uff1d1+1",
    "\x01=1+1",
    '=HYPERLINK("http://example.invalid","x")',
    "=cmd|' /C calc'!A0",
]
HARMLESS = [
    "Họp = số",
    "a-b",
    "",
    " Nội dung",
    "'trích",
    "1.000",
    "{=1}",
    "http://example.invalid",
    "<r><t>x</t></r>",
    "_x0041_",
]


def as_csv(*rows: tuple[object, ...], delimiter: str = ",") -> bytes:
    return b"".join(csv_chunks(COLUMNS, rows, delimiter=delimiter))  # type: ignore[arg-type]  # some rows are wrong on purpose


def as_xlsx(*sheets: Sheet) -> tuple[bytes, list[str]]:
    target = io.BytesIO()
    notes = write_xlsx(target, sheets)
    return target.getvalue(), notes


def one_sheet(*rows: tuple[object, ...]) -> Sheet:
    return Sheet("Danh sách", COLUMNS, rows)  # type: ignore[arg-type]  # as above


def cells(content: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]


def test_csv_is_what_excel_opens_as_it_is() -> None:
    content = as_csv((1, 'Họp "số", gọn'), (2, "hai\ndòng"))
    assert content == '\ufeffSTT,Tên giải pháp\r\n1,"Họp ""số"", gọn"\r\n2,"hai\ndòng"\r\n'.encode()


def test_csv_takes_a_semicolon() -> None:
    assert as_csv((1, "a;b"), delimiter=";").decode("utf-8-sig") == 'STT;Tên giải pháp\r\n1;"a;b"\r\n'


def test_csv_writes_numbers_and_days_plainly() -> None:
    rows = [(Decimal("1E+3"), date(2024, 3, 5)), (-5, None)]
    assert as_csv(*rows).decode("utf-8-sig").splitlines()[1:] == ["1000,5/3/2024", "-5,"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_puts_an_apostrophe_before_what_could_be_a_formula(text: str) -> None:
    [_, row] = csv.reader(io.StringIO(as_csv(("1", text)).decode("utf-8-sig"), newline=""))
    assert row[1] == "'" + text.replace("\x01", "")


@pytest.mark.parametrize("text", HARMLESS)
def test_csv_leaves_other_texts_alone(text: str) -> None:
    [_, row] = csv.reader(io.StringIO(as_csv(("1", text)).decode("utf-8-sig"), newline=""))
    assert row[1] == text


def test_csv_drops_control_characters_and_broken_letters() -> None:
    assert as_csv(("1", "a\x00b\x1f\x7fc\ud800d")).decode("utf-8-sig").endswith("1,abcd\r\n")


def test_csv_comes_in_pieces_before_the_last_row_is_read() -> None:
    asked = 0

    def rows() -> Iterator[tuple[str, str]]:
        nonlocal asked
        for asked in range(1, 2001):
            yield str(asked), "Nội dung " * 100

    pieces = csv_chunks(COLUMNS, rows())
    assert next(pieces).startswith(b"\xef\xbb\xbfSTT")
    assert asked < 500
    assert b"".join(pieces).count(b"\r\n") == 2000 + 1 - asked or asked == 2000


def test_csv_goes_to_a_file(tmp_path: Path) -> None:
    write_csv(tmp_path / "Danh sách.csv", ["STT"], [("1",)])
    assert (tmp_path / "Danh sách.csv").read_bytes() == b"\xef\xbb\xbfSTT\r\n1\r\n"


@pytest.mark.parametrize("text", [text for text in DANGEROUS + HARMLESS if text])
def test_xlsx_keeps_every_text_a_text(text: str) -> None:
    content, notes = as_xlsx(one_sheet(("1", text)))
    cell = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["B2"]
    assert cell.data_type in ("s", "inlineStr")
    [table] = xlsx_reading.load(content, "a.xlsx").blocks
    assert isinstance(table, Table)
    shown = table.rows[1].cells[1]
    expected = text.replace("\x01", "").replace("\u200b", "\u200b").replace("\r", "\n")
    assert shown is not None
    assert shown.text.rstrip(" ") == expected.rstrip(" ")
    assert notes == []


@pytest.mark.parametrize("text", DANGEROUS)
def test_xlsx_marks_what_must_stay_a_text_when_edited(text: str) -> None:
    content, _ = as_xlsx(one_sheet(("1", text), ("2", "Họp số")))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert [sheet["B2"].quotePrefix, sheet["B3"].quotePrefix] == [True, False]


def test_xlsx_holds_numbers_and_days_as_such() -> None:
    content, _ = as_xlsx(one_sheet((1, date(2024, 3, 5)), (Decimal("2.5"), None), (12345678901234567890, "x")))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert [cell.value for cell in sheet["A"]][1:] == [1, 2.5, "12345678901234567890"]
    assert (sheet["B2"].is_date, sheet["B2"].number_format) == (True, "d/m/yyyy")


def test_xlsx_is_set_up_to_be_read_and_printed() -> None:
    content, _ = as_xlsx(Sheet("Phụ lục", COLUMNS, [("1", "a"), ("2", "b")], title=("Tổng hợp", "Năm 2024")))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert [sheet["A1"].value, sheet["A2"].value, sheet["A4"].value, sheet["B5"].value] == [
        "Tổng hợp",
        "Năm 2024",
        "STT",
        "a",
    ]
    assert sheet["A4"].font.bold
    assert sheet["B5"].alignment.wrap_text
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:B6"
    assert sheet.print_title_rows == "$4:$4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert [round(sheet.column_dimensions[name].width) for name in "AB"] == [7, 41]


def test_xlsx_rows_are_as_high_as_their_text() -> None:
    content, _ = as_xlsx(one_sheet(("1", "ngắn"), ("2", "Nội dung " * 20), ("3", "a\nb\nc"), ("4", "dòng\n" * 100)))
    heights = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].row_dimensions
    assert [heights[row].height for row in (2, 3, 4, 5)] == [None, 63.75, 48, 408.75]


def test_xlsx_splits_a_text_longer_than_a_cell_and_says_so() -> None:
    text = "Nội dung sáng kiến. " * 4000
    content, notes = as_xlsx(one_sheet(("1", text), ("2", "sau")))
    found = cells(content)
    pieces = [str(row[1]) for row in found[:-1]]
    assert all(len(piece) <= LONGEST_CELL for piece in pieces)
    assert "".join(piece.removesuffix(TO_BE_CONTINUED) for piece in pieces) == text
    assert [row[0] for row in found] == ["1", None, None, "2"]
    assert found[-1][1] == "sau"
    assert len(notes) == 1
    assert "dòng 2" in notes[0]
    assert "32.767" in notes[0]


def test_xlsx_counts_length_as_excel_does() -> None:
    text = "😀" * 20_000  # two units each
    content, _ = as_xlsx(one_sheet(("1", text)))
    pieces = [str(row[1]) for row in cells(content)]
    assert all(len(piece.encode("utf-16-le")) // 2 <= LONGEST_CELL for piece in pieces)
    assert "".join(piece.removesuffix(TO_BE_CONTINUED) for piece in pieces) == text


def test_xlsx_goes_on_in_a_further_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sangkien.spreadsheets.LAST_ROW", 110)
    content, notes = as_xlsx(Sheet("Danh sách", COLUMNS, ((str(number), "x") for number in range(25))))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Danh sách", "Danh sách (2)", "Danh sách (3)"]
    numbers = [row[0].value for sheet in book.worksheets for row in sheet.iter_rows(min_row=2)]
    assert numbers == [str(number) for number in range(25)]
    assert len(notes) == 2


@pytest.mark.parametrize(
    ("wanted", "given_names"),
    [
        (["Phụ lục", "phụ lục"], ["Phụ lục", "phụ lục (2)"]),
        (["a[b]:c*?/\\d"], ["a b  c    d"]),
        (["", "'x'", "History"], ["Trang tính", "x", "History_"]),
        (["Đơn vị " * 10, "Đơn vị " * 10], ["Đơn vị Đơn vị Đơn vị Đơn vị Đơn", "Đơn vị Đơn vị Đơn vị Đơn vị (2)"]),
    ],
)
def test_xlsx_names_sheets_as_excel_allows(wanted: list[str], given_names: list[str]) -> None:
    content, _ = as_xlsx(*(Sheet(name, COLUMNS, [("1", "x")]) for name in wanted))
    assert [name.split() for name in openpyxl.load_workbook(io.BytesIO(content)).sheetnames] == [
        name.split() for name in given_names
    ]


def test_xlsx_is_the_same_on_every_run() -> None:
    first, _ = as_xlsx(one_sheet(("1", "a")))
    time.sleep(1.1)  # the clock of the workbook's properties counts seconds
    assert as_xlsx(one_sheet(("1", "a")))[0] == first


def test_xlsx_leaves_no_file_when_the_rows_break(tmp_path: Path) -> None:
    def rows() -> Iterator[tuple[str, str]]:
        yield "1", "a"
        raise RuntimeError("the database is gone")

    with pytest.raises(RuntimeError, match="the database is gone"):
        write_xlsx(tmp_path / "a.xlsx", [Sheet("x", COLUMNS, rows())])
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), max_size=4))
def test_xlsx_is_readable_whatever_is_typed(rows: list[tuple[str, str]]) -> None:
    content, _ = as_xlsx(one_sheet(*rows))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.max_row == 1 + len(rows)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), max_size=4))
def test_csv_never_starts_a_cell_like_a_formula(rows: list[tuple[str, str]]) -> None:
    lines = list(csv.reader(io.StringIO(as_csv(*rows).decode("utf-8-sig"), newline="")))
    assert len(lines) == 1 + len(rows)
    assert not [cell for line in lines for cell in line if cell.strip()[:1] in tuple("=+-@") and cell.strip()]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_nothing_is_a_formula_in_libreoffice(ending: str, tmp_path: Path) -> None:
    rows = [(str(number), text) for number, text in enumerate(DANGEROUS)]
    source = tmp_path / f"nguy hiểm.{ending}"
    if ending == "xlsx":
        write_xlsx(source, [one_sheet(*rows)])
    else:
        write_csv(source, COLUMNS, rows)
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "fods",
            "--outdir",
            str(tmp_path / "out"),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    told = (tmp_path / "out" / "nguy hiểm.fods").read_text(encoding="utf-8")
    assert "cmd|" in told
    assert "table:formula" not in told


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        rows = ((str(number), "Nội dung " * 50) for number in range(count))
        tracemalloc.start()
        write_xlsx(tmp_path / "a.xlsx", [Sheet("x", COLUMNS, rows)])
        write_csv(tmp_path / "a.csv", COLUMNS, ((str(number), "Nội dung " * 50) for number in range(count)))
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(4000) < 1.3 * peak(1000)


@pytest.mark.slow
def test_cost_stays_near_the_bare_writers(tmp_path: Path) -> None:
    rows = [(str(number), "Nội dung của sáng kiến " * 60) for number in range(2000)]

    def cost(write: object) -> float:
        spent = []
        for _ in range(3):
            begin = time.process_time()
            write()  # type: ignore[operator]  # a function without arguments
            spent.append(time.process_time() - begin)
        return min(spent)

    def bare_csv() -> None:
        with (tmp_path / "floor.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)

    def bare_xlsx() -> None:
        book = xlsxwriter.Workbook(str(tmp_path / "floor.xlsx"), {"constant_memory": True})
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
        book.close()

    # The targets are 1.5 and 1.3 (measured by the benchmark); a shared machine gets some room here.
    assert cost(lambda: write_csv(tmp_path / "a.csv", COLUMNS, rows)) < 2.0 * cost(bare_csv)
    assert cost(lambda: write_xlsx(tmp_path / "a.xlsx", [Sheet("x", COLUMNS, rows)])) < 1.6 * cost(bare_xlsx)
