"""An officer of a school on a phone: from the invitation through the form to the receipt, the line lost in between."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.factories.accounts import PASSWORD
from tests.journeys.conftest import Findings, NewPage
from tests.journeys.door import sign_in
from tests.journeys.instance import serving
from tests.programs import module

pytestmark = [pytest.mark.slow, pytest.mark.browser]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
TITLE = "Sổ tay điện tử hướng dẫn phụ huynh làm hồ sơ tuyển sinh đầu cấp không giấy, có video từng bước"
SAVED = "Tự lưu lúc"


@dataclass(frozen=True, slots=True)
class Instance:
    address: str
    told: dict[str, str]

    def of_the_unit(self, rest: str = "") -> str:
        return f"/bao-cao/dot/{self.told['campaign']}/{self.told['unit']}/{rest}"


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """A ward whose plan takes reports for four more days."""
    home = tmp_path_factory.mktemp("Máy phường") / "dữ liệu"
    told = module(home, "tests.journeys.reporting_world")
    with serving(home) as started:
        yield Instance(started, json.loads(told.splitlines()[-1]))


@pytest.fixture
def address(instance: Instance) -> str:
    return instance.address


def _enter(page: Page, instance: Instance) -> None:
    page.goto(f"/moi/{instance.told['token']}/")
    page.get_by_role("button").first.click()
    page.wait_for_url("**/bao-cao/")


def _begin_draft(page: Page, instance: Instance) -> None:
    page.goto(instance.of_the_unit("bat-dau/"))
    page.get_by_role("button", name="Soạn giải pháp mới").click()
    page.wait_for_url("**/soan/")


def _saved(page: Page) -> Locator:
    return page.locator("#saved")


def test_from_the_invitation_to_the_receipt_on_a_phone(
    new_page: NewPage, instance: Instance, findings: Findings, complaints: list[str], tmp_path: Path
) -> None:
    found: dict[str, list[str]] = {}
    page = new_page(viewport=PHONE, color_scheme="dark", has_touch=True)
    phone = page.context
    page.goto(f"/moi/{instance.told['token']}/")
    found["invitation"] = findings(page)
    _enter(page, instance)
    found["home"] = findings(page)
    page.get_by_role("link", name="Báo cáo giải pháp").click()
    found["start"] = findings(page)
    page.get_by_role("button", name="Soạn giải pháp mới").click()
    page.wait_for_url("**/soan/")

    page.get_by_label("Tên giải pháp").fill(TITLE)
    page.get_by_role("radio", name="(3) Cải cách thủ tục hành chính").check()
    page.get_by_label("Thực trạng").fill("Phụ huynh phải đến trường hai, ba lần.")
    page.get_by_label("Nội dung", exact=True).fill("Trường làm sổ tay điện tử.\nCó video từng bước.")
    page.get_by_label("Tính mới").fill("Không cần bản sao giấy.")
    expect(_saved(page)).to_contain_text(SAVED)
    expect(page.locator("[data-gaps]")).to_contain_text("Hiệu quả")
    found["draft"] = findings(page)

    phone.set_offline(True)
    page.get_by_label("Hiệu quả").fill("Số lần đến trường giảm từ 2,6 còn 0,4.")
    expect(_saved(page)).to_have_text(
        "Chưa gửi được vì mất mạng. Bản nháp còn nguyên; hệ thống tự gửi lại khi có mạng."
    )
    phone.set_offline(False)
    expect(_saved(page)).to_contain_text(SAVED)
    assert any("ERR_INTERNET_DISCONNECTED" in each for each in complaints)
    complaints.clear()

    page.get_by_label("Áp dụng lần đầu ngày").fill("31/6/2026")
    expect(page.get_by_text("Ngày 31/6 không có.")).to_be_visible()
    page.get_by_label("Áp dụng lần đầu ngày").fill("4/3/2026")
    expect(page.locator("[data-gaps]")).to_contain_text("Đã đủ các phần.")
    picture = tmp_path / "Ảnh sổ tay.jpg"
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(picture, quality=92)
    page.get_by_label("Tệp này cho thấy điều gì?").fill("trang đầu của sổ tay")
    page.get_by_label("Tệp", exact=True).set_input_files(picture)
    evidence = page.locator("[data-evidence-list]")
    expect(evidence).to_contain_text("trang đầu của sổ tay")
    sent = evidence.get_by_role("link").evaluate(
        "link => fetch(link.href).then(answer => answer.blob()).then(blob => blob.size)"
    )
    assert sent < picture.stat().st_size / 2
    page.get_by_label("Tính mới").fill("Không cần bản sao giấy, phụ huynh làm ở nhà.")

    page.get_by_role("link", name="Xem lại và gửi").click()  # waits until the last words are saved
    page.wait_for_url("**/gui/")
    found["send"] = findings(page)
    page.get_by_role("button", name="Gửi báo cáo").dblclick()
    page.wait_for_url("**/bien-nhan/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Phiếu tiếp nhận số 01")
    found["receipt"] = findings(page)
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("Không cần bản sao giấy, phụ huynh làm ở nhà.")).to_be_visible()
    found["entry"] = findings(page)
    page.goto("/bao-cao/")
    expect(page.get_by_role("link", name="Số 01")).to_be_visible()
    expect(page.get_by_role("link", name="Số 02")).to_have_count(0)
    assert {name: each for name, each in found.items() if each} == {}


def test_what_was_typed_without_a_line_is_there_when_the_browser_comes_back(
    new_page: NewPage, instance: Instance, complaints: list[str]
) -> None:
    page = new_page(viewport=PHONE)
    phone = page.context
    _enter(page, instance)
    _begin_draft(page, instance)
    address = page.url
    phone.set_offline(True)
    page.get_by_label("Tên giải pháp").fill("Gõ lúc mất mạng")
    page.get_by_role("button", name="Thêm dòng số liệu").click()
    page.locator("#figure_what_2").fill("Số lượt đi lại")
    page.locator("#figure_after_2").fill("1,2")
    expect(_saved(page)).to_contain_text("mất mạng")
    page.close()
    phone.set_offline(False)
    complaints.clear()

    back = phone.new_page()
    back.goto(address)
    expect(back.get_by_label("Tên giải pháp")).to_have_value("Gõ lúc mất mạng")
    expect(_saved(back)).to_contain_text(SAVED)
    back.reload()
    expect(back.get_by_label("Tên giải pháp")).to_have_value("Gõ lúc mất mạng")
    expect(back.locator("#figure_what_0")).to_have_value("Số lượt đi lại")
    assert back.evaluate("Object.keys(localStorage).filter(key => key.startsWith('sangkien:draft:'))") == []


def test_two_on_one_draft_choose_and_nobody_is_overwritten(
    new_page: NewPage, instance: Instance, findings: Findings
) -> None:
    mine = new_page(viewport=PHONE, expected="409")
    _enter(mine, instance)
    _begin_draft(mine, instance)
    theirs = new_page(viewport=DESK, expected="409")
    sign_in(theirs, instance.told["officer"], PASSWORD)
    theirs.goto(mine.url)
    theirs.get_by_label("Tính mới").fill("Câu của đồng nghiệp.")
    expect(_saved(theirs)).to_contain_text(SAVED)
    mine.get_by_label("Tính mới").fill("Câu của tôi.")
    mine.get_by_role("button", name="Xem chỗ khác nhau").click()
    expect(mine.get_by_role("heading", level=1)).to_have_text("Hai người vừa sửa bản nháp này")
    assert findings(mine) == []
    mine.get_by_label("Bản bạn vừa gõ").check()
    mine.get_by_role("button", name="Lưu các phần đã chọn").click()
    mine.wait_for_url("**/soan/")
    expect(mine.get_by_label("Tính mới")).to_have_value("Câu của tôi.")
    theirs.get_by_label("Tính mới").fill("Câu thứ hai của đồng nghiệp.")
    theirs.get_by_role("button", name="Xem chỗ khác nhau").click()
    theirs.get_by_label("Bản người kia lưu").check()
    theirs.get_by_role("button", name="Lưu các phần đã chọn").click()
    theirs.wait_for_url("**/soan/")
    expect(theirs.get_by_label("Tính mới")).to_have_value("Câu của tôi.")
    expect(_saved(theirs)).to_contain_text("Lưu lần cuối")


def test_the_form_is_whole_without_script(new_page: NewPage, instance: Instance) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False, expected="422")
    _enter(page, instance)
    _begin_draft(page, instance)
    page.get_by_label("Tên giải pháp").fill("Không cần lệnh tự chạy")
    page.get_by_label("Áp dụng lần đầu ngày").fill("31/6/2026")
    page.get_by_role("button", name="Lưu nháp").click()
    expect(page.get_by_text("Ngày 31/6 không có.")).to_be_visible()
    expect(page.get_by_label("Tên giải pháp")).to_have_value("Không cần lệnh tự chạy")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_of_the_unit_is_clean(
    new_page: NewPage, instance: Instance, findings: Findings,
    size: dict[str, int], scheme: str,
) -> None:  # fmt: skip
    page = new_page(viewport=size, color_scheme=scheme)
    _enter(page, instance)
    _begin_draft(page, instance)
    draft = page.url
    page.get_by_text("Mặt còn hạn chế, chi phí, điều kiện để nhân rộng").click()
    page.get_by_text("không ghi tên ai").click()
    found = {"draft": findings(page), "preview": []}
    page.get_by_label("Tên giải pháp").fill("x" * 300)
    expect(_saved(page)).to_contain_text(SAVED)
    pages = ["/bao-cao/", draft.replace("soan/", ""), draft.replace("soan/", "bo/")]
    pages += [instance.of_the_unit(rest) for rest in ("", "gui/", "khong-co/", "xem-truoc/")]
    for address in pages:
        page.goto(address)
        found[address] = findings(page)
    assert {name: each for name, each in found.items() if each} == {}
