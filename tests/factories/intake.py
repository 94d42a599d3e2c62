"""Entries as the actions make them: drafted, sent, returned, admitted; ``tests.factories.entries`` makes bare rows."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sangkien.campaigns.actions import issuing
from sangkien.campaigns.models import Campaign
from sangkien.initiatives.telling import Told
from sangkien.intake.actions import admitting, drafting, returning, sending
from sangkien.intake.actions.returning import GapTold
from sangkien.intake.models import Entry, Receipt, Return
from sangkien.ledger.recording import Actor
from sangkien.units.models import Unit
from tests.factories import campaigns
from tests.factories.district3 import District3

HEAD, LEAD = Actor("user:2"), Actor("user:3")
IN_TIME = datetime(2024, 8, 1, 2, tzinfo=UTC)
LATE = datetime(2024, 9, 16, 2, tzinfo=UTC)
DUE = date(2024, 8, 20)
AFTER_DUE = datetime(2024, 8, 21, 2, tzinfo=UTC)
TOLD: Told = {
    "title": "Trả kết quả hồ sơ chứng thực tại nhà cho người cao tuổi",
    "situation": "Người cao tuổi phải đến phường hai lần, nhiều người đi lại khó khăn.",
    "content": "Công chức hẹn giờ qua điện thoại và trả kết quả tại nhà vào cuối ngày.",
    "effectiveness": "Số lượt người cao tuổi phải đến phường giảm còn một nửa.",
    "novelty": "Trước đây chưa có nơi nào trong quận trả kết quả chứng thực tại nhà.",
    "fields": ("procedures", "communication"),
    "first_applied_date": date(2024, 3, 1),
}
_clicks = count(1)


def click() -> str:
    """The key of a new click."""
    return f"click-{next(_clicks)}"


def draft(campaign: Campaign, unit: Unit, *, at: datetime = IN_TIME, by: Actor = HEAD, **facts: Any) -> Entry:
    """A complete draft; ``facts`` are told over it."""
    told: Any = {**TOLD, **facts}
    return drafting.start(campaign, unit, told=told, by=by, at=at)


def sent(*entries: Entry, at: datetime = IN_TIME, by: Actor = HEAD, **facts: Any) -> Receipt:
    """One sending of these."""
    first = entries[0]
    receipt = sending.submit(
        first.campaign, first.implementer, entries, by=by, at=at, **{"key": click(), **facts}
    )  # fmt: skip
    for each in entries:
        each.refresh_from_db()
    return receipt


def submitted(campaign: Campaign, unit: Unit, *, at: datetime = IN_TIME, **facts: Any) -> Entry:
    """A sent entry."""
    entry = draft(campaign, unit, at=at, **facts)
    sent(entry, at=at)
    return entry


def returned(entry: Entry, *, at: datetime = IN_TIME, due_date: date = DUE, **facts: Any) -> Return:
    """Sent back with one gap."""
    gaps = [GapTold("Đề nghị nêu số liệu trước và sau.", "effectiveness")]
    back = returning.send_back(entry, **{"gaps": gaps, "due_date": due_date, "by": LEAD, "at": at, **facts})
    entry.refresh_from_db()
    return back


def admitted(*entries: Entry, at: datetime = IN_TIME, **facts: Any) -> Any:
    """Admitted together."""
    made = admitting.admit(entries, by=LEAD, at=at, **facts)
    for each in entries:
        each.refresh_from_db()
    return made


def later(at: datetime, **span: float) -> datetime:
    """A moment after it."""
    return at + timedelta(**span)


def second_campaign(told: District3) -> Campaign:
    """Another plan of the same district, no. 231, with the same window."""
    drafted = campaigns.drafted(told).campaign
    plan = campaigns.plan_of(told.district, number=231)
    return issuing.issue(drafted, plan=plan, **campaigns.WHO)
