"""The worker: takes jobs one after another and calls the step function of their kind until they end.

Which function stands for which kind is a mapping that the caller gives; a row holds only the kind's name.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from django.db import Error as DatabaseTrouble
from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.jobs.models import State
from sangkien.jobs.running import Impossible, Lost, Run, take
from sangkien.ledger.recording import ClockBehind

Step = Callable[[Run], None]

BEAT: Final = 10.0  # seconds between two signs of life
SILENT: Final = timedelta(seconds=60)  # after that a worker is taken for dead; machines' clocks may differ by less
MOST_ATTEMPTS: Final = 3  # takes of one step, a killed worker counted
_IDLE, _TROUBLE = 1.0, 5.0
_log = logging.getLogger(__name__)


class Worker:
    """One worker. Several may run, in threads, in processes, on machines."""

    def __init__(
        self,
        kinds: Mapping[str, Step],
        *,
        now: Callable[[], datetime] = timezone.now,
        silent: timedelta = SILENT,
        stop: threading.Event | None = None,
    ) -> None:
        self._kinds, self._now, self._silent = kinds, now, silent
        self._stop = stop or threading.Event()

    def run_until_stopped(self, between: Callable[[], None] = lambda: None) -> None:
        """Work until the event is set; ``between`` is called before each look for work. Survives a lost database."""
        while not self._stop.is_set():
            pause = 0.0
            try:
                close_old_connections()
                between()
                pause = 0.0 if self.run_one() else _IDLE
            except DatabaseTrouble:
                _log.exception("the database does not answer")
                pause = _TROUBLE
            self._stop.wait(pause)
        connection.close()

    def run_one(self) -> bool:
        """Take the oldest job that is due and run it to its end, or until told to stop. ``False``: nothing was due."""
        run = take(list(self._kinds), self._now, silent_since=self._now() - self._silent)
        if run is None:
            return False
        try:
            with _beating(run):
                self._steps(run)
        except Lost:
            _log.warning("taken over by another worker: %s", run.job)
        return True

    def _steps(self, run: Run) -> None:
        """Between two steps it may be cancelled or given back; never within one."""
        if run.job.attempts > MOST_ATTEMPTS:  # it was killed each time, most likely by its own work
            run.end(State.FAILED, _given_up(run))
            return
        while run.job.state == State.RUNNING:
            if run.cancel_asked():
                run.end(State.CANCELLED)
                return
            if self._stop.is_set():
                run.give_back(ready_at=run.job.ready_at, attempts=max(0, run.job.attempts - 1))
                return
            if not self._step(run):
                return

    def _step(self, run: Run) -> bool:
        """One step; ``False`` when this run of the job is over."""
        before = run.commits
        try:
            self._kinds[run.job.kind](run)
            if run.commits == before:
                raise RuntimeError(f"a step of {run.job.kind} committed nothing and would be called for ever")
        except Lost:
            raise
        except (Impossible, ClockBehind) as refusal:  # both speak to people
            run.end(State.FAILED, str(refusal))
            return False
        except Exception:  # noqa: BLE001 - whatever a kind's code raises must end in the row, else nobody is told
            _log.exception("a step failed: %s", run.job)
            self._after_failure(run)
            return False
        return True

    def _after_failure(self, run: Run) -> None:
        attempts = run.job.attempts
        if attempts >= MOST_ATTEMPTS:
            run.end(State.FAILED, _given_up(run))
            return
        run.give_back(ready_at=self._now() + timedelta(seconds=5 * 6 ** (attempts - 1)), attempts=attempts)


def _given_up(run: Run) -> str:
    return _(
        "Việc này dừng lại vì lỗi của chương trình, đã thử %(times)d lần. Phần đã làm còn nguyên. "
        "Bạn bấm “Làm tiếp” để thử lại; nếu vẫn dừng, báo người quản trị số %(number)d."
    ) % {"times": MOST_ATTEMPTS, "number": run.job.pk}


@contextmanager
def _beating(run: Run) -> Iterator[None]:
    """Signs of life while a step lasts, from a thread with a connection of its own."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(run, over), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(run: Run, over: threading.Event) -> None:
    while not over.wait(BEAT):
        try:
            run.beat()
        except Lost:
            break  # the step itself will find out when it commits
        except DatabaseTrouble:
            _log.warning("no sign of life could be written", exc_info=True)
        finally:
            connection.close()
