"""The page of a campaign and of one unit in it, for who leads; and the end of the campaign."""

from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Invitation
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.permissions import may
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.campaigns.actions.inviting import revoke_all
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.pages import campaign_of, day_of, for_invited_too, led_by, signature
from sangkien.campaigns.queries import participants
from sangkien.campaigns.rules import may_invite, may_see_all
from sangkien.desk import places
from sangkien.desk.campaign.standing import STATES, Standing, fields, standing, time_left
from sangkien.desk.entries.asked import Asked
from sangkien.intake.actions import closing
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.intake.queries import answers, by_stage
from sangkien.intake.rules import in_lead, may_admit_in, may_conclude, may_record
from sangkien.ledger.recording import acting
from sangkien.units.models import Unit

_A_PAGE: Final = 200
_SHOWN: Final = Stage.sent() | {Stage.WITHDRAWN}  # drafts are the unit's own, and so is how many there are
_STEP: Final = {Stage.SUBMITTED: gettext_lazy("chờ tiếp nhận")}


@require_safe
@for_invited_too
def campaign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who has sent, who not, by unit and field. Who does not see all of it is led to the own unit's part of it."""
    shown, actor, at = campaign_of(request, uid), actor_of(request), timezone.now()
    if shown.state == State.DRAFT or not may_see_all(actor, shown):
        return ui.redirect(request, _own_part(shown, actor))
    state = request.GET.get("traloi", "")
    wanted = STATES.get(state)
    told = standing(shown, at)
    lines = [each for each in told.units if wanted is None or each.answer.answer is wanted]
    pages = Paginator(lines, _A_PAGE).get_page(request.GET.get("trang"))
    stages = by_stage(shown)
    context = {
        **_frame(shown),
        "standing": told,
        "pages": pages,
        "lines": pages.object_list,
        "state": state if wanted else "",
        "chips": _chips(told),
        "fields": fields(shown, day_of(shown, actor)),
        "stages": [(_STEP.get(stage, stage.label), count) for stage, count in stages.items() if stage in _SHOWN],
        "entry_count": sum(count for stage, count in stages.items() if stage in Stage.sent()),
        "waiting": stages.get(Stage.SUBMITTED, 0),
        "time_left": time_left(shown, at),
        "may_invite": may_invite(actor, shown),
        "may_admit": may_admit_in(actor, shown),
        "may_conclude": may_conclude(actor, shown),
        "assesses": in_lead(actor, Permission.ROUTE, shown) and bool(stages.keys() & Stage.accepted()),
        "reminders": list(shown.reminders.select_related("letter").order_by("-number")[:5]),
    }
    return page(request, "desk/campaign.html", "#units", context)


@require_safe
@signed_in
def unit(request: HttpRequest, uid: UUID, key: int) -> HttpResponse:
    """One unit in the campaign: what it sent, how it was reached, what may be done for it."""
    shown, actor, at = led_by(request, uid), actor_of(request), timezone.now()
    row = get_object_or_404(participants(shown).select_related("unit"), pk=key)
    told = next(each for each in answers(shown) if each.participant.pk == row.pk)
    entries = Entry.objects.filter(campaign=shown, implementer=row.unit).visible_to(actor)
    invitation = Invitation.objects.filter(scope_uid=shown.uid, unit=row.unit).order_by("-made_at", "-pk").first()
    context = {
        **_frame(shown),
        "row": row,
        "told": told,
        "entries": list(entries.select_related("revision").order_by("-submitted_at", "-pk")[:200]),
        "invitation": invitation,
        "invitation_is_open": invitation is not None and invitation.is_open(at),
        "reminded": list(row.reminded.select_related("reminder__letter").order_by("-pk")),
        "may_invite": may_invite(actor, shown),
        "may_record": may_record(actor, shown),
        "recording_url": places.recording(shown.uid, row.unit.uid),
        "list_url": Asked(campaign=str(shown.uid), unit=str(row.unit.uid)).address(),
    }
    return page(request, "desk/campaign_unit.html", context=context)


@require_http_methods(["GET", "POST"])
@signed_in
def conclude(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The campaign ends; what is open is listed first, what came late goes into the pool of the next one."""
    shown, actor = led_by(request, uid), actor_of(request)
    found(may_conclude(actor, shown))
    refusal = ""
    if request.method == "POST":
        by, at = signature(shown, actor), timezone.now()
        try:
            with acting():
                closing.conclude(shown, by=by, at=at)
                revoke_all(shown, by=by, at=at)
        except Refused as refused:
            refusal = str(refused)
        else:
            ui.tell(request, _("Đã kết thúc đợt."), _("Giấy mời của các đơn vị hết hiệu lực."))
            return ui.redirect(request, "desk:campaign", uid)
    context = {**_frame(shown), "hindrances": closing.hindrances(shown), "refusal": refusal}
    return page(request, "desk/campaign_end.html", context=context, status=422 if refusal else 200)


def _own_part(shown: Campaign, actor: Actor) -> str:
    """Where the person's only unit in this campaign reports; else the plan."""
    if shown.state != State.DRAFT:
        asked = shown.participants.select_related("unit")
        own = [row.unit for row in asked.filter(unit__in=_units_of(actor)) if _follows(actor, shown, row.unit)]
        if len(own) == 1:
            return places.reporting(shown.uid, own[0].uid)
    return reverse("campaigns:plan", args=[shown.uid])


def _units_of(actor: Actor) -> list[int]:
    if actor.invitation is not None:
        return [actor.invitation.unit_id]
    return [each.unit_id for each in actor.memberships if each.unit_id]


def _follows(actor: Actor, shown: Campaign, unit: Unit) -> bool:
    return bool(may(actor, Permission.DRAFT, unit=unit, scope=shown.uid))


def _frame(shown: Campaign) -> dict[str, object]:
    return {"campaign": shown, "waiting_url": places.waiting(shown.uid)}


def _chips(told: Standing) -> list[tuple[str, str, int]]:
    return [
        ("", _("Tất cả"), told.asked),
        ("da-gui", _("Đã gửi"), told.sent),
        ("khong-co", _("Không có"), told.nil),
        ("chua-tra-loi", _("Chưa trả lời"), told.silent),
    ]
