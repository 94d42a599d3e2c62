"""Exports that last: made by a job into a folder of this instance, fetched by the one who asked, gone after a week."""

import shutil
import time
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
from sangkien.desk.entries.exporting import Export, Form
from sangkien.desk.entries.listing import Listing
from sangkien.jobs import actions
from sangkien.jobs.models import Job
from sangkien.jobs.running import Impossible, Run
from sangkien.ledger.recording import Actor, acting

KIND: Final = "desk.export"
KEPT: Final = timedelta(days=7)
_SECONDS_BETWEEN: Final = 1.0


def start(asked: Asked, form: Form, *, token: UUID, by: Actor, at: datetime, link: str) -> Job:
    """The job that makes the file; the second click of the same token answers the first job."""
    with acting():
        return actions.start(
            KIND, key=f"{KIND}:{token}", arguments={"form": form.value, "asked": asked.address(), "token": str(token)},
            by=by, at=at, title=_("Xuất danh sách giải pháp"), doing=_("Đã ghi dòng"), link=link,
        )  # fmt: skip


def make(run: Run) -> None:
    """The one step: all rows into the file. Twice does no harm: the second replaces the first."""
    folder = folder_of(UUID(run.arguments["token"]))
    listing = _listing(run)
    total = Export(listing).count()
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
    Export(listing, tell).write(Form(run.arguments["form"]), folder)
    with run.commit() as commit:
        commit.done, commit.total = total, total
        commit.finish()


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
