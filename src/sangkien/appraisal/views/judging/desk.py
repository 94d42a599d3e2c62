"""The desk of a judge: what waits, the text, the sheet beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.accounts.verdict import Verdict
from sangkien.appraisal.actions.judging import sheets
from sangkien.appraisal.judging import document as reading_of
from sangkien.appraisal.judging.criteria import Asked, asked_by
from sangkien.appraisal.judging.queue import Queue, queues
from sangkien.appraisal.judging.seats import results_closed, seats_of
from sangkien.appraisal.judging.told import SheetTold, filled_by, gaps, told_by, told_in, total
from sangkien.appraisal.models import Reading, ScoreSheet
from sangkien.appraisal.rules.judging import may_score
from sangkien.appraisal.views.judging.common import reading_at, signature
from sangkien.campaigns.sheet import Filled, read, sheet_groups
from sangkien.scoring.wording import points

_SHOWN = 20  # in the queue beside the text; all of them stand on the page of the list
_QUIET = "X-Draft"


@dataclass(frozen=True)
class Desk:
    """One reading as its page needs it. ``sheet``: draft or handed in; ``verdict``: whether it may be scored now."""

    reading: Reading
    asked: Asked | None
    sheet: ScoreSheet | None
    verdict: Verdict

    @property
    def is_blind(self) -> bool:
        return self.asked is not None and self.asked.row.blind_names

    @property
    def is_filed(self) -> bool:
        return self.sheet is not None and self.sheet.filed_at is not None

    @property
    def edit_version(self) -> int:
        return self.sheet.edit_version if self.sheet else 0


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """All that I read, per panel."""
    actor = actor_of(request)
    shown = []
    for seat in seats_of(actor):
        asked = asked_by(seat.panel.campaign)
        found = queues(actor, asked.row if asked else None, of=seat)
        shown.append({"seat": seat, "asked": asked, "queue": found[0] if found else None})
    return page(request, "appraisal/judging/mine.html", context={"seats": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def desk(request: HttpRequest, uid: UUID) -> HttpResponse:
    """GET shows, POST saves by itself, by the button, or hands in."""
    here = _desk(request, uid)
    if request.method == "POST":
        return _written(request, here)
    return _page(request, here)


def _desk(request: HttpRequest, uid: UUID) -> Desk:
    reading = reading_at(request, uid)
    campaign = reading.member.panel.campaign
    asked = asked_by(campaign)
    sheet = sheets.standing_sheet(reading, asked) if asked else None
    verdict = may_score(actor_of(request), reading, closed=results_closed(campaign))
    return Desk(reading, asked, sheet, verdict)


# -- writing


def _written(request: HttpRequest, here: Desk) -> HttpResponse:
    if here.asked is None or not here.verdict:
        sentence = here.verdict.reason or _("Đợt này chưa có bộ tiêu chí nào được ban hành nên chưa chấm được.")
        return _refused(request, here, sentence)
    told = told_in(here.asked, request.POST)
    version = _version(request)
    try:
        match request.POST.get("act", ""):
            case "file":
                return _filed(request, here, told, version)
            case "correct":
                return _corrected(request, here, told, version)
            case _:
                return _saved(request, here, told, version)
    except sheets.SheetConflict as clash:
        return _conflict(request, here, told, clash.sheet)
    except sheets.Unfinished as unfinished:
        return _unfinished(request, here, unfinished)
    except Refused as refusal:
        return _refused(request, here, str(refusal))


def _version(request: HttpRequest) -> int:
    told = request.POST.get("edit_version", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0


def _saved(request: HttpRequest, here: Desk, told: SheetTold, version: int) -> HttpResponse:
    by = signature(request, here.reading)
    sheet, wrong = sheets.save(here.reading, told=told, edit_version=version, by=by, at=timezone.now())
    if request.headers.get(_QUIET):
        sentence = _("Tự lưu lúc %s.") % clock(sheet)
        if wrong:
            sentence = _("Còn chỗ chưa lưu được, xem dấu đỏ. Các phần khác tự lưu lúc %s.") % clock(sheet)
        ids = {_control(code, here): problem for code, problem in wrong.items()}
        return JsonResponse({"edit_version": sheet.edit_version, "sentence": sentence, "gaps": "", "wrong": ids})
    if wrong:
        return _page(request, _again(here), _filled(request, here, wrong), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    ui.tell(request, _("Đã lưu phiếu đang chấm."))
    return ui.redirect(request, "appraisal:judge", here.reading.uid)


def _control(code: str, here: Desk) -> str:
    """The control beside which the sentence stands."""
    typed = here.asked is not None and here.asked.by_code[code].kind in ("number", "banded")
    return f"mark-{code}" if typed else f"comment-{code}"


def _filed(request: HttpRequest, here: Desk, told: SheetTold, version: int) -> HttpResponse:
    by = signature(request, here.reading)
    sheets.file(here.reading, told=told, edit_version=version, by=by, at=timezone.now())
    return _next(request, here, _("Đã nộp phiếu chấm “%s”."))


def _corrected(request: HttpRequest, here: Desk, told: SheetTold, version: int) -> HttpResponse:
    by, reason = signature(request, here.reading), request.POST.get("reason", "")
    sheets.correct(here.reading, told=told, reason=reason, edit_version=version, by=by, at=timezone.now())
    ui.tell(request, _("Đã nộp phiếu mới thay phiếu cũ. Phiếu cũ được giữ lại cùng lý do."))
    return ui.redirect(request, "appraisal:judge", here.reading.uid)


def _next(request: HttpRequest, here: Desk, sentence: str) -> HttpResponse:
    queue = _queue(request, here)
    said = sentence % _title(here)
    left = len([each for each in queue.waiting if each.reading.pk != here.reading.pk]) if queue else 0
    to = queue.after(here.reading) if queue else None
    if to is None:
        ui.tell(request, said, _("Bạn đã chấm hết phần của mình. Cảm ơn bạn."))
        return ui.redirect(request, "appraisal:judging")
    ui.tell(request, said, _("Còn %d hồ sơ.") % left)
    return ui.redirect(request, "appraisal:judge", to.uid)


def _title(here: Desk) -> str:
    reading, revision = here.reading, here.reading.entry.revision
    mask = reading_of.mask_of([(reading, revision)])[reading.pk] if here.is_blind and revision else None
    return reading_of.title_of(reading, mask)


def _conflict(request: HttpRequest, here: Desk, told: SheetTold, theirs: ScoreSheet) -> HttpResponse:
    """The same sheet in two windows: both are shown, the next press decides."""
    if request.headers.get(_QUIET):
        return HttpResponse(status=HTTPStatus.CONFLICT)
    now = Desk(here.reading, here.asked, theirs, here.verdict)
    stored = told_by(theirs)
    other = {
        code: each
        for code, each in stored.marks.items()
        if each.value != (told.marks[code].value if code in told.marks else None)
    }
    filled = _filled(request, here, {})
    return _page(request, now, filled, status=HTTPStatus.CONFLICT, other=_said(here, other), typed=told)


def _said(here: Desk, marks: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(criterion, the mark that was saved elsewhere)."""
    names = {each.code: each.name for each in here.asked.shape.criteria} if here.asked else {}
    shown = []
    for code, each in marks.items():
        value = points(each.value) if each.value is not None else each.missing_reason
        shown.append((names.get(code, code), value))
    return shown


