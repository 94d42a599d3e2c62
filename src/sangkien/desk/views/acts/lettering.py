"""The official letter that asks for a supplement, issued after the unit was told: written down beside the returns."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sangkien import ui
from sangkien.accounts.pages import actor_of, found
from sangkien.accounts.roles import Permission
from sangkien.accounts.verdict import Verdict
from sangkien.desk import places
from sangkien.desk.entry import permitted
from sangkien.desk.forms import RequestLetterForm
from sangkien.desk.views.acting import asked, new_key, signature, too_late
from sangkien.desk.views.finding import entry_of, known
from sangkien.desk.views.recording.sending import REFUSALS
from sangkien.intake import rules
from sangkien.intake.actions import returning
from sangkien.intake.models import Entry, Return
from sangkien.intake.views.letters import written_down
from sangkien.ledger.recording import Actor
from sangkien.papers.models import Paper
from sangkien.units.models import Unit
from sangkien.units.queries import names_on


@require_http_methods(["GET", "HEAD", "POST"])
@known
def request_letter(request: HttpRequest, uid: UUID, return_uid: UUID) -> HttpResponseBase:
    """Number, day and signed copy; one letter may ask for the supplements of several reports of the unit."""
    entry, actor = entry_of(request, uid), actor_of(request)
    found(rules.in_lead(actor, Permission.SEND_BACK, entry.campaign))
    back = get_object_or_404(Return.objects.select_related("letter"), entry=entry, uid=return_uid)
    unnamed = Verdict.when(back.letter is None, _("Công văn của lần trả lại này đã được ghi: %s.") % back.letter)
    verdict = permitted.may_name_letter(actor, entry) & unnamed
    if not verdict:
        return too_late(request, entry, verdict)
    back.entry = entry
    others = _others(back)
    issuers = _issuers(entry)
    form = RequestLetterForm(
        request.POST or None, request.FILES or None, initial={"key": new_key()},
        issuers=[(str(unit.uid), name) for unit, name in issuers],
        others=[(str(each.uid), f"{each.entry.code} · {each.revision.title}") for each in others],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        by = signature(request, entry.campaign)
        picked = [back, *(each for each in others if str(each.uid) in form.cleaned_data.get("together", []))]
        issuer = next(unit for unit, _name in issuers if str(unit.uid) == form.cleaned_data["issuer"])
        try:
            letter = _letter(form, issuer, by=by)
            returning.attach_letter(picked, letter=letter, by=by, at=timezone.now())
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã ghi %s bên phiếu trả lại.") % letter, _("Đơn vị thấy và mở được công văn."))
            return ui.redirect(request, places.entry(entry.uid))
    context = {"form": form, "back": back}
    return asked(request, "desk/request_letter.html", entry, context, wrong=bool(form.errors))


def _others(back: Return) -> list[Return]:
    """Other returns of the same unit in this campaign that no letter names yet."""
    rows = Return.objects.filter(
        entry__campaign=back.entry.campaign_id, entry__implementer=back.entry.implementer_id, letter__isnull=True
    ).exclude(pk=back.pk)
    return list(rows.select_related("entry__campaign", "revision").order_by("pk")[:50])


def _issuers(entry: Entry) -> list[tuple[Unit, str]]:
    """The unit that leads, and the one in whose name it does so."""
    units = {each.pk: each for each in (entry.campaign.lead_unit, entry.campaign.organiser)}
    names = names_on(units.keys(), timezone.localdate())
    return [(unit, names.get(pk, "")) for pk, unit in units.items()]


def _letter(form: RequestLetterForm, issuer: Unit, *, by: Actor) -> Paper:
    """Written down now, or found as it was written down before."""
    told = form.cleaned_data
    return written_down(
        issuer, told["letter_number"], told["letter_date"], told["scan"],
        summary=_("Đề nghị bổ sung báo cáo giải pháp"),
        no_scan=_("Kèm bản chụp hoặc bản ký số của công văn. Bạn chọn tệp rồi ghi lại."), by=by, at=timezone.now(),
    )  # fmt: skip
