"""What every act on an entry answers: done and told, refused with a sentence, or somebody was quicker."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from sangkien import ui
from sangkien.accounts.pages import actor_of, page
from sangkien.accounts.refusal import Refused
from sangkien.accounts.verdict import Verdict
from sangkien.campaigns import pages
from sangkien.campaigns.models import Campaign
from sangkien.desk import places
from sangkien.intake.models import Entry
from sangkien.ledger.recording import Actor


def signature(request: HttpRequest, campaign: Campaign) -> Actor:
    """How the ledger names who acts for the lead unit."""
    return pages.signature(campaign, actor_of(request))


def new_key() -> str:
    """Names a click before it is made: it stands in the form."""
    return str(uuid4())


def done_at_once(
    request: HttpRequest, entry: Entry, act: Callable[[], object], fact: str, advice: str = ""
) -> HttpResponse:
    """An act of one click; where it is refused, the page of the entry says why."""
    try:
        act()
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    else:
        ui.tell(request, fact, advice)
    return ui.redirect(request, places.entry(entry.uid))


def too_late(request: HttpRequest, entry: Entry, verdict: Verdict) -> HttpResponse:
    """The stage moved on since the link was shown: the page of the entry says so."""
    ui.tell(request, verdict.reason, tone="late")
    return ui.redirect(request, places.entry(entry.uid))


def asked(
    request: HttpRequest, template: str, entry: Entry, context: Mapping[str, Any], *, wrong: bool = False
) -> HttpResponse:
    """The page of an act: what it asks for, again where something was wrong."""
    return page(request, template, context={"entry": entry, **context}, status=422 if wrong else 200)
