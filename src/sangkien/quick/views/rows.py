"""One initiative: the original beside what was read, corrected part by part."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sangkien import ui
from sangkien.accounts.pages import page
from sangkien.appendix import pins
from sangkien.appendix.fields import FIELDS
from sangkien.quick import kept
from sangkien.quick.forms import TextForm
from sangkien.quick.kept import KeptFile, Row
from sangkien.quick.session import with_workspace
from sangkien.quick.workspace import Workspace
from sangkien.ui import report_parts

_LONGEST_TEXT = 200_000
_PLACE = re.compile(r"^Dòng \d+: ")


@dataclass(frozen=True, slots=True)
class Part:
    """One control of the page. ``lines`` is its height; ``state``: '' as read, corrected, missing."""

    name: str
    label: str
    value: str
    pin: int
    state: str
    hint: str
    example: str
    lines: int


@with_workspace
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, workspace: Workspace, key: str, number: int) -> HttpResponse:
    if request.method == "POST":
        return _correct(request, workspace, key, number)
    file, found = _find(workspace, key, number)
    return page(request, "quick/row.html", context=_context(workspace, file, found))


def _correct(request: HttpRequest, workspace: Workspace, key: str, number: int) -> HttpResponse:
    form = TextForm(request.POST)
    if not form.is_valid():
        file, found = _find(workspace, key, number)
        context = _context(workspace, file, found) | {"refused": True}
        return page(request, "quick/row.html", "#saved", context, status=422)
    with workspace.changing():
        file, found = _find(workspace, key, number)
        kept.correct(file, number, [*form.sent().items(), *_chosen_fields(request, file, found)])
        kept.save_changes(workspace, file)
    if not request.headers.get("HX-Request"):
        ui.tell(request, _("Đã lưu phần bạn vừa sửa."))
        return ui.redirect(request, "quick:row", key, number)
    file, found = _find(workspace, key, number)
    return page(request, "quick/row.html", "#saved", _context(workspace, file, found) | {"saved": True})


@with_workspace
@require_POST
def drop(request: HttpRequest, workspace: Workspace, key: str, number: int) -> HttpResponse:
    with workspace.changing():
        file, found = _find(workspace, key, number)
        if not found.dropped:
            file.changes.dropped_rows.append(number)
            kept.save_changes(workspace, file)
    name = found.initiative.title or _("chưa có tên")
    ui.tell(
        request,
        _("Đã bỏ giải pháp “%(name)s” khỏi phụ lục.") % {"name": name},
        undo=reverse("quick:restore_row", args=[key, number]),
        undo_label=_("Lấy lại giải pháp này"),
    )
    return ui.redirect(request, "quick:home")


@with_workspace
@require_POST
def restore(request: HttpRequest, workspace: Workspace, key: str, number: int) -> HttpResponse:
    with workspace.changing():
        file, _found = _find(workspace, key, number)
        file.changes.dropped_rows = [each for each in file.changes.dropped_rows if each != number]
        kept.save_changes(workspace, file)
    ui.tell(request, _("Đã lấy lại giải pháp này."))
    return ui.redirect(request, "quick:row", key, number)


def _find(workspace: Workspace, key: str, number: int) -> tuple[KeptFile, Row]:
    file = kept.find(workspace, key)
    found = file.row(number) if file else None
    if file is None or found is None:
        raise Http404
    return file, found


def _chosen_fields(request: HttpRequest, file: KeptFile, found: Row) -> Iterator[tuple[str, list[str] | None]]:
    """The ticked fields, when the page sent them at all. "Chưa rõ", or taking all ticks away, leaves them open."""
    if "fields_sent" not in request.POST:
        return
    sent = request.POST.getlist("fields")
    codes = [field.code for field in FIELDS if field.code in sent]
    was_asked = found.initiative.fields is None and not found.asked
    answered = bool(codes) or "unknown" in sent or not was_asked
    others = [each for each in file.changes.asked if each != found.number]
    file.changes.asked = [*others, found.number] if answered and not codes else others
    yield "fields", codes or None


def _context(workspace: Workspace, file: KeptFile, found: Row) -> dict[str, Any]:
    text, sources = kept.original(workspace, file.key)
    source = sources[found.number - 1] if found.number <= len(sources) else []
    original = pins.pinned(found.read, source)
    rows = file.rows
    doubts = _doubts_of_field(found)
    return {
        "file": file,
        "row": found,
        "cells": original.cells,
        "text": text[:_LONGEST_TEXT],
        "doubts": [_without_place(each) for each in doubts],
        "remarks": [each for each in found.initiative.warnings if each not in doubts],
        "parts": list(_parts(found, original.numbers)),
        "field_pin": original.numbers.get("fields", 0),
        "all_fields": FIELDS,
        "chosen_fields": found.initiative.fields or (),
        "open_places": [(name, report_parts.label(name)) for name in found.open_places],
        "row_count": len(rows),
        "previous": found.number - 1 if found.number > 1 else None,
        "following": found.number + 1 if found.number < len(rows) else None,
        "next_open": SimpleLazyObject(lambda: _next_open(kept.files(workspace), file.key, found.number)),
        "now": timezone.localtime(),
    }


def _doubts_of_field(found: Row) -> list[str]:
    """The reader's own words on why the field is unclear; they stand in the question and not above the page."""
    raw = found.initiative.field_raw
    if not raw or not found.question_open:
        return []
    return [each for each in found.initiative.warnings if raw in each]


def _without_place(warning: str) -> str:
    """Without "Dòng 3: ", which helps in a list of the whole file but not beside the passage itself."""
    bare = _PLACE.sub("", warning)
    return bare[:1].upper() + bare[1:]


def _parts(found: Row, numbers: Mapping[str, int]) -> Iterator[Part]:
    hints = {"limitations": _("Chỉ in khi bạn chọn ở phần tiêu đề."), "note": ""}
    for name in kept.TEXTS:
        value = getattr(found.initiative, name) or ""
        state = ""
        if value != (getattr(found.read, name) or ""):
            state = "corrected"
        elif name in found.missing:
            state = "missing"
        yield Part(
            name=name,
            label=report_parts.label(name),
            value=value,
            pin=numbers.get(name, 0),
            state=state,
            hint=hints.get(name, ""),
            example=report_parts.example(name) if state == "missing" else "",
            lines=report_parts.height(name, value),
        )


def _next_open(files: Sequence[KeptFile], key: str, number: int) -> tuple[str, int] | None:
    """The next initiative that waits for a person, after this one and then from the start."""
    places = [
        (file.key, row.number, bool(row.open_places)) for file in files for row in file.rows if not file.changes.dropped
    ]
    here = next((index for index, place in enumerate(places) if place[:2] == (key, number)), -1)
    for place in [*places[here + 1 :], *places[: max(here, 0)]]:
        if place[2]:
            return place[0], place[1]
    return None
