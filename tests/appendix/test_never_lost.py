"""Nothing written in a data cell is ever lost: it stands in a field, a note, a warning or the source of a reading."""

import random
import re
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sangkien.appendix.model import Outcome, Reading
from sangkien.appendix.reading import read
from sangkien.vietnamese import fold
from tests.appendix.fixtures.case import Case
from tests.appendix.fixtures.catalogue import CASES
from tests.appendix.fixtures.ooxml import cell, para, row, run, table, word
from tests.appendix.fixtures.sheets import by_xlsxwriter
from tests.appendix.soundness import strings

LABELS = set(
    fold(
        "thực trạng nội dung hiệu quả tính mới cách làm điểm mới kết quả đạt được giải pháp mang lại trước khi áp dụng "
        "sáng tạo hạn chế tên đơn vị thực hiện lĩnh vực ghi chú hình thưc nôi qủa a b c d 1 2 3 4 i ii stt tt cộng tổng"
    ).split()
)
STRUCTURED = {  # rows and tables beside the data: numbers of columns and questions, groups, totals, figures
    "tieu_de_ba_dong_va_dong_so_cot.docx",
    "dong_nhom_va_dong_cong.docx",
    "phieu_ba_cot.docx",
    "bang_so_lieu_kem_theo.docx",
    "tat_ca_trong_mot_o.docx",
}
WORD = [case for case in CASES if case.writer == "python-docx" and case.initiatives and case.name not in STRUCTURED]


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))


def kept(answer: Reading) -> set[str]:
    """All words that a reading holds outside the text of the whole file."""
    sources = [list(pair) for one in answer.initiatives for pair in one.source]
    return words(" ".join(strings([answer.as_json(), sources])))


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in WORD])
def test_every_word_of_the_report_tables_is_kept(case: Case, tmp_path: Path) -> None:
    path = tmp_path / case.name
    case.build(path)
    answer = read(path)
    there: set[str] = set()
    for one in docx.Document(str(path)).tables:
        texts = [place.text for line in one.rows for place in line.cells]
        if "CỘNG HÒA" not in " ".join(texts) and "Nơi nhận" not in " ".join(texts):
            there |= words(" ".join(place.text for line in one.rows[1:] for place in line.cells))
    assert there - kept(answer) - LABELS == set()


