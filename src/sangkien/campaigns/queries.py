"""Questions about campaigns for the rooms above; each in a constant number of statements."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from sangkien.accounts.actor import Actor
from sangkien.accounts.roles import PERMISSIONS, Permission, Role
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign, CriteriaSet, FieldOwner, Participant, StandIn
from sangkien.units.models import Unit


def open_at(campaigns: QuerySet[Campaign], at: datetime) -> list[Campaign]:
    """Those whose window holds the moment. Few campaigns run at a time, so the clock is asked of each."""
    running = campaigns.filter(state__in=State.of_the_running()).order_by("closes_date", "pk")
    return [campaign for campaign in running if campaign.is_open(at)]


def participants(campaign: Campaign) -> QuerySet[Participant]:
    """In the plan's order, each with the name that papers print. One statement."""
    return Participant.objects.filter(campaign=campaign).select_related("unit_version").order_by("position")


def participations(unit: Unit) -> QuerySet[Participant]:
    """The issued campaigns that ask this unit, the latest first. One statement."""
    asked = Participant.objects.filter(unit=unit).exclude(campaign__state=State.DRAFT).select_related("campaign")
    return asked.order_by("-campaign__opens_date", "-pk")


def owners(campaign: Campaign | int) -> dict[str, list[int]]:
    """ "field:institutions" → ids of the offices in charge, in the plan's order; then "sector:education".

    ``campaign`` may be told by its key. One statement.
    """
    of_it = FieldOwner.objects.current().filter(Q(field__campaign=campaign) | Q(sector__campaign=campaign))
    rows = of_it.order_by(F("field__position").asc(nulls_last=True), "sector__position", "pk")
    held: dict[str, list[int]] = {}
    for field, sector, office in rows.values_list("field__code", "sector__code", "office"):
        held.setdefault(f"field:{field}" if field else f"sector:{sector}", []).append(office)
    return held


def current_criteria(campaign: Campaign) -> CriteriaSet | None:
    """By what new sheets judge: the last frozen version; before issue the one that is written. One statement.

    ``None`` where the plan sets no criteria. An entry of which a sheet is in goes on by the version of that sheet.
    """
    return CriteriaSet.objects.filter(campaign=campaign).in_force().first()


def uids_led_by(actor: Actor) -> list[UUID]:
    """The campaigns of which this actor sees every report, as their uids, the latest first. One statement."""
    units: dict[UUID | None, list[int]] = {}
    for each in actor.memberships:
        if Permission.SEE_CAMPAIGN not in PERMISSIONS[Role(each.role)]:
            continue
        if each.unit_id is None:
            return list(Campaign.objects.order_by("-pk").values_list("uid", flat=True))
        units.setdefault(each.scope_uid, []).append(each.unit_id)
    led = Q()
    for scope, held in units.items():
        here = Q(organiser__in=held) | Q(lead_unit__in=held)
        led |= here if scope is None else here & Q(uid=scope)
    return list(Campaign.objects.filter(led).order_by("-pk").values_list("uid", flat=True)) if units else []


def stand_ins(campaign: Campaign, unit: Unit) -> list[StandIn]:
    """Who judges in the place of this unit: offices first, then persons. One statement."""
    rows = StandIn.objects.current().filter(campaign=campaign, unit_in_conflict=unit).order_by("pk")
    return sorted(rows, key=lambda row: row.office_id is None)
