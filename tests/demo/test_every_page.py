"""Every page that the accounts of the demonstration reach by links: it answers, changes nothing, and asks little."""

import re
from collections import deque
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sangkien.accounts.models import ShownAccount
from sangkien.demo import story
from tests.static_files import gather_static_files

NOW = datetime(2026, 3, 12, 3, tzinfo=UTC)
MOST_STATEMENTS = 15  # of an interactive page; session, person and what that person holds are among them
MOST_OF_A_KIND = 2
# Pages that ask more as yet: not more than this, and each to be brought down.
_MORE = {
    "/viec-cua-toi/": 19,  # of who leads and looks after panels and meetings, one statement a source
    "/dot/…/ket-qua/": 16,  # without a sheet; every sheet that is in, votes, orders, what is hidden: 25
    "/tham-dinh/chuyen/xem-truoc/": 16,
    "/bao-cao/giai-phap/…/soan/": 16,  # 14 for what was never sent; what came back asks for its draft and its gaps
}
_LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)", re.IGNORECASE)
# The session of a reader, when he was last here, and a cache are not what a page is about.
_OWN = re.compile(r"django_session|accounts_user|sangkien_cache|auditing|axes_")
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    gather_static_files()


@pytest.fixture(autouse=True)
def quick_hashes(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SANGKIEN_EMBEDDED = True


def _kind(path: str) -> str:
    """Pages that differ only by which thing they show, or by a filter, are of one kind."""
    return _KEY.sub("…", urlsplit(path).path)


def _crawled(client: Client) -> dict[str, list[str]]:
    """What is wrong with which page."""
    seen: dict[str, int] = {}
    waiting, wrong = deque(["/"]), {}
    while waiting:
        path = waiting.popleft()
        kind = _kind(path)
        if seen.get(kind, 0) >= MOST_OF_A_KIND:
            continue
        seen[kind] = seen.get(kind, 0) + 1
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
            body = answer.content.decode() if not answer.streaming and "html" in answer["Content-Type"] else ""
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[arg-type]  # as the server would
        most = _MORE.get(kind, MOST_STATEMENTS) if body else None
        if answer.status_code == 302:
            waiting.append(answer["Location"])  # another request, which is counted by itself
        found = _wrong(answer.status_code, [each["sql"] for each in captured], most)
        if found:
            wrong[path] = found
        waiting += [link.replace("&amp;", "&") for link in _LINK.findall(body)]
    return wrong


def _wrong(status: int, statements: list[str], most: int | None) -> list[str]:
    found = [] if status in (200, 302) else [f"answers {status}"]
    found += [sql[:200] for sql in statements if _WRITES.match(sql) and not _OWN.search(sql)]
    counted = [sql for sql in statements if not re.match(r"(RELEASE )?SAVEPOINT", sql)]
    if most is not None and len(counted) > most:
        found.append(f"{len(counted)} statements")
    return found


def test_every_page_of_every_account(monkeypatch: pytest.MonkeyPatch) -> None:
    story.tell(now=NOW)
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    wrong = {}
    for account in ShownAccount.objects.select_related("user"):
        client = Client(raise_request_exception=False)
        client.force_login(account.user)
        for path, found in _crawled(client).items():
            wrong[f"{account.user.email} {path}"] = found
    assert "\n".join(f"{where}: {found}" for where, found in wrong.items()) == ""
