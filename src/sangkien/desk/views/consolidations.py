"""*Phụ lục tổng hợp*: what is admitted now, frozen as the n-th appendix; and the frozen ones with their papers."""

import tempfile
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.campaigns.models import Campaign
from sangkien.desk.entries import files
from sangkien.desk.entries.asked import Asked
from sangkien.desk.entries.exporting import Form
from sangkien.desk.entries.steps import ADMITTED
from sangkien.desk.views.exports import AT_ONCE, download, token_of
from sangkien.intake.actions.consolidating import consolidate
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Consolidation, Entry
from sangkien.intake.queries import last_change
from sangkien.intake.rules import may_consolidate
from sangkien.intake.visibility import sees_whole
from sangkien.ui.templatetags.ui import thousands


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def consolidations(request: HttpRequest, uid: UUID) -> HttpResponse:
    """GET shows what would be frozen and what is; POST freezes."""
    actor = actor_of(request)
    campaign = _campaign(actor, uid)
    may = may_consolidate(actor, campaign)
    refusal = ""
    if request.method == "POST":
        found(may or not campaign.is_running())
        try:
            key = str(token_of(request.POST.get("khoa", "")))
            made = consolidate(campaign, by=actor.signature(campaign.lead_unit), at=timezone.now(), key=key)
        except Refused as refused:
            refusal = str(refused)
        else:
            said = _("Đã chốt phụ lục tổng hợp lần %d.") % made.number
            ui.tell(request, said, _("Nội dung và STT của phụ lục này không đổi nữa. Bạn tải về để trình ký."))
            return ui.redirect(request, "desk:consolidations", uid)
    context = {**_standing(campaign), "campaign": campaign, "may": may, "refusal": refusal, "token": uuid4()}
    return page(request, "desk/consolidations.html", context=context, status=422 if refusal else 200)


def _standing(campaign: Campaign) -> dict[str, object]:
    """What is admitted now, and the frozen ones, the last first. Three statements."""
    admitted = Entry.objects.filter(campaign=campaign, stage__in=Stage.accepted())
    counted = admitted.aggregate(entries=Count("pk"), units=Count("implementer", distinct=True))
    frozen = list(
        Consolidation.objects.filter(campaign=campaign)
        .select_related("paper")
        .annotate(rows_count=Count("rows"))
        .order_by("-number")
    )
    changed_at = last_change(campaign)
    asked = Asked(campaign=str(campaign.uid), step=ADMITTED).address()
    return {
        "admitted": counted,
        "frozen": frozen,
        "is_same": bool(frozen and changed_at and changed_at <= frozen[0].frozen_at),
        "next_number": frozen[0].number + 1 if frozen else 1,
        "list_url": reverse("desk:entries") + asked,
    }


@require_safe
@signed_in
def as_file(request: HttpRequest, uid: UUID, number: int, form: str) -> HttpResponse:
    """A frozen one as a file, made anew from its frozen text; a long PDF is asked for first."""
    campaign = _campaign(actor_of(request), uid)
    rows = Consolidation.objects.filter(campaign=campaign, number=number).select_related("paper")
    one, wanted = get_object_or_404(rows), Form(form)
    count = one.rows.count()
    if wanted is Form.PDF and count > AT_ONCE[wanted]:
        return page(request, "desk/export_ask.html", context=_asking(one, campaign, count))
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR, prefix="phu-luc-") as folder:
        (made,) = files.write_frozen(one, wanted, Path(folder))
        return download(made, wanted)


@require_http_methods(["POST"])
@signed_in
def start_pdf(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """The job that sets a long one as PDF, in volumes."""
    actor = actor_of(request)
    one = get_object_or_404(Consolidation, campaign=_campaign(actor, uid), number=number)
    token = token_of(request.POST.get("khoa", ""))
    link = reverse("desk:export_files", args=[token])
    job = files.start_frozen(one, token=token, by=actor.signature(), at=timezone.now(), link=link)
    return ui.redirect(request, job)


def _asking(one: Consolidation, campaign: Campaign, count: int) -> dict[str, object]:
    return {
        "count": thousands(count),
        "form": "PDF",
        "token": uuid4(),
        "action": reverse("desk:consolidation_pdf", args=[campaign.uid, one.number]),
        "back": reverse("desk:consolidations", args=[campaign.uid]),
    }


def _campaign(actor: Actor, uid: UUID) -> Campaign:
    """One that the person sees whole: what is frozen tells of all units."""
    seen = Campaign.objects.visible_to(actor).select_related("organiser", "lead_unit")
    campaign = get_object_or_404(seen, uid=uid)
    found(sees_whole(actor, campaign))
    return campaign
