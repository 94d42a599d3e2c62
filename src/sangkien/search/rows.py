"""Writing what can be found: by the action that writes the thing, in its transaction."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from sangkien.search.models import Find
from sangkien.search.tokens import kind_token, scope_token, syllables, tokens
from sangkien.vietnamese import canonical

_STEP: Final = 500
_WRITTEN: Final = ["revision_id", "scope", "title", "title_folded", "beside_folded", "tokens"]


@dataclass(frozen=True, slots=True)
class Findable:
    """What can be found of one thing.

    ``scopes``: who may see it, such as "u12" (the people of unit 12); the room that writes decides what they mean and
    asks with the same words. ``beside``: what else people look it up by: the unit's name, its code.
    """

    kind: str
    object_id: int
    scopes: Collection[str]
    title: str
    beside: Sequence[str] = ()
    revision_id: int | None = None


def put(thing: Findable) -> None:
    """The row of this thing, made or made anew. One statement; in the transaction of its cause (``RuntimeError``)."""
    put_all([thing])


def put_all(things: Sequence[Findable]) -> None:
    """``put`` for many, in one statement for some hundreds. No thing twice: PostgreSQL refuses that."""
    _in_transaction("put")
    Find.objects.bulk_create(
        [_row(thing) for thing in things],
        batch_size=_STEP,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=_WRITTEN,
    )


def drop(kind: str, object_ids: Collection[int]) -> None:
    """These things can no longer be found. One statement; in the transaction of its cause (``RuntimeError``)."""
    _in_transaction("drop")
    Find.objects.filter(kind=kind, object_id__in=object_ids).delete()


def _in_transaction(what: str) -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"search: {what} outside the transaction of its cause")


def _row(thing: Findable) -> Find:
    scopes = sorted(set(thing.scopes))
    found = tokens((thing.title, *thing.beside)) | {kind_token(thing.kind)}
    found.update(scope_token(thing.kind, scope) for scope in scopes)
    return Find(
        kind=thing.kind,
        object_id=thing.object_id,
        revision_id=thing.revision_id,
        scope=" ".join(scopes),
        title=canonical(thing.title).lower(),
        title_folded=" ".join(syllables(thing.title)),
        beside_folded=" ".join(syllables(" ".join(thing.beside))),
        tokens=" ".join(sorted(found)),
    )


def rebuild(
    kind: str,
    after: Callable[[int, int], Sequence[Findable]],
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Write all rows of a kind anew; answers how many. People may go on working meanwhile.

    ``after(object_id, most)`` answers the next things by id; it is called inside a transaction and must lock what it
    reads, so that nothing changes between reading and writing. ``progress`` is told how many are done.
    """
    done, last = 0, 0
    while True:
        with transaction.atomic():
            things = after(last, _STEP)
            upto = things[-1].object_id if len(things) == _STEP else None
            _drop_others(kind, last, upto, [thing.object_id for thing in things])
            put_all(things)
        done += len(things)
        progress(done)
        if upto is None:
            return done
        last = upto


def _drop_others(kind: str, after: int, upto: int | None, kept: list[int]) -> None:
    """Rows in this stretch of ids whose things are gone."""
    rows = Find.objects.filter(kind=kind, object_id__gt=after).exclude(object_id__in=kept)
    (rows if upto is None else rows.filter(object_id__lte=upto)).delete()
