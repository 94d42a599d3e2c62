"""A lead officer from an empty data folder to the exported appendix, with nothing but what the screen says.

Once as a ward of today, once as a district of 2024 that enters its campaign afterwards from the files that came.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.factories import importing as make
from tests.factories.papers import SIGNED
from tests.journeys.conftest import NewPage
from tests.journeys.door import choose_password, sign_in
from tests.journeys.instance import serving
from tests.journeys.test_first_steps import OWN, after
from tests.journeys.walking import wait_until_read

pytestmark = [pytest.mark.slow, pytest.mark.browser]
TODAY = timezone.localdate()


@dataclass(frozen=True)
class Place:
    """What the officer types. Days are ISO; ``arrived`` is typed as a Vietnamese writes it."""

    issuer: str
    lead: str
    units: tuple[str, ...]
    preset: str
    year: int
    opens: str
    closes: str
    issued: str
    arrived: str
    since: str = ""


WARD = Place(
    "Ủy ban nhân dân phường Bến Đò", "Phòng Văn hóa - Xã hội",
    ("Phòng Văn hóa - Xã hội", "Văn phòng HĐND và UBND", "Trường Tiểu học Hàng Sao"),
    "Phường, xã từ tháng 7/2025", TODAY.year, (TODAY - timedelta(9)).isoformat(), (TODAY + timedelta(20)).isoformat(),
    (TODAY - timedelta(10)).isoformat(), (TODAY - timedelta(1)).strftime("%d/%m/%Y"),
)  # fmt: skip
DISTRICT = Place(
    "Ủy ban nhân dân Quận 33", "Phòng Nội vụ",
    ("Phòng Nội vụ", "Văn phòng UBND", "Phòng Tư pháp", "UBND Phường 41", "UBND Phường 42"),
    "Quận, huyện năm 2024 (Kế hoạch 230/KH-UBND)", 2024, "2024-07-15", "2024-09-15", "2024-07-09", "20/08/2024",
    since="2021-02-04",
)  # fmt: skip


@pytest.fixture(params=[WARD, DISTRICT], ids=["ward", "district"])
def place(request: pytest.FixtureRequest) -> Place:
    chosen: Place = request.param
    return chosen


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """An empty installation; what its console says lies beside its data folder."""
    home = tmp_path / "Máy mới" / "dữ liệu"
    home.parent.mkdir()
    with serving(home) as started:
        yield started


@pytest.fixture
def page(new_page: NewPage, address: str, tmp_path: Path) -> Page:
    """The officer at the machine, signed in with a password of their own."""
    console = (tmp_path / "Máy mới" / "serve.log").read_text(encoding="utf-8")
    opened = new_page(viewport={"width": 1280, "height": 900})
    password = after(console, "Mật khẩu:")
    sign_in(opened, after(console, "Thư công vụ:"), password)
    choose_password(opened, password, OWN)
    expect(opened.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    return opened


def test_from_an_empty_folder_to_the_appendix(page: Page, place: Place, tmp_path: Path) -> None:
    _set_up(page, place)
    plan = _issue(page, place, tmp_path)
    titles = _import(page, place, tmp_path)
    _admit(page, len(titles))
    page.goto(plan.removesuffix("ke-hoach/") + "phu-luc/")
    page.get_by_role("button", name="Chốt phụ lục lần 1").click()
    expect(page.get_by_role("rowheader", name="Lần 1")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Word").first.click()
    target = tmp_path / "phụ lục.docx"
    coming.value.save_as(target)
    rows = [[cell.text for cell in row.cells] for table in docx.Document(str(target)).tables for row in table.rows]
    told = [row for row in rows if any(title in row for title in titles)]
    assert [row[0] for row in told] == [str(number) for number in range(1, len(titles) + 1)]
    assert {title for row in told for title in titles if title in row} == set(titles)


def _set_up(page: Page, place: Place) -> None:
    page.goto("/quan-tri/bat-dau/")
    page.get_by_role("link", name="Ghi đơn vị ban hành").click()
    page.get_by_label("Đơn vị ban hành kế hoạch").fill(place.issuer)
    if place.since:
        page.get_by_label("Mang tên này từ ngày").fill(place.since)
    page.get_by_role("button", name="Ghi đơn vị ban hành").click()
    page.get_by_role("link", name="Chọn đơn vị").click()
    page.get_by_label("Mỗi dòng một đơn vị").fill("\n".join(place.units))
    page.get_by_role("button", name="Xem trước danh sách này").click()
    page.get_by_role("button", name=f"Ghi {len(place.units)} đơn vị mới").click()
    page.get_by_role("link", name="Giao việc").click()
    page.get_by_label("Đơn vị đầu mối", exact=True).select_option(label=place.lead)
    page.get_by_label("Tôi làm cả hai").check()
    page.get_by_role("button", name="Giao phần việc").click()
    expect(page.get_by_text("Bạn lo các đợt ở")).to_be_visible()


def _issue(page: Page, place: Place, folder: Path) -> str:
    """The plan from its preset, with the days of this place, signed and issued; the address of its page."""
    page.get_by_role("link", name="Lập kế hoạch").click()
    page.get_by_label(place.preset).check()
    page.get_by_label("Năm", exact=True).first.fill(str(place.year))
    page.get_by_role("button", name="Lập bản soạn").click()
    facts = page.get_by_role("region", name="Thông tin của kế hoạch")
    facts.get_by_role("link", name="Sửa").click()
    facts.get_by_label("Nhận báo cáo từ ngày").fill(place.opens)
    facts.get_by_label("đến hết ngày").fill(place.closes)
    facts.get_by_role("button", name="Lưu phần này").click()
    expect(facts.get_by_role("link", name="Sửa")).to_be_visible()
    plan = page.url
    page.get_by_role("link", name="Ban hành bằng bản đã ký").click()
    signed = folder / "kế hoạch.pdf"
    signed.write_bytes(SIGNED)
    page.get_by_label("Tệp kế hoạch đã ký").set_input_files(signed)
    page.get_by_label("Số", exact=True).fill("230")
    page.get_by_label("Ngày ban hành").fill(place.issued)
    page.get_by_role("button", name="Ban hành kế hoạch").click()
    expect(page.get_by_role("heading", name="Việc của đợt")).to_be_visible()
    return plan


def _import(page: Page, place: Place, folder: Path) -> list[str]:
    """Every unit but the lead unit has handed over a Word file; the titles that are recorded."""
    paths, titles = [], []
    for number, unit in enumerate(place.units[1:], 1):
        title = f"Cách làm thứ {number} của đợt đầu tiên"
        paths.append(folder / f"{unit}.docx")
        paths[-1].write_bytes(make.one(unit=unit, title=title, field="Cải cách thủ tục hành chính"))
        titles.append(title)
    page.goto("/nhap-tep/")
    if page.get_by_label("Tệp báo cáo").count() == 0:
        page.get_by_role("main").get_by_role("link").filter(has_text=str(place.year)).first.click()
    queue = page.url
    with page.expect_navigation(url=re.compile("/viec/")):
        page.get_by_label("Tệp báo cáo").set_input_files(paths)
    for path in paths:
        wait_until_read(page, queue)
        page.get_by_role("link", name=path.name).first.click()
        page.get_by_label("Ngày đến").fill(place.arrived)
        page.get_by_text("bản giấy").click()
        page.get_by_role("button", name=re.compile("Ghi nhận")).click()
        expect(page.get_by_text("Phiếu tiếp nhận số").first).to_be_visible()
    return titles


def _admit(page: Page, count: int) -> None:
    page.goto("/giai-phap/")
    page.get_by_role("link", name=re.compile("Chờ tiếp nhận")).first.click()
    expect(page.locator("tbody input[type=checkbox]")).to_have_count(count)
    for box in page.locator("tbody input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Xem trước khi tiếp nhận").click()
    page.get_by_role("button", name=f"Tiếp nhận {count} giải pháp").click()
    expect(page.get_by_text(f"Đã tiếp nhận {count} giải pháp").first).to_be_visible()
