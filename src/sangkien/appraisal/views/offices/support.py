"""A unit asks an office in charge while it writes; both write; the draft is read only while the unit shares it."""

from typing import Any, Final
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions import guidance
from sangkien.appraisal.forms.offices import MessageForm, QuestionForm
from sangkien.appraisal.models import SupportRequest
from sangkien.appraisal.rules import offices as rules
from sangkien.appraisal.views.offices.common import new_key
from sangkien.campaigns import pages
from sangkien.campaigns.models import Campaign, FieldOwner
from sangkien.initiatives.models import Part, Revision
from sangkien.intake.actions import drafting
from sangkien.intake.models import Entry
from sangkien.intake.views.common import for_the_unit, place_of
from sangkien.ledger.recording import Actor as Signature
from sangkien.units.models import Unit, UnitVersion
from sangkien.units.queries import names_on

_MOST: Final = 50
_SHOWN: Final = 200


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_unit
def asking(request: HttpRequest, campaign: UUID, unit: UUID) -> HttpResponse:
    """What the unit asked so far, and a new question; ``?giai-phap=`` says about which of its entries."""
    place = place_of(actor_of(request), campaign, unit)
    may_ask = rules.may_ask_for_support(actor_of(request), place.campaign, place.unit)
    entry = _about(place.campaign, place.unit, request.POST.get("giai-phap") or request.GET.get("giai-phap", ""))
    offices = _offices(place.campaign, place.unit)
    form = QuestionForm(
        request.POST or None, offices=[(str(key), name) for key, name in offices.items()],
        has_draft=entry is not None, initial={"key": new_key()},
    )  # fmt: skip
    if request.method == "POST":
        found(may_ask)
        if form.is_valid():
            told = form.cleaned_data
            try:
                made = guidance.ask(
                    place.campaign, place.unit, Unit.objects.get(pk=int(told["office"])), title=told["title"],
                    text=told["text"], entry=entry, shares_draft=told.get("shares_draft", False), key=told["key"],
                    by=actor_of(request).signature(place.unit), at=timezone.now(),
                )  # fmt: skip
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                ui.tell(request, _("Đã gửi câu hỏi."), _("Có trả lời thì đơn vị được báo."))
                return ui.redirect(request, "appraisal:support", made.uid)
    rows = SupportRequest.objects.filter(unit=place.unit, campaign=place.campaign).order_by("-asked_at", "-pk")
    context = {
        "place": place,
        "campaign": place.campaign,
        "entry": entry,
        "form": form,
        "may_ask": may_ask,
        "rows": [(each, offices.get(each.office_id, "")) for each in rows[:_MOST]],
    }
    return page(request, "appraisal/offices/asking.html", context=context, status=422 if form.errors else 200)


def _about(campaign: Campaign, unit: Unit, uid: str) -> Entry | None:
    try:
        wanted = UUID(uid)
    except ValueError:
        return None
    rows = Entry.objects.filter(uid=wanted, campaign=campaign, implementer=unit)
    return get_object_or_404(rows.select_related("revision", "initiative"))


