"""Every page opens for the unit, come in either way, and for nobody else."""

from collections.abc import Callable
from http import HTTPStatus

import pytest

from sangkien.intake.models import Entry
from tests.factories import intake as make
from tests.intake.views.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Address = Callable[[World, Entry, Entry], str]


def _unit(world: World) -> str:
    return f"/bao-cao/dot/{world.campaign.uid}/{world.ward.uid}"


PAGES: dict[str, Address] = {
    "unit": lambda world, _draft, _sent: f"{_unit(world)}/",
    "start": lambda world, _draft, _sent: f"{_unit(world)}/bat-dau/",
    "nil": lambda world, _draft, _sent: f"{_unit(world)}/khong-co/",
    "send": lambda world, _draft, _sent: f"{_unit(world)}/gui/",
    "draft": lambda _world, draft, _sent: f"/bao-cao/giai-phap/{draft.uid}/soan/",
    "discard": lambda _world, draft, _sent: f"/bao-cao/giai-phap/{draft.uid}/bo/",
    "entry": lambda _world, _draft, sent: f"/bao-cao/giai-phap/{sent.uid}/",
    "receipt": lambda _world, _draft, sent: f"/bao-cao/bien-nhan/{sent.sendings.get().submission.uid}/",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_for_the_unit_and_nobody_else(world: World, name: str) -> None:
    address = PAGES[name](world, make.draft(world.campaign, world.ward), make.submitted(world.campaign, world.ward))
    for who in ("head", "officer", "invited"):
        assert world.client(who).get(address).status_code == HTTPStatus.OK, who
    strangers = ["clerk", "other", "twin", "twin_lead", "invited_other", "invited_elsewhere", "invited_twin"]
    strangers += [] if name == "receipt" else ["lead"]
    for who in strangers:
        assert world.client(who).get(address).status_code == HTTPStatus.NOT_FOUND, who
    assert world.client("nobody").get(address)["Location"] == f"/dang-nhap/?next={address}"
