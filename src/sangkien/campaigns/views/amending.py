"""Changes after issue: a form for each kind of change, and both versions of everything that was changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions import amending
from sangkien.campaigns.actions.amending import Change, NewOwners
from sangkien.campaigns.changes import shown_changes
from sangkien.campaigns.forms import acting as forms
from sangkien.campaigns.models import Amendment, Campaign
from sangkien.campaigns.pages import campaign_of, signature
from sangkien.campaigns.rules import may_amend
from sangkien.campaigns.views.plan import frame
from sangkien.ledger.recording import Actor
from sangkien.papers import issuing
from sangkien.papers.kinds import Kind
from sangkien.papers.models import Paper, PaperFile
from sangkien.papers.refusal import Refused as PaperRefused


@dataclass(frozen=True, slots=True)
class AmendmentKind:
    """A kind of amendment: its form, and the act that it becomes."""

    title: Promise
    form: type[Any]
    act: Callable[[Campaign, Any, dict[str, Any]], Amendment]


def _extend(campaign: Campaign, form: forms.ExtendForm, who: dict[str, Any]) -> Amendment:
    data = form.cleaned_data
    return amending.extend_deadline(campaign, closes_date=data["closes_date"], closes_time=data["closes_time"], **who)


def _change(campaign: Campaign, form: forms.ChangeForm, who: dict[str, Any]) -> Amendment:
    data = form.cleaned_data
    change: Change = {
        "title": data["title"], "opens_date": data["opens_date"], "upper_deadline": data["upper_deadline"],
        "budget_source": data["budget_source"],
    }  # fmt: skip
    return amending.amend(campaign, change=change, **who)


def _add(campaign: Campaign, form: forms.AddUnitsForm, who: dict[str, Any]) -> Amendment:
    return amending.amend(campaign, added=form.cleaned_data["units"], **who)


def _owners(campaign: Campaign, form: forms.OwnersForm, who: dict[str, Any]) -> Amendment:
    return amending.amend(campaign, owners=[NewOwners(form.cleaned_data["thing"], form.offices)], **who)


KINDS: Final = {
    "gia-han": AmendmentKind(gettext_lazy("Gia hạn nhận báo cáo"), forms.ExtendForm, _extend),
    "don-vi": AmendmentKind(gettext_lazy("Thêm đơn vị"), forms.AddUnitsForm, _add),
    "phu-trach": AmendmentKind(gettext_lazy("Đổi đơn vị phụ trách"), forms.OwnersForm, _owners),
    "thong-tin": AmendmentKind(gettext_lazy("Đổi tên, ngày mở, hạn gửi cấp trên, kinh phí"), forms.ChangeForm, _change),
}


@require_safe
@signed_in
def index(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was changed, and what may be changed."""
    campaign, actor = campaign_of(request, uid), actor_of(request)
    signed = Prefetch("paper__files", queryset=PaperFile.objects.select_related("attachment__blob").order_by("pk"))
    rows = list(campaign.amendments.select_related("paper").prefetch_related(signed).order_by("-number"))
    context = {
        **frame(campaign, actor),
        "rows": shown_changes(rows, actor.on),
        "kinds": [(code, kind.title) for code, kind in KINDS.items()],
    }
    return page(request, "campaigns/amendments.html", context=context)


@require_http_methods(["GET", "POST"])
@signed_in
def amend(request: HttpRequest, uid: UUID, code: str) -> HttpResponse:
    """One kind of change, with its reason and, where there is one, its signed paper."""
    campaign, actor = campaign_of(request, uid), actor_of(request)
    found(may_amend(actor, campaign))
    if code not in KINDS:
        raise Http404
    kind = KINDS[code]
    form = kind.form(campaign, actor.on, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        by, at = signature(campaign, actor), timezone.now()
        who = {"reason": form.cleaned_data["reason"], "by": by, "at": at}
        try:
            if form.has_paper:
                who["paper"] = paper_of(campaign, form, by, at)
            kind.act(campaign, form, who)
        except (Refused, PaperRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã ghi sửa đổi."), _("Điều cũ và điều mới đều được giữ."))
            return ui.redirect(request, "campaigns:amendments", uid)
    context = {**frame(campaign, actor), "form": form, "kind": kind, "code": code}
    return page(request, "campaigns/amend.html", context=context, status=422 if form.errors else 200)


def paper_of(
    campaign: Campaign,
    form: Any,
    by: Actor,
    at: Any,
    *,
    kind: Kind = Kind.PLAN,
    notation: str = "KH-UBND",
    summary: str = "",
) -> Paper:
    """The signed paper of the change; one that was recorded a moment ago, when the change itself was refused."""
    data = form.cleaned_data
    known = Paper.objects.filter(
        issuer_unit=campaign.organiser, kind=kind, number=data["number"], issued_date=data["issued_date"],
        state="issued", amendments__isnull=True, campaign__isnull=True, stand_ins__isnull=True,
    ).first()  # fmt: skip
    if known is not None:
        return known
    return issuing.record(
        kind=kind, issuer=campaign.organiser, number=data["number"], notation=data["notation"] or notation,
        issued_date=data["issued_date"], summary=summary or _("Sửa đổi kế hoạch: %s") % campaign.title,
        files=[data["file"]], by=by, at=at,
    )  # fmt: skip
