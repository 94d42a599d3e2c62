"""The entry of an address, for who may see it; for all others there is no such page."""

from typing import ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from sangkien.accounts.pages import View, actor_of, signed_in_or_invited
from sangkien.desk.entry.reading import found_entry
from sangkien.intake.models import Entry

P = ParamSpec("P")


def known(view: View[P, HttpResponseBase]) -> View[P, HttpResponseBase]:
    """For who is signed in or holds an invitation; others are led to the door and come back here."""
    return signed_in_or_invited(view, home="desk:home")


def entry_of(request: HttpRequest, uid: UUID) -> Entry:
    """Raises ``Http404``."""
    entry = found_entry(actor_of(request), uid)
    if entry is None:
        raise Http404
    return entry
