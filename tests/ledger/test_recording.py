"""Acts are gathered, appended last and together, or not at all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sangkien.ledger.models import GENESIS, Act, Head, NeverChanged, SeenBy
from sangkien.ledger.recording import Actor, ClockBehind, acting, put_clock_right
from sangkien.ledger.verifying import verify
from tests.factories.ledger import AT, OFFICER, THING, act, acts, head, note

pytestmark = pytest.mark.django_db


def test_the_first_act_follows_nothing_and_the_head_stands_at_the_last() -> None:
    acts(3)
    chain = list(Act.objects.order_by("seq"))
    assert [each.seq for each in chain] == [1, 2, 3]
    assert [each.previous for each in chain] == [GENESIS, chain[0].hash, chain[1].hash]
    last = Head.objects.get()
    assert (last.seq, last.hash, last.at) == (3, chain[2].hash, chain[2].at)


def test_an_act_carries_ids_and_canonical_text() -> None:
    unit, uid = uuid4(), uuid4()
    with acting():
        note(by=Actor("user:7", unit), uid=uid, name="Phu\u031bo\u031b\u0300ng", count=2, at_day=AT.date())
    (stored,) = Act.objects.about(uid)
    assert (stored.actor, stored.acting_unit, stored.seen_by) == ("user:7", unit, SeenBy.PUBLIC)
    assert stored.payload == '{"at_day":"2024-07-09","count":2,"name":"Phường"}'
    assert str(stored) == f"1 · thing.made · thing {uid}"


def _fail_after(**payload: object) -> None:
    with acting():
        note(**payload)
        raise ZeroDivisionError


def test_acts_of_a_failed_action_are_forgotten_with_its_rows() -> None:
    with pytest.raises(ZeroDivisionError):
        _fail_after()
    assert not Act.objects.exists()
    acts(1)
    assert Act.objects.get().seq == 1


def test_an_inner_action_that_fails_is_forgotten_alone() -> None:
    with acting():
        note(step="outer")
        with pytest.raises(ZeroDivisionError):
            _fail_after(step="inner")
        with acting():
            note(step="second inner")
        note(step="end")
    assert list(Act.objects.order_by("seq").values_list("payload", flat=True)) == [
        '{"step":"outer"}',
        '{"step":"second inner"}',
        '{"step":"end"}',
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_acts_are_the_last_statements_and_as_few_for_many_as_for_one(count: int) -> None:
    acts(1)
    with CaptureQueriesContext(connection) as asked, acting():
        for number in range(count):
            note(at=AT + timedelta(hours=1), number=number)
        Act.objects.about(THING).exists()
    words = [query["sql"].split()[0] for query in asked if "ledger_" in query["sql"]]
    assert words == ["SELECT", "SELECT", "INSERT", "UPDATE"]


def test_an_action_without_acts_leaves_the_head_alone() -> None:
    with acting():
        pass
    assert not Head.objects.exists()


def test_recording_outside_an_action_is_a_slip() -> None:
    with pytest.raises(RuntimeError, match="outside acting"):
        note()


@pytest.mark.django_db(transaction=True)
def test_an_action_inside_a_plain_transaction_is_a_slip() -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic(), acting():
        note()


def test_acts_that_waited_for_one_another_never_run_backwards() -> None:
    acts(1, at=AT)
    with acting():
        note(at=AT - timedelta(minutes=5))
    assert [each.at for each in Act.objects.order_by("seq")] == [AT, AT]
    assert verify() == []


def test_a_clock_behind_the_last_act_is_told_and_nothing_is_kept() -> None:
    acts(1, at=AT)
    with pytest.raises(ClockBehind) as told, acting():
        note(at=AT - timedelta(minutes=5, seconds=1))
    assert str(told.value) == (
        "Việc này ghi lúc 08:24:59 ngày 09/07/2024, sớm hơn việc cuối cùng trong sổ cái (08:30:00 ngày 09/07/2024), "
        "nên chưa được ghi. Bạn chỉnh lại ngày giờ của máy chạy chương trình rồi làm lại. "
        "Nếu giờ của máy đang đúng, người quản trị ghi một lần chỉnh giờ vào sổ."
    )
    assert Act.objects.count() == 1


def test_after_a_clock_that_ran_ahead_time_is_put_right_by_an_act_for_all_to_see() -> None:
    acts(1, at=AT + timedelta(days=365))
    put_clock_right(by=OFFICER, at=AT, reason="Máy chạy trước một năm.")
    with acting():
        note(at=AT + timedelta(minutes=1))
    assert [(each.verb, each.at) for each in Act.objects.order_by("seq")][1:] == [
        ("ledger.clock_put_right", AT),
        ("thing.made", AT + timedelta(minutes=1)),
    ]
    assert verify() == []


def test_no_act_is_written_changed_or_deleted_past_record() -> None:
    acts(1)
    stored = Act.objects.get()
    for attempt in (
        lambda: Act.objects.update(actor="user:2"),
        lambda: Act.objects.filter(seq=1).delete(),
        lambda: Act.objects.bulk_create([act(2)]),
        lambda: Act.objects.bulk_update([stored], ["actor"]),
        lambda: Act.objects.create(seq=2),
        lambda: Act.objects.get_or_create(seq=2),
        lambda: Act.objects.update_or_create(seq=1, defaults={"actor": "user:2"}),
        stored.save,
        stored.delete,
        act(2).save,
    ):
        with pytest.raises(NeverChanged):
            attempt()
    assert list(Act.objects.values_list("seq", "actor")) == [(1, OFFICER.id)]


def test_an_empty_head_names_itself() -> None:
    assert str(head()) == f"0 · {GENESIS}"
