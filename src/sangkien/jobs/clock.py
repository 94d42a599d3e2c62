"""``tick()``: the duties of the clock. They only remind and propose; open and late are computed from dates."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from sangkien.jobs.models import Duty
from sangkien.ledger.recording import acting


class ClockDuty(NamedTuple):
    """``do(at, since)`` writes what became due between the two moments; ``since`` is ``None`` the first time.

    It runs in one transaction, so it sends, reads and renders nothing; that is for jobs, which it may start. After a
    laptop was closed for weeks ``since`` lies weeks back. Called twice for one moment it changes nothing more.
    """

    name: str
    do: Callable[[datetime, datetime | None], None]


def tick(duties: Sequence[ClockDuty], *, at: datetime) -> list[str]:
    """Do each duty under its row's lock; answers the names of those done, without those that another node is doing.

    A duty that raises is undone alone; the others are done, then its error is raised (all of several in a group).
    """
    done: list[str] = []
    errors: list[Exception] = []
    for duty in duties:
        try:
            if _do(duty, at):
                done.append(duty.name)
        except Exception as error:  # noqa: BLE001 - one duty's fault must not keep the others from being done
            errors.append(error)
    if errors:
        raise ExceptionGroup("duties of the clock failed", errors)
    return done


def _do(duty: ClockDuty, at: datetime) -> bool:
    if not Duty.objects.filter(name=duty.name).exists():
        Duty.objects.bulk_create([Duty(name=duty.name)], ignore_conflicts=True)
    with acting():
        row = Duty.objects.select_for_update(skip_locked=True).filter(name=duty.name).first()
        if row is None or (row.done_at is not None and row.done_at >= at):
            return False
        duty.do(at, row.done_at)
        Duty.objects.filter(pk=row.pk).update(done_at=at)
    return True
