"""The lead officer looks up what was told and copies it; on a phone too, clean all the way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.factories.accounts import PASSWORD
from tests.journeys.conftest import Findings, NewPage
from tests.journeys.door import sign_in
from tests.journeys.instance import serving
from tests.programs import python

pytestmark = [pytest.mark.slow, pytest.mark.browser]
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
    home = tmp_path_factory.mktemp("Máy đầu mối") / "dữ liệu"
    python(home, _WORLD)
    with serving(home) as started:
        yield started


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_what_was_told_is_found_and_copied(
    new_page: NewPage, address: str, findings: Findings, width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(page, "thi.sen@phuong.example", PASSWORD)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Đăng nhập")
    page.goto("/thong-bao/")
    found = {"list": findings(page)}
    page.goto("/thong-bao/?q=phuong+02")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("tbody a").click()
    expect(page.get_by_label("Ba dòng để dán vào nhóm Zalo")).to_have_value(
        f"Phường 02 còn 5 ngày để gửi báo cáo\n{NOTE}\n{address}/bao-cao/"
    )
    found["notice"] = findings(page)
    page.goto("/thong-bao/?q=khong+co+gi")
    found["nothing"] = findings(page)
    assert {name: each for name, each in found.items() if each} == {}
