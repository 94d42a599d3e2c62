"""The index of SQLite: an FTS5 table over the tokens of ``Find``, kept in step by triggers (see the migration)."""

from typing import Final

from django.db import connection

from sangkien.search.asking import Ask, Language
from sangkien.search.candidates import COLUMNS, Candidate, Within, read
from sangkien.search.ranking import Score

_FTS5: Final = Language(mark='"', begins="*", both=" AND ", either=" OR ")
# CROSS JOIN keeps the order: the index first, read from its newest end, until there are enough.
_NEWEST: Final = """
SELECT json_group_array(json_array(f.id, f.object_id, f.revision_id, {score})) FROM (
SELECT {columns} FROM search_head CROSS JOIN search_find f ON f.id = search_head.rowid
WHERE search_head MATCH %s {within} ORDER BY search_head.rowid DESC LIMIT %s) f
"""


def newest(ask: Ask, score: Score, within: Within, limit: int) -> list[Candidate]:
    """The newest rows that hold what is asked, in no order. One statement."""
    sql = _NEWEST.format(columns=COLUMNS, score=score.written("instr"), within=within.sql)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*score.params, _FTS5.written(ask), *within.params, limit])
        return read(cursor.fetchone()[0])
