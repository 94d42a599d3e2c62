"""The lead officer looks up what was told and copies it; on a phone too, clean all the way."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.backups.test_under_load import environment
from tests.factories.accounts import PASSWORD
from tests.journeys.instance import serving
from tests.static_files import gather_static_files

pytestmark = [pytest.mark.slow, pytest.mark.browser]
Findings = Callable[[Page], list[str]]
NOTE = "Hạn gửi là 23:59 ngày 15/09/2024. Bạn mở trang của đợt để soạn và gửi."
LONG = "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân còn 5 ngày để gửi báo cáo giải pháp cải cách hành chính năm 2024"
_WORLD = f"""
import sangkien.config.ready
from django.core.management import call_command; call_command('migrate', verbosity=0)
from datetime import timedelta
from sangkien.notices.models import Message
from tests.factories import notices
from tests.factories.backups import world
made = world()
for number, (name, unit) in enumerate(list(made.units.wards.items())[:6]):
    notices.message(unit, f'j{{number}}', scope=made.campaign.uid, title='{LONG}'[:150] if number == 3 else
        f'{{name}} còn 5 ngày để gửi báo cáo', path='/bao-cao/', at=notices.AT + timedelta(hours=number))
Message.objects.filter(key='j1').update(addressed_at=notices.AT, error='Hộp thư của đơn vị đã đầy nên thư bị trả lại.')
Message.objects.filter(key='j2').update(addressed_at=notices.AT, sent_at=notices.AT)
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    gather_static_files()
    home = tmp_path_factory.mktemp("Máy đầu mối") / "dữ liệu"
    subprocess.run([sys.executable, "-c", _WORLD], env=environment(home), check=True)
    with serving(home, SANGKIEN_IDLE_DAYS="3650") as started:
        yield started


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_what_was_told_is_found_and_copied(
    browser: Browser, address: str, findings: Findings, width: int, scheme: str
) -> None:
    complaints: list[str] = []
    context = browser.new_context(
        base_url=address, locale="vi-VN", viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/dang-nhap/")
    page.locator("[name=login]").fill("thi.sen@phuong.example")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Đăng nhập")
    page.goto("/thong-bao/")
    found = {"list": findings(page)}
    _keep_picture(page, f"thong-bao.{width}")
    page.goto("/thong-bao/?q=phuong+02")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("tbody a").click()
    expect(page.get_by_label("Ba dòng để dán vào nhóm Zalo")).to_have_value(
        f"Phường 02 còn 5 ngày để gửi báo cáo\n{NOTE}\n{address}/bao-cao/"
    )
    found["notice"] = findings(page)
    _keep_picture(page, f"mot-thong-bao.{width}")
    page.goto("/thong-bao/?q=khong+co+gi")
    found["nothing"] = findings(page)
    assert {name: each for name, each in found.items() if each} == {}
    assert complaints == []
    context.close()


def _keep_picture(page: Page, name: str) -> None:
    """For whoever looks at them."""
    folder = Path("build/pictures")
    if folder.is_dir():
        page.screenshot(path=folder / f"{name}.png", full_page=True)
