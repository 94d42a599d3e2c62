"""The demonstration as served: every page that a role can reach by links opens, is whole and is clean.

One page a view: pages of the same view differ in content only. Wide and light, and on a phone in the dark.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.instance import ROOT, environment, serving
from tests.journeys.walking import come_in, view_of, walk
from tests.static_files import gather_static_files

pytestmark = [pytest.mark.slow, pytest.mark.browser]
ROLES = ("Cán bộ đầu mối phường", "Giám đốc Trung tâm", "Người quản trị")
LOOKS = {"wide and light": (1440, 900, "light"), "phone and dark": (390, 844, "dark")}


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    gather_static_files()
    home = tmp_path_factory.mktemp("minh họa") / "dữ liệu"
    told = [sys.executable, "-m", "sangkien.config.cli", "demo"]
    subprocess.run(told, env=environment(home), cwd=ROOT, check=True)
    with serving(home) as started:
        yield started


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("role", ROLES)
def test_every_page_that_a_role_can_reach(
    browser: Browser, demonstration: str, findings: Callable[[Page], list[str]], role: str, look: str
) -> None:
    width, height, scheme = LOOKS[look]
    context = browser.new_context(
        base_url=demonstration, locale="vi-VN", viewport={"width": width, "height": height}, color_scheme=scheme
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    come_in(page, role)
    dead: list[str] = []
    found = {path: found for path in walk(page, dead) if (found := findings(page))}
    context.close()
    assert (found, dead, complaints) == ({}, [], [])


def test_the_walk_meets_what_there_is(browser: Browser, demonstration: str) -> None:
    page = browser.new_page(base_url=demonstration)
    come_in(page, ROLES[0])
    met = {view_of(path) for path in walk(page, [])}
    page.context.close()
    assert {"desk:home", "campaigns:list", "desk:entries", "desk:entry", "accounts:mine"} <= met
