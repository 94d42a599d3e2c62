"""The receipt: shown, printed as a slip, and as three lines to copy into a chat group."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page
from sangkien.accounts.permissions import may
from sangkien.accounts.qr import svg
from sangkien.accounts.roles import Permission
from sangkien.intake import paths
from sangkien.intake.models import Receipt, Submission
from sangkien.intake.rules import in_lead
from sangkien.intake.views.common import Place, contacts, for_the_unit, frame_of, place_of_entry
from sangkien.ledger.models import Head


def receipt_of(request: HttpRequest, uid: UUID) -> Receipt:
    """For the unit that sent it and for the lead unit. Raises ``Http404``."""
    actor = actor_of(request)
    rows = Submission.objects.select_related("campaign__lead_unit", "campaign__organiser", "unit", "receipt", "letter")
    sending = get_object_or_404(rows, uid=uid)
    found(
        may(actor, Permission.FOLLOW, unit=sending.unit, scope=sending.campaign.uid)
        | in_lead(actor, Permission.SEE_CAMPAIGN, sending.campaign)
    )
    sending.receipt.submission = sending
    return sending.receipt


@require_safe
@for_the_unit
def receipt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was received, when, under which number, and who answers."""
    given = receipt_of(request, uid)
    context = about(request, given)
    if paths.JUST_SENT in request.GET and context["is_own"]:
        context["said"] = _received(given, is_late=context["is_late"])
    return page(request, "intake/receipt.html", context=context)


def _received(given: Receipt, *, is_late: bool) -> ui.Said:
    """What happened, and what comes next."""
    fact = _("Đã nhận báo cáo, phiếu tiếp nhận số %s.") % given
    advice = _("Đơn vị đầu mối xem và trả lời ở trang này.")
    if is_late:
        advice = _("Báo cáo đến sau hạn nên được ghi là muộn. Đơn vị đầu mối xem và trả lời ở trang này.")
    return ui.Said(tone="done", fact=fact, advice=advice, undo="", undo_label="")


def about(request: HttpRequest, given: Receipt) -> dict[str, Any]:
    """All that the slip says."""
    sending = given.submission
    if sending is None:
        raise ValueError("a void number has no slip")
    items = list(sending.items.select_related("entry__campaign", "revision").order_by("entry__code"))
    is_own = bool(may(actor_of(request), Permission.FOLLOW, unit=sending.unit, scope=sending.campaign.uid))
    shown_at = paths.of_entry_for_unit if is_own else paths.of_entry
    for item in items:
        item.url = shown_at(item.entry.uid)  # type: ignore[attr-defined]  # for the page only
    first = items[0].entry
    first.campaign = sending.campaign
    place: Place = place_of_entry(first)
    link = request.build_absolute_uri(reverse("intake:receipt", args=[sending.uid]))
    at = date_format(timezone.localtime(sending.arrived_at), "H:i, d/m/Y")
    lines = [
        _("%(unit)s đã gửi báo cáo giải pháp đợt %(year)d") % {"unit": place.unit_name, "year": place.campaign.year},
        _("Phiếu tiếp nhận số %(no)s, lúc %(at)s") % {"no": given, "at": at},
        link,
    ]
    head = Head.objects.first()
    return {
        **frame_of(place),
        "receipt": given,
        "sending": sending,
        "items": items,
        "is_own": is_own,
        "at": at,
        "is_late": place.campaign.is_late(sending.arrived_at),
        "message": "\n".join(lines),
        "qr": svg(link),
        "link": link,
        "contacts": contacts(place.campaign),
        "ledger_head": head,
    }
