"""Beginning a report, having none, what comes over from an earlier campaign, and who may send."""

import secrets
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page
from sangkien.accounts.permissions import may
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.accounts.verdict import Verdict
from sangkien.campaigns.models import Answer
from sangkien.intake.actions import allowing, closing, drafting, rolling
from sangkien.intake.forms.sending import ReasonForm
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, SendingRule
from sangkien.intake.rules import may_allow_officer, may_answer_nil, may_draft, may_edit, may_submit
from sangkien.intake.views.common import (
    Place,
    deadline,
    entry_of,
    for_the_unit,
    frame_of,
    place_of,
    place_of_entry,
    signature,
    word_links,
)
from sangkien.ledger import recording
from sangkien.papers.moving import version_on
from sangkien.units.models import Unit


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_unit
def start(request: HttpRequest, campaign: UUID, unit: UUID) -> HttpResponse:
    """GET offers the ways to begin; POST opens a draft, one for each time the page was shown."""
    actor = actor_of(request)
    place = place_of(actor, campaign, unit, Permission.DRAFT)
    refused = ""
    if request.method == "POST":
        try:
            _refuse(may_draft(actor, place.campaign, place.unit))
            entry = drafting.start(
                place.campaign, place.unit, by=signature(request, place.unit), at=timezone.now(),
                key=_key(place, request.POST.get("key", "")),
            )  # fmt: skip
        except Refused as refusal:
            refused = str(refusal)
        else:
            return ui.redirect(request, "intake:draft", entry.uid)
    drafts = Entry.objects.filter(campaign=place.campaign, implementer=place.unit, stage=Stage.DRAFT)
    context = {
        **frame_of(place),
        "word": word_links(place),
        "deadline": deadline(place.campaign),
        "drafts": drafts.select_related("revision").order_by("pk"),
        "key": secrets.token_urlsafe(16),
        "refused": refused,
    }
    return page(request, "intake/start.html", context=context, status=422 if refused else 200)


def _key(place: Place, key: str) -> str:
    return f"draft:{place.participant.pk}:{key[:60]}" if key else ""


def _refuse(verdict: object) -> None:
    if not verdict:
        raise Refused(getattr(verdict, "reason", ""))


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_unit
def nil(request: HttpRequest, campaign: UUID, unit: UUID) -> HttpResponse:
    """ "Đơn vị không có giải pháp", seen first, then said; and taken back."""
    actor = actor_of(request)
    place = place_of(actor, campaign, unit)
    verdict = may_answer_nil(actor, place.participant)
    refused = ""
    if request.method == "POST":
        act = closing.answer_nil if request.POST.get("answer") == "nil" else closing.take_back_nil
        try:
            _refuse(verdict)
            act(place.participant, by=signature(request, place.unit), at=timezone.now())
        except Refused as refusal:
            refused = str(refusal)
        else:
            _tell_answer(request, is_nil=act is closing.answer_nil)
            return ui.redirect(request, "intake:home")
    drafts = Entry.objects.filter(campaign=place.campaign, implementer=place.unit, stage=Stage.DRAFT)
    context = {
        **frame_of(place),
        "participant": place.participant,
        "is_nil": place.participant.answer == Answer.NIL,
        "may_answer": verdict,
        "drafts": drafts.count(),
        "refused": refused,
    }
    return page(request, "intake/nil.html", context=context, status=422 if refused else 200)


