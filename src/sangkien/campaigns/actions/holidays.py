"""Days off and Saturdays worked, for the limits that count working days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions.common import day, line
from sangkien.campaigns.models import Holiday, HolidayKind
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import LEDGER, Actor, acting, record

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class NewHoliday:
    """A day that differs from its weekday."""

    date: date
    kind: HolidayKind
    name: str


def set_holidays(year: int, *, days: Sequence[NewHoliday], by: Actor, at: datetime) -> None:
    """The days of a year as the Government announces them; what stood there for that year goes. Raises ``Refused``."""
    for each in days:
        _refuse(year, each)
    if len({each.date for each in days}) < len(days):
        raise Refused(_("Một ngày đứng hai lần trong danh sách. Bạn bỏ bớt một dòng."))
    with acting():
        Holiday.objects.filter(date__year=year).delete()
        Holiday.objects.bulk_create(Holiday(date=each.date, kind=each.kind, name=line(each.name, 120)) for each in days)
        listed = [{"date": each.date, "kind": each.kind, "name": each.name} for each in days]
        record(
            by=by, at=at, verb="calendar.set", subject_kind="calendar", subject_uid=LEDGER, seen_by=SeenBy.PUBLIC,
            payload={"year": year, "days": listed},
        )  # fmt: skip


def _refuse(year: int, new: NewHoliday) -> None:
    if new.date.year != year:
        raise Refused(_("Ngày %(day)s không thuộc năm %(year)d. Bạn xem lại.") % {"day": day(new.date), "year": year})
    if not line(new.name, 120):
        raise Refused(_("Ngày %s chưa có tên. Bạn ghi tên ngày nghỉ hoặc lý do làm bù.") % day(new.date))
    if (new.date.weekday() < _SATURDAY) != (new.kind == HolidayKind.OFF):
        raise Refused(
            _("Ngày %s: ngày nghỉ phải là ngày thường trong tuần, ngày làm bù phải là thứ bảy hoặc chủ nhật.")
            % day(new.date)
        )
