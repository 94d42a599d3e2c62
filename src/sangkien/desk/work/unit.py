"""What waits for a unit: its officer and its head."""

from collections.abc import Iterator
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext as _

from sangkien.accounts.roles import Permission
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Answer, Participant
from sangkien.desk import places
from sangkien.desk.work.model import Asking, Waiting
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, Gap, Return, Submission

_MOST: Final = 50


def drafts(asking: Asking) -> Iterator[Waiting]:
    """Drafts of the unit in campaigns that run: the head sends, the officer completes. One statement."""
    if not asking.may(Permission.DRAFT):
        return
    mine = Entry.objects.filter(asking.at_unit(Permission.DRAFT, "implementer", "campaign__uid"))
    open_ones = mine.filter(stage=Stage.DRAFT, campaign__state__in=State.of_the_running())
    heads = asking.units(Permission.SUBMIT)
    for entry in open_ones.select_related("campaign", "revision").order_by("campaign__closes_date", "pk")[:_MOST]:
        sends = entry.implementer_id in heads
        yield Waiting(
            do=_("Xem và gửi báo cáo") if sends else _("Hoàn tất bản soạn"),
            what=_title(entry),
            why=_("Đợt %d") % entry.campaign.year,
            url=places.entry(entry.uid),
            clock=asking.clock(entry.created_at, entry.campaign.closes_date),
            icon="send" if sends else "pencil",
        )


def returned(asking: Asking) -> Iterator[Waiting]:
    """Sent back to the unit, with the gaps and the day. Two statements."""
    if not asking.may(Permission.DRAFT):
        return
    mine = asking.at_unit(Permission.DRAFT, "entry__implementer", "entry__campaign__uid")
    open_ones = Return.objects.filter(mine, ended_at__isnull=True, entry__stage=Stage.CHANGES_REQUESTED)
    gaps = Prefetch("gaps", queryset=Gap.objects.order_by("position"))
    rows = open_ones.select_related("entry__revision").prefetch_related(gaps).order_by("due_date", "pk")
    for each in rows[:_MOST]:
        yield Waiting(
            do=_("Bổ sung giải pháp"),
            what=_title(each.entry),
            why=" ".join(gap.text for gap in each.gaps.all()) or each.note,
            url=places.entry(each.entry.uid),
            clock=asking.clock(each.returned_at, each.due_date),
            icon="arrow-return-left",
        )


def unanswered(asking: Asking) -> Iterator[Waiting]:
    """A campaign asks the unit, and nothing has been begun, sent or answered. One statement."""
    if not asking.may(Permission.DRAFT):
        return
    asked = Participant.objects.filter(asking.at_unit(Permission.DRAFT, "unit", "campaign__uid"))
    same = {"campaign": OuterRef("campaign")}
    quiet = asked.filter(answer=Answer.NONE, campaign__state=State.ISSUED).exclude(
        Exists(Submission.objects.filter(unit=OuterRef("unit"), **same))
    )
    quiet = quiet.exclude(Exists(Entry.objects.filter(implementer=OuterRef("unit"), **same)))
    for each in quiet.select_related("campaign", "unit", "unit_version").order_by("campaign__closes_date", "pk")[
        :_MOST
    ]:
        yield Waiting(
            do=_("Báo cáo giải pháp, hoặc trả lời là không có"),
            what=each.campaign.title,
            why=each.unit_version.name,
            url=places.reporting(each.campaign.uid, each.unit.uid),
            clock=asking.clock(each.campaign.opens_date, each.campaign.closes_date),
            icon="file-earmark-text",
        )


def _title(entry: Entry) -> str:
    title = entry.revision.title if entry.revision else ""
    return title or _("Giải pháp chưa có tên")
