"""Judging in the room's home: what I score, and the panels that I look after."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.roles import Permission
from sangkien.appraisal.home.model import Row, Section
from sangkien.appraisal.judging.waiting import MOST, unread
from sangkien.appraisal.models import Capacity, Panel, PanelMember
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign
from sangkien.intake.visibility import units_of

_MOST_ROWS = 20


def to_score(actor: Actor, at: datetime) -> Iterator[Section]:
    """One row for each panel in which something is unread. One statement, two more for who sits in one."""
    rows = []
    for readings in unread(actor):
        panel = readings[0].member.panel
        count = _("hơn 1.000") if len(readings) >= MOST else str(len(readings))
        year = _("Đợt %d") % panel.campaign.year
        do = _("Chấm %s hồ sơ") % count
        rows.append(Row(do, panel.name, year, reverse("appraisal:judging"), due=panel.due_date))
    yield Section("to-score", _("Hồ sơ bạn chấm"), tuple(rows))


def panels(actor: Actor, at: datetime) -> Iterator[Section]:
    """The panels that this person looks after, and campaigns that have none yet. Two statements, none for others."""
    led, arranged = _units(actor, Permission.ROUTE), _units(actor, Permission.ARRANGE)
    if not led and not arranged:
        return
    running = Q(campaign__state__in=State.of_the_running(), dissolved_at__isnull=True)
    of_lead = Q(campaign__lead_unit__in=led) | Q(campaign__organiser__in=led) | Q(office__in=arranged)
    rows = [
        Row(
            _("Xem tổ chấm"), each.name, _("Đợt %d") % each.campaign.year, reverse("appraisal:panel", args=[each.uid]),
            icon="people", due=each.due_date,
        )
        for each in Panel.objects.filter(running, of_lead).select_related("campaign").order_by("-pk")[:_MOST_ROWS]
    ]  # fmt: skip
    without = Campaign.objects.filter(Q(lead_unit__in=led) | Q(organiser__in=led), state=State.IN_ASSESSMENT).exclude(
        panels__dissolved_at__isnull=True, panels__isnull=False
    )
    rows += [
        Row(
            _("Lập tổ chấm"),
            each.title,
            _("chưa có ai chấm"),
            reverse("appraisal:panels", args=[each.uid]),
            icon="plus",
        )
        for each in without.order_by("-pk")[:_MOST_ROWS]
    ]
    yield Section("panels", _("Tổ chấm, hội đồng"), tuple(rows))


def results(actor: Actor, at: datetime) -> Iterator[Section]:
    """Campaigns whose marks this person looks after: the lead unit, who decides, who leads a panel. One statement."""
    if actor.user is None:
        return
    led = _units(actor, Permission.PROPOSE) | _units(actor, Permission.DECIDE)
    seats = PanelMember.objects.current().filter(user=actor.user, capacity__in=Capacity.leading())
    of_mine = Q(lead_unit__in=led) | Q(organiser__in=led) | Q(pk__in=seats.values("panel__campaign"))
    scored = Panel.objects.filter(dissolved_at__isnull=True, campaign__state__in=State.of_the_running())
    campaigns = Campaign.objects.filter(of_mine, pk__in=scored.values("campaign")).order_by("-pk")[:_MOST_ROWS]
    rows = [
        Row(
            _("Xem kết quả chấm"), each.title, _("Đợt %d") % each.year, reverse("appraisal:results", args=[each.uid]),
            icon="bar-chart",
        )
        for each in campaigns
    ]  # fmt: skip
    yield Section("results", _("Kết quả chấm"), tuple(rows))


def _units(actor: Actor, permission: Permission) -> set[int]:
    return {unit for units in units_of(actor, permission).values() for unit in units}
