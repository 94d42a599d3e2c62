"""The desk of an office: the frozen text on the left, verdict and reasons on the right, saved as they are typed."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions import assigning, opinions
from sangkien.appraisal.actions.opinions import OpinionConflict, Said, others_shown
from sangkien.appraisal.forms.offices import OpinionForm, ReasonForm
from sangkien.appraisal.home.offices import waiting
from sangkien.appraisal.models import Assignment, Opinion, SupplementFile, SupplementRequest, Verdict
from sangkien.appraisal.reading import document_of, original_of
from sangkien.appraisal.rules import offices as rules
from sangkien.appraisal.views.offices.common import key_of, new_key, of_office, opened, own_assignment
from sangkien.campaigns.models import CriteriaSet, Criterion
from sangkien.intake.models import Evidence
from sangkien.units.models import UnitVersion

_NEXT = 12


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def opinion(request: HttpRequest, uid: UUID) -> HttpResponse:
    """GET shows; POST saves the draft, by itself or by the button, or hands it in. A GET changes nothing."""
    assignment = own_assignment(request, uid)
    if request.method != "POST":
        return _page(request, assignment)
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _page(request, assignment, form=form)
    return _file(request, assignment, form) if request.POST.get("act") == "file" else _save(request, assignment, form)


def _said(assignment: Assignment, form: OpinionForm) -> Said:
    return Said(form.verdict_told, form.cleaned_data["reasons"])


def _save(request: HttpRequest, assignment: Assignment, form: OpinionForm) -> HttpResponse:
    found(rules.may_appraise(actor_of(request), assignment, is_free=True))
    quietly = bool(request.headers.get("HX-Request"))
    try:
        draft = opinions.save_draft(
            assignment, _said(assignment, form), edit_version=form.cleaned_data["edit_version"] or 0,
            by=of_office(request, assignment), at=timezone.now(),
        )  # fmt: skip
    except OpinionConflict as clash:
        return HttpResponse(status=HTTPStatus.CONFLICT) if quietly else _conflict(request, assignment, clash)
    except Refused as refusal:
        return _page(request, assignment, form=form, refused=str(refusal))
    if quietly:
        sentence = _("Tự lưu lúc %s.") % date_format(timezone.localtime(draft.edited_at), "H:i")
        context = {"sentence": sentence, "edit_version": draft.edit_version}
        return page(request, "appraisal/offices/saved.html", context=context)
    ui.tell(request, _("Đã lưu bản nháp ý kiến."))
    return ui.redirect(request, "appraisal:opinion", assignment.uid)


def _file(request: HttpRequest, assignment: Assignment, form: OpinionForm) -> HttpResponse:
    actor = actor_of(request)
    found(rules.may_conclude(actor, assignment, is_free=True))
    try:
        opinions.file(
            assignment, _said(assignment, form), edit_version=form.cleaned_data["edit_version"] or 0,
            by=of_office(request, assignment), at=timezone.now(), key=key_of(form.cleaned_data["key"]),
        )  # fmt: skip
    except OpinionConflict as clash:
        return _conflict(request, assignment, clash)
    except Refused as refusal:
        return _page(request, assignment, form=form, refused=str(refusal))
    ui.tell(request, _("Đã gửi ý kiến về giải pháp %s.") % assignment.entry.code)
    following = waiting(actor).first()
    return (
        ui.redirect(request, "appraisal:opinion", following.uid)
        if following
        else ui.redirect(request, "appraisal:home")
    )


def _conflict(request: HttpRequest, assignment: Assignment, clash: OpinionConflict) -> HttpResponse:
    """Both texts; what this person goes on with is saved over the version that was seen here."""
    context = {
        "assignment": assignment,
        "theirs": clash.theirs,
        "theirs_verdict": Verdict(clash.theirs.verdict).label if clash.theirs.verdict else _("chưa chọn"),
        "mine": clash.mine,
        "mine_verdict": clash.mine.verdict.label if clash.mine.verdict else _("chưa chọn"),
    }
    return page(request, "appraisal/offices/conflict.html", context=context, status=HTTPStatus.CONFLICT)


def _page(
    request: HttpRequest, assignment: Assignment, *, form: OpinionForm | None = None, refused: str = ""
) -> HttpResponse:
    actor, entry = actor_of(request), assignment.entry
    may_write = rules.may_appraise(actor, assignment, is_free=True)
    spoken = _spoken(assignment)
    draft, filed = spoken.draft, spoken.filed.get(assignment.pk)
    in_appraisal = bool(rules.may_ask_supplement(actor, assignment, is_free=True))
    context: dict[str, Any] = {
        "assignment": assignment,
        "document": document_of(
            entry, assignment.revision,
            evidence_url=lambda key: reverse("appraisal:opinion_file", args=[assignment.uid, key]),
            original_url=reverse("appraisal:opinion_original", args=[assignment.uid]),
        ),
        "queue": list(waiting(actor)[:_NEXT]),
        "form": form or _form(draft, filed),
        "filed": filed,
        "filed_verdict": Verdict(filed.verdict).label if filed else "",
        "writes": bool(may_write) and (filed is None or draft is not None or "sua" in request.GET or form is not None),
        "may_write": may_write,
        "may_file": rules.may_conclude(actor, assignment, is_free=True),
        "may_give_back": in_appraisal and filed is None,
        "refused": refused,
        "criteria": _criteria(assignment),
        "others": _others(assignment, spoken),
        "asked": list(_asked(assignment)),
        "may_ask": in_appraisal,
        "saved_sentence": _saved(draft),
    }  # fmt: skip
    wrong = bool(refused or (form and form.errors))
    return page(request, "appraisal/offices/opinion.html", context=context, status=422 if wrong else 200)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The own draft, and what stands by assignment: also of the others."""

    draft: Opinion | None
    filed: dict[int, Opinion]


