"""The appendix: order, heading, the four formats, the end."""

import csv
import io
import re
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from tests.quick import made
from tests.quick.pages import heading, said, tree, words

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Drop = Callable[..., Any]
TITLES = [made.VUON_NHAN.title, made.BEN_DO.title, made.DOUBTFUL.title]


@pytest.fixture(autouse=True)
def _dropped(drop: Drop, tmp_path: Path) -> None:
    drop(
        made.word(tmp_path / "1 Vườn Nhãn.docx", [made.VUON_NHAN]),
        made.excel(tmp_path / "2 Bến Đò Cổ.xlsx", [made.BEN_DO]),
        made.word(tmp_path / "3 Cầu Khỉ.docx", [made.DOUBTFUL]),
    )


def _titles(client: Client) -> list[str]:
    return [words(link) for link in tree(client.get("/tong-hop-nhanh/bang/")).xpath("//tbody//a[@class='title']")]


def _units(page: Any) -> list[str]:
    return [words(item.xpath("./span")[1]) for item in tree(page).xpath("//ol[@class='bare sortable']/li")]


def test_units_stand_as_their_files_were_dropped(client: Client) -> None:
    assert _titles(client) == TITLES


def test_units_stand_in_vietnamese_order_when_asked(client: Client) -> None:
    page = client.post("/tong-hop-nhanh/thu-tu/", {"order": "alphabet", "pasted": ""}, follow=True)
    assert said(page) == "Đã xếp lại thứ tự đơn vị."
    assert _units(page) == [made.VUON_NHAN.unit, made.BEN_DO.unit, made.DOUBTFUL.unit]


def test_a_unit_is_moved_up_and_down(client: Client) -> None:
    page = client.post("/tong-hop-nhanh/thu-tu/", {"up": "2"}, follow=True)
    assert _units(page) == [made.VUON_NHAN.unit, made.DOUBTFUL.unit, made.BEN_DO.unit]
    page = client.post("/tong-hop-nhanh/thu-tu/", {"down": "0"}, follow=True)
    assert _units(page) == [made.DOUBTFUL.unit, made.VUON_NHAN.unit, made.BEN_DO.unit]
    assert _titles(client) == [made.DOUBTFUL.title, made.VUON_NHAN.title, made.BEN_DO.title]


@pytest.mark.parametrize("move", [{"up": "0"}, {"down": "2"}, {"up": "99"}])
def test_a_move_over_the_edge_changes_nothing(client: Client, move: dict[str, str]) -> None:
    client.post("/tong-hop-nhanh/thu-tu/", move)
    assert _titles(client) == TITLES


def test_a_pasted_list_orders_the_units_and_names_those_without_a_report(client: Client) -> None:
    pasted = "- UBND phường Cầu Khỉ\n\nUBND phường Bến Đò Cổ\nUBND phường Đồng Dừa\n"
    page = client.post("/tong-hop-nhanh/thu-tu/", {"order": "first", "pasted": pasted}, follow=True)
    assert "Chưa có báo cáo" in page.content.decode()
    assert _titles(client) == [made.DOUBTFUL.title, made.BEN_DO.title, made.VUON_NHAN.title]
    home = words(tree(client.get("/tong-hop-nhanh/")))
    assert "1 đơn vị chưa có báo cáo" in home
    assert "3 giải pháp của 3 đơn vị." in home


