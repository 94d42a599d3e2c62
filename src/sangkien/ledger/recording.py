"""Acts are gathered while an action runs and appended together, as the last statements of its transaction.

So the head, which all writers share, is locked only for an insert and an update, however long the action took, and it
is always the last lock of all (data model, "How to write").
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.ledger.canonical import canonical
from sangkien.ledger.models import CLOCK_PUT_RIGHT, Act, Head, SeenBy

# Two people act at once and one waits for the other: the second act's moment lies a little before the first one's.
# More than this is no waiting but a wrong clock (a laptop's battery, a restored machine).
LONGEST_WAIT = timedelta(minutes=5)
LEDGER = UUID(int=0)  # the subject of acts about the ledger itself


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as an id that stays ("user:17", "command:import-units"), and the uid of the unit in whose name."""

    id: str
    unit: UUID | None = None


class ClockBehind(Exception):
    """The clock of this machine lies behind the last act. The text says both moments and what to do."""


_gathered: ContextVar[list[Act] | None] = ContextVar("gathered acts", default=None)


@contextmanager
def acting() -> Iterator[None]:
    """The transaction of an action: all its rows and its acts, or nothing.

    Inside another ``acting()`` it is a savepoint: undone alone, its acts are forgotten alone; kept, its acts follow
    those of the outer one. The outermost must not stand in a plain ``atomic()`` (``RuntimeError``), because its acts
    would then not be the last statements. Raises ``ClockBehind``; nothing is kept then.
    """
    outer = _gathered.get()
    mine: list[Act] = []
    token = _gathered.set(mine)
    try:
        with transaction.atomic(durable=outer is None):
            yield
            if outer is None:
                _append(mine)
    finally:
        _gathered.reset(token)
    if outer is not None:
        outer += mine


def record(
    *,
    by: Actor,
    at: datetime,
    verb: str,
    subject_kind: str,
    subject_uid: UUID,
    seen_by: SeenBy,
    payload: Mapping[str, object],
) -> None:
    """Note an act of the running action. ``payload`` takes what ``canonical()`` takes: facts, ids, hashes of rows.

    Raises ``RuntimeError`` outside ``acting()``: an act without its rows in one transaction proves nothing.
    """
    gathered = _gathered.get()
    if gathered is None:
        raise RuntimeError(f"record({verb!r}) outside acting()")
    act = Act(
        at=at,
        actor=by.id,
        acting_unit=by.unit,
        verb=verb,
        subject_kind=subject_kind,
        subject_uid=subject_uid,
        seen_by=seen_by.value,
        payload=canonical(payload),
    )
    act.clean_fields(exclude=["seq", "previous", "hash"])
    gathered.append(act)


def put_clock_right(*, by: Actor, at: datetime, reason: str) -> None:
    """The clock once ran ahead and acts were dated in the future: from here on time counts from ``at`` again.

    Without this a laptop that was a year ahead for an hour could write nothing for a year. The step back stands in the
    chain for all to see. Must not stand inside another ``acting()``: it speaks of the whole ledger.
    """
    with acting():
        record(
            by=by, at=at, verb=CLOCK_PUT_RIGHT, subject_kind="ledger", subject_uid=LEDGER, seen_by=SeenBy.LEAD,
            payload={"reason": reason},
        )  # fmt: skip


def _append(acts: list[Act]) -> None:
    if not acts:
        return
    head = _locked_head()
    if head.at is not None and acts[0].verb != CLOCK_PUT_RIGHT:
        _refuse_clock_behind(min(act.at for act in acts), head.at)
    head.follow(acts)
    Act.objects.append(acts)
    Head.objects.filter(pk=head.pk).update(seq=head.seq, hash=head.hash, at=head.at)


def _locked_head() -> Head:
    """The head, FOR UPDATE on PostgreSQL; on SQLite the transaction began IMMEDIATE and holds every lock already."""
    locked = Head.objects.select_for_update().filter(pk=Head.THE_ONE)
    head = locked.first()
    if head is None:
        Head.objects.bulk_create([Head()], ignore_conflicts=True)  # waits for another first writer
        head = locked.get()
    return head


def _refuse_clock_behind(at: datetime, last: datetime) -> None:
    if at >= last - LONGEST_WAIT:
        return
    raise ClockBehind(
        _(
            "Việc này ghi lúc %(at)s, sớm hơn việc cuối cùng trong sổ cái (%(last)s), nên chưa được ghi. "
            "Bạn chỉnh lại ngày giờ của máy chạy chương trình rồi làm lại. "
            "Nếu giờ của máy đang đúng, người quản trị ghi một lần chỉnh giờ vào sổ."
        )
        % {"at": _shown(at), "last": _shown(last)}
    )


def _shown(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M:%S ngày %d/%m/%Y")
