"""Ticked rows enter the consolidation together: seen before, done in one act, taken back while nothing rests on it."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.campaigns.models import Campaign
from sangkien.desk.entries.asked import Asked
from sangkien.intake import finding, paths
from sangkien.intake.actions import admitting
from sangkien.intake.models import Admission, Entry
from sangkien.intake.rules import may_admit_in
from sangkien.vietnamese import clean

_WAITING = "cho-tiep-nhan"
MOST = 200  # at once: a page of rows that a person can look over


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def admission(request: HttpRequest) -> HttpResponse:
    """GET shows what would be admitted; POST admits it, all or none."""
    actor = actor_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    campaign = _campaign(actor, asked.get("dot", ""))
    found(may_admit_in(actor, campaign) or not campaign.is_running())
    entries = _entries(actor, campaign, asked.getlist("so"))
    if not entries:
        ui.tell(request, _("Chưa chọn giải pháp nào."), _("Bạn đánh dấu các dòng rồi bấm xem trước."), tone="due")
        return ui.redirect(request, _list(campaign))
    refusal = ""
    if request.method == "POST":
        try:
            done = admitting.admit(
                entries, by=actor.signature(campaign.lead_unit), at=timezone.now(), key=_key(asked.get("khoa", "")),
                late_reason=clean(asked.get("ly-do", "")),
            )  # fmt: skip
        except Refused as refused:
            refusal = str(refused)
        else:
            _tell_admitted(request, done)
            return ui.redirect(request, _list(campaign))
    return _preview(request, campaign, entries, refusal)


def _preview(request: HttpRequest, campaign: Campaign, entries: list[Entry], refusal: str) -> HttpResponse:
    preview = admitting.preview(campaign, entries)
    names = dict(Entry.objects.filter(pk__in=[each.pk for each in entries]).values_list("pk", finding.unit_name()))
    rows = [(each, names.get(each.entry.pk, ""), paths.of_entry(each.entry.uid)) for each in preview.rows]
    context = {
        "campaign": campaign,
        "preview": preview,
        "rows": [row for row in rows if not row[0].refusal],
        "left": [row for row in rows if row[0].refusal],
        "refusal": refusal,
        "reason": request.POST.get("ly-do", ""),
        "token": request.POST.get("khoa") or uuid4(),
        "back": _list(campaign),
    }
    return page(request, "desk/admission.html", context=context, status=422 if refusal else 200)


@require_POST
@signed_in
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """As before; the second click does nothing."""
    actor = actor_of(request)
    done = get_object_or_404(Admission.objects.select_related("campaign__lead_unit", "campaign__organiser"), uid=uid)
    found(Campaign.objects.visible_to(actor).filter(pk=done.campaign_id).exists())
    found(may_admit_in(actor, done.campaign))
    try:
        rows = admitting.undo_admission(done, by=actor.signature(done.campaign.lead_unit), at=timezone.now())
    except Refused as refused:
        ui.tell(request, _("Chưa hoàn lại được."), str(refused), tone="late")
    else:
        ui.tell(request, _("Đã hoàn lại %d giải pháp về chờ tiếp nhận.") % len(rows))
    return ui.redirect(request, _list(done.campaign))


def _campaign(actor: Actor, uid: str) -> Campaign:
    try:
        wanted = UUID(uid)
    except ValueError:
        raise Http404 from None
    seen = Campaign.objects.visible_to(actor).select_related("organiser", "lead_unit")
    return get_object_or_404(seen, uid=wanted)


def _entries(actor: Actor, campaign: Campaign, codes: list[str]) -> list[Entry]:
    """Those of the ticked codes that the person sees. One statement."""
    wanted = [clean(code) for code in codes[:MOST]]
    seen = Entry.objects.visible_to(actor).filter(campaign=campaign, code__in=wanted)
    return list(seen.select_related("campaign").order_by("code"))


def _key(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def _list(campaign: Campaign) -> str:
    return reverse("desk:entries") + Asked(campaign=str(campaign.uid), step=_WAITING).address()


def _tell_admitted(request: HttpRequest, done: Admission) -> None:
    said = _("Đã tiếp nhận %d giải pháp vào bảng tổng hợp.") % done.items.count()
    ui.tell(
        request, said, _("Hoàn lại được đến khi chốt phụ lục hoặc chuyển thẩm định."),
        undo=reverse("desk:admission_undo", args=[done.uid]), undo_label=_("Hoàn lại"),
    )  # fmt: skip
