"""Who may not follow a unit's reports is not told of them, though working there: the page would answer "not found"."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sangkien.accounts.actor import actor_of
from sangkien.accounts.roles import Role
from sangkien.notices import listing
from sangkien.notices.addressing import address
from sangkien.notices.listing import Side
from sangkien.notices.models import Delivery
from tests.factories import accounts
from tests.factories.notices import message
from tests.factories.units import AT, unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "told"),
    [
        (Role.UNIT_HEAD, {"report", "other"}),
        (Role.REPORTER, {"report", "other"}),
        (Role.ORGANISER, {"report", "other"}),
        (Role.FIELD_REVIEWER, {"other"}),
        (Role.COMMUNICATOR, {"other"}),
    ],
)
def test_notices_of_reports_reach_only_who_follows_them(role: Role, told: set[str]) -> None:
    office = unit("Văn phòng")
    person = accounts.member(office, role)
    message(office, "report", kind="intake.received")
    message(office, "other", kind="campaign.opened")
    page = listing.page(actor_of(person, on=timezone.localdate(AT)), (), side=Side.ALL, words="", before=0)
    assert {line.message.key for line in page.lines} == told
    address(AT + timedelta(minutes=1))
    assert set(Delivery.objects.filter(to_user=person).values_list("message__key", flat=True)) == told
