"""Which backups are kept: the newest one of each of the last days, weeks and months. The last good one always."""

from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from sangkien.backups.making import file_of
from sangkien.backups.models import Backup, Place, Why
from sangkien.backups.places import folder_of


class Keep(NamedTuple):
    """How many days, weeks and months that have a backup keep their newest one."""

    days: int
    weeks: int
    months: int


def prune(place: Place, *, at: datetime) -> list[Backup]:
    """Remove what need not be kept in this place; answers what was removed.

    Only files that this instance has written and knows are touched. A place out of reach is left for the next time.
    """
    folder = folder_of(place)
    if folder is None or not folder.is_dir():
        return []
    held = list(Backup.objects.good().filter(place=place).order_by("-taken_at", "-pk"))
    staying = kept(held, Keep(*settings.SANGKIEN_BACKUP_KEEP))
    return [each for each in held if each not in staying and _removed(each, at)]


def kept(backups: Sequence[Backup], keep: Keep) -> set[Backup]:
    """Of good backups, newest first, those that stay: always the first one, and for some days what a person made."""
    chosen = set(backups[:1])
    if backups:
        since = backups[0].taken_at - timedelta(days=keep.days)
        chosen |= {each for each in backups if each.why != Why.DAILY and each.taken_at > since}
    for count, period in ((keep.days, _day), (keep.weeks, _week), (keep.months, _month)):
        chosen |= set(_newest_of_each(backups, period)[:count])
    return chosen


def _newest_of_each(backups: Sequence[Backup], period: Callable[[date], Hashable]) -> list[Backup]:
    newest: dict[Hashable, Backup] = {}
    for backup in backups:
        newest.setdefault(period(timezone.localdate(backup.taken_at)), backup)
    return list(newest.values())


def _day(day: date) -> Hashable:
    return day


def _week(day: date) -> Hashable:
    return day.isocalendar()[:2]


def _month(day: date) -> Hashable:
    return day.year, day.month


def _removed(backup: Backup, at: datetime) -> bool:
    """The file first: a row without its file says so at the next look, a file without its row stays for ever."""
    path = file_of(backup)
    if path is not None:
        try:
            path.unlink()
        except OSError:  # read-only, or pulled out at this moment
            return False
    return bool(Backup.objects.filter(pk=backup.pk).update(removed_at=at))


def note_lost(*, at: datetime) -> None:
    """Mark those whose file is gone although its place is in reach: somebody removed it."""
    for backup in Backup.objects.filter(removed_at__isnull=True).exclude(place=Place.ELSEWHERE):
        folder = folder_of(backup.place)
        if folder is not None and folder.is_dir() and not (folder / backup.name).is_file():
            Backup.objects.filter(pk=backup.pk).update(removed_at=at)
