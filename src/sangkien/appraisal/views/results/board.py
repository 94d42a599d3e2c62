"""What the sheets come to, on one page; one entry with every step; closing, opening again, ties."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions import results as actions
from sangkien.appraisal.models import TieBreak
from sangkien.appraisal.reckoning.board import board
from sangkien.appraisal.reckoning.due import sheets_due
from sangkien.appraisal.reckoning.gathering import Gathered
from sangkien.appraisal.rules.results import may_close, may_see_severity
from sangkien.appraisal.views.results.asked import Asked, asked
from sangkien.campaigns import pages
from sangkien.ledger.recording import Actor
from sangkien.scoring.report.sentences import explained
from sangkien.scoring.wording import exactly


@require_safe
@signed_in
def results(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Above the line, to be talked about, below it; who still owes sheets; what may be done."""
    told = asked(request, uid)
    return _page(request, told)


def _page(request: HttpRequest, told: Asked, *, refusal: str = "") -> HttpResponse:
    context: dict[str, object] = {
        "campaign": told.campaign,
        "criteria": told.criteria,
        "versions": told.versions,
        "closed": told.closed,
        "blind": "" if told.verdict else told.verdict.reason,
        "may_close": may_close(told.actor, told.campaign),
        "may_see_severity": may_see_severity(told.actor, told.campaign),
        "refusal": refusal,
    }
    if told.verdict and told.criteria is not None:
        outcome = told.outcome()
        context |= {
            "board": board(outcome, told.names(outcome.gathered)),
            "due": sheets_due(told.campaign, told.actor),
        }
    status = 422 if refusal else 200
    return page(request, "appraisal/results/board.html", context=context, status=status)


@require_safe
@signed_in
def entry(request: HttpRequest, uid: UUID, code: str) -> HttpResponse:
    """One entry: every step from the marks to the result, as a clerk would reckon it on paper."""
    told = asked(request, uid)
    found(told.verdict)
    if told.criteria is None:
        raise Http404
    outcome = told.outcome()
    if code not in outcome.gathered.entries:
        raise Http404
    reckoning = outcome.result.of(code)
    # Who placed one first is a key for machines in there, which is no word for a page.
    unsigned = replace(reckoning, tie_breaks=tuple(replace(each, by="") for each in reckoning.tie_breaks))
    shown = outcome.gathered.entries[code]
    context = {
        "campaign": told.campaign,
        "criteria": told.criteria,
        "closed": told.closed,
        "entry": shown,
        "unit": told.names(outcome.gathered).get(shown.implementer_id, ""),
        "reckoning": reckoning,
        "score": "" if reckoning.score is None else exactly(reckoning.score),
        "steps": explained(unsigned, outcome.gathered.given.rule),
        "tied": [outcome.gathered.entries[each] for each in reckoning.tied_with],
        "orders": _orders(told, outcome.gathered).filter(first=shown).select_related("then__revision"),
        "may_close": may_close(told.actor, told.campaign),
    }
    return page(request, "appraisal/results/entry.html", context=context)


def _orders(told: Asked, gathered: Gathered) -> QuerySet[TieBreak]:
    """Those that stand between two entries of which this person may know both."""
    known = list(gathered.entries.values())
    return TieBreak.objects.filter(campaign=told.campaign, first__in=known, then__in=known, lifted_at__isnull=True)


@require_http_methods(["GET", "POST"])
@signed_in
def closing(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What closing would freeze, then the act; the page says what stays behind."""
    told = asked(request, uid)
    found(may_close(told.actor, told.campaign) & told.verdict)
    if told.criteria is None:
        raise Http404
    criteria = told.criteria
    if request.method == "POST":
        key = request.POST.get("khoa", "")[:100]
        return _done(
            request,
            told,
            lambda by: actions.close(criteria, by=by, at=timezone.now(), key=key),
            _("Đã chốt kết quả. Muốn sửa điểm, bạn mở lại kết quả và ghi lý do."),
        )
    outcome = told.outcome()
    context = {
        "campaign": told.campaign,
        "criteria": criteria,
        "closed": told.closed,
        "board": board(outcome, told.names(outcome.gathered)),
        "due": sheets_due(told.campaign, told.actor),
        "key": str(uuid4()),
    }
    return page(request, "appraisal/results/closing.html", context=context)


@require_http_methods(["GET", "POST"])
@signed_in
def reopening(request: HttpRequest, uid: UUID) -> HttpResponse:
    """With a reason; both closings are kept."""
    told = asked(request, uid)
    found(may_close(told.actor, told.campaign) & told.verdict)
    held = told.closed
    if held is None:
        return ui.redirect(request, "appraisal:results", uid)
    refusal = ""
    if request.method == "POST":
        try:
            actions.reopen(held, reason=request.POST.get("ly_do", ""), by=_by(request, told), at=timezone.now())
        except Refused as refused:
            refusal = str(refused)
        else:
            ui.tell(request, _("Đã mở lại kết quả."), _("Kết quả đã chốt trước đó vẫn được giữ."))
            return ui.redirect(request, "appraisal:results", uid)
    context = {
        "campaign": told.campaign,
        "closed": held,
        "refusal": refusal,
        "reason": request.POST.get("ly_do", ""),
    }
    return page(request, "appraisal/results/reopening.html", context=context, status=422 if refusal else 200)


@require_POST
@signed_in
def tie(request: HttpRequest, uid: UUID, code: str) -> HttpResponse:
    """This entry goes before one that has the same score, for a reason that is kept."""
    told = asked(request, uid)
    found(may_close(told.actor, told.campaign) & told.verdict)
    if told.criteria is None:
        raise Http404
    criteria, entries = told.criteria, told.gathered().entries
    then = request.POST.get("sau", "")
    if code not in entries or then not in entries:
        raise Http404
    return _done(
        request,
        told,
        lambda by: actions.put_first(
            entries[code],
            entries[then],
            criteria=criteria,
            reason=request.POST.get("ly_do", ""),
            by=by,
            at=timezone.now(),
        ),
        _("Đã xếp %(first)s trước %(then)s.") % {"first": code, "then": then},
    )


@require_POST
@signed_in
def untie(request: HttpRequest, uid: UUID, order: UUID) -> HttpResponse:
    """The two share a rank again."""
    told = asked(request, uid)
    found(may_close(told.actor, told.campaign) & told.verdict)
    if told.criteria is None:
        raise Http404
    held = get_object_or_404(_orders(told, told.gathered()).select_related("campaign"), uid=order)
    return _done(
        request, told, lambda by: actions.lift(held, by=by, at=timezone.now()), _("Hai giải pháp lại đồng hạng.")
    )


def _done(request: HttpRequest, told: Asked, act: Callable[[Actor], object], said: str) -> HttpResponse:
    try:
        act(_by(request, told))
    except Refused as refused:
        return _page(request, told, refusal=str(refused))
    ui.tell(request, said)
    return ui.redirect(request, "appraisal:results", told.campaign.uid)


def _by(request: HttpRequest, told: Asked) -> Actor:
    return pages.signature(told.campaign, actor_of(request))
