"""The lead unit's side of one entry's appraisal: who judges, what came in, changing it, recording from a paper."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.appraisal.actions import assigning, opinions
from sangkien.appraisal.actions.common import is_pending
from sangkien.appraisal.actions.opinions import SHOWN, Said
from sangkien.appraisal.conflicts import offices_kept_out
from sangkien.appraisal.forms.offices import AssignForm, PaperOpinionForm, ReasonForm
from sangkien.appraisal.models import Assignment, Opinion, Reason, Referral, SupplementRequest, Target, Verdict
from sangkien.appraisal.routing.choosing import Place, Why
from sangkien.appraisal.routing.proposing import facts_of
from sangkien.appraisal.rules import offices as rules
from sangkien.appraisal.views.offices.common import led_assignment, led_entry, new_key
from sangkien.attachments.refusal import Refused as FileRefused
from sangkien.campaigns import pages
from sangkien.campaigns.models import Holiday
from sangkien.intake.models import Entry
from sangkien.intake.views.letters import written_down
from sangkien.ledger.models import Act
from sangkien.papers.issuing import Arrival
from sangkien.papers.models import Channel, Paper
from sangkien.papers.refusal import Refused as PaperRefused
from sangkien.units.queries import names_on

DAYS: Final = 10
COUNCIL: Final = "hoi-dong"
CHAIR: Final = "nguoi-quyet-dinh"
_GONE: Final = gettext_lazy("đơn vị đã thôi hoạt động")
_STRAIGHT: Final = {COUNCIL: Target.COUNCIL, CHAIR: Target.CHAIR}
_REFUSALS: Final = (Refused, PaperRefused, FileRefused)


@require_safe
@signed_in
def entry(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who judges it and how far they are; what they said only to who may read it."""
    shown, actor = led_entry(request, uid), actor_of(request)
    readable = rules.may_read_opinions(actor, shown)
    rows = list(Assignment.objects.filter(entry=shown).select_related("person").order_by("-round", "pk"))
    context = {
        "entry": shown,
        "rows": _rows(rows, is_readable=bool(readable)),
        "referrals": [
            (Target(each.target).label, each) for each in Referral.objects.filter(entry=shown, withdrawn_at=None)
        ],
        "readable": readable,
        "may_assign": rules.may_assign(actor, shown),
        "may_record": rules.may_route_in(actor, shown.campaign),
        "questions": list(SupplementRequest.objects.filter(assignment__entry=shown).order_by("asked_at")),
    }
    return page(request, "appraisal/offices/entry.html", context=context)


