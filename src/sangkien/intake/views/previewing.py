"""On paper before anything is sent: the letter and its forms as they will be, to read and to take along; and slips."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of, page
from sangkien.accounts.roles import Permission
from sangkien.campaigns.models import Form, FormKind
from sangkien.campaigns.pages import day_of
from sangkien.campaigns.unit_forms import docx_of, name_of
from sangkien.campaigns.writing.told import tell
from sangkien.documents.blocks import Paper
from sangkien.documents.docx import write_docx
from sangkien.documents.pdf import write_pdf
from sangkien.intake import papers
from sangkien.intake.models import Entry
from sangkien.intake.views.common import Place, for_the_unit, frame_of, place_of
from sangkien.intake.views.receipts import receipt_of
from sangkien.intake.views.sending import to_send
from sangkien.ledger.models import Head
from sangkien.ledger.verifying import Anchor
from sangkien.papers.names import printed_name
from sangkien.vietnamese import slug

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KINDS = {"docx": _DOCX, "pdf": "application/pdf"}


@require_safe
@for_the_unit
def preview(request: HttpRequest, campaign: UUID, unit: UUID) -> HttpResponse:
    """The table of the report on a sheet of paper, and the same as files."""
    place = place_of(actor_of(request), campaign, unit, Permission.DRAFT)
    entries = _entries(place)
    rows = list(papers.form_rows(place.campaign, entries, timezone.localdate(), unit=_named(place)))
    columns = (_("Đơn vị thực hiện"), _("Tên giải pháp"), _("Lĩnh vực"), _("Mô tả"), _("Ghi chú"))
    context = {
        **frame_of(place),
        "sheets": [[(name, text) for name, text in zip(columns, row[1:], strict=True) if text] for row in rows],
        "entries": entries,
        "printed": _named(place),
    }
    return page(request, "intake/preview.html", context=context)


@require_safe
@for_the_unit
def preview_file(request: HttpRequest, campaign: UUID, unit: UUID, form: str) -> HttpResponse:
    """Letter and forms, in Word to correct or as PDF to read."""
    place = place_of(actor_of(request), campaign, unit, Permission.DRAFT)
    entries = _entries(place)
    if form not in _KINDS or not entries:
        raise Http404
    paper = papers.unit_report(place.campaign, place.unit, entries, on=timezone.localdate())
    return _download(paper, f"bao-cao-{slug(place.unit_name, 60)}-{place.campaign.year}", form)


def _entries(place: Place) -> Sequence[Entry]:
    """What waits to be sent, each with its draft as its text; where nothing waits, what was sent."""
    rows = to_send(place)
    for row in rows:
        row.entry.revision = row.draft
    if rows:
        return [row.entry for row in rows]
    sent = Entry.objects.sent().filter(campaign=place.campaign, implementer=place.unit)
    return list(sent.select_related("revision").order_by("pk"))


def _named(place: Place) -> str:
    return printed_name(place.participant.unit_version)


@require_safe
@for_the_unit
def slip(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The receipt as a paper of the lead unit."""
    receipt = receipt_of(request, uid)
    head = Head.objects.first()
    anchor = Anchor(head.seq, head.hash) if head is not None and head.seq else None
    return _download(papers.receipt_slip(receipt, anchor), f"giay-nhan-{receipt}", "pdf")


@require_safe
@for_the_unit
def word_form(request: HttpRequest, campaign: UUID, unit: UUID, number: int) -> HttpResponse:
    """The form of the plan with the unit's name filled in; it reads back whole when it is dropped here."""
    place = place_of(actor_of(request), campaign, unit)
    forms = Form.objects.filter(campaign=place.campaign, number=number).exclude(kind=FormKind.NOMINATION)
    form = forms.select_related("template__blob", "campaign").prefetch_related("columns").first()
    if form is None:
        raise Http404
    version = place.participant.unit_version
    content = docx_of(form, tell(place.campaign, day_of(place.campaign, actor_of(request))), version)
    return _answer(content, name_of(form, version), _DOCX)


def _download(paper: Paper, name: str, form: str) -> HttpResponse:
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR, prefix="xem-truoc-") as folder:
        target = Path(folder) / f"{name}.{form}"
        if form == "docx":
            write_docx(paper, target)
        else:
            target = write_pdf(paper, target)[0]  # a unit's report never fills a volume
        return _answer(target.read_bytes(), f"{name}.{form}", _KINDS[form])


def _answer(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