def test_an_order_that_does_not_exist_is_refused(client: Client) -> None:
    response = client.post("/tong-hop-nhanh/thu-tu/", {"order": "random"})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_the_word_file_holds_every_row_renumbered_and_the_chosen_heading(client: Client) -> None:
    page = client.post(
        "/tong-hop-nhanh/tieu-de/",
        {
            "year": "2024",
            "plan_heading": "",
            "paper": "Kế hoạch",
            "number": "230/KH-UBND",
            "dated": "5/2/2024",
            "issuer": "Ủy ban nhân dân phường Sông Trăng",
            "superior": "",
        },
        follow=True,
    )
    assert said(page) == "Đã lưu tiêu đề phụ lục."
    response = client.get("/tong-hop-nhanh/phu-luc.docx")
    assert response["Content-Disposition"] == 'attachment; filename="phu-luc-tong-hop-2024.docx"'
    document = Document(io.BytesIO(response.content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "(Kèm theo Kế hoạch số 230/KH-UBND ngày 05 tháng 02 năm 2024 của Ủy ban nhân dân phường Sông Trăng)" in text
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    entries = [row for row in rows if row[0].strip().rstrip(".") in ("1", "2", "3")]
    assert [row[2] for row in entries] == TITLES


def test_a_correction_is_in_the_spreadsheet(client: Client) -> None:
    link = tree(client.get("/tong-hop-nhanh/bang/")).xpath("//tbody//a[@class='title']")[0].get("href")
    client.post(link, {"title": "=Tên đã sửa"})
    book = load_workbook(io.BytesIO(client.get("/tong-hop-nhanh/phu-luc.xlsx").content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == "=Tên đã sửa"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_the_csv_names_the_source_of_every_row(client: Client) -> None:
    text = client.get("/tong-hop-nhanh/phu-luc.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.split("\n")[0] else ","))
    assert [row[-1] for row in rows[1:]] == ["1 Vườn Nhãn.docx", "2 Bến Đò Cổ.xlsx", "3 Cầu Khỉ.docx"]


def test_the_pdf_is_a_pdf(client: Client) -> None:
    response = client.get("/tong-hop-nhanh/phu-luc.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


def test_two_different_files_of_one_name_stay_apart_in_the_sources(client: Client, drop: Drop, tmp_path: Path) -> None:
    (tmp_path / "khac").mkdir()
    drop(made.word(tmp_path / "khac" / "3 Cầu Khỉ.docx", [made.BEN_DO]))
    page = words(tree(client.get("/tong-hop-nhanh/bang/")))
    assert "3 Cầu Khỉ.docx (2)" in page


def test_making_the_appendix_leaves_nothing_behind(client: Client, home: Path) -> None:
    client.get("/tong-hop-nhanh/phu-luc.docx")
    (session,) = (home / "tam").iterdir()
    assert sorted(path.name for path in session.iterdir()) == ["goc", "sua", "tep"]


def test_a_format_we_do_not_write_is_not_found(client: Client) -> None:
    assert client.get("/tong-hop-nhanh/phu-luc.exe").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"year": "24"}, "Năm này không có. Ghi bốn chữ số, ví dụ 2024."),
        ({"year": ""}, "Chưa có năm. Ghi bốn chữ số, ví dụ 2024."),
        ({"dated": "31/6/2024"}, "Ngày 31/6/2024 không có. Ghi ngày, tháng, năm, ví dụ 15/8/2024."),
        ({"plan_heading": "plan"}, "Trình bày có quốc hiệu thì cần tên cơ quan ban hành."),
    ],
)
def test_a_heading_that_cannot_be_says_why_above_the_control(
    client: Client, sent: dict[str, str], sentence: str
) -> None:
    response = client.post("/tong-hop-nhanh/tieu-de/", {"year": "2024", **sent})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    wrong = tree(response).xpath("//*[@class='wrong']")
    assert [words(each) for each in wrong] == [sentence]
    control = tree(response).xpath("//*[@aria-invalid='true']")[0]
    assert wrong[0].get("id") in control.get("aria-describedby").split()


def test_the_end_shows_what_goes_and_then_nothing_is_left(client: Client, home: Path) -> None:
    question = client.get("/tong-hop-nhanh/ket-thuc/")
    assert "Sẽ xóa phần đã đọc của 3 tệp, gồm 3 giải pháp" in words(tree(question))
    page = client.post("/tong-hop-nhanh/ket-thuc/", follow=True)
    assert said(page) == "Đã xóa hết, trên máy không còn gì của lần tổng hợp này."
    assert list((home / "tam").iterdir()) == []


def test_after_the_end_every_page_leads_back_to_the_start(client: Client) -> None:
    client.post("/tong-hop-nhanh/ket-thuc/")
    for url in ("bang/", "thu-tu/", "tieu-de/", "phu-luc.docx", "ket-thuc/"):
        assert heading(client.get(f"/tong-hop-nhanh/{url}", follow=True)) == "Thả báo cáo vào, nhận về một phụ lục"


def test_the_list_is_filtered_in_the_address_and_searched_without_marks(client: Client) -> None:
    home = client.get("/tong-hop-nhanh/")
    chips = {re.sub(r" \d+$", "", words(chip)): chip.get("href") for chip in tree(home).xpath("//a[@class='chip']")}
    page = client.get("/tong-hop-nhanh/" + chips["Cần trả lời"])
    assert [words(link) for link in tree(page).xpath("//a[@class='name']")] == ["3 Cầu Khỉ.docx"]
    page = client.get("/tong-hop-nhanh/?q=ben do co")
    assert [words(link) for link in tree(page).xpath("//a[@class='name']")] == ["2 Bến Đò Cổ.xlsx"]
    page = client.get("/tong-hop-nhanh/?q=đồng dừa")
    assert "Không có tệp nào khớp với “đồng dừa”." in words(tree(page))


def test_an_instance_with_accounts_does_not_have_the_page_yet(client: Client, settings: Any) -> None:
    settings.SANGKIEN_EMBEDDED = False
    for url in ("", "bang/", "phu-luc.docx", "ket-thuc/"):
        assert client.get(f"/tong-hop-nhanh/{url}").status_code == HTTPStatus.NOT_FOUND
    assert client.post("/tong-hop-nhanh/tep/").status_code == HTTPStatus.NOT_FOUND


def test_no_page_is_kept_by_the_browser(client: Client) -> None:
    for url in ("", "bang/", "phu-luc.csv"):
        assert client.get(f"/tong-hop-nhanh/{url}")["Cache-Control"] == "no-store"


def test_the_first_address_leads_to_the_page(client: Client) -> None:
    assert client.get("/")["Location"] == "/tong-hop-nhanh/"
