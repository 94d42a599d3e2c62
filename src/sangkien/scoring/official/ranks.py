"""Ranks by the rounded score: equal scores share one, and only a person puts them in order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from sangkien.scoring.model import TieBreak
from sangkien.scoring.official.model import Reckoning, Standing
from sangkien.scoring.official.ties import in_layers


def ranked(
    reckonings: Sequence[Reckoning], tie_breaks: Sequence[TieBreak]
) -> tuple[tuple[Reckoning, ...], tuple[TieBreak, ...]]:
    """The same entries in the same order, with ranks; and the tie breaks that do not fit the scores.

    A tie break holds only while all entries that it names have one and the same score and a rank.
    """
    counted = [each for each in reckonings if each.standing is Standing.COUNTED]
    scores = {each.entry: _score(each) for each in counted}
    used = [
        each
        for each in tie_breaks
        if scores.keys() >= set(each.order) and len({scores[code] for code in each.order}) == 1
    ]
    by_code: dict[str, list[TieBreak]] = {}
    for tie_break in used:
        for code in tie_break.order:
            by_code.setdefault(code, []).append(tie_break)
    ranks: dict[str, Reckoning] = {}
    for _points, same in groupby(sorted(counted, key=_score, reverse=True), key=_score):
        ranks |= {each.entry: each for each in _placed(list(same), len(ranks), by_code)}
    done = tuple(ranks.get(each.entry, each) for each in reckonings)
    return done, tuple(each for each in tie_breaks if each not in used)


def _score(reckoning: Reckoning) -> Decimal:
    assert reckoning.score is not None
    return reckoning.score


def _placed(tied: list[Reckoning], better: int, by_code: dict[str, list[TieBreak]]) -> Iterator[Reckoning]:
    """Entries of one score; those in one layer of the person's order, or in none, share a rank."""
    if len(tied) == 1:
        yield replace(tied[0], rank=better + 1)
        return
    layers = in_layers(each for reckoning in tied for each in by_code.get(reckoning.entry, ())) or {}
    layer_of = {each.entry: layers.get(each.entry, 0) for each in tied}
    sizes = Counter(layer_of.values())
    for each in tied:
        mine = layer_of[each.entry]
        before = sum(size for layer, size in sizes.items() if layer < mine)
        others = tuple(sorted(code for code, layer in layer_of.items() if layer == mine and code != each.entry))
        settled = tuple(by_code.get(each.entry, ()))
        yield replace(each, rank=better + before + 1, tied_with=others, tie_breaks=settled)
