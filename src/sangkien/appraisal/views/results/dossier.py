"""All slips of one entry as one file, for who looks after the results."""

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import found, signed_in
from sangkien.appraisal.papers.dossier import dossier as written
from sangkien.appraisal.reckoning.slips import slips
from sangkien.appraisal.rules.results import may_see_severity
from sangkien.appraisal.views.results.asked import asked
from sangkien.documents.blocks import Paper
from sangkien.documents.docx import write_docx
from sangkien.documents.pdf import write_pdf

_MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_safe
@signed_in
def dossier(request: HttpRequest, uid: UUID, code: str, form: str) -> HttpResponse:
    """Made anew each time, of what this reader may know; judges by name for who may know how severe each was."""
    told = asked(request, uid)
    found(told.verdict)
    if told.criteria is None or form not in _MEDIA_TYPES:
        raise Http404
    outcome = told.outcome()
    if code not in outcome.gathered.entries:
        raise Http404
    now = timezone.now()
    on = timezone.localdate(now)
    names_judges = bool(may_see_severity(told.actor, told.campaign))
    gathered = slips(outcome, code, actor=told.actor, on=on, names_judges=names_judges)
    paper = written(gathered, issuer=told.campaign.lead_unit, on=on, made_at=now)
    answer = HttpResponse(_docx(paper) if form == "docx" else _pdf(paper), content_type=_MEDIA_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="ho-so-tham-dinh-{code}.{form}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _docx(paper: Paper) -> bytes:
    target = BytesIO()
    write_docx(paper, target)
    return target.getvalue()


def _pdf(paper: Paper) -> bytes:
    """One volume: only tables of thousands of rows make more."""
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR, prefix="ho-so-") as folder:
        return write_pdf(paper, Path(folder) / "ho-so.pdf")[0].read_bytes()
