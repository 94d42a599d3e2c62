"""The page of an entry, and the files that hang on it."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of, page
from sangkien.attachments.models import Attachment
from sangkien.attachments.serving import serve
from sangkien.desk.entry import history, judged, permitted, slips, versions
from sangkien.desk.entry.acts import offered
from sangkien.desk.entry.reading import Sheet, Side, read, side_of
from sangkien.desk.entry.steps import steps
from sangkien.desk.views.finding import entry_of, known
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, Evidence, Return, Submission
from sangkien.papers.models import Paper, PaperFile


@require_safe
@known
def entry(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """One sheet of paper: where it stands, what it says, what was attached, what this person may do now."""
    actor, at = actor_of(request), timezone.now()
    sheet = read(actor, entry_of(request, uid))
    shown = versions.chosen(
        sheet, request.GET.get("ban", ""), request.GET.get("so", ""), compare=_wants_difference(sheet)
    )
    context = {
        "sheet": sheet,
        "entry": sheet.entry,
        "shown": shown,
        "title": shown.revision.title if shown and shown.revision.title else sheet.entry.code,
        "steps": steps(sheet, timezone.localdate(at)),
        "slips": slips.slips(
            sheet,
            may_name_letter=bool(permitted.may_name_letter(actor, sheet.entry)),
            also=judged.slips_of_appraisal(actor, sheet),
        ),
        "history": history.lines(sheet),
        "acts": offered(actor, sheet, at),
        "is_lead": sheet.side is Side.LEAD,
        "is_partner": sheet.side is Side.PARTNER,
    }
    return page(request, "desk/entry.html", context=context)


def _wants_difference(sheet: Sheet) -> bool:
    """Who checks a supplement wants to see what is new, at once."""
    return sheet.side is Side.LEAD and sheet.entry.stage == Stage.SUBMITTED


@require_safe
@known
def evidence(request: HttpRequest, uid: UUID, evidence_uid: UUID) -> HttpResponseBase:
    """A file that proves something, to who may see its entry."""
    rows = Evidence.objects.as_sent().filter(entry=entry_of(request, uid))
    return _file(get_object_or_404(rows.select_related("attachment__blob"), uid=evidence_uid).attachment)


@require_safe
@known
def letter(request: HttpRequest, uid: UUID, sending_uid: UUID) -> HttpResponseBase:
    """The scan of the letter with which it came: for the unit and the lead unit."""
    sending = _sending(request, entry_of(request, uid), sending_uid)
    return _signed(sending.letter)


@require_safe
@known
def signed_request(request: HttpRequest, uid: UUID, return_uid: UUID) -> HttpResponseBase:
    """The official letter that asked for the supplement, as it was issued: for the unit and the lead unit."""
    of = entry_of(request, uid)
    if side_of(actor_of(request), of) is Side.PARTNER:
        raise Http404
    return _signed(get_object_or_404(Return.objects.select_related("letter"), entry=of, uid=return_uid).letter)


def _signed(letter: Paper | None) -> HttpResponseBase:
    """The first file of a paper. Raises ``Http404`` without one."""
    files = PaperFile.objects.filter(paper=letter).exclude(paper=None).select_related("attachment__blob")
    first = files.order_by("pk").first()
    if first is None:
        raise Http404
    return _file(first.attachment)


@require_safe
@known
def report(request: HttpRequest, uid: UUID, sending_uid: UUID) -> HttpResponseBase:
    """The report file from which it was entered, as it came."""
    sending = _sending(request, entry_of(request, uid), sending_uid)
    if sending.file is None:
        raise Http404
    return _file(sending.file)


def _sending(request: HttpRequest, of: Entry, sending_uid: UUID) -> Submission:
    if side_of(actor_of(request), of) is Side.PARTNER:
        raise Http404
    rows = Submission.objects.filter(items__entry=of).select_related("letter", "file__blob")
    return get_object_or_404(rows, uid=sending_uid)


def _file(attachment: Attachment) -> HttpResponseBase:
    """Shown by the browser where it is a picture or a PDF, else downloaded; never run."""
    try:
        return serve(attachment, inline=True)
    except FileNotFoundError as lost:
        raise Http404 from lost
