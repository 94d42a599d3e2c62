"""The criteria of a plan: worked on part by part, looked at as a judge will see them, put into force."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, Protocol
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.campaigns import sheet
from sangkien.campaigns.actions import amending
from sangkien.campaigns.actions import criteria as acts
from sangkien.campaigns.criteria_shown import outline, said_rule
from sangkien.campaigns.example_sheet import example, example_result
from sangkien.campaigns.forms.acting import ApplyCriteriaForm
from sangkien.campaigns.forms.criteria import BeginForm, CriterionForm, GroupsForm, NameForm, RuleForm
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign, CriteriaSet
from sangkien.campaigns.pages import campaign_of, signature
from sangkien.campaigns.presets import CRITERIA
from sangkien.campaigns.presets.shape import CriteriaPreset
from sangkien.campaigns.rules import may_work_on_criteria
from sangkien.campaigns.sound_criteria import why_unsound
from sangkien.campaigns.views.amending import paper_of
from sangkien.campaigns.views.plan import frame
from sangkien.papers.refusal import Refused as PaperRefused

_EMPTY: Final = "trong"
_LIKE_NOW: Final = "dang-dung"


class _Form(Protocol):
    """A form of a part of the set: it gives the set as it is with what was typed."""

    def is_valid(self) -> bool: ...

    def changed(self, shape: CriteriaPreset) -> CriteriaPreset: ...


@require_safe
@signed_in
def index(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The set that is worked on, else the one in force; and the versions before it."""
    campaign = campaign_of(request, uid)
    versions = list(CriteriaSet.objects.filter(campaign=campaign).order_by("-version"))
    works = may_work_on_criteria(actor_of(request), campaign)
    worked_on = next((row for row in versions if row.frozen_at is None), None) if works else None
    row = worked_on or next((row for row in versions if row.frozen_at or campaign.state == State.DRAFT), None)
    shape = acts.criteria_of(row) if row else None
    context = {
        **frame(campaign, actor_of(request)),
        "row": row,
        "shape": shape,
        "outline": outline(shape) if shape else None,
        "rule": said_rule(shape) if shape else [],
        "may_work": works,
        "is_worked_on": row is not None and row.frozen_at is None and bool(works),
        "unsound": why_unsound(shape) if shape and row and row.frozen_at is None else "",
        "versions": [each for each in versions if each.frozen_at],
        "presets": CRITERIA.values(),
    }
    return page(request, "campaigns/criteria/index.html", context=context)


