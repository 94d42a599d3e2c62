"""What an index hands to the ranking, and the filter that stands inside its statement."""

import json
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Self

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

# With a space on both sides, so that whole words are looked for; done once a row, not once for each word.
COLUMNS: Final = """f.id, f.object_id, f.revision_id, f.title,
' ' || f.title_folded || ' ' AS title_folded, ' ' || f.beside_folded || ' ' AS beside_folded"""


class Candidate(NamedTuple):
    """A row that holds what was asked, and how well; ``row`` grows with the time of its making."""

    row: int
    object_id: int
    revision_id: int | None
    score: float


def read(text: str) -> list[Candidate]:
    """Out of the one text in which a database gives them all: hundreds of fetched rows cost more than the search."""
    return list(map(Candidate._make, json.loads(text)))


@dataclass(frozen=True, slots=True)
class Within:
    """A condition to add to the WHERE of a statement on ``search_find f``."""

    sql: str = ""
    params: tuple[Any, ...] = field(default=())

    @classmethod
    def of(cls, things: "QuerySet[Any] | None") -> Self:
        """Only these things, each looked up by its key: the set itself is never gathered."""
        if things is None:
            return cls()
        here = RawSQL("f.object_id", [])
        one = things.order_by().filter(pk=here).values("pk")
        sql, params = one.query.sql_with_params()
        return cls(f"AND EXISTS ({sql})", tuple(params))
