"""A walk along the links of the product, one page a view: pages of the same view differ in content only."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

MOST: Final = 90  # views; a trail of links without an end would else never stop


def walk(page: Page, dead: list[str]) -> Iterator[str]:
    """Goes to one page of each view that links lead to; yields its path while the browser stands there.

    ``dead`` gathers the links that do not open, with the page where they stand.
    """
    ahead, met = [(urlsplit(page.url).path, "the door")], set[str]()
    while ahead and len(met) < MOST:
        path, stands_on = ahead.pop(0)
        view = view_of(path)
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


def wait_until_read(page: Page, queue: str) -> None:
    """Until no file of this queue waits for its reader any more; the page stands on the queue then."""
    for _ in range(300):
        page.goto(queue)
        if not page.get_by_text("Đang chờ đọc").count():
            return
        page.wait_for_timeout(200)
    raise AssertionError("nobody reads the files")


def view_of(path: str) -> str | None:
    """The name of the view behind a link of this site; nothing for links that lead elsewhere or only further down."""
    parts = urlsplit(path)
    if parts.netloc or not parts.path.startswith("/"):
        return None
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return None
