"""Acts and the head. ``acts()`` writes a chain as the product does; ``act()`` and ``head()`` are unsaved rows."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sangkien.ledger.models import Act, Head, SeenBy
from sangkien.ledger.recording import Actor, acting, record

OFFICER = Actor("user:1")
AT = datetime(2024, 7, 9, 1, 30, tzinfo=UTC)
THING = UUID("7d0e6f0a-1f5e-4f0e-9a53-0d1a8f2b3c4d")


def act(seq: int = 1, at: datetime = AT, payload: str = "{}") -> Act:
    """An unsaved act, not yet chained."""
    return Act(
        seq=seq, at=at, actor=OFFICER.id, verb="thing.made", subject_kind="thing", subject_uid=THING,
        seen_by=SeenBy.PUBLIC, payload=payload,
    )  # fmt: skip


def head() -> Head:
    """The head of an empty chain, unsaved."""
    return Head()


def acts(count: int, *, at: datetime = AT) -> None:
    """A chain of so many acts, a minute apart, all of one transaction."""
    with acting():
        for number in range(count):
            note(number=number, at=at + timedelta(minutes=number))


def note(*, at: datetime = AT, by: Actor = OFFICER, uid: UUID = THING, **payload: object) -> None:
    """Record one act in the running ``acting()``."""
    record(
        by=by, at=at, verb="thing.made", subject_kind="thing", subject_uid=uid, seen_by=SeenBy.PUBLIC, payload=payload
    )
