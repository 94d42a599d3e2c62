"""Start, cancel, resume; a key is one job."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sangkien.jobs import actions
from sangkien.jobs.models import Job, State
from sangkien.ledger.recording import Actor
from tests.factories.jobs import job
from tests.factories.ledger import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def test_a_second_start_of_a_key_answers_the_first_job() -> None:
    first = job(items=3)
    second = job(items=9, by=Actor("user:2"))
    assert second.pk == first.pk
    assert (second.by, second.facts()["items"]) == ("user:1", 3)
    assert Job.objects.count() == 1


def test_a_key_of_another_kind_is_a_fault_of_the_code() -> None:
    job()
    with pytest.raises(ValueError, match="belongs to a job of kind 'count'"):
        job(kind="send")


@pytest.mark.django_db(transaction=True)
def test_a_job_stands_in_the_transaction_of_its_cause() -> None:
    facts = {"key": "a", "arguments": {}, "by": Actor("user:1"), "at": AT, "title": "Đọc", "doing": "Đang đọc"}
    with pytest.raises(RuntimeError, match="outside the transaction"):
        actions.start("count", **facts)  # type: ignore[arg-type]  # the facts are start()'s own
    with transaction.atomic():
        actions.start("count", **facts)  # type: ignore[arg-type]  # the facts are start()'s own
        transaction.set_rollback(True)
    assert not Job.objects.exists()


@pytest.mark.parametrize("link", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_a_link_stays_on_this_site(link: str) -> None:
    with pytest.raises(ValueError, match="leaves this site"):
        job(link=link)


def test_a_waiting_job_is_cancelled_at_once_and_twice_is_as_once() -> None:
    made = job()
    actions.cancel(made, at=AT)
    actions.cancel(made, at=LATER)
    assert (made.state, made.ended_at) == (State.CANCELLED, AT)


def test_what_is_cancelled_goes_on_when_resumed_and_what_is_done_does_not() -> None:
    made = job()
    actions.cancel(made, at=AT)
    actions.resume(made, at=LATER)
    assert (made.state, made.ready_at, made.ended_at, made.cancel_asked_at) == (State.WAITING, LATER, None, None)
    Job.objects.filter(pk=made.pk).update(state=State.DONE, ended_at=AT)
    actions.resume(made, at=LATER)
    assert made.state == State.DONE


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "asleep"},
        {"done_count": 4},
        {"state": State.RUNNING},
        {"state": State.DONE},
        {"ended_at": AT},
    ],
)
def test_the_database_refuses_a_job_that_cannot_be(facts: dict[str, object]) -> None:
    made = job(items=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=made.pk).update(**facts)


def test_progress_in_words() -> None:
    assert Job(doing="Đang đọc tệp", done_count=37, total_count=120).progress == "Đang đọc tệp 37 trên 120"
    assert Job(doing="Đã gửi tới hộp thư", done_count=4).progress == "Đã gửi tới hộp thư 4"
    assert str(job()) == "count · đọc:1 · waiting 0/3"
