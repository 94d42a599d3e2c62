"""The pool: what was put off, and the word of its units, also from a letter."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page
from sangkien.accounts.roles import Permission
from sangkien.accounts.verdict import Verdict
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.pages import campaign_of
from sangkien.desk.entry.reading import named_shortly
from sangkien.desk.forms import NumberedLetterForm, WithdrawalForm
from sangkien.desk.recording import came_by_letter
from sangkien.desk.views.acting import signature
from sangkien.desk.views.finding import known
from sangkien.desk.views.recording.sending import REFUSALS
from sangkien.intake.actions import rolling
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.intake.rules import in_lead, may_roll_over

_MOST = 200


@require_safe
@known
def pool(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """What waits from earlier campaigns for this one, and what this one put off. Two statements for any number."""
    campaign, actor = campaign_of(request, uid), actor_of(request)
    found(in_lead(actor, Permission.DEFER, campaign))
    visible = named_shortly(Entry.objects.visible_to(actor)).filter(stage=Stage.DEFERRED)
    ours = visible.filter(organiser=campaign.organiser_id).select_related("campaign", "rolled_over_to__campaign")
    earlier = ours.filter(campaign__opens_date__lt=campaign.opens_date).order_by("-campaign__opens_date", "code")
    context = {
        "campaign": campaign,
        "earlier": [each for each in earlier[:_MOST] if _concerns(each, campaign.pk)],
        "later": list(ours.filter(campaign=campaign).order_by("code")[:_MOST]),
        "is_running": campaign.is_running(),
    }
    return page(request, "desk/pool.html", context=context)


def _concerns(entry: Entry, campaign: int) -> bool:
    """Not yet taken further, or taken into this one."""
    further = getattr(entry, "rolled_over_to", None)
    return further is None or further.campaign_id == campaign


@require_http_methods(["GET", "HEAD", "POST"])
@known
def pool_confirmed(request: HttpRequest, uid: UUID, entry_uid: UUID) -> HttpResponseBase:
    """The unit's letter says that it still applies: a draft in this campaign, to be recorded like every other."""
    campaign, entry, verdict = _waiting(request, uid, entry_uid)
    if not verdict:
        ui.tell(request, verdict.reason, tone="late")
        return ui.redirect(request, "desk:pool", campaign.uid)
    initial = {"arrived_date": timezone.localdate()}
    form = NumberedLetterForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        by, at = signature(request, campaign), timezone.now()
        try:
            summary = _("Xác nhận giải pháp vẫn đang áp dụng")
            _source, letter = came_by_letter(entry.implementer, form.cleaned_data, summary=summary, by=by, at=at)
            rolling.roll_over(entry, into=campaign, letter=letter, by=by, at=at)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã ghi: giải pháp vẫn đang áp dụng."), _("Xem lại rồi ghi nhận báo cáo của đơn vị."))
            return ui.redirect(request, "desk:recording", campaign.uid, entry.implementer.uid)
    return _asked(request, "desk/pool_confirmed.html", campaign, entry, form)


@require_http_methods(["GET", "HEAD", "POST"])
@known
def pool_given_up(request: HttpRequest, uid: UUID, entry_uid: UUID) -> HttpResponseBase:
    """The unit's letter says that it applies no longer: nobody asks for it again."""
    campaign, entry, verdict = _waiting(request, uid, entry_uid)
    if not verdict:
        ui.tell(request, verdict.reason, tone="late")
        return ui.redirect(request, "desk:pool", campaign.uid)
    initial = {"arrived_date": timezone.localdate()}
    form = WithdrawalForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        by, at = signature(request, campaign), timezone.now()
        try:
            summary = _("Báo giải pháp không còn áp dụng")
            _source, letter = came_by_letter(entry.implementer, form.cleaned_data, summary=summary, by=by, at=at)
            reason = _("%(reason)s (theo %(letter)s)") % {"reason": form.cleaned_data["reason"], "letter": letter}
            rolling.no_longer_applied(entry, reason=reason, letter=letter, by=by, at=at)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã ghi: giải pháp không còn áp dụng."), _("Đơn vị không phải trả lời lại ở đợt sau."))
            return ui.redirect(request, "desk:pool", campaign.uid)
    return _asked(request, "desk/pool_given_up.html", campaign, entry, form)


def _waiting(request: HttpRequest, uid: UUID, entry_uid: UUID) -> tuple[Campaign, Entry, Verdict]:
    """What waits for its unit's word, and whether the word may be recorded. Raises ``Http404`` for a stranger."""
    campaign, actor = campaign_of(request, uid), actor_of(request)
    found(in_lead(actor, Permission.RECORD, campaign))
    rows = named_shortly(Entry.objects.visible_to(actor)).select_related(
        "campaign", "implementer", "initiative", "rolled_over_to__campaign"
    )
    entry = get_object_or_404(rows, uid=entry_uid, organiser=campaign.organiser_id)
    return campaign, entry, may_roll_over(actor, entry, campaign)


def _asked(
    request: HttpRequest, template: str, campaign: Campaign, entry: Entry, form: NumberedLetterForm
) -> HttpResponseBase:
    context = {"campaign": campaign, "entry": entry, "form": form}
    return page(request, template, context=context, status=422 if form.errors else 200)
