"""A stamp on a line of its own, not the word in a sentence."""

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from sangkien.attachments import kinds
from sangkien.attachments.first_page import LINES
from sangkien.attachments.secrets import is_marked
from tests.factories.attachments import PDF, word


def marked(content: bytes, kind: kinds.Kind, tmp_path: Path) -> bool:
    path = tmp_path / "nhan"
    path.write_bytes(content)
    return is_marked(path, f"a.{kind.endings[0]}", kind)


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "  MẬT ", "[MẬT]", "Độ mật: MẬT".upper(), "TỐI  MẬT"])
def test_a_stamp_is_seen(stamp: str, tmp_path: Path) -> None:
    assert marked(word("ỦY BAN NHÂN DÂN", stamp, "Kế hoạch"), kinds.DOCX, tmp_path)


@pytest.mark.parametrize(
    "line",
    ["Bảo đảm BÍ MẬT nhà nước", "Mật", "mật khẩu", "Công tác bảo vệ bí mật nhà nước, độ MẬT", "MẬT MÃ", "THÂN MẬT"],
)
def test_the_word_in_a_sentence_is_no_stamp(line: str, tmp_path: Path) -> None:
    assert not marked(word(line), kinds.DOCX, tmp_path)


def test_a_stamp_is_seen_in_a_letterhead_of_a_table_and_in_a_sheet(tmp_path: Path) -> None:
    document, target = docx.Document(), BytesIO()
    document.add_table(1, 2).cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTUYỆT MẬT"
    document.save(target)
    assert marked(target.getvalue(), kinds.DOCX, tmp_path)
    book, target = openpyxl.Workbook(), BytesIO()
    book.active["B2"] = "MẬT"
    book.save(target)
    assert marked(target.getvalue(), kinds.XLSX, tmp_path)
    assert marked("MẬT\nSTT\n".encode(), kinds.CSV, tmp_path)


@pytest.mark.parametrize("place", ["header", "footer"])
def test_a_stamp_is_seen_above_and_below_the_text_of_a_word_file(place: str, tmp_path: Path) -> None:
    document, target = docx.Document(), BytesIO()
    stamp = getattr(document.sections[0], place).paragraphs[0]
    stamp.add_run("TỐI ")
    stamp.add_run("MẬT")
    document.save(target)
    assert marked(target.getvalue(), kinds.DOCX, tmp_path)


def test_only_the_first_page_counts(tmp_path: Path) -> None:
    assert not marked(word(*["Dòng"] * LINES, "MẬT"), kinds.DOCX, tmp_path)


def test_what_cannot_be_read_as_words_is_not_judged(tmp_path: Path) -> None:
    assert not marked(PDF, kinds.PDF, tmp_path)
    assert not marked(b"PK\x03\x04 broken", kinds.DOCX, tmp_path)


def test_a_file_that_breaks_its_reader_does_not_blind_it_to_the_next(tmp_path: Path) -> None:
    torn = BytesIO(word("MẬT"))
    with zipfile.ZipFile(torn, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", b"<w:document")
    assert not marked(torn.getvalue()[:-30], kinds.DOCX, tmp_path)
    assert marked(word("MẬT"), kinds.DOCX, tmp_path)
