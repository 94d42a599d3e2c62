"""A solution put off to the next campaign: its unit says that it is still applied, or that it is not."""

from http import HTTPStatus

import pytest

from sangkien.intake.actions import closing
from sangkien.intake.models import Entry
from tests.factories import intake as make
from tests.factories.intake import LATE, LEAD
from tests.intake.views.conftest import Clock, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def late(world: World, clock: Clock) -> Entry:
    """Put off by this campaign; the page asks in the same one, which is enough to be answered."""
    entry = make.submitted(world.campaign, world.ward, at=LATE)
    closing.defer_late(world.campaign, by=LEAD, at=LATE)
    clock.at = LATE
    entry.refresh_from_db()
    return entry


def _page(world: World, entry: Entry) -> str:
    return f"/bao-cao/dot/{world.campaign.uid}/van-ap-dung/{entry.uid}/"


def test_no_longer_applied_needs_a_reason_and_is_not_asked_again(world: World, late: Entry) -> None:
    head = world.client("head")
    assert head.post(_page(world, late), {"no": "1", "reason": " "}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    late.refresh_from_db()
    assert late.no_longer_applied_at is None
    done = head.post(_page(world, late), {"no": "1", "reason": "Phần mềm đã thay"})
    assert (done.status_code, done["Location"]) == (HTTPStatus.FOUND, "/bao-cao/")
    late.refresh_from_db()
    assert late.no_longer_applied_at == LATE


def test_a_get_says_nothing_for_the_unit(world: World, late: Entry) -> None:
    assert world.client("head").get(_page(world, late) + "?no=1&reason=x").status_code == HTTPStatus.OK
    late.refresh_from_db()
    assert late.no_longer_applied_at is None


@pytest.mark.parametrize("who", ["twin", "other"])
def test_others_do_not_find_it(world: World, late: Entry, who: str) -> None:
    names = [name for name in world.people if who in name]
    assert names
    for name in names:
        answer = world.client(name).post(_page(world, late), {"no": "1", "reason": "Không"})
        assert answer.status_code == HTTPStatus.NOT_FOUND
    late.refresh_from_db()
    assert late.no_longer_applied_at is None
