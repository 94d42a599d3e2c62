"""Files that a judge may open."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import signed_in
from sangkien.appraisal.judging import document as reading_of
from sangkien.appraisal.judging.criteria import asked_by
from sangkien.appraisal.models import Reading
from sangkien.appraisal.reading import evidence_of
from sangkien.appraisal.views.judging.common import reading_at
from sangkien.attachments.models import Attachment
from sangkien.attachments.serving import serve


@require_safe
@signed_in
def evidence(request: HttpRequest, uid: UUID, evidence_uid: UUID) -> HttpResponseBase:
    """A file that proves something; none where names are not read, because files carry names."""
    reading = _read_with_names(request, uid)
    row = next((each for each in evidence_of(reading.entry) if each.uid == evidence_uid), None)
    if row is None:
        raise Http404
    return _file(row.attachment)


@require_safe
@signed_in
def original(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The file with which the text came, as it came; none where names are not read."""
    reading = _read_with_names(request, uid)
    item = reading_of.original_of(reading, reading.entry.revision) if reading.entry.revision else None
    if item is None or item.submission.file is None:
        raise Http404
    return _file(item.submission.file)


def _read_with_names(request: HttpRequest, uid: UUID) -> Reading:
    reading = reading_at(request, uid)
    asked = asked_by(reading.member.panel.campaign)
    if asked is None or asked.row.blind_names:
        raise Http404
    return reading


def _file(attachment: Attachment) -> HttpResponseBase:
    try:
        return serve(attachment, inline=True)
    except FileNotFoundError as lost:
        raise Http404 from lost
