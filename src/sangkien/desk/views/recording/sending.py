"""A report that came on paper or as a file: its solutions typed as the unit would, then recorded with the letter."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.attachments.refusal import Refused as FileRefused
from sangkien.campaigns.models import Participant
from sangkien.campaigns.pages import campaign_of
from sangkien.desk import places
from sangkien.desk.forms import LetterForm
from sangkien.desk.recording import came
from sangkien.desk.views.acting import new_key, signature, too_late
from sangkien.desk.views.finding import entry_of, known
from sangkien.initiatives.models import Revision
from sangkien.intake import rules
from sangkien.intake.actions import drafting, sending
from sangkien.intake.completeness import Missing, asked_by, completeness, required
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, Receipt
from sangkien.papers.refusal import Refused as PaperRefused

REFUSALS = (Refused, PaperRefused, FileRefused)


def asked_unit(request: HttpRequest, uid: UUID, unit: UUID) -> Participant:
    """A unit that the campaign asks, for who may record for it. Raises ``Http404``."""
    campaign = campaign_of(request, uid)
    found(rules.in_lead(actor_of(request), Permission.RECORD, campaign))
    rows = Participant.objects.filter(campaign=campaign, unit__uid=unit).select_related("unit", "unit_version")
    participant = rows.first()
    if participant is None:
        raise Http404
    participant.campaign = campaign
    return participant


@require_http_methods(["GET", "HEAD", "POST"])
@known
def recording(request: HttpRequest, uid: UUID, unit: UUID) -> HttpResponseBase:
    """GET shows what was typed for the unit and asks for the letter; POST records one sending with one receipt."""
    participant = asked_unit(request, uid, unit)
    form = LetterForm(request.POST or None, request.FILES or None, initial=_initial())
    first = _first_receipt(request, participant)
    if first is not None and first.submission is not None:
        return ui.redirect(request, "intake:receipt", first.submission.uid)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = _record(request, participant, form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã ghi nhận báo cáo, phiếu tiếp nhận số %s.") % receipt, _("Đơn vị được báo số phiếu."))
            return ui.redirect(request, "intake:receipt", receipt.submission.uid)  # type: ignore[union-attr]  # given now
    return _page(request, participant, form)


def _initial() -> dict[str, Any]:
    return {"key": new_key(), "arrived_date": timezone.localdate()}


def _first_receipt(request: HttpRequest, participant: Participant) -> Receipt | None:
    """Of the first click of the same page."""
    key = request.POST.get("key", "")
    rows = Receipt.objects.filter(submission__key=_key(participant, key)).select_related("submission")
    return rows.first() if key else None


def _key(participant: Participant, key: str) -> str:
    """The click on the page of this unit in this campaign; the page of another cannot name it."""
    return f"recorded:{participant.pk}:{key}"


def _record(request: HttpRequest, participant: Participant, told: dict[str, Any]) -> Receipt:
    campaign, unit = participant.campaign, participant.unit
    verdict = rules.may_record(actor_of(request), campaign)
    if not verdict:
        raise Refused(verdict.reason)
    ticked = set(request.POST.getlist("entry"))
    chosen = [entry for entry, _draft in typed(participant) if str(entry.uid) in ticked]
    if not chosen:
        raise Refused(_("Chưa có giải pháp nào được chọn. Thêm giải pháp, hoặc đánh dấu ít nhất một dòng."))
    by, at = signature(request, campaign), timezone.now()
    summary = _("Báo cáo giải pháp cải cách hành chính năm %d") % campaign.year
    source = came(unit, told, summary=summary, by=by, at=at)
    return sending.record_sending(
        campaign, unit, chosen, arrived_at=source.arrived_at, channel=source.channel, letter=source.letter,
        file=source.file, by=by, at=at, key=_key(participant, told["key"] or new_key()),
    )  # fmt: skip


def typed(participant: Participant) -> list[tuple[Entry, Revision]]:
    """Entries of the unit with a draft that the lead unit typed: new ones, and supplements that were asked for."""
    entries = Entry.objects.filter(campaign=participant.campaign, implementer=participant.unit)
    ours = entries.filter(stage=Stage.DRAFT, opened_by_lead=True) | entries.filter(stage=Stage.CHANGES_REQUESTED)
    rows = list(ours.select_related("campaign", "initiative", "implementer").order_by("pk"))
    drafts = Revision.objects.draft().filter(initiative__in=[each.initiative_id for each in rows])
    by_initiative = {each.initiative_id: each for each in drafts.select_related("initiative")}
    return [(each, by_initiative[each.initiative_id]) for each in rows if each.initiative_id in by_initiative]


def _page(request: HttpRequest, participant: Participant, form: LetterForm) -> HttpResponseBase:
    asked = asked_by(participant.campaign)
    rows: Sequence[tuple[Entry, Revision, list[Missing]]] = [
        (entry, draft, required(completeness(draft, asked))) for entry, draft in typed(participant)
    ]
    ticked = set(request.POST.getlist("entry")) if request.method == "POST" else None
    context = {
        "campaign": participant.campaign,
        "participant": participant,
        "unit_name": participant.unit_version.name,
        "rows": [(*row, ticked is None or str(row[0].uid) in ticked) for row in rows],
        "form": form,
        "add_key": new_key(),
        "may_record": rules.may_record(actor_of(request), participant.campaign),
    }
    return page(request, "desk/recording.html", context=context, status=422 if form.errors else 200)


@require_POST
@known
def recording_entry(request: HttpRequest, uid: UUID, unit: UUID) -> HttpResponseBase:
    """One more solution of the paper: opens its form. The second click opens the same one."""
    participant = asked_unit(request, uid, unit)
    campaign = participant.campaign
    try:
        verdict = rules.may_record(actor_of(request), campaign)
        if not verdict:
            raise Refused(verdict.reason)
        key = request.POST.get("key", "")[:80]
        entry = drafting.start(
            campaign, participant.unit, by=signature(request, campaign), at=timezone.now(), opened_by_lead=True,
            key=_key(participant, key) if key else "",
        )  # fmt: skip
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
        return ui.redirect(request, "desk:recording", campaign.uid, participant.unit.uid)
    return ui.redirect(request, "intake:draft", entry.uid)


@require_POST
@known
def recorded_supplement(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The supplement came on paper: opens the form with what was sent before."""
    entry = entry_of(request, uid)
    found(rules.in_lead(actor_of(request), Permission.RECORD, entry.campaign))
    verdict = rules.may_edit(actor_of(request), entry)
    if not verdict:
        return too_late(request, entry, verdict)
    try:
        drafting.begin_revision(entry, by=signature(request, entry.campaign), at=timezone.now())
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
        return ui.redirect(request, places.entry(entry.uid))
    return ui.redirect(request, "intake:draft", entry.uid)
