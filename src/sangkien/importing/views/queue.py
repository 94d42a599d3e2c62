"""The list of files of a queue, and handing files over."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign, Participant
from sangkien.importing import receiving
from sangkien.importing.listing import MOST, PAGE, Filter, counts, lines, narrowed
from sangkien.importing.models import FileState, Mailbox
from sangkien.importing.queueing import Queued, hand_over
from sangkien.importing.rules import queue, sees_queue
from sangkien.importing.views.common import Desk, desk_of, token_of
from sangkien.intake.views.common import for_the_unit


@require_safe
@for_the_unit
def home(request: HttpRequest) -> HttpResponse:
    """Where one may hand files over; with one place only, that place."""
    actor = actor_of(request)
    running = Campaign.objects.visible_to(actor).filter(state__in=State.of_the_running()).latest_first()
    campaigns = list(running.select_related("lead_unit", "organiser")[:50])
    asked = Participant.objects.filter(campaign__in=campaigns, unit__in=_units(request))
    by_campaign: dict[int, list[Participant]] = {}
    for each in asked.select_related("unit", "unit_version").order_by("position"):
        by_campaign.setdefault(each.campaign_id, []).append(each)
    desks = [Desk(actor, each, None, _("Đơn vị đầu mối")) for each in campaigns if sees_queue(actor, each, None)]
    desks += [
        Desk(actor, each, row.unit, row.unit_version.name)
        for each in campaigns
        for row in by_campaign.get(each.pk, ())
        if sees_queue(actor, each, row.unit)
    ]
    found(desks or actor.is_signed_in)
    if len(desks) == 1:
        return ui.redirect(request, desks[0].url)
    return page(request, "importing/home.html", context={"desks": desks})


def _units(request: HttpRequest) -> list[int]:
    actor = actor_of(request)
    own = [each.unit_id for each in actor.memberships if each.unit_id is not None]
    return [*own, actor.invitation.unit_id] if actor.invitation else own


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_unit
def files(request: HttpRequest, campaign: UUID, unit: UUID | None = None) -> HttpResponseBase:
    """GET lists, POST hands over: everything is kept first, then read by a job whose progress is shown."""
    desk = desk_of(request, campaign, unit)
    if request.method == "POST":
        return _take(request, desk)
    return _list(request, desk)


def _take(request: HttpRequest, desk: Desk) -> HttpResponse:
    verdict = desk.verdict
    uploads = request.FILES.getlist("files") + request.FILES.getlist("folder")
    if not verdict:
        ui.tell(request, _("Chưa nhập được."), verdict.reason, tone="late")
        return ui.redirect(request, desk.url)
    if not uploads:
        ui.tell(
            request, _("Chưa có tệp nào được chọn."), _("Bạn chọn tệp Word, Excel hoặc thư rồi bấm lại."), tone="due"
        )
        return ui.redirect(request, desk.url)
    at = timezone.now()
    kept = receiving.keep_uploads(uploads, by=desk.signature, at=at)
    queued = hand_over(
        desk.campaign, desk.unit, kept, token=token_of(request), by=desk.signature, at=at, link=desk.url
    )  # fmt: skip
    _tell(request, queued)
    return ui.redirect(request, queued.job.get_absolute_url() if queued.job else desk.url)


def _tell(request: HttpRequest, queued: Queued) -> None:
    again = sum(each.state == FileState.AGAIN for each in queued.files)
    refused = sum(each.state == FileState.REFUSED for each in queued.files)
    told = []
    if again:
        told.append(_("%(n)s tệp đã có trong đợt nên chỉ tính một lần.") % {"n": again})
    if refused:
        told.append(_("%(n)s tệp không nhận được, lý do ghi dưới tên tệp.") % {"n": refused})
    if queued.known_mails:
        told.append(_("%(n)s thư đã nhập từ trước.") % {"n": queued.known_mails})
    kept = sum(each.state == FileState.WAITING for each in queued.files)
    ui.tell(request, _("Đã giữ %(n)s tệp mới.") % {"n": kept}, " ".join(told), tone="due" if told else "done")


def _list(request: HttpRequest, desk: Desk) -> HttpResponse:
    chosen = _filter(request.GET.get("loc", ""))
    there = queue(desk.campaign, desk.unit).select_related("batch", "again_of")
    shown = narrowed(there, chosen)
    after = request.GET.get("sau", "")
    if after.isascii() and after.isdigit():
        shown = shown.filter(pk__lt=int(after[:18]))
    rows = list(shown[: PAGE + 1])
    held = counts(there)
    context: dict[str, Any] = {
        **desk.context(),
        "lines": lines(rows[:PAGE]),
        "next_key": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "chosen": chosen.value,
        "after": after,
        "chips": [(each.value, label, _shown(held[each])) for each, label in _labels() if held[each] or each == chosen],
        "total": held[Filter.ALL],
        "refusal": "" if desk.verdict else desk.verdict.reason,
        "token": uuid4(),
        "mailbox": Mailbox.objects.first() if desk.is_lead else None,
    }
    return page(request, "importing/queue.html", context=context)


def _shown(count: int) -> str:
    return _("hơn 1.000") if count > MOST else str(count)


def _filter(text: str) -> Filter:
    return Filter(text) if text in {each.value for each in Filter} else Filter.ALL


def _labels() -> list[tuple[Filter, str]]:
    return [
        (Filter.ALL, _("Tất cả")),
        (Filter.OPEN, _("Cần trả lời")),
        (Filter.WAITING, _("Chờ xác nhận")),
        (Filter.UNREAD, _("Không đọc được")),
        (Filter.DONE, _("Đã xong")),
    ]
