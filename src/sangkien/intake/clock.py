"""What the clock tells units: the window has another end, closes soon; a supplement is due, its day has passed.

It decides nothing.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.campaigns.models import Campaign, Participant
from sangkien.campaigns.queries import open_at
from sangkien.intake import paths
from sangkien.intake.models import Return
from sangkien.intake.queries import Answered, answers
from sangkien.intake.telling import day
from sangkien.notices.actions import tell
from sangkien.notices.models import Message

_DAYS_BEFORE: Final = (7, 1)  # days before the last one
_SUPPLEMENT_DAYS_BEFORE: Final = 2


def remind(at: datetime) -> None:
    """Once a day. Twice a day tells nobody twice; after days of a closed laptop only what is still true is told."""
    for campaign in open_at(Campaign.objects.select_related("lead_unit"), at):
        _tell_new_end(campaign, at)
        _remind_units(campaign, at)
    _remind_of_supplements(at)


def _tell_new_end(campaign: Campaign, at: datetime) -> None:
    """The last day was moved: every unit that is asked, once for each end. That it began, the plan's issue tells."""
    if not campaign.amendments.filter(changes__contains='"closes_date"').exists():
        return
    key = f"intake.deadline_moved:{campaign.uid}:{campaign.closes_date}:"
    told = set(
        Message.objects.filter(kind="intake.deadline_moved", key__startswith=key).values_list("to_unit", flat=True)
    )
    asked = Participant.objects.filter(campaign=campaign).exclude(unit__in=told).select_related("unit")
    for participant in asked.order_by("position"):
        tell(
            participant.unit,
            kind="intake.deadline_moved",
            subject_uid=campaign.uid,
            scope=campaign.uid,
            title=_("Hạn nhận báo cáo giải pháp đổi thành hết ngày %s") % day(campaign.closes_date),
            text=_("Bạn soạn và gửi báo cáo trong hạn mới, hoặc trả lời là không có giải pháp."),
            path=paths.of_unit_in_campaign(campaign.uid, participant.unit.uid),
            key=f"{key}{participant.unit_id}",
            at=at,
        )


def _remind_units(campaign: Campaign, at: datetime) -> None:
    left = (campaign.closes_date - timezone.localdate(at)).days
    due = [days for days in _DAYS_BEFORE if 0 <= left <= days]
    if not due:
        return
    waiting = [each.participant for each in answers(campaign) if each.answer is Answered.NONE]
    prefetch_related_objects(waiting, "unit")
    for participant in waiting:
        _tell_unit(campaign, participant, min(due), at)


def _tell_unit(campaign: Campaign, participant: Participant, threshold: int, at: datetime) -> None:
    tell(
        participant.unit,
        kind="intake.closes_soon",
        subject_uid=campaign.uid,
        scope=campaign.uid,
        title=_("Hạn nhận báo cáo giải pháp: hết ngày %s") % day(campaign.closes_date),
        text=_("Đơn vị chưa trả lời. Bạn gửi báo cáo, hoặc trả lời là không có giải pháp."),
        path=paths.of_unit_in_campaign(campaign.uid, participant.unit.uid),
        key=f"intake.closes_soon:{campaign.uid}:{participant.unit_id}:{campaign.closes_date}:{threshold}",
        at=at,
    )


def _remind_of_supplements(at: datetime) -> None:
    """The unit before the day, the lead unit after it. One statement beside the notices."""
    today = timezone.localdate(at)
    soon = today + timedelta(days=_SUPPLEMENT_DAYS_BEFORE)
    rows = Return.objects.filter(ended_at__isnull=True, due_date__lte=soon).order_by("pk")
    for back in rows.select_related("entry__campaign__lead_unit", "entry__implementer"):
        if back.due_date >= today:
            _tell_due(back, at)
        elif back.entry.campaign.is_running():
            _tell_overdue(back, at)


def _tell_due(back: Return, at: datetime) -> None:
    entry = back.entry
    if timezone.localdate(back.returned_at) == timezone.localdate(at):
        return  # told today already, when it was returned
    tell(
        entry.implementer,
        kind="intake.supplement_due",
        subject_uid=entry.uid,
        scope=entry.campaign.uid,
        title=_("Giải pháp %(code)s cần bổ sung đến hết ngày %(due)s")
        % {"code": entry.code, "due": day(back.due_date)},
        text=_("Bạn mở giải pháp để xem nội dung cần bổ sung rồi gửi lại."),
        path=paths.of_entry_for_unit(entry.uid),
        key=f"intake.supplement_due:{back.uid}:{back.due_date}",
        at=at,
    )


def _tell_overdue(back: Return, at: datetime) -> None:
    entry = back.entry
    tell(
        entry.campaign.lead_unit,
        kind="intake.supplement_overdue",
        subject_uid=entry.uid,
        scope=entry.campaign.uid,
        title=_("Giải pháp %(code)s quá hạn bổ sung (%(due)s)") % {"code": entry.code, "due": day(back.due_date)},
        text=_("Bạn quyết định: chờ thêm, chuyển sang đợt sau, hoặc không tiếp nhận."),
        path=paths.of_entry(entry.uid),
        key=f"intake.supplement_overdue:{back.uid}:{back.due_date}",
        at=at,
    )
