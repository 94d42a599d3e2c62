"""Passing by score, by vote, by both, by either; ranks and their ties."""

from decimal import Decimal

import pytest

from sangkien.scoring.model import (
    SEVENTY_PERCENT,
    SIMPLE_MAJORITY,
    TWO_THIRDS,
    UNANIMOUS,
    Base,
    Input,
    PassBy,
    Share,
    Tie,
    TieBreak,
    VoteCount,
    VoteRule,
)
from sangkien.scoring.official.model import Ballot
from sangkien.scoring.official.reckoning import reckon
from sangkien.scoring.official.votes import vote_step
from tests.factories import scoring as make


def counted(yes: int, no: int = 0, *, members: int = 9, present: int | None = None, recused: int = 0,
            chair: bool | None = None) -> VoteCount:  # fmt: skip
    """A count in which all who may vote are present unless said."""
    there = members - recused if present is None else present
    return VoteCount(entry="e1", members=members, present=there, yes=yes, no=no, recused=recused, chair=chair)


@pytest.mark.parametrize(
    ("share", "part", "whole", "enough"),
    [
        (SIMPLE_MAJORITY, 5, 10, False), (SIMPLE_MAJORITY, 5, 9, True),
        (TWO_THIRDS, 6, 9, True), (TWO_THIRDS, 5, 8, False), (TWO_THIRDS, 666_666, 1_000_000, False),
        (SEVENTY_PERCENT, 7, 10, True), (SEVENTY_PERCENT, 6, 9, False),
        (UNANIMOUS, 9, 9, True), (UNANIMOUS, 8, 9, False),
        (SIMPLE_MAJORITY, 0, 0, False), (UNANIMOUS, 0, 0, False),
    ],
)  # fmt: skip
def test_a_share_is_counted_in_whole_numbers(share: Share, part: int, whole: int, enough: bool) -> None:
    assert share.reached(part, whole) is enough


@pytest.mark.parametrize(
    ("rule", "count", "outcome"),
    [
        (VoteRule(), counted(5, 4), Ballot.PASSED),
        (VoteRule(), counted(4, 4), Ballot.FAILED),
        (VoteRule(of=Base.MEMBERS), counted(4, present=6), Ballot.FAILED),
        (VoteRule(of=Base.PRESENT), counted(4, present=6), Ballot.PASSED),
        (VoteRule(), counted(5, present=5), Ballot.NO_QUORUM),
        (VoteRule(quorum=None), counted(3, present=5), Ballot.PASSED),
        # two of nine are recused: seven may vote, five are two thirds of them
        (VoteRule(), counted(3, 2, recused=2, present=5), Ballot.PASSED),
        (VoteRule(), counted(3, recused=9, present=0), Ballot.NO_QUORUM),
        (VoteRule(tie=Tie.CHAIR), counted(5, 5, members=10, chair=True), Ballot.PASSED),
        (VoteRule(tie=Tie.CHAIR), counted(5, 5, members=10, chair=False), Ballot.FAILED),
        (VoteRule(tie=Tie.CHAIR), counted(5, 5, members=10), Ballot.CHAIR_DUE),
        (VoteRule(tie=Tie.FAILS), counted(5, 5, members=10, chair=True), Ballot.FAILED),
        # the chair lifts nobody over two thirds, and no vote that is short of half
        (VoteRule(share=TWO_THIRDS, tie=Tie.CHAIR), counted(5, 5, members=10, chair=True), Ballot.FAILED),
        (VoteRule(tie=Tie.CHAIR), counted(3, 3, members=10, chair=True), Ballot.FAILED),
        (VoteRule(), None, Ballot.NOT_HELD),
    ],
)
def test_a_vote_against_its_rule(rule: VoteRule, count: VoteCount | None, outcome: Ballot) -> None:
    assert vote_step(rule, count).outcome is outcome


def one(mark: int | None, count: VoteCount | None, **settings: object) -> bool | None:
    """Whether an entry with one mark and one vote passes."""
    made = make.given(make.rule(**settings), make.sheet(a=mark), votes=[] if count is None else [count])
    return reckon(made).of("e1").passed


YES, NO, NO_QUORUM = counted(9), counted(0, 9), counted(1, present=1)