def _offices(campaign: Campaign, unit: Unit) -> dict[int, str]:
    """Offices in charge of something in this campaign, but for the unit itself. Two statements."""
    owned = FieldOwner.objects.current().filter(Q(field__campaign=campaign) | Q(sector__campaign=campaign))
    ids = set(owned.exclude(office=unit).values_list("office", flat=True))
    return dict(sorted(names_on(ids, timezone.localdate()).items(), key=lambda each: each[1]))


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_unit
def support(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The conversation; POST writes one more message for the side on which the person stands."""
    row, actor = _found(request, uid), actor_of(request)
    guides, writes = rules.may_guide(actor, row), rules.may_write_on(actor, row)
    form = MessageForm(request.POST or None, initial={"key": new_key()})
    if request.method == "POST":
        found(guides or writes)
        if form.is_valid():
            try:
                guidance.write(
                    row, from_office=bool(guides), text=form.cleaned_data["text"], key=form.cleaned_data["key"],
                    by=_signature(request, row, of_office=bool(guides)), at=timezone.now(),
                )  # fmt: skip
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                ui.tell(request, _("Đã gửi."))
                return ui.redirect(request, "appraisal:support", row.uid)
    names = names_on({row.unit_id, row.office_id}, timezone.localdate())
    context: dict[str, Any] = {
        "row": row,
        "form": form,
        "messages_shown": _messages(row, names),
        "unit_name": names.get(row.unit_id, ""),
        "office_name": names.get(row.office_id, ""),
        "guides": guides,
        "writes": writes,
        "draft": _draft(row) if guides and row.shares_draft else None,
    }
    return page(request, "appraisal/offices/support.html", context=context, status=422 if form.errors else 200)


def _messages(row: SupportRequest, names: dict[int, str]) -> list[dict[str, Any]]:
    """Oldest first, each with the side that wrote it."""
    return [
        {
            "message": each,
            "who": names.get(row.office_id if each.from_office else row.unit_id, ""),
            "icon": "chat-dots" if each.from_office else "question-circle",
        }
        for each in row.messages.order_by("written_at", "pk")[:_SHOWN]
    ]


def _found(request: HttpRequest, uid: UUID) -> SupportRequest:
    rows = SupportRequest.objects.filter(uid=uid).select_related(
        "campaign__lead_unit", "campaign__organiser", "unit", "office", "entry__initiative", "entry__revision"
    )
    row = get_object_or_404(rows)
    found(rules.may_see_support(actor_of(request), row))
    return row


def _signature(request: HttpRequest, row: SupportRequest, *, of_office: bool) -> Signature:
    return actor_of(request).signature(row.office if of_office else row.unit)


def _draft(row: SupportRequest) -> dict[str, Any] | None:
    """What the unit writes just now, as far as it is written; read anew each time. At most two statements."""
    entry = row.entry
    if entry is None:
        return None
    revision: Revision | None = drafting.draft_of(entry) or entry.revision
    if revision is None:
        return None
    parts = [(part.label, text) for part, text in revision.texts.items() if part is not Part.TITLE and text]
    return {"title": revision.title, "parts": parts}


@require_POST
@for_the_unit
def settle(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Share the draft, or no longer; or close."""
    row = _found(request, uid)
    found(rules.may_write_on(actor_of(request), row))
    by, at, act = _signature(request, row, of_office=False), timezone.now(), request.POST.get("act", "")
    try:
        if act == "close":
            guidance.close(row, by=by, at=at)
            ui.tell(request, _("Đã khép lại câu hỏi."))
        else:
            guidance.share(row, shares_draft=act == "share", by=by, at=at)
            told = _("Nơi được hỏi xem được bản soạn.") if act == "share" else _("Nơi được hỏi không xem bản soạn nữa.")
            ui.tell(request, told)
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    return ui.redirect(request, "appraisal:support", row.uid)


@require_safe
@signed_in
def log(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The support log of a campaign: who asked whom, when it was answered. Page by key."""
    campaign = pages.led_by(request, uid)
    today = timezone.localdate()
    asked = UnitVersion.objects.as_of(today).filter(unit=OuterRef("unit")).values("name")[:1]
    office = UnitVersion.objects.as_of(today).filter(unit=OuterRef("office")).values("name")[:1]
    rows = SupportRequest.objects.filter(campaign=campaign)
    after = request.GET.get("sau", "")
    if after.isascii() and after.isdigit() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    shown = list(rows.annotate(unit_name=Subquery(asked), office_name=Subquery(office)).order_by("-pk")[: _MOST + 1])
    context = {
        "campaign": campaign,
        "rows": shown[:_MOST],
        "following": shown[_MOST - 1].pk if len(shown) > _MOST else 0,
    }
    return page(request, "appraisal/offices/log.html", context=context)
