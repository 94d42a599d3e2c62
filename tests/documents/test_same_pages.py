"""The .docx, as LibreOffice lays it out, against the PDF: the same words on the same lines of the same pages."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar

from sangkien.documents.advances import font_folder
from sangkien.documents.blocks import AppendixHeading, Paper, Paragraph, Section
from sangkien.documents.docx import write_docx
from sangkien.documents.papers import appendix_section
from sangkien.documents.pdf import write_pdf
from tests.documents import examples
from tests.documents.reading import within

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on this machine"),
]
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <test name="family"><string>Times New Roman</string></test>
    <edit name="family" mode="assign" binding="same"><string>Tinos</string></edit>
  </match>
</fontconfig>
"""
BASELINE, SIDE = 0.4, 1.3  # points; centred lines of LibreOffice are up to 1.24 off
Row = tuple[str, float, float, bool]


def ragged() -> Paper:
    """What is written with slashes, hyphens and dashes, in running text and in columns."""
    sentence = (
        "Thực hiện Kế hoạch số 41/KH-UBND ngày 06/7/2026, các đơn vị gửi báo cáo trực tiếp/trực tuyến trong 3-5 ngày, "
        "giai đoạn 2026–2030; phối hợp Phòng Văn hóa – Xã hội, Trung tâm Phục vụ hành chính công, đạt 98,5% kế hoạch. "
    )
    rows = [(str(n), sentence[n:60], sentence[: 90 + n], sentence[n : 70 + n], sentence * 4, "") for n in range(1, 9)]
    text = tuple(Paragraph(sentence[n:] * 3) for n in range(0, 60, 7))
    return Paper("x", (Section(text), appendix_section(heading=AppendixHeading("Bảng thử"), rows=rows)))


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """A .docx as PDF by LibreOffice, which sees Tinos under the name of Times New Roman and no other font."""
    home = tmp_path_factory.mktemp("libreoffice")
    configuration = home / "fonts.conf"
    configuration.write_text(FONTS.format(fonts=font_folder(), cache=home / "cache"), encoding="utf-8")

    def convert(path: Path) -> Path:
        folder = path.parent / "laid out"
        subprocess.run(
            [
                str(SOFFICE),
                f"-env:UserInstallation={(home / 'profile').as_uri()}",
                *("--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)),
            ],
            env={**os.environ, "FONTCONFIG_FILE": str(configuration)},
            capture_output=True,
            timeout=180,
            check=True,
        )
        return folder / f"{path.stem}.pdf"

    return convert


@pytest.mark.parametrize(
    "make",
    [examples.letter, examples.recognition, examples.consolidated, examples.plan_appendix, ragged],
    ids=lambda make: make.__name__,
)
def test_word_file_and_pdf_agree_line_by_line(tmp_path: Path, laid_out: Callable[[Path], Path], make: Any) -> None:
    write_docx(make(), tmp_path / "paper.docx")
    [pdf] = write_pdf(make(), tmp_path / "paper.pdf")
    ours, theirs = _pages(pdf), _pages(laid_out(tmp_path / "paper.docx"))
    assert [[row[0] for row in page] for page in ours] == [[row[0] for row in page] for page in theirs]
    for page, other in zip(ours, theirs, strict=True):
        for (text, y, x, blank), (_, other_y, other_x, _) in zip(page, other, strict=True):
            assert y == pytest.approx(other_y, abs=BASELINE), text
            assert blank or x == pytest.approx(other_x, abs=SIDE), text


def _pages(path: Path) -> list[list[Row]]:
    """The rows of each page: text without spaces, baseline from the top, left end, whether it has blanks to fill in.

    LibreOffice widens the no-break spaces of a blank, so that the ends of such lines cannot be compared.
    """
    return [_rows(page) for page in extract_pages(path)]


def _rows(page: Any) -> list[Row]:
    chars = sorted(within(page, LTChar), key=lambda char: page.height - char.matrix[5])
    place = 0
    places = []
    for index, char in enumerate(chars):
        place += index > 0 and chars[index - 1].matrix[5] - char.matrix[5] > 1.2
        places.append(place)
    rows = []
    for _, group in groupby(zip(places, chars, strict=True), key=lambda pair: pair[0]):
        row = sorted((char for _, char in group), key=lambda char: char.x0)
        text = "".join(char.get_text() for char in row)
        drawn = [char for char in row if char.get_text().strip()]
        if drawn:
            y = page.height - drawn[0].matrix[5]
            rows.append((re.sub(r"\s", "", text), y, drawn[0].x0, re.search(r"[ \u00a0]{3}", text) is not None))
    return rows
