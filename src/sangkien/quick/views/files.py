"""Taking files in; one file's page; leaving a file out and taking it back."""

from collections.abc import Iterator

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sangkien import ui
from sangkien.accounts.pages import page
from sangkien.quick import kept, receiving
from sangkien.quick.forms import UploadForm
from sangkien.quick.listing import line
from sangkien.quick.session import current_or_new, embedded, with_workspace
from sangkien.quick.workspace import Workspace

_ROWS_A_PAGE = 50
_LONGEST_TEXT = 200_000  # characters of an original that one page shows


@embedded
@require_POST
def receive(request: HttpRequest) -> HttpResponseBase:
    """One file from the page's script, answered by its line; or all files of a plain form, answered by the list."""
    workspace = current_or_new(request)
    uploads = request.FILES.getlist("files")
    if request.headers.get("X-Drop") == "one" and len(uploads) == 1:
        response = StreamingHttpResponse(_told_one_by_one(workspace, uploads[0], UploadForm(request.POST)))
        response["Content-Encoding"] = "identity"  # packing would hold the lines back until the last one
        return response
    received = []
    for index, upload in enumerate(uploads):
        with receiving.unpacked(workspace, upload, name="", place=receiving.new_place(index)) as files:
            received += [receiving.read(workspace, each) for each in files]
    _tell(request, received, dropped=len(uploads))
    return ui.redirect(request, "quick:home")


@with_workspace
@require_safe
def file(request: HttpRequest, workspace: Workspace, key: str) -> HttpResponse:
    found = _find(workspace, key)
    rows = found.rows
    if len(rows) == 1 and not found.changes.dropped and not found.reading.warnings:
        return ui.redirect(request, "quick:row", key, 1)
    text, _sources = kept.original(workspace, key)
    context = {
        "file": found,
        "line": line(found),
        "pages": Paginator(rows, _ROWS_A_PAGE).get_page(request.GET.get("trang")),
        "text": text[:_LONGEST_TEXT],
        "text_is_cut": len(text) > _LONGEST_TEXT,
    }
    return page(request, "quick/file.html", context=context)


@with_workspace
@require_POST
def drop(request: HttpRequest, workspace: Workspace, key: str) -> HttpResponse:
    with workspace.changing():
        found = _find(workspace, key)
        found.changes.dropped = True
        kept.save_changes(workspace, found)
    ui.tell(
        request,
        _("Đã bỏ tệp “%(name)s” khỏi phụ lục.") % {"name": found.name},
        undo=reverse("quick:restore_file", args=[key]),
        undo_label=_("Lấy lại tệp này"),
    )
    return ui.redirect(request, "quick:home")


@with_workspace
@require_POST
def restore(request: HttpRequest, workspace: Workspace, key: str) -> HttpResponse:
    with workspace.changing():
        found = _find(workspace, key)
        found.changes.dropped = False
        kept.save_changes(workspace, found)
    ui.tell(request, _("Đã lấy lại tệp “%(name)s”.") % {"name": found.name})
    return ui.redirect(request, "quick:home")


@with_workspace
@require_POST
def add_row(request: HttpRequest, workspace: Workspace, key: str) -> HttpResponse:
    """An empty initiative beside the original, to be copied into by hand."""
    with workspace.changing():
        found = _find(workspace, key)
        found.changes.added += 1
        kept.save_changes(workspace, found)
    return ui.redirect(request, "quick:row", key, len(found.rows))


def _find(workspace: Workspace, key: str) -> kept.KeptFile:
    found = kept.find(workspace, key)
    if found is None:
        raise Http404
    return found


def _told_one_by_one(workspace: Workspace, upload: "UploadedFile[bytes]", form: UploadForm) -> Iterator[str]:
    """First how many files there are (an archive holds many), then the line of each as soon as it is read."""
    name, place = (form.cleaned_data["name"], form.cleaned_data["place"]) if form.is_valid() else ("", "")
    with receiving.unpacked(workspace, upload, name=name, place=place or receiving.new_place()) as files:
        yield f'<template data-files="{len(files)}"></template>\n'
        for each in files:
            received = receiving.read(workspace, each)
            found = kept.find(workspace, received.key)
            if found is not None:
                html = render_to_string("quick/line.html", {"line": line(found), "again": received.again})
                yield " ".join(html.split()) + "\n"


def _tell(request: HttpRequest, received: list[receiving.Received], *, dropped: int) -> None:
    if not dropped:
        ui.tell(request, _("Chưa có tệp nào được chọn."), _("Hãy chọn tệp Word hoặc Excel rồi bấm lại."), tone="due")
        return
    again = sum(bool(each.again) for each in received)
    fact = _("Đã đọc %(n)s tệp.") % {"n": len(received) - again}
    ui.tell(request, fact, _("%(n)s tệp đã có từ trước nên chỉ tính một lần.") % {"n": again} if again else "")
