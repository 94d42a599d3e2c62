"""What is open at a unit for a role, as lines for a hand-over: work belongs to unit and role, so it goes along."""

from collections.abc import Callable, Iterator
from typing import Final

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sangkien.accounts.models import Membership
from sangkien.accounts.roles import PERMISSIONS, Permission, Role
from sangkien.appraisal.models import Assignment, Opinion, PresentationSession, SiteVisit
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Answer, Campaign, FieldOwner, Participant
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.papers.models import Paper
from sangkien.papers.models import State as PaperState

_MOST_LINES: Final = 200
_RUNNING: Final = State.of_the_running()


def open_work(membership: Membership) -> list[str]:
    """One line each, oldest first within each kind of work; nothing for what holds no unit."""
    if membership.unit_id is None:
        return []
    may = PERMISSIONS[Role(membership.role)]
    lines = (line for needed, source in _SOURCES if needed & may for line in source(membership))
    return [line for _number, line in zip(range(_MOST_LINES), lines, strict=False)]


def _scope(membership: Membership, prefix: str = "") -> Q:
    return Q() if membership.scope_uid is None else Q(**{f"{prefix}uid": membership.scope_uid})


def _led(membership: Membership) -> Iterator[str]:
    here = Q(lead_unit=membership.unit_id) | Q(organiser=membership.unit_id)
    campaigns = list(
        Campaign.objects.filter(here, _scope(membership), state__in={State.DRAFT, *_RUNNING}).order_by("pk")
    )
    silent = _silent(campaigns)
    waiting = Entry.objects.filter(campaign__in=campaigns, stage=Stage.SUBMITTED).values_list("campaign")
    arrived = dict(waiting.order_by().annotate(count=Count("pk")))
    for campaign in campaigns:
        if campaign.state == State.DRAFT:
            yield _("Kế hoạch đang soạn: %s") % campaign.title
            continue
        count, new = silent.get(campaign.pk, 0), arrived.get(campaign.pk, 0)
        yield _("Đợt “%(title)s”, hạn %(day)s: %(silent)s, %(new)s.") % {
            "title": campaign.title,
            "day": date_format(campaign.closes_date, "d/m/Y"),
            "silent": ngettext("%d đơn vị chưa trả lời", "%d đơn vị chưa trả lời", count) % count,
            "new": ngettext("%d báo cáo chờ tiếp nhận", "%d báo cáo chờ tiếp nhận", new) % new,
        }


def _silent(campaigns: list[Campaign]) -> dict[int, int]:
    """Campaign → how many units have neither sent nor said that they have nothing."""
    asked = set(
        Participant.objects.filter(campaign__in=campaigns, answer=Answer.NONE).values_list("campaign", "unit")
    )  # fmt: skip
    sent = Entry.objects.filter(campaign__in=campaigns).sent().order_by()
    asked -= set(sent.values_list("campaign", "implementer").distinct())
    counted: dict[int, int] = {}
    for campaign, _unit in asked:
        counted[campaign] = counted.get(campaign, 0) + 1
    return counted


def _reported(membership: Membership) -> Iterator[str]:
    asked = Participant.objects.filter(
        _scope(membership, "campaign__"), unit=membership.unit_id, answer=Answer.NONE, campaign__state__in=_RUNNING
    ).select_related("campaign")
    rows = list(asked.order_by("campaign__closes_date", "pk"))
    own = Entry.objects.filter(campaign__in=[row.campaign_id for row in rows], implementer=membership.unit_id)
    sent = set(own.sent().values_list("campaign", flat=True))
    for row in rows:
        if row.campaign_id not in sent:
            day = date_format(row.campaign.closes_date, "d/m/Y")
            yield _("Trả lời đợt “%(title)s”, hạn %(day)s.") % {"title": row.campaign.title, "day": day}
    begun = Entry.objects.filter(
        _scope(membership, "campaign__"), implementer=membership.unit_id, stage__in=Stage.with_the_unit(),
        campaign__state__in=_RUNNING,
    ).select_related("revision")  # fmt: skip
    for entry in begun.order_by("pk"):
        title = entry.revision.title if entry.revision else ""
        yield _("Báo cáo %(code)s %(title)s: %(stage)s.") % {
            "code": entry.code,
            "title": f"“{title}”" if title else "",
            "stage": Stage(entry.stage).label,
        }


def _appraised(membership: Membership) -> Iterator[str]:
    """Fields and sectors in charge of which the unit stands."""
    for kind, name in (("field", "name_as_printed"), ("sector", "name")):
        rows = FieldOwner.objects.current().filter(
            _scope(membership, f"{kind}__campaign__"), office=membership.unit_id,
            **{f"{kind}__campaign__state__in": _RUNNING},
        )  # fmt: skip
        for field, title in rows.order_by("pk").values_list(f"{kind}__{name}", f"{kind}__campaign__title"):
            yield _("Phụ trách “%(field)s” trong đợt “%(title)s”.") % {"field": field, "title": title}


def _arranged(membership: Membership) -> Iterator[str]:
    """Visits and sessions of what the unit leads that are to come, or have no minutes yet."""
    led = Q(campaign__lead_unit=membership.unit_id) | Q(campaign__organiser=membership.unit_id)
    for model in (SiteVisit, PresentationSession):
        rows = model.objects.filter(
            led, _scope(membership, "campaign__"), cancelled_at__isnull=True, minutes__isnull=True,
            campaign__state__in=_RUNNING,
        )  # fmt: skip
        for place, starts_at in rows.order_by("starts_at", "pk").values_list("place", "starts_at"):
            told = {"place": place, "at": date_format(timezone.localtime(starts_at), "H:i d/m/Y")}
            what = _("Khảo sát lúc %(at)s, %(place)s: chưa có biên bản.")
            yield (what if model is SiteVisit else _("Phiên họp lúc %(at)s, %(place)s: chưa có biên bản.")) % told


def _to_say(membership: Membership) -> Iterator[str]:
    """Entries on which the office has not said anything yet."""
    filed = Opinion.objects.filed().values("assignment")
    waiting = Assignment.objects.current().filter(
        _scope(membership, "entry__campaign__"), office=membership.unit_id, entry__stage=Stage.IN_APPRAISAL,
        entry__campaign__state__in=_RUNNING,
    ).exclude(pk__in=filed)  # fmt: skip
    for each in waiting.select_related("entry", "revision").order_by("due_date", "pk")[:_MOST_LINES]:
        yield _("Chờ ý kiến thẩm định: %(code)s “%(title)s”, hạn %(day)s.") % {
            "code": each.entry.code,
            "title": each.revision.title,
            "day": date_format(each.due_date, "d/m/Y"),
        }


def _numbered(membership: Membership) -> Iterator[str]:
    for paper in Paper.objects.filter(issuer_unit=membership.unit_id, state=PaperState.READY).order_by("pk"):
        yield _("Văn bản chờ ký, vào số: %(kind)s “%(summary)s”.") % {
            "kind": paper.get_kind_display(),
            "summary": paper.summary,
        }


_SOURCES: Final[tuple[tuple[frozenset[Permission], Callable[[Membership], Iterator[str]]], ...]] = (
    (frozenset({Permission.PLAN}), _led),
    (frozenset({Permission.DRAFT}), _reported),
    (frozenset({Permission.APPRAISE}), _to_say),
    (frozenset({Permission.APPRAISE}), _appraised),
    (frozenset({Permission.ARRANGE}), _arranged),
    (frozenset({Permission.NUMBER}), _numbered),
)
