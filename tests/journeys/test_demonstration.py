"""The demonstration as served: every page that a role can reach by links opens, is whole and is clean.

One page a view: pages of the same view differ in content only. Wide and light, and on a phone in the dark.
"""

import pytest

from tests.journeys.conftest import Findings, NewPage
from tests.journeys.door import come_in
from tests.journeys.walking import view_of, walk

pytestmark = [pytest.mark.slow, pytest.mark.browser]
ROLES = ("Cán bộ đầu mối phường", "Giám đốc Trung tâm", "Người quản trị")
LOOKS = {"wide and light": (1440, 900, "light"), "phone and dark": (390, 844, "dark")}


@pytest.fixture
def address(demonstration: str) -> str:
    return demonstration


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("role", ROLES)
def test_every_page_that_a_role_can_reach(new_page: NewPage, findings: Findings, role: str, look: str) -> None:
    width, height, scheme = LOOKS[look]
    page = new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    come_in(page, role)
    dead: list[str] = []
    found = {path: found for path in walk(page, dead) if (found := findings(page))}
    assert (found, dead) == ({}, [])


def test_the_walk_meets_what_there_is(new_page: NewPage) -> None:
    page = new_page()
    come_in(page, ROLES[0])
    met = {view_of(path) for path in walk(page, [])}
    assert {"desk:home", "campaigns:list", "desk:entries", "desk:entry", "accounts:mine"} <= met
