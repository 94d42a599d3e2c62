"""How well a row answers a query, said in SQL: hundreds are looked at, only their places leave the database."""

from dataclasses import dataclass
from typing import Final

from sangkien.search.asking import Query
from sangkien.vietnamese import canonical

_PAIR, _SYLLABLE, _BESIDE = 1.5, 1.0, 0.9
_PHRASE, _SAME_MARKS, _LENGTH = 0.2, 0.15, 0.004
STEP: Final = 0.1  # less for what a later step of the ladder finds

_TITLE: Final = "f.title_folded"
_BESIDE_IT: Final = "f.beside_folded"
_SPACES: Final = "(length(f.title_folded) - length(replace(f.title_folded, ' ', '')))"


@dataclass(frozen=True, slots=True)
class Score:
    """An expression over a row ``f`` of ``candidates.COLUMNS``, from 0 to a little over 1, with its parameters.

    ``{place}`` in it is the function that finds one text in another, which each database calls differently. The share
    of the query that stands in the title (beside it: a little less; pairs count more than words), more for the phrase
    as a whole and for the same marks, less for a long title.
    """

    sql: str
    params: tuple[str, ...]

    @classmethod
    def of(cls, query: Query) -> "Score":
        """For the rows that this query finds."""
        pieces = _pieces(query)
        total = sum(weight for _piece, weight in pieces)
        held = " + ".join(_held(weight / total) for _piece, weight in pieces)
        sql = f"{held} - {_LENGTH} * {_SPACES} + CASE WHEN {{place}}({_TITLE}, %s) > 0 THEN {_PHRASE} ELSE 0.0 END"
        params = [text for piece, _weight in pieces for text in (piece, piece)]
        params.append(f" {' '.join(query.words)}{_end(query)}")
        marked = _marked(query)
        if marked:
            every = " AND ".join("{place}(f.title, %s) > 0" for _word in marked)
            sql += f" + CASE WHEN {every} THEN {_SAME_MARKS} ELSE 0.0 END"
        return cls(sql, (*params, *marked))

    def written(self, place: str) -> str:
        """In the words of a database."""
        return self.sql.format(place=place)


def _held(weight: float) -> str:
    in_title = f"WHEN {{place}}({_TITLE}, %s) > 0 THEN {weight!r}"
    return f"CASE {in_title} WHEN {{place}}({_BESIDE_IT}, %s) > 0 THEN {weight * _BESIDE!r} ELSE 0.0 END"


def _pieces(query: Query) -> list[tuple[str, float]]:
    """Words and pairs with their weights; the last of each is unfinished while somebody is typing."""
    words = [f" {word} " for word in query.words]
    pairs = [f" {each} " for each in query.pairs()]
    for each in (words, pairs):
        if each:
            each[-1] = each[-1][:-1] + _end(query)
    return [*((piece, _SYLLABLE) for piece in words), *((piece, _PAIR) for piece in pairs)]


def _end(query: Query) -> str:
    return "" if query.typing else " "


def _marked(query: Query) -> list[str]:
    written = canonical(query.text).lower()
    return [] if written.isascii() else [word for word in written.split() if not word.isascii()]
