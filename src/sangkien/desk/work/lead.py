"""What waits for the lead unit of a campaign."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sangkien.accounts.roles import Permission
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Answer, Campaign, Participant
from sangkien.campaigns.models.reminders import RemindedUnit
from sangkien.desk import places
from sangkien.desk.clocks import short
from sangkien.desk.work.model import Asking, Waiting
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, Return, Submission

_ALONE: Final = 3  # so many new reports stand one by one; more of them are one row
_MOST: Final = 1_000  # counts stop here
_NAMED: Final = 4
_REMIND_BEFORE: Final = timedelta(days=14)
_REMIND_AGAIN: Final = timedelta(days=3)  # who was reminded is left in peace so long


def sent(asking: Asking) -> Iterator[Waiting]:
    """Reports that wait to be checked: supplements one by one, new ones one by one or as one row, late ones apart.

    One statement, whose rows stop at a thousand.
    """
    if not asking.may(Permission.ADMIT):
        return
    answered = Exists(Return.objects.filter(entry=OuterRef("pk"), answered_by__isnull=False))
    waiting = with_unit_name(Entry.objects.filter(campaign__in=asking.led, stage=Stage.SUBMITTED))
    waiting = waiting.annotate(was_answered=answered).select_related("campaign", "revision")
    new: dict[int, list[Entry]] = defaultdict(list)
    late: dict[int, list[Entry]] = defaultdict(list)
    for entry in waiting.order_by("submitted_at", "pk")[:_MOST]:
        if entry.was_answered:
            yield _supplement(asking, entry)
        else:
            (late if entry.is_late else new)[entry.campaign_id].append(entry)
    for entries in new.values():
        yield from _new(asking, entries)
    for entries in late.values():
        yield _late(asking, entries)


def with_unit_name(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """``unit_name``: what the plan calls the unit; without a statement of its own."""
    asked = Participant.objects.filter(campaign=OuterRef("campaign"), unit=OuterRef("implementer"))
    return entries.annotate(unit_name=Subquery(asked.values("unit_version__name")[:1]))


def _supplement(asking: Asking, entry: Entry) -> Waiting:
    number = entry.revision.number if entry.revision else 1
    return Waiting(
        do=_("Xem bản bổ sung"),
        what=_title(entry),
        why=_("%(unit)s gửi lại, bản %(number)d") % {"unit": _unit(entry), "number": number},
        url=places.entry(entry.uid),
        clock=asking.clock(entry.stage_at),
        icon="arrow-repeat",
    )


def _new(asking: Asking, entries: Sequence[Entry]) -> Iterator[Waiting]:
    if len(entries) <= _ALONE:
        for entry in entries:
            yield Waiting(
                do=_("Kiểm tra báo cáo mới"),
                what=_title(entry),
                why=_unit(entry),
                url=places.entry(entry.uid),
                clock=asking.clock(entry.submitted_at or entry.stage_at),
                icon="inbox",
            )
        return
    first = entries[0]
    count = _counted(len(entries))
    yield Waiting(
        do=_("Kiểm tra %s báo cáo mới") % count,
        what=_named(_unit(each) for each in entries),
        why=run(first.campaign),
        url=places.waiting(first.campaign.uid),
        clock=asking.clock(first.submitted_at or first.stage_at),
        icon="inbox",
    )


def _late(asking: Asking, entries: Sequence[Entry]) -> Waiting:
    """After the window: each is still admitted with a reason, or goes to the next campaign."""
    first = entries[0]
    closed = short(first.campaign.closes_date, asking.today)
    return Waiting(
        do=ngettext("Xem %s báo cáo đến trễ", "Xem %s báo cáo đến trễ", len(entries)) % _counted(len(entries)),
        what=_title(first) if len(entries) == 1 else _named(_unit(each) for each in entries),
        why=_("Đến sau hạn %s: tiếp nhận, hoặc chuyển sang đợt sau.") % closed,
        url=places.entry(first.uid) if len(entries) == 1 else places.waiting(first.campaign.uid, late=True),
        clock=asking.clock(first.arrived_at or first.stage_at),
        icon="clock",
    )


def returned(asking: Asking) -> Iterator[Waiting]:
    """Sent back, and the day is past: the clock proposes, a person decides. One statement."""
    if not asking.may(Permission.DEFER):
        return
    past = Return.objects.filter(
        entry__campaign__in=asking.led, entry__stage=Stage.CHANGES_REQUESTED, ended_at__isnull=True,
        due_date__lt=asking.today,
    )  # fmt: skip
    asked = Participant.objects.filter(campaign=OuterRef("entry__campaign"), unit=OuterRef("entry__implementer"))
    rows = past.select_related("entry__revision").annotate(unit_name=Subquery(asked.values("unit_version__name")[:1]))
    for back in rows.order_by("due_date", "pk")[:_MOST]:
        name = back.unit_name or _("Đơn vị")
        yield Waiting(
            do=_("Kết luận hồ sơ chưa bổ sung"),
            what=_title(back.entry),
            why=_("%s chưa gửi bản bổ sung. Gia thêm ngày, chuyển đợt sau, hoặc không tiếp nhận.") % name,
            url=places.entry(back.entry.uid),
            clock=asking.clock(back.returned_at, back.due_date),
            icon="hourglass-split",
        )


def silent(asking: Asking) -> Iterator[Waiting]:
    """Units that have not answered, from two weeks before the deadline, nor were reminded just now. One statement."""
    if not asking.may(Permission.INVITE):
        return
    asked = Participant.objects.filter(campaign__in=asking.led, campaign__state=State.ISSUED, answer=Answer.NONE)
    near = asked.filter(
        campaign__closes_date__lte=asking.today + _REMIND_BEFORE, campaign__opens_date__lte=asking.today
    )
    sent_something = Submission.objects.filter(campaign=OuterRef("campaign"), unit=OuterRef("unit"))
    reminded = RemindedUnit.objects.filter(participant=OuterRef("pk"), reminder__made_at__gte=asking.at - _REMIND_AGAIN)
    quiet = near.exclude(Exists(sent_something)).exclude(Exists(reminded)).select_related("campaign", "unit_version")
    by_campaign: dict[int, list[Participant]] = defaultdict(list)
    for each in quiet.order_by("campaign", "position")[:_MOST]:
        by_campaign[each.campaign_id].append(each)
    for participants in by_campaign.values():
        campaign, count = participants[0].campaign, _counted(len(participants))
        yield Waiting(
            do=_("Nhắc %s đơn vị chưa trả lời") % count,
            what=_named(each.unit_version.name for each in participants),
            why=run(campaign),
            url=reverse("desk:remind", args=[campaign.uid]),
            clock=asking.clock(campaign.opens_date, campaign.closes_date),
            icon="send",
        )


def _title(entry: Entry) -> str:
    return entry.revision.title if entry.revision else entry.code


def _unit(entry: Entry) -> str:
    name: str | None = entry.unit_name  # type: ignore[attr-defined]  # annotated above
    return name or _("đơn vị ngoài danh sách")


def run(campaign: Campaign) -> str:
    """ "Đợt 2024": short enough for a row."""
    return _("Đợt %d") % campaign.year


def _counted(count: int) -> str:
    return _("hơn 1.000") if count >= _MOST else str(count)


def _named(names: Iterable[str]) -> str:
    """The first few names, each once."""
    each_once = list(dict.fromkeys(names))
    shown = ", ".join(each_once[:_NAMED])
    left = len(each_once) - _NAMED
    return _("%(names)s và %(n)d đơn vị nữa") % {"names": shown, "n": left} if left > 0 else shown
