"""How the campaigns go that concern a person: one sentence on top, and a panel beside the work of the lead unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Answer, Campaign, Participant
from sangkien.desk import places
from sangkien.desk.clocks import days, short
from sangkien.desk.work.model import Asking
from sangkien.intake.models import Submission

_SHOWN: Final = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """A campaign that the actor leads: of ``asked`` units so many have ``answered``."""

    campaign: Campaign
    asked: int
    answered: int
    nil: int
    time_left: str
    url: str
    checking_url: str

    @property
    def silent(self) -> int:
        return self.asked - self.answered - self.nil


def sentence(asking: Asking) -> str:
    """ "Đợt nhận báo cáo còn 4 ngày."; of several campaigns the one that closes first.

    One statement, none for who leads one that is open.
    """
    open_ones = [each for each in asking.led if each.is_open(asking.at)]
    campaign = min(open_ones, key=lambda each: each.closes_date) if open_ones else _open_to(asking)
    if campaign is None:
        return ""
    left = (campaign.closes_date - asking.today).days
    return _("Hôm nay là ngày cuối nhận báo cáo.") if left == 0 else _("Đợt nhận báo cáo còn %s.") % days(left)


def _open_to(asking: Asking) -> Campaign | None:
    running = Campaign.objects.visible_to(asking.actor).filter(
        state=State.ISSUED, opens_date__lte=asking.today, closes_date__gte=asking.today
    )
    first = running.order_by("closes_date", "pk").first()
    return first if first is not None and first.is_open(asking.at) else None


def standings(asking: Asking) -> Sequence[Standing]:
    """The running campaigns that the actor leads, the latest first. One statement beside theirs."""
    campaigns = asking.led[:_SHOWN]
    if not campaigns:
        return []
    sent = Exists(Submission.objects.filter(campaign=OuterRef("campaign"), unit=OuterRef("unit")))
    rows = Participant.objects.filter(campaign__in=campaigns).annotate(has_sent=sent).values("campaign")
    counted = rows.annotate(
        asked=Count("pk"),
        answered=Count("pk", filter=Q(has_sent=True)),
        nil=Count("pk", filter=Q(has_sent=False, answer=Answer.NIL)),
    )
    by_campaign = {row["campaign"]: (row["asked"], row["answered"], row["nil"]) for row in counted.order_by()}
    return [_standing(asking, each, by_campaign.get(each.pk, (0, 0, 0))) for each in campaigns]


def _standing(asking: Asking, campaign: Campaign, counts: tuple[int, int, int]) -> Standing:
    return Standing(
        campaign, *counts, _time_left(asking, campaign), places.campaign(campaign.uid), places.waiting(campaign.uid)
    )


def _time_left(asking: Asking, campaign: Campaign) -> str:
    today, closes = asking.today, campaign.closes_date
    if asking.at < campaign.window.opens_at:
        return _("Nhận báo cáo từ %s.") % short(campaign.opens_date, today)
    if campaign.is_late(asking.at):
        return _("Đã hết hạn ngày %s; báo cáo đến sau vẫn được nhận.") % short(closes, today)
    left = (closes - today).days
    return _("Hôm nay là ngày cuối.") if left == 0 else _("Còn %s.") % days(left)
