"""One file: what was read, the original, and confirming."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, page
from sangkien.accounts.refusal import Refused
from sangkien.attachments.serving import serve
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign
from sangkien.importing import actions, queueing
from sangkien.importing.forms import ArrivalForm
from sangkien.importing.listing import lines
from sangkien.importing.models import Decision, FileState, ImportedFile, ImportedRow
from sangkien.importing.rules import may_import
from sangkien.importing.told import Standing
from sangkien.importing.views.common import Desk, file_of, token_of
from sangkien.intake import paths
from sangkien.intake.models import Channel, Entry, Submission
from sangkien.intake.views.common import for_the_unit
from sangkien.units.queries import names_on

_ROWS_A_PAGE = 100
LONGEST_TEXT = 200_000  # characters of an original that one page shows


@require_safe
@for_the_unit
def file(request: HttpRequest, uid: UUID) -> HttpResponse:
    desk, found = file_of(request, uid)
    return _page(request, desk, found, _form(found))


@require_safe
@for_the_unit
def original(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The file as it came, for ever."""
    _desk, found = file_of(request, uid)
    if found.attachment is None:
        raise Http404
    return serve(found.attachment)


@require_safe
@for_the_unit
def origin(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The file from which an entry was read, for whoever may see the entry, for as long as there is the entry."""
    seen = Entry.objects.visible_to(actor_of(request)).select_related("revision__read_from__blob")
    entry = get_object_or_404(seen, uid=uid)
    if entry.revision is None or entry.revision.read_from is None:
        raise Http404
    return serve(entry.revision.read_from)


@require_safe
@for_the_unit
def mail(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The mail that brought the file."""
    _desk, found = file_of(request, uid)
    if found.batch.mail is None:
        raise Http404
    return serve(found.batch.mail)


@require_POST
@for_the_unit
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The ticked solutions become drafts of the unit, or are recorded as they arrived."""
    desk, found = file_of(request, uid)
    numbers = _numbers(request)
    at = timezone.now()
    form = ArrivalForm(request.POST, request.FILES) if desk.is_lead else None
    try:
        desk.refuse()
        if form is None:
            made = actions.confirm_as_drafts(found, numbers, by=desk.signature, at=at)
            ui.tell(
                request, _("Đã thêm %(n)s bản nháp.") % {"n": len(made)},
                _("Chưa có gì được gửi. Bạn xem lại từng bản rồi gửi ở trang của đơn vị."),
            )  # fmt: skip
        elif not form.is_valid():
            return _page(request, desk, found, form, chosen=numbers, status=422)
        else:
            receipts = actions.record_arrived(
                found, numbers, arrived_at=form.arrived_at(), channel=Channel(form.cleaned_data["channel"]),
                letter=form.letter(), by=desk.signature, at=at, token=token_of(request),
            )  # fmt: skip
            given = ", ".join(str(each) for each in receipts)
            ui.tell(request, _("Đã ghi nhận báo cáo đến."), _("Phiếu tiếp nhận số %s.") % given)
    except Refused as refused:
        return _page(request, desk, found, form, refusal=str(refused), chosen=numbers, status=422)
    return ui.redirect(request, "importing:file", found.uid)


@require_POST
@for_the_unit
def leave_out(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The ticked solutions are not taken, with the reason."""
    desk, found = file_of(request, uid)
    try:
        desk.refuse()
        count = actions.leave_out(
            found, _numbers(request), reason=request.POST.get("reason", ""), by=desk.signature, at=timezone.now()
        )
    except Refused as refused:
        ui.tell(request, _("Chưa bỏ được."), str(refused), tone="late")
    else:
        told = _("Đã bỏ %(n)s giải pháp, không lấy từ tệp này.") % {"n": count}
        ui.tell(request, told if count else _("Chưa chọn giải pháp nào chờ xác nhận."), tone="done" if count else "due")
    return ui.redirect(request, "importing:file", found.uid)


@require_POST
@for_the_unit
def move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The mail, or what was handed over together, belongs to another campaign that this person leads too."""
    desk, found = file_of(request, uid)
    others = {str(each.uid): each for each in _other_campaigns(desk)}
    to = others.get(request.POST.get("campaign", ""))
    try:
        desk.refuse()
        if to is None:
            raise Refused(_("Bạn chọn đợt sẽ nhận."))
        queueing.move(found.batch, to=to, by=desk.signature, at=timezone.now())
    except Refused as refused:
        ui.tell(request, _("Chưa chuyển được."), str(refused), tone="late")
    else:
        ui.tell(request, _("Đã chuyển sang đợt “%s”.") % to.title)
    return ui.redirect(request, "importing:file", found.uid)


def _other_campaigns(desk: Desk) -> list[Campaign]:
    """Those running now into whose lead queue this person may bring files. One statement."""
    if not desk.is_lead:
        return []
    seen = Campaign.objects.visible_to(desk.actor).filter(state__in=State.of_the_running())
    rows = seen.exclude(pk=desk.campaign.pk).select_related("lead_unit", "organiser").latest_first()[:50]
    return [each for each in rows if may_import(desk.actor, each, None)]


@require_POST
@for_the_unit
def add_row(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An empty solution beside the original, to be copied into by hand."""
    desk, found = file_of(request, uid)
    try:
        desk.refuse()
        row = actions.add_row(found)
    except Refused as refused:
        ui.tell(request, _("Chưa thêm được."), str(refused), tone="late")
        return ui.redirect(request, "importing:file", found.uid)
    return ui.redirect(request, "importing:row", found.uid, row.number)


def _numbers(request: HttpRequest) -> list[int]:
    sent = request.POST.getlist("so")
    return [int(each[:9]) for each in sent if each.isascii() and each.isdigit()]


def _form(file: ImportedFile) -> ArrivalForm | None:
    """What the mail says stands in the form; of a loose file nothing is known."""
    if file.batch.unit_id is not None:
        return None
    arrived = file.batch.arrived_at
    initial: dict[str, Any] = {}
    if arrived is not None:
        local = timezone.localtime(arrived)
        initial = {"arrived_date": local.date(), "arrived_time": local.time(), "channel": Channel.MAIL.value}
    return ArrivalForm(initial=initial)


def _page(
    request: HttpRequest, desk: Desk, file: ImportedFile, form: ArrivalForm | None, *, refusal: str = "",
    chosen: Sequence[int] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    if form is None:
        form = _form(file)
    start = _start(request)
    rows = ImportedRow.objects.filter(file=file, number__gt=start).select_related("unit", "entry").order_by("number")
    shown = list(rows[: _ROWS_A_PAGE + 1])
    more = shown[_ROWS_A_PAGE - 1].number if len(shown) > _ROWS_A_PAGE else None
    told = [Standing.of(row, asks_unit=desk.is_lead) for row in shown[:_ROWS_A_PAGE]]
    names = names_on({row.unit_id for row in shown if row.unit_id}, desk.campaign.opens_date)
    open_ = [each for each in told if each.row.decision == Decision.OPEN]
    context = {
        **desk.context(),
        "file": file,
        "line": lines([file])[0],
        "rows": [(each, names.get(each.row.unit_id or 0, ""), _is_ticked(each, chosen), _made(each)) for each in told],
        "open_count": len(open_),
        "ready_count": sum(not each.stops for each in open_),
        "more": more,
        "form": form,
        "refusal": refusal or ("" if desk.verdict else desk.verdict.reason),
        "token": request.POST.get("token") or uuid4(),
        "text": file.text[:LONGEST_TEXT],
        "text_is_cut": len(file.text) > LONGEST_TEXT,
        "receipts": _receipts(file) if desk.is_lead else [],
        "elsewhere": _elsewhere(desk, file),
        "other_campaigns": _other_campaigns(desk) if desk.verdict else [],
        "is_half_read": file.state == FileState.READ,
    }
    return page(request, "importing/file.html", context=context, status=status)


def _start(request: HttpRequest) -> int:
    after = request.GET.get("sau", "")
    return int(after[:9]) if after.isascii() and after.isdigit() else 0


def _is_ticked(standing: Standing, chosen: Sequence[int] | None) -> bool:
    """Ready ones at first; what was ticked when the page comes back."""
    return not standing.stops if chosen is None else standing.row.number in chosen


def _made(standing: Standing) -> str:
    """The page of the entry that it became."""
    entry = standing.row.entry
    return paths.of_entry(entry.uid) if entry is not None else ""


def _receipts(file: ImportedFile) -> list[tuple[str, str]]:
    """What the lead unit has recorded from this file: receipt and its page. One statement."""
    if file.attachment is None:
        return []
    sent = Submission.objects.filter(campaign=file.campaign, file=file.attachment).select_related("receipt")
    return [(str(each.receipt), paths.of_receipt(each.uid)) for each in sent.order_by("pk")]


def _elsewhere(desk: Desk, file: ImportedFile) -> list[tuple[str, str]]:
    """Entries that were read from the very same file by somebody else: code and page. One statement."""
    if not file.sha256:
        return []
    same = Entry.objects.visible_to(desk.actor).filter(
        campaign=file.campaign, revision__read_from__blob=file.sha256
    )  # fmt: skip
    others = same.exclude(imported_row__file=file).order_by("code")[:20]
    return [(each.code, paths.of_entry(each.uid)) for each in others]
