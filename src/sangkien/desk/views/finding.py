"""The entry or campaign of an address, for who may see it; for all others there is no such page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from sangkien import ui
from sangkien.accounts.pages import actor_of
from sangkien.campaigns.models import Campaign
from sangkien.desk.entry.reading import found_entry
from sangkien.intake.models import Entry

P = ParamSpec("P")


def known(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """For who is signed in or holds an invitation; others are led to the door and come back here."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = actor_of(request)
        if actor.is_signed_in or actor.invitation is not None:
            return view(request, *args, **kwargs)
        if request.headers.get("HX-Request"):
            return ui.redirect(request, "account_login")
        return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("desk:home"))

    return guarded


def entry_of(request: HttpRequest, uid: UUID) -> Entry:
    """Raises ``Http404``."""
    entry = found_entry(actor_of(request), uid)
    if entry is None:
        raise Http404
    return entry


def campaign_of(request: HttpRequest, uid: UUID) -> Campaign:
    """Raises ``Http404``."""
    known_ones = Campaign.objects.visible_to(actor_of(request)).select_related("organiser", "lead_unit", "plan")
    campaign = known_ones.filter(uid=uid).first()
    if campaign is None:
        raise Http404
    return campaign
