"""The list as a file: at once while it is short, by a job when it is long."""

import shutil
import tempfile
from pathlib import Path
from typing import Final, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.desk.entries import files
from sangkien.desk.entries.asked import Asked
from sangkien.desk.entries.exporting import Export, Form
from sangkien.desk.entries.listing import Listing
from sangkien.desk.entries.rows import counted
from sangkien.jobs.models import Job, State

AT_ONCE: Final = {Form.PDF: 100, Form.DOCX: 1_000, Form.XLSX: 1_000}  # rows: within a second or two
_MEDIA_TYPES: Final = {
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.PDF: "application/pdf",
    Form.CSV: "text/csv; charset=utf-8",
}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def export(request: HttpRequest, form: str) -> HttpResponse:
    """GET gives a short list at once and asks before a long one; POST starts the job."""
    if form not in list(Form):
        raise Http404
    wanted, actor = Form(form), actor_of(request)
    asked = Asked.read(request.GET)
    if request.method == "POST":
        token = token_of(request.POST.get("khoa", ""))
        link = reverse("desk:export_files", args=[token])
        job = files.start(asked, wanted, token=token, by=actor.signature(), at=timezone.now(), link=link)
        return ui.redirect(request, job)
    listing = Listing(actor, asked)
    if wanted is Form.CSV:
        return _download(StreamingHttpResponse(Export(listing).csv()), Export(listing).name(wanted), wanted)
    if listing.count > AT_ONCE[wanted]:
        back = reverse("desk:entries") + asked.address()
        context = {"count": counted(listing.count), "form": wanted.value.upper(), "token": uuid4(), "back": back}
        return page(request, "desk/export_ask.html", context=context)
    return _written(Export(listing), wanted)


def token_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _written(export: Export, form: Form) -> HttpResponse:
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR, prefix="xuat-") as folder:
        (made,) = export.write(form, Path(folder))
        return download(made, form)


def download(made: Path, form: Form) -> HttpResponse:
    """The file, which may be removed at once: its bytes go with the answer in a file without a name."""
    kept = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 - Django closes it with the answer
    with made.open("rb") as file:
        shutil.copyfileobj(file, kept)
    kept.seek(0)
    return _download(FileResponse(kept), made.name, form)


def _download(response: HttpResponseBase, name: str, form: Form) -> HttpResponse:
    response["Content-Type"] = _MEDIA_TYPES[form]
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return cast("HttpResponse", response)  # our guard and the middleware need nothing that a stream has not


@require_safe
@signed_in
def export_files(request: HttpRequest, token: UUID) -> HttpResponse:
    """The files of a finished export, for the one who asked."""
    job = _own(request, token)
    made = files.files_of(token) if job.state == State.DONE else []
    names = [(path.name, path.stat().st_size) for path in made]
    return page(request, "desk/export_files.html", context={"job": job, "files": names, "token": token})


@require_safe
@signed_in
def export_file(request: HttpRequest, token: UUID, name: str) -> HttpResponse:
    """One of them."""
    _own(request, token)
    path = next((path for path in files.files_of(token) if path.name == name), None)
    if path is None:
        raise Http404
    return _download(FileResponse(path.open("rb")), path.name, Form(path.suffix.removeprefix(".")))


def _own(request: HttpRequest, token: UUID) -> Job:
    return get_object_or_404(Job, key=f"{files.KIND}:{token}", by=actor_of(request).signature().id)
