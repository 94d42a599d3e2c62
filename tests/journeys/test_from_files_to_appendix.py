"""An officer drops Word files and takes the appendix away: with script, without, on a phone."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage
from tests.quick import made

pytestmark = [pytest.mark.slow, pytest.mark.browser]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [
        made.word(tmp_path / "1 Bến Đò Cổ.docx", [made.BEN_DO, made.VUON_NHAN]),
        made.broken(tmp_path / "2 hỏng.docx"),
        made.word(tmp_path / "3 Cầu Khỉ.docx", [made.DOUBTFUL]),
        made.excel(tmp_path / "4 Vườn Nhãn.xlsx", [made.VUON_NHAN]),
    ]


def _titles_in_word(content: bytes) -> list[str]:
    table = Document(io.BytesIO(content)).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    return [row[2] for row in rows if row[0].strip().rstrip(".") in {"1", "2", "3"}][-3:]


def _downloaded(page: Page) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải tệp Word").click()
    return Path(waiting.value.path()).read_bytes()


def test_with_script_the_files_are_read_one_by_one_and_the_word_file_is_right(
    new_page: NewPage, files: list[Path]
) -> None:
    page = new_page()
    page.goto("/")
    page.get_by_label("Tệp báo cáo").set_input_files(files)
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã đọc 4 tệp, được 3 giải pháp")

    page.get_by_role("link", name="3 Cầu Khỉ.docx").click()
    page.get_by_label("(2) Cải cách thể chế").check()
    expect(page.locator("#saved")).to_contain_text("Tự lưu lúc")
    page.get_by_label("Tính mới").fill("Người dân tự chọn nơi dán mã.")
    page.get_by_label("Tính mới").blur()
    expect(page.locator("#open")).to_contain_text("Đã đủ các phần")

    page.get_by_role("link", name="Về danh sách tệp").click()
    content = _downloaded(page)
    assert _titles_in_word(content) == [made.BEN_DO.title, made.VUON_NHAN.title, made.DOUBTFUL.title]
    text = "\n".join(cell.text for row in Document(io.BytesIO(content)).tables[0].rows for cell in row.cells)
    assert "Cải cách thể chế" in text
    assert "Người dân tự chọn nơi dán mã." in text


def test_without_script_one_form_does_the_same(new_page: NewPage, files: list[Path]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Tệp báo cáo").set_input_files(files)
    page.get_by_role("button", name="Đọc các tệp đã chọn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã đọc 4 tệp, được 3 giải pháp")

    page.get_by_role("link", name="3 Cầu Khỉ.docx").click()
    page.get_by_label("(3) Cải cách thủ tục hành chính").check()
    page.get_by_label("Tính mới").fill("Người dân tự chọn nơi dán mã.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#said")).to_contain_text("Đã lưu phần bạn vừa sửa.")

    page.goto("/tong-hop-nhanh/thu-tu/")
    page.get_by_role("button", name=f"Đưa {made.DOUBTFUL.unit} lên trên").click()
    page.goto("/tong-hop-nhanh/")
    titles = _titles_in_word(_downloaded(page))
    assert titles == [made.BEN_DO.title, made.DOUBTFUL.title, made.VUON_NHAN.title]


def test_on_a_phone_the_same_way_is_open(new_page: NewPage, files: list[Path]) -> None:
    page = new_page(**PHONE)
    page.goto("/")
    page.get_by_label("Tệp báo cáo").set_input_files(files[:1])
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã đọc 1 tệp, được 2 giải pháp")
    assert len(_titles_in_word(_downloaded(page))) == 2


def test_reading_can_be_stopped_and_what_was_read_stays(new_page: NewPage, tmp_path: Path) -> None:
    many = [
        made.excel(tmp_path / f"{number:02}.xlsx", [made.Entry(f"Phường {number}", f"Giải pháp {number}")])
        for number in range(1, 101)
    ]
    page = new_page()
    page.goto("/")
    page.get_by_label("Tệp báo cáo").set_input_files(many)
    expect(page.locator("[data-drop-say]")).to_contain_text("trên 100.")
    page.get_by_role("button", name="Dừng lại, giữ các tệp đã đọc").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã đọc")
    read = int(page.get_by_role("heading", level=1).inner_text().split()[2])
    assert 1 <= read < 100


# A quick hand: presses the button in the very moment in which the page says that the fifth file is being read.
STOP_AT_FIFTH = """() => {
    const watch = new MutationObserver(() => {
        const stop = [...document.querySelectorAll("button")]
            .find((button) => button.textContent.includes("Dừng lại, giữ các tệp đã đọc") && button.offsetParent);
        const progress = /(\\d+) trên 200/.exec(document.querySelector("[data-drop-say]").textContent);
        if (!stop || !progress || Number(progress[1]) < 5) return;
        watch.disconnect();
        stop.click();
    });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
}"""


def test_an_archive_shows_its_files_one_by_one_and_can_be_stopped(new_page: NewPage, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "Tất cả.zip", "w") as archive:
        for number in range(1, 201):
            rows = 3000 if number in (20, 40, 60) else 1  # long files, so that nobody has read the last one by then
            entries = [made.Entry(f"Phường {number}", f"Giải pháp {number}.{row}") for row in range(rows)]
            archive.write(made.excel(tmp_path / f"{number:03}.xlsx", entries), f"{number:03}.xlsx")
    page = new_page()
    page.goto("/")
    page.evaluate(STOP_AT_FIFTH)
    page.get_by_label("Tệp báo cáo").set_input_files(tmp_path / "Tất cả.zip")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã đọc")
    assert 1 <= int(page.get_by_role("heading", level=1).inner_text().split()[2]) < 200


def test_files_dropped_on_the_page_are_read(new_page: NewPage, files: list[Path]) -> None:
    page = new_page()
    page.goto("/")
    carried = page.evaluate_handle(
        """async (bytes) => {
            const carried = new DataTransfer();
            carried.items.add(new File([new Uint8Array(bytes)], "thả vào.docx"));
            return carried;
        }""",
        list(files[0].read_bytes()),
    )
    page.dispatch_event("main", "drop", {"dataTransfer": carried})
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã đọc 1 tệp, được 2 giải pháp")
    expect(page.get_by_role("link", name="thả vào.docx")).to_be_visible()


def test_the_end_clears_everything(new_page: NewPage, files: list[Path]) -> None:
    page = new_page()
    page.goto("/")
    page.get_by_label("Tệp báo cáo").set_input_files(files[:1])
    page.get_by_role("link", name="Kết thúc và xóa hết").click()
    page.get_by_role("button", name="Xóa hết và kết thúc").click()
    expect(page.locator("#said")).to_contain_text("Đã xóa hết, trên máy không còn gì của lần tổng hợp này.")


def test_a_field_and_its_passage_light_up_together(new_page: NewPage, files: list[Path]) -> None:
    page = new_page()
    page.goto("/")
    page.get_by_label("Tệp báo cáo").set_input_files(files[2:3])
    page.get_by_role("link", name="3 Cầu Khỉ.docx").click()
    page.wait_for_load_state()  # the lights are a script, which comes after the words
    page.get_by_label("Tên giải pháp").focus()
    expect(page.locator(".paper .hot")).to_have_text("2 Bảng mã QR hướng dẫn thành phần hồ sơ dán ở từng khu phố")
