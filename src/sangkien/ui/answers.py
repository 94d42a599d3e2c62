"""How a view answers: a whole page or a part of it, and one sentence about what has just happened."""

import json
from collections.abc import Mapping
from typing import Any, TypedDict

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from sangkien.ui.frame import frame

_SAID = "said"


class Said(TypedDict):
    """A message of the session: ``fact`` is what happened, ``advice`` what to do; ``undo`` is posted to when given."""

    tone: str
    fact: str
    advice: str
    undo: str
    undo_label: str


def page(
    request: HttpRequest,
    template: str,
    partial: str = "",
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The whole template, or for htmx only the named partial (``"#files"``), then with the message in a header."""
    htmx = bool(request.headers.get("HX-Request")) and not request.headers.get("HX-History-Restore-Request")
    said = _said(request)
    if htmx and partial:
        response = render(request, template + partial, {**(context or {})}, status=status)
        if said:
            response["HX-Trigger"] = json.dumps({"said": said})
        response["Vary"] = "HX-Request"
        return response
    response = render(request, template, {**frame(request), "said": said, **(context or {})}, status=status)
    response["Vary"] = "HX-Request"
    return response


def redirect(request: HttpRequest, to: Any, *args: object, **kwargs: object) -> HttpResponse:
    """To a model, a name of ``urls.py`` or an address of this site; htmx is told to load it as a whole page."""
    url = resolve_url(to, *args, **kwargs)
    if not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        raise ValueError(f"redirect: {url} leaves this site")
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)


def tell(
    request: HttpRequest, fact: str, advice: str = "", *, tone: str = "done", undo: str = "", undo_label: str = ""
) -> None:
    """Keeps one sentence for the next page of this session. A second one before that page replaces the first."""
    request.session[_SAID] = Said(tone=tone, fact=fact, advice=advice, undo=undo, undo_label=undo_label)


def _said(request: HttpRequest) -> Said | None:
    session = getattr(request, "session", None)
    if session is None or _SAID not in session:
        return None
    said: Said = session.pop(_SAID)
    return said
