"""The demonstration tells what the programme is about, through the rooms' own actions."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sangkien.accounts.models import ShownAccount
from sangkien.accounts.refusal import Refused
from sangkien.campaigns import verifying as campaigns
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Answer, Participant
from sangkien.demo import story
from sangkien.demo.content import offices_2024, ward_today, wards_2024
from sangkien.demo.people import PASSWORD
from sangkien.intake import verifying as intake
from sangkien.intake.models import Consolidation, Entry, Submission
from sangkien.ledger import verifying as ledger
from sangkien.units.models import Unit
from tests.factories import accounts

NOW = datetime(2026, 3, 12, 3, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def quick_hashes(settings: Any) -> None:
    """Two dozen passwords would else take longer than the whole story."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def stages(campaign: object) -> dict[str, int]:
    return dict(Counter(Entry.objects.filter(campaign=campaign).values_list("stage", flat=True)))


def test_a_whole_campaign_and_one_that_is_open(client: Client) -> None:
    told = story.tell(now=NOW)
    assert stages(told.district) == {"admitted": 24, "deferred": 3, "merged": 1, "withdrawn": 1, "draft": 1}
    assert stages(told.ward) == {"admitted": 2, "submitted": 4, "deferred": 1, "draft": 1}
    assert (told.district.state, told.ward.state) == (State.CONCLUDED, State.ISSUED)
    assert Participant.objects.filter(campaign=told.district).count() == 24
    assert Participant.objects.filter(campaign=told.district, answer=Answer.NIL).count() == 2
    assert Consolidation.objects.get().rows.count() == 24
    assert Submission.objects.exclude(recorded_by="").count() == 5
    assert told.ward.is_open(NOW)
    assert [*ledger.verify(), *campaigns.verify(), *intake.verify()] == []
    assert story.is_told()
    with pytest.raises(Refused, match="đã có dữ liệu"):
        story.tell(now=NOW)
    page = client.get(reverse("account_login")).content.decode()
    assert "Đây là bản minh họa" in page
    assert ShownAccount.objects.count() == 9
    answer = client.post(reverse("account_login"), {"login": "daumoi@banco.example", "password": PASSWORD})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("stage", "counts"),
    [(story.Stage.ISSUED, {}), (story.Stage.ADMITTED, {"admitted": 6, "deferred": 1, "draft": 1})],
)
def test_the_campaign_of_today_is_told_to_the_stage_asked_for(stage: story.Stage, counts: dict[str, int]) -> None:
    assert stages(story.tell(now=NOW, stage=stage).ward) == counts


def test_it_is_told_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story, "_reorganise", lambda told: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        story.tell(now=NOW)
    assert (Unit.objects.count(), Entry.objects.count()) == (0, 0)


def test_where_people_work_it_is_not_told_and_shows_no_accounts(client: Client) -> None:
    accounts.administrator()
    with pytest.raises(Refused, match="đã có dữ liệu"):
        story.tell(now=NOW)
    assert "minh họa" not in client.get(reverse("account_login")).content.decode()


def test_what_is_reported_is_enough_and_invented() -> None:
    reports = (*wards_2024.REPORTS, *offices_2024.REPORTS, *ward_today.REPORTS)
    assert len({each.title for each in reports}) == len(reports) == 38
    of_the_office = [each for each in reports[:30] if set(each.fields[:1]) & {"procedures", "digital_government"}]
    assert len(of_the_office) >= 20, "in real life most entries fall to the office of the committee"
