"""Two offices at once on both databases: neither leaves the entry hanging, and one click is one act."""

import pytest

from sangkien.appraisal import verifying
from sangkien.appraisal.actions import opinions
from sangkien.appraisal.actions.opinions import Said
from sangkien.appraisal.models import Assignment, Opinion, Routing, Verdict
from sangkien.campaigns.models import Campaign
from sangkien.intake import verifying as intake
from sangkien.intake.lifecycle import Stage
from sangkien.ledger import verifying as ledger
from tests.appraisal import course
from tests.factories import campaigns, district3
from tests.factories.units import AT, OFFICER
from tests.together import shared_database, together

__all__ = ["shared_database"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ENTRIES = 4


@pytest.fixture
def world(shared_database: None) -> district3.District3:
    return district3.twelve_wards(by=OFFICER, at=AT)


@pytest.fixture
def campaign(world: district3.District3) -> Campaign:
    return campaigns.issued(world)


def _whole() -> None:
    assert ledger.verify() == []
    assert [*intake.verify(), *verifying.verify()] == []


def test_two_offices_that_file_at_once_leave_no_entry_hanging(world: district3.District3, campaign: Campaign) -> None:
    offices = [world.offices["Phòng Tư pháp"], world.offices["Phòng Nội vụ"]]
    entries = [course.admitted(campaign, world.wards["Phường 04"]) for _each in range(ENTRIES)]
    for entry in entries:
        course.routed_to(entry, *offices)

    def file(number: int) -> None:
        for row in Assignment.objects.filter(office=offices[number]).select_related("entry__campaign").order_by("pk"):
            opinions.file(row, Said(Verdict.SUPPORT, course.BECAUSE), edit_version=0, by=OFFICER, at=course.ROUTED)

    assert together(2, file) == []
    for entry in entries:
        entry.refresh_from_db()
    assert {each.stage for each in entries} == {Stage.APPRAISED}
    assert Opinion.objects.filed().count() == 2 * ENTRIES
    _whole()


def test_one_click_in_four_windows_is_one_routing(world: district3.District3, campaign: Campaign) -> None:
    entry = course.admitted(campaign, world.wards["Phường 04"])
    made: list[int] = []
    raised = together(4, lambda _number: made.append(course.routed(campaign, entry, key="one").pk))
    assert raised == []
    assert Routing.objects.count() == 1
    assert len(set(made)) == 1
    _whole()
