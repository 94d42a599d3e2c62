"""The criteria of a plan in a browser: begun, taken apart, tried on a sheet; on a desk and on a phone."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sangkien.demo.people import PASSWORD
from tests.journeys.conftest import Findings, NewPage
from tests.journeys.door import sign_in

pytestmark = [pytest.mark.slow, pytest.mark.browser]
HEAD = "truongphong@banco.example"


@pytest.fixture
def address(demonstration: str) -> str:
    return demonstration


@pytest.fixture(params=[(1440, "light"), (390, "dark")], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, new_page: NewPage) -> Page:
    width, scheme = request.param
    opened = new_page(expected="422", viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(opened, HEAD, PASSWORD)
    return opened


def test_criteria_are_begun_taken_apart_and_tried_on_a_sheet(page: Page, findings: Findings) -> None:
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        found[name] = findings(page)
        if folder := os.environ.get("SANGKIEN_LOOK"):
            scheme = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'")
            page.screenshot(path=Path(folder) / f"{name}-{scheme}.png", full_page=True)

    page.goto("/dot/moi/")
    page.get_by_role("button", name="Lập kế hoạch năm tới").click()
    expect(page.get_by_role("heading", name="Trước khi ban hành")).to_be_visible()
    page.get_by_role("link", name="Từng tiêu chí").click()
    look("p1")
    page.get_by_role("link", name="Xem phiếu chấm").click()
    look("p1-sheet")
    page.go_back()
    page.get_by_role("link", name="Bắt đầu từ bộ khác").click()
    look("begin")
    page.get_by_text("Tính mới theo khung, 100 điểm").click()
    page.get_by_role("button", name="Bắt đầu").click()
    look("p3")
    page.get_by_role("link", name="Thêm tiêu chí").click()
    look("criterion-number")
    page.get_by_label("Tên tiêu chí").fill("Hiệu quả đối với người dân và doanh nghiệp trên địa bàn phường")
    page.get_by_label("Nhóm").select_option(label="Khả năng áp dụng và lợi ích")
    page.get_by_text("chọn mức").click()
    for n, (label, low) in enumerate((("chưa rõ", "0"), ("ít", "5"), ("khá", "10"), ("tốt", "15"), ("rất tốt", "20"))):
        page.locator(f"[name=muc-{n}-label]").fill(label)
        page.locator(f"[name=muc-{n}-low]").fill(low)
    page.get_by_label("Phải có nhận xét khi dưới").fill("5")
    page.get_by_label("Gợi ý cho người chấm").fill("Số liệu trước và sau, có minh chứng")
    page.get_by_label("Minh chứng cần có").fill("Sổ theo dõi, bảng số liệu, ảnh chụp")
    look("criterion-levels")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Bộ tiêu chí chưa dùng được.")).to_be_visible()
    look("unsound")
    page.get_by_role("link", name="Sửa Khả năng áp dụng và lợi ích").click()
    page.get_by_label("Cao nhất").fill("50")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Bộ tiêu chí chưa dùng được.")).to_have_count(0)
    page.get_by_role("link", name="Sửa các nhóm").click()
    page.locator("[name=nhom-0-weight]").fill("35,5")
    expect(page.locator("[data-sum]")).to_have_text("105,5")
    look("groups")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("cần đúng 100. Bạn chia lại điểm")).to_be_visible()
    page.get_by_role("link", name="Để như cũ").click()
    page.get_by_role("link", name="Sửa cách tính kết quả").click()
    page.get_by_text("đạt cả điểm và phiếu").click()
    look("rule")
    page.get_by_role("link", name="Để như cũ").click()
    page.get_by_role("link", name="Xem phiếu chấm").click()
    look("p3-sheet")
    page.get_by_label("Điểm", exact=True).first.fill("29")
    expect(page.get_by_role("radio", name="Khung 5")).to_be_checked()
    page.get_by_role("button", name="Tính thử").click()
    expect(page.locator("[data-total]")).to_be_visible()
    page.get_by_role("link", name="Kế hoạch năm").click()
    page.get_by_role("link", name="Thẩm định thay").click()
    look("stand-ins")
    page.get_by_role("button", name="Cử", exact=False).first.click()
    expect(page.get_by_text("Đã cử nơi thẩm định thay")).to_be_visible()
    look("stand-in")
    assert {name: each for name, each in found.items() if each} == {}
