"""A real child process each time: what it is for is that it can be killed."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sangkien.appendix.model import Outcome, ReadInitiative
from sangkien.appendix.reading import read
from sangkien.appendix.reading.process import Reader
from sangkien.appendix.writing import FORM_COLUMNS
from sangkien.spreadsheets import Column, Sheet, write_xlsx
from tests.appendix.fixtures.sheets import raw_book
from tests.appendix.reading.shown import packed
from tests.appendix.reading.stand_ins import INITIATIVE

ROW = ("1", "Phường Thử Nghiệm", "Một cửa lưu động", "(3)", "- Nội dung: xe lưu động đến từng tổ dân phố.", "")
WORK = "tests.appendix.reading.stand_ins:behave"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(seconds=1.5, memory=200_000_000, work=WORK) as one:
        yield one


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_reading_comes_back_as_it_was(reader: Reader) -> None:
    reading = reader.read(Path("báo cáo số 1.docx"))
    assert reading.file == "báo cáo số 1.docx"
    assert reading.outcome is Outcome.PARSED
    assert (reading.message, reading.warnings) == ("Đã đọc", ("w",))
    assert reading.initiatives == (INITIATIVE, ReadInitiative())


def test_the_name_of_the_sender_is_passed_on(reader: Reader) -> None:
    assert reader.read(Path("tmp123"), "Báo cáo.docx").file == "Báo cáo.docx"


def test_a_file_name_that_is_no_text_is_no_obstacle(reader: Reader) -> None:
    name = os.fsdecode(b"b\xe1o c\xe1o.docx")
    assert reader.read(Path(name)).file == name


def test_one_child_reads_file_after_file(reader: Reader) -> None:
    assert len({reader.read(Path(f"{number}.docx")).text for number in range(5)}) == 1


@pytest.mark.parametrize("word", ["hang", "spin"])
def test_a_file_that_takes_too_long_is_too_large_and_the_next_is_read(reader: Reader, word: str) -> None:
    child = int(reader.read(Path("a.docx")).text)
    begin = time.monotonic()
    reading = reader.read(Path(f"{word}.docx"))
    assert time.monotonic() - begin < 4
    assert reading.outcome is Outcome.TOO_LARGE
    assert "1.5 giây" in reading.message
    assert not alive(child)
    assert reader.read(Path("b.docx")).outcome is Outcome.PARSED


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux refuses memory beyond the limit")
def test_a_file_that_takes_too_much_memory_is_too_large_and_the_next_is_read(reader: Reader) -> None:
    reading = reader.read(Path("hog.docx"))
    assert reading.outcome is Outcome.TOO_LARGE
    assert "nhiều tệp nhỏ" in reading.message
    assert reader.read(Path("b.docx")).outcome is Outcome.PARSED


@pytest.mark.parametrize("word", ["die", "crash", "raise"])
def test_a_file_that_kills_the_child_is_corrupt_and_the_next_is_read(reader: Reader, word: str) -> None:
    reading = reader.read(Path(f"{word}.docx"), "Báo cáo.docx")
    assert (reading.file, reading.outcome) == ("Báo cáo.docx", Outcome.CORRUPT)
    assert "hỏng" in reading.message
    assert reader.read(Path("b.docx")).outcome is Outcome.PARSED


def test_what_killed_the_child_is_kept_for_the_log(reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="sangkien"):
        reader.read(Path("raise.docx"))
    assert "một lỗi của phần mềm" in caplog.text


def test_what_a_library_prints_disturbs_nobody(reader: Reader, capfd: pytest.CaptureFixture[str]) -> None:
    assert reader.read(Path("print.docx")).outcome is Outcome.PARSED
    assert reader.read(Path("a.docx")).outcome is Outcome.PARSED
    assert capfd.readouterr() == ("", "")


def test_nothing_remains_after_the_reader_is_closed() -> None:
    with Reader(work=WORK) as reader:
        child = int(reader.read(Path("a.docx")).text)
        assert alive(child)
    assert not alive(child)


def test_a_reader_that_was_closed_reads_again() -> None:
    reader = Reader(work=WORK)
    assert reader.read(Path("a.docx")).outcome is Outcome.PARSED
    reader.close()
    assert reader.read(Path("a.docx")).outcome is Outcome.PARSED
    reader.close()


def test_threads_share_a_reader(reader: Reader) -> None:
    names: list[str] = []
    threads = [
        threading.Thread(target=lambda number=number: names.append(reader.read(Path(f"{number}.docx")).file))
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(names) == [f"{number}.docx" for number in range(8)]


def test_a_reader_without_its_function_is_a_fault_of_the_installation() -> None:
    with Reader(work="no.such:thing") as reader, pytest.raises(RuntimeError, match="No module named 'no'"):
        reader.read(Path("a.docx"))


def test_the_folder_of_the_command_is_no_place_to_import_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "Báo cáo gửi về"
    folder.mkdir()
    (folder / "json.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(folder)
    with Reader(work=WORK) as reader:
        assert reader.read(Path("a.docx")).outcome is Outcome.PARSED


@pytest.mark.skipif(sys.platform == "win32", reason="sends a Unix signal")
def test_an_interrupted_parent_leaves_no_child_and_no_noise(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom sangkien.appendix.reading.process import Reader\n"
        f"with Reader(work={WORK!r}) as reader:\n"
        "    try:\n        print(reader.read(Path('a.docx')).text, flush=True)\n"
        "        reader.read(Path('hang.docx'))\n"
        "    except KeyboardInterrupt:\n        print('interrupted', flush=True)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    time.sleep(0.2)
    os.killpg(parent.pid, 2)
    out, err = parent.communicate(timeout=10)
    assert (out, err, parent.returncode) == ("interrupted\n", "", 0)
    assert not alive(child)


@pytest.fixture(scope="module")
def real() -> Iterator[Reader]:
    with Reader() as one:
        yield one


def test_the_real_reader_answers_in_the_child_as_at_home(real: Reader, tmp_path: Path) -> None:
    path = tmp_path / "Báo cáo của phường.xlsx"
    write_xlsx(path, [Sheet("Phụ lục", [Column(heading) for heading in FORM_COLUMNS], [ROW])])
    assert real.read(path) == read(path)
    assert [one.title for one in real.read(path).initiatives] == ["Một cửa lưu động"]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("sâu.xlsx", raw_book("<row>" * 100_000 + "</row>" * 100_000)),
        ("dài.xlsx", raw_book(f'<row r="{"9" * 12_000_000}"/>')),
        ("rộng.xlsx", raw_book("<row>" + "<c><v>1</v></c>" * 300_000 + "</row>")),
        ("nở.xlsx", raw_book("", "<si><t>" + "a" * 9_000_000 + "</t></si>")),
    ],
    ids=["deep", "long attribute", "wide row", "swelling text"],
)
def test_hostile_files_are_answered_by_a_child_that_lives_on(
    real: Reader, tmp_path: Path, name: str, parts: dict[str, str | bytes]
) -> None:
    child = real._child
    path = tmp_path / name
    path.write_bytes(packed(parts))
    reading = real.read(path)
    assert reading.outcome in (Outcome.CORRUPT, Outcome.TOO_LARGE, Outcome.UNSAFE_CONTENT, Outcome.NO_TEXT)
    assert reading.message
    assert real._child is child


def test_a_file_that_is_not_there_is_answered(real: Reader, tmp_path: Path) -> None:
    assert real.read(tmp_path / "không có.docx").outcome is Outcome.CORRUPT
