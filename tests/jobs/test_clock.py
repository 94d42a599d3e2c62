"""The duties of the clock: once for a moment, catching up, one fault not keeping the others."""

from datetime import datetime, timedelta

import pytest

from sangkien.jobs.clock import ClockDuty, tick
from sangkien.jobs.models import Duty
from tests.factories.jobs import counted, duty
from tests.factories.ledger import AT, note

pytestmark = pytest.mark.django_db


def remind(at: datetime, since: datetime | None) -> None:
    note(at=at, since=since)


def test_a_duty_is_done_once_for_a_moment_and_learns_since_when() -> None:
    weeks = AT + timedelta(weeks=3)
    for at in (AT, AT, weeks, AT):
        tick([ClockDuty("remind", remind)], at=at)
    assert counted() == ['{"since":null}', '{"since":"2024-07-09T01:30:00.000000Z"}']
    assert Duty.objects.get().done_at == weeks


def test_one_duty_that_fails_is_undone_alone() -> None:
    def fail(at: datetime, since: datetime | None) -> None:
        note(at=at, failed=True)
        raise ZeroDivisionError

    with pytest.raises(ExceptionGroup) as raised:
        tick([ClockDuty("fail", fail), ClockDuty("remind", remind)], at=AT)
    assert [type(each) for each in raised.value.exceptions] == [ZeroDivisionError]
    assert counted() == ['{"since":null}']
    assert dict(Duty.objects.values_list("name", "done_at")) == {"fail": None, "remind": AT}


def test_a_duty_by_name() -> None:
    assert str(duty("remind")) == "remind · –"
