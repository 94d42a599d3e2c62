"""Exports that last: made by a job into a folder of this instance, fetched by the one who asked, gone after a week."""

import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.accounts.actor import actor_of
from sangkien.accounts.models import User
from sangkien.desk.entries.asked import Asked
from sangkien.desk.entries.exporting import Export, Form, Progress
from sangkien.desk.entries.listing import Listing
from sangkien.documents.docx import write_docx
from sangkien.documents.pdf import write_pdf
from sangkien.intake.models import Consolidation
from sangkien.jobs import actions
from sangkien.jobs.models import Job
from sangkien.jobs.running import Impossible, Run
from sangkien.ledger.recording import Actor, acting
from sangkien.papers.rendering import text_of

KIND: Final = "desk.export"
KEPT: Final = timedelta(days=7)
_SECONDS_BETWEEN: Final = 1.0
Write = Callable[[Path, Progress], object]


def start(asked: Asked, form: Form, *, token: UUID, by: Actor, at: datetime, link: str) -> Job:
    """The job that makes the file; the second click of the same token answers the first job."""
    with acting():
        return actions.start(
            KIND, key=f"{KIND}:{token}", arguments={"form": form.value, "asked": asked.address(), "token": str(token)},
            by=by, at=at, title=_("Xuất danh sách giải pháp"), doing=_("Đã ghi dòng"), link=link,
        )  # fmt: skip


def start_frozen(frozen: Consolidation, *, token: UUID, by: Actor, at: datetime, link: str) -> Job:
    """The job that sets a frozen appendix as PDF."""
    with acting():
        return actions.start(
            KIND, key=f"{KIND}:{token}", by=by, at=at, link=link, doing=_("Đã ghi dòng"),
            arguments={"form": Form.PDF.value, "frozen": str(frozen.uid), "token": str(token)},
            title=_("Lập PDF của phụ lục tổng hợp lần %d") % frozen.number,
        )  # fmt: skip


def write_frozen(frozen: Consolidation, form: Form, folder: Path, progress: Progress = lambda done: None) -> list[Path]:
    """The appendix from its frozen text; a long PDF in volumes."""
    text, target = text_of(frozen.paper), folder / f"phu-luc-tong-hop-lan-{frozen.number}.{form}"
    if form is Form.PDF:
        return write_pdf(text, target, progress=progress)
    write_docx(text, target, progress=progress)
    return [target]


def make(run: Run) -> None:
    """The one step: all rows into the file. Twice does no harm: the second replaces the first."""
    folder = folder_of(UUID(run.arguments["token"]))
    total, write = _frozen(run) if "frozen" in run.arguments else _listed(run)
    last = time.monotonic()

    def tell(done: int) -> None:
        nonlocal last
        if time.monotonic() - last < _SECONDS_BETWEEN:
            return
        last = time.monotonic()
        with run.commit() as commit:
            commit.done, commit.total = done, max(done, total)

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write(folder, tell)
    with run.commit() as commit:
        commit.done, commit.total = total, total
        commit.finish()


def _listed(run: Run) -> tuple[int, Write]:
    listing, form = _listing(run), Form(run.arguments["form"])
    return Export(listing).count(), lambda folder, progress: Export(listing, progress).write(form, folder)


def _frozen(run: Run) -> tuple[int, Write]:
    frozen = Consolidation.objects.select_related("paper").get(uid=run.arguments["frozen"])
    form = Form(run.arguments["form"])
    return frozen.rows.count(), lambda folder, progress: write_frozen(frozen, form, folder, progress)


def _listing(run: Run) -> Listing:
    """With the rights that the person has now, not those of the moment of asking."""
    name, _sign, key = run.job.by.partition(":")
    user = User.objects.filter(pk=key, is_active=True).first() if name == "user" else None
    if user is None:
        raise Impossible(_("Người yêu cầu xuất không còn tài khoản đang dùng, nên tệp không được lập."))
    on = timezone.localdate(run.now())
    query = QueryDict(run.arguments["asked"].removeprefix("?"))
    return Listing(actor_of(user, on=on), Asked.read(query))


def folder_of(token: UUID) -> Path:
    """Where the files of one export lie."""
    return _exports() / str(token)


def files_of(token: UUID) -> list[Path]:
    """The finished files, volumes in order; none before the job is done and after a week."""
    folder = folder_of(token)
    made = [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    return sorted(made, key=lambda path: (len(path.name), path.name))


def sweep(at: datetime) -> None:
    """A duty of the clock: what is older than a week goes."""
    oldest = (at - KEPT).timestamp()
    exports = _exports()
    for folder in exports.iterdir() if exports.is_dir() else ():
        if folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)


def _exports() -> Path:
    return Path(settings.SANGKIEN_HOME) / "xuat"
