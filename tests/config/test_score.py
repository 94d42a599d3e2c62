"""``sangkien score``: results out of a file alone; the page that describes the file is tried out."""

import json
import re
from pathlib import Path

import pytest

from sangkien.config.cli import main
from tests import programs

PAGE = (Path(__file__).parents[2] / "docs/reference/cham-diem-json.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
OUTPUTS = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The first example of the page as a file."""
    return _file(tmp_path, EXAMPLES[0])


def _file(folder: Path, text: str) -> Path:
    path = folder / "cham-diem.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_page_shows_the_table_that_is_printed(first: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(first)]) == 0
    table, advisory = capsys.readouterr().out.split("\n\n", 1)
    assert table + "\n" == OUTPUTS[0]
    assert advisory.startswith("Điểm hiệu chỉnh tham khảo, không thay điểm chính thức:\n  Chỉ có 0 người chấm")


def test_the_page_shows_the_steps_that_are_printed(first: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(first), "--why", "SK-02"]) == 0
    assert capsys.readouterr().out == OUTPUTS[1]


def test_votes_and_orders_of_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(_file(tmp_path, EXAMPLES[1])), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    told = [(each["entry"], each["rank"], each["passed"], each["vote"]["by_chair"]) for each in answer["entries"]]
    assert told == [("SK-01", 2, True, True), ("SK-02", 1, True, False)]


def test_every_key_of_the_answer_stands_on_the_page(first: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["score", str(first), "--json"])
    answer = json.loads(capsys.readouterr().out)
    entry = answer["entries"][0]
    told = {each.removesuffix("[]") for each in re.findall(r"`([a-z_0-9]+(?:\[\])?)`", PAGE)}
    assert {*answer, *entry, *entry["advisory"], *answer["advisory"]} <= told


def test_the_answer_of_the_page(first: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["score", str(first), "--json"])
    answer = json.loads(capsys.readouterr().out)
    told = {each["entry"]: (each["standing"], each["score"], each["exact"], each["rank"]) for each in answer["entries"]}
    assert told == {
        "SK-01": ("counted", "70.50", "141/2", 1),
        "SK-02": ("knocked_out", "69.75", "279/4", None),
        "SK-03": ("too_few_sheets", None, "85", None),
    }
    second = answer["entries"][1]
    assert second["missing"] == [{"judge": "nc-2", "criterion": "use", "reason": "chưa đi khảo sát"}]
    assert answer["entries"][2]["left_out"] == [{"judge": "nc-1", "why": "anchor", "note": ""}]
    assert second["advisory"]["withheld"] == "gate"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "cham-diem.json: Tệp không phải JSON: sai ở dòng 1, cột 2. Bạn xem lại chỗ này.\n"),
        ("[]", "cham-diem.json: Tệp phải là một đối tượng {…}. Bạn xem lại.\n"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", str(_file(tmp_path, text))]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", said)


def test_a_mark_that_may_not_be_is_said_by_sheet_and_criterion(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", str(_file(tmp_path, EXAMPLES[0].replace("20.5", "31")))]) == 1
    where, last = capsys.readouterr().err.splitlines()
    assert where.startswith("Phiếu của nc-1 cho SK-01, tiêu chí novelty: Điểm 31 nằm ngoài khoảng 0 đến 30.")
    assert last == "Chưa tính được. Bạn sửa các chỗ trên rồi chạy lại."


def test_many_problems_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = json.loads(EXAMPLES[0])
    whole["sheets"] = [{"judge": f"nc-{at}", "entry": "SK-01", "marks": {"use": 71}} for at in range(30)]
    del whole["judges"]
    assert main(["score", str(_file(tmp_path, json.dumps(whole)))]) == 1
    assert "Và 10 chỗ khác như vậy." in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(tmp_path / "khong-co.json")]) == 1
    assert capsys.readouterr().err.startswith("Chưa đọc được ")


def test_an_entry_that_is_not_there_is_said(first: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(first), "--why", "SK-9"]) == 1
    assert capsys.readouterr().err == "Không có giải pháp SK-9 trong tệp. Bạn xem lại mã.\n"


def test_without_a_file_the_command_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["score"])
    assert ended.value.code == 2
    assert "TỆP" in capsys.readouterr().err


@pytest.mark.slow
def test_no_database_and_no_django_are_needed(first: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from sangkien.config.cli import main; "
        f"assert main(['score', {str(first)!r}]) == 0; print('django' in sys.modules)"
    )
    assert programs.python(tmp_path, program).splitlines()[-1] == "False"
