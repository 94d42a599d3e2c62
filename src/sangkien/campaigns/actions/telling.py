"""Notices of a campaign to its units: it has begun, it waits for an answer. Told twice is told once."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from sangkien.campaigns.actions.common import day
from sangkien.campaigns.models import Campaign, Participant
from sangkien.notices.actions import tell

LONGEST_TITLE, LONGEST_TEXT = 150, 500


def tell_opening(campaign: Campaign, *, at: datetime) -> None:
    """Each participant, once. In the transaction that issues the plan."""
    text = _("Nhận báo cáo từ ngày %(opens)s đến hết ngày %(closes)s%(clock)s. Bạn mở đường dẫn để xem kế hoạch.") % {
        "opens": day(campaign.opens_date),
        "closes": day(campaign.closes_date),
        "clock": f" ({campaign.closes_time:%H:%M})" if campaign.closes_time else "",
    }
    for row in campaign.participants.select_related("unit").order_by("position"):
        _tell(row, campaign, "campaign.opened", _opening(campaign), text, f"campaign.opened:{campaign.uid}", at)


def tell_reminder(campaign: Campaign, units: Sequence[Participant], *, on: date, at: datetime) -> None:
    """To these units; a second time on the same day is the first. In the transaction of the reminder."""
    title, text = reminder_words(campaign, at)
    key = f"campaign.reminded:{campaign.uid}:{on.isoformat()}"
    for row in units:
        _tell(row, campaign, "campaign.reminded", title, text, key, at)


def reminder_words(campaign: Campaign, at: datetime) -> tuple[str, str]:
    """What a reminder says: what is missing, and until when. The unit itself is not named, nor any other."""
    title = _("Chờ báo cáo giải pháp cải cách hành chính năm %d của đơn vị") % campaign.year
    if campaign.is_late(at):
        ask = _("Hạn là ngày %s, đã qua. Báo cáo vẫn được nhận; không có giải pháp thì trả lời là không có.")
    else:
        ask = _("Hạn là hết ngày %s. Không có giải pháp thì trả lời là không có.")
    return title, ask % day(campaign.closes_date)


def _opening(campaign: Campaign) -> str:
    return _("Đã mở đợt báo cáo giải pháp cải cách hành chính năm %d") % campaign.year


def _tell(row: Participant, campaign: Campaign, kind: str, title: str, text: str, key: str, at: datetime) -> None:
    tell(
        row.unit, kind=kind, subject_uid=campaign.uid, title=title[:LONGEST_TITLE], text=text[:LONGEST_TEXT],
        path=f"/dot/{campaign.uid}/", key=f"{key}:{row.unit_id}", at=at, scope=campaign.uid,
    )  # fmt: skip
