"""From an empty installation to a second person at work: envelope, own password, passkey, a new colleague."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.instance import ROOT, serving
from tests.static_files import gather_static_files

pytestmark = [pytest.mark.slow, pytest.mark.browser]
Findings = Callable[[Page], list[str]]
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
    gather_static_files()
    with serving(home) as started:
        printed = _manage(home, "createadmin", "quantri@phuong.example", "--name", "Trần Văn Quản")
        yield Instance(
            address=started.replace("127.0.0.1", "localhost"),
            mail="quantri@phuong.example",
            password=printed.split("Mật khẩu:")[1].split()[0],
            sealed_code=printed.split("Mã niêm phong:")[1].split()[0],
        )


def _manage(home: Path, *words: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SANGKIEN_", "DJANGO_"))}
    environment |= {"SANGKIEN_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "sangkien.config.cli", "manage", *words]
    return subprocess.run(command, env=environment, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, instance: Instance, complaints: list[str]) -> Iterator[Page]:
    """A phone; whatever the browser complains of fails the test."""
    context = browser.new_context(
        base_url=instance.address, locale="vi-VN", viewport={"width": 390, "height": 844}, color_scheme="dark"
    )
    phone = context.new_page()
    phone.on("console", lambda message: complaints.append(message.text))
    phone.on("pageerror", lambda error: complaints.append(str(error)))
    yield phone
    context.close()


def test_an_administrator_begins_and_brings_in_a_colleague(
    page: Page, instance: Instance, findings: Findings, complaints: list[str]
) -> None:
    found = {}

    def look(name: str) -> None:
        found[name] = findings(page)

    page.goto("/tai-khoan/")
    look("door")
    _sign_in(page, instance.mail, instance.password)
    expect(_title(page)).to_have_text("Chọn mật khẩu của bạn")
    look("own password")
    _choose(page, instance.password, OWN)
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
    _sign_in(page, "sen@phuong.example", password)
    _choose(page, password, COLLEAGUE)
    page.goto("/ai-lam-gi/")
    expect(page.get_by_role("rowheader", name="Trần Văn Quản")).to_be_visible()
    assert {name: each for name, each in found.items() if each} == {}
    assert complaints == []


def test_the_door_needs_no_script_and_says_what_was_wrong(browser: Browser, instance: Instance) -> None:
    context = browser.new_context(base_url=instance.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/dang-nhap/")
    expect(page.get_by_role("button", name="Dùng vân tay")).to_be_hidden()
    _sign_in(page, "khong.co@phuong.example", "sai")
    expect(page.get_by_role("alert")).to_contain_text("Bạn còn thử được 4 lần.")
    context.close()


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


def _sign_in(page: Page, mail: str, password: str) -> None:
    page.get_by_label("Thư công vụ").fill(mail)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def _choose(page: Page, old: str, new: str) -> None:
    page.get_by_label("Mật khẩu đang dùng").fill(old)
    page.get_by_label("Mật khẩu mới", exact=True).fill(new)
    page.get_by_label("Nhập lại mật khẩu mới").fill(new)
    page.get_by_role("button", name="Lưu mật khẩu mới").click()
