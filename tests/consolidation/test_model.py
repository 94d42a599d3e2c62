"""Many readings become one list: every initiative once, units in order, numbers from 1, nothing lost."""

from hypothesis import given
from hypothesis import strategies as st

from sangkien.appendix.model import Outcome, Reading, ReadInitiative
from sangkien.consolidation.model import consolidate, renumbered

UNITS = ("UBND Phường 4", "UBND Phường 10", "Phòng Tư pháp", None)

initiatives = st.builds(
    ReadInitiative,
    unit=st.sampled_from(UNITS),
    title=st.sampled_from(("Phiếu hẹn in giờ", "Sổ tay điện tử", "Ngày không hẹn", None)),
    content=st.sampled_from(("In giờ trên phiếu.", "Ghi vào sổ chung.", None)),
)
readings = st.lists(
    st.builds(
        lambda number, rows: Reading(f"Tệp {number}.docx", Outcome.PARSED, "Đã đọc.", initiatives=tuple(rows)),
        st.integers(0, 5),
        st.lists(initiatives, max_size=4),
    ),
    max_size=6,
)


def _reading(file: str, *rows: ReadInitiative) -> Reading:
    return Reading(file, Outcome.PARSED, "Đã đọc.", initiatives=rows)


@given(readings)
def test_every_initiative_is_there_and_numbers_run_from_one(given_readings: list[Reading]) -> None:
    items = consolidate(given_readings).items
    assert [item.number for item in items] == list(range(1, len(items) + 1))
    kept = {(item.initiative.unit, item.initiative.title, item.initiative.content) for item in items}
    assert kept == {(each.unit, each.title, each.content) for reading in given_readings for each in reading.initiatives}
    assert len(items) == len(kept)


@given(readings)
def test_every_source_file_is_named_with_its_rows(given_readings: list[Reading]) -> None:
    items = consolidate(given_readings).items
    for reading in given_readings:
        for initiative in reading.initiatives:
            named = [item for item in items if reading.file in item.files]
            assert (initiative.unit, initiative.title, initiative.content) in [
                (item.initiative.unit, item.initiative.title, item.initiative.content) for item in named
            ]


@given(readings, st.permutations(["Phòng Tư pháp", "P.10", "phuong 4"]))
def test_units_stand_in_the_given_order(given_readings: list[Reading], units: list[str]) -> None:
    listed = {"Phòng Tư pháp": "Phòng Tư pháp", "P.10": "UBND Phường 10", "phuong 4": "UBND Phường 4"}
    items = consolidate(given_readings, units=units).items
    seen = list(dict.fromkeys(item.initiative.unit for item in items if item.initiative.unit))
    assert seen == [listed[name] for name in units if listed[name] in seen]


def test_without_a_list_units_stand_by_first_appearance_and_entries_stay_together() -> None:
    first = _reading("a.docx", ReadInitiative(unit="Phường 10", title="A"), ReadInitiative(unit="Phường 2", title="B"))
    second = _reading("b.docx", ReadInitiative(unit="P.10", title="C"))
    assert [item.initiative.title for item in consolidate([first, second]).items] == ["A", "C", "B"]


def test_the_same_words_in_two_files_are_written_once_and_both_files_are_named() -> None:
    row = ReadInitiative(unit="UBND Phường 4", title="Phiếu hẹn in giờ", content="In giờ trên phiếu.")
    again = ReadInitiative(unit="UBND phường 04", title="PHIẾU HẸN IN GIỜ", content="In giờ  trên phiếu.")
    (item,) = consolidate([_reading("a.docx", row), _reading("b.docx", again)]).items
    assert item.files == ("a.docx", "b.docx")
    assert item.warnings == ("Có cùng nội dung trong tệp “b.docx” nên chỉ ghi một lần.",)


def test_the_same_title_with_other_words_is_kept_twice_and_said_on_both() -> None:
    one = ReadInitiative(unit="UBND Phường 4", title="Phiếu hẹn in giờ", content="Bản đầu.")
    other = ReadInitiative(unit="UBND Phường 4", title="Phiếu hẹn in giờ", content="Bản sửa.")
    items = consolidate([_reading("a.docx", one), _reading("b.docx", other)]).items
    assert [item.initiative.content for item in items] == ["Bản đầu.", "Bản sửa."]
    assert ["b.docx" in items[0].warnings[0], "a.docx" in items[1].warnings[0]] == [True, True]


def test_refused_files_and_silent_units_are_named() -> None:
    refused = Reading("x.docx", Outcome.CORRUPT, "Tệp tải về thiếu nên không mở được.")
    consolidation = consolidate(
        [refused, _reading("a.docx", ReadInitiative(unit="Phường 4", title="A"))], units=["P. 4", "P. 5"]
    )
    assert [(each.file, each.sentence) for each in consolidation.refused] == [(refused.file, refused.message)]
    assert consolidation.units_without_report == ("P. 5",)


def test_rows_that_a_person_moved_are_numbered_anew() -> None:
    items = consolidate([_reading("a.docx", ReadInitiative(title="A"), ReadInitiative(title="B"))]).items
    assert [(item.number, item.initiative.title) for item in renumbered(reversed(items))] == [(1, "B"), (2, "A")]
