"""The four sets of criteria that are shipped, reckoned by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from sangkien.campaigns.presets.criteria import P1, P2, P3, P4
from sangkien.campaigns.presets.shape import CriteriaPreset
from sangkien.campaigns.scoring_rule import rule_of
from sangkien.scoring.checking.rules import rule_problems
from sangkien.scoring.model import Sheet
from sangkien.scoring.official.model import Reckoning, Standing
from sangkien.scoring.official.reckoning import reckon
from tests.factories import scoring as make


def reckoned(preset: CriteriaPreset, *marks: tuple[str, ...]) -> Reckoning:
    """One entry with a sheet for each row of marks, in the order of the criteria."""
    rule = rule_of(preset, version="1")
    sheets = [
        Sheet(
            judge=f"j{place}",
            entry="e1",
            marks={each.code: Decimal(mark) for each, mark in zip(rule.criteria, row, strict=True)},
        )
        for place, row in enumerate(marks)
    ]
    return reckon(make.given(rule, *sheets)).of("e1")


@pytest.mark.parametrize("preset", [P1, P2, P3, P4], ids=lambda preset: preset.code)
def test_every_preset_is_sound(preset: CriteriaPreset) -> None:
    assert rule_problems(rule_of(preset, version="1")) == []


def test_p1_is_proposed_when_all_four_are_met() -> None:
    done = reckoned(P1, ("1", "1", "1", "1"))
    assert (done.score, done.band, done.passed) == (Decimal("4.00"), "Đề nghị ghi nhận", True)


def test_p1_is_met_where_more_than_half_of_the_sheets_say_so() -> None:
    done = reckoned(P1, ("1", "1", "1", "1"), ("1", "1", "1", "0"), ("1", "1", "1", "1"))
    assert (done.criteria[3].mean, done.score, done.passed) == (Fraction(2, 3), Decimal("4.00"), True)


def test_p1_is_not_met_by_half() -> None:
    done = reckoned(P1, ("1", "1", "1", "1"), ("1", "1", "1", "0"))
    assert (done.standing, done.knock_outs, done.passed) == (Standing.KNOCKED_OUT, ("novelty",), False)
    assert (done.score, done.band, done.rank) == (Decimal("3.00"), None, None)


@pytest.mark.parametrize(
    ("sheets", "score", "band"),
    [
        # 12 + 12 + 12 + 12 + 12 + 8 + 12 = 80
        ([("12", "12", "12", "12", "12", "8", "12")], "80.00", "Đề nghị giới thiệu lên thành phố"),
        # (80 + 80 + 79,5) : 3 = 79,8333…
        (
            [("12", "12", "12", "12", "12", "8", "12")] * 2 + [("12", "12", "12", "12", "12", "8", "11.5")],
            "79.83",
            "Đề nghị ghi nhận cấp cơ sở",
        ),
        # 7 x 7 = 49
        ([("7", "7", "7", "7", "7", "7", "7")], "49.00", "Không đề nghị"),
    ],
)
def test_p2_adds_seven_criteria_to_a_band(sheets: list[tuple[str, ...]], score: str, band: str) -> None:
    done = reckoned(P2, *sheets)
    assert (done.score, done.band) == (Decimal(score), band)


def test_p2_reaches_a_band_by_the_rounded_score() -> None:
    """200 sheets of 80 and one of 79,5: 79,9975…, which is shown as 80,00 and so is 80."""
    row = ("12", "12", "12", "12", "12", "8", "12")
    done = reckoned(P2, *([row] * 200), (*row[:6], "11.5"))
    assert done.exact is not None
    assert done.exact < 80
    assert (done.score, done.band) == (Decimal("80.00"), "Đề nghị giới thiệu lên thành phố")


def test_p2_shows_the_points_of_each_group() -> None:
    done = reckoned(P2, ("15", "10", "9", "8", "7", "6", "5"))
    assert [(step.code, step.points) for step in done.groups] == [
        ("novelty", 25), ("effectiveness", 17), ("replicability", 13), ("scope", 5),
    ]  # fmt: skip


def test_p3_takes_the_mark_inside_its_band() -> None:
    """(17,5 + 18) : 2 + (50 + 49,5) : 2 = 17,75 + 49,75."""
    done = reckoned(P3, ("17.5", "50"), ("18", "49.5"))
    assert (done.exact, done.score, done.passed) == (Fraction("67.5"), Decimal("67.50"), None)


def test_p4_falls_by_one_floor_whatever_the_sum() -> None:
    """A1: (9,5 + 10 + 10) : 3 = 9,8333… is under 10, though the sum is over 89."""
    done = reckoned(P4, ("9.5", "20", "25", "15", "20"), ("10", "20", "25", "15", "20"), ("10", "20", "25", "15", "20"))
    assert (done.knock_outs, done.standing, done.score) == (("a1",), Standing.KNOCKED_OUT, Decimal("89.83"))
    assert (done.passed, done.rank) == (False, None)


def test_p4_looks_at_the_floor_before_rounding() -> None:
    """(9,5 + 199 x 10) : 200 = 9,9975, which is 10,00 when shown, and still under 10."""
    row = ("10", "20", "25", "15", "20")
    done = reckoned(P4, ("9.5", *row[1:]), *([row] * 199))
    assert done.criteria[0].mean == Fraction("9.9975")
    assert done.knock_outs == ("a1",)


def test_p4_is_reached_at_the_floor_itself() -> None:
    done = reckoned(P4, ("9.5", "10", "0", "0", "0"), ("10.5", "10", "0", "0", "0"))
    assert (done.standing, done.rank) == (Standing.COUNTED, 1)
