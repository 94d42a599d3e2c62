"""Visits and sessions that are near, or whose minutes are missing."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.accounts.roles import Permission
from sangkien.appraisal.models import Capacity, PanelMember, PresentationSession, SessionKind, SiteVisit, Visitor
from sangkien.campaigns.lifecycle import State
from sangkien.desk.work.model import Asking, Waiting
from sangkien.units.queries import name_then

_NEAR: Final = timedelta(days=7)
_MOST: Final = 20
_RUNNING: Final = State.of_the_running()
_KEEPS: Final = (Capacity.CHAIR, Capacity.VICE_CHAIR, Capacity.SECRETARY)


def visits(asking: Asking) -> Iterator[Waiting]:
    """For who goes along, and for the lead unit. One statement."""
    user = asking.actor.user
    if user is None or not (asking.may(Permission.KEEP_MINUTES) or asking.may(Permission.ARRANGE)):
        return
    goes = Visitor.objects.filter(user=user, is_host=False)
    ahead = Q(ended_at__isnull=True, starts_at__lte=asking.at + _NEAR)
    led = Q(campaign__in=asking.led)
    keeps = goes.filter(Q(keeps_minutes=True) | Q(is_head=True))
    due = ahead & (led | Q(pk__in=goes.values("visit")))
    due |= Q(ended_at__isnull=False, minutes__isnull=True) & (led | Q(pk__in=keeps.values("visit")))
    rows = SiteVisit.objects.filter(due, cancelled_at__isnull=True, campaign__state__in=_RUNNING)
    for each in rows.annotate(host_name=name_then("host", asking.today)).order_by("starts_at", "pk")[:_MOST]:
        yield _visit(asking, each, each.host_name or "")


def _visit(asking: Asking, visit: SiteVisit, host: str) -> Waiting:
    url = reverse("appraisal:visit", args=[visit.uid])
    if visit.ended_at is not None:
        return Waiting(
            do=_("Lập biên bản khảo sát"), what=host, why=_("Buổi khảo sát đã kết thúc, chưa có biên bản."), url=url,
            clock=asking.clock(visit.ended_at), icon="clipboard-check",
        )  # fmt: skip
    return Waiting(
        do=_("Đi khảo sát"), what=host, why=_when(visit.starts_at, visit.place), url=url,
        clock=asking.clock(visit.planned_at, asking.day(visit.starts_at)), icon="building",
    )  # fmt: skip


def sessions(asking: Asking) -> Iterator[Waiting]:
    """For members of the panel, and for the lead unit; minutes for who keeps them. One statement."""
    user = asking.actor.user
    if user is None:
        return
    sits = PanelMember.objects.filter(user=user, left_at__isnull=True)
    led = Q(campaign__in=asking.led)
    due = Q(ended_at__isnull=True, starts_at__lte=asking.at + _NEAR) & (led | Q(panel__in=sits.values("panel")))
    keeps = sits.filter(capacity__in=_KEEPS)
    due |= Q(ended_at__isnull=False, minutes__isnull=True) & (led | Q(panel__in=keeps.values("panel")))
    rows = PresentationSession.objects.filter(due, cancelled_at__isnull=True, campaign__state__in=_RUNNING)
    for each in rows.order_by("starts_at", "pk")[:_MOST]:
        yield _session(asking, each)


def _session(asking: Asking, session: PresentationSession) -> Waiting:
    if session.ended_at is not None:
        return Waiting(
            do=_("Lập biên bản phiên họp"), what=session.title, why=_("Phiên đã kết thúc, chưa có biên bản."),
            url=reverse("appraisal:session", args=[session.uid]), clock=asking.clock(session.ended_at),
            icon="clipboard-check",
        )  # fmt: skip
    council = session.kind == SessionKind.COUNCIL
    return Waiting(
        do=_("Họp hội đồng") if council else _("Dự buổi trình bày"), what=session.title,
        why=_when(session.starts_at, session.place), url=reverse("appraisal:session", args=[session.uid]),
        clock=asking.clock(session.planned_at, asking.day(session.starts_at)), icon="people",
    )  # fmt: skip


def _when(starts_at: datetime, place: str) -> str:
    local = timezone.localtime(starts_at)
    return _("%(at)s, %(place)s") % {"at": date_format(local, "H:i j/n/Y"), "place": place}