def _spoken(assignment: Assignment) -> _Spoken:
    """One statement."""
    same = Opinion.objects.filter(assignment__entry=assignment.entry_id, assignment__round=assignment.round)
    rows = list(same.filter(superseded_at__isnull=True, assignment__withdrawn_at__isnull=True))
    draft = next((each for each in rows if each.assignment_id == assignment.pk and each.filed_at is None), None)
    return _Spoken(draft, {each.assignment_id: each for each in rows if each.filed_at is not None})


def _asked(assignment: Assignment) -> QuerySet[SupplementRequest]:
    return SupplementRequest.objects.filter(assignment=assignment, withdrawn_at__isnull=True).order_by("asked_at", "pk")


def _form(draft: Opinion | None, filed: Opinion | None) -> OpinionForm:
    """The draft; a correction begins with what was filed."""
    shown = draft or filed
    initial: dict[str, Any] = {"key": new_key(), "edit_version": draft.edit_version if draft else 0}
    if shown is not None:
        initial |= {"verdict": shown.verdict, "reasons": shown.reasons}
    return OpinionForm(initial=initial)


def _saved(draft: Opinion | None) -> str:
    if draft is None:
        return _("Tự lưu khi bạn gõ.")
    return _("Lưu lần cuối lúc %s.") % date_format(timezone.localtime(draft.edited_at), "H:i, d/m")


def _criteria(assignment: Assignment) -> list[Criterion]:
    """What the campaign asks judges to look at, as a help beside the opinion. One statement."""
    now = CriteriaSet.objects.filter(campaign=assignment.entry.campaign_id).in_force().values("pk")[:1]
    return list(Criterion.objects.filter(set=Subquery(now)).order_by("position"))


