"""One solution: the original beside what was read, corrected part by part; questions with their answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sangkien import ui
from sangkien.accounts.pages import page
from sangkien.accounts.refusal import Refused
from sangkien.appendix import pins
from sangkien.campaigns.models import Participant, ReformField
from sangkien.campaigns.queries import participants
from sangkien.importing import actions, proposing
from sangkien.importing.models import Decision, ImportedFile, ImportedRow
from sangkien.importing.told import FIELDS, NEEDED, PARTS, TITLE, UNIT, Standing
from sangkien.importing.views.common import Desk, file_of
from sangkien.importing.views.file import LONGEST_TEXT
from sangkien.intake import paths
from sangkien.intake.views.common import for_the_unit
from sangkien.ui import report_parts
from sangkien.vietnamese import clean

_UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class Part:
    """One control of the page. ``lines`` is its height; ``state``: '' as read, corrected, missing, unclear."""

    name: str
    label: str
    value: str
    pin: int
    state: str
    example: str
    lines: int


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_unit
def row(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    desk, file = file_of(request, uid)
    _row(file, number)
    if request.method == "POST":
        return _correct(request, desk, file, number)
    return page(request, "importing/row.html", context=_context(desk, file, _row(file, number)))


@require_POST
@for_the_unit
def take_back(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """A solution that was left out waits for a decision again."""
    desk, file = file_of(request, uid)
    if desk.verdict:
        actions.take_back(file, number, by=desk.signature, at=timezone.now())
        ui.tell(request, _("Đã lấy lại giải pháp này."))
    return ui.redirect(request, "importing:row", file.uid, number)


def _row(file: ImportedFile, number: int) -> ImportedRow:
    return get_object_or_404(ImportedRow.objects.select_related("unit", "entry"), file=file, number=number)


def _correct(request: HttpRequest, desk: Desk, file: ImportedFile, number: int) -> HttpResponse:
    """A part at a time from the page's script, or the whole form."""
    refusal = ""
    try:
        desk.refuse()
        _save(request, desk, file, number)
    except Refused as refused:
        refusal = str(refused)
    context = _context(desk, file, _row(file, number)) | {"saved": not refusal, "refusal": refusal}
    status = 422 if refusal else 200
    if request.headers.get("HX-Request"):
        return page(request, "importing/row.html", "#saved", context, status=status)
    if refusal:
        return page(request, "importing/row.html", context=context, status=status)
    ui.tell(request, _("Đã lưu phần bạn vừa sửa."))
    return ui.redirect(request, "importing:row", file.uid, number)


def _save(request: HttpRequest, desk: Desk, file: ImportedFile, number: int) -> None:
    sent = request.POST
    now = Standing.of(_row(file, number), asks_unit=desk.is_lead)
    told: dict[str, Any] = {}
    for part in PARTS:
        if part in sent and _plain(sent[part]) != _plain(getattr(now.now, part) or ""):
            told[part] = sent[part]
    codes = [code for code in sent.getlist(FIELDS) if code != _UNKNOWN]
    if "fields_sent" in sent and codes and tuple(codes) != (now.now.fields or ()):
        told[FIELDS] = codes
    if told:
        actions.correct(file, number, told)
    if _UNKNOWN in sent.getlist(FIELDS) and not codes:
        actions.say_unclear(file, number, FIELDS)
    for part in sent.getlist("unclear"):
        if part in (TITLE, *NEEDED) and not sent.get(part, "").strip():
            actions.say_unclear(file, number, part)
    _save_unit(sent.get(UNIT, ""), desk, file, number)


def _save_unit(chosen: str, desk: Desk, file: ImportedFile, number: int) -> None:
    if not desk.is_lead or not chosen:
        return
    if chosen == _UNKNOWN:
        actions.say_unclear(file, number, UNIT)
        return
    try:
        wanted = UUID(chosen)
    except ValueError:
        raise Http404 from None
    asked = Participant.objects.filter(campaign=desk.campaign, unit__uid=wanted).select_related("unit").first()
    if asked is None:
        raise Refused(_("Đơn vị này không có trong danh sách của kế hoạch. Bạn chọn đơn vị khác."))
    actions.choose_unit(file, number, asked.unit)


def _plain(text: str) -> str:
    return clean(text).strip()


def _context(desk: Desk, file: ImportedFile, row: ImportedRow) -> dict[str, Any]:
    standing = Standing.of(row, asks_unit=desk.is_lead)
    original = pins.pinned(standing.read, standing.read.source)
    numbers = list(ImportedRow.objects.filter(file=file).values_list("number", "question_count", "decision"))
    ordered = sorted(each[0] for each in numbers)
    waiting = [each[0] for each in sorted(numbers) if each[1] and each[2] == Decision.OPEN and each[0] != row.number]
    doubts = _doubts_of_field(standing)
    asks_unit = desk.is_lead and row.unit is None
    is_open = row.decision == Decision.OPEN and bool(desk.verdict)
    return {
        **desk.context(),
        "file": file,
        "row": row,
        "standing": standing,
        "is_open": is_open,
        "cells": original.cells,
        "text": file.text[:LONGEST_TEXT],
        "text_is_cut": len(file.text) > LONGEST_TEXT,
        "doubts": doubts,
        "remarks": [each for each in standing.read.warnings if each not in doubts],
        "parts": list(_parts(standing, original.numbers)),
        "field_pin": original.numbers.get("fields", 0),
        "unit_pin": original.numbers.get("unit", 0),
        "all_fields": ReformField.objects.filter(campaign=desk.campaign).order_by("position"),
        "chosen_fields": standing.now.fields or (),
        "asks_field": FIELDS in standing.questions,
        "asks_unit": asks_unit,
        "meant": proposing.choices(desk.campaign, standing.read.unit or "") if asks_unit else [],
        "all_units": participants(desk.campaign).select_related("unit", "unit_version") if desk.is_lead else [],
        "open_places": [(name, report_parts.label(name)) for name in (*standing.questions, *standing.missing)],
        "row_count": len(ordered),
        "previous": max((each for each in ordered if each < row.number), default=None),
        "following": min((each for each in ordered if each > row.number), default=None),
        "next_open": next((each for each in waiting if each > row.number), waiting[0] if waiting else None),
        "made_url": paths.of_entry(row.entry.uid) if row.entry else "",
        "now": timezone.localtime(),
    }


def _doubts_of_field(standing: Standing) -> list[str]:
    """The reader's own words on why the field is unclear; they stand in the question and not above the page."""
    raw = standing.read.field_raw
    return [each for each in standing.read.warnings if raw and standing.read.fields is None and raw in each]


def _parts(standing: Standing, numbers: Mapping[str, int]) -> Iterator[Part]:
    for name in PARTS:
        value = getattr(standing.now, name) or ""
        state = _state(standing, name, value)
        yield Part(
            name=name,
            label=report_parts.label(name),
            value=value,
            pin=numbers.get(name, 0),
            state=state,
            example=report_parts.example(name) if state in ("missing", "unclear") else "",
            lines=report_parts.height(name, value),
        )


def _state(standing: Standing, name: str, value: str) -> str:
    if value != (getattr(standing.read, name) or ""):
        return "corrected"
    if value or name not in (TITLE, *NEEDED):
        return ""
    return "unclear" if name in standing.unclear else "missing"
