"""The lead unit passes admitted entries on: chosen by field, seen before with reasons and load, done in one act."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions import routing as acts
from sangkien.appraisal.actions.routing import Sent
from sangkien.appraisal.home.offices import led_campaigns
from sangkien.appraisal.models import Routing
from sangkien.appraisal.reading import with_names
from sangkien.appraisal.routing.choosing import Place, Shift, Why
from sangkien.appraisal.routing.proposing import Facts, Proposal, facts_of, load_of, propose
from sangkien.appraisal.rules import offices as rules
from sangkien.appraisal.views.offices.common import key_of, new_key
from sangkien.campaigns import pages
from sangkien.campaigns.models import Campaign, Holiday, ReformField
from sangkien.initiatives.models import in_field
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.intake.models.entries import EntryQuerySet
from sangkien.vietnamese import clean

MOST: Final = 200  # at once: a page of rows that a person can look over
DAYS: Final = 15  # working days proposed; a person changes them
BY_PLAN: Final = ""
STRAIGHT: Final = "thang"


@require_safe
@signed_in
def choose(request: HttpRequest) -> HttpResponse:
    """Admitted entries of one campaign, by field; ticked and looked at before anything is done."""
    actor = actor_of(request)
    led = led_campaigns(actor)
    found(led is not None)
    campaigns = list(led.order_by("-year", "-pk")[:MOST]) if led is not None else []
    campaign = _chosen(campaigns, request.GET.get("dot", ""))
    field = clean(request.GET.get("linh-vuc", ""))
    rows = _admitted(actor, campaign)
    if field:
        rows = rows.filter(in_field(field, "revision__"))
    after = request.GET.get("sau", "")
    if after.isascii() and after.isdigit() and len(after) < 19:
        rows = rows.filter(pk__gt=int(after))
    entries = list(with_names(rows.select_related("revision")).order_by("pk")[: MOST + 1])
    context = {
        "campaign": campaign,
        "campaigns": campaigns,
        "fields": list(ReformField.objects.filter(campaign=campaign).order_by("position")),
        "field": field,
        "entries": entries[:MOST],
        "following": entries[MOST - 1].pk if len(entries) > MOST else 0,
    }
    return page(request, "appraisal/offices/routing.html", context=context)


def _chosen(campaigns: Sequence[Campaign], uid: str) -> Campaign:
    """The one asked for, else the latest. "Not found" where there is none."""
    for each in campaigns:
        if uid in ("", str(each.uid)):
            return each
    raise Http404


def _admitted(actor: Actor, campaign: Campaign) -> EntryQuerySet:
    return Entry.objects.filter(campaign=campaign, stage=Stage.ADMITTED).visible_to(actor)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def preview(request: HttpRequest) -> HttpResponse:
    """GET shows where each would go and why; POST passes them on, all or none."""
    actor, at = actor_of(request), timezone.now()
    asked = request.POST if request.method == "POST" else request.GET
    campaign = _campaign(request, asked.get("dot", ""))
    found(rules.may_route_in(actor, campaign))
    entries = _entries(actor, campaign, asked.getlist("so"))
    if not entries:
        ui.tell(request, _("Chưa chọn giải pháp nào."), _("Bạn đánh dấu các dòng rồi bấm xem trước."), tone="due")
        return ui.redirect(request, _list(campaign))
    facts = facts_of(campaign, timezone.localdate(at))
    proposals = propose(
        campaign, entries, facts, timezone.localdate(at), by_hand=_by_hand(entries, asked), shifts=_shifts(asked)
    )
    due, refusal = _due(asked.get("han", "")), ""
    if request.method == "POST" and asked.get("act") != "look":
        try:
            made = acts.route(
                campaign, _sent(proposals, facts), due_date=_told(due), by=pages.signature(campaign, actor), at=at,
                key=key_of(asked.get("khoa", "")),
            )  # fmt: skip
        except Refused as refused:
            refusal = str(refused)
        else:
            _tell(request, made, len(entries))
            return ui.redirect(request, _list(campaign))
    return _preview(request, campaign, proposals, facts, asked, due or _proposed(), refusal)


def _campaign(request: HttpRequest, uid: str) -> Campaign:
    try:
        return pages.campaign_of(request, UUID(uid))
    except ValueError:
        raise Http404 from None


def _entries(actor: Actor, campaign: Campaign, codes: list[str]) -> list[Entry]:
    """Those of the ticked codes that wait to be passed on; on a second click those that it passed on. One statement."""
    wanted = [clean(code) for code in codes[:MOST]]
    here = Q(stage=Stage.ADMITTED) | Q(stage__in=(Stage.IN_APPRAISAL, Stage.APPRAISED))
    seen = Entry.objects.filter(here, campaign=campaign, code__in=wanted).visible_to(actor)
    return list(with_names(seen.select_related("campaign", "revision", "implementer")).order_by("code"))


def _by_hand(entries: Sequence[Entry], asked: QueryDict) -> dict[int, Place | None]:
    """What a person chose in a row: an office, or straight to the council or the chair."""
    chosen: dict[int, Place | None] = {}
    for entry in entries:
        told = asked.get(f"noi-{entry.code}", BY_PLAN)
        if told == STRAIGHT:
            chosen[entry.pk] = None
        elif told.isascii() and told.isdigit() and len(told) < 19:
            chosen[entry.pk] = Place(Why.CHOSEN, office=int(told))
    return chosen


def _shifts(asked: QueryDict) -> list[Shift]:
    """ "Chia bớt 5 giải pháp của A sang B"."""
    told = [asked.get(name, "") for name in ("chia-tu", "chia-sang", "chia-so")]
    if not all(each.isascii() and each.isdigit() and len(each) < 10 for each in told):
        return []
    of, to, count = map(int, told)
    return [Shift(of, to, min(count, MOST))] if of != to else []


def _due(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _told(due: date | None) -> date:
    if due is None:
        raise Refused(_("Bạn ghi hạn thẩm định, ví dụ 15/10/2024."))
    return due


def _proposed() -> date:
    return Holiday.objects.calendar().after(timezone.localdate(), DAYS)


def _sent(proposals: Sequence[Proposal], facts: Facts) -> list[Sent]:
    return [
        Sent(each.entry, each.choice.places, facts.target if each.choice.refers else None, " ".join(each.reasons))
        for each in proposals
    ]  # fmt: skip


def _preview(
    request: HttpRequest, campaign: Campaign, proposals: Sequence[Proposal], facts: Facts, asked: QueryDict,
    due: date, refusal: str,
) -> HttpResponse:  # fmt: skip
    offices = sorted(facts.names.items(), key=lambda each: each[1])
    rows = [
        {
            "proposal": each,
            "entry": each.entry,
            "name": f"noi-{each.entry.code}",
            "chosen": asked.get(f"noi-{each.entry.code}", BY_PLAN),
            "offices": [(str(key), name) for key, name in offices if key not in each.kept_out],
            "is_open": not each.choice.places and not each.choice.refers,
        }
        for each in proposals
    ]
    context = {
        "campaign": campaign,
        "rows": rows,
        "target": facts.target.label,
        "load": load_of(proposals, campaign),
        "offices": [(str(key), name) for key, name in offices],
        "shift": {
            "of": asked.get("chia-tu", ""),
            "to": asked.get("chia-sang", ""),
            "count": asked.get("chia-so", ""),
        },
        "due": due.isoformat(),
        "refusal": refusal,
        "is_whole": not any(each["is_open"] for each in rows),
        "token": key_of(asked.get("khoa", "")) or new_key(),
        "back": _list(campaign),
    }
    return page(request, "appraisal/offices/preview.html", context=context, status=422 if refusal else 200)


def _tell(request: HttpRequest, made: Routing, count: int) -> None:
    said = ngettext("Đã chuyển thẩm định %d giải pháp.", "Đã chuyển thẩm định %d giải pháp.", count) % count
    ui.tell(
        request, said, _("Rút lại được đến khi có người mở hồ sơ đầu tiên."),
        undo=reverse("appraisal:routing_undo", args=[made.uid]), undo_label=_("Rút lại"),
    )  # fmt: skip


@require_POST
@signed_in
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """As before; the second click does nothing."""
    actor = actor_of(request)
    rows = Routing.objects.select_related("campaign__lead_unit", "campaign__organiser")
    made = get_object_or_404(rows, uid=uid)
    found(Campaign.objects.visible_to(actor).filter(pk=made.campaign_id).exists())
    found(rules.may_route_in(actor, made.campaign))
    try:
        entries = acts.undo(made, by=pages.signature(made.campaign, actor), at=timezone.now())
    except Refused as refused:
        ui.tell(request, _("Chưa rút lại được."), str(refused), tone="late")
    else:
        ui.tell(request, _("Đã rút lại %d giải pháp về chờ chuyển thẩm định.") % len(entries))
    return ui.redirect(request, _list(made.campaign))


def _list(campaign: Campaign) -> str:
    return f"{reverse('appraisal:routing')}?dot={campaign.uid}"
