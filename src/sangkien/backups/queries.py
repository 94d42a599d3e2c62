"""How old the last backup is: for the page of backups, and the note that every administrator sees."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from sangkien.backups.models import Backup, Place
from sangkien.ledger.models import Act

TOO_OLD: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """``newest`` wherever it lies; ``apart`` the newest that does not lie in the data folder."""

    newest: Backup | None
    apart: Backup | None

    def days(self, at: datetime) -> int | None:
        """The whole days since the newest one that counts; ``None`` when there is none."""
        return None if self.counting is None else (at - self.counting.taken_at).days

    @property
    def counting(self) -> Backup | None:
        """Where a second place is named, what lies beside the data does not count."""
        return self.apart if settings.SANGKIEN_BACKUP_TO is not None else self.newest


def last() -> Standing:
    """The newest good backups. Two statements."""
    good = Backup.objects.good().order_by("-taken_at", "-pk")
    return Standing(newest=good.first(), apart=good.exclude(place=Place.HERE).first())


def warning(at: datetime) -> str:
    """A sentence for administrators when the last backup is older than a week, else nothing. Three statements at most.

    A new instance is not told on its first days.
    """
    days = last().days(at)
    if days is not None:
        return _old(days) if days > TOO_OLD.days else ""
    first = Act.objects.order_by("seq").values_list("at", flat=True).first()
    if first is None or at - first <= TOO_OLD:
        return ""
    if settings.SANGKIEN_BACKUP_TO is not None:
        return _("Chưa có bản sao lưu nào ở nơi thứ hai. Bạn mở trang Sao lưu để xem vì sao và lập một bản.")
    return _("Chưa có bản sao lưu nào. Bạn mở trang Sao lưu để lập một bản.")


def _old(days: int) -> str:
    return _("Bản sao lưu gần nhất đã %d ngày. Bạn mở trang Sao lưu để xem vì sao và lập một bản mới.") % days
