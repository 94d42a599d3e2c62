"""One server and one browser for all journeys; a fresh person for each."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.instance import chromium, serving
from tests.pages import static_files
from tests.programs import ROOT, sangkien

__all__ = ["static_files"]

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
NewPage = Callable[..., Page]
OpenPage = Callable[..., Page]
Findings = Callable[[Page], list[str]]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty instance for the pages of one's own machine. Files with an instance of their own name it instead."""
    with serving(tmp_path_factory.mktemp("Máy của Vy") / "dữ liệu") as started:
        yield started


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration: a ward of today whose campaign takes reports. Told once; who works in it only adds."""
    home = tmp_path_factory.mktemp("Máy minh họa") / "dữ liệu"
    sangkien(home, "demo")
    with serving(home) as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed with its file: as long as it is open, Django takes the thread for an asynchronous one."""
    with chromium() as started:
        yield started


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """Whatever a browser complains of, a breach of the content policy too, fails the test; who causes one clears it."""
    made: list[str] = []
    yield made
    assert made == []


@pytest.fixture
def new_page(browser: Browser, address: str, complaints: list[str]) -> Iterator[NewPage]:
    """A page of a new person; ``expected`` is the one complaint that a test means to cause."""
    contexts = []

    def make(*, expected: str = "", **settings: Any) -> Page:
        context = browser.new_context(**{"base_url": address, "locale": "vi-VN", **settings})

        def complain(said: str) -> None:
            if not expected or expected not in said:
                complaints.append(f"{context.pages[-1].url if context.pages else ''} {said}")

        context.on("console", lambda message: complain(message.text))
        context.on("weberror", lambda error: complain(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def findings() -> Findings:
    """What axe-core finds on a page, and whether the page is wider than a narrow phone.

    The script goes in through the debugging protocol, which the content policy of the page does not rule.
    """

    def look(page: Page) -> list[str]:
        page.wait_for_load_state()  # after a click the next page may be there with its head only
        page.locator("main").first.wait_for()
        session = page.context.new_cdp_session(page)
        # preload reads style sheets anew through a style element, which the policy rightly refuses
        found_html = "found => found.violations.flatMap(each => each.nodes.map(node => each.id + ': ' + node.html))"
        run = f"axe.run(document, {{preload: false}}).then({found_html})"
        answer = session.send(
            "Runtime.evaluate", {"expression": f"{AXE};{run}", "awaitPromise": True, "returnByValue": True}
        )
        session.detach()
        found: list[str] = answer["result"]["value"]
        size = page.viewport_size
        assert size is not None
        page.set_viewport_size({"width": 320, "height": 700})
        too_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        page.set_viewport_size(size)
        return [*found, *(["wider than 320 px"] if too_wide else [])]

    return look
