"""Sending: what goes out is seen first, one click sends it, and the receipt answers every further click."""

import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sangkien import ui
from sangkien.accounts.pages import actor_of, page
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.attachments.refusal import Refused as FileRefused
from sangkien.initiatives.difference import changed_parts
from sangkien.initiatives.models import Revision
from sangkien.intake import paths
from sangkien.intake.actions import sending
from sangkien.intake.completeness import Asked, Missing, asked_by, completeness, required
from sangkien.intake.forms import SendForm
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, Receipt
from sangkien.intake.rules import may_submit
from sangkien.intake.views import letters
from sangkien.intake.views.common import Place, deadline, for_the_unit, frame_of, place_of, signature, who_sends
from sangkien.papers.refusal import Refused as PaperRefused

_UID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SENDABLE = (Stage.DRAFT, Stage.CHANGES_REQUESTED, Stage.SUBMITTED)


@dataclass(frozen=True)
class ToSend:
    """A draft that may go out; ``changed``: the parts that differ from what was sent last."""

    entry: Entry
    draft: Revision
    missing: list[Missing]
    ticked: bool = True
    changed: list[str] = field(default_factory=list)

    @property
    def needed(self) -> list[Missing]:
        """What the form requires and is not there."""
        return required(self.missing)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_unit
def send(request: HttpRequest, campaign: UUID, unit: UUID) -> HttpResponse:
    """GET shows what would go out and who may send it; POST sends it once, however often it is pressed."""
    place = place_of(actor_of(request), campaign, unit, Permission.DRAFT)
    if request.method == "POST":
        return _send(request, place)
    return _page(request, place, SendForm(), key=secrets.token_urlsafe(16))


def _send(request: HttpRequest, place: Place) -> HttpResponse:
    key = request.POST.get("key", "")[:80]
    verdict = may_submit(actor_of(request), place.campaign, place.unit)
    form = SendForm(request.POST, request.FILES)
    if not verdict or not key:
        return _page(request, place, form, key=key, refused=verdict.reason or _old_page())
    if not form.is_valid():
        return _sent_before(request, place, key) or _page(request, place, form, key=key)
    try:
        receipt = _submitted(request, place, form, key)
    except sending.Incomplete:
        return _page(request, place, form, key=key, refused=_lacking())
    except (Refused, PaperRefused, FileRefused) as refusal:
        return _sent_before(request, place, key) or _page(request, place, form, key=key, refused=str(refusal))
    return _to_receipt(request, receipt)


def _sent_before(request: HttpRequest, place: Place, key: str) -> HttpResponse | None:
    """Perhaps this click has sent them already."""
    first = sending.given(_key(place, key), place.campaign, place.unit)
    return _to_receipt(request, first) if first else None


def _to_receipt(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    if receipt.submission is None:
        raise ValueError("a receipt without its sending")
    return ui.redirect(request, paths.of_receipt_now(receipt.submission.uid))


def _submitted(request: HttpRequest, place: Place, form: SendForm, key: str) -> Receipt:
    by, at = signature(request, place.unit), timezone.now()
    gaps = bool(request.POST.get("accept_gaps"))
    ticked = _ticked(request)
    if letters.is_told(form.cleaned_data):
        chosen = [row for row in to_send(place, gaps_matter=not gaps) if row.entry.uid in ticked]
        refuse_incomplete(chosen, gaps)
    letter = letters.letter(place, form.cleaned_data, by=by, at=at)
    return sending.submit_ticked(
        place.campaign, place.unit, ticked, by=by, at=at, key=_key(place, key), letter=letter, accept_gaps=gaps
    )


def _ticked(request: HttpRequest) -> set[UUID]:
    """What is no address of anything is nothing that could be sent."""
    return {UUID(each) for each in request.POST.getlist("entry") if _UID.fullmatch(each)}


def refuse_incomplete(chosen: Sequence[ToSend], accept_gaps: bool) -> None:
    """Before a letter is written down for nothing. Raises ``Refused``; the action asks once more."""
    if not chosen:
        raise Refused(_("Bạn chưa chọn giải pháp nào để gửi."))
    if any(row.needed for row in chosen) and not accept_gaps:
        raise sending.Incomplete


def _key(place: Place, key: str) -> str:
    """The click of this unit in this campaign; another unit's page cannot name it."""
    return f"web:{place.participant.pk}:{key}"


def _lacking() -> str:
    """The page shows what is missing beside each of them."""
    return _("Còn giải pháp thiếu nội dung. Bạn bổ sung, hoặc chọn “Gửi cả khi còn thiếu”.")


def _old_page() -> str:
    return _("Trang mở đã lâu nên chưa gửi được. Bạn tải lại trang rồi gửi lại.")


def to_send(place: Place, ticked: Collection[str] | None = None, *, gaps_matter: bool = True) -> list[ToSend]:
    """The unit's drafts in this campaign, supplements first. Two statements, three where one was sent before.

    Where the gaps do not matter, the forms are not asked: one statement less, and nothing is missing.
    """
    rows = Entry.objects.filter(campaign=place.campaign, implementer=place.unit, stage__in=_SENDABLE)
    entries = list(rows.select_related("revision", "initiative").order_by("pk"))
    asked = asked_by(place.campaign) if gaps_matter else []
    drafts = _drafts(entries)
    made = [_row(each, drafts[each.pk], asked, ticked) for each in entries if each.pk in drafts]
    return sorted(made, key=lambda row: row.entry.stage != Stage.CHANGES_REQUESTED)


def _drafts(entries: Sequence[Entry]) -> dict[int, Revision]:
    """By the entry's id. What was never sent stands in its entry; newer drafts of what was sent are asked for."""
    drafts: dict[int, Revision] = {}
    for each in entries:
        if each.revision is not None and not each.revision.is_frozen:
            each.revision.initiative = each.initiative
            drafts[each.pk] = each.revision
    sent = {each.initiative_id: each.pk for each in entries if each.pk not in drafts}
    if sent:
        newer = Revision.objects.draft().filter(initiative__in=sent).select_related("initiative")
        drafts.update((sent[each.initiative_id], each) for each in newer)
    return drafts


def _row(entry: Entry, draft: Revision, asked: Sequence[Asked], ticked: Collection[str] | None) -> ToSend:
    return ToSend(
        entry,
        draft,
        completeness(draft, asked),
        ticked is None or str(entry.uid) in ticked,
        _changed(entry, draft),
    )


def _changed(entry: Entry, draft: Revision) -> list[str]:
    sent = entry.revision
    if sent is None or sent.pk == draft.pk:
        return []
    return [str(part.label) for part in changed_parts(sent, draft)]


def _page(request: HttpRequest, place: Place, form: SendForm, *, key: str, refused: str = "") -> HttpResponse:
    ticked = request.POST.getlist("entry") if request.method == "POST" else None
    rows = to_send(place, ticked)
    now = timezone.now()
    context: dict[str, Any] = {
        **frame_of(place),
        "rows": rows,
        "form": form,
        "key": key or secrets.token_urlsafe(16),
        "refused": refused,
        "accept_gaps": bool(request.POST.get("accept_gaps")),
        "lacking": any(row.needed for row in rows),
        "may_send": may_submit(actor_of(request), place.campaign, place.unit),
        "who_sends": who_sends(officer_may=place.officer_may_send),
        "deadline": deadline(place.campaign),
        "is_late": place.campaign.is_late(now),
        "is_early": now < place.campaign.window.opens_at,
    }
    return page(request, "intake/send.html", context=context, status=422 if refused or form.errors else 200)
