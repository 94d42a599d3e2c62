"""The page of a plan, and its parts one by one: whole without script, in place with it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.campaigns.gaps import gaps
from sangkien.campaigns.lifecycle import Move, State
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.pages import campaign_of, day_of, draft_of, for_invited_too, signature
from sangkien.campaigns.parts import PARTS, Part, read
from sangkien.campaigns.plan_paper import is_behind
from sangkien.campaigns.questions import moved
from sangkien.campaigns.rules import may_amend, may_do, may_edit, may_see_all
from sangkien.campaigns.showing import Shown
from sangkien.campaigns.views.listing import standing
from sangkien.papers.models import PaperFile


@require_safe
@for_invited_too
def plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everything that the plan says, and what may be done with it now."""
    campaign, actor = campaign_of(request, uid), actor_of(request)
    on = day_of(campaign, actor)
    shown = read(campaign, on)
    context = {**frame(campaign, actor), **_standing(campaign, actor, on, shown)}
    context |= {"parts": PARTS.values(), "shown": shown}
    return page(request, "campaigns/plan.html", context=context)


def frame(campaign: Campaign, actor: Actor) -> dict[str, Any]:
    """What every page of a campaign needs to say who may do what."""
    return {
        "campaign": campaign,
        "is_draft": campaign.state == State.DRAFT,
        "may_edit": may_edit(actor, campaign),
        "may_see_all": may_see_all(actor, campaign),
        "may_amend": may_amend(actor, campaign),
        "may": {move.value: may_do(actor, move, campaign) for move in Move},
        "standing": standing(campaign, timezone.now()),
    }


def _standing(campaign: Campaign, actor: Actor, on: date, shown: Shown) -> dict[str, Any]:
    """What is missing of a draft; the files and the amendments of a plan."""
    is_draft = campaign.state == State.DRAFT
    edits = is_draft and bool(may_edit(actor, campaign))
    files: list[PaperFile] = []
    if campaign.plan_id is not None:
        held = PaperFile.objects.filter(paper=campaign.plan_id).select_related("attachment__blob")
        files = list(held.order_by("pk"))
    return {
        "gaps": gaps(campaign, on, shown) if edits else [],
        "moved": moved(campaign, on) if edits else [],
        "signed_files": [each for each in files if not each.blocks_sha256],
        "made_files": [each for each in reversed(files) if each.blocks_sha256],
        "is_behind": is_draft and edits and is_behind(campaign, on),
        "amendments": 0 if is_draft else campaign.amendments.count(),
    }


@require_http_methods(["GET", "POST"])
@signed_in
def part(request: HttpRequest, uid: UUID, code: str) -> HttpResponse:
    """One part opened; saved, it closes again: in its place with script, by the way back to the page without."""
    if code not in PARTS:
        raise Http404
    chosen, campaign, actor = PARTS[code], draft_of(request, uid), actor_of(request)
    on = day_of(campaign, actor)
    if request.method == "GET":
        return _opened(request, chosen, campaign, chosen.edit(campaign, on, None))
    editor = chosen.edit(campaign, on, request.POST)
    refusal = ""
    if editor.is_valid():
        try:
            editor.save(by=signature(campaign, actor), at=timezone.now())
        except Refused as refused:
            refusal = str(refused)
        else:
            return _saved(request, chosen, campaign.uid)
    return _opened(request, chosen, campaign, editor, refusal=refusal, status=422)


@require_safe
@signed_in
def closed_part(request: HttpRequest, uid: UUID, code: str) -> HttpResponse:
    """The part as it is shown, for who leaves it as it was."""
    if code not in PARTS:
        raise Http404
    return _closed(request, PARTS[code], draft_of(request, uid))


def _opened(
    request: HttpRequest, chosen: Part, campaign: Campaign, editor: object, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        **frame(campaign, actor_of(request)),
        "part": chosen,
        "editor": editor,
        "refusal": refusal,
        "is_open": True,
    }
    return page(request, "campaigns/part.html", "#part", context, status=status)


def _saved(request: HttpRequest, chosen: Part, uid: UUID) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return _closed(request, chosen, draft_of(request, uid), is_new=True)
    return ui.redirect(request, f"{resolve_url('campaigns:plan', uid)}#phan-{chosen.code}")


def _closed(request: HttpRequest, chosen: Part, campaign: Campaign, *, is_new: bool = False) -> HttpResponse:
    actor = actor_of(request)
    on = day_of(campaign, actor)
    context = {**frame(campaign, actor), "part": chosen, "is_open": False, "is_saved": is_new}
    if is_new:
        context["shown"] = read(campaign, on)
        context |= {"gaps": gaps(campaign, on, context["shown"]), "is_behind": is_behind(campaign, on)}
    else:
        context["shown"] = chosen.shown(campaign, on)
    return page(request, "campaigns/part.html", "#part", context)
