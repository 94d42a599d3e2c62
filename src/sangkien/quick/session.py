"""Which workspace belongs to the browser that asks: the cookie ends with it, the folder after two idle hours."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from sangkien import ui
from sangkien.quick import workspace
from sangkien.quick.workspace import Workspace

View = Callable[..., HttpResponseBase]
_KEY = "quick"


def embedded(view: View) -> View:
    """The page exists only on the instance of one machine, until there are accounts. Forgotten sessions are swept."""

    @wraps(view)
    def only_embedded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.SANGKIEN_EMBEDDED:
            raise Http404
        workspace.sweep()
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"  # a browser, too, keeps nothing of it on disk
        return response

    return only_embedded


def with_workspace(view: View) -> View:
    """For views inside a session: ``view(request, workspace, …)``; when it has ended, back to the first page."""

    @embedded
    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = current(request)
        if found is None:
            return ended(request)
        try:
            return view(request, found, *args, **kwargs)
        except FileNotFoundError:
            if found.path.exists():
                raise
            return ended(request)  # ended in another tab while this one was working

    return inside


def current(request: HttpRequest) -> Workspace | None:
    return workspace.find(request.session.get(_KEY))


def current_or_new(request: HttpRequest) -> Workspace:
    """The folder is made with the first file; the page sends that one alone, so that no two folders are made."""
    found = current(request)
    if found is None:
        found = workspace.create()
        request.session[_KEY] = found.name
        request.session.set_expiry(0)
    return found


def close(request: HttpRequest) -> None:
    found = current(request)
    if found is not None:
        with found.changing():
            found.delete()
    request.session.flush()


def ended(request: HttpRequest) -> HttpResponse:
    ui.tell(
        request,
        _("Lần tổng hợp này đã kết thúc, các tệp đã được xóa."),
        _("Hãy thả tệp vào để bắt đầu lần mới."),
        tone="plain",
    )
    return ui.redirect(request, "quick:home")
