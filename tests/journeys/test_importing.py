"""Files of units come in through the browser: questions, checking, recording; with and without script; axe-clean."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories import importing as make
from tests.journeys.conftest import Findings, NewPage, OpenPage
from tests.journeys.door import use_session
from tests.journeys.instance import serving
from tests.journeys.reporting_world import SCHOOL
from tests.journeys.walking import wait_until_read
from tests.programs import module

pytestmark = [pytest.mark.slow, pytest.mark.browser]
LONG = "Sổ tay điện tử giải quyết thủ tục liên thông khai sinh, thường trú, bảo hiểm y tế cho trẻ em dưới 6 tuổi"


@dataclass(frozen=True, slots=True)
class Ward:
    """The instance of a ward, and the session of the lead unit's officer."""

    address: str
    facts: dict[str, str]
    session: str

    @property
    def queue(self) -> str:
        return f"/nhap-tep/dot/{self.facts['campaign']}/"


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ward]:
    home = tmp_path_factory.mktemp("phường") / "dữ liệu"
    told, session = (json.loads(line) for line in module(home, "tests.journeys.importing_world").splitlines()[-2:])
    with serving(home) as address:
        yield Ward(address, told, session)


@pytest.fixture
def address(ward: Ward) -> str:
    return ward.address


@pytest.fixture
def lead_page(new_page: NewPage, ward: Ward) -> OpenPage:
    """A page of the lead unit's officer."""

    def make(**settings: object) -> Page:
        page = new_page(**settings)
        use_session(page, ward.session, ward.address)
        return page

    return make


def files(folder: Path, part: str = "") -> list[Path]:
    """A report with a question, one of a unit in doubt, a note without a table, a mail; ``part`` makes them new."""
    letter = make.one(unit=SCHOOL, title=f"Hẹn giờ{part}")
    made = {
        "Báo cáo_" + "rất_dài_" * 12 + ".docx": make.one(unit=SCHOOL, title=LONG + part, field=make.CONTRADICTION),
        "Đơn vị lạ.docx": make.one("UBND Phường Không Có", f"Lấy số trước{part}", described="- Thực trạng: Chờ lâu."),
        "Ghi chép.txt": f"Phường đã lập nhóm hỗ trợ.\nNgười dân đỡ phải đi lại {part}.".encode(),
        "Thư.eml": make.mail(("Phụ lục.docx", letter), **{"Message-ID": f"<thu{part.replace(' ', '-')}@a.example>"}),
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in made]


def hand_over(page: Page, ward: Ward, paths: list[Path]) -> None:
    page.goto(ward.queue)
    button = page.get_by_role("button", name="Đọc các tệp đã chọn")
    with page.expect_navigation():
        page.get_by_label("Tệp báo cáo").set_input_files(paths)
        if button.is_visible():  # without script
            button.click()
    expect(page).to_have_url(re.compile("/viec/"))
    wait_until_read(page, ward.queue)


def test_from_files_to_receipts(lead_page: OpenPage, ward: Ward, tmp_path: Path, findings: Findings) -> None:
    page = lead_page(viewport={"width": 1440, "height": 900})
    hand_over(page, ward, files(tmp_path))
    page.get_by_role("link", name="Báo cáo_").click()
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_text("Đơn vị muốn nói lĩnh vực nào?")).to_be_visible()
    expect(page.locator('input[name="fields"]:checked')).to_have_count(0)
    page.get_by_text("(2)").last.click()
    expect(page.locator("#saved")).to_contain_text("Tự lưu lúc")
    page.goto(page.url.rsplit("/", 2)[0] + "/")
    page.get_by_label("Ngày đến").fill("01/07/2026")
    page.get_by_text("bản giấy").click()
    page.get_by_role("button", name="Ghi nhận các giải pháp đã chọn").click()
    expect(page.get_by_text("Phiếu tiếp nhận số 01").first).to_be_visible()
    assert findings(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_clean(
    lead_page: OpenPage, ward: Ward, tmp_path: Path, findings: Findings, width: int, scheme: str
) -> None:
    page = lead_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    hand_over(page, ward, files(tmp_path, f" {width} {scheme}"))
    found = {"queue": findings(page)}
    links = [str(link.get_attribute("href")) for link in page.locator("a.name").all()[:4]]
    for path in links:
        page.goto(path)
        found[path] = findings(page)
        for row in page.get_by_role("table").get_by_role("link").all()[:1]:
            found[f"{path} row"] = _row(page, str(row.get_attribute("href")), findings)
            page.goto(path)
    assert {path: each for path, each in found.items() if each} == {}


def _row(page: Page, path: str, findings: Findings) -> list[str]:
    page.goto(path)
    return findings(page)


def test_without_script_the_whole_form_is_saved(lead_page: OpenPage, ward: Ward, tmp_path: Path) -> None:
    page = lead_page(java_script_enabled=False)
    path = tmp_path / "Không tập lệnh.docx"
    path.write_bytes(make.one(unit="", title="Bản tin tổ dân phố"))
    hand_over(page, ward, [path])
    page.get_by_role("link", name="Không tập lệnh.docx").click()
    page.get_by_role("link", name="Bản tin tổ dân phố").click()
    page.locator('#part-unit input[type="radio"]').nth(1).check(force=True)
    page.get_by_label("Tính mới").fill("Chưa tổ nào trong phường làm.")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã lưu phần bạn vừa sửa.")).to_be_visible()
    expect(page.get_by_label("Tính mới")).to_have_value("Chưa tổ nào trong phường làm.")


def test_an_officer_on_a_phone_from_the_word_file_to_the_receipt(
    new_page: NewPage, ward: Ward, tmp_path: Path, findings: Findings
) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(f"/moi/{ward.facts['token']}/")
    page.get_by_role("main").get_by_role("button").first.click()
    page.get_by_role("link", name="Bắt đầu báo cáo").or_(page.get_by_role("link", name="Báo cáo")).first.click()
    page.get_by_role("link", name="Chọn tệp báo cáo").click()
    queue = page.url
    report = tmp_path / "Báo cáo của trường.docx"
    report.write_bytes(make.one(unit=SCHOOL, title="Hẹn giờ đón trẻ theo khối lớp"))
    with page.expect_navigation(url=re.compile("/viec/")):
        page.get_by_label("Tệp báo cáo").set_input_files(report)
    wait_until_read(page, queue)
    page.get_by_role("link", name=report.name).click()
    assert findings(page) == []
    page.get_by_role("button", name="Thêm các bản nháp đã chọn").click()
    page.goto("/bao-cao/")
    page.get_by_role("link", name=re.compile("Xem lại và gửi|Gửi")).first.click()
    assert findings(page) == []
    page.get_by_role("button", name=re.compile("^Gửi")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("tiếp nhận số")
    expect(page.get_by_text("Hẹn giờ đón trẻ theo khối lớp").first).to_be_visible()
    assert findings(page) == []
