"""A letter says that the unit has nothing to report, or takes back what it sent."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.campaigns.models import Answer
from sangkien.desk import places
from sangkien.desk.forms import NumberedLetterForm, WithdrawalForm
from sangkien.desk.recording import came_by_letter
from sangkien.desk.views.acting import asked, new_key, signature, too_late
from sangkien.desk.views.finding import entry_of, known
from sangkien.desk.views.recording.sending import REFUSALS, asked_unit
from sangkien.intake import rules
from sangkien.intake.actions import closing, withdrawing


@require_http_methods(["GET", "HEAD", "POST"])
@known
def recorded_nil(request: HttpRequest, uid: UUID, unit: UUID) -> HttpResponseBase:
    """ "Đơn vị không có giải pháp", from its letter. The second click is told that it is written down already."""
    participant = asked_unit(request, uid, unit)
    campaign = participant.campaign
    form = NumberedLetterForm(
        request.POST or None, request.FILES or None, initial={"arrived_date": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        by, at = signature(request, campaign), timezone.now()
        try:
            if participant.answer == Answer.NIL:
                raise Refused(_("Đơn vị đã được ghi là không có giải pháp."))
            summary = _("Trả lời không có giải pháp")
            source, letter = came_by_letter(participant.unit, form.cleaned_data, summary=summary, by=by, at=at)
            closing.answer_nil(participant, by=by, at=at, arrived_at=source.arrived_at, letter=letter)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã ghi: %s không có giải pháp trong đợt này.") % participant.unit_version.name)
            return ui.redirect(request, "desk:recordings", campaign.uid)
    context = {
        "campaign": campaign,
        "participant": participant,
        "unit_name": participant.unit_version.name,
        "form": form,
    }
    return page(request, "desk/recorded_nil.html", context=context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@known
def recorded_withdrawal(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The unit's letter takes back what it sent; the letter stands in the ledger beside the reason."""
    entry, actor = entry_of(request, uid), actor_of(request)
    found(rules.in_lead(actor, Permission.RECORD, entry.campaign))
    verdict = rules.may_withdraw(actor, entry)
    if not verdict:
        return too_late(request, entry, verdict)
    initial = {"arrived_date": timezone.localdate(), "key": new_key()}
    form = WithdrawalForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        by, at = signature(request, entry.campaign), timezone.now()
        try:
            summary = _("Rút báo cáo giải pháp")
            _source, letter = came_by_letter(entry.implementer, form.cleaned_data, summary=summary, by=by, at=at)
            facts = {"reason": form.cleaned_data["reason"], "letter": letter}
            withdrawing.withdraw(entry, reason=_("%(reason)s (theo %(letter)s)") % facts, letter=letter, by=by, at=at)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã ghi là đơn vị rút báo cáo."))
            return ui.redirect(request, places.entry(entry.uid))
    return asked(request, "desk/recorded_withdrawal.html", entry, {"form": form}, wrong=bool(form.errors))
