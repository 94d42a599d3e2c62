"""Ranks by the rounded score: equal scores share one, and only a person puts them in order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from sangkien.scoring.model import TieBreak
from sangkien.scoring.official.model import Reckoning, Standing


def ranked(
    reckonings: Sequence[Reckoning], tie_breaks: Sequence[TieBreak]
) -> tuple[tuple[Reckoning, ...], tuple[TieBreak, ...]]:
    """The same entries in the same order, with ranks; and the tie breaks that do not fit the scores.

    A tie break holds only while all entries that it names have one and the same score and a rank.
    """
    ranks: dict[str, Reckoning] = {}
    used: list[TieBreak] = []
    counted = [each for each in reckonings if each.standing is Standing.COUNTED]
    first = 1
    for _points, same in groupby(sorted(counted, key=_score, reverse=True), key=_score):
        tied = {each.entry: each for each in same}
        tie_break = next((each for each in tie_breaks if set(each.order) <= tied.keys()), None)
        used += [] if tie_break is None else [tie_break]
        for each in _placed(tied, first, tie_break):
            ranks[each.entry] = each
        first += len(tied)
    done = tuple(ranks.get(each.entry, each) for each in reckonings)
    return done, tuple(each for each in tie_breaks if each not in used)


def _score(reckoning: Reckoning) -> Decimal:
    assert reckoning.score is not None
    return reckoning.score


def _placed(tied: dict[str, Reckoning], first: int, tie_break: TieBreak | None) -> Iterable[Reckoning]:
    named = tie_break.order if tie_break else ()
    for place, entry in enumerate(named):
        yield replace(tied[entry], rank=first + place, tie_break=tie_break)
    rest = [entry for entry in tied if entry not in named]
    for entry in rest:
        others = tuple(other for other in rest if other != entry)
        yield replace(tied[entry], rank=first + len(named), tied_with=others, tie_break=tie_break)
