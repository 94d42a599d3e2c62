"""The page of a job in a browser: every state clean, it moves by itself, it is whole without script, stop and go on."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.instance import ROOT, serving
from tests.static_files import gather_static_files

pytestmark = [pytest.mark.slow, pytest.mark.browser]

# Of a kind that no worker knows, so that each stays as it is; rows and session as the product writes them.
_MAKE = """
import json, uuid
import sangkien.config.ready
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.utils import timezone
from sangkien.jobs.models import Job
from sangkien.ledger.canonical import canonical
from sangkien.ledger.recording import Actor
from tests.factories import accounts, jobs

at = timezone.now()
person = accounts.administrator()
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[1]
session[HASH_SESSION_KEY] = person.get_session_auth_hash()
session.save()
said = canonical([{"item": "Phường 4.docx", "sentence": "Tệp này có mật khẩu nên chưa đọc được."}] * 2)
running = {"state": "running", "claim": uuid.uuid4(), "heartbeat_at": at, "done_count": 37}
ended = {"ended_at": at, "done_count": 37, "messages": said}
states = {
    "waiting": {}, "running": {**running, "messages": said}, "stopping": {**running, "cancel_asked_at": at},
    "done": {**ended, "state": "done"}, "cancelled": {**ended, "state": "cancelled"},
    "failed": {**ended, "state": "failed", "unsaid_count": 3},
}
paths = {}
for name, facts in states.items():
    made = jobs.job(name, items=120, kind="nobody", by=Actor(f"user:{person.pk}"), at=at,
                    title="Đọc 120 tệp báo cáo", link="/tai-khoan/")
    Job.objects.filter(pk=made.pk).update(**facts)
    paths[name] = made.get_absolute_url()
print(json.dumps({"session": session.session_key, "paths": paths}))
"""


@dataclass(frozen=True, slots=True)
class Instance:
    address: str
    home: Path
    session: str
    paths: dict[str, str]


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    home = tmp_path_factory.mktemp("Máy có việc") / "dữ liệu"
    gather_static_files()
    with serving(home) as address:
        yield Instance(address, home, **json.loads(_python(home, _MAKE)))


def _python(home: Path, program: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SANGKIEN_", "DJANGO_"))}
    environment |= {"SANGKIEN_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, env=environment, check=True, capture_output=True, encoding="utf-8").stdout


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, instance: Instance) -> Iterator[OpenPage]:
    """A page of who started the jobs; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def make(**settings: object) -> Page:
        context = browser.new_context(base_url=instance.address, locale="vi-VN", **settings)  # type: ignore[arg-type]  # the browser's own
        context.add_cookies([{"name": "sangkien", "value": instance.session, "url": instance.address}])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_state_is_clean(
    open_page: OpenPage, instance: Instance, findings: Callable[[Page], list[str]], width: int, scheme: str
) -> None:
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    found = {}
    for name, path in instance.paths.items():
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_text("Đọc 120 tệp báo cáo")
        found[name] = findings(page)
    assert {name: each for name, each in found.items() if each} == {}


def test_the_page_moves_by_itself(open_page: OpenPage, instance: Instance) -> None:
    page = open_page()
    page.goto(instance.paths["running"])
    expect(page.get_by_role("status")).to_contain_text("Đang đọc tệp 37 trên 120.")
    expect(page.get_by_role("link", name="Xem lại đến đâu rồi")).to_be_hidden()
    _python(
        instance.home,
        "import sangkien.config.ready\nfrom sangkien.jobs.models import Job\n"
        "Job.objects.filter(key='running').update(done_count=38)\n",
    )
    expect(page.get_by_role("status")).to_contain_text("Đang đọc tệp 38 trên 120.")


def test_without_script_a_link_looks_again_and_stop_and_go_on_work(open_page: OpenPage, instance: Instance) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(instance.paths["waiting"])
    page.get_by_role("link", name="Xem lại đến đâu rồi").click()
    page.get_by_role("button", name="Dừng lại, giữ phần đã làm").click()
    expect(page.get_by_text("Đã dừng theo yêu cầu của bạn.")).to_be_visible()
    page.get_by_role("button", name="Làm tiếp").click()
    expect(page.get_by_role("status")).to_contain_text("Đang chờ đến lượt.")
