"""Pages for what did not work, in the look and the voice of the others. None of them needs the database."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, TooManyFilesSent | RequestDataTooBig):
        return _answer(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            _("Gửi nhiều quá trong một lần"),
            _("Chưa có gì được nhận. Hãy quay lại trang trước và chia thành vài lần gửi."),
        )
    return _answer(
        HTTPStatus.BAD_REQUEST,
        _("Trang này không hiểu điều vừa được gửi đến"),
        _("Hãy quay lại trang trước và làm lại. Nếu vẫn gặp trang này, hãy mở lại từ trang đầu."),
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(
        HTTPStatus.FORBIDDEN,
        _("Bạn chưa được mở trang này"),
        _("Trang này dành cho người có phần việc khác. Hãy hỏi người quản trị của đơn vị bạn."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(
        HTTPStatus.NOT_FOUND,
        _("Không tìm thấy trang này"),
        _("Đường dẫn có thể đã cũ hoặc chép thiếu. Hãy mở lại từ trang đầu."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _("Máy chủ chưa làm xong việc vừa rồi"),
        _("Những gì đã lưu vẫn còn nguyên. Hãy thử lại sau ít phút; nếu vẫn thế, hãy báo người quản trị giờ xảy ra."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's reasons are for developers; the person behind the page has mostly left it open too long."""
    return _answer(
        HTTPStatus.FORBIDDEN,
        _("Trang mở đã lâu nên chưa gửi được"),
        _("Hãy quay lại trang trước, tải lại trang rồi gửi lại. Trình duyệt cần cho phép cookie của trang này."),
    )


def _answer(status: HTTPStatus, title: str, advice: str) -> HttpResponse:
    html = render_to_string("ui/error.html", {"title": title, "advice": advice, "status": status.value})
    return HttpResponse(html, status=status)
