"""``find``: the one door of the room, narrow enough for another engine to stand behind it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from sangkien.search import postgresql, sqlite
from sangkien.search.asking import AllOf, AnyOf, Ask, Query, Token
from sangkien.search.candidates import Candidate, Within
from sangkien.search.ranking import STEP, Score
from sangkien.search.tokens import kind_token, scope_token

MOST: Final = 500  # the newest that are looked at in a step: as good as 2,000, and a third of the time


class Hit(NamedTuple):
    """A thing that was found, and the version of it that the words stand in."""

    object_id: int
    revision_id: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """``hits``: the best first. ``more``: there are older ones that were not looked at. ``near``: nothing holds all
    words; these come near (a slip of the fingers, one word wrong)."""

    hits: tuple[Hit, ...] = ()
    more: bool = False
    near: bool = False

    @property
    def ids(self) -> list[int]:
        """The keys of the things, the best first."""
        return [hit.object_id for hit in self.hits]


def find(
    kind: str,
    text: str,
    *,
    scopes: Collection[str] | None,
    within: "QuerySet[Any] | None" = None,
    typing: bool = False,
    most: int = MOST,
) -> Answer:
    """Things of a kind whose title or what stands beside it holds the words of the text, with or without marks.

    ``scopes``: only rows that one of these may see; none: nothing; ``None``: all, for who sees the whole instance.
    ``within``: further filters as a plain set of the things (stage, field, campaign), put inside the statement, so
    that a rare filter is not lost behind the newest ``most``. ``typing``: the last word may be unfinished. Whoever
    shows rows still starts from ``visible_to``: this is the first of two locks. 1 to 4 statements on SQLite, twice
    that on PostgreSQL.
    """
    query = Query.read(text, typing=typing)
    if not query.words or (scopes is not None and not scopes):
        return Answer()
    seen = _seen(kind, scopes)
    inside, score = Within.of(things=within), Score.of(query)

    def newest(ask: Ask) -> list[Candidate]:
        look = sqlite.newest if connection.vendor == "sqlite" else postgresql.newest
        return look(AllOf((seen, ask)), score, inside, most)

    exact, more = _gathered(query.exact(), newest, most)
    if exact:
        return _answer(exact, more=more, near=False, most=most)
    for ask in query.nearly():
        nearly = newest(ask)
        if nearly:
            return _answer(nearly, more=len(nearly) == most, near=True, most=most)
    return Answer()


def _seen(kind: str, scopes: Collection[str] | None) -> Ask:
    if scopes is None:
        return Token(kind_token(kind))
    return AnyOf(tuple(Token(scope_token(kind, scope)) for scope in sorted(set(scopes))))


def _gathered(asks: Iterable[Ask], newest: Callable[[Ask], list[Candidate]], most: int) -> tuple[list[Candidate], bool]:
    """What the steps find, each row as the first of them found it; and whether the last step may have held more."""
    found: dict[int, Candidate] = {}
    step_found: list[Candidate] = []
    for step, ask in enumerate(asks):
        step_found = newest(ask)
        for each in step_found:
            if each.row not in found:
                found[each.row] = each._replace(score=each.score - STEP * step) if step else each
        if len(step_found) == most:
            break
    return list(found.values()), len(step_found) == most


def _answer(found: list[Candidate], *, more: bool, near: bool, most: int) -> Answer:
    """The best first; of equals the newest."""
    best = sorted(found, key=lambda each: (each.score, each.row), reverse=True)
    return Answer(tuple(Hit(each.object_id, each.revision_id) for each in best[:most]), more=more, near=near)
