"""The index of PostgreSQL: a GIN over ``vector``, a column that the database makes of the tokens (see the migration).

A GIN gives all rows that match, in no order: a word of every second row would cost a sort of half the table. So each
row carries a token for its stretch of 2,000 ids, and the stretches are asked from the newest on.
"""

from typing import Final

from django.db import connection

from sangkien.search.asking import AllOf, AnyOf, Ask, Language, Token
from sangkien.search.candidates import COLUMNS, Candidate, Within, read
from sangkien.search.ranking import Score

_STRETCH: Final = 2_000  # as the migration has it
_STRETCHES: Final = (1, 4, 16, 64)  # how many at a time, the newest first; then all the rest

_TSQUERY: Final = Language(mark="'", begins=":*", both=" & ", either=" | ")
_NEWEST: Final = """
SELECT {columns} FROM search_find f WHERE f.vector @@ %s::tsquery {within} ORDER BY f.id DESC LIMIT %s
"""


_SCORED: Final = """
SELECT COALESCE(json_agg(json_build_array(f.id, f.object_id, f.revision_id, {score})), '[]')::text
FROM (SELECT * FROM ({parts}) newest LIMIT %s) f
"""


def newest(ask: Ask, score: Score, within: Within, limit: int) -> list[Candidate]:
    """The newest rows that hold what is asked, in no order. Two statements.

    The parts of a UNION ALL under a LIMIT are run one after another, and only until there are enough.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM search_find")
        last = cursor.fetchone()[0]
        if last is None:
            return []
        part = _NEWEST.format(columns=COLUMNS, within=within.sql)
        asks = [_TSQUERY.written(each) for each in _by_stretch(ask, last // _STRETCH)]
        params = [value for each in asks for value in (each, *within.params, limit)]
        parts = " UNION ALL ".join(f"({part})" for _each in asks)
        sql = _SCORED.format(score=score.written("strpos"), parts=parts)
        cursor.execute(sql, [*score.params, *params, limit])
        return read(cursor.fetchone()[0])


def _by_stretch(ask: Ask, newest_stretch: int) -> list[Ask]:
    asks: list[Ask] = []
    upper = newest_stretch
    for count in _STRETCHES:
        stretches = range(upper, max(upper - count, -1), -1)
        if not stretches:
            return asks
        asks.append(AllOf((ask, AnyOf(tuple(Token(f"@@{each}") for each in stretches)))))
        upper -= count
    if upper >= 0:
        asks.append(ask)
    return asks
