"""What waits during appraisal: opinions of an office, entries to pass on, what was given back, questions to a unit."""

from collections.abc import Iterator
from typing import Final

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sangkien.accounts.roles import Permission
from sangkien.appraisal.home.offices import waiting
from sangkien.appraisal.models import Assignment, SupplementRequest, SupportRequest
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign
from sangkien.desk.clocks import Clock
from sangkien.desk.work.model import Asking, Waiting
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry

_MOST: Final = 50


def opinions(asking: Asking) -> Iterator[Waiting]:
    """Entries on which the actor's office, or the actor, has to say something. Two statements.

    Who holds no part in appraisal, but was named by the chair, is told by a notice and finds it at Thẩm định.
    """
    if not asking.may(Permission.APPRAISE):
        return
    for each in waiting(asking.actor)[:_MOST]:
        yield Waiting(
            do=_("Cho ý kiến thẩm định"),
            what=each.revision.title,
            why=f"{each.entry.code} · {getattr(each, 'unit_name', None) or _('đơn vị ngoài danh sách')}",
            url=reverse("appraisal:opinion", args=[each.uid]),
            clock=asking.clock(each.assigned_at, each.due_date),
            icon="clipboard-check",
        )


def of_lead(asking: Asking) -> Iterator[Waiting]:
    """Entries to pass on, and those that an office gave back; one row of each for a campaign. One statement at most."""
    if not asking.may(Permission.ROUTE) or not asking.led:
        return
    campaigns = {each.pk: each for each in asking.led}
    given_back = Assignment.objects.filter(entry=OuterRef("pk"), withdrawn_at__isnull=False, withdrawn_reason="")
    waits = Q(stage=Stage.ADMITTED) | Q(Exists(given_back.exclude(returned_reason="")), stage=Stage.IN_APPRAISAL)
    rows = Entry.objects.filter(waits, campaign__in=campaigns).values("campaign", "stage").order_by()
    for row in rows.annotate(count=Count("pk"), since=Min("stage_at")):
        campaign, count, clock = campaigns[row["campaign"]], row["count"], asking.clock(row["since"])
        if row["stage"] == Stage.ADMITTED:
            yield _to_route(campaign, count, clock)
        else:
            yield _given_back(campaign, count, clock)


def _to_route(campaign: Campaign, count: int, clock: Clock) -> Waiting:
    return Waiting(
        do=ngettext("Chuyển thẩm định %d giải pháp", "Chuyển thẩm định %d giải pháp", count) % count,
        what=campaign.title,
        why=_("đã tiếp nhận, chưa có nơi thẩm định"),
        url=f"{reverse('appraisal:routing')}?dot={campaign.uid}",
        clock=clock,
        icon="signpost-split",
    )


def _given_back(campaign: Campaign, count: int, clock: Clock) -> Waiting:
    return Waiting(
        do=ngettext("Chọn nơi khác cho %d giải pháp", "Chọn nơi khác cho %d giải pháp", count) % count,
        what=campaign.title,
        why=_("đơn vị nhận thẩm định báo là không thuộc lĩnh vực của mình"),
        url=f"{reverse('appraisal:home')}#given-back",
        clock=clock,
        icon="arrow-return-left",
    )


def questions_to_unit(asking: Asking) -> Iterator[Waiting]:
    """What was asked of the unit during appraisal. Who asks is not said. One statement, none for others."""
    if not asking.may(Permission.DRAFT):
        return
    mine = asking.at_unit(Permission.DRAFT, "assignment__entry__implementer", "assignment__entry__campaign__uid")
    rows = SupplementRequest.objects.filter(
        mine, answered_at__isnull=True, withdrawn_at__isnull=True,
        assignment__entry__campaign__state__in=State.of_the_running(),
    )  # fmt: skip
    for each in rows.select_related("assignment__entry__revision").order_by("due_date", "pk")[:_MOST]:
        entry = each.assignment.entry
        yield Waiting(
            do=_("Trả lời phần cần làm rõ"),
            what=entry.revision.title if entry.revision else entry.code,
            why=each.question,
            url=reverse("appraisal:answer", args=[each.uid]),
            clock=asking.clock(each.asked_at, each.due_date),
            icon="question-circle",
        )


def questions_to_office(asking: Asking) -> Iterator[Waiting]:
    """Units ask the office while they write. One statement, none for others; the lead unit finds them at Thẩm định."""
    if not asking.may(Permission.APPRAISE):
        return
    mine = asking.at_unit(Permission.GUIDE, "office", "campaign__uid")
    rows = SupportRequest.objects.filter(
        mine, closed_at__isnull=True, first_answered_at__isnull=True, campaign__state__in=State.of_the_running()
    )
    for each in rows.order_by("asked_at", "pk")[:_MOST]:
        yield Waiting(
            do=_("Trả lời đơn vị đang soạn"),
            what=each.title,
            why="",
            url=reverse("appraisal:support", args=[each.uid]),
            clock=asking.clock(each.asked_at),
            icon="chat-dots",
        )
