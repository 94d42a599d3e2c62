"""No source makes the understanding raise, and no text of a row that has a title is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.source import Cell, Paragraph, Row, Source, Table
from sangkien.appendix.reading.understanding import understand, whole_text
from tests.appendix.reading.blocks import FORM, report

PARTS = ("title", "situation", "content", "effectiveness", "novelty", "limitations")
TEXTS = (
    *(
        *FORM,
        "1",
        "2.",
        "I",
        "(1)",
        "(2)",
        "(3)",
        "x",
        "Thực trạng",
        "Nội dung",
        "Hiệu quả",
        "Tính mới",
        "Tổng cộng: 2",
    ),
    *("UBND Phường 1", "II. UBND Phường 2", "Một cửa", "- Thực trạng: Một\n- Nội dung: Hai", "Đơn vị: Phòng Tư pháp"),
    *("Tên giải pháp: Ba cửa", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Nơi nhận:", "", " ", "…", "Giải pháp 1: Một"),
)
piece = st.sampled_from(TEXTS)
texts = piece | st.text(max_size=30)
cells = st.none() | st.builds(Cell, texts, bold_starts=st.just((0,)), formula=st.booleans())


@st.composite
def tables(draw: st.DrawFn, depth: int = 0) -> Table:
    width = draw(st.integers(1, 7))
    rows: list[Row] = []
    for _ in range(draw(st.integers(0, 6))):
        row: list[Cell | None] = []
        while len(row) < width + draw(st.integers(-1, 1)):
            how = draw(st.integers(0, 5))
            if how == 0 and row and row[-1]:
                row[-1].col_span += 1
                row.append(row[-1])
            elif how == 1 and rows and len(row) < len(rows[-1].cells):
                row.append(rows[-1].cells[len(row)])
            else:
                row.append(draw(cells))
        rows.append(Row(row, hidden=draw(st.booleans()), repeats_as_header=draw(st.booleans())))
    if depth == 0 and rows and rows[0].cells and rows[0].cells[0] and draw(st.booleans()):
        rows[0].cells[0].tables = (draw(tables(depth=1)),)
    return Table(rows, name=draw(st.sampled_from(("", "Trang tính1"))))


sources = st.builds(Source, st.lists(tables() | st.builds(Paragraph, texts, st.booleans(), piece), max_size=6))


@pytest.mark.slow
@given(sources)
@settings(max_examples=150, deadline=None)
def test_every_source_is_answered(source: Source) -> None:
    reading = understand(source, "bất kỳ.docx")
    assert reading.message
    assert (reading.outcome is Outcome.PARSED) == bool(reading.initiatives)
    assert (reading.outcome is Outcome.NO_TEXT) == (not whole_text(source).strip())
    for initiative in reading.initiatives:
        assert any(initiative.as_json()[part] for part in PARTS)
        assert (initiative.fields is None) <= bool(initiative.warnings)


words = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấửợĐƯ019%()", min_size=1, max_size=6).map(lambda word: f"w{word}")
running = st.lists(words, min_size=2, max_size=6).map(" ".join)


@pytest.mark.slow
@given(st.lists(st.tuples(running, running, running, running), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_no_word_of_a_row_with_a_number_is_lost(rows: list[tuple[str, ...]]) -> None:
    own = [(unit, f"{title} {n}", text, note) for n, (unit, title, text, note) in enumerate(rows)]
    reading = report(*((str(n), unit, title, "(3)", text, note) for n, (unit, title, text, note) in enumerate(own)))
    told = [(one.unit, one.title, one.content, one.note) for one in reading.initiatives]
    assert [tuple(" ".join((part or "").split()) for part in one) for one in told] == own