def _tell_answer(request: HttpRequest, *, is_nil: bool) -> None:
    if is_nil:
        ui.tell(request, _("Đã ghi câu trả lời: không có giải pháp."), _("Nếu sau này có, đơn vị cứ soạn và gửi."))
    else:
        ui.tell(request, _("Đã rút câu trả lời “không có giải pháp”."), _("Đơn vị đầu mối chờ báo cáo của đơn vị."))


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_unit
def still_applied(request: HttpRequest, campaign: UUID, uid: UUID) -> HttpResponse:
    """A solution of an earlier campaign that came late: the unit says that it is still applied."""
    actor = actor_of(request)
    deferred = Entry.objects.filter(stage=Stage.DEFERRED).select_related("implementer", "campaign", "revision")
    entry = get_object_or_404(deferred, uid=uid)
    place = place_of(actor, campaign, entry.implementer.uid, Permission.DRAFT)
    refused = ""
    form = ReasonForm(request.POST if "no" in request.POST else None)
    if request.method == "POST" and "no" in request.POST:
        refused = _answer_no(entry, form, may_submit(actor, place.campaign, place.unit), signature(request, place.unit))
        if not refused and not form.errors:
            ui.tell(request, _("Đã ghi: giải pháp không còn áp dụng."), _("Đơn vị không phải trả lời lại ở đợt sau."))
            return ui.redirect(request, "intake:home")
    elif request.method == "POST":
        try:
            _refuse(may_submit(actor, place.campaign, place.unit))
            made = rolling.roll_over(
                entry, into=place.campaign, by=signature(request, place.unit), at=timezone.now()
            )  # fmt: skip
        except Refused as refusal:
            refused = str(refusal)
        else:
            ui.tell(
                request,
                _("Đã đưa giải pháp sang đợt này."),
                _("Bạn xem lại, cập nhật số liệu mới nhất rồi gửi."),
            )
            return ui.redirect(request, "intake:draft", made.uid)
    context = {
        **frame_of(place),
        "entry": entry,
        "may_confirm": may_submit(actor, place.campaign, place.unit),
        "refused": refused,
        "form": form,
    }
    return page(request, "intake/still_applied.html", context=context, status=422 if refused or form.errors else 200)


def _answer_no(entry: Entry, form: ReasonForm, verdict: Verdict, by: recording.Actor) -> str:
    """The refusal, or nothing."""
    if not form.is_valid():
        return ""
    try:
        _refuse(verdict)
        rolling.no_longer_applied(entry, reason=form.cleaned_data["reason"], by=by, at=timezone.now())
    except Refused as refusal:
        return str(refusal)
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_unit
def officer(request: HttpRequest, unit: UUID) -> HttpResponse:
    """The head's switch: may the officer send, or only draft."""
    actor = actor_of(request)
    found(actor.is_signed_in)  # an invitation stands for one campaign, this for all of them
    own = get_object_or_404(Unit, uid=unit)
    found(may(actor, Permission.FOLLOW, unit=own))
    verdict, refused = may_allow_officer(actor, own), ""
    rule = SendingRule.objects.filter(unit=own).first()
    if request.method == "POST":
        wanted = request.POST.get("officer", "")
        refused = verdict.reason if not verdict else _("Bạn chọn một trong hai.") if wanted not in ("yes", "no") else ""
        if not refused:
            allowing.allow_officer(own, allowed=wanted == "yes", by=signature(request, own), at=timezone.now())
            ui.tell(request, _("Đã lưu: %s.") % _choice(wanted == "yes"))
            return ui.redirect(request, "intake:home")
    decided = _("Chọn lần cuối ngày %s.") % date_format(timezone.localtime(rule.decided_at), "d/m/Y") if rule else ""
    context = {
        "unit_name": version_on(own, actor.on).name,
        "allowed": bool(rule and rule.officer_may_send),
        "may_switch": verdict,
        "decided": decided,
        "refused": refused,
    }
    return page(request, "intake/officer.html", context=context, status=422 if refused else 200)


def _choice(is_allowed: bool) -> str:
    return _("cán bộ báo cáo cũng gửi được") if is_allowed else _("chỉ thủ trưởng gửi")


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_unit
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A draft that is not wanted any more; what was sent stays."""
    actor = actor_of(request)
    entry = entry_of(actor, uid, Permission.DRAFT)
    draft, refused = drafting.draft_of(entry), ""
    if draft is None:
        return ui.redirect(request, "intake:entry", entry.uid)
    if request.method == "POST":
        try:
            _refuse(may_edit(actor, entry))
            drafting.discard(entry, by=signature(request, entry.implementer), at=timezone.now())
        except Refused as refusal:
            refused = str(refusal)
        else:
            ui.tell(request, _("Đã bỏ bản nháp."))
            return ui.redirect(request, "intake:home")
    context = {**frame_of(place_of_entry(entry)), "entry": entry, "revision": draft, "refused": refused}
    return page(request, "intake/discard.html", context=context, status=422 if refused else 200)
