"""Solutions that were put off to the next campaign: once it runs, the unit confirms that they still apply."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sangkien.accounts.roles import Permission
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign, Participant
from sangkien.desk.work.model import Asking, Waiting
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry

_MOST: Final = 50


def put_off() -> QuerySet[Any]:  # with annotations
    """Deferred, not taken further nor given up; ``next_uid``: the running campaign that asks the unit."""
    asked = Participant.objects.filter(
        unit=OuterRef("implementer"),
        campaign__organiser=OuterRef("organiser"),
        campaign__state__in=State.of_the_running(),
        campaign__opens_date__gt=OuterRef("campaign__opens_date"),
    )
    newest = asked.order_by("-campaign__opens_date", "-pk")
    waiting = Entry.objects.filter(stage=Stage.DEFERRED, rolled_over_to__isnull=True, no_longer_applied_at__isnull=True)
    return waiting.annotate(
        next_id=Subquery(newest.values("campaign")[:1]),
        next_uid=Subquery(newest.values("campaign__uid")[:1]),
        next_closes=Subquery(newest.values("campaign__closes_date")[:1]),
    ).filter(next_id__isnull=False)


def of_unit(asking: Asking) -> Iterator[Waiting]:
    """For the unit: does it still apply? One statement."""
    if not asking.may(Permission.DRAFT):
        return
    mine = put_off().filter(asking.at_unit(Permission.DRAFT, "implementer", "campaign__uid"))
    for entry in mine.select_related("campaign", "revision").order_by("next_closes", "pk")[:_MOST]:
        yield Waiting(
            do=_("Xác nhận “vẫn đang áp dụng”"),
            what=entry.revision.title if entry.revision else entry.code,
            why=_("Chuyển từ đợt %d; xác nhận rồi gửi là được xét trong đợt này.") % entry.campaign.year,
            url=reverse("intake:still_applied", args=[entry.next_uid, entry.uid]),
            clock=asking.clock(entry.stage_at, entry.next_closes),
            icon="arrow-right-square",
        )


def of_lead(asking: Asking) -> Iterator[Waiting]:
    """For the lead unit: how many wait for their units' word. One statement, and one for the campaigns' names."""
    if not asking.may(Permission.DEFER):
        return
    campaigns = {each.pk: each for each in asking.led}
    if not campaigns:
        return
    rows = put_off().filter(organiser__in={each.organiser_id for each in campaigns.values()})
    counts = Counter(rows.order_by("pk").values_list(F("next_id"), flat=True)[:1_000])
    for key, count in counts.items():
        if key in campaigns:
            yield _waiting(asking, campaigns[key], count)


def _waiting(asking: Asking, campaign: Campaign, count: int) -> Waiting:
    sentence = ngettext("%d giải pháp của đợt trước", "%d giải pháp của đợt trước", count) % count
    return Waiting(
        do=_("Xem các giải pháp chờ từ đợt trước"),
        what=sentence,
        why=_("Đơn vị xác nhận “vẫn đang áp dụng” thì xét trong đợt %d.") % campaign.year,
        url=reverse("desk:pool", args=[campaign.uid]),
        clock=asking.clock(campaign.opens_date, campaign.closes_date),
        icon="arrow-right-square",
    )
