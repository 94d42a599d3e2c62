"""The papers of an entry as files, made anew each time: nothing of them is kept."""

from io import BytesIO
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of
from sangkien.desk.entry.reading import Side, side_of
from sangkien.desk.views.finding import entry_of, known
from sangkien.documents.docx import write_docx
from sangkien.intake import papers
from sangkien.intake.models import Return

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@known
def request_for_supplement(request: HttpRequest, uid: UUID, return_uid: UUID) -> HttpResponseBase:
    """The official letter that asks for the supplement, with room for number and signature; for both sides."""
    entry = entry_of(request, uid)
    if side_of(actor_of(request), entry) is Side.PARTNER:
        raise Http404
    rows = Return.objects.filter(entry=entry).select_related("revision").prefetch_related("gaps")
    back = get_object_or_404(rows, uid=return_uid)
    back.entry = entry
    letter = papers.request_for_supplement([back], on=timezone.localdate(back.returned_at))
    content = BytesIO()
    write_docx(letter, content)
    response = HttpResponse(content.getvalue(), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="de-nghi-bo-sung-{entry.code}.docx"'
    response["Cache-Control"] = "private, no-store"
    return response
