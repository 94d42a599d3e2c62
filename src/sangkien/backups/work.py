"""The backup as a job, and the duty of the clock that starts one a day."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from datetime import time as hour
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.backups import keeping, passphrase, places
from sangkien.backups.making import make, where
from sangkien.backups.models import Backup, Place, Why
from sangkien.jobs import actions
from sangkien.jobs.models import Job
from sangkien.jobs.running import Impossible, Run
from sangkien.ledger.models import Act
from sangkien.ledger.recording import Actor

KIND: Final = "backups.make"
DUTY: Final = "backups.daily"
NIGHT: Final = hour(1)  # a day's backup is due from then on; a laptop that slept makes it when it wakes
_SECONDS_BETWEEN_SIGNS: Final = 1.0
_CLOCK: Final = Actor("command:tick")


class _Stopped(Exception):
    """Somebody asked the job to stop."""


def start(*, why: Why, by: Actor, at: datetime, key: str) -> Job:
    """The job that makes one backup; inside the transaction of its cause. One that is open already is answered."""
    running = Job.objects.open().filter(kind=KIND).first()
    if running is not None:
        return running
    return actions.start(
        KIND, key=f"{KIND}:{key}", arguments={"why": why.value}, by=by, at=at, title=_("Sao lưu dữ liệu và tệp"),
        doing=_("Đã chép dòng và tệp"), link="/quan-tri/sao-luu/",
    )  # fmt: skip


def daily(at: datetime, since: datetime | None) -> None:
    """Start today's backup when it is due: at most one try an hour, so that a disk plugged in later is found."""
    if is_due(at):
        start(why=Why.DAILY, by=_CLOCK, at=at, key=timezone.localtime(at).strftime("%Y-%m-%dT%H"))


def is_due(at: datetime) -> bool:
    """Whether there is something to back up, and since last night no good backup where it should be."""
    nights = Backup.objects.good().filter(taken_at__gte=last_night(at))
    there = nights if places.second() is None else nights.exclude(place=Place.HERE)
    return not there.exists() and Act.objects.exists()


def last_night(at: datetime) -> datetime:
    """The latest moment at 01:00 of this country."""
    local = timezone.localtime(at)
    night = local.replace(hour=NIGHT.hour, minute=NIGHT.minute, second=0, microsecond=0)
    return night if night <= local else night - timedelta(days=1)


def step(run: Run) -> None:
    """The one step: write, read again, note, remove what need not be kept. A second run of it writes another file."""
    at, why = run.now(), Why(run.arguments["why"])
    try:
        words = passphrase.kept()
        if why is Why.DAILY and _is_here_already(words, at):
            with run.commit() as commit:
                commit.finish()
            return
        made = make(passphrase=words, why=why, by=run.by, at=at, progress=_telling(run))
    except Refused as refusal:
        raise Impossible(str(refusal)) from refusal
    except _Stopped:
        return  # the worker sees the same wish and ends the job
    keeping.note_lost(at=at)
    keeping.prune(Place(made.place), at=at)
    with run.commit() as commit:
        commit.done = commit.total = made.rows + made.files + made.missing
        for sentence in sentences(made):
            commit.say("", sentence)
        commit.finish()


def _is_here_already(words: str | None, at: datetime) -> bool:
    """The second place is still out of reach and tonight's backup lies in the data folder: nothing more to do."""
    place = where(words)[0]
    return Backup.objects.good().filter(taken_at__gte=last_night(at), place=place).exists()


def sentences(made: Backup) -> list[str]:
    """What a person should know of a backup that is otherwise good."""
    said = []
    if made.missing:
        said.append(
            _("%d tệp không còn hoặc đã bị sửa trong kho tệp nên không có trong bản sao lưu. Bạn chạy sangkien verify.")
            % made.missing
        )
    if made.place == Place.HERE and places.second() is not None:
        said.append(why_not_there())
    return said


def why_not_there() -> str:
    """Why the backup did not go to the second place."""
    if passphrase.kept() is None:
        return _(
            "Chưa có cụm mật khẩu nên bản sao lưu nằm lại trong thư mục dữ liệu. Bạn đặt cụm mật khẩu ở trang Sao lưu."
        )
    folder = places.second()
    refusal = places.why_unfit(folder) if folder else None
    return _("Bản sao lưu nằm tạm trong thư mục dữ liệu. %s") % (refusal or "")


def _telling(run: Run) -> Callable[[int, int], None]:
    """Progress into the job's row, once a second; stops the writing when somebody asked for it."""
    last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last < _SECONDS_BETWEEN_SIGNS:
            return
        last = time.monotonic()
        with run.commit() as commit:
            commit.done, commit.total = done, total
        if run.cancel_asked():
            raise _Stopped

    return tell
