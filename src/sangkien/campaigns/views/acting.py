"""What is done with a plan: made ready, issued, cancelled, moved on; its files given out."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.attachments.serving import serve
from sangkien.campaigns.actions import ending, plan_paper
from sangkien.campaigns.actions.inviting import revoke_all
from sangkien.campaigns.forms.acting import IssueForm, PrepareForm, ReasonForm
from sangkien.campaigns.gaps import gaps
from sangkien.campaigns.lifecycle import Move
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.pages import campaign_of, day_of, draft_of, for_invited_too, signature
from sangkien.campaigns.parts import read
from sangkien.campaigns.plan_paper import NOTATION
from sangkien.campaigns.rules import may_do, may_edit, may_see_all
from sangkien.campaigns.views.plan import frame
from sangkien.ledger import recording
from sangkien.ledger.recording import acting
from sangkien.papers.models import Paper, PaperFile
from sangkien.papers.refusal import Refused as PaperRefused

_MOVES = {
    "tham-dinh": (Move.BEGIN_ASSESSMENT, ending.begin_assessment),
    "luu-tru": (Move.ARCHIVE, ending.archive),
}


@require_http_methods(["GET", "POST"])
@signed_in
def prepare(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make the text of the draft into a paper with its Word file and its PDF."""
    campaign, actor = draft_of(request, uid), actor_of(request)
    paper = campaign.plan
    initial = {"signer_name": paper.signer_name} if paper else {}
    form = PrepareForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        by, at = signature(campaign, actor), timezone.now()
        try:
            made = plan_paper.prepare_plan(campaign, on=day_of(campaign, actor), by=by, at=at, **form.cleaned_data)
            plan_paper.render_plan(made, by=by, at=at)
        except (Refused, PaperRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(
                request, _("Đã lập văn bản kế hoạch."), _("Bạn tải bản Word để sửa câu chữ, hoặc bản PDF để trình ký.")
            )
            return ui.redirect(request, "campaigns:plan", uid)
    context = {**frame(campaign, actor), "form": form}
    return page(request, "campaigns/prepare.html", context=context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def issue(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The signed file comes in with its number and its day; from then on the plan binds."""
    campaign, actor = campaign_of(request, uid), actor_of(request)
    found(may_do(actor, Move.ISSUE, campaign))
    form = IssueForm(request.POST or None, request.FILES or None, initial=_known(campaign.plan))
    if request.method == "POST" and form.is_valid():
        by, at = signature(campaign, actor), timezone.now()
        try:
            issued, remark = plan_paper.issue_signed(campaign, **form.cleaned_data, by=by, at=at)
        except (Refused, PaperRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            advice = remark or _("Các đơn vị đã được báo. Việc tiếp theo: gửi giấy mời cho từng đơn vị.")
            ui.tell(request, _("Đã ban hành %s.") % issued.plan, advice, tone="due" if remark else "done")
            return ui.redirect(request, "campaigns:plan", uid)
    on = day_of(campaign, actor)
    left = [gap for gap in gaps(campaign, on, read(campaign, on)) if gap.hinders]
    context = {**frame(campaign, actor), "form": form, "hindering": left}
    return page(request, "campaigns/issue.html", context=context, status=422 if form.errors else 200)


def _known(paper: Paper | None) -> dict[str, object]:
    """What the paper says of itself already: all of it when it was issued and the campaign was not."""
    if paper is None:
        return {"notation": NOTATION}
    return {
        "notation": paper.notation or NOTATION,
        "number": paper.number,
        "issued_date": paper.issued_date or timezone.localdate(),
    }


@require_http_methods(["GET", "POST"])
@signed_in
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The campaign does not go on; asked for the reason first."""
    campaign, actor = campaign_of(request, uid), actor_of(request)
    found(may_do(actor, Move.CANCEL, campaign))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _end(campaign, signature(campaign, actor), reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã hủy đợt. Nội dung vẫn được giữ lại."), tone="plain")
            return ui.redirect(request, "campaigns:list")
    context = {**frame(campaign, actor), "form": form}
    return page(request, "campaigns/cancel.html", context=context, status=422 if form.errors else 200)


def _end(campaign: Campaign, by: recording.Actor, *, reason: str) -> None:
    at = timezone.now()
    with acting():
        ending.cancel(campaign, reason=reason, by=by, at=at)
        revoke_all(campaign, by=by, at=at)


@require_POST
@signed_in
def move(request: HttpRequest, uid: UUID, verb: str) -> HttpResponse:
    """Over one arrow: assessment begins, the file is archived. Ending asks the rooms that know what is open."""
    if verb not in _MOVES:
        raise Http404
    arrow, act = _MOVES[verb]
    campaign, actor = campaign_of(request, uid), actor_of(request)
    verdict = may_do(actor, arrow, campaign)
    by, at = signature(campaign, actor), timezone.now()
    try:
        if not verdict:
            raise Refused(verdict.reason)
        act(campaign, by=by, at=at)
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    else:
        ui.tell(request, _("Đã %s đợt này.") % arrow.label)
    return ui.redirect(request, "campaigns:plan", uid)


@require_safe
@for_invited_too
def file(request: HttpRequest, uid: UUID, key: int) -> HttpResponse:
    """A file of the plan or of an amendment: the signed one for all who know the campaign, drafts for who edits."""
    campaign, actor = campaign_of(request, uid), actor_of(request)
    papers = [campaign.plan_id, *campaign.amendments.values_list("paper", flat=True)]
    kept = PaperFile.objects.select_related("attachment__blob").filter(
        pk=key, paper__in=[each for each in papers if each]
    )
    held = kept.first()
    if held is None or (held.blocks_sha256 and not (may_edit(actor, campaign) | may_see_all(actor, campaign))):
        raise Http404
    answer: HttpResponse = serve(held.attachment, inline="xem" in request.GET)  # type: ignore[assignment]  # streams
    return answer
