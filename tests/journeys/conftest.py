"""One server and one browser for all journeys; a fresh person for each."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.instance import chromium, serving
from tests.static_files import gather_static_files

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    gather_static_files()
    with serving(tmp_path_factory.mktemp("Máy của Vy") / "dữ liệu") as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed with its file: as long as it is open, Django takes the thread for an asynchronous one."""
    with chromium() as started:
        yield started


@pytest.fixture
def new_page(browser: Browser, address: str) -> Iterator[NewPage]:
    """A page of a new person. Whatever the browser complains of, a breach of the content policy too, fails the test.

    ``expected`` is the one complaint that a test means to cause.
    """
    complaints: list[str] = []
    allowed: list[str] = []
    contexts = []

    def make(*, expected: str = "", **settings: Any) -> Page:
        context = browser.new_context(base_url=address, locale="vi-VN", **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        allowed.append(expected)
        return page

    yield make
    for context in contexts:
        context.close()
    assert [each for each in complaints if not any(part and part in each for part in allowed)] == []


@pytest.fixture
def findings() -> Callable[[Page], list[str]]:
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
