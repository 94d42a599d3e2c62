"""A visit is planned, its people changed; it is moved, called off, ended, opened again."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.meetings import visits
from sangkien.appraisal.actions.meetings.common import TALKED_ABOUT
from sangkien.appraisal.rules import meetings as rules
from sangkien.appraisal.views.meetings import people as along
from sangkien.appraisal.views.meetings.common import asked, did, new_key, refused, signature, signed, visit_of
from sangkien.appraisal.views.meetings.forms import ConclusionForm, MoveForm, PeopleForm, ReasonForm, VisitForm
from sangkien.campaigns.models import Campaign, Participant
from sangkien.campaigns.pages import campaign_of
from sangkien.intake.models import Entry

_BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(_BOTH)
@signed_in
def new(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """First which unit, then all the rest on one page."""
    campaign, actor = campaign_of(request, uid), actor_of(request)
    found(rules.may_arrange(actor, campaign))
    host = _host(request, campaign)
    if host is None:
        return page(
            request, "appraisal/meetings/visit_host.html", context={"campaign": campaign, "hosts": _hosts(campaign)}
        )
    entries, there = _entries_of(campaign, host), along.accounts(campaign)
    form = VisitForm(
        request.POST or None, entries=[(str(each.uid), _named(each)) for each in entries],
        accounts=along.labels(there), initial=_initial(host, entries),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            visit = visits.plan_visit(
                campaign, host=host.unit, place=told["place"], starts_at=form.starts_at,
                entries=[each for each in entries if str(each.uid) in told["entries"]],
                people=along.told(told, there, host.unit), purpose=told["purpose"],
                own_questions=told["questions"].splitlines(), key=told["key"], by=signature(campaign, actor),
                at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã lên lịch khảo sát."), _("Đơn vị được báo. Việc tiếp theo: lập giấy mời."))
            return ui.redirect(request, "appraisal:visit", visit.uid)
    return asked(request, "visit_new.html", {"campaign": campaign, "host": host}, form)


def _host(request: HttpRequest, campaign: Campaign) -> Participant | None:
    told = request.GET.get("don-vi", "")
    if not told:
        return None
    try:
        unit = UUID(told)
    except ValueError:
        raise Http404 from None
    asked_one = Participant.objects.filter(campaign=campaign, unit__uid=unit).select_related("unit", "unit_version")
    row = asked_one.first()
    if row is None:
        raise Http404
    return row


def _hosts(campaign: Campaign) -> Sequence[Participant]:
    """Units with something to look at, in the plan's order; ``count`` of it. One statement."""
    there = Q(unit__entries__campaign=campaign, unit__entries__stage__in=TALKED_ABOUT)
    counted = Participant.objects.filter(campaign=campaign).annotate(count=Count("unit__entries", filter=there))
    return list(counted.filter(count__gt=0).select_related("unit", "unit_version").order_by("position"))


def _entries_of(campaign: Campaign, host: Participant) -> list[Entry]:
    own = Q(implementer=host.unit_id) | Q(initiative__co_implementers__unit=host.unit_id)
    rows = Entry.objects.filter(own, campaign=campaign, stage__in=TALKED_ABOUT).select_related("revision", "initiative")
    return list(rows.order_by("code").distinct())


def _named(entry: Entry) -> str:
    return f"{entry.code} · {entry.revision.title if entry.revision else ''}"


def _initial(host: Participant, entries: Sequence[Entry]) -> dict[str, Any]:
    return {
        "key": new_key(), "place": _("Trụ sở %s") % host.unit_version.name, "hour": "08:30",
        "day": timezone.localdate() + timedelta(days=7), "entries": [str(each.uid) for each in entries],
    }  # fmt: skip


