"""From an empty installation to a second person at work: envelope, own password, passkey, a new colleague."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Findings, NewPage
from tests.journeys.door import choose_password, sign_in
from tests.journeys.instance import serving
from tests.programs import sangkien

pytestmark = [pytest.mark.slow, pytest.mark.browser]
OWN, COLLEAGUE = "bốn con sếu bay qua sông", "năm con suối chảy về biển"


@dataclass(frozen=True, slots=True)
class Instance:
    address: str
    mail: str
    password: str
    sealed_code: str


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """An empty installation with its first administrator; under the name of a host, which passkeys need."""
    home = tmp_path_factory.mktemp("Máy mới") / "dữ liệu"
    with serving(home) as started:
        printed = sangkien(home, "manage", "createadmin", "quantri@phuong.example", "--name", "Trần Văn Quản")
        yield Instance(
            address=started.replace("127.0.0.1", "localhost"),
            mail="quantri@phuong.example",
            password=printed.split("Mật khẩu:")[1].split()[0],
            sealed_code=printed.split("Mã niêm phong:")[1].split()[0],
        )


@pytest.fixture
def address(instance: Instance) -> str:
    return instance.address


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A phone."""
    return new_page(viewport={"width": 390, "height": 844}, color_scheme="dark")


def test_an_administrator_begins_and_brings_in_a_colleague(page: Page, instance: Instance, findings: Findings) -> None:
    found = {}

    def look(name: str) -> None:
        found[name] = findings(page)

    page.goto("/tai-khoan/")
    look("door")
    sign_in(page, instance.mail, instance.password)
    expect(_title(page)).to_have_text("Chọn mật khẩu của bạn")
    look("own password")
    choose_password(page, instance.password, OWN)
    expect(_title(page)).to_have_text("Việc của tôi")
    page.goto("/tai-khoan/")
    look("mine")

    page.get_by_role("link", name="Đổi bước hai").click()
    look("second factors")
    page.get_by_role("link", name="Thêm khóa").click()
    look("once more")
    page.get_by_label("Mật khẩu đang dùng").fill(OWN)
    page.get_by_role("button", name="Tiếp tục").click()
    look("add a key")
    _add_sensor(page)
    page.get_by_label("Tên để nhớ").fill("Điện thoại của Quản")
    page.get_by_label("Dùng khóa này thay cả mật khẩu").check()
    page.get_by_role("button", name="Thêm khóa").click()
    expect(_title(page)).to_have_text("Mã dự phòng")
    page.get_by_role("link", name="Đã chép xong").click()
    expect(page.get_by_text("Điện thoại của Quản", exact=True)).to_be_visible()

    page.goto("/tai-khoan/")
    page.get_by_role("button", name="Đăng xuất khỏi máy này").click()
    page.get_by_role("button", name="Dùng vân tay, khuôn mặt hoặc khóa").click()
    expect(_title(page)).to_have_text("Việc của tôi")

    page.goto("/tai-khoan/buoc-hai/")
    look("one key")
    page.goto("/quan-tri/nguoi-dung/them/")
    look("add a person")
    page.get_by_label("Thư công vụ").fill("sen@phuong.example")
    page.get_by_label("Tên hiển thị").fill("Lê Thị Sen")
    page.get_by_label("Đơn vị", exact=True).select_option(label="Cả hệ thống (chỉ quản trị, kiểm tra)")
    page.get_by_label("Phần việc", exact=True).select_option(label="Người kiểm tra")
    page.get_by_role("button", name="Thêm người và lấy mật khẩu").click()
    password = page.locator(".secret code").inner_text()
    look("password once")
    page.get_by_role("link", name="Đã đưa mật khẩu").click()
    expect(_title(page)).to_have_text("Lê Thị Sen")
    look("person")
    for name, path in {"people": "/quan-tri/nguoi-dung/", "who": "/ai-lam-gi/"}.items():
        page.goto(path)
        look(name)

    page.context.clear_cookies()
    page.goto("/dang-nhap/")
    sign_in(page, "sen@phuong.example", password)
    choose_password(page, password, COLLEAGUE)
    page.goto("/ai-lam-gi/")
    expect(page.get_by_role("rowheader", name="Trần Văn Quản")).to_be_visible()
    assert {name: each for name, each in found.items() if each} == {}


def test_the_door_needs_no_script_and_says_what_was_wrong(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False, expected="422")
    page.goto("/dang-nhap/")
    expect(page.get_by_role("button", name="Dùng vân tay")).to_be_hidden()
    sign_in(page, "khong.co@phuong.example", "sai")
    expect(page.get_by_role("alert")).to_contain_text("Bạn còn thử được 4 lần.")


def test_a_key_that_is_not_known_is_said(page: Page) -> None:
    page.goto("/dang-nhap/")
    _add_sensor(page)
    page.get_by_role("button", name="Dùng vân tay, khuôn mặt hoặc khóa").click()
    expect(page.get_by_text("Chưa nhận được khóa nào.")).to_be_visible()


def _add_sensor(page: Page) -> None:
    """A sensor for fingerprints; anew after axe-core, whose session takes the sensor along when it ends."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    sensor = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": sensor})


def _title(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)
