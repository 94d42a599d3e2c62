"""The draft: one page that saves itself, and what happens when two people write at once."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sangkien import ui
from sangkien.accounts.pages import actor_of, page
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.initiatives.models import Revision
from sangkien.initiatives.telling import EditConflict
from sangkien.intake.actions import drafting
from sangkien.intake.completeness import asked_by, completeness
from sangkien.intake.models import Entry
from sangkien.intake.views import conflict, files, shown
from sangkien.intake.views.common import (
    contacts,
    deadline,
    draft_shown,
    entry_of,
    for_the_unit,
    frame_of,
    place_among,
    place_of_entry,
    recording_url,
    signature_on,
    word_links,
)
from sangkien.intake.views.saving import Sent, asked_beside, save, sent

_REMOVE, _CAPTION = "remove:", "caption:"


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_unit
def draft(request: HttpRequest, uid: UUID) -> HttpResponse:
    """GET shows, POST saves: by itself (answered in a few words for the script), or by the button."""
    entry = entry_of(actor_of(request), uid, Permission.DRAFT)
    revision = draft_shown(entry)
    if revision is None:
        return _no_draft(request, entry)
    if request.method == "POST":
        return _save(request, entry, revision)
    return _page(request, entry, revision)


def _no_draft(request: HttpRequest, entry: Entry) -> HttpResponse:
    """A page left open somewhere while the report was sent elsewhere."""
    if request.method == "POST":
        ui.tell(
            request,
            _("Bản nháp này không còn nữa nên chưa lưu được."),
            _("Giải pháp đã được gửi hoặc xử lý ở nơi khác. Bạn xem lại ở đây."),
            tone="late",
        )
        if request.headers.get("X-Draft"):
            return HttpResponse(status=HTTPStatus.GONE)
    return ui.redirect(request, "intake:entry", entry.uid)


def _save(request: HttpRequest, entry: Entry, revision: Revision) -> HttpResponse:
    offered = shown.choices(entry)
    given = sent(entry, request.POST, offered)
    quietly = bool(request.headers.get("X-Draft"))
    try:
        saved = save(entry, given, by=signature_on(request, entry), at=timezone.now())
    except EditConflict as clash:
        if quietly:
            return HttpResponse(status=HTTPStatus.CONFLICT)
        return _conflict(request, entry, clash.revision)
    except Refused as refusal:
        if quietly:
            return JsonResponse({"sentence": str(refusal)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return _page(request, entry, revision, given, refused=str(refusal))
    if quietly:
        return _few_words(request, entry, saved, given)
    return _saved(request, entry, saved, given)


def _few_words(request: HttpRequest, entry: Entry, saved: Revision, given: Sent) -> HttpResponse:
    missing = shown.gaps(completeness(saved, asked_by(entry.campaign)))
    sentence = _("Tự lưu lúc %s.") % _clock(saved)
    if given.wrong:
        sentence = _("Còn chỗ chưa lưu được, xem dấu đỏ. Các phần khác tự lưu lúc %s.") % _clock(saved)
    return JsonResponse(
        {
            "edit_version": saved.edit_version,
            "sentence": sentence,
            "gaps": render_to_string("intake/gaps.html", {"gaps": missing}, request),
            "wrong": given.wrong,
        }
    )


def _saved(request: HttpRequest, entry: Entry, saved: Revision, given: Sent) -> HttpResponse:
    """By a button of the page: files come along, one goes, or one is told in other words."""
    act = request.POST.get("act", "")
    wrong: list[str] = []
    if act.startswith(_REMOVE):
        files.remove(request, entry, act.removeprefix(_REMOVE))
    if act.startswith(_CAPTION):
        wrong = list(filter(None, [files.caption(request, entry, act.removeprefix(_CAPTION))]))
    if request.FILES:
        wrong += files.take(request, entry)
    if given.wrong or wrong:
        fresh = drafting.draft_of(entry) or saved
        return _page(request, entry, fresh, given if given.wrong else None, files_wrong=wrong)
    ui.tell(request, _("Đã lưu bản nháp."))
    return ui.redirect(request, "intake:draft", entry.uid)


def _page(
    request: HttpRequest,
    entry: Entry,
    revision: Revision,
    given: Sent | None = None,
    *,
    refused: str = "",
    files_wrong: list[str] | None = None,
) -> HttpResponse:
    beside = asked_beside(entry)
    place = place_among(beside, entry)
    context = shown.context(entry, revision, given, shown.choices(entry), beside) | frame_of(place)
    context |= {
        "deadline": deadline(place.campaign),
        "contacts": contacts(place.campaign),
        "word": word_links(place),
        "refused": refused,
        "files_wrong": files_wrong or [],
        "caption": request.POST.get("caption", "") if files_wrong else "",
        "recording_url": recording_url(actor_of(request), entry),
        "saved_sentence": _("Lưu lần cuối lúc %s.") % _clock(revision),
        "may_discard": entry.submitted_at is None or revision.pk != entry.revision_id,
    }
    wrong = bool(refused or files_wrong or (given and given.wrong))
    return page(request, "intake/draft.html", context=context, status=422 if wrong else 200)


def _clock(revision: Revision) -> str:
    at = timezone.localtime(revision.edited_at)
    same_day = at.date() == timezone.localdate()
    return date_format(at, "H:i") if same_day else date_format(at, "H:i, d/m/Y")


def _conflict(request: HttpRequest, entry: Entry, theirs: Revision, *, unchosen: bool = False) -> HttpResponse:
    questions = conflict.questions(entry, request.POST, theirs, shown.choices(entry))
    at = timezone.localtime(theirs.edited_at)
    context: Mapping[str, Any] = {
        **frame_of(place_of_entry(entry)),
        "entry": entry,
        "questions": questions,
        "mine": conflict.kept(request.POST),
        "edit_version": theirs.edit_version,
        "at": date_format(at, "H:i"),
        "unchosen": unchosen,
    }
    return page(request, "intake/conflict.html", context=context, status=HTTPStatus.CONFLICT)


@require_POST
@for_the_unit
def settle(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Both texts were seen, one was chosen for each part; nobody is overwritten unseen."""
    entry = entry_of(actor_of(request), uid, Permission.DRAFT)
    revision = draft_shown(entry)
    if revision is None:
        return _no_draft(request, entry)
    offered = shown.choices(entry)
    data = conflict.settled(entry, request.POST, revision, offered)
    if data is None:
        return _conflict(request, entry, revision, unchosen=True)
    given = sent(entry, data, offered)
    try:
        saved = save(entry, given, by=signature_on(request, entry), at=timezone.now())
    except EditConflict as clash:
        return _conflict(request, entry, clash.revision)
    except Refused as refusal:
        return _page(request, entry, revision, given, refused=str(refusal))
    if given.wrong:
        return _page(request, entry, saved, given)
    ui.tell(request, _("Đã lưu bản nháp với các phần bạn chọn giữ."))
    return ui.redirect(request, "intake:draft", entry.uid)
