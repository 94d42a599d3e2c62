"""The lines of a list, whatever file it comes in."""

from pathlib import Path

import pytest

from sangkien.units.changing import Refused
from sangkien.units.importing.lines import HEADINGS, heading_key, read_file, read_text
from tests.units.importing import files


def test_a_workbook_and_a_text_table_give_the_same_lines(tmp_path: Path) -> None:
    book, text = read_file(files.xlsx(tmp_path / "đơn vị.xlsx")), read_file(files.csv(tmp_path / "đơn vị.csv"))
    assert [line.name for line in book.lines] == [row[1] for row in files.ROWS]
    assert [(line.place, line.code, line.parent, line.starts) for line in book.lines[2:4]] == [
        ("dòng 6", "98101", "Quận Bến Đò", "01/07/2020"),
        ("dòng 7", "98102", "Quận Bến Đò", "1/7/2020"),
    ]
    assert [line.name for line in text.lines] == [line.name for line in book.lines]
    assert book.warnings == text.warnings == ["Cột không dùng đến: “Ghi chú”."]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Phường 1\nPhường 2\n\n", ["Phường 1", "Phường 2"]),
        ("Tên đơn vị\n1. Phường 1\n2) Phòng Kinh tế, Hạ tầng và Đô thị\n- Công an phường\r\n",
         ["Phường 1", "Phòng Kinh tế, Hạ tầng và Đô thị", "Công an phường"]),
        ("STT\tTên đơn vị\n1\tPhường 1\n\t\nSTT\tTên đơn vị\n2\tPhường 2", ["Phường 1", "Phường 2"]),
        ("Phươ\u0300ng  1", ["Phường 1"]),
    ],
)  # fmt: skip
def test_pasted_text_is_one_unit_a_line_or_cells_parted_by_tabs(text: str, names: list[str]) -> None:
    assert [line.name for line in read_text(text).lines] == names


@pytest.mark.parametrize("text", ["", " \n\t\n", "Tên đơn vị\n", "Nội dung\tGhi chú\nviệc\tgấp"])
def test_text_without_a_unit_is_refused_with_what_is_expected(text: str) -> None:
    with pytest.raises(Refused, match="Tên đơn vị"):
        read_text(text)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04broken"])
def test_a_file_that_is_no_list_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "đơn vị.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refused, match=r"\."):
        read_file(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Không mở được tệp"):
        read_file(tmp_path / "không có.xlsx")


def test_every_heading_is_written_as_it_is_compared() -> None:
    written = [heading for headings in HEADINGS.values() for heading in headings]
    assert written == [heading_key(heading) for heading in written]
    assert len(set(written)) == len(written)
