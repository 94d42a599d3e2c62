"""Every page and every paper as a picture in ``build/pictures/``: ``make pictures``.

The program starts the product itself on a free port with a data folder of its own and invented files. A page is taken
four times: wide, wide and dark (``.d``, ``.d.dark``), on a phone, on a phone and dark (``.p``, ``.p.dark``). With
``--docs`` the best ones also go, made small, to ``docs/pictures/``.
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import django
import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.documents import examples
from tests.journeys.door import come_in
from tests.journeys.instance import chromium, serving
from tests.journeys.walking import view_of, walk
from tests.programs import sangkien
from tests.quick import made

from sangkien.accounts.actions.first import FIRST_MAILBOX
from sangkien.documents.pdf import write_pdf

PICTURES = ROOT / "build/pictures"
WIDTHS = {"d": (1440, 900), "p": (390, 844)}
SCHEMES = {"": "light", ".dark": "dark"}
ROLES = {
    "dau-moi": "Cán bộ đầu mối phường",
    "thu-truong": "Chánh Văn phòng",
    "quan-tri": "Người quản trị",
    "kiem-tra": "Người kiểm tra",
}
SHOWN_IN_DOCS = {
    "bat-dau": "bat-dau-1.d",
    "viec-cua-toi": "dau-moi-desk-home.d",
    "dot": "dau-moi-desk-campaign.d",
    "giai-phap": "dau-moi-desk-entry.d",
    "ke-hoach": "dau-moi-campaigns-plan.d",
    "don-vi-soan": "thu-truong-intake-draft.p",
    "tong-hop-nhanh": "2-danh-sach-tep.d",
    "xem-lai-mot-tep": "3-ban-goc-va-noi-dung.d",
    "phu-luc": "van-ban-phu-luc-1",
}
WARDS = (
    "An Lạc Đông",
    "Bến Đò Cổ",
    "Cầu Khỉ",
    "Đồng Dừa",
    "Giồng Sao",
    "Hàng Bần",
    "Lò Gốm",
    "Nguyễn Thượng Hiền Đông",
)
TITLES = (
    "Phiếu hẹn trả kết quả bằng tin nhắn, có đường dẫn tra cứu",
    "Tổ lưu động nhận và trả kết quả tại nhà cho người cao tuổi, người khuyết tật",
    "Một giờ mỗi tuần đọc lại hồ sơ trả chậm",
    "Sổ tay điện tử giải quyết thủ tục liên thông khai sinh, thường trú, bảo hiểm y tế cho trẻ dưới 6 tuổi",
)


def main() -> None:
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        _take_pages(Path(folder))
        _take_first_steps(Path(folder) / "trong")
        _take_demonstration(Path(folder) / "minh hoa")
        _take_papers(Path(folder))
    if "--docs" in sys.argv:
        _keep_for_docs()
    print(f"{len(list(PICTURES.glob('*.png')))} pictures in {PICTURES.relative_to(ROOT)}")


def _take_pages(folder: Path) -> None:
    files = list(_reports(folder))
    with serving(folder / "nha") as address, chromium() as browser:
        page = browser.new_page(base_url=address)
        _take(browser, page, address, "1-bat-dau", "/tong-hop-nhanh/")
        page.goto("/tong-hop-nhanh/")
        page.get_by_label("Tệp báo cáo").set_input_files(files)
        page.locator("section.act").wait_for()
        rows = page.get_by_role("link", name="Cầu Khỉ").get_attribute("href") or ""
        many = page.get_by_role("link", name="Nguyễn Thượng Hiền Đông").get_attribute("href") or ""
        for name, path in (
            ("2-danh-sach-tep", "/tong-hop-nhanh/"),
            ("3-ban-goc-va-noi-dung", f"{rows}1/"),
            ("4-mot-tep-nhieu-giai-phap", many),
            ("5-bang-tong-hop", "/tong-hop-nhanh/bang/"),
            ("6-thu-tu-don-vi", "/tong-hop-nhanh/thu-tu/"),
            ("7-tieu-de", "/tong-hop-nhanh/tieu-de/"),
            ("8-ket-thuc", "/tong-hop-nhanh/ket-thuc/"),
            ("9-khong-tim-thay", "/tong-hop-nhanh/?q=xep hang lay so"),
        ):
            _take(browser, page, address, name, path)
    with serving(folder / "phat trien", SANGKIEN_DEBUG="1") as address, chromium() as browser:
        _take(browser, browser.new_page(base_url=address), address, "bo-phan", "/bo-phan/")


def _take_first_steps(folder: Path) -> None:
    """An empty installation after the first sign-in."""
    folder.mkdir()
    with serving(folder / "nha") as address, chromium() as browser:
        said = (folder / "serve.log").read_text(encoding="utf-8")
        given = re.search(r"Mật khẩu: +(\S+)", said)
        page = browser.new_page(base_url=address)
        page.goto("/dang-nhap/")
        page.get_by_label("Thư công vụ").fill(FIRST_MAILBOX)
        page.get_by_label("Mật khẩu").fill(given[1] if given else "")
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        page.get_by_label("Mật khẩu đang dùng").fill(given[1] if given else "")
        for label in ("Mật khẩu mới", "Nhập lại mật khẩu mới"):
            page.get_by_label(label, exact=True).fill("cây đa đầu làng xanh")
        with page.expect_navigation():
            page.get_by_role("button", name="Lưu mật khẩu mới").click()
        _take(browser, page, address, "bat-dau-1", "/quan-tri/bat-dau/")


def _take_demonstration(folder: Path) -> None:
    """One page of each view that each role can reach, named after role and view."""
    folder.mkdir()
    home = folder / "nha"
    sangkien(home, "demo")
    with serving(home) as address, chromium() as browser:
        _take(browser, browser.new_page(base_url=address), address, "dang-nhap", "/dang-nhap/")
        for short, role in ROLES.items():
            page = browser.new_context(base_url=address).new_page()
            come_in(page, role)
            views = list(_windows(browser, page, address))
            for path in walk(page, []):
                view = (view_of(path) or "").replace(":", "-")
                _shoot(views, f"{short}-{view}", path)
            for _ending, window in views:
                window.context.close()
            page.context.close()


def _take(browser: Browser, page: Page, address: str, name: str, path: str) -> None:
    """Four pictures of one page, each by a browser window that carries the session of ``page``."""
    views = list(_windows(browser, page, address))
    _shoot(views, name, path)
    for _ending, window in views:
        window.context.close()


def _windows(browser: Browser, page: Page, address: str) -> Iterator[tuple[str, Page]]:
    """A window for each look: what its pictures end with, and the window."""
    state = page.context.storage_state()
    for width, (across, down) in WIDTHS.items():
        for ending, scheme in SCHEMES.items():
            size = {"width": across, "height": down}
            window = browser.new_context(base_url=address, viewport=size, color_scheme=scheme, storage_state=state)
            yield f"{width}{ending}", window.new_page()


def _shoot(views: list[tuple[str, Page]], name: str, path: str) -> None:
    for ending, view in views:
        across, down = WIDTHS[ending.partition(".")[0]]
        view.set_viewport_size({"width": across, "height": down})
        view.goto(path)
        view.evaluate("document.fonts.ready")
        height = view.evaluate("document.documentElement.scrollHeight")
        view.set_viewport_size({"width": across, "height": max(down, height)})  # what sticks then lies at its end
        view.screenshot(path=PICTURES / f"{name}.{ending}.png")


def _reports(folder: Path) -> Iterator[Path]:
    for number, ward in enumerate(WARDS):
        unit = f"Ủy ban nhân dân phường {ward}"
        entry = replace(made.BEN_DO, unit=unit, title=TITLES[number % len(TITLES)], note="")
        if ward == "Cầu Khỉ":
            entry = replace(made.DOUBTFUL, title=TITLES[0])
        entries = [entry]
        if ward == "Nguyễn Thượng Hiền Đông":
            entries = [replace(entry, title=title) for title in TITLES]
            entries[1] = replace(entries[1], novelty="", field="cải cách gì đó")
        make = made.excel if number % 3 == 2 else made.word
        ending = "xlsx" if number % 3 == 2 else "docx"
        yield make(folder / f"Phường {ward} - Báo cáo giải pháp CCHC.{ending}", entries)
    yield made.excel(folder / "Phu luc kem theo.xlsx", [replace(made.BEN_DO, title=TITLES[1], note="")])
    yield made.broken(folder / "BC sang kien (ban cuoi) (2).docx")


def _take_papers(folder: Path) -> None:
    papers = {
        "phu-luc": examples.consolidated(),
        "phu-luc-cua-ke-hoach": examples.plan_appendix(),
        "cong-van": examples.letter(),
        "quyet-dinh": examples.recognition(),
    }
    for name, paper in papers.items():
        for path in write_pdf(paper, folder / f"{name}.pdf"):
            document = pypdfium2.PdfDocument(path)
            for number in range(min(len(document), 3)):
                picture = document[number].render(scale=1.6).to_pil()
                picture.save(PICTURES / f"van-ban-{path.stem}-{number + 1}.png")
            document.close()


def _keep_for_docs() -> None:
    """What the README and the tutorial show; 128 colours are enough for pages and weigh a quarter."""
    folder = ROOT / "docs/pictures"
    folder.mkdir(exist_ok=True)
    for name, source in SHOWN_IN_DOCS.items():
        whole = Image.open(PICTURES / f"{source}.png").convert("RGB")
        picture = whole.crop((0, 0, whole.width, min(whole.height, 4 * whole.width)))  # the head of a long phone page
        picture.quantize(128, dither=Image.Dither.NONE).save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
