"""The skeletons, the gallery and the error pages."""

import json
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.html import escape

from sangkien.ui import answers, errors


@pytest.fixture
def debugging(settings: Any) -> None:
    settings.DEBUG = True


@pytest.mark.usefixtures("debugging")
@pytest.mark.django_db
def test_the_gallery_shows_the_parts_while_the_house_is_built(client: Client) -> None:
    response = client.get("/bo-phan/")
    assert response.status_code == HTTPStatus.OK
    html = response.content.decode()
    assert [
        css for css in ("is-done", "is-now", "is-due", "is-late", "is-ask") if f'class="note {css}"' not in html
    ] == []
    assert 'aria-describedby="id_start_error"' in html
    assert html.index("Ngày 31/6 không có") < html.index('id="id_start"')


@pytest.mark.django_db
def test_the_gallery_is_not_found_on_an_instance_in_use(client: Client) -> None:
    assert client.get("/bo-phan/").status_code == HTTPStatus.NOT_FOUND


def test_a_page_that_is_not_there_says_what_to_do(client: Client) -> None:
    response = client.get("/khong-co/")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "Không tìm thấy trang này" in response.content.decode()


@pytest.mark.parametrize(
    ("answer", "status", "title"),
    [
        (errors.bad_request, HTTPStatus.BAD_REQUEST, "Trang này không hiểu điều vừa được gửi đến"),
        (errors.permission_denied, HTTPStatus.FORBIDDEN, "Bạn chưa được mở trang này"),
        (errors.server_error, HTTPStatus.INTERNAL_SERVER_ERROR, "Máy chủ chưa làm xong việc vừa rồi"),
        (errors.csrf_failure, HTTPStatus.FORBIDDEN, "Trang mở đã lâu nên chưa gửi được"),
    ],
)
def test_error_pages_need_no_database(answer: Any, status: HTTPStatus, title: str) -> None:
    response: HttpResponse = answer(RequestFactory().get("/"))
    assert response.status_code == status
    assert f"<h1>{escape(title)}</h1>" in response.content.decode()


def test_too_many_files_at_once_are_told_apart_from_other_slips() -> None:
    response = errors.bad_request(RequestFactory().get("/"), TooManyFilesSent())
    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "chia thành vài lần gửi" in response.content.decode()


def test_a_page_carries_the_strict_policy(client: Client) -> None:
    policy = client.get("/khong-co/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def _asked_by_htmx(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/", headers={"HX-Request": "true"})
    request.session = SessionBase()
    return request


def test_htmx_gets_the_part_and_the_message_in_a_header(rf: RequestFactory) -> None:
    request = _asked_by_htmx(rf)
    answers.tell(request, "Đã bỏ tệp.", "Lấy lại được.")
    response = answers.page(request, "ui/gallery.html", "#notes")
    assert response.content.decode().startswith('<section class="section stack" aria-labelledby="p-note">')
    assert json.loads(response["HX-Trigger"])["said"]["fact"] == "Đã bỏ tệp."
    assert response["HX-Trigger"].isascii()
    assert "HX-Trigger" not in answers.page(request, "ui/gallery.html", "#notes")


def test_a_redirect_never_leaves_the_site() -> None:
    with pytest.raises(ValueError, match="leaves this site"):
        answers.redirect(RequestFactory().get("/"), "//elsewhere.example/")


def test_a_redirect_tells_htmx_to_load_the_whole_page() -> None:
    response = answers.redirect(RequestFactory().get("/", headers={"HX-Request": "true"}), "/tong-hop-nhanh/")
    assert response["HX-Redirect"] == "/tong-hop-nhanh/"
