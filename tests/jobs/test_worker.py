"""One worker: steps in order, cancel, failure, retry, a limit of tries, a worker taken for dead."""

import logging
import threading
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from sangkien.jobs import actions
from sangkien.jobs import worker as module
from sangkien.jobs.models import MOST_MESSAGES, Job, State
from sangkien.jobs.running import Impossible, Lost, Run, take
from sangkien.jobs.worker import MOST_ATTEMPTS, SILENT, Step, Worker
from sangkien.ledger.recording import acting, put_clock_right
from sangkien.ledger.verifying import verify
from tests.factories.jobs import OFFICER, count, counted, expected, job
from tests.factories.ledger import AT, note

pytestmark = pytest.mark.django_db


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> "type[AT]":  # type: ignore[valid-type]  # a moment
        return self.at

    def on(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Failures here are meant; their details go to the log, not to the output of the tests."""
    log = logging.getLogger("sangkien.jobs.worker")
    log.disabled = True
    yield
    log.disabled = False


def worker(clock: Clock, step: Step = count, **facts: object) -> Worker:
    return Worker({"count": step}, now=clock, **facts)  # type: ignore[arg-type]  # the facts are Worker's own


def test_a_job_is_done_step_by_step_with_its_acts(clock: Clock) -> None:
    made = job(items=3)
    assert worker(clock).run_one()
    made.refresh_from_db()
    assert (made.state, made.done_count, made.ended_at, made.attempts) == (State.DONE, 3, AT, 0)
    assert counted() == expected(items=3)
    assert verify() == []
    assert not worker(clock).run_one()


def test_the_oldest_comes_first_and_unknown_kinds_are_left_alone(clock: Clock) -> None:
    job("mới", items=1, at=AT)
    job("cũ", items=1, at=AT - timedelta(hours=1))
    strange = job("lạ", kind="strange", at=AT - timedelta(hours=2))
    mine = worker(clock)
    assert [mine.run_one() for _ in range(3)] == [True, True, False]
    assert counted() == expected("cũ", 1) + expected("mới", 1)
    strange.refresh_from_db()
    assert strange.state == State.WAITING


def test_what_went_wrong_with_which_item_is_kept_up_to_a_limit(clock: Clock) -> None:
    def step(run: Run) -> None:
        with run.commit() as commit:
            for number in range(MOST_MESSAGES + 7):
                commit.say(f"tệp {number}.docx", "Tệp này có mật khẩu.")
            commit.finish()

    made = job()
    worker(clock, step).run_one()
    made.refresh_from_db()
    assert (len(made.said), made.unsaid_count) == (MOST_MESSAGES, 7)
    assert made.said[1] == {"item": "tệp 1.docx", "sentence": "Tệp này có mật khẩu."}


def test_cancel_takes_effect_after_the_step_and_keeps_its_work(clock: Clock) -> None:
    made = job(items=5)

    def step(run: Run) -> None:
        count(run)
        if run.cursor == 2:
            actions.cancel(Job.objects.get(pk=made.pk), at=clock.at)

    worker(clock, step).run_one()
    made.refresh_from_db()
    assert (made.state, made.done_count, made.ended_at) == (State.CANCELLED, 2, AT)
    actions.resume(made, at=AT)
    worker(clock).run_one()
    made.refresh_from_db()
    assert made.state == State.DONE
    assert counted() == expected(items=5)


def test_a_step_that_cannot_be_done_ends_with_its_own_sentence(clock: Clock) -> None:
    def step(run: Run) -> None:
        raise Impossible("Tệp đã bị xóa. Bạn tải lại tệp rồi làm lại.")

    made = job()
    worker(clock, step).run_one()
    made.refresh_from_db()
    assert (made.state, made.attempts) == (State.FAILED, 1)
    assert made.said == [{"item": "", "sentence": "Tệp đã bị xóa. Bạn tải lại tệp rồi làm lại."}]


def test_a_clock_behind_the_ledger_is_told_and_the_job_goes_on_when_it_is_right(clock: Clock) -> None:
    made = job(items=1)
    with acting():
        note(at=timezone.now() + timedelta(days=1))
    worker(clock).run_one()
    made.refresh_from_db()
    assert made.state == State.FAILED
    assert "Bạn chỉnh lại ngày giờ của máy" in made.said[0]["sentence"]
    put_clock_right(by=OFFICER, at=timezone.now(), reason="Máy chạy trước một ngày")
    actions.resume(made, at=clock.at)
    worker(clock).run_one()
    assert counted()[-1:] == expected(items=1)


def test_a_fault_is_tried_again_later_and_then_given_up(clock: Clock) -> None:
    tries = []

    def step(run: Run) -> None:
        tries.append(clock.at - AT)
        with run.commit() as commit:
            commit.cursor = "half done"
            raise ZeroDivisionError

    made = job()
    mine = worker(clock, step)
    for _ in range(MOST_ATTEMPTS):
        assert mine.run_one()
        assert not mine.run_one()
        clock.on(minutes=5)
    made.refresh_from_db()
    assert (len(tries), made.state, made.cursor) == (MOST_ATTEMPTS, State.FAILED, "null")
    assert made.said[0]["sentence"].endswith(f"báo người quản trị số {made.pk}.")
    assert counted() == []


def test_a_fault_that_passes_leaves_no_trace(clock: Clock) -> None:
    faults = iter([True, False, True, True, False, False])

    def step(run: Run) -> None:
        if next(faults):
            raise ZeroDivisionError
        count(run)

    made = job(items=3)
    mine = worker(clock, step)
    while mine.run_one():
        clock.on(minutes=5)
    made.refresh_from_db()
    assert (made.state, made.said) == (State.DONE, [])
    assert counted() == expected(items=3)


def test_a_step_that_commits_nothing_is_not_called_for_ever(clock: Clock) -> None:
    made = job()
    mine = worker(clock, lambda run: None)
    while mine.run_one():
        clock.on(minutes=5)
    made.refresh_from_db()
    assert made.state == State.FAILED


def test_a_job_whose_worker_is_silent_goes_on_where_it_stopped(clock: Clock) -> None:
    made = job(items=4)
    dead = taken(clock)
    count(dead)
    clock.on(seconds=SILENT.total_seconds() - 1)
    assert not worker(clock).run_one()
    clock.on(seconds=2)
    assert worker(clock).run_one()
    made.refresh_from_db()
    assert (made.state, made.done_count) == (State.DONE, 4)
    assert counted() == expected(items=4)


def test_a_worker_that_wakes_up_after_another_went_on_commits_nothing(clock: Clock) -> None:
    job(items=3)
    asleep = taken(clock)
    clock.on(seconds=SILENT.total_seconds() + 1)
    awake = taken(clock)
    count(awake)
    for late in (lambda: count(asleep), asleep.beat, asleep.cancel_asked, lambda: asleep.end(State.FAILED)):
        with pytest.raises(Lost):
            late()
    count(awake)
    assert counted() == expected(items=3)[:2]


def test_a_job_that_kills_its_worker_each_time_is_given_up(clock: Clock) -> None:
    made = job()
    for _ in range(MOST_ATTEMPTS):
        taken(clock)
        clock.on(seconds=SILENT.total_seconds() + 1)
    worker(clock).run_one()
    made.refresh_from_db()
    assert (made.state, counted()) == (State.FAILED, [])


def test_a_worker_told_to_stop_gives_its_job_back_after_the_step(clock: Clock) -> None:
    stop = threading.Event()

    def step(run: Run) -> None:
        count(run)
        stop.set()

    made = job(items=2)
    worker(clock, step, stop=stop).run_one()
    made.refresh_from_db()
    assert (made.state, made.done_count, made.claim, made.attempts) == (State.WAITING, 1, None, 0)
    assert worker(clock).run_one()
    assert counted() == expected(items=2)


def test_the_loop_outlives_a_database_that_does_not_answer(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    monkeypatch.setattr(module, "_TROUBLE", 0.01)
    monkeypatch.setattr(module, "_IDLE", 0.01)
    monkeypatch.setattr(module, "close_old_connections", lambda: None)  # the test's own connection stays
    monkeypatch.setattr(module.connection, "close", lambda: None)
    made, stop, looks = job(items=1), threading.Event(), []

    def between() -> None:
        looks.append(clock.at)
        if len(looks) == 1:
            raise OperationalError("server closed the connection unexpectedly")
        if len(looks) == 4:
            stop.set()

    worker(clock, stop=stop).run_until_stopped(between)
    made.refresh_from_db()
    assert (made.state, len(looks)) == (State.DONE, 4)


def taken(clock: Clock) -> Run:
    run = take(["count"], clock, silent_since=clock.at - SILENT)
    assert run is not None
    assert isinstance(run.claim, uuid.UUID)
    return run


def test_looking_for_work_reads_only_what_is_open(clock: Clock) -> None:
    due = Job.objects.due(clock.at, silent_since=clock.at - SILENT).filter(kind__in=["count"])
    ended = [
        Job(
            kind="count", key=f"cũ:{number}", arguments="{}", by="user:1", title="Đọc", doing="Đang đọc",
            state=State.DONE, made_at=AT, ready_at=AT, ended_at=AT,
        )
        for number in range(2000)
    ]  # fmt: skip
    Job.objects.bulk_create(ended)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert "job_open_by_age" in due.explain()
