"""One text for one input."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.scoring.model import Band, Input, Judge, PassBy, Share, TieBreak, VoteCount, VoteRule
from sangkien.scoring.official.reckoning import reckon
from sangkien.scoring.reading import read_input
from sangkien.scoring.writing import canonical_input, number, sha256
from tests.factories import scoring as make
from tests.scoring.official.test_properties import inputs

WHOLE = Input(
    rule=make.rule(
        make.number("a", knock_out="2.5", weight="0.3"), make.yes_no("y"),
        bands=(Band(Decimal(1), "khá"), Band(Decimal(0), "")),
        pass_by=PassBy.EITHER, pass_line=Decimal("1.50"), yes=Share(2, 3), drop_extremes=True, minimum_sheets=2,
        anchors_count=True, vote=VoteRule(quorum=None),
    ),
    entries=make.given(make.rule(), make.sheet(entry="e2"), make.sheet(entry="e1")).entries,
    sheets=(
        make.sheet("j2", "e1", a="7.50", y=1, anchor=True),
        make.sheet("j1", "e1", a=None, missing={"a": "ốm"}, set_aside="cùng đơn vị"),
    ),
    judges=(Judge("j2", "p"), Judge("j1")),
    votes=(VoteCount(entry="e1", members=9, present=7, yes=4, no=3, recused=1, chair=True),),
    tie_breaks=(TieBreak(("e2", "e1"), "lý do", "chủ tịch"), TieBreak(("e1", "e2"), "lý do")),
)  # fmt: skip


def test_what_is_written_is_read_again_as_it_was() -> None:
    text = canonical_input(WHOLE)
    again = read_input(text)
    assert canonical_input(again) == text
    assert again.rule == replace(WHOLE.rule, bands=WHOLE.rule.bands[::-1])
    assert sorted(each.judge for each in again.sheets) == ["j1", "j2"]
    assert again.votes == WHOLE.votes
    assert again.tie_breaks == WHOLE.tie_breaks[::-1]


def test_the_text_stays_as_it_was_when_results_were_frozen_by_it() -> None:
    """A hash of years ago must come out again: whoever changes this text raises ``FORMAT_VERSION``."""
    assert sha256(canonical_input(WHOLE)) == "cd86ec4611f51b2ae1050d4bb82b1ef78f02726cc86bf2894b7bcc9c5fa35e4a"


@pytest.mark.slow
@given(inputs(), st.randoms(use_true_random=False))
def test_order_does_not_show_and_results_come_out_again(one: Input, random: object) -> None:
    sheets = list(one.sheets)
    random.shuffle(sheets)  # type: ignore[attr-defined]  # hypothesis gives a ``Random``
    text = canonical_input(one)
    assert canonical_input(replace(one, sheets=tuple(sheets), entries=one.entries[::-1])) == text
    for reckoning in reckon(one).reckonings:
        again = reckon(read_input(text)).of(reckoning.entry)
        assert (again.score, again.rank, again.exact) == (reckoning.score, reckoning.rank, reckoning.exact)


@pytest.mark.parametrize(
    ("value", "text"),
    [("7.50", "7.5"), ("700", "700"), ("7E+2", "700"), ("0.0001", "0.0001"), ("-0.0", "0"), ("1E-7", "0.0000001")],
)
def test_one_number_has_one_text(value: str, text: str) -> None:
    assert number(Decimal(value)) == text


def test_a_mark_that_is_not_there_and_one_that_is_missing_are_the_same() -> None:
    named, unnamed = make.sheet(a=1, b=None), make.sheet(a=1)
    assert canonical_input(make.given(make.rule(), named)) == canonical_input(make.given(make.rule(), unnamed))


def test_text_is_written_in_one_spelling_of_unicode() -> None:
    decomposed = make.sheet("i\u0301")
    assert json.loads(canonical_input(make.given(make.rule(), decomposed)))["sheets"][0]["judge"] == "\u00ed"
