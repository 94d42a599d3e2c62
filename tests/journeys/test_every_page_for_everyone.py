"""Every page, light and dark, wide and narrow: axe-core finds nothing, nothing scrolls sideways, the policy holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Findings, NewPage
from tests.journeys.instance import serving
from tests.quick import made

pytestmark = [pytest.mark.slow, pytest.mark.browser]
WIDTHS = {"desktop": 1440, "phone": 390}
PAGES = ("", "bang/", "thu-tu/", "tieu-de/", "ket-thuc/", "?loc=khong-doc", "?q=khong-co-dau")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_clean(new_page: NewPage, findings: Findings, tmp_path: Path, width: str, scheme: str) -> None:
    long = made.Entry(
        "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường Nguyễn Thượng Hiền Đông",
        "Sổ tay điện tử giải quyết thủ tục liên thông khai sinh, thường trú, bảo hiểm y tế cho trẻ dưới 6 tuổi",
    )
    files = [
        made.word(tmp_path / ("Báo_cáo_giải_pháp_" + "rất_dài_" * 12 + ".docx"), [made.DOUBTFUL, long]),
        made.excel(tmp_path / "một.xlsx", [made.BEN_DO]),
        made.broken(tmp_path / "hỏng.docx"),
    ]
    page = new_page(viewport={"width": WIDTHS[width], "height": 900}, color_scheme=scheme)
    page.goto("/")
    found = {"start": findings(page)}
    page.get_by_label("Tệp báo cáo").set_input_files(files)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã đọc 3 tệp")
    links = [link.get_attribute("href") for link in page.locator("a.name").all()]
    for path in [*(f"/tong-hop-nhanh/{each}" for each in PAGES), *links, f"{links[0]}1/", f"{links[0]}2/"]:
        page.goto(str(path))
        found[str(path)] = findings(page)
    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize("width", WIDTHS.values())
def test_the_page_that_is_not_there_is_clean(new_page: NewPage, findings: Findings, width: int) -> None:
    page = new_page(expected="status of 404", viewport={"width": width, "height": 844})
    page.goto("/khong-co/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Không tìm thấy trang này")
    assert findings(page) == []


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An instance as those who build it run it: with the gallery of all components."""
    with serving(tmp_path_factory.mktemp("xưởng") / "nha", SANGKIEN_DEBUG="1") as started:
        yield started


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_of_the_gallery_is_clean(
    new_page: NewPage, workshop: str, findings: Findings, scheme: str
) -> None:
    page = new_page(base_url=workshop, color_scheme=scheme)
    page.goto("/bo-phan/")
    found = {}
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        found[name] = findings(page)
    assert found == {"desktop": [], "phone": []}


def test_the_first_visit_is_light_and_the_next_page_lighter(new_page: NewPage) -> None:
    page = new_page()
    received: list[int] = []

    def count(event: dict[str, float]) -> None:
        received.append(int(event["encodedDataLength"]))

    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", count)
    page.goto("/", wait_until="networkidle")
    first = sum(received)
    received.clear()
    page.goto("/tong-hop-nhanh/", wait_until="networkidle")
    assert first <= 300_000, first
    assert sum(received) <= 30_000, sum(received)


def test_the_text_to_copy_is_copied_or_else_picked(new_page: NewPage, workshop: str) -> None:
    page = new_page(base_url=workshop)
    page.goto("/bo-phan/")
    said = page.locator("#p-share-text ~ p [role=status]")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not here')); }")
    page.get_by_role("button", name="Sao chép").click()
    expect(said).to_have_text("Đã chọn cả ba dòng. Bạn bấm sao chép của máy.")
    text = page.locator("#p-share-text").input_value()
    assert page.evaluate("document.getSelection().toString()") == text
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.reload()
    page.get_by_role("button", name="Sao chép").click()
    expect(said).to_have_text("Đã sao chép. Bạn dán vào nhóm.")
    assert page.evaluate("navigator.clipboard.readText()") == text
