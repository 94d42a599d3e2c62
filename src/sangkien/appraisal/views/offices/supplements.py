"""A question of an office to the unit during appraisal, and the unit's answer, with or without an account."""

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.permissions import may
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.appraisal.actions import supplements as acts
from sangkien.appraisal.forms.offices import AnswerForm, SupplementForm
from sangkien.appraisal.models import SupplementFile, SupplementRequest
from sangkien.appraisal.rules import offices as rules
from sangkien.appraisal.views.offices.common import new_key, of_office, opened, own_assignment
from sangkien.attachments import keeping
from sangkien.attachments.models import Attachment
from sangkien.attachments.refusal import Refused as FileRefused
from sangkien.campaigns import pages
from sangkien.campaigns.models import Holiday
from sangkien.intake.models import Entry
from sangkien.intake.rules import in_lead
from sangkien.intake.views.common import for_the_unit
from sangkien.intake.views.letters import written_down
from sangkien.ledger.recording import Actor as Signature
from sangkien.papers.refusal import Refused as PaperRefused

DAYS: Final = 5
_REFUSALS: Final = (Refused, PaperRefused, FileRefused)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The question and the day."""
    assignment = own_assignment(request, uid)
    found(rules.may_ask_supplement(actor_of(request), assignment))
    today = timezone.localdate()
    initial = {"key": new_key(), "due_date": Holiday.objects.calendar().after(today, DAYS)}
    form = SupplementForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            acts.ask(
                assignment, question=told["question"], due_date=told["due_date"], key=told["key"],
                by=of_office(request, assignment), at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã hỏi đơn vị."), _("Câu trả lời hiện ở hồ sơ và ở trang Việc của tôi."))
            return ui.redirect(request, "appraisal:opinion", assignment.uid)
    context = {"assignment": assignment, "form": form, "days": DAYS}
    return page(request, "appraisal/offices/ask.html", context=context, status=422 if form.errors else 200)


@require_POST
@signed_in
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The question needs no answer any more."""
    row = get_object_or_404(SupplementRequest.objects.select_related("assignment"), uid=uid)
    assignment = own_assignment(request, row.assignment.uid)
    found(rules.may_appraise(actor_of(request), assignment))
    row.assignment = assignment
    try:
        acts.withdraw(row, by=of_office(request, assignment), at=timezone.now())
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    else:
        ui.tell(request, _("Đã thu hồi câu hỏi."))
    return ui.redirect(request, "appraisal:opinion", assignment.uid)


@require_safe
@for_the_unit
def unit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the unit was asked about one of its entries, and what it answered. Who asked is not said."""
    entry = _entry(request, uid)
    rows = list(SupplementRequest.objects.filter(assignment__entry=entry, withdrawn_at=None).order_by("-asked_at"))
    files: dict[int, list[SupplementFile]] = {}
    for each in SupplementFile.objects.filter(request__in=rows).select_related("attachment__blob").order_by("pk"):
        files.setdefault(each.request_id, []).append(each)
    told = [(each, files.get(each.pk, [])) for each in rows]
    context = {"entry": entry, "rows": told, "may_answer": _may_answer(request, entry), "today": timezone.localdate()}
    return page(request, "appraisal/offices/supplements.html", context=context)


def _entry(request: HttpRequest, uid: UUID) -> Entry:
    """Of the actor's unit, or of a campaign that the actor runs."""
    actor = actor_of(request)
    rows = Entry.objects.filter(uid=uid).visible_to(actor)
    entry = get_object_or_404(
        rows.select_related("campaign__lead_unit", "campaign__organiser", "implementer", "revision")
    )
    own = may(actor, Permission.FOLLOW, unit=entry.implementer, scope=entry.campaign.uid)
    found(own or in_lead(actor, Permission.RECORD, entry.campaign))
    return entry


def _may_answer(request: HttpRequest, entry: Entry) -> bool:
    actor = actor_of(request)
    own = may(actor, Permission.DRAFT, unit=entry.implementer, scope=entry.campaign.uid)
    return bool(own or in_lead(actor, Permission.RECORD, entry.campaign))


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_unit
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The answer with its files; from a letter where the lead unit enters it."""
    row = get_object_or_404(
        SupplementRequest.objects.select_related(
            "assignment__entry__campaign__lead_unit", "assignment__entry__campaign__organiser",
            "assignment__entry__implementer", "assignment__entry__revision",
        ),
        uid=uid,
    )  # fmt: skip
    entry, actor = row.assignment.entry, actor_of(request)
    _entry(request, entry.uid)
    found(_may_answer(request, entry))
    own = bool(may(actor, Permission.DRAFT, unit=entry.implementer, scope=entry.campaign.uid))
    form = AnswerForm(request.POST or None, by_letter=not own)
    if request.method == "POST" and form.is_valid():
        try:
            _answer(request, row, form, own=own)
        except _REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã gửi câu trả lời."))
            return ui.redirect(request, "appraisal:supplements", entry.uid)
    context: dict[str, Any] = {"entry": entry, "request_row": row, "form": form, "own": own}
    return page(request, "appraisal/offices/answer.html", context=context, status=422 if form.errors else 200)


def _answer(request: HttpRequest, row: SupplementRequest, form: AnswerForm, *, own: bool) -> None:
    entry, told, at = row.assignment.entry, form.cleaned_data, timezone.now()
    actor = actor_of(request)
    by = actor.signature(entry.implementer) if own else pages.signature(entry.campaign, actor)
    files = _kept(request, by)
    paper = None
    if not own:
        if not told.get("letter_number") or told.get("letter_date") is None:
            raise Refused(_("Ghi thay đơn vị thì cần công văn trả lời: số, ngày và bản chụp."))
        scan = request.FILES.getlist("files")[0] if request.FILES.getlist("files") else None
        if scan is not None:
            scan.seek(0)
        paper = written_down(
            entry.implementer, told["letter_number"], told["letter_date"], scan,
            summary=_("Trả lời làm rõ giải pháp"), no_scan=_("Kèm bản chụp công văn. Bạn chọn tệp rồi gửi lại."),
            by=by, at=at,
        )  # fmt: skip
    acts.answer(row, text=told["answer"], files=files, by=by, at=at, paper=paper)


def _kept(request: HttpRequest, by: Signature) -> list[Attachment]:
    given = request.FILES.getlist("files")
    if len(given) > acts.MOST_FILES:
        raise Refused(_("Mỗi lần trả lời kèm nhiều nhất %d tệp. Bạn gộp các tệp lại.") % acts.MOST_FILES)
    kept = {
        each.pk: each for each in (keeping.store(file, file.name or "", by=by, at=timezone.now()) for file in given)
    }
    return list(kept.values())


@require_safe
@for_the_unit
def file_of(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """A file of an answer, to the unit and to who runs the campaign."""
    rows = SupplementFile.objects.select_related("attachment__blob", "request__assignment__entry")
    link = rows.filter(uid=uid).first()
    if link is None:
        raise Http404
    _entry(request, link.request.assignment.entry.uid)
    return opened(link.attachment)
