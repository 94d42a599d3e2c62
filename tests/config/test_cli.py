"""The command line as a person meets it: real files in, real files out, exit codes, a pipe that closes early."""

import csv
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from pdfminer.high_level import extract_text

from tests.reports import COLUMNS, write_report

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


def sangkien(*words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, as a shell would."""
    return subprocess.run(
        [sys.executable, "-m", "sangkien.config.cli", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C", "PYTHONUTF8": "0"},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two reports, one of them with two solutions, and a file that was not downloaded whole."""
    given = tmp_path / "Báo cáo"
    given.mkdir()
    write_report(given / "Phường 10.docx", unit="UBND Phường 10", titles=["Sổ tay điện tử", "Ngày không hẹn"])
    write_report(given / "Phường 2.docx", unit="UBND Phường 2", titles=["Phiếu hẹn in giờ"])
    whole = (given / "Phường 2.docx").read_bytes()
    (given / "Phòng Tư pháp.docx").write_bytes(whole[: len(whole) // 2])
    return given


def test_read_prints_one_object_a_file_and_answers_1_for_a_refusal(folder: Path) -> None:
    done = sangkien("read", "--json", folder)
    readings = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(each["file"], each["outcome"], len(each["initiatives"])) for each in readings] == [
        ("Phòng Tư pháp.docx", "corrupt", 0),
        ("Phường 2.docx", "parsed", 1),
        ("Phường 10.docx", "parsed", 2),
    ]
    assert list(readings[0]) == ["file", "outcome", "message", "warnings", "initiatives"]
    assert list(readings[1]["initiatives"][0]) == [
        "stt", "unit", "title", "fields", "field_raw", "situation", "content", "effectiveness", "novelty",
        "limitations", "note", "warnings",
    ]  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")


def test_read_speaks_to_a_person_and_answers_0_when_all_is_well(folder: Path) -> None:
    done = sangkien("read", folder / "Phường 2.docx")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Phường 2.docx: Đã đọc 1 giải pháp.",
        "  1. Phiếu hẹn in giờ",
        "     UBND Phường 2 · Cải cách thủ tục hành chính",
    ]


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pdf", ".csv"])
def test_consolidate_writes_every_initiative_once_in_the_order_of_the_list(folder: Path, suffix: str) -> None:
    units = folder.parent / "đơn vị.txt"
    units.write_text("P. 10\nPhường 02\nPhòng Tư pháp\n", encoding="utf-8-sig")
    output = folder.parent / f"Phụ lục{suffix}"
    done = sangkien("consolidate", folder, "-o", output, "--units", units, "--year", "2024")
    assert done.returncode == 1
    assert "Chưa đọc được Phòng Tư pháp.docx: Tệp tải về thiếu" in done.stderr
    assert "Chưa có báo cáo: Phòng Tư pháp" in done.stderr
    assert done.stdout == f"Đã gộp 3 giải pháp vào {output}.\n"
    text = _text(output)
    places = [text.index(title) for title in ("Sổ tay điện tử", "Ngày không hẹn", "Phiếu hẹn in giờ")]
    assert places == sorted(places)
    for named in ("Phường 10.docx", "Phường 2.docx", "Phòng Tư pháp.docx", "Tệp tải về thiếu"):
        assert named in text
    assert sorted(path.name for path in output.parent.iterdir()) == ["Báo cáo", output.name, "đơn vị.txt"]


def _text(path: Path) -> str:
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    if path.suffix == ".pdf":
        return " ".join(extract_text(path).split())
    return "\n".join(cell for row in csv.reader(path.read_text(encoding="utf-8-sig").splitlines()) for cell in row)


def test_the_consolidated_word_file_reads_back_whole(folder: Path) -> None:
    output = folder.parent / "Phụ lục.docx"
    sangkien("consolidate", folder, "-o", output)
    before = _initiatives(sangkien("read", "--json", folder).stdout)
    assert len(before) == 3
    assert _initiatives(sangkien("read", "--json", output).stdout) == before


def _initiatives(lines: str) -> list[dict[str, object]]:
    found = [each for line in lines.splitlines() for each in json.loads(line)["initiatives"]]
    return [{key: value for key, value in each.items() if key not in ("stt", "warnings")} for each in found]


def test_an_archive_is_read_like_a_folder(folder: Path) -> None:
    archive = shutil.make_archive(str(folder.parent / "thư"), "zip", folder)
    done = sangkien("read", "--json", archive)
    assert [json.loads(line)["file"] for line in done.stdout.splitlines()] == [
        "thư.zip / Phòng Tư pháp.docx",
        "thư.zip / Phường 2.docx",
        "thư.zip / Phường 10.docx",
    ]


def test_the_output_may_lie_in_the_folder_that_is_read_and_is_not_read_again(folder: Path) -> None:
    for _ in range(2):
        done = sangkien("consolidate", ".", "-o", "phu-luc.docx", cwd=folder)
        assert "Đã gộp 3 giải pháp" in done.stdout


def test_an_output_that_cannot_be_written_leaves_what_was_there(folder: Path) -> None:
    target = folder.parent / "phu-luc.docx"
    target.mkdir()
    done = sangkien("consolidate", folder, "-o", target)
    assert done.returncode == 1
    assert "Chưa ghi được" in done.stderr
    assert sorted(path.name for path in target.parent.iterdir()) == ["Báo cáo", "phu-luc.docx"]


def test_a_missing_output_folder_is_told_in_vietnamese(folder: Path) -> None:
    done = sangkien("consolidate", folder, "-o", folder / "chưa có" / "phu-luc.docx")
    assert done.returncode == 1
    assert "(không có thư mục này)" in done.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["consolidate", "a.docx"], "còn thiếu -o/--output"),
        (["consolidate", "a.docx", "-o", "x.txt"], "phải có đuôi .docx, .pdf, .xlsx, .csv"),
        (["consolidate", "a.docx", "-o", "x.docx", "--units", "không có.txt"], "Không đọc được danh sách đơn vị"),
        (["consolidate", "a.docx", "-o", "x.docx", "--plan-heading"], "Hãy thêm --issuer"),
        (["read"], "còn thiếu TỆP"),
        (["doc", "a.docx"], "không có lựa chọn"),
        ([], "còn thiếu LỆNH"),
    ],
)
def test_a_wrong_command_is_told_in_vietnamese(words: list[str], sentence: str, tmp_path: Path) -> None:
    done = sangkien(*words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["", "serve", "read", "consolidate"])
