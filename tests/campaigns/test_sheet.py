"""A score sheet: shown as it was kept, read as it was typed, whatever a form sends."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.campaigns import sheet
from sangkien.campaigns.example_sheet import example, example_result
from sangkien.campaigns.presets import CRITERIA
from sangkien.campaigns.presets.shape import CriteriaPreset

P2, P3, P4 = CRITERIA["p2"], CRITERIA["p3"], CRITERIA["p4"]
FULL = {f"mark-{each.code}": "7,5" for each in P2.criteria}


def test_what_was_kept_is_read_back_as_the_same() -> None:
    for shape in CRITERIA.values():
        kept = sheet.kept(shape, example(shape), {})
        again = sheet.read(
            shape,
            {f"mark-{code}": typed for code, typed in kept.typed.items()}
            | {f"band-{code}": band for code, band in kept.bands.items()},
            whole=True,
        )
        assert (again.errors, again.marks) == ({}, example(shape))


def test_a_sheet_on_its_way_may_have_open_marks_a_whole_one_not() -> None:
    assert sheet.read(P2, {}, whole=False).errors == {}
    assert set(sheet.read(P2, {}, whole=True).errors) == {each.code for each in P2.criteria}


def test_a_mark_below_the_line_needs_a_comment_when_the_sheet_is_whole() -> None:
    asks = replace(P2.criteria[0], comment_below=Decimal(8))
    shape = replace(P2, criteria=(asks, *P2.criteria[1:]))
    assert "Dưới 8 cần có nhận xét" in sheet.read(shape, FULL, whole=True).errors[asks.code]
    assert sheet.read(shape, FULL, whole=False).errors == {}
    said = FULL | {f"comment-{asks.code}": "Chưa có số liệu"}
    assert sheet.read(shape, said, whole=True).errors == {}
    assert sheet.read(shape, FULL | {f"mark-{asks.code}": "8"}, whole=True).errors == {}


def test_a_band_holds_the_marks_that_it_says() -> None:
    told = {"mark-novelty": "12", "mark-use": "50", "band-novelty": "1"}
    assert "novelty" in sheet.read(P3, told, whole=True).errors
    assert sheet.read(P3, told | {"band-novelty": "3"}, whole=True).errors == {}
    assert sheet.read(P3, told | {"band-novelty": ""}, whole=True).errors == {}


def test_the_sheet_stands_group_by_group() -> None:
    groups = sheet.sheet_groups(P2, sheet.Filled())
    assert [(each.name, each.weight, len(each.fields)) for each in groups] == [
        ("Tính mới", "30", 2), ("Hiệu quả", "30", 2), ("Khả năng áp dụng", "25", 2), ("Phạm vi ảnh hưởng", "15", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(("mark", "is_knocked_out"), [("9,5", True), ("10", False)])
def test_the_example_knows_a_floor(mark: str, is_knocked_out: bool) -> None:
    marks = example(P4) | {"a1": Decimal(mark.replace(",", "."))}
    result = example_result(P4, marks)
    assert result is not None
    assert result.is_knocked_out is is_knocked_out


@given(shape=st.sampled_from(list(CRITERIA.values())), sent=st.dictionaries(
    st.sampled_from([f"{what}-{each.code}" for p in CRITERIA.values() for each in p.criteria
                     for what in ("mark", "band", "comment", "missing")]),
    st.text(max_size=30), max_size=8,
))  # fmt: skip
def test_whatever_a_form_sends_it_is_read_or_said(shape: CriteriaPreset, sent: dict[str, str]) -> None:
    filled = sheet.read(shape, sent, whole=True)
    for each in shape.criteria:
        mark = filled.marks[each.code]
        assert each.code in filled.errors or mark is None or each.min <= mark <= each.max
