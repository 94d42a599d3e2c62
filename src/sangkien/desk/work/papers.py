"""Plans that wait to be issued, and letters that wait for their number."""

from collections.abc import Iterator
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from sangkien.accounts.roles import Permission
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.models.reminders import Reminder
from sangkien.desk.work.model import Asking, Waiting
from sangkien.papers.models import State as PaperState

_MOST: Final = 20


def plans(asking: Asking) -> Iterator[Waiting]:
    """For who issues: drafts whose paper is made; for who plans: drafts without one. One statement each."""
    if asking.may(Permission.ISSUE):
        for campaign in _drafts(asking, Permission.ISSUE).filter(plan__isnull=False)[:_MOST]:
            yield Waiting(
                do=_("Ban hành kế hoạch"),
                what=campaign.title,
                why=_("Văn bản đã lập; ký xong thì ghi số, ngày và nộp tệp đã ký."),
                url=reverse("campaigns:plan", args=[campaign.uid]),
                clock=asking.clock(campaign.created_at, campaign.opens_date),
                icon="award",
            )
    if asking.may(Permission.PLAN):
        for campaign in _drafts(asking, Permission.PLAN).filter(plan__isnull=True)[:_MOST]:
            yield Waiting(
                do=_("Hoàn tất kế hoạch"),
                what=campaign.title,
                why=_("Bản soạn chưa lập thành văn bản để trình ký."),
                url=reverse("campaigns:plan", args=[campaign.uid]),
                clock=asking.clock(campaign.created_at, campaign.opens_date),
                icon="calendar3",
            )


def _drafts(asking: Asking, permission: Permission) -> QuerySet[Campaign]:
    drafts = Campaign.objects.filter(state=State.DRAFT)
    branches = [
        drafts.filter(asking.at_unit(permission, place, "uid")).values("pk") for place in ("lead_unit", "organiser")
    ]
    return Campaign.objects.filter(pk__in=branches[0].union(branches[1], all=True)).order_by("opens_date", "pk")


def letters(asking: Asking) -> Iterator[Waiting]:
    """Letters of a campaign's reminders that were written here and have no number yet. One statement."""
    if not asking.may(Permission.INVITE):
        return
    waiting = Reminder.objects.filter(campaign__in=asking.led, letter__state__in=[PaperState.DRAFT, PaperState.READY])
    for each in waiting.select_related("campaign", "letter").order_by("made_at", "pk")[:_MOST]:
        yield Waiting(
            do=_("Ghi số công văn đôn đốc"),
            what=each.letter.summary if each.letter else "",
            why=_("Đợt %(year)d, lần đôn đốc thứ %(n)d") % {"year": each.campaign.year, "n": each.number},
            url=reverse("desk:reminder", args=[each.campaign.uid, each.uid]),
            clock=asking.clock(each.made_at),
            icon="envelope",
        )