def test_help_is_vietnamese(command: str) -> None:
    done = sangkien(*filter(None, [command]), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Cách dùng: sangkien")
    for english in ("usage", "options", "positional", "show this", "default:"):
        assert english not in done.stdout


def test_a_reader_that_leaves_early_ends_the_command_quietly(folder: Path) -> None:
    program = f"{sys.executable} -m sangkien.config.cli read --json {'.' + os.sep} " * 1
    done = subprocess.run(
        f"{program} | {sys.executable} -c 'pass'",
        shell=True,
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_columns_of_a_spreadsheet_are_the_form_and_formulas_stay_text(tmp_path: Path) -> None:
    write_report(tmp_path / "a.docx", unit="UBND Phường 2", titles=["=HYPERLINK(1)", "+1 điểm đến"])
    for suffix in (".xlsx", ".csv"):
        sangkien("consolidate", tmp_path / "a.docx", "-o", tmp_path / f"ra{suffix}")
    rows = list(csv.reader((tmp_path / "ra.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == [*COLUMNS, "Tệp nguồn"]
    assert [row[2] for row in rows[1:3]] == ["'=HYPERLINK(1)", "'+1 điểm đến"]
    with zipfile.ZipFile(tmp_path / "ra.xlsx") as book:
        assert b"<f>" not in b"".join(book.read(name) for name in book.namelist())
