"""The demonstration as served: every page that a role can reach by links opens, is whole and is clean.

One page a view: pages of the same view differ in content only. Wide and light, and on a phone in the dark.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page

from tests.journeys.instance import ROOT, environment, serving
from tests.static_files import gather_static_files

pytestmark = [pytest.mark.slow, pytest.mark.browser]
ROLES = ("Cán bộ đầu mối phường", "Giám đốc Trung tâm", "Người quản trị")
LOOKS = {"wide and light": (1440, 900, "light"), "phone and dark": (390, 844, "dark")}
_MOST = 70  # views; a trail of links without an end would else never stop


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
    page.goto("/dang-nhap/")
    with page.expect_navigation():
        page.get_by_role("button", name=role).click()
    dead: list[str] = []
    found = {path: found for path in _walk(page, dead) if (found := findings(page))}
    context.close()
    assert (found, dead, complaints) == ({}, [], [])


def _walk(page: Page, dead: list[str]) -> Iterator[str]:
    """Goes to one page of each view that links lead to; yields its path while the browser stands there.

    ``dead`` gathers the links that do not open, with the page where they stand.
    """
    ahead, met = [(urlsplit(page.url).path, "the door")], set[str]()
    while ahead and len(met) < _MOST:
        path, stands_on = ahead.pop(0)
        view = _view(path)
        if view is None or view in met:
            continue
        met.add(view)
        answer = page.request.get(path)
        if answer.status != HTTPStatus.OK:
            dead.append(f"{answer.status} {path} on {stands_on}")
        elif answer.headers.get("content-type", "").startswith("text/html"):
            page.goto(path)
            yield path
            links = page.eval_on_selector_all("a[href]", "links => links.map(each => each.getAttribute('href'))")
            ahead += [(each, path) for each in links]


def _view(path: str) -> str | None:
    """The name of the view behind a link of this site; nothing for links that lead elsewhere or only further down."""
    parts = urlsplit(path)
    if parts.netloc or not parts.path.startswith("/"):
        return None
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return None


def test_the_walk_meets_what_there_is(browser: Browser, demonstration: str) -> None:
    page = browser.new_page(base_url=demonstration)
    page.goto("/dang-nhap/")
    with page.expect_navigation():
        page.get_by_role("button", name=ROLES[0]).click()
    met = {_view(path) for path in _walk(page, [])}
    page.context.close()
    assert {"desk:home", "campaigns:list", "desk:entries", "desk:entry", "accounts:mine"} <= met