@pytest.mark.parametrize(
    ("pass_by", "mark", "vote", "passed"),
    [
        (PassBy.SCORE, 5, NO, True), (PassBy.SCORE, 4, YES, False), (PassBy.SCORE, None, YES, None),
        (PassBy.VOTE, 4, YES, True), (PassBy.VOTE, 9, NO, False), (PassBy.VOTE, 9, None, None),
        (PassBy.VOTE, 9, NO_QUORUM, None),
        (PassBy.BOTH, 5, YES, True), (PassBy.BOTH, 5, NO, False), (PassBy.BOTH, 4, None, False),
        (PassBy.BOTH, 5, None, None), (PassBy.BOTH, 5, NO_QUORUM, None), (PassBy.BOTH, None, NO, False),
        (PassBy.EITHER, 5, NO, True), (PassBy.EITHER, 4, YES, True), (PassBy.EITHER, 4, NO, False),
        (PassBy.EITHER, 4, None, None), (PassBy.EITHER, 5, None, True),
    ],
)  # fmt: skip
def test_passing(pass_by: PassBy, mark: int | None, vote: VoteCount | None, passed: bool | None) -> None:
    assert one(mark, vote, pass_by=pass_by, pass_line=Decimal(5), vote=VoteRule()) is passed


def test_the_line_is_compared_with_the_rounded_score() -> None:
    """(5 + 5 + 4,5 …) : 201 = 4,9975… is shown as 5,00 and so passes 5."""
    by = make.rule(pass_line=Decimal(5))
    done = reckon(make.given(by, *make.sheets("e1", *[5] * 200, "4.5"))).of("e1")
    assert done.exact is not None
    assert done.exact < 5
    assert done.passed is True


def test_a_floor_beats_line_and_vote() -> None:
    by = make.rule(
        make.number("a", knock_out=5), make.number("b", 90),
        pass_by=PassBy.EITHER, pass_line=Decimal(50), vote=VoteRule(),
    )  # fmt: skip
    done = reckon(make.given(by, make.sheet(a=4, b=90), votes=[YES])).of("e1")
    assert (done.over_line, done.vote is not None and done.vote.outcome, done.passed) == (True, Ballot.PASSED, False)


def test_a_vote_alone_does_not_pass_while_a_floor_is_open() -> None:
    by = make.rule(make.number("a", knock_out=5), pass_by=PassBy.VOTE, vote=VoteRule())
    assert reckon(make.given(by, make.sheet(a=None), votes=[YES])).of("e1").passed is None


def test_without_a_line_nobody_passes_by_itself() -> None:
    assert one(10, None) is None


# -- ranks


def ranks(*tie_breaks: TieBreak, **marks: int) -> dict[str, int | None]:
    """The rank of each entry with one mark."""
    return {each.entry: each.rank for each in reckon(_of(tie_breaks, marks)).reckonings}


def _of(tie_breaks: tuple[TieBreak, ...], marks: dict[str, int]) -> Input:
    made = [make.sheet("j1", entry, a=mark) for entry, mark in marks.items()]
    return make.given(make.rule(), *made, tie_breaks=tie_breaks)


def test_equal_scores_share_a_rank_and_leave_the_next_free() -> None:
    assert ranks(e1=9, e2=7, e3=7, e4=5) == {"e1": 1, "e2": 2, "e3": 2, "e4": 4}


def test_a_person_puts_tied_entries_in_order() -> None:
    assert ranks(TieBreak(("e3", "e2"), "x"), e1=9, e2=7, e3=7, e4=5) == {"e1": 1, "e2": 3, "e3": 2, "e4": 4}


def test_pairs_make_one_order() -> None:
    pairs = (TieBreak(("b", "c"), "x"), TieBreak(("a", "b"), "x"))
    assert ranks(*pairs, c=7, b=7, a=7) == {"a": 1, "b": 2, "c": 3}


def test_who_is_not_named_stays_tied_with_the_first() -> None:
    done = reckon(_of((TieBreak(("a", "b"), "x"),), {"a": 7, "b": 7, "c": 7}))
    assert {each.entry: (each.rank, each.tied_with) for each in done.reckonings} == {
        "a": (1, ("c",)), "b": (3, ()), "c": (1, ("a",)),
    }  # fmt: skip


def test_an_order_of_entries_that_are_not_tied_settles_nothing_and_is_said() -> None:
    order = TieBreak(("e2", "e1"), "x")
    done = reckon(_of((order,), {"e1": 9, "e2": 7}))
    assert ([each.rank for each in done.reckonings], done.unused_tie_breaks) == ([1, 2], (order,))
