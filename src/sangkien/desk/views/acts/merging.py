"""Two reports of one thing: choose the one that stays, see what happens, then merge; and undo."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sangkien import ui
from sangkien.accounts.pages import actor_of, found
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.desk import places
from sangkien.desk.entry.merging import candidates, joined, of_the_field
from sangkien.desk.entry.reading import named
from sangkien.desk.views.acting import asked, done_at_once, signature, too_late
from sangkien.desk.views.finding import entry_of, known
from sangkien.intake import rules
from sangkien.intake.actions import merging
from sangkien.intake.models import Entry
from sangkien.vietnamese import clean

_LONGEST: Final = 200


@require_http_methods(["GET", "HEAD", "POST"])
@known
def merge(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Search, choose (``vao``), preview; POST merges into the chosen one."""
    entry, actor = entry_of(request, uid), actor_of(request)
    found(rules.in_lead(actor, Permission.MERGE, entry.campaign))
    verdict = rules.may_merge(actor, entry)
    if not verdict:
        return too_late(request, entry, verdict)
    into = _chosen(request, entry, request.POST.get("vao") or request.GET.get("vao", ""))
    refused = ""
    if request.method == "POST" and into is not None:
        try:
            merging.merge(entry, into=into, by=signature(request, entry.campaign), at=timezone.now())
        except Refused as refusal:
            refused = str(refusal)
        else:
            _told(request, entry, into)
            return ui.redirect(request, places.entry(entry.uid))
    words = clean(request.GET.get("q", ""))[:_LONGEST]
    choice: dict[str, object] = {
        "into": into,
        "refused": refused,
        "words": words,
        "wanted": bool(request.GET.get("vao")) and into is None,
    }
    choice |= {"joined": joined(entry, into)} if into else _candidates(request, entry, words)
    return asked(request, "desk/merge.html", entry, choice, wrong=bool(refused))


def _chosen(request: HttpRequest, entry: Entry, wanted: str) -> Entry | None:
    """Another entry of the same campaign that this person may see."""
    try:
        uid = UUID(wanted)
    except ValueError:
        return None
    same = named(Entry.objects.visible_to(actor_of(request))).filter(campaign=entry.campaign_id)
    return same.exclude(pk=entry.pk).filter(uid=uid).first()


def _candidates(request: HttpRequest, entry: Entry, words: str) -> dict[str, object]:
    found = candidates(actor_of(request), entry, words)
    if found or words:
        return {"candidates": found}
    return {"candidates": of_the_field(actor_of(request), entry), "by_field": True}


def _told(request: HttpRequest, entry: Entry, into: Entry) -> None:
    ui.tell(
        request,
        _("Đã gộp vào giải pháp mã %s.") % into.code,
        _("Đơn vị nộp bản này được giữ là đơn vị cùng thực hiện."),
        undo=places.act("merge_undone", entry.uid),
        undo_label=_("Tách ra"),
    )


@require_POST
@known
def merge_undone(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """It was no duplicate: as it was before."""
    entry = entry_of(request, uid)
    found(rules.in_lead(actor_of(request), Permission.MERGE, entry.campaign))
    by = signature(request, entry.campaign)
    return done_at_once(
        request, entry, lambda: merging.unmerge(entry, by=by, at=timezone.now()),
        _("Đã tách ra."), _("Giải pháp chờ kiểm tra như trước."),
    )  # fmt: skip
