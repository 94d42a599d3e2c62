"""Sheets on paper: typed in by who looks after the panel, compared by a second person."""

from collections.abc import Collection, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Membership, User
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission, holders
from sangkien.appraisal.actions.judging import paper as acts
from sangkien.appraisal.actions.judging.sheets import Unfinished, standing_sheet
from sangkien.appraisal.conflicts import without_conflict
from sangkien.appraisal.judging.criteria import Asked, asked_by
from sangkien.appraisal.judging.seats import results_closed, with_unit_name
from sangkien.appraisal.judging.told import SheetTold, filled_by, told_by, told_in, total
from sangkien.appraisal.models import Panel, PanelMember, Reading, ScoreSheet
from sangkien.appraisal.rules.judging import may_check, may_enter, may_look_after, sits
from sangkien.appraisal.views.judging.panels import panel_of, signature
from sangkien.campaigns.sheet import Filled, read, sheet_groups
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.scoring.wording import points

_GONE = (Stage.DRAFT, Stage.WITHDRAWN, Stage.MERGED)
_MOST_NAMED = 6


@require_safe
@signed_in
def index(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Which sheets wait to be compared, and those that one judge has not handed in (``?nguoi=``)."""
    panel, actor = panel_of(request, uid), actor_of(request)
    rows = PanelMember.objects.current().filter(panel=panel, scores=True).order_by("position")
    members = sorted(rows, key=lambda each: each.user_id is not None)
    chosen = next((each for each in members if str(each.uid) == request.GET.get("nguoi")), None)
    if chosen is None and members and members[0].user_id is None:
        chosen = members[0]
    waiting = list(_waiting(panel, actor))
    context = {
        "panel": panel, "campaign": panel.campaign, "members": members, "chosen": chosen,
        "waiting": waiting, "mine": {each.pk for each in waiting if _typed_by(each, actor)},
        "helpers": _helpers(panel, actor) if waiting else [],
        "readings": _open_readings(panel, actor, chosen) if chosen else [],
    }  # fmt: skip
    return page(request, "appraisal/judging/paper.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def enter(request: HttpRequest, uid: UUID, reading_uid: UUID) -> HttpResponse:
    """One judge's sheet of one entry, as the paper says."""
    panel, actor = panel_of(request, uid), actor_of(request)
    reading = get_object_or_404(_readings(panel, actor), uid=reading_uid)
    asked = asked_by(panel.campaign)
    if asked is None:
        raise Http404
    verdict = may_enter(actor, reading, closed=results_closed(panel.campaign))
    if not verdict:
        ui.tell(request, verdict.reason, tone="late")
        return ui.redirect(request, "appraisal:paper", panel.uid)
    if request.method != "POST":
        return _form(request, reading, asked, _before(reading, asked))
    told = told_in(asked, request.POST)
    try:
        acts.enter(
            reading, told=told, reason=request.POST.get("reason", ""), at=timezone.now(),
            by=signature(request, panel.campaign, panel.office),
        )  # fmt: skip
    except Unfinished as unfinished:
        return _form(request, reading, asked, told, refused=str(unfinished), wrong=unfinished.wrong)
    except Refused as refusal:
        return _form(request, reading, asked, told, refused=str(refusal))
    ui.tell(
        request,
        _("Đã nhập phiếu của %s.") % reading.member.name,
        _("Phiếu được tính khi một người khác đối chiếu xong."),
    )
    return ui.redirect(request, f"/tham-dinh/to-cham/{panel.uid}/phieu-giay/?nguoi={reading.member.uid}")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def compare(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was typed, to be held against the paper by a second person."""
    actor = actor_of(request)
    free = without_conflict(Entry.objects.exclude(stage__in=_GONE), actor)
    rows = ScoreSheet.objects.filter(filed_at__isnull=False, entry__in=free.values("pk")).exclude(entered_by="")
    together = ("member__panel__campaign__lead_unit", "member__panel__campaign__organiser", "member__panel__office")
    sheet = get_object_or_404(rows.select_related(*together, "entry__initiative", "entry__revision"), uid=uid)
    panel = sheet.member.panel
    found(may_look_after(actor, panel) or sits(actor, sheet.member))
    wrong = _compared(request, sheet, actor) if request.method == "POST" else ""
    if request.method == "POST" and not wrong:
        return _after(request, panel, actor)
    verdict = may_check(actor, sheet)
    shown = bool(verdict) or _typed_by(sheet, actor)
    asked = asked_by(panel.campaign)
    context: dict[str, Any] = {
        "panel": panel, "campaign": panel.campaign, "sheet": sheet, "entry": sheet.entry, "verdict": verdict,
        "wrong": wrong, "reason": request.POST.get("reason", ""), "by": _name(sheet.entered_by),
        "shown": shown, "helpers": [] if verdict else _helpers(panel, actor),
        "looks_after": bool(may_look_after(actor, panel)),
    }  # fmt: skip
    if shown and asked is not None:
        context |= _marks(asked, told_by(sheet))
    return page(request, "appraisal/judging/paper_compare.html", context=context, status=422 if wrong else 200)


def _compared(request: HttpRequest, sheet: ScoreSheet, actor: Actor) -> str:
    """The sentence of a refusal; empty when it was done."""
    panel = sheet.member.panel
    by, at = signature(request, panel.campaign, panel.office), timezone.now()
    if sheet.checked_at is None and not (verdict := may_check(actor, sheet)):
        return verdict.reason
    try:
        match request.POST.get("act", ""):
            case "check":
                acts.check(sheet, by=by, at=at)
                ui.tell(request, _("Đã đối chiếu phiếu của %s. Phiếu được tính từ bây giờ.") % sheet.member.name)
            case "give_back":
                acts.give_back(sheet, reason=request.POST.get("reason", ""), by=by, at=at)
                ui.tell(request, _("Đã trả phiếu của %s để nhập lại.") % sheet.member.name)
            case _:
                raise Http404
    except Refused as refusal:
        return str(refusal)
    return ""


def _after(request: HttpRequest, panel: Panel, actor: Actor) -> HttpResponse:
    """The next one that this person may compare, else the list, else the own desk."""
    if not may_look_after(actor, panel):
        return ui.redirect(request, "appraisal:judging")
    left = next((each for each in _waiting(panel, actor) if not _typed_by(each, actor)), None)
    if left is not None:
        return ui.redirect(request, "appraisal:paper_compare", left.uid)
    return ui.redirect(request, "appraisal:paper", panel.uid)


# -- finding


def _readings(panel: Panel, actor: Actor) -> Any:
    """Readings of the panel of entries that this person may know of."""
    free = without_conflict(Entry.objects.filter(campaign=panel.campaign).exclude(stage__in=_GONE), actor)
    rows = Reading.objects.current().filter(member__panel=panel, member__left_at__isnull=True, member__scores=True)
    together = ("member__panel__campaign__lead_unit", "member__panel__campaign__organiser", "member__panel__office")
    rows = rows.filter(entry__in=free.values("pk")).select_related(*together, "entry__revision", "entry__initiative")
    return with_unit_name(rows).order_by("entry__code", "pk")


def _open_readings(panel: Panel, actor: Actor, member: PanelMember) -> list[dict[str, Any]]:
    """Each with the sheet that stands and was handed in; a draft on the screen is nobody's to know."""
    rows = list(_readings(panel, actor).filter(member=member))
    asked = asked_by(panel.campaign)
    sheets = ScoreSheet.objects.standing().filter(member=member, filed_at__isnull=False)
    here = {each.entry_id: each for each in sheets.filter(criteria_set=asked.row if asked else None)}
    return [{"reading": each, "sheet": here.get(each.entry_id)} for each in rows]


def _waiting(panel: Panel, actor: Actor) -> Sequence[ScoreSheet]:
    free = without_conflict(Entry.objects.filter(campaign=panel.campaign).exclude(stage__in=_GONE), actor)
    rows = ScoreSheet.objects.standing().filter(member__panel=panel, filed_at__isnull=False, checked_at__isnull=True)
    rows = rows.exclude(entered_by="").filter(entry__in=free.values("pk"))
    return list(rows.select_related("member", "entry__initiative", "entry__revision").order_by("filed_at", "pk"))


def _typed_by(sheet: ScoreSheet, actor: Actor) -> bool:
    return actor.user is not None and sheet.entered_by == f"user:{actor.user.pk}"


def _helpers(panel: Panel, actor: Actor) -> list[str]:
    """Names of others who may compare: those who look after the panel. One statement."""
    campaign, today = panel.campaign, timezone.localdate()
    leads = Q(unit=campaign.lead_unit, role__in=_roles(Permission.ROUTE, Permission.ARRANGE))
    own = Q(unit=panel.office, role__in=_roles(Permission.ARRANGE)) if panel.office_id else Q(pk__in=[])
    held = Membership.objects.on(today).filter(leads | own, user__is_active=True).exclude(user=actor.user)
    return sorted(set(held.values_list("user__name", flat=True)))[:_MOST_NAMED]


def _roles(*permissions: Permission) -> Collection[str]:
    return {str(role) for each in permissions for role in holders(each)}


def _name(signed: str) -> str:
    key = signed.removeprefix("user:")
    return User.objects.filter(pk=key).values_list("name", flat=True).first() or "" if key.isdecimal() else ""


# -- showing


def _before(reading: Reading, asked: Asked) -> SheetTold:
    """What was typed before, where it is to be typed again; never what the judge wrote on the screen."""
    sheet = standing_sheet(reading, asked) or _last_returned(reading, asked)
    return told_by(sheet if sheet is not None and sheet.entered_by else None)


def _last_returned(reading: Reading, asked: Asked) -> ScoreSheet | None:
    rows = ScoreSheet.objects.filter(member=reading.member_id, entry=reading.entry_id, criteria_set=asked.row)
    return rows.filter(superseded_at__isnull=False).order_by("-superseded_at").first()


def _form(
    request: HttpRequest, reading: Reading, asked: Asked, told: SheetTold, *, refused: str = "",
    wrong: dict[str, str] | Any = None,
) -> HttpResponse:  # fmt: skip
    filled = None
    if request.method == "POST":
        filled = read(asked.shape, request.POST, whole=False)
        filled.errors.update(wrong or {})
    standing = standing_sheet(reading, asked)
    again = standing is not None and bool(standing.entered_by)
    back = None if standing else _last_returned(reading, asked)
    context = {
        "reading": reading, "panel": reading.member.panel, "campaign": reading.member.panel.campaign,
        "unit_name": vars(reading).get("unit_name") or "", "refused": refused, "again": again,
        "back": back if back is not None and back.entered_by else None, "comment": told.comment,
        "reason": request.POST.get("reason", ""), **_marks(asked, told, filled),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return page(request, "appraisal/judging/paper_enter.html", context=context, status=status)


def _marks(asked: Asked, told: SheetTold, filled: Filled | None = None) -> dict[str, Any]:
    most = sum((each.max * each.weight for each in asked.shape.criteria), start=type(total(asked, told))(0))
    return {
        "groups": sheet_groups(asked.shape, filled or filled_by(asked, told)),
        "total": points(total(asked, told)), "most": points(most),
        "adds_up": any(each.kind != "yes_no" for each in asked.shape.criteria), "comment": told.comment,
    }  # fmt: skip
