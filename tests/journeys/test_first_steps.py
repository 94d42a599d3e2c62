"""From an empty data folder to the first plan, with nothing but what the console prints and the screen says."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Findings, NewPage
from tests.journeys.door import choose_password, sign_in
from tests.journeys.instance import serving

pytestmark = [pytest.mark.slow, pytest.mark.browser]
OWN = "bốn con sếu bay qua sông"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Address and console of a server on an empty folder."""
    home = tmp_path_factory.mktemp("Máy mới") / "dữ liệu"
    with serving(home) as address:
        yield address.replace("127.0.0.1", "localhost"), (home.parent / "serve.log").read_text(encoding="utf-8")


@pytest.fixture
def address(printed: tuple[str, str]) -> str:
    return printed[0]


def after(console: str, label: str) -> str:
    return console.split(label)[1].split()[0]


@pytest.mark.parametrize("with_script", [True, False])
def test_an_empty_installation_leads_to_the_first_plan(
    new_page: NewPage, printed: tuple[str, str], findings: Findings, with_script: bool
) -> None:
    address, console = printed
    scheme = "dark" if with_script else "light"
    page = new_page(viewport={"width": 390, "height": 844}, java_script_enabled=with_script, color_scheme=scheme)
    found = {}

    def look(name: str) -> None:
        if with_script:
            found[name] = findings(page)

    if with_script:
        _begin(page, console)
        look("steps")
        _do_the_steps(page, look)
    else:
        sign_in(page, "vy@phuong.example", OWN)
        page.goto("/quan-tri/bat-dau/")
    expect(_title(page)).to_contain_text("còn một bước nữa")
    page.get_by_role("link", name="Lập kế hoạch").click()
    expect(page).to_have_url(f"{address}/dot/moi/")
    page.goto("/quan-tri/")
    look("home")
    page.get_by_role("link", name="Đơn vị", exact=True).click()
    expect(page.get_by_role("rowheader", name="Phòng Văn hóa - Xã hội")).to_be_visible()
    look("units")
    page.get_by_role("rowheader", name="Phòng Kinh tế").get_by_role("link").click()
    look("unit")
    _rename(page, "Phòng Kinh tế" if with_script else "Phòng Kinh tế và Hạ tầng", look)
    page.goto("/quan-tri/lich-su/")
    expect(page.get_by_text("đổi tên đơn vị").first).to_be_visible()
    look("history")
    assert {name: each for name, each in found.items() if each} == {}


def _begin(page: Page, console: str) -> None:
    password = after(console, "Mật khẩu:")
    sign_in(page, after(console, "Thư công vụ:"), password)
    choose_password(page, password, OWN)
    expect(_title(page)).to_have_text("Việc của tôi")
    page.get_by_role("link", name="Nhập danh sách đơn vị").click()
    expect(_title(page)).to_contain_text("còn năm bước nữa là nhận được báo cáo")


def _do_the_steps(page: Page, look: Callable[[str], None]) -> None:
    page.get_by_role("link", name="Ghi tên").click()
    look("name")
    page.get_by_label("Thư công vụ").fill("vy@phuong.example")
    page.get_by_label("Tên hiển thị").fill("Nguyễn Phúc Bảo Ngọc Tường Vy")
    page.get_by_role("button", name="Ghi tên và thư công vụ").click()
    expect(_title(page)).to_contain_text("Chào Vy, còn bốn bước nữa")

    page.get_by_role("link", name="Ghi đơn vị ban hành").click()
    look("issuer")
    page.get_by_label("Đơn vị ban hành kế hoạch").fill("Ủy ban nhân dân phường Nguyễn Thượng Hiền Đông")
    page.get_by_role("button", name="Ghi đơn vị ban hành").click()

    page.get_by_role("link", name="Chọn đơn vị").click()
    look("ways to a list")
    page.get_by_role("button", name="Xem trước danh sách này").click()
    expect(_title(page)).to_have_text("Xem lại danh sách trước khi ghi")
    look("preview of the list")
    page.get_by_role("button", name="Ghi 4 đơn vị mới").click()

    page.get_by_role("link", name="Giao việc").click()
    look("leader")
    page.get_by_role("button", name="Giao phần việc").click()


def _rename(page: Page, name: str, look: Callable[[str], None]) -> None:
    page.get_by_role("link", name="Đổi tên").click()
    look("rename")
    page.get_by_label("Tên mới").fill(name)
    page.get_by_role("button", name="Xem trước").click()
    expect(_title(page)).to_have_text("Xem trước: Đổi tên")
    look("preview of the act")
    page.get_by_role("button", name="Ghi việc đổi tên").click()
    expect(page.get_by_text("Đã ghi tên mới.")).to_be_visible()


def _title(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)
