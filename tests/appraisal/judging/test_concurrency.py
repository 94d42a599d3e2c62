"""Fifty judges save and hand in at once: nothing is lost, every sheet is whole, nothing comes twice."""

import pytest
from django.db import transaction
from django.utils import timezone

from sangkien.accounts.roles import Role
from sangkien.appraisal.models import Mark, ScoreSheet
from sangkien.ledger.models import Act
from tests.appraisal.judging.world import Judging, address
from tests.desk.world import NOW, World, signed_in
from tests.factories import accounts, appraisal, district3
from tests.factories.units import AT, OFFICER
from tests.together import shared_database, together

__all__ = ["shared_database"]

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
JUDGES = 50


@pytest.fixture
def judging(shared_database: None, monkeypatch: pytest.MonkeyPatch) -> Judging:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    told = district3.twelve_wards(by=OFFICER, at=AT)
    world = World(told, told)
    with transaction.atomic():
        return Judging(world)


def test_a_storm_of_judges(judging: Judging) -> None:
    office = judging.judges[0].unit
    people = [
        accounts.member(office, Role.COUNCIL_MEMBER, f"Người chấm {n}", email=f"bao{n}@quan3.example")
        for n in range(JUDGES)
    ]
    members = [appraisal.panel_member(judging.panel, office, each) for each in people]
    readings = [appraisal.reading(each, judging.entries[0]) for each in members]
    browsers = [signed_in(each) for each in people]
    answers: dict[int, tuple[int, int]] = {}

    def judge(number: int) -> None:
        path, form = address(readings[number]), judging.form()
        saved = browsers[number].post(path, form, headers={"X-Draft": "auto"})
        filed = browsers[number].post(path, {**form, "act": "file", "edit_version": "1"})
        answers[number] = (saved.status_code, filed.status_code)

    assert together(JUDGES, judge) == []
    assert set(answers.values()) == {(200, 302)}
    assert ScoreSheet.objects.filed().count() == JUDGES
    assert Mark.objects.count() == JUDGES * len(judging.asked.by_code)
    assert Act.objects.filter(verb="panel.sheet_filed").count() == JUDGES


def test_an_impatient_finger_hands_in_once(judging: Judging) -> None:
    reading = judging.reading()
    browsers = [judging.browser() for _ in range(4)]
    answers: list[int] = []

    def press(number: int) -> None:
        answers.append(browsers[number].post(address(reading), judging.form(act="file")).status_code)

    assert together(4, press) == []
    assert answers == [302] * 4
    assert ScoreSheet.objects.count() == 1
    assert Act.objects.filter(verb="panel.sheet_filed").count() == 1
