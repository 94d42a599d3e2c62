"""Pages of who looks after panels: formed, changed, people come, leave and are replaced."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Membership
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.permissions import may
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.appraisal.actions.judging import panels as acts
from sangkien.appraisal.actions.judging.panels import MemberTold, PanelTold
from sangkien.appraisal.forms.judging import MemberForm, PanelForm
from sangkien.appraisal.judging.progress import progress, shown_panels
from sangkien.appraisal.models import Capacity, Panel, PanelMember
from sangkien.appraisal.rules.judging import may_form, may_look_after, may_manage, may_manage_all
from sangkien.campaigns import pages
from sangkien.campaigns.models import Campaign, FieldOwner
from sangkien.ledger.recording import Actor as Signature
from sangkien.units.models import Unit, UnitVersion
from sangkien.units.queries import names_on, subtree

_MOST_PEOPLE = 500


@require_safe
@signed_in
def index(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The panels of a campaign that this person looks after."""
    campaign, actor = _campaign(request, uid), actor_of(request)
    rows = [each for each in shown_panels(campaign) if may_look_after(actor, each)]
    context = {
        "campaign": campaign,
        "panels": [{"panel": each, "progress": progress(each, actor)} for each in rows],
        "may_form": bool(_offices(actor, campaign)) or bool(may_form(actor, campaign, None)),
        "shares_all": bool(may_manage_all(actor, campaign)),
    }
    return page(request, "appraisal/judging/panels.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def form(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A new panel."""
    campaign, actor = _campaign(request, uid), actor_of(request)
    offices, council = _offices(actor, campaign), bool(may_form(actor, campaign, None))
    found(offices or council)
    first = {"readers": 3, "anchors": 0 if council else 2, "key": str(uuid4())}
    asked = PanelForm(request.POST or None, offices=offices, council=council, initial=first)
    key = request.POST.get("key") or first["key"]
    if request.method == "POST" and asked.is_valid():
        office = asked.cleaned_data.get("office")
        found(may_form(actor, campaign, office))
        try:
            made = acts.form_panel(
                campaign, office=office, told=_panel_told(asked), by=signature(request, campaign, office),
                at=timezone.now(), key=str(key)[:100],
            )  # fmt: skip
        except Refused as refusal:
            asked.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã lập “%s”.") % made.name, _("Bây giờ bạn thêm người chấm."))
            return ui.redirect(request, "appraisal:panel", made.uid)
    context = {"campaign": campaign, "form": asked, "key": key}
    return page(request, "appraisal/judging/panel_form.html", context=context, status=422 if asked.errors else 200)


@require_safe
@signed_in
def panel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who sits in it, how far each has come, what may be done."""
    row, actor = panel_of(request, uid), actor_of(request)
    names = names_on([each.unit_id for each in row.members.all()], timezone.localdate())
    context = {
        "panel": row, "campaign": row.campaign, "progress": progress(row, actor, names),
        "verdict": may_manage(actor, row),
    }  # fmt: skip
    return page(request, "appraisal/judging/panel.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How it works."""
    row = _managed(request, uid)
    stored = {name: getattr(row, name) for name in ("name", "readers", "most_entries", "anchors", "due_date")}
    asked = PanelForm(request.POST or None, initial=stored)
    if request.method == "POST" and asked.is_valid():
        told = replace(_panel_told(asked), established_by=row.established_by)
        try:
            acts.change_panel(row, told=told, by=signature(request, row.campaign, row.office), at=timezone.now())
        except Refused as refusal:
            asked.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã ghi thay đổi của “%s”.") % told.name)
            return ui.redirect(request, "appraisal:panel", row.uid)
    context = {"campaign": row.campaign, "panel": row, "form": asked}
    return page(request, "appraisal/judging/panel_form.html", context=context, status=422 if asked.errors else 200)


@require_POST
@signed_in
def dissolve(request: HttpRequest, uid: UUID) -> HttpResponse:
    """It was a mistake."""
    row = _managed(request, uid)
    try:
        acts.dissolve_panel(row, by=signature(request, row.campaign, row.office), at=timezone.now())
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
        return ui.redirect(request, "appraisal:panel", row.uid)
    ui.tell(request, _("Đã giải thể “%s”.") % row.name)
    return ui.redirect(request, "appraisal:panels", row.campaign.uid)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def join(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Somebody joins; with ``thay`` in the place of a member."""
    row = _managed(request, uid)
    leaving = _member(row, request.GET["thay"]) if "thay" in request.GET else None
    asked = _member_form(request, row, leaving)
    if request.method == "POST" and asked.is_valid():
        told, by = _member_told(asked, row), signature(request, row.campaign, row.office)
        try:
            if leaving is not None:
                acts.replace(leaving, told=told, by=by, at=timezone.now())
            else:
                acts.add_member(row, told=told, by=by, at=timezone.now())
        except Refused as refusal:
            asked.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã thêm %s.") % (told.name or (told.user.name if told.user else "")))
            return ui.redirect(request, "appraisal:panel", row.uid)
    context = {"campaign": row.campaign, "panel": row, "form": asked, "leaving": leaving}
    return page(request, "appraisal/judging/member_form.html", context=context, status=422 if asked.errors else 200)


@require_POST
@signed_in
def leave(request: HttpRequest, uid: UUID, member_uid: UUID) -> HttpResponse:
    """Somebody leaves."""
    row = _managed(request, uid)
    member = _member(row, str(member_uid))
    try:
        acts.leave(member, by=signature(request, row.campaign, row.office), at=timezone.now())
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    else:
        ui.tell(
            request, _("%s đã thôi chấm ở đây.") % member.name,
            _("Phiếu đã nộp vẫn được tính; hồ sơ chưa chấm chờ chia lại."),
        )  # fmt: skip
    return ui.redirect(request, "appraisal:panel", row.uid)


# -- finding


def panel_of(request: HttpRequest, uid: UUID) -> Panel:
    """A panel that this person looks after; otherwise "not found"."""
    together = ("campaign__lead_unit", "campaign__organiser", "office", "established_by")
    row = get_object_or_404(Panel.objects.select_related(*together), uid=uid)
    found(may_look_after(actor_of(request), row))
    return row


def signature(request: HttpRequest, campaign: Campaign, office: Unit | None) -> Signature:
    """In the name of the lead unit, or of the office whose panel it is."""
    actor = actor_of(request)
    if office is not None and office.pk in {each.unit_id for each in actor.memberships}:
        return actor.signature(office)
    return pages.signature(campaign, actor)


def _managed(request: HttpRequest, uid: UUID) -> Panel:
    row = panel_of(request, uid)
    found(may_manage(actor_of(request), row))
    return row


def _campaign(request: HttpRequest, uid: UUID) -> Campaign:
    """A campaign in which this person looks after some panel, or may form one."""
    campaign, actor = pages.campaign_of(request, uid), actor_of(request)
    found(may_manage_all(actor, campaign) or may_form(actor, campaign, None) or _offices(actor, campaign))
    return campaign


def _offices(actor: Actor, campaign: Campaign) -> list[UnitVersion]:
    """The offices in charge for which this person may form a panel. One statement."""
    owners = FieldOwner.objects.current()
    in_charge = owners.filter(field__campaign=campaign).values("office").union(
        owners.filter(sector__campaign=campaign).values("office")
    )  # fmt: skip
    versions = UnitVersion.objects.as_of(timezone.localdate()).filter(unit__in=in_charge).select_related("unit")
    lead = bool(may_manage_all(actor, campaign))
    return [
        each
        for each in versions.by_name()
        if lead or may(actor, Permission.ARRANGE, unit=each.unit, scope=campaign.uid)
    ]


def _member(row: Panel, told: str) -> PanelMember:
    try:
        uid = UUID(told)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(PanelMember.objects.select_related("panel__campaign"), panel=row, uid=uid)


# -- what is told


def _panel_told(asked: PanelForm) -> PanelTold:
    told = asked.cleaned_data
    return PanelTold(
        name=told["name"], readers=told["readers"], most_entries=told["most_entries"], anchors=told["anchors"],
        due_date=told["due_date"],
    )  # fmt: skip


def _member_form(request: HttpRequest, row: Panel, leaving: PanelMember | None) -> MemberForm:
    initial = {"capacity": Capacity.MEMBER, "scores": True, "votes": True}
    if leaving is not None:
        initial |= {"capacity": leaving.capacity, "scores": leaving.scores, "votes": leaving.votes}
    units = list(subtree(row.campaign.organiser, timezone.localdate()).by_name())
    people = [(f"{each.user_id}-{each.unit_id}", _called(each, units)) for each in _people(row)]
    return MemberForm(request.POST or None, initial=initial, people=people, units=units)


def _people(row: Panel) -> list[Membership]:
    """Those of the office, or for a council of all offices in charge, the lead unit and the issuing unit."""
    held = Membership.objects.on(timezone.localdate()).filter(user__is_active=True)
    if row.office_id is not None:
        held = held.filter(unit=row.office_id)
    else:
        owners = FieldOwner.objects.current()
        of_fields = owners.filter(field__campaign=row.campaign).values("office")
        of_sectors = owners.filter(sector__campaign=row.campaign).values("office")
        leading = Unit.objects.filter(pk__in=[row.campaign.lead_unit_id, row.campaign.organiser_id]).values("pk")
        held = held.filter(unit__in=of_fields.union(of_sectors, leading))
    rows = held.select_related("user").order_by("user__name", "user", "pk")[:_MOST_PEOPLE]
    return list({(each.user_id, each.unit_id): each for each in rows}.values())


def _called(each: Membership, units: Sequence[UnitVersion]) -> str:
    name = next((unit.name for unit in units if unit.unit_id == each.unit_id), "")
    return f"{each.user.name}, {name}" if name else each.user.name


def _member_told(asked: MemberForm, row: Panel) -> MemberTold:
    told: dict[str, Any] = asked.cleaned_data
    facts: dict[str, Any] = {
        "title": told["title"], "capacity": Capacity(told["capacity"]), "scores": told["scores"],
        "votes": told["votes"],
    }  # fmt: skip
    if told["person"]:
        chosen = next(each for each in _people(row) if f"{each.user_id}-{each.unit_id}" == told["person"])
        unit = Unit.objects.get(pk=chosen.unit_id or 0)
        return MemberTold(user=chosen.user, unit=unit, **facts)
    return MemberTold(name=told["name"], unit=told["unit"], **facts)