HEADINGS = (
    ("STT",),
    ("Đơn vị thực hiện", "Đơn vị", "Cơ quan thực hiện"),
    ("Tên mô hình, giải pháp, sáng kiến", "Tên giải pháp", "Tên sáng kiến"),
    ("Lĩnh vực cải cách hành chính", "Lĩnh vực"),
    ("Thực trạng",),
    ("Nội dung", "Nội dung thực hiện"),
    ("Hiệu quả", "Kết quả, hiệu quả"),
    ("Tính mới",),
    ("Ghi chú",),
)
STRANGERS = ("Kinh phí", "Người phụ trách", "Thời gian áp dụng", "Phạm vi", "", "Tài liệu kèm theo")
SETTINGS = settings(
    max_examples=60, derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def invented_table(dice: random.Random) -> tuple[list[list[str]], list[str]]:
    """A table of any columns whose every filled cell holds a word of its own, and those words."""
    must = [dice.choice(names) for names in HEADINGS[1:3]]
    free = [dice.choice(names) for names in (HEADINGS[0], *HEADINGS[3:]) if dice.random() < 0.7]
    header = [*must, *free, *dice.sample(STRANGERS, dice.randrange(3))]
    dice.shuffle(header)
    rows, marks = [header], []
    for number in range(1, dice.randrange(2, 6)):
        values = []
        for heading in header:
            if heading == "STT":
                values.append(str(number))
            elif dice.random() < 0.15 and not heading.startswith("Tên"):
                values.append("")
            else:
                marks.append(f"zq{len(marks)}x")
                values.append(invented_text(heading, marks, dice))
        rows.append(values)
    return rows, marks


def invented_text(heading: str, marks: list[str], dice: random.Random) -> str:
    """A few lines around the last mark, some of them behind labels or bullets."""
    lead = dice.choice(("", "- ", "+ ", "a) ", "Nội dung: ", "- Hiệu quả: ", "(3) ", "Kết quả: ", "* Khó khăn: "))
    text = f"{lead}Văn bản {marks[-1]} của tổ công tác"
    if heading.startswith(("Đơn vị", "Cơ quan")):
        return f"UBND xã {marks[-1]}"
    while dice.random() < 0.4:
        marks.append(f"zq{len(marks)}x")
        text += dice.choice(("\n", "\n- ", "; ", "\nTính mới: ", "\n\n+ Thực trạng: ", " ")) + f"thêm {marks[-1]}"
    return text


def disturbed(rows: list[list[str]], marks: list[str], dice: random.Random) -> list[list[str]]:
    """The table with rows between that go on, stand alone, are empty or repeat the heading; they have words too."""
    places = [place for place, heading in enumerate(rows[0]) if heading != "STT"]
    out = rows[:1]
    for values in rows[1:]:
        out.append(values)
        extra = [""] * len(values)
        match dice.randrange(8):
            case 0 | 1:
                for place in dice.sample(places, dice.randrange(1, 3)):
                    marks.append(f"zq{len(marks)}x")
                    extra[place] = f"{dice.choice(('', '- ', 'Hiệu quả: '))}phần tiếp {marks[-1]} của văn bản"
                out.append(extra)
            case 2:
                marks.append(f"zq{len(marks)}x")
                extra[places[0]] = f"Ghi chú thêm: số liệu {marks[-1]} lấy ở sổ"
                out.append(extra)
            case 3:
                out.append(extra)
            case 4:
                out.append(rows[0])
    return out


def lost(answer: Reading, marks: Sequence[str]) -> list[str]:
    """The words that a reading does not hold."""
    held = kept(answer)
    return [mark for mark in marks if mark not in held]


@pytest.mark.slow
@given(seed=st.integers(0, 2**32))
@SETTINGS
def test_no_word_of_an_invented_word_table_is_lost(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    rows, marks = invented_table(random.Random(seed))
    path = tmp_path_factory.getbasetemp() / "bang.docx"
    cells = ((cell("".join(para(run(line)) for line in text.split("\n"))) for text in line) for line in rows)
    word(path, table([row(line) for line in cells], len(rows[0])) + para(""))
    answer = read(path)
    assert answer.outcome is Outcome.PARSED, (answer.message, rows[0])
    assert not lost(answer, marks), (lost(answer, marks), rows)


@pytest.mark.slow
@given(seed=st.integers(0, 2**32))
@SETTINGS
def test_no_word_of_a_disturbed_table_is_lost(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    dice = random.Random(seed)
    rows, marks = invented_table(dice)
    rows = disturbed(rows, marks, dice)
    path = tmp_path_factory.getbasetemp() / "bang_xao_tron.docx"
    cells = ((cell("".join(para(run(line)) for line in text.split("\n"))) for text in line) for line in rows)
    word(path, table([row(line) for line in cells], len(rows[0])) + para(""))
    answer = read(path)
    assert answer.outcome is Outcome.PARSED, (answer.message, rows[0])
    assert not lost(answer, marks), (lost(answer, marks), rows)


@pytest.mark.slow
@given(seed=st.integers(0, 2**32))
@SETTINGS
def test_no_word_of_an_invented_sheet_is_lost(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    rows, marks = invented_table(random.Random(seed))
    path = tmp_path_factory.getbasetemp() / "bang.xlsx"

    def write(book: object) -> None:
        sheet = book.add_worksheet()  # type: ignore[attr-defined]  # XlsxWriter has no types
        for place, values in enumerate(rows):
            sheet.write_row(place, 0, values)

    by_xlsxwriter(write)(path)
    answer = read(path)
    assert answer.outcome is Outcome.PARSED, (answer.message, rows[0])
    assert not lost(answer, marks), (lost(answer, marks), rows)