def _rows(rows: list[Assignment], *, is_readable: bool) -> list[dict[str, Any]]:
    """Four statements, none for the words where they are not for this reader."""
    today = timezone.localdate()
    names = names_on({each.office_id or 0 for each in rows} | {each.in_place_of_id or 0 for each in rows}, today)
    opinion_of: dict[int, Opinion] = {}
    seen_others: set[object] = set()
    if is_readable:
        filed = Opinion.objects.filed().filter(assignment__in=rows).select_related("recorded_from")
        opinion_of = {each.assignment_id: each for each in filed}
        seen = Act.objects.filter(subject_uid__in=[each.uid for each in rows], verb=SHOWN)
        seen_others = set(seen.values_list("subject_uid", flat=True))
    return [
        {
            "assignment": each,
            "name": names.get(each.office_id or 0, "") or (each.person.name if each.person else _GONE),
            "reason": Reason(each.reason).label,
            "in_place_of": names.get(each.in_place_of_id or 0, ""),
            "opinion": opinion_of.get(each.pk),
            "verdict": Verdict(opinion_of[each.pk].verdict).label if each.pk in opinion_of else "",
            "has_seen_others": each.uid in seen_others,
            "is_pending": is_pending(each),
            "is_late": is_readable and each.withdrawn_at is None and each.due_date < today,
        }
        for each in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def assign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One more office, or straight to the council or the chair."""
    shown = led_entry(request, uid, Permission.ROUTE)
    found(rules.may_route_in(actor_of(request), shown.campaign))
    form = _assign_form(request, shown)
    if request.method == "POST" and form.is_valid():
        by, at = pages.signature(shown.campaign, actor_of(request)), timezone.now()
        told, office = form.cleaned_data, form.cleaned_data["office"]
        try:
            if office in _STRAIGHT:
                assigning.refer(shown, _STRAIGHT[office], reason=told["reason"], by=by, at=at)
            else:
                place = Place(Why.CHOSEN, office=int(office))
                assigning.assign(shown, place, due_date=told["due_date"], reason=told["reason"], by=by, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã giao thẩm định giải pháp %s.") % shown.code)
            return ui.redirect(request, "appraisal:entry", shown.uid)
    return _asked(request, "appraisal/offices/assign.html", shown, form)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def reassign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Another office in the place of this one, with the reason."""
    assignment = led_assignment(request, uid)
    shown = assignment.entry
    form = _assign_form(request, shown)
    if request.method == "POST" and form.is_valid():
        by, at = pages.signature(shown.campaign, actor_of(request)), timezone.now()
        told = form.cleaned_data
        try:
            if told["office"] in _STRAIGHT:
                assigning.refer(shown, _STRAIGHT[told["office"]], reason=told["reason"], by=by, at=at)
            else:
                place = Place(Why.CHOSEN, office=int(told["office"]))
                assigning.reassign(
                    assignment, place, reason=told["reason"], due_date=told["due_date"], by=by, at=at
                )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã giao giải pháp %s cho nơi khác.") % shown.code)
            return ui.redirect(request, "appraisal:entry", shown.uid)
    return _asked(request, "appraisal/offices/assign.html", shown, form, {"assignment": assignment})


def _assign_form(request: HttpRequest, shown: Entry) -> AssignForm:
    today = timezone.localdate()
    kept = offices_kept_out([shown], today)[shown.pk]
    names = sorted(facts_of(shown.campaign, today).names.items(), key=lambda each: each[1])
    offices = [(str(key), name) for key, name in names if key not in kept]
    offices += [(COUNCIL, _("Chuyển thẳng hội đồng")), (CHAIR, _("Chuyển thẳng người quyết định"))]
    initial = {"key": new_key(), "due_date": Holiday.objects.calendar().after(today, DAYS)}
    return AssignForm(request.POST or None, offices=offices, today=today, initial=initial)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """No longer asked of this office; or what it gave back needs nobody else."""
    assignment = led_assignment(request, uid)
    form = ReasonForm(request.POST or None, initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        by, at = pages.signature(assignment.entry.campaign, actor_of(request)), timezone.now()
        act = assigning.leave_given_back if is_pending(assignment) else assigning.withdraw
        try:
            act(assignment, reason=form.cleaned_data["reason"], by=by, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã thôi giao nơi này thẩm định giải pháp %s.") % assignment.entry.code)
            return ui.redirect(request, "appraisal:entry", assignment.entry.uid)
    return _asked(request, "appraisal/offices/withdraw.html", assignment.entry, form, {"assignment": assignment})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def record(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An office said it on paper: number, day and scan first, then what it says."""
    assignment = led_assignment(request, uid, Permission.RECORD)
    found(rules.may_record_opinion(actor_of(request), assignment))
    form = PaperOpinionForm(
        request.POST or None, request.FILES or None, initial={"key": new_key(), "arrived_date": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            _record(request, assignment, form, at)
        except _REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã ghi ý kiến thẩm định từ văn bản."))
            return ui.redirect(request, "appraisal:entry", assignment.entry.uid)
    return _asked(request, "appraisal/offices/record.html", assignment.entry, form, {"assignment": assignment})


def _record(request: HttpRequest, assignment: Assignment, form: PaperOpinionForm, at: datetime) -> None:
    by, told = pages.signature(assignment.entry.campaign, actor_of(request)), form.cleaned_data
    paper = _paper(assignment, told, request, at)
    opinions.file(
        assignment, Said(Verdict(told["verdict"]), told["reasons"]), edit_version=0, paper=paper, key=told["key"],
        by=by, at=at,
    )  # fmt: skip


def _paper(assignment: Assignment, told: dict[str, Any], request: HttpRequest, at: datetime) -> Paper:
    """The office's paper; of a person whom the chair named, that of the unit that issues the plan."""
    campaign = assignment.entry.campaign
    issuer = assignment.office or campaign.organiser
    arrived: date = told["arrived_date"]
    return written_down(
        issuer, told["letter_number"], told["letter_date"], told.get("scan"), summary=_("Ý kiến thẩm định giải pháp"),
        no_scan=_("Kèm bản chụp của văn bản. Bạn chọn tệp rồi ghi lại."), arrival=Arrival(arrived, Channel.PAPER),
        by=pages.signature(campaign, actor_of(request)), at=at,
    )  # fmt: skip


def _asked(
    request: HttpRequest, template: str, shown: Entry, form: Any, context: dict[str, Any] | None = None
) -> HttpResponse:
    told = {"entry": shown, "form": form, **(context or {})}
    return page(request, template, context=told, status=422 if form.errors else 200)
