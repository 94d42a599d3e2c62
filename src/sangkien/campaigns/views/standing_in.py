"""Who judges in the place of an office that also reports: shown, named, withdrawn."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions.standing_in import appoint_stand_in, withdraw_stand_in
from sangkien.campaigns.forms.acting import StandInForm
from sangkien.campaigns.models import Campaign, StandIn
from sangkien.campaigns.pages import campaign_of, day_of, led_by, signature
from sangkien.campaigns.rules import may_name_stand_ins
from sangkien.campaigns.stand_ins import conflicts
from sangkien.campaigns.views.amending import paper_of
from sangkien.campaigns.views.plan import frame
from sangkien.papers.kinds import Kind
from sangkien.papers.refusal import Refused as PaperRefused
from sangkien.units.models import Unit


@require_safe
@signed_in
def index(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The offices that judge and report, with who stands in for each."""
    return _shown(request, led_by(request, uid))


@require_POST
@signed_in
def appoint(request: HttpRequest, uid: UUID, office: int) -> HttpResponse:
    """An office or a person stands in for this one; with the paper that says so, where there is one."""
    campaign = _named_by(request, uid)
    on = day_of(campaign, actor_of(request))
    conflict = next((each for each in conflicts(campaign, on) if each.unit == office), None)
    if conflict is None:
        raise Http404
    keys = [each.key for each in (*conflict.sharing, *conflict.offices, *conflict.people)]
    form = StandInForm(keys, request.POST, request.FILES)
    if form.is_valid():
        by, at = signature(campaign, actor_of(request)), timezone.now()
        summary = _("Cử đơn vị, người thẩm định thay cho %s") % conflict.name
        try:
            paper = None
            if form.has_paper:
                paper = paper_of(campaign, form, by, at, kind=Kind.DECISION, notation="QĐ-UBND", summary=summary)
            appoint_stand_in(
                campaign, unit_in_conflict=Unit.objects.get(pk=office), office=form.office, person=form.person,
                paper=paper, by=by, at=at,
            )  # fmt: skip
        except (Refused, PaperRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã cử nơi thẩm định thay cho %s.") % conflict.name)
            return ui.redirect(request, "campaigns:stand_ins", uid)
    return _shown(request, campaign, form=form, at_unit=office)


@require_POST
@signed_in
def withdraw(request: HttpRequest, uid: UUID, key: int) -> HttpResponse:
    """This office or person stands in no more."""
    campaign = _named_by(request, uid)
    row = get_object_or_404(StandIn.objects.select_related("campaign"), pk=key, campaign=campaign)
    try:
        withdraw_stand_in(row, by=signature(campaign, actor_of(request)), at=timezone.now())
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    else:
        ui.tell(request, _("Đã rút việc cử làm thay."), tone="plain")
    return ui.redirect(request, "campaigns:stand_ins", uid)


def _named_by(request: HttpRequest, uid: UUID) -> Campaign:
    campaign = campaign_of(request, uid)
    found(may_name_stand_ins(actor_of(request), campaign))
    return campaign


def _shown(
    request: HttpRequest, campaign: Campaign, *, form: StandInForm | None = None, at_unit: int = 0
) -> HttpResponse:
    actor = actor_of(request)
    context = {
        **frame(campaign, actor),
        "conflicts": conflicts(campaign, day_of(campaign, actor)),
        "may_name": may_name_stand_ins(actor, campaign),
        "form": form or StandInForm(()),
        "at_unit": at_unit,
    }
    return page(request, "campaigns/stand_ins.html", context=context, status=422 if at_unit else 200)
