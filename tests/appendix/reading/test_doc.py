"""Old Word files. The samples were written by LibreOffice from invented reports."""

import struct
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.detect import detect
from sangkien.appendix.reading.doc import read_doc
from sangkien.appendix.reading.docx import read_docx
from sangkien.appendix.reading.old_fonts import OLD_FONT
from sangkien.appendix.reading.ole import CompoundFile
from sangkien.appendix.reading.source import Paragraph, Refusal, Source, Table
from tests.appendix.reading.raw_docx import docx, p, run, tbl, tc, tr

FILES = Path(__file__).parent.parent / "files"
DOC = (FILES / "bang_o_gop.doc").read_bytes()
DOCX = docx(p("Phụ lục") + tbl(tr(tc("1"), tc(p(run("Thực trạng", "<w:b/>")))), tr(tc("2"), tc("x"))))


def table(read: Source) -> Table:
    (found,) = (block for block in read.blocks if isinstance(block, Table))
    return found


def test_paragraphs_are_read_in_order() -> None:
    read = read_doc((FILES / "doan_van.doc").read_bytes())
    assert [block.text for block in read.blocks if isinstance(block, Paragraph)] == [
        "1. Tên sáng kiến: Góc đọc luật ở nhà chờ",
        "Thực trạng: Người chờ lâu không có việc làm.",
        "Nội dung: Kệ sách luật và mã quét.",
        "ASCII only line",
    ]
    assert read.warnings == []


def test_a_table_has_its_grid_with_merges_over_rows_and_columns() -> None:
    read = read_doc(DOC)
    assert [type(block).__name__ for block in read.blocks] == ["Paragraph", "Paragraph", "Table", "Paragraph"]
    rows = table(read).rows
    assert [len(row.cells) for row in rows] == [6] * 5
    unit, total = rows[1].cells[1], rows[4].cells[0]
    assert unit is not None
    assert total is not None
    assert (unit.text, unit.row_span) == ("UBND phường Sao Mai", 2)
    assert rows[2].cells[1] is unit
    assert (total.text, total.col_span) == ("Cộng: 3 giải pháp", 6)
    assert all(place is total for place in rows[4].cells)


def test_a_cell_keeps_its_paragraphs_and_bold_starts() -> None:
    rows = table(read_doc(DOC)).rows
    head, description = rows[0].cells[4], rows[1].cells[4]
    assert head is not None
    assert description is not None
    assert (head.text, head.bold_starts) == ("Mô tả", (0,))
    assert [line.split(":")[0] for line in description.text.split("\n")] == [
        "- Thực trạng",
        "- Nội dung",
        "- Hiệu quả",
        "- Tính mới",
    ]


def test_old_fonts_are_decoded_the_letter_of_the_soft_hyphen_too() -> None:
    read = read_doc((FILES / "phong_cu.doc").read_bytes())
    assert read.warnings == [OLD_FONT.format(fonts="TCVN3")]
    units = [row.cells[1].text for row in table(read).rows[1:] if row.cells[1] is not None]
    assert units == ["UBND phường Sao Mai", "UBND phường Sao Mai", "Trường Tiểu học Hoa Sen"]


def test_list_numbers_are_counted_in_and_outside_tables() -> None:
    read = read_doc((FILES / "danh_so.doc").read_bytes())
    assert [block.marker for block in read.blocks if isinstance(block, Paragraph)] == ["I.", "II.", "a)"]
    assert [[cell and cell.text for cell in row.cells] for row in table(read).rows] == [
        ["STT", "Tên giải pháp"],
        ["1.", "Góc đọc luật"],
        ["2.", "- Sổ tay"],
    ]


def test_a_compound_file_gives_its_streams() -> None:
    file = CompoundFile(DOC)
    assert "WordDocument" in file
    assert file.read("WordDocument").startswith(b"\xec\xa5")
    with pytest.raises(Refusal):
        file.read("Không có")


def test_chains_that_run_in_a_circle_are_refused() -> None:
    (first,) = struct.unpack_from("<I", DOC, 76)
    table_at = (first + 1) * 512
    looped = bytearray(DOC)
    for sector in range(128):
        struct.pack_into("<I", looped, table_at + sector * 4, 0)
    with pytest.raises(Refusal) as refusal:
        read_doc(bytes(looped))
    assert refusal.value.outcome is Outcome.CORRUPT


@pytest.mark.parametrize("length", [0, 7, 8, 511, 512, 1024, 8000, len(DOC) - 600])
def test_a_cut_file_is_refused(length: int) -> None:
    with pytest.raises(Refusal) as refusal:
        read_doc(DOC[:length])
    assert refusal.value.outcome is Outcome.CORRUPT


CHANGES = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)), min_size=1, max_size=6
)


def changed(data: bytes, changes: list[tuple[float, bytes]]) -> bytes:
    out = bytearray(data)
    for place, new in changes:
        at = int(place * len(out))
        out[at : at + len(new)] = new
    return bytes(out)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(CHANGES)
def test_changed_bytes_of_a_doc_give_a_source_or_a_refusal(changes: list[tuple[float, bytes]]) -> None:
    with suppress(Refusal):
        assert isinstance(read_doc(changed(DOC, changes)), Source)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(CHANGES, st.sampled_from(["a.docx", "a.doc", "a.xls"]))
def test_changed_bytes_of_a_docx_give_a_source_or_a_refusal(changes: list[tuple[float, bytes]], name: str) -> None:
    data = changed(DOCX, changes)
    with suppress(Refusal):
        detect(data, name)
    with suppress(Refusal):
        assert isinstance(read_docx(data), Source)
