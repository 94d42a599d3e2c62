"""Eight writers at once: the chain unbroken, the numbers without a gap. On SQLite in a file, as an instance has it."""

from datetime import timedelta

import pytest

from sangkien.ledger.models import Act, Head
from sangkien.ledger.recording import acting
from sangkien.ledger.verifying import anchor, verify
from tests.factories.ledger import AT, note
from tests.together import shared_database, together

__all__ = ["shared_database"]

WRITERS, ACTIONS, ACTS = 8, 6, 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_writers_make_one_chain_from_its_very_first_act(shared_database: None) -> None:
    assert not Head.objects.exists()
    assert together(WRITERS, _write) == []
    acts = list(Act.objects.order_by("seq").values_list("seq", "payload"))
    assert [seq for seq, _payload in acts] == list(range(1, WRITERS * ACTIONS * ACTS + 1))
    assert len({payload for _seq, payload in acts}) == len(acts)
    assert verify(anchor()) == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_writer_that_fails_leaves_no_gap(shared_database: None) -> None:
    raised = together(WRITERS, _fail_when_odd)
    assert [type(error) for error in raised] == [ZeroDivisionError] * (WRITERS // 2)
    assert list(Act.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4]
    assert verify() == []


def _write(writer: int) -> None:
    for action in range(ACTIONS):
        with acting():
            for number in range(ACTS):
                note(at=AT + timedelta(seconds=writer), writer=writer, action=action, number=number)


def _fail_when_odd(writer: int) -> None:
    with acting():
        note(writer=writer)
        if writer % 2:
            raise ZeroDivisionError
