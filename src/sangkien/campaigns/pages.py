"""What the views of this room share: the campaign of an address, the day whose names count, who may do what."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, found, signed_in
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.rules import may_edit, may_see_all
from sangkien.ledger import recording

P = ParamSpec("P")


def for_invited_too(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Who is signed in, or came in by the invitation of a unit; others are led to the door."""
    behind_the_door = signed_in(view)

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        chosen = view if actor_of(request).invitation is not None else behind_the_door
        return chosen(request, *args, **kwargs)

    return guarded


def campaign_of(request: HttpRequest, uid: UUID) -> Campaign:
    """The campaign that this person may know of; otherwise "not found"."""
    known = Campaign.objects.visible_to(actor_of(request)).select_related("organiser", "lead_unit", "plan")
    campaign = known.filter(uid=uid).first()
    if campaign is None:
        raise Http404
    return campaign


def draft_of(request: HttpRequest, uid: UUID) -> Campaign:
    """A draft that this person may change; otherwise "not found"."""
    campaign = campaign_of(request, uid)
    found(may_edit(actor_of(request), campaign))
    return campaign


def led_by(request: HttpRequest, uid: UUID) -> Campaign:
    """A campaign of which this person sees everything; otherwise "not found"."""
    campaign = campaign_of(request, uid)
    found(may_see_all(actor_of(request), campaign))
    return campaign


def day_of(campaign: Campaign, actor: Actor) -> date:
    """The day whose units and names count on pages: of the plan once it is issued, of its beginning before that.

    A plan of the past that is told afterwards is drafted with the units of then.
    """
    if campaign.state != State.DRAFT and campaign.plan is not None and campaign.plan.issued_date is not None:
        return campaign.plan.issued_date
    return min(actor.on, campaign.opens_date)


def site_of(request: HttpRequest) -> str:
    """What stands before every path in what is copied or printed: on one machine the address that is open just now."""
    here = f"{request.scheme}://{request.get_host()}"
    return here if settings.SANGKIEN_EMBEDDED else settings.SANGKIEN_SITE or here


def is_only_here(site: str) -> bool:
    """Whether no other machine can open this address: one laptop, before it is served to a network."""
    return urlsplit(site).hostname in ("localhost", "127.0.0.1", "::1")


def signature(campaign: Campaign, actor: Actor) -> recording.Actor:
    """How the ledger names who acts: in the name of the unit in which the person works for this campaign."""
    units = {each.unit_id for each in actor.memberships}
    return actor.signature(campaign.lead_unit if campaign.lead_unit_id in units else campaign.organiser)
