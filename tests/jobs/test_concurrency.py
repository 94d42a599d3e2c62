"""Many workers at once, on both databases: each step done exactly once; a worker killed in the middle loses nothing."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from sangkien.jobs import worker as module
from sangkien.jobs.clock import ClockDuty, tick
from sangkien.jobs.models import Job, State
from sangkien.jobs.running import Run
from sangkien.jobs.worker import Worker
from sangkien.ledger.verifying import verify
from tests.factories.jobs import count, counted, expected, job
from tests.factories.ledger import note
from tests.together import shared_database, together

__all__ = ["shared_database"]

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).parents[2]
WORKERS, JOBS, ITEMS = 8, 12, 3


def test_eight_workers_do_each_step_of_each_job_once(shared_database: None) -> None:
    names = [f"đọc:{number}" for number in range(JOBS)]
    for name in names:
        job(name, items=ITEMS)
    assert together(WORKERS, _until_idle) == []
    assert set(Job.objects.values_list("state", "done_count")) == {(State.DONE.value, ITEMS)}
    assert sorted(counted()) == sorted(payload for name in names for payload in expected(name, ITEMS))
    assert verify() == []


def test_eight_starts_of_one_key_make_one_job(shared_database: None) -> None:
    assert together(WORKERS, lambda number: job(items=number + 1) and None) == []
    assert Job.objects.count() == 1


def test_eight_nodes_do_a_duty_once_for_a_moment(shared_database: None) -> None:
    at = timezone.now()
    duties = [ClockDuty("remind", lambda at, since: note(at=at, since=since))]
    assert together(WORKERS, lambda number: tick(duties, at=at) and None) == []
    assert counted() == ['{"since":null}']


def test_another_goes_on_after_a_worker_was_killed_in_the_middle(shared_database: None) -> None:
    made = job(items=6)
    with _process("--slowly") as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "in the middle\n"
        killed.kill()
    made.refresh_from_db()
    assert (made.state, made.done_count) == (State.RUNNING, 3)
    assert counted() == expected(items=6)[:3]
    with _process() as other:
        assert other.wait(timeout=60) == 0
    made.refresh_from_db()
    assert (made.state, made.done_count) == (State.DONE, 6)
    assert counted() == expected(items=6)
    assert verify() == []


def test_a_long_step_gives_signs_of_life(shared_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BEAT", 0.05)
    made = job(items=1)
    beats = set()

    def slow(run: Run) -> None:
        deadline = time.monotonic() + 10
        while len(beats) < 4 and time.monotonic() < deadline:
            beats.add(Job.objects.values_list("heartbeat_at", flat=True).get(pk=made.pk))
            time.sleep(0.02)
        count(run)

    before = set(threading.enumerate())
    assert together(1, lambda number: Worker({"count": slow}).run_one() and None) == []
    assert len(beats) == 4
    assert set(threading.enumerate()) <= before


def _until_idle(number: int) -> None:
    worker = Worker({"count": count})
    while worker.run_one():
        pass


def _process(*words: str) -> "subprocess.Popen[str]":
    """A worker on the database of this test."""
    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    database = json.dumps({name: connection.settings_dict[name] for name in names}, default=str)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.process", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "TEST_DATABASE": database},
        stdout=subprocess.PIPE,
        text=True,
    )
