"""Which candidate answers a query best; a few microseconds each, because hundreds are looked at."""

from collections.abc import Iterable

from sangkien.search.asking import Query
from sangkien.search.candidates import Candidate
from sangkien.vietnamese import canonical

_PAIR, _SYLLABLE, _BESIDE = 1.5, 1.0, 0.9
_PHRASE, _SAME_MARKS, _LENGTH, _STEP = 0.2, 0.15, 0.004, 0.1


def ranked(query: Query, found: Iterable[tuple[Candidate, int]]) -> list[Candidate]:
    """The best first; of equals the newest. Each comes with the step of the ladder on which it was found.

    The share of the query that stands in the title (beside it: a little less; pairs count more than words), more for
    the phrase as a whole and for the same marks, less for a long title and for a later step.
    """
    ask = _Wanted(query)
    scored = [(ask.score(each) - _STEP * step, each.row, each) for each, step in found]
    scored.sort(reverse=True, key=lambda one: one[:2])
    return [each for _score, _row, each in scored]


class _Wanted:
    """The query, ready to be held against many rows."""

    def __init__(self, query: Query) -> None:
        last = "" if query.typing else " "
        words = [f" {word} " for word in query.words]
        pairs = [f" {each} " for each in query.pairs()]
        for each in (words, pairs):
            if each:
                each[-1] = each[-1][:-1] + last
        self._pieces = [*((piece, _SYLLABLE) for piece in words), *((piece, _PAIR) for piece in pairs)]
        self._total = sum(weight for _piece, weight in self._pieces)
        self._phrase = f" {' '.join(query.words)}{last}"
        written = canonical(query.text).lower()
        self._marked = [] if written.isascii() else [word for word in written.split() if not word.isascii()]

    def score(self, row: Candidate) -> float:
        """From 0 to a little over 1."""
        title, beside = f" {row.title_folded} ", f" {row.beside_folded} "
        held = 0.0
        for piece, weight in self._pieces:
            if piece in title:
                held += weight
            elif piece in beside:
                held += weight * _BESIDE
        score = held / self._total - _LENGTH * title.count(" ")
        if self._phrase in title:
            score += _PHRASE
        if self._marked and all(word in row.title for word in self._marked):
            score += _SAME_MARKS
        return score
