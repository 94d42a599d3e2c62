"""What a worker of this instance does: the kinds of jobs, the duties of the clock, and the loop that does both."""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.accounts.actions.people import close_idle_accounts
from sangkien.backups import work as backups
from sangkien.desk.entries import files as exports
from sangkien.importing import fetching, queueing, reading
from sangkien.intake import clock as intake
from sangkien.jobs import actions
from sangkien.jobs.clock import ClockDuty, tick
from sangkien.jobs.models import Job
from sangkien.jobs.running import Run
from sangkien.jobs.worker import Step, Worker
from sangkien.ledger.recording import Actor
from sangkien.notices import addressing, sending

TICK: Final = Actor("command:tick")
_SEND: Final = "notices.send"
_LOGS_KEPT_DAYS: Final = 365
_SECONDS_BETWEEN_TICKS: Final = 60.0
_log = logging.getLogger(__name__)


def kinds() -> Mapping[str, Step]:
    """Which function does the steps of which kind."""
    return {
        _SEND: _send_notices,
        backups.KIND: backups.step,
        exports.KIND: exports.make,
        queueing.KIND: reading.step,
        fetching.KIND: fetching.step,
    }


def duties() -> list[ClockDuty]:
    """What the clock makes due. Jobs that a dead worker left need no duty: every worker looks for them."""
    sending_mail = [ClockDuty(_SEND, _start_sending)] if settings.SANGKIEN_SENDS_MAIL else []
    fetching_mail = [ClockDuty(fetching.DUTY, fetching.start_when_due)] if settings.SANGKIEN_INBOX else []
    return [
        *sending_mail,
        *fetching_mail,
        ClockDuty(backups.DUTY, backups.daily),
        ClockDuty("intake.remind", _once_a_day(intake.remind)),
        ClockDuty("desk.exports", _once_a_day(exports.sweep)),
        ClockDuty("accounts.close_idle", _once_a_day(_close_idle)),
        ClockDuty("sessions.clear", _once_a_day(_clear_sessions)),
        ClockDuty("axes.forget", _once_a_day(_forget_tries)),
    ]


def _once_a_day(do: Callable[[datetime], None]) -> Callable[[datetime, datetime | None], None]:
    """What is small, but need not be done every minute."""

    def when_due(at: datetime, since: datetime | None) -> None:
        if since is None or timezone.localdate(since) < timezone.localdate(at):
            do(at)

    return when_due


def _close_idle(at: datetime) -> None:
    close_idle_accounts(idle_days=settings.SANGKIEN_IDLE_DAYS, by=TICK, at=at)


def _clear_sessions(at: datetime) -> None:
    Session.objects.filter(expire_date__lt=at).delete()


def _forget_tries(at: datetime) -> None:
    """What is written of each sign-in is kept for a year (domain, protection of personal data)."""
    AxesProxyHandler.reset_logs(age_days=_LOGS_KEPT_DAYS)


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
