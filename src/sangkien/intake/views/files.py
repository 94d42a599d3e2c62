"""Evidence of an entry: taken, told apart by content, given only to who may see the entry."""

from http import HTTPStatus
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.attachments import keeping
from sangkien.attachments.refusal import Refused as FileRefused
from sangkien.attachments.serving import serve
from sangkien.intake.actions import drafting
from sangkien.intake.completeness import asked_by, completeness
from sangkien.intake.models import Entry, Evidence
from sangkien.intake.views import shown
from sangkien.intake.views.common import entry_of, for_the_unit, signature_on


@require_POST
@for_the_unit
def evidence(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One file at a time, sent by the script of the page while the text goes its own way."""
    entry = entry_of(actor_of(request), uid, Permission.DRAFT)
    wrong = take(request, entry)
    if wrong:
        return JsonResponse({"sentence": " ".join(wrong)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    rows, draft = shown.evidence(entry), drafting.draft_of(entry)
    if draft is None:
        raise Http404
    missing = shown.gaps(completeness(draft, asked_by(entry.campaign)))
    ours = any(row.added_at == draft.edited_at for row in rows)  # then only this file lies between the two versions
    return JsonResponse(
        {
            "list": render_to_string("intake/evidence_list.html", {"evidence": rows, "may_edit": True}, request),
            "gaps": render_to_string("intake/gaps.html", {"gaps": missing}, request),
            "was": draft.edit_version - ours,
            "edit_version": draft.edit_version,
        }
    )


def take(request: HttpRequest, entry: Entry) -> list[str]:
    """Keep each file that came; the sentences about those that were not taken."""
    wrong, given = [], request.FILES.getlist("files")
    if not given:
        return [_("Chưa có tệp nào được chọn. Bạn chọn tệp rồi bấm lại.")]
    for file in given:
        try:
            _keep(request, entry, file)
        except (Refused, FileRefused) as refusal:
            wrong.append(str(refusal))
    return wrong


def _keep(request: HttpRequest, entry: Entry, file: "UploadedFile[bytes]") -> None:
    by, at = signature_on(request, entry), timezone.now()
    received = keeping.receive(file, file.name or "", by=by, at=at)
    drafting.add_evidence(entry, received, caption=request.POST.get("caption", ""), by=by, at=at)


def caption(request: HttpRequest, entry: Entry, uid: str) -> str:
    """Other words beside a file, as the page sent them; answers the refusal, or nothing."""
    row, words = _evidence(entry, uid), request.POST.get(f"caption:{uid}", "")
    try:
        drafting.caption_evidence(row, caption=words, by=signature_on(request, entry), at=timezone.now())
    except Refused as refusal:
        return str(refusal)
    return ""


def _evidence(entry: Entry, uid: str) -> Evidence:
    """Raises ``Http404`` for what is no file of this entry."""
    try:
        return get_object_or_404(Evidence.objects.select_related("entry__campaign"), entry=entry, uid=UUID(uid))
    except ValueError:
        raise Http404 from None


def remove(request: HttpRequest, entry: Entry, uid: str) -> None:
    """Out of the list; the file itself stays, as all files do."""
    row = _evidence(entry, uid)
    try:
        drafting.remove_evidence(row, by=signature_on(request, entry), at=timezone.now())
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")


@require_safe
@for_the_unit
def evidence_file(request: HttpRequest, uid: UUID) -> FileResponse:
    """As a download; never shown as a page of ours."""
    seen = Entry.objects.visible_to(actor_of(request))  # the lead unit and who did it together open it too
    row = get_object_or_404(Evidence.objects.select_related("attachment__blob"), uid=uid, entry__in=seen)
    try:
        return serve(row.attachment)
    except FileNotFoundError:
        raise Http404 from None
