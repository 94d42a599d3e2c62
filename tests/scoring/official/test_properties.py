"""What holds for every input: order, names, missing marks, exactness."""

from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.scoring.model import DROPS_FROM, Entry, Input, Rounding, Rule, Sheet, TieBreak
from sangkien.scoring.official.model import Reckoning, Standing
from sangkien.scoring.official.reckoning import reckon
from tests.factories import scoring as make

pytestmark = pytest.mark.slow
CODES = ("a", "b", "c")
JUDGES = ("j1", "j2", "j3", "j4", "j5", "j6", "j7")
ENTRIES = ("e1", "e2", "e3", "e4")
HALVES = st.integers(0, 20).map(lambda halves: Decimal(halves) / 2)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Three criteria of different weight, with and without floors, dropping, anchors."""
    criteria = [
        make.number(
            code, 10, weight=draw(st.sampled_from(["1", "2", "0.3"])), knock_out=draw(st.sampled_from([None, 3]))
        )
        for code in CODES
    ]
    return make.rule(
        *criteria,
        drop_extremes=draw(st.booleans()),
        anchors_count=draw(st.booleans()),
        minimum_sheets=draw(st.integers(1, 3)),
        decimals=draw(st.integers(0, 3)),
        rounding=draw(st.sampled_from(list(Rounding))),
        pass_line=draw(st.sampled_from([None, Decimal(12)])),
    )


@st.composite
def inputs(draw: st.DrawFn, *, whole: bool = False) -> Input:
    """Up to seven sheets for each of four entries; marks may be missing unless ``whole``."""
    mark = HALVES if whole else st.none() | HALVES
    made = [
        Sheet(
            judge=judge,
            entry=entry,
            marks={code: draw(mark) for code in CODES},
            anchor=draw(st.integers(0, 5)) == 0,
        )
        for entry in ENTRIES
        for judge in draw(st.lists(st.sampled_from(JUDGES), unique=True))
    ]
    return Input(rule=draw(rules()), entries=tuple(map(Entry, ENTRIES)), sheets=tuple(made))


def seen(reckoning: Reckoning) -> tuple[object, ...]:
    """All of a result that names nobody."""
    return (
        reckoning.standing, reckoning.exact, reckoning.score, reckoning.rank, reckoning.passed, reckoning.band,
        [(step.mean, step.points, step.knocked_out, sorted(mark for _judge, mark in step.marks))
         for step in reckoning.criteria],
    )  # fmt: skip


@given(inputs(), st.randoms(use_true_random=False))
def test_the_order_of_sheets_and_entries_does_not_matter(one: Input, random: object) -> None:
    sheets, entries = list(one.sheets), list(one.entries)
    random.shuffle(sheets)  # type: ignore[attr-defined]  # hypothesis gives a ``Random``
    random.shuffle(entries)  # type: ignore[attr-defined]  # as above
    other = replace(one, sheets=tuple(sheets), entries=tuple(entries))
    for entry in ENTRIES:
        assert reckon(other).of(entry) == replace(reckon(one).of(entry), tied_with=reckon(other).of(entry).tied_with)


@given(inputs(), st.permutations(JUDGES), st.permutations(ENTRIES))
def test_names_change_nothing(one: Input, judges: list[str], entries: list[str]) -> None:
    judge_of, entry_of = dict(zip(JUDGES, judges, strict=True)), dict(zip(ENTRIES, entries, strict=True))
    renamed = [replace(each, judge=judge_of[each.judge], entry=entry_of[each.entry]) for each in one.sheets]
    other = replace(one, sheets=tuple(renamed))
    for entry in ENTRIES:
        assert seen(reckon(other).of(entry_of[entry])) == seen(reckon(one).of(entry))


@given(inputs())
def test_a_missing_mark_counts_as_much_as_the_mean_of_the_others(one: Input) -> None:
    """So it neither helps nor harms. Exact, as the mean need not be a mark that anybody may give."""
    rule = replace(one.rule, drop_extremes=False)
    for reckoning in reckon(replace(one, rule=rule)).reckonings:
        if reckoning.exact is None:
            continue
        patched = Fraction(0)
        for criterion, step in zip(rule.criteria, reckoning.criteria, strict=True):
            assert step.mean is not None
            given_marks = [Fraction(mark) for _judge, mark in step.marks]
            all_marks = given_marks + [step.mean] * len(step.left_out)
            patched += Fraction(criterion.weight) * sum(all_marks) / len(all_marks)
        assert patched == reckoning.exact


@given(rules(), st.lists(st.tuples(HALVES, HALVES, HALVES), min_size=2, max_size=6), st.sampled_from(CODES))
def test_without_a_mark_the_score_moves_to_the_side_of_those_who_gave_one(
    by: Rule, marks: list[tuple[Decimal, ...]], code: str
) -> None:
    rule = replace(by, drop_extremes=False)
    made = [
        Sheet(judge=judge, entry="e1", marks=dict(zip(CODES, each, strict=True)))
        for judge, each in zip(JUDGES, marks, strict=False)
    ]
    without = replace(made[0], marks={**made[0].marks, code: None})
    before = reckon(make.given(rule, *made)).of("e1").exact
    after = reckon(make.given(rule, without, *made[1:])).of("e1").exact
    place = CODES.index(code)
    rest = [Fraction(each[place]) for each in marks[1:]]
    mean = sum(rest) / len(rest)
    assert before is not None
    assert after is not None
    assert (after > before) == (mean > marks[0][place])
    assert (after < before) == (mean < marks[0][place])


@given(inputs())
def test_sums_are_those_of_fractions(one: Input) -> None:
    """Reckoned anew with nothing but fractions, and whatever precision the program around it has set."""
    with localcontext() as context:
        context.prec = 3
        result = reckon(one)
    for reckoning in result.reckonings:
        for criterion, step in zip(one.rule.criteria, reckoning.criteria, strict=True):
            marks = [
                Fraction(mark)
                for each in one.sheets
                if each.entry == reckoning.entry and each.judge in reckoning.sheets
                if (mark := each.marks[criterion.code]) is not None
            ]
            assert step.mean == (sum(marks) / len(marks) if marks else None)
        points = [step.points for step in reckoning.criteria]
        assert reckoning.exact == (None if None in points else sum(point for point in points if point is not None))


@given(inputs())
def test_every_sheet_is_counted_or_left_out_with_a_reason(one: Input) -> None:
    for reckoning in reckon(one).reckonings:
        told = [*reckoning.sheets, *(each.judge for each in reckoning.left_out)]
        assert sorted(told) == sorted(each.judge for each in one.sheets if each.entry == reckoning.entry)
        for step in reckoning.criteria:
            marked = [*(judge for judge, _mark in step.marks), *(each.judge for each in step.left_out)]
            assert sorted(marked) == sorted(reckoning.sheets)


@given(inputs(whole=True))
def test_two_sheets_are_dropped_from_five_on_and_none_before(one: Input) -> None:
    dropping = replace(one, rule=replace(one.rule, drop_extremes=True, anchors_count=True))
    for reckoning in reckon(dropping).reckonings:
        there = sum(1 for each in one.sheets if each.entry == reckoning.entry)
        assert len(reckoning.sheets) == (there - 2 if there >= DROPS_FROM else there)


@given(inputs())
def test_ranks_follow_the_scores_and_leave_room_for_ties(one: Input) -> None:
    ranked = [each for each in reckon(one).reckonings if each.standing is Standing.COUNTED]
    for each in ranked:
        assert each.score is not None
        assert each.rank == 1 + sum(1 for other in ranked if other.score is not None and other.score > each.score)
        assert set(each.tied_with) == {other.entry for other in ranked if other.score == each.score} - {each.entry}


@given(inputs(), st.permutations(ENTRIES))
def test_an_order_of_a_person_moves_only_entries_of_one_score(one: Input, order: list[str]) -> None:
    plain = reckon(one)
    settled = reckon(replace(one, tie_breaks=(TieBreak(tuple(order[:2]), "lý do"),)))
    first, then = (plain.of(code) for code in order[:2])
    tied = first.rank is not None and first.rank == then.rank
    assert (settled.unused_tie_breaks == ()) is tied
    if tied:
        ranks = [settled.of(code).rank for code in order[:2]]
        assert ranks == sorted(ranks, key=lambda rank: rank or 0)
        assert ranks[0] != ranks[1]
    for entry in ENTRIES:
        assert plain.of(entry).score == settled.of(entry).score
        if not tied or plain.of(entry).rank != first.rank:
            assert plain.of(entry).rank == settled.of(entry).rank