@require_http_methods(["GET", "POST"])
@signed_in
def begin(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One of the sets that come with the program, the one in force, or an empty one."""
    campaign = _worked_on_by(request, uid)
    now = acts.latest_criteria(campaign)[1] if campaign.state != State.DRAFT else None
    codes = [*([_LIKE_NOW] if now else []), *CRITERIA, _EMPTY]
    form = BeginForm(request.POST if request.method == "POST" else None, codes=codes)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["begin"]
        of = now if chosen == _LIKE_NOW else CRITERIA.get(chosen)
        by, at = signature(campaign, actor_of(request)), timezone.now()
        try:
            acts.begin_criteria(campaign, of=of, name=_("Tiêu chí của đợt"), by=by, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return ui.redirect(request, "campaigns:criteria", uid)
    context = {**frame(campaign, actor_of(request)), "form": form, "now": now, "presets": CRITERIA.values()}
    return page(request, "campaigns/criteria/begin.html", context=context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def name(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the set says of itself."""
    return _part(request, uid, "name", NameForm)


@require_http_methods(["GET", "POST"])
@signed_in
def rule(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How the result comes about, and to what points lead."""
    return _part(request, uid, "rule", RuleForm)


@require_http_methods(["GET", "POST"])
@signed_in
def groups(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Groups and their weights."""
    return _part(request, uid, "groups", GroupsForm)


@require_http_methods(["GET", "POST"])
@signed_in
def criterion(request: HttpRequest, uid: UUID, code: str = "") -> HttpResponse:
    """One criterion, or a new one."""

    def form(shape: CriteriaPreset, data: Mapping[str, Any] | None = None) -> CriterionForm:
        was = next((each for each in shape.criteria if each.code == code), None)
        if code and was is None:
            raise Http404
        return CriterionForm(shape, was, data)

    return _part(request, uid, "criterion", form)


@require_POST
@signed_in
def move(request: HttpRequest, uid: UUID, code: str, verb: str) -> HttpResponse:
    """A criterion goes up, down, or away."""
    campaign = _worked_on_by(request, uid)
    if verb not in _MOVES:
        raise Http404
    by, at = signature(campaign, actor_of(request)), timezone.now()
    try:
        acts.change_criteria(campaign, change=lambda shape: _MOVES[verb](shape, code), by=by, at=at)
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    return ui.redirect(request, "campaigns:criteria", uid)


@require_safe
@signed_in
def preview(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """The sheet as a judge will see it, with an example; nothing that is typed is kept."""
    campaign = campaign_of(request, uid)
    rows = CriteriaSet.objects.filter(campaign=campaign, version=version)
    if not may_work_on_criteria(actor_of(request), campaign) and campaign.state != State.DRAFT:
        rows = rows.exclude(frozen_at=None)
    row = rows.first()
    if row is None:
        raise Http404
    shape = acts.criteria_of(row)
    typed = {key: str(value) for key, value in request.GET.items() if key.startswith(("mark-", "band-", "comment-"))}
    filled = sheet.read(shape, typed, whole=True) if typed else sheet.kept(shape, example(shape), {})
    unsound = why_unsound(shape)
    context = {
        **frame(campaign, actor_of(request)),
        "row": row,
        "shape": shape,
        "groups": sheet.sheet_groups(shape, filled),
        "unsound": unsound,
        "result": None if unsound or filled.errors else example_result(shape, filled.marks),
    }
    return page(request, "campaigns/criteria/preview.html", context=context)


@require_http_methods(["GET", "POST"])
@signed_in
def apply(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The next version is put into force, with a reason: an amendment that keeps both."""
    campaign = _worked_on_by(request, uid)
    row = CriteriaSet.objects.filter(campaign=campaign).worked_on().first()
    if campaign.state == State.DRAFT or row is None:
        raise Http404
    now = CriteriaSet.objects.filter(campaign=campaign, frozen_at__isnull=False).in_force().first()
    is_locked = now is not None and now.locked_at is not None
    form = ApplyCriteriaForm(request.POST or None, request.FILES or None, is_locked=is_locked)
    shape = acts.criteria_of(row)
    if request.method == "POST" and form.is_valid():
        by, at = signature(campaign, actor_of(request)), timezone.now()
        later = form.cleaned_data.get("for_later_sheets", False)
        try:
            paper = paper_of(campaign, form, by, at) if form.has_paper else None
            reason = form.cleaned_data["reason"]
            amending.amend(campaign, criteria=shape, for_later_sheets=later, reason=reason, paper=paper, by=by, at=at)
        except (Refused, PaperRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Bộ tiêu chí mới đã có hiệu lực."), _("Bản cũ vẫn được giữ."))
            return ui.redirect(request, "campaigns:criteria", uid)
    context = {**frame(campaign, actor_of(request)), "form": form, "row": row, "now": now, "is_locked": is_locked}
    context["unsound"] = why_unsound(shape)
    return page(request, "campaigns/criteria/apply.html", context=context, status=422 if form.errors else 200)


@require_POST
@signed_in
def drop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The next version is not wanted after all."""
    campaign = _worked_on_by(request, uid)
    try:
        acts.drop_criteria(campaign, by=signature(campaign, actor_of(request)), at=timezone.now())
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    else:
        ui.tell(request, _("Đã bỏ bản tiêu chí sửa dở."), tone="plain")
    return ui.redirect(request, "campaigns:criteria", uid)


def _worked_on_by(request: HttpRequest, uid: UUID) -> Campaign:
    """A campaign whose criteria this person may work on; otherwise "not found"."""
    campaign = campaign_of(request, uid)
    found(may_work_on_criteria(actor_of(request), campaign))
    return campaign


def _part(request: HttpRequest, uid: UUID, part: str, make: Callable[..., Any]) -> HttpResponse:
    """One form of the set: shown, then changed under the lock, then back to the whole."""
    campaign = _worked_on_by(request, uid)
    row = CriteriaSet.objects.filter(campaign=campaign).worked_on().first()
    if row is None:
        return ui.redirect(request, "campaigns:criteria", uid)
    shape = acts.criteria_of(row)
    form: _Form = make(shape, request.POST) if request.method == "POST" else make(shape)
    refusal, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            by, at = signature(campaign, actor_of(request)), timezone.now()
            try:
                acts.change_criteria(campaign, change=form.changed, by=by, at=at)
            except Refused as refused:
                refusal = str(refused)
            else:
                return ui.redirect(request, "campaigns:criteria", uid)
    context = {**frame(campaign, actor_of(request)), "form": form, "shape": shape, "refusal": refusal}
    return page(request, f"campaigns/criteria/{part}.html", context=context, status=status)


def _shifted(shape: CriteriaPreset, code: str, by: int) -> CriteriaPreset:
    """Past the next one of its own group: the sheet shows group by group."""
    rows = list(shape.criteria)
    here = next((place for place, each in enumerate(rows) if each.code == code), None)
    if here is None:
        return shape
    same = [place for place, each in enumerate(rows) if each.group == rows[here].group]
    there = same.index(here) + by
    if 0 <= there < len(same):
        rows[here], rows[same[there]] = rows[same[there]], rows[here]
    return replace(shape, criteria=tuple(rows))


def _without(shape: CriteriaPreset, code: str) -> CriteriaPreset:
    return replace(shape, criteria=tuple(each for each in shape.criteria if each.code != code))


_MOVES: Final[dict[str, Callable[[CriteriaPreset, str], CriteriaPreset]]] = {
    "len": lambda shape, code: _shifted(shape, code, -1),
    "xuong": lambda shape, code: _shifted(shape, code, 1),
    "bo": _without,
}
