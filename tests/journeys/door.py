"""The ways into the product: by the demonstration's buttons, by password, by a session that a program has made."""

from typing import Any

from playwright.sync_api import Page

PATH = "/dang-nhap/"


def come_in(page: Page, role: str) -> None:
    """By the button of the demonstration's sign-in page."""
    page.goto(PATH)
    with page.expect_navigation():
        page.get_by_role("button", name=role).click()


def sign_in(page: Page, mail: str, password: str) -> None:
    """By typing; at the door where the page stands already, so that what it remembers of the way is kept."""
    if PATH not in page.url:
        page.goto(PATH)
    page.get_by_label("Thư công vụ").fill(mail)
    page.get_by_label("Mật khẩu").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Đăng nhập", exact=True).click()


def choose_password(page: Page, given: str, own: str) -> None:
    """Instead of the one that was handed over."""
    page.get_by_label("Mật khẩu đang dùng").fill(given)
    page.get_by_label("Mật khẩu mới", exact=True).fill(own)
    page.get_by_label("Nhập lại mật khẩu mới").fill(own)
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu mật khẩu mới").click()


def use_session(page: Page, key: str, address: str) -> None:
    """As who owns the session of this key."""
    cookie: Any = {"name": "sangkien", "value": key, "url": address}
    page.context.add_cookies([cookie])
