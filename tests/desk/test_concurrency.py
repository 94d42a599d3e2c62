"""Two officers press at the same moment: one act counts, the other is told, nobody is overwritten."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Admission, Return
from sangkien.ledger.models import Act
from tests.desk.world import NOW, World, address, signed_in
from tests.factories import district3
from tests.factories.units import AT, OFFICER
from tests.together import shared_database, together

__all__ = ["shared_database"]

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BACK = {"ask-content": "on", "text-content": "Nêu rõ hơn.", "due_date": "2024-09-18", "key": "trả lại"}


@pytest.fixture
def world(shared_database: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    told = district3.twelve_wards(by=OFFICER, at=AT)
    return World(told, told)


def test_one_returns_and_one_admits_at_once(world: World) -> None:
    entry = world.sent()
    clients = [signed_in(world.officer), signed_in(world.colleague)]
    tries: list[tuple[str, dict[str, Any]]] = [("tra-lai/", BACK), ("tiep-nhan/", {"key": "tiếp nhận"})]
    answers: dict[int, int] = {}

    def press(number: int) -> None:
        rest, data = tries[number]
        answers[number] = clients[number].post(address(entry, rest), data).status_code

    assert together(2, press) == []
    assert sorted(answers.values()) == [302, 422]
    entry.refresh_from_db()
    assert entry.stage in (Stage.CHANGES_REQUESTED, Stage.ADMITTED)
    assert Return.objects.count() + Admission.objects.count() == 1


def test_one_click_sent_four_times_admits_once(world: World) -> None:
    entry = world.sent()
    clients: list[Client] = [signed_in(world.officer) for _ in range(4)]
    pages: list[str] = []

    def press(number: int) -> None:
        answer = clients[number].post(address(entry, "tiep-nhan/"), {"key": "một cú bấm"})
        pages.append(answer["Location"])

    assert together(4, press) == []
    assert pages == [address(entry)] * 4
    assert Admission.objects.count() == 1
    assert Act.objects.about(entry.uid).filter(verb="entry.admit").count() == 1
