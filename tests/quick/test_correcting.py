"""One initiative: the original beside it, corrected part by part, left out and taken back."""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.quick import made
from tests.quick.pages import file_links, heading, said, tree, words

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Drop = Callable[..., Any]


@pytest.fixture
def row_url(drop: Drop, tmp_path: Path) -> str:
    """The page of the one initiative whose field is unclear and which lacks a part."""
    page = drop(made.word(tmp_path / "Cầu Khỉ.docx", [made.DOUBTFUL]))
    return file_links(page)["Cầu Khỉ.docx"] + "1/"


def _value(page: Any, name: str) -> str:
    return str(tree(page).xpath(f"//textarea[@name='{name}']")[0].text).strip()


def test_the_original_stands_beside_the_parts_with_the_same_numbers(client: Client, row_url: str) -> None:
    page = tree(client.get(row_url))
    left = {each.get("data-pin"): words(each) for each in page.xpath("//*[@class='paper sticky']//*[@data-pin]")}
    assert left["1"] == "1 Ủy ban nhân dân phường Cầu Khỉ"
    assert left["3"] == "3 (2) Cải cách thủ tục hành chính"
    right = [each.get("data-pin") for each in page.xpath("//form[@id='read']/*[@data-pin]")]
    assert right == sorted(left)


def test_an_unclear_field_is_asked_for_and_nothing_is_chosen_beforehand(client: Client, row_url: str) -> None:
    page = tree(client.get(row_url))
    question = page.xpath("//*[@class='note is-ask']")[0]
    assert "Tệp ghi “(2) Cải cách thủ tục hành chính”" in words(question)
    choices = question.xpath(".//input[@type='radio']")
    assert len(choices) == 9
    assert [each for each in choices if each.get("checked") is not None] == []
    assert words(page.xpath("//*[@id='open']")[0]).startswith("Còn 2 chỗ: Lĩnh vực, Tính mới")


def test_an_answered_field_goes_into_the_table(client: Client, row_url: str) -> None:
    page = client.post(row_url, {"fields": "institutions", "fields_sent": "1"}, follow=True)
    assert "Cần bạn chọn" not in page.content.decode()
    cells = [words(cell) for cell in tree(client.get("/tong-hop-nhanh/bang/")).xpath("//tbody/tr/td")]
    assert "Cải cách thể chế" in cells


def test_left_unclear_on_purpose_is_an_answer_too(client: Client, row_url: str) -> None:
    page = client.post(row_url, {"fields": "unknown", "fields_sent": "1"}, follow=True)
    assert words(tree(page).xpath("//*[@id='open']")[0]).startswith("Còn 1 chỗ: Tính mới")
    cells = [words(cell) for cell in tree(client.get("/tong-hop-nhanh/bang/")).xpath("//tbody/tr/td")]
    assert "(2) Cải cách thủ tục hành chính" in cells


def test_saving_other_parts_without_script_leaves_the_question_open(client: Client, row_url: str) -> None:
    page = client.post(row_url, {"title": "Tên khác", "fields_sent": "1"}, follow=True)
    assert "Cần bạn chọn" in page.content.decode()


def test_a_corrected_part_is_kept_and_marked(client: Client, row_url: str) -> None:
    page = client.post(row_url, {"novelty": "Người dân tự góp ý.\r\nLàm lần đầu."}, follow=True)
    assert said(page) == "Đã lưu phần bạn vừa sửa."
    assert _value(page, "novelty") == "Người dân tự góp ý.\nLàm lần đầu."
    assert "Bạn đã sửa" in page.content.decode()


def test_saying_again_what_the_file_says_is_no_correction(client: Client, row_url: str) -> None:
    client.post(row_url, {"title": "Tên khác"})
    page = client.post(row_url, {"title": made.DOUBTFUL.title}, follow=True)
    assert "Bạn đã sửa" not in page.content.decode()


