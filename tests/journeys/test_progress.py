"""The page of a job in a browser: every state clean, it moves by itself, it is whole without script, stop and go on."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Findings, NewPage, OpenPage
from tests.journeys.door import use_session
from tests.journeys.instance import serving
from tests.programs import python

pytestmark = [pytest.mark.slow, pytest.mark.browser]

# Of a kind that no worker knows, so that each stays as it is; rows and session as the product writes them.
_MAKE = """
import json, uuid
import sangkien.config.ready
from django.db import transaction
from django.utils import timezone
from sangkien.jobs.models import Job
from sangkien.ledger.canonical import canonical
from sangkien.ledger.recording import Actor
from tests.factories import accounts, jobs
from tests.journeys.sessions import session_of

at = timezone.now()
person = accounts.administrator()
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
print(json.dumps({"session": session_of(person), "paths": paths}))
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
    with serving(home) as address:
        yield Instance(address, home, **json.loads(python(home, _MAKE)))


@pytest.fixture
def address(instance: Instance) -> str:
    return instance.address


@pytest.fixture
def open_page(new_page: NewPage, instance: Instance) -> OpenPage:
    """A page of who started the jobs."""

    def make(**settings: object) -> Page:
        page = new_page(**settings)
        use_session(page, instance.session, instance.address)
        return page

    return make


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_state_is_clean(
    open_page: OpenPage, instance: Instance, findings: Findings, width: int, scheme: str
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
    python(
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
