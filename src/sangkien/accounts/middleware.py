"""What holds on every request: who is there, what must be done first, and that an ended membership ends the session."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from sangkien import ui
from sangkien.accounts.actor import Actor, resolve
from sangkien.accounts.roles import Role
from sangkien.ledger.recording import ClockBehind

View = Callable[..., HttpResponse]

_ALWAYS: Final = frozenset({"account_logout", "account_reauthenticate", "account_change_password"})


class ActorMiddleware:
    """``request.actor``: read when a page first asks, so that pages for everybody cost nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: resolve(request))  # type: ignore[attr-defined]  # ours
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        """Leads a signed-in person to what must be done before anything else."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        actor: Actor = request.actor  # type: ignore[attr-defined]  # ours
        if actor.user is None:
            return None
        if not actor.memberships:
            return _sent_out(request)
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in _ALWAYS:
            return None
        if actor.user.must_change_password and not _came_by_identity(request):
            return ui.redirect(request, "account_change_password")
        if needs_second_factor(actor) and not (name or "").startswith("mfa_"):
            return ui.redirect(request, "mfa_index")
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A wrong clock refuses every act; whichever page it was, the person is told the same."""
        if not isinstance(exception, ClockBehind):
            return None
        title = _("Ngày giờ của máy chưa đúng nên chưa ghi được việc này")
        context = {"title": title, "advice": str(exception), "status": HTTPStatus.SERVICE_UNAVAILABLE.value}
        return ui.page(request, "ui/error.html", context=context, status=HTTPStatus.SERVICE_UNAVAILABLE)


def needs_second_factor(actor: Actor) -> bool:
    """Administrators of an instance that others reach over a network."""
    return Role.ADMINISTRATOR in actor.roles and not actor.has_second_factor and not settings.SANGKIEN_EMBEDDED


def _came_by_identity(request: HttpRequest) -> bool:
    """Who never typed the one-time password need not change it."""
    methods = request.session.get("account_authentication_methods", [])
    return any(each.get("method") == "socialaccount" for each in methods)


def _sent_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    ui.tell(
        request,
        _("Phần việc của bạn ở đây đã kết thúc nên bạn đã được đăng xuất."),
        _("Nếu chưa đúng, hãy hỏi người quản trị của đơn vị bạn."),
        tone="late",
    )
    return ui.redirect(request, "account_login")