def test_saving_one_part_from_a_second_tab_keeps_what_the_first_saved(client: Client, row_url: str) -> None:
    client.post(row_url, {"title": "Tên từ thẻ thứ nhất"}, headers={"HX-Request": "true"})
    client.post(row_url, {"note": "Ghi chú từ thẻ thứ hai"}, headers={"HX-Request": "true"})
    page = client.get(row_url)
    assert (_value(page, "title"), _value(page, "note")) == ("Tên từ thẻ thứ nhất", "Ghi chú từ thẻ thứ hai")


def test_htmx_gets_the_time_of_saving_and_what_is_still_open(client: Client, row_url: str) -> None:
    response = client.post(row_url, {"novelty": "Có"}, headers={"HX-Request": "true"})
    html = response.content.decode()
    assert html.lstrip().startswith('<span class="hint" id="saved"')
    assert "Tự lưu lúc " in html
    assert 'id="open" hx-swap-oob="true"' in html
    assert "Còn 1 chỗ" in html


def test_a_part_that_is_too_long_is_refused(client: Client, row_url: str) -> None:
    response = client.post(row_url, {"note": "a" * 100_001}, headers={"HX-Request": "true"})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Phần này quá dài nên chưa lưu được. Hãy rút gọn lại." in response.content.decode()


def test_an_initiative_is_left_out_and_taken_back(client: Client, row_url: str) -> None:
    page = client.post(row_url + "bo/", follow=True)
    assert heading(page) == "Đã đọc 1 tệp, được 0 giải pháp"
    assert said(page).startswith("Đã bỏ giải pháp “Bảng mã QR")
    undo = tree(page).xpath("//*[@id='said']//form")[0].get("action")
    client.post(undo)
    assert heading(client.get("/tong-hop-nhanh/")) == "Đã đọc 1 tệp, được 1 giải pháp"


def test_a_file_is_left_out_and_taken_back(client: Client, row_url: str) -> None:
    file_url = row_url.removesuffix("1/")
    page = client.post(file_url + "bo/", follow=True)
    assert said(page).startswith("Đã bỏ tệp “Cầu Khỉ.docx” khỏi phụ lục.")
    assert heading(page) == "Đã đọc 0 tệp, được 0 giải pháp"
    client.post(file_url + "lay-lai/")
    assert heading(client.get("/tong-hop-nhanh/")) == "Đã đọc 1 tệp, được 1 giải pháp"


def test_an_initiative_is_copied_by_hand_from_a_file_without_a_table(
    client: Client, drop: Drop, tmp_path: Path
) -> None:
    path = tmp_path / "thu.txt"
    path.write_text("Kính gửi các đồng chí. Chúng tôi có một giải pháp hay.\n", encoding="utf-8")
    file_url = file_links(drop(path))["thu.txt"]
    assert "Chúng tôi có một giải pháp hay" in client.get(file_url).content.decode()
    page = client.post(file_url + "them/", follow=True)
    client.post(page.request["PATH_INFO"], {"unit": "Phường Bến Đò Cổ", "title": "Giải pháp hay"})
    assert heading(client.get("/tong-hop-nhanh/")) == "Đã đọc 1 tệp, được 1 giải pháp"


@pytest.mark.parametrize("url", ["tep/abc/", "tep/" + "0" * 24 + "/", "tep/" + "0" * 24 + "/1/", "tep/../../1/"])
def test_a_file_that_is_not_there_answers_not_found(client: Client, row_url: str, url: str) -> None:
    assert row_url
    assert client.get("/tong-hop-nhanh/" + url).status_code == HTTPStatus.NOT_FOUND


def test_the_row_after_the_last_is_not_found(client: Client, row_url: str) -> None:
    assert client.get(row_url.removesuffix("1/") + "2/").status_code == HTTPStatus.NOT_FOUND


def test_another_browser_sees_nothing_of_this_one(row_url: str) -> None:
    stranger = Client()
    response = stranger.get(row_url, follow=True)
    assert "Bảng mã QR" not in response.content.decode()
    assert said(response).startswith("Lần tổng hợp này đã kết thúc")
