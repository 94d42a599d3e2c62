"""What the clock tells: who has not answered before the window closes, supplements before and after their day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sangkien.campaigns.actions.amending import extend_deadline
from sangkien.campaigns.models import Participant
from sangkien.intake.actions import closing
from sangkien.intake.clock import remind
from sangkien.notices.models import Message
from tests.factories import campaigns, intake
from tests.factories.district3 import District3
from tests.factories.intake import HEAD, IN_TIME

pytestmark = pytest.mark.django_db
WEEK_BEFORE = datetime(2024, 9, 8, 2, tzinfo=UTC)


def _told(kind: str) -> set[int]:
    return set(Message.objects.filter(kind=kind).values_list("to_unit", flat=True))


def test_every_unit_is_told_once_of_another_end(told: District3) -> None:
    campaign = campaigns.issued(told)
    asked = set(campaign.participants.values_list("unit", flat=True))
    remind(datetime(2024, 7, 16, 2, tzinfo=UTC))
    assert _told("intake.deadline_moved") == set()
    extend_deadline(campaign, closes_date=date(2024, 9, 30), reason="Mưa bão", by=HEAD, at=IN_TIME)
    for day in (2, 3):
        remind(datetime(2024, 8, day, 2, tzinfo=UTC))
    moved = Message.objects.filter(kind="intake.deadline_moved")
    assert (set(moved.values_list("to_unit", flat=True)), moved.count()) == (asked, len(asked))
    assert {message.title for message in moved} == {"Hạn nhận báo cáo giải pháp đổi thành hết ngày 30/09/2024"}


def test_only_units_without_an_answer_are_reminded_once_a_week_and_once_a_day_before(told: District3) -> None:
    campaign, wards = campaigns.issued(told), told.wards
    intake.submitted(campaign, wards["Phường 04"])
    closing.answer_nil(Participant.objects.get(campaign=campaign, unit=wards["Phường 05"]), by=HEAD, at=IN_TIME)
    asked = set(campaign.participants.values_list("unit", flat=True))
    remind(WEEK_BEFORE - timedelta(days=1))
    assert _told("intake.closes_soon") == set()
    remind(WEEK_BEFORE)
    remind(WEEK_BEFORE + timedelta(days=3))
    told_once = Message.objects.filter(kind="intake.closes_soon").count()
    assert _told("intake.closes_soon") == asked - {wards["Phường 04"].pk, wards["Phường 05"].pk}
    assert told_once == len(asked) - 2
    remind(datetime(2024, 9, 14, 2, tzinfo=UTC))
    assert Message.objects.filter(kind="intake.closes_soon").count() == 2 * told_once
    remind(datetime(2024, 9, 16, 2, tzinfo=UTC))
    assert Message.objects.filter(kind="intake.closes_soon").count() == 2 * told_once


def test_a_supplement_is_recalled_before_its_day_and_told_to_the_lead_unit_after_it(told: District3) -> None:
    campaign = campaigns.issued(told)
    entry = intake.submitted(campaign, told.wards["Phường 04"])
    intake.returned(entry, due_date=date(2024, 8, 20))
    for day in (17, 18, 19, 20):
        remind(datetime(2024, 8, day, 2, tzinfo=UTC))
    assert Message.objects.filter(kind="intake.supplement_due").count() == 1
    assert _told("intake.supplement_overdue") == set()
    for day in (21, 22):
        remind(datetime(2024, 8, day, 2, tzinfo=UTC))
    assert _told("intake.supplement_overdue") == {campaign.lead_unit_id}
    assert Message.objects.filter(kind="intake.supplement_overdue").count() == 1
