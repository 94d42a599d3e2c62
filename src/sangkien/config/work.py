"""What a worker of this instance does: the kinds of jobs, the duties of the clock, and the loop that does both."""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.jobs import actions
from sangkien.jobs.clock import ClockDuty, tick
from sangkien.jobs.models import Job
from sangkien.jobs.running import Run
from sangkien.jobs.worker import Step, Worker
from sangkien.ledger.recording import Actor
from sangkien.notices import addressing, sending

TICK: Final = Actor("command:tick")
_SEND: Final = "notices.send"
_SECONDS_BETWEEN_TICKS: Final = 60.0
_log = logging.getLogger(__name__)


def kinds() -> Mapping[str, Step]:
    """Which function does the steps of which kind."""
    return {_SEND: _send_notices}


def duties() -> list[ClockDuty]:
    """What the clock makes due. Jobs that a dead worker left need no duty: every worker looks for them."""
    return [ClockDuty(_SEND, _start_sending)] if settings.SANGKIEN_SENDS_MAIL else []


def _start_sending(at: datetime, since: datetime | None) -> None:
    """One job while there is something to send; none beside one that still runs."""
    if Job.objects.open().filter(kind=_SEND).exists() or not sending.is_due(at):
        return
    minute = at.astimezone(timezone.get_default_timezone()).strftime("%Y-%m-%dT%H:%M%z")
    actions.start(
        _SEND, key=f"{_SEND}:{minute}", arguments={}, by=TICK, at=at, title=_("Gửi thông báo bằng thư"),
        doing=_("Đã gửi tới hộp thư"),
    )  # fmt: skip


def _send_notices(run: Run) -> None:
    """A step: find mailboxes for new messages, or else send to the next few."""
    at = run.now()
    addressed = addressing.address(at)
    tried = 0 if addressed else sending.deliver(at, site=settings.SANGKIEN_SITE)
    with run.commit() as commit:
        commit.done += tried
        if not addressed and not tried:
            commit.finish()


def ticking() -> Callable[[], None]:
    """For between two looks for work: the clock's duties, once a minute."""
    last = float("-inf")

    def now_and_then() -> None:
        nonlocal last
        if time.monotonic() - last >= _SECONDS_BETWEEN_TICKS:
            last = time.monotonic()
            try:
                tick(duties(), at=timezone.now())
            except ExceptionGroup:
                _log.exception("the clock's duties")  # each will be tried again in a minute

    return now_and_then


def work(worker: Worker) -> None:
    """Jobs and clock, until the worker is told to stop."""
    worker.run_until_stopped(between=ticking())
