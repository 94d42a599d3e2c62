"""How the pages of signed-in people are answered: the rail with what this person may open, and their name below it."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import Permission
from sangkien.ui.frame import RailLink


def actor_of(request: HttpRequest) -> Actor:
    """Who stands behind this request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by our middleware
    return actor


def page(
    request: HttpRequest,
    template: str,
    partial: str = "",
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """``ui.page`` with this person's rail. The browser keeps nothing: the next one at the machine may press back."""
    response = ui.page(request, template, partial, {**frame(request), **(context or {})}, status=status)
    add_never_cache_headers(response)
    return response


def frame(request: HttpRequest) -> dict[str, Any]:
    """Rail and person of a staff page."""
    actor = actor_of(request)
    rail = [
        RailLink(name, str(label), icon)
        for name, label, icon, who in settings.SANGKIEN_RAIL
        if _may_open(actor, name, who)
    ]
    here = [link for link in rail if request.path.startswith(link.url)]
    return {
        "rail": rail,
        "rail_here": max(here, key=lambda link: len(link.url)).name if here else "",
        "actor": actor,
    }


def _may_open(actor: Actor, name: str, who: str | tuple[str, ...]) -> bool:
    if actor.invitation is not None:  # who came by an invitation has one thing to do here
        return name == settings.SANGKIEN_INVITED_HOME
    if who == "anyone":
        return True
    if who in ("signed_in", "anonymous"):
        return actor.is_signed_in == (who == "signed_in")
    return any(may(actor, Permission(each)) for each in who)


P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
View: TypeAlias = Callable[Concatenate[HttpRequest, P], R]


def signed_in(view: View[P, R]) -> View[P, R | HttpResponse]:
    """Others are led to the door and come back here; htmx loads the door as a whole page."""
    return _guarded(view, home="accounts:mine")


def signed_in_or_invited(view: View[P, R], *, home: str) -> View[P, R | HttpResponse]:
    """As ``signed_in``, and for who came by an invitation; ``home``: where who sent a form comes back to."""
    return _guarded(view, home=home, invited=True)


def _guarded(view: View[P, R], *, home: str, invited: bool = False) -> View[P, R | HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
        actor = actor_of(request)
        if actor.is_signed_in or (invited and actor.invitation is not None):
            return view(request, *args, **kwargs)
        if request.headers.get("HX-Request"):
            return ui.redirect(request, "account_login")
        return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse(home))

    return guarded


def found(verdict: object) -> None:
    """What a person may not see answers "not found"."""
    if not verdict:
        raise Http404