@require_http_methods(_BOTH)
@signed_in
def people(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Who goes along, in place of the earlier list."""
    room, actor = visit_of(request, uid), actor_of(request)
    visit = room.visit
    verdict = rules.may_change_visit(actor, visit)
    if not verdict:
        return refused(request, verdict, "visit", uid)
    there = along.accounts(visit.campaign)
    known = along.typed(visit.people.select_related("user").order_by("position"))
    form = PeopleForm(request.POST or None, accounts=along.labels(there), initial=known)
    if request.method == "POST" and form.is_valid():
        chosen = along.told(form.cleaned_data, there, visit.host)
        if did(form, lambda: visits.change_people(visit, people=chosen, by=signed(request, visit), at=timezone.now())):
            ui.tell(request, _("Đã ghi thành phần đoàn khảo sát."))
            return ui.redirect(request, "appraisal:visit", uid)
    return asked(request, "visit_people.html", {"visit": visit, "campaign": visit.campaign}, form)


@require_http_methods(_BOTH)
@signed_in
def move(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Another day or place."""
    room, actor = visit_of(request, uid), actor_of(request)
    visit = room.visit
    verdict = rules.may_change_visit(actor, visit)
    if not verdict:
        return refused(request, verdict, "visit", uid)
    form = MoveForm(request.POST or None, initial=MoveForm.initial_of(visit.starts_at, visit.place))
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = {key: form.cleaned_data[key] for key in ("place", "reason")}
        who: dict[str, Any] = {"by": signed(request, visit), "at": timezone.now()}
        if did(form, lambda: visits.move_visit(visit, starts_at=form.starts_at, **facts, **who)):
            ui.tell(request, _("Đã đổi lịch khảo sát."), _("Đơn vị được báo."))
            return ui.redirect(request, "appraisal:visit", uid)
    return asked(request, "visit_form.html", {**_frame(visit), "heading": _("Đổi lịch khảo sát")}, form)


def _frame(visit: Any) -> dict[str, Any]:
    return {"visit": visit, "campaign": visit.campaign}


@require_http_methods(_BOTH)
@signed_in
def cancel(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """It does not take place."""
    room, actor = visit_of(request, uid), actor_of(request)
    visit = room.visit
    verdict = rules.may_change_visit(actor, visit)
    if not verdict:
        return refused(request, verdict, "visit", uid)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {
            "reason": form.cleaned_data["reason"],
            "by": signed(request, visit),
            "at": timezone.now(),
        }
        if did(form, lambda: visits.cancel_visit(visit, **told)):
            ui.tell(
                request, _("Đã hủy buổi khảo sát."), _("Đơn vị được báo; những gì đã ghi vẫn được giữ."), tone="plain"
            )
            return ui.redirect(request, "appraisal:visit", uid)
    return asked(request, "visit_form.html", {**_frame(visit), "heading": _("Hủy buổi khảo sát")}, form)


@require_http_methods(_BOTH)
@signed_in
def end(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Conclusion and the opinion of the host. Only by who may see all of the visit."""
    room, actor = visit_of(request, uid), actor_of(request)
    found(room.sees_all)
    visit = room.visit
    verdict = rules.may_end_visit(actor, visit, room.people)
    if not verdict:
        return refused(request, verdict, "visit", uid)
    form = ConclusionForm(
        request.POST or None, initial={"conclusion": visit.conclusion, "host_opinion": visit.host_opinion}
    )
    if request.method == "POST" and form.is_valid():
        who: dict[str, Any] = {"by": signed(request, visit), "at": timezone.now()}
        if did(form, lambda: visits.end_visit(visit, **form.cleaned_data, **who)):
            ui.tell(request, _("Buổi khảo sát đã kết thúc."), _("Việc tiếp theo: lập biên bản để các bên ký."))
            return ui.redirect(request, "appraisal:visit", uid)
    left = visit.checks.filter(finding="").count()
    return asked(request, "visit_end.html", {**_frame(visit), "left": left}, form)


@require_http_methods(_BOTH)
@signed_in
def reopen(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The conclusion is to be put right, or something still waits on a phone."""
    room, actor = visit_of(request, uid), actor_of(request)
    visit = room.visit
    found(room.sees_all and rules.may_keep_visit_minutes(actor, visit, room.people))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {
            "reason": form.cleaned_data["reason"],
            "by": signed(request, visit),
            "at": timezone.now(),
        }
        if did(form, lambda: visits.reopen_visit(visit, **told)):
            ui.tell(request, _("Đã mở lại buổi khảo sát."), _("Ghi xong thì kết thúc lại rồi lập biên bản."))
            return ui.redirect(request, "appraisal:visit", uid)
    return asked(request, "visit_form.html", {**_frame(visit), "heading": _("Mở lại buổi khảo sát")}, form)
