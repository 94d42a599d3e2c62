"""The lead unit's desk in a browser: every page clean in both widths and themes, and whole without script."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Findings, NewPage, OpenPage
from tests.journeys.door import use_session
from tests.journeys.instance import serving
from tests.programs import python

pytestmark = [pytest.mark.slow, pytest.mark.browser]

# Plan 230 with an entry on every step, long names, and the sessions of both sides, as the product writes them.
_MAKE = """
import json
import sangkien.config.ready
from datetime import timedelta
from sangkien.intake.actions import drafting, returning
from sangkien.ledger import recording
from tests.desk.world import NOW, World, address
from tests.factories import district3
from tests.factories.units import AT, OFFICER
from tests.journeys.sessions import session_of

recording.LONGEST_WAIT = timedelta(days=3_660)  # the instance began today, its story in 2024
told = district3.twelve_wards(by=OFFICER, at=AT)
world = World(told, told)
long = "Sổ tay điện tử giải quyết thủ tục liên thông khai sinh, thường trú, bảo hiểm y tế cho trẻ dưới 6 tuổi"
duplicate, kept = world.sent(title=long), world.sent(unit=world.neighbour, title=long)
answered = world.returned(entry=world.sent(title="Bàn hướng dẫn một lần hỏi"), due_date=NOW.date())
world.supplemented(answered, effectiveness="Số lượt người cao tuổi phải đến phường giảm còn một phần ba.")
overdue, clean = world.returned(), world.sent(title="Một tờ khai dùng chung")
deferred = returning.defer(world.returned(), reason="Chưa bổ sung", by=world.by(world.officer, world.lead), at=NOW)
typed = drafting.start(world.campaign, world.ward, told={"title": long}, opened_by_lead=True,
                       by=world.by(world.officer, world.lead), at=NOW)
sessions = {"officer": session_of(world.officer), "head": session_of(world.head)}
run = f"/dot/{world.campaign.uid}/"
paths = {
    "home": "/viec-cua-toi/", "supplement": address(answered), "overdue": address(overdue),
    "put off": address(deferred),
    "send back": address(duplicate, "tra-lai/"), "more time": address(overdue, "gia-han/"),
    "conclude": address(overdue, "ket-luan/"), "admit late": address(clean, "tiep-nhan/"),
    "merge": address(duplicate, "gop/"), "merge into": address(duplicate, f"gop/?vao={kept.uid}"),
    "take out": address(clean, "rut-tu-van-ban/"), "units": f"{run}ghi-nhan-thay/",
    "record": f"{run}ghi-nhan-thay/{world.ward.uid}/", "nil": f"{run}ghi-nhan-thay/{world.ward.uid}/khong-co/",
    "typed": f"/bao-cao/giai-phap/{typed.uid}/soan/", "pool": f"{run}cho-dot-sau/", "clean": address(clean),
}
print(json.dumps({"sessions": sessions, "paths": paths}))
"""


@dataclass(frozen=True, slots=True)
class Instance:
    address: str
    sessions: dict[str, str]
    paths: dict[str, str]


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    home = tmp_path_factory.mktemp("Máy đầu mối") / "dữ liệu"
    with serving(home) as address:
        yield Instance(address, **json.loads(python(home, _MAKE)))


@pytest.fixture
def address(instance: Instance) -> str:
    return instance.address


@pytest.fixture
def open_page(new_page: NewPage, instance: Instance) -> OpenPage:
    """A page of one of the two."""

    def make(who: str = "officer", **settings: object) -> Page:
        page = new_page(**settings)
        use_session(page, instance.sessions[who], instance.address)
        return page

    return make


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_clean(
    open_page: OpenPage, instance: Instance, findings: Findings, width: int, scheme: str
) -> None:
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    found = {}
    for name, path in instance.paths.items():
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, name
        found[name] = findings(page)
    head = open_page("head", viewport={"width": width, "height": 900}, color_scheme=scheme)
    for name in ("home", "supplement", "overdue"):
        head.goto(instance.paths[name])
        found[f"{name} of the head"] = findings(head)
    assert {name: each for name, each in found.items() if each} == {}


def test_without_script_a_report_is_sent_back_and_the_unit_is_led_to_it(
    open_page: OpenPage, instance: Instance
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(instance.paths["clean"])
    page.get_by_role("link", name="Trả lại để bổ sung").click()
    page.get_by_label("Hiệu quả", exact=True).check()
    page.get_by_role("button", name="Trả lại để bổ sung").click()
    expect(page.get_by_text("Đã trả lại để bổ sung.")).to_be_visible()
    head = open_page("head", java_script_enabled=False)
    head.goto("/viec-cua-toi/")
    head.get_by_role("link", name="Bổ sung giải pháp").last.click()
    head.get_by_role("button", name="Bổ sung nội dung").click()
    expect(head.get_by_label("Hiệu quả")).to_be_visible()
