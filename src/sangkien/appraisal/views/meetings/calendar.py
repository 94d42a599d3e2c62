"""All visits and sessions of a campaign that this person may know of, what lies ahead first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.appraisal.meetings import sessions_of, visits_of
from sangkien.appraisal.models import PresentationSession, SessionKind, SiteVisit
from sangkien.appraisal.rules.meetings import may_arrange
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.pages import campaign_of
from sangkien.units.queries import name_then

_MOST = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting as a line: ``tone`` of its state as a tag."""

    starts_at: datetime
    what: str
    title: str
    place: str
    url: str
    state: str
    tone: str
    icon: str

    @property
    def is_over(self) -> bool:
        return self.icon in ("check-circle", "x-circle")


@require_safe
@signed_in
def calendar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Two lists, of constant cost."""
    campaign, actor = campaign_of(request, uid), actor_of(request)
    visits = visits_of(actor).filter(campaign=campaign).annotate(host_name=name_then("host", actor.on))
    sessions = sessions_of(actor).filter(campaign=campaign).select_related("panel")
    rows = [_visit_row(each, each.host_name or "") for each in visits.order_by("-starts_at", "-pk")[:_MOST]]
    rows += [_session_row(each) for each in sessions.order_by("-starts_at", "-pk")[:_MOST]]
    ahead = sorted((each for each in rows if not each.is_over), key=lambda each: each.starts_at)
    behind = sorted((each for each in rows if each.is_over), key=lambda each: each.starts_at, reverse=True)
    context = {
        "campaign": campaign, "ahead": ahead, "behind": behind, "may": may_arrange(actor, campaign),
    }  # fmt: skip
    return page(request, "appraisal/meetings/calendar.html", context=context)


def _visit_row(visit: SiteVisit, host: str) -> Row:
    state, tone, icon = state_of(visit)
    url = reverse("appraisal:visit", args=[visit.uid])
    return Row(visit.starts_at, _("Khảo sát thực tế"), host, visit.place, url, state, tone, icon)


def _session_row(session: PresentationSession) -> Row:
    state, tone, icon = state_of(session)
    what = SessionKind(session.kind).label
    url = reverse("appraisal:session", args=[session.uid])
    return Row(session.starts_at, what[:1].upper() + what[1:], session.title, session.place, url, state, tone, icon)


def state_of(meeting: SiteVisit | PresentationSession) -> tuple[str, str, str]:
    """Word, tone and icon of where it stands."""
    if meeting.cancelled_at is not None:
        return _("đã hủy"), "", "x-circle"
    if meeting.ended_at is not None:
        return (_("đã xong"), "done", "check-circle") if meeting.minutes_id else (_("chờ biên bản"), "due", "clock")
    if meeting.started_at is not None:
        return _("đang diễn ra"), "now", "hourglass-split"
    if meeting.starts_at < timezone.now():
        return _("quá giờ, chưa ghi"), "late", "exclamation-circle"
    return _("sắp tới"), "", "calendar3"


def link_of(campaign: Campaign) -> str:
    """The address of the list."""
    return reverse("appraisal:calendar", args=[campaign.uid])
