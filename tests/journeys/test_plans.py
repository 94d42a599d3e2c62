"""The lead officer's plan on a phone and on a desk: begun, put right in place, signed, issued, invited, reminded."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sangkien.demo.people import PASSWORD
from tests.factories.papers import SIGNED
from tests.journeys.conftest import Findings, NewPage
from tests.journeys.door import sign_in

pytestmark = [pytest.mark.slow, pytest.mark.browser]
HEAD = "truongphong@banco.example"
PARTS = ("Thông tin của kế hoạch", "Đơn vị thuộc đối tượng", "Lĩnh vực và đơn vị phụ trách", "Tiêu chí xem xét")


@pytest.fixture
def address(demonstration: str) -> str:
    return demonstration


@pytest.fixture(params=[(1440, "light"), (390, "dark")], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, new_page: NewPage) -> Page:
    width, scheme = request.param
    opened = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(opened, HEAD, PASSWORD)
    return opened


def test_a_plan_is_begun_put_right_in_place_signed_and_its_units_are_invited(
    page: Page, findings: Findings, tmp_path: Path
) -> None:
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        found[name] = findings(page)

    page.goto("/dot/")
    look("list")
    page.get_by_role("link", name="Lập kế hoạch mới").click()
    look("new")
    page.get_by_role("button", name="Lập kế hoạch năm tới").click()
    expect(page.get_by_role("heading", name="Trước khi ban hành")).to_be_visible()
    plan = page.url
    look("draft")
    for part in PARTS:
        section = page.get_by_role("region", name=part)
        section.get_by_role("link", name="Sửa").click()
        expect(section.get_by_role("button", name="Lưu phần này")).to_be_visible()
        look(part)
        section.get_by_role("link", name="Để như cũ").click()
        expect(section.get_by_role("link", name="Sửa")).to_be_visible()
    assert page.url == plan
    bases = page.get_by_role("region", name="Căn cứ", exact=True)
    bases.get_by_role("link", name="Sửa").click()
    bases.get_by_label("Căn cứ, mỗi dòng một căn cứ").fill("Căn cứ Kế hoạch số 12/KH-UBND")
    bases.get_by_role("button", name="Lưu phần này").click()
    expect(bases.get_by_text("Căn cứ Kế hoạch số 12/KH-UBND")).to_be_visible()
    expect(page.locator("#gaps")).not_to_contain_text("Chưa ghi căn cứ")

    page.get_by_role("link", name="Lập văn bản kế hoạch").click()
    look("prepare")
    page.get_by_role("button", name="Lập bản Word và PDF").click()
    expect(page.get_by_role("link", name="bản Word")).to_be_visible()
    page.get_by_role("link", name="Ban hành bằng bản đã ký").click()
    look("issue")
    signed = tmp_path / "kế hoạch.pdf"
    signed.write_bytes(SIGNED)
    page.get_by_label("Tệp kế hoạch đã ký").set_input_files(signed)
    page.get_by_label("Số", exact=True).fill(str(900 + page.viewport_size["width"] % 97))  # type: ignore[index]  # it has one
    page.get_by_role("button", name="Ban hành kế hoạch").click()
    expect(page.get_by_role("heading", name="Việc của đợt")).to_be_visible()
    look("issued")

    page.get_by_role("link", name="Giấy mời các đơn vị").click()
    look("invitations")
    page.get_by_role("button", name="Tạo giấy mời").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("giấy mời")
    look("slips")
    assert page.locator(".slip-paper").count() >= 3
    page.goto(plan)
    page.get_by_role("link", name="Tệp mẫu cho từng đơn vị").click()
    look("forms")
    page.goto(f"{plan}sua-doi/")
    look("amendments")
    page.get_by_role("link", name="Gia hạn nhận báo cáo").click()
    look("extension")
    assert {name: each for name, each in found.items() if each} == {}


def test_the_lead_officer_sees_who_has_not_answered_and_reminds_them(page: Page, findings: Findings) -> None:
    found: dict[str, list[str]] = {}
    page.goto("/dot/?tinhtrang=chay")
    page.locator("tbody a.title", has_text="Phường Bàn Cờ").last.click()
    expect(page.locator("svg.chart")).to_be_visible()
    found["campaign"] = findings(page)
    page.locator("a.chip", has_text="Chưa trả lời").click()
    expect(page.locator("#units tbody tr").first).to_contain_text("chưa trả lời")
    assert "traloi=chua-tra-loi" in page.url
    page.locator("#units tbody a").first.click()
    found["unit"] = findings(page)
    page.go_back()
    page.get_by_role("link", name="Xem trước và đôn đốc").click()
    found["preview"] = findings(page)
    page.get_by_role("button", name="Đôn đốc các đơn vị đã chọn").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đôn đốc lần")
    expect(page.get_by_role("link", name="bản PDF trình ký")).to_be_visible()
    found["reminder"] = findings(page)
    assert {name: each for name, each in found.items() if each} == {}
