"""One run of a job: what a step function is given, and the only writer of a running job's row.

Every write is a compare-and-set on the claim. So a run that was taken for dead (a laptop asleep, a stalled disk) and
wakes up after another went on commits nothing: each step's work and its progress stand in one transaction.
"""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from sangkien.jobs.models import MOST_MESSAGES, Job, State
from sangkien.ledger.canonical import canonical
from sangkien.ledger.recording import Actor, acting


class Lost(Exception):
    """Another worker has taken the job over; what this run was about to commit is undone."""


class Impossible(Exception):
    """A step cannot be done, now or later. The text is for people: what happened, then what to do."""


class Commit:
    """What one step leaves in the row. ``cursor`` and ``total`` are as before unless set; ``done`` counts items."""

    def __init__(self, cursor: Any, done: int, total: int | None) -> None:
        self.cursor, self.done, self.total = cursor, done, total
        self.finished = False
        self.said: list[dict[str, str]] = []

    def say(self, item: str, sentence: str) -> None:
        """What a person should know of one item."""
        self.said.append({"item": item, "sentence": sentence})

    def finish(self) -> None:
        """This was the last step."""
        self.finished = True


class Run:
    """A taken job. A step reads ``arguments`` and ``cursor``, works, and commits once through ``commit()``."""

    def __init__(self, job: Job, claim: uuid.UUID, now: Callable[[], datetime]) -> None:
        self.job, self.claim, self.now = job, claim, now
        self.arguments = job.facts()
        self.commits = 0
        self._cursor = job.cursor

    @property
    def cursor(self) -> Any:
        """Where the last committed step left off; ``None`` before the first. Decimals and dates come back as text."""
        return json.loads(self._cursor)

    @property
    def by(self) -> Actor:
        """In whose name the steps act."""
        return Actor(self.job.by, self.job.by_unit)

    @contextmanager
    def commit(self) -> Iterator[Commit]:
        """The step's rows, its acts and its progress in one transaction. Nothing slow in here: read and render before.

        Raises ``Lost`` at its end, and then nothing of it is kept.
        """
        job = self.job
        commit = Commit(self.cursor, job.done_count, job.total_count)
        with acting():
            yield commit
            said, unsaid = self._with(commit.said)
            cursor = canonical(commit.cursor)
            now = self.now()
            facts: dict[str, Any] = {
                "cursor": cursor, "done_count": commit.done, "total_count": commit.total, "messages": said,
                "unsaid_count": unsaid, "heartbeat_at": now, "attempts": 0,
            }  # fmt: skip
            if commit.finished:
                facts |= {"state": State.DONE, "ended_at": now, "claim": None}
            self._write(facts)
        self._remember(facts)  # only now: a step that fails to commit must not be remembered as done
        self._cursor = cursor
        self.commits += 1

    def cancel_asked(self) -> bool:
        """Whether somebody wants it to stop. Raises ``Lost``."""
        claim, asked_at = Job.objects.values_list("claim", "cancel_asked_at").get(pk=self.job.pk)
        if claim != self.claim:
            raise Lost(str(self.job))
        return asked_at is not None

    def end(self, state: State, sentence: str = "") -> None:
        """Cancelled, or failed with a sentence for people. Raises ``Lost``."""
        said, unsaid = self._with([{"item": "", "sentence": sentence}] if sentence else [], always=True)
        facts = {"state": state, "ended_at": self.now(), "claim": None, "messages": said, "unsaid_count": unsaid}
        self._write(facts)
        self._remember(facts)

    def give_back(self, *, ready_at: datetime, attempts: int) -> None:
        """To whoever takes it next, from that moment on. Raises ``Lost``."""
        facts = {"state": State.WAITING, "claim": None, "ready_at": ready_at, "attempts": attempts}
        self._write(facts)
        self._remember(facts)

    def beat(self) -> None:
        """Say that the worker lives. Raises ``Lost``."""
        if not Job.objects.filter(pk=self.job.pk, claim=self.claim).update(heartbeat_at=self.now()):
            raise Lost(str(self.job))

    def _with(self, more: list[dict[str, str]], *, always: bool = False) -> tuple[str, int]:
        """The messages with these; past the limit they are only counted, save the last word of a job."""
        said = self.job.said
        room = len(more) if always else max(0, MOST_MESSAGES - len(said))
        return canonical([*said, *more[:room]]), self.job.unsaid_count + len(more[room:])

    def _write(self, facts: dict[str, Any]) -> None:
        hit = Job.objects.filter(pk=self.job.pk, state=State.RUNNING, claim=self.claim).update(**facts)
        if hit != 1:
            raise Lost(str(self.job))

    def _remember(self, facts: dict[str, Any]) -> None:
        for name, value in facts.items():
            setattr(self.job, name, value)


def take(kinds: list[str], now: Callable[[], datetime], *, silent_since: datetime) -> Run | None:
    """The oldest job that is due, now ours; ``None`` when there is none.

    On PostgreSQL workers pass by each other's locked rows; on SQLite the transaction is IMMEDIATE. It is asked for
    only when a plain read has seen work, so that an idle worker never holds the one write lock.
    """
    due = Job.objects.due(now(), silent_since=silent_since).filter(kind__in=kinds)
    if not due.exists():
        return None
    claim = uuid.uuid4()
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.state, job.claim, job.heartbeat_at, job.attempts = State.RUNNING, claim, now(), job.attempts + 1
        job.save(update_fields=["state", "claim", "heartbeat_at", "attempts"])
    return Run(job, claim, now)
