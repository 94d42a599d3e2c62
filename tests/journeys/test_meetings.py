"""A visit on a phone whose line breaks, and a council from attendance to minutes, with a member on another phone."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories.pictures import photograph
from tests.journeys.conftest import Findings, NewPage
from tests.journeys.door import use_session
from tests.journeys.instance import serving
from tests.programs import module

pytestmark = [pytest.mark.slow, pytest.mark.browser]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
PICTURES = os.environ.get("SANGKIEN_PICTURES", "")  # a folder, for who wants to look


@dataclass(frozen=True, slots=True)
class Instance:
    address: str
    told: dict[str, Any]

    def visit(self, rest: str = "") -> str:
        return f"/tham-dinh/khao-sat/{self.told['visit']}/{rest}"

    def session(self, rest: str = "") -> str:
        return f"/tham-dinh/phien/{self.told['session']}/{rest}"


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """A ward that goes to look and to decide."""
    home = tmp_path_factory.mktemp("Máy phường") / "dữ liệu"
    told = module(home, "tests.journeys.meetings_world")
    with serving(home) as started:
        yield Instance(started, json.loads(told.splitlines()[-1]))


@pytest.fixture
def address(instance: Instance) -> str:
    return instance.address


def _as(page: Page, instance: Instance, who: str) -> Page:
    use_session(page, instance.told["keys"][who], instance.address)
    return page


def _picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_what_is_noted_without_a_line_is_there_once_the_line_is_back(
    new_page: NewPage, instance: Instance, findings: Findings, complaints: list[str], tmp_path: Path
) -> None:
    picture = tmp_path / "anh.jpg"
    picture.write_bytes(photograph())
    page = _as(new_page(viewport=PHONE, has_touch=True), instance, "lead")
    page.goto(instance.visit("tai-cho/"))
    status = page.locator("[data-spot-status]")
    first = page.locator("[data-spot-check]").first
    first.get_by_role("radio", name="đúng như báo cáo").check()
    expect(status).to_have_text("Đã gửi hết.")

    page.context.set_offline(True)
    second = page.locator("[data-spot-check]").nth(1)
    second.get_by_role("radio", name="đúng một phần").check()
    second.get_by_role("textbox").fill("Còn ghi sổ giấy song song.")
    second.get_by_role("textbox").blur()
    note = page.locator("[data-spot-note]").first
    note.get_by_label("Ghi chú, ảnh").fill("Bảng mã QR dán ở cổng.")
    note.locator("input[type=file]").set_input_files(picture)
    note.get_by_role("button", name="Lưu ghi chú").click()
    expect(page.get_by_text("Bảng mã QR dán ở cổng.")).to_be_visible()
    expect(status).to_contain_text("Mất mạng: 2 mục")
    found = findings(page)
    _picture(page, "tai-cho-mat-mang.p")
    complaints.clear()  # the browser complains of each try without a line

    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(status).to_have_text("Đã gửi hết.", timeout=30_000)
    complaints.clear()
    page.reload()
    expect(page.locator("[data-spot-check]").nth(1).get_by_role("textbox")).to_have_value("Còn ghi sổ giấy song song.")
    expect(page.get_by_text("Bảng mã QR dán ở cổng.")).to_have_count(1)
    expect(page.locator(".visit-notes img")).to_have_count(1)
    assert found == []


def test_what_waits_outlives_the_page(new_page: NewPage, instance: Instance, complaints: list[str]) -> None:
    page = _as(new_page(viewport=PHONE, has_touch=True), instance, "lead")
    page.goto(instance.visit("tai-cho/"))
    page.context.route("**/tai-cho/gui/", lambda route: route.abort())
    note = page.locator("[data-spot-note]").last
    note.get_by_label("Ghi chú, ảnh").fill("Cả trường dùng chung một tài khoản.")
    note.get_by_role("button", name="Lưu ghi chú").click()
    expect(page.locator("[data-spot-status]")).to_contain_text("1 mục")
    page.reload()
    expect(page.get_by_text("Cả trường dùng chung một tài khoản.")).to_be_visible()
    page.context.unroute("**/tai-cho/gui/")
    complaints.clear()
    page.reload()
    expect(page.locator("[data-spot-status]")).to_have_text("Đã gửi hết.", timeout=30_000)
    page.reload()
    expect(page.get_by_text("Cả trường dùng chung một tài khoản.")).to_have_count(1)


def test_a_visit_is_noted_without_script(new_page: NewPage, instance: Instance) -> None:
    page = _as(new_page(viewport=PHONE, java_script_enabled=False), instance, "lead")
    page.goto(instance.visit("tai-cho/"))
    note = page.locator("[data-spot-note]").nth(1)
    note.get_by_label("Ghi chú, ảnh").fill("Ghi không cần script.")
    note.get_by_role("button", name="Lưu ghi chú").click()
    expect(page.get_by_text("Ghi không cần script.")).to_be_visible()


def test_a_council_from_attendance_to_minutes(new_page: NewPage, instance: Instance, findings: Findings) -> None:
    found: dict[str, list[str]] = {}
    desk = _as(new_page(viewport=DESK), instance, "secretary")
    desk.goto(instance.session("diem-danh/"))
    found["attendance"] = findings(desk)
    _picture(desk, "diem-danh.d")
    desk.get_by_role("button", name="Ghi điểm danh").click()
    desk.get_by_role("button", name="Bắt đầu phiên").click()
    desk.get_by_role("button", name="Chuyển sang mục 1").click()
    _picture(desk, "phien.d")
    found["session"] = findings(desk)

    phone = _as(new_page(viewport=PHONE, has_touch=True, color_scheme="dark"), instance, "member")
    phone.goto(instance.session("truc-tiep/"))
    found["live"] = findings(phone)
    phone.get_by_role("button", name="Đồng ý", exact=True).click()
    expect(phone.get_by_role("button", name="Đồng ý", exact=True)).to_have_attribute("aria-pressed", "true")
    _picture(phone, "truc-tiep.p.dark")

    school = _as(new_page(viewport=PHONE), instance, "school")
    school.goto(instance.session("don-vi/"))
    found["presented"] = findings(school)
    _picture(school, "don-vi.p")
    school.goto(instance.visit("don-vi/"))
    found["received"] = findings(school)

    desk.reload()
    desk.get_by_role("link", name="Kiểm phiếu").first.click()
    found["count"] = findings(desk)
    _picture(desk, "kiem-phieu.d")
    desk.get_by_role("button", name="Đóng và kiểm phiếu").click()
    expect(desk.get_by_text("Đã kiểm phiếu").first).to_be_visible()
    while desk.get_by_role("button", name="Chuyển sang mục").count():
        desk.get_by_role("button", name="Chuyển sang mục").click()
        desk.wait_for_load_state()
    desk.get_by_role("link", name="Kết luận, kết thúc phiên").click()
    desk.get_by_label("Kết luận").fill("Hội đồng thống nhất kết quả biểu quyết nêu trên.")
    desk.get_by_role("button", name="Kết thúc phiên").click()
    desk.get_by_role("link", name="Lập hoặc nộp biên bản").click()
    found["paper"] = findings(desk)
    desk.get_by_role("button", name="Lập bản Word và PDF").click()
    expect(desk.get_by_role("link", name="bản PDF trình ký")).to_be_visible()
    _picture(desk, "bien-ban.d")
    assert found == {name: [] for name in found}


def test_the_calendar_and_the_plans(new_page: NewPage, instance: Instance, findings: Findings) -> None:
    found: dict[str, list[str]] = {}
    page = _as(new_page(viewport=DESK), instance, "lead")
    here = f"/tham-dinh/dot/{instance.told['campaign']}"
    for name, path in (
        ("lich", f"{here}/lich/"), ("phien-moi", f"{here}/phien/moi/"), ("khao-sat-moi", f"{here}/khao-sat/moi/"),
        ("khao-sat", instance.visit()), ("thanh-phan", instance.visit("thanh-phan/")),
        ("giay-moi", instance.visit("giay-moi/")), ("phien-chuong-trinh", instance.session("chuong-trinh/")),
    ):  # fmt: skip
        page.goto(path)
        _picture(page, f"{name}.d")
        found[name] = findings(page)
    page.goto(f"{here}/khao-sat/moi/")
    page.get_by_role("link", name="Trường Trung học").click()
    found["khao-sat-moi-2"] = findings(page)
    _picture(page, "khao-sat-moi-2.d")
    page.set_viewport_size(PHONE)
    for name, path in (("khao-sat", instance.visit()), ("phien", instance.session()), ("lich", f"{here}/lich/")):
        page.goto(path)
        _picture(page, f"{name}.p")
    assert found == {name: [] for name in found}
