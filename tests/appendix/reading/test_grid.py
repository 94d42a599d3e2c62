"""Scattered cells become one compact table."""

import pytest

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.findings import listing
from sangkien.appendix.reading.grid import (
    LARGEST_COLUMN,
    LARGEST_ROW,
    Cells,
    Range,
    address,
    compact,
    parse_range,
    position,
)
from sangkien.appendix.reading.source import Cell, Refusal, Table
from tests.appendix.reading.shown import texts


def grid(*places: tuple[int, int, str]) -> Cells:
    cells: Cells = {}
    for row, column, text in places:
        cells.setdefault(row, {})[column] = Cell(text)
    return cells


def table(cells: Cells, *merges: Range, warnings: list[str] | None = None) -> Table:
    return compact("Báo cáo", cells, merges, frozenset(), [] if warnings is None else warnings)


@pytest.mark.parametrize(
    ("row", "column", "name"), [(1, 1, "A1"), (5, 28, "AB5"), (LARGEST_ROW, LARGEST_COLUMN, "XFD1048576")]
)
def test_a_place_and_its_name(row: int, column: int, name: str) -> None:
    assert address(row, column) == name
    assert position(name) == (row, column)


@pytest.mark.parametrize("name", ["", "A", "5", "A0", "XFE1", "A1048577", "ABCD1", "A-1", "A١"])
def test_what_is_no_place(name: str) -> None:
    assert position(name) is None


def test_a_range_may_be_written_backwards_and_with_dollars() -> None:
    assert parse_range("$D$5:B3") == Range(3, 2, 5, 4)
    assert parse_range("B3") == Range(3, 2, 3, 2)
    assert parse_range("B3:") == Range(3, 2, 3, 2)
    assert parse_range("x:y") is None


def test_rows_and_columns_without_text_are_left_out_but_counted() -> None:
    found = table(grid((3, 2, "a"), (3, 5, "b"), (9, 5, "c")))
    assert texts(found) == [["a", "b"], ["", "c"]]
    assert [row.number for row in found.rows] == [3, 9]


def test_a_lone_cell_at_the_far_corner_costs_one_row() -> None:
    found = table(grid((1, 1, "a"), (LARGEST_ROW, LARGEST_COLUMN, "z")))
    assert texts(found) == [["a", ""], ["", "z"]]


def test_a_merged_cell_is_the_same_object_everywhere() -> None:
    found = table(
        grid((1, 1, "Tiêu đề"), (2, 1, "x"), (2, 2, "y"), (2, 3, "z"), (3, 2, "w")),
        Range(1, 1, 1, 3),
        Range(2, 1, 3, 1),
    )
    first, second, third = (row.cells for row in found.rows)
    assert first[0] is first[1] is first[2]
    assert first[0] is not None
    assert (first[0].row_span, first[0].col_span) == (1, 3)
    assert second[0] is third[0]
    assert second[0] is not None
    assert (second[0].row_span, second[0].col_span) == (2, 1)


def test_spans_count_what_is_left() -> None:
    found = table(grid((1, 1, "gộp"), (5, 4, "b")), Range(1, 1, 5, 3))
    [[merged, nothing], [below, _]] = [row.cells for row in found.rows]
    assert merged is below
    assert nothing is None
    assert merged is not None
    assert (merged.row_span, merged.col_span) == (2, 1)


def test_text_under_a_merged_cell_is_not_shown_but_named() -> None:
    warnings: list[str] = []
    found = table(grid((1, 1, "hiện"), (2, 1, "khuất"), (2, 2, "b")), Range(1, 1, 2, 1), warnings=warnings)
    assert texts(found) == [["hiện", ""], ["hiện", "b"]]
    assert len(warnings) == 1
    assert "A2" in warnings[0]


def test_ranges_that_overlap_do_no_harm() -> None:
    found = table(grid((1, 1, "a"), (2, 2, "b")), *[Range(1, 1, 2, 2)] * 1000)
    assert texts(found) == [["a", "a"], ["a", "a"]]


def test_a_diagonal_of_cells_is_refused_before_it_fills_the_memory() -> None:
    cells = grid(*((number, number, "x") for number in range(1, 2001)))
    with pytest.raises(Refusal) as refused:
        table(cells)
    assert refused.value.outcome is Outcome.TOO_LARGE
    assert "Báo cáo" in refused.value.sentence


def test_a_long_listing_is_cut() -> None:
    assert listing(["A1", "A2"]) == "A1, A2"
    assert listing([f"A{number}" for number in range(1, 13)], most=3) == "A1, A2, A3 và 9 chỗ khác"