def _unfinished(request: HttpRequest, here: Desk, unfinished: sheets.Unfinished) -> HttpResponse:
    filled = _filled(request, here, unfinished.wrong)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(request, _again(here), filled, status=status, refused=str(unfinished))


def _refused(request: HttpRequest, here: Desk, sentence: str) -> HttpResponse:
    if request.headers.get(_QUIET):
        return JsonResponse({"sentence": sentence}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    filled = _filled(request, here, {}) if here.asked else None
    return _page(request, _again(here), filled, status=HTTPStatus.UNPROCESSABLE_ENTITY, refused=sentence)


def _again(here: Desk) -> Desk:
    """As it stands after the refusal: what could be stored is stored."""
    sheet = sheets.standing_sheet(here.reading, here.asked) if here.asked else None
    return Desk(here.reading, here.asked, sheet, here.verdict)


def _filled(request: HttpRequest, here: Desk, wrong: Mapping[str, str]) -> Filled:
    """As it was typed, with the sentences beside it."""
    if here.asked is None:
        return Filled()
    filled = read(here.asked.shape, request.POST, whole=False)
    filled.errors.update(wrong)
    return filled


# -- showing


def _queue(request: HttpRequest, here: Desk) -> Queue | None:
    found = queues(actor_of(request), here.asked.row if here.asked else None, of=here.reading.member)
    return found[0] if found else None


def _page(
    request: HttpRequest, here: Desk, filled: Filled | None = None, *, status: int = 200, refused: str = "",
    other: list[tuple[str, str]] | None = None, typed: SheetTold | None = None,
) -> HttpResponse:  # fmt: skip
    reading, sheet, queue = here.reading, here.sheet, _queue(request, here)
    revision = sheet.revision if sheet else reading.entry.revision
    if revision is None:
        raise Http404
    told = told_by(sheet)
    posted = request.method == "POST"
    correcting = here.is_filed and bool(here.verdict) and (posted or "sua" in request.GET)
    context: dict[str, Any] = {
        "here": here,
        "reading": reading,
        "panel": reading.member.panel,
        "document": reading_of.document(
            reading,
            revision,
            vars(reading)["unit_name"] or "",
            blind=here.is_blind,
            mask=queue.masks.get(reading.pk) if queue and revision.pk == reading.entry.revision_id else None,
        ),
        "queue": queue,
        "waiting": _beside(queue, reading),
        "more": max(0, len(queue.waiting) - _SHOWN) if queue else 0,
        "sheet": sheet,
        "edit_version": here.edit_version,
        "saved_sentence": _("Lưu lần cuối lúc %s.") % clock(sheet) if sheet else "",
        "correcting": correcting,
        "after": queue.after(reading) if queue else None,
        "refused": refused,
        "other": other,
        "reason": request.POST.get("reason", ""),
        "comment": request.POST.get("comment", "") if posted else told.comment,
        "private_note": request.POST.get("private_note", "") if posted else told.private_note,
    }
    if here.asked is not None:
        told = typed or (told_in(here.asked, request.POST) if posted else told)
        context |= _sheet_shown(here.asked, told, filled)
    return page(request, "appraisal/judging/desk.html", context=context, status=status)


def _sheet_shown(asked: Asked, told: SheetTold, filled: Filled | None) -> dict[str, Any]:
    left = sum(not told.marks[each].is_told if each in told.marks else True for each in asked.by_code)
    most = sum((each.max * each.weight for each in asked.shape.criteria), start=type(total(asked, told))(0))
    return {
        "groups": sheet_groups(asked.shape, filled or filled_by(asked, told)),
        "total": points(total(asked, told)),
        "most": points(most),
        "left": left,
        "is_whole": not gaps(asked, told),
        "adds_up": any(each.kind != "yes_no" for each in asked.shape.criteria),
    }


def _beside(queue: Queue | None, reading: Reading) -> list[Any]:
    """The one at hand first where it waits no more, then what is read next."""
    if queue is None:
        return []
    shown = list(queue.waiting[:_SHOWN])
    if all(each.reading.pk != reading.pk for each in shown):
        rest = [*queue.waiting[_SHOWN:], *queue.done]
        shown = [*(each for each in rest if each.reading.pk == reading.pk), *shown]
    return shown


def clock(sheet: ScoreSheet) -> str:
    """When it was saved last: the hour, with the day where that was not today."""
    at = timezone.localtime(sheet.edited_at)
    return date_format(at, "H:i") if at.date() == timezone.localdate() else date_format(at, "H:i, d/m/Y")
