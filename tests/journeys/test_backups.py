"""An administrator's first backup: the passphrase put away, one press, progress, the file taken home."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from sangkien.backups.reading import check
from tests.factories.accounts import PASSWORD
from tests.journeys.conftest import Findings, NewPage
from tests.journeys.door import sign_in
from tests.journeys.instance import serving
from tests.programs import python

pytestmark = [pytest.mark.slow, pytest.mark.browser]
HOME = "/quan-tri/sao-luu/"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An instance in use, a second place, and a backup of long ago whose disk is gone."""
    folder = tmp_path_factory.mktemp("Máy của phường")
    home, there = folder / "dữ liệu", folder / "ổ sao lưu"
    there.mkdir()
    program = (
        "import sangkien.config.ready\n"
        "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
        "from tests.factories.backups import backup, world; world(); backup()\n"
        "from allauth.mfa.models import Authenticator; Authenticator.objects.all().delete()\n"
        "backup(place='here', sealed=False, missing=2, name='sao-luu-cu.tar')"
    )
    python(home, program)
    with serving(home, SANGKIEN_BACKUP_TO=str(there)) as started:
        yield started


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_the_first_backup(new_page: NewPage, findings: Findings, tmp_path: Path, width: int, scheme: str) -> None:
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(page, "van.quan@phuong.example", PASSWORD)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Đăng nhập")
    page.goto(HOME)
    found = {"home": findings(page)}
    if page.get_by_role("button", name="Tạo cụm mật khẩu").is_visible():
        page.get_by_role("button", name="Tạo cụm mật khẩu").click()
        words = page.locator(".secret code").inner_text()
        (tmp_path.parent / "cụm").write_text(words, encoding="utf-8")
        found["passphrase"] = findings(page)
        page.get_by_role("link", name="Đã cất xong").click()
    page.get_by_role("button", name="Sao lưu ngay").click()
    expect(page.get_by_text("Đã làm xong.")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Xem kết quả").click()
    expect(page.get_by_text("Đã đọc lại, đủ").first).to_be_visible()
    found["after"] = findings(page)
    with page.expect_download() as taking:
        page.get_by_role("button", name="Tải về").first.click()
    taking.value.save_as(tmp_path / "bản")
    words = (tmp_path.parent / "cụm").read_text(encoding="utf-8")
    assert check(tmp_path / "bản", words).end.missing == []
    assert {name: each for name, each in found.items() if each} == {}