def _others(assignment: Assignment, spoken: _Spoken) -> dict[str, Any]:
    """What the other offices said: that they did, and the words only after one's own, or when asked for."""
    name = UnitVersion.objects.as_of(timezone.localdate()).filter(unit=OuterRef("office")).values("name")[:1]
    same = Assignment.objects.current().filter(entry=assignment.entry_id, round=assignment.round)
    rows = list(same.exclude(pk=assignment.pk).annotate(office_name=Subquery(name)).select_related("person"))
    if not rows:
        return {}
    filed = {each.pk: spoken.filed[each.pk] for each in rows if each.pk in spoken.filed}
    shown = assignment.pk in spoken.filed or (bool(filed) and others_shown(assignment))
    told = [
        {
            "name": getattr(each, "office_name", None) or (each.person.name if each.person else ""),
            "opinion": filed.get(each.pk) if shown else None,
            "verdict": Verdict(filed[each.pk].verdict).label if shown and each.pk in filed else "",
            "is_filed": each.pk in filed,
        }
        for each in sorted(rows, key=lambda each: each.pk)
    ]
    return {"rows": told, "is_shown": shown, "may_show": bool(filed) and not shown}


@require_POST
@signed_in
def see(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The page was opened by a person: it tells so by its script, and the routing stays from then on."""
    opinions.mark_opened(own_assignment(request, uid), at=timezone.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
@signed_in
def show_others(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Before one's own is in: kept in the ledger, and shown where the opinions are read."""
    assignment = own_assignment(request, uid)
    found(rules.may_appraise(actor_of(request), assignment, is_free=True))
    try:
        opinions.show_others(assignment, by=of_office(request, assignment), at=timezone.now())
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    return ui.redirect(request, "appraisal:opinion", assignment.uid)


@require_POST
@signed_in
def second(request: HttpRequest, uid: UUID) -> HttpResponse:
    """ "Đồng ý với ý kiến này": a light second opinion, handed in with one click."""
    assignment = own_assignment(request, uid)
    found(rules.may_conclude(actor_of(request), assignment, is_free=True))
    is_filed = Opinion.objects.filed().filter(assignment=assignment).exists()
    found(is_filed or others_shown(assignment))
    rows = Opinion.objects.filed().filter(assignment__entry=assignment.entry, assignment__round=assignment.round)
    other = get_object_or_404(
        rows.exclude(assignment=assignment), uid=key_of(request.POST.get("y-kien", "")) or assignment.uid
    )
    draft = Opinion.objects.filter(assignment=assignment, filed_at__isnull=True).first()
    try:
        opinions.file(
            assignment, Said(None, "", other), edit_version=draft.edit_version if draft else 0,
            by=of_office(request, assignment), at=timezone.now(), key=key_of(request.POST.get("key", "")),
        )  # fmt: skip
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    else:
        ui.tell(request, _("Đã gửi ý kiến đồng ý."))
    return ui.redirect(request, "appraisal:opinion", assignment.uid)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def give_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """ "Không thuộc lĩnh vực của tôi", with the reason."""
    assignment = own_assignment(request, uid)
    found(rules.may_give_back(actor_of(request), assignment, is_free=True))
    form = ReasonForm(request.POST or None, initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        try:
            assigning.give_back(
                assignment, reason=form.cleaned_data["reason"], by=of_office(request, assignment), at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã trả lại giải pháp %s cho đơn vị đầu mối.") % assignment.entry.code)
            return ui.redirect(request, "appraisal:home")
    context = {"assignment": assignment, "form": form}
    return page(request, "appraisal/offices/give_back.html", context=context, status=422 if form.errors else 200)


@require_safe
@signed_in
def file_of(request: HttpRequest, uid: UUID, key: UUID) -> HttpResponseBase:
    """Evidence as it was sent, or a file of an answer, to who appraises."""
    entry = own_assignment(request, uid).entry
    sent = Evidence.objects.as_sent().filter(entry=entry, uid=key).select_related("attachment__blob").first()
    if sent is not None:
        return opened(sent.attachment)
    links = SupplementFile.objects.filter(request__assignment__entry=entry).select_related("attachment__blob")
    return opened(get_object_or_404(links, uid=key).attachment)


@require_safe
@signed_in
def original(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The file in which the report came."""
    assignment = own_assignment(request, uid)
    return opened(original_of(assignment.entry, assignment.revision))
