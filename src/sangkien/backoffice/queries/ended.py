"""Ended units that still hold something open, so that none is forgotten."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from sangkien.accounts.models import Invitation, Membership
from sangkien.backoffice.reach import Reach
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Answer, Campaign, FieldOwner, Participant
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.units.models import UnitVersion
from sangkien.units.queries import heirs

_MOST = 200


def ended_with_open_work(reach: Reach) -> Sequence[UnitVersion]:
    """The last version of each, the latest to end first. Four statements."""
    held = Membership.objects.filter(unit=OuterRef("unit"), ends_date__isnull=True, user__is_active=True)
    invited = Invitation.objects.open(timezone.now()).filter(unit=OuterRef("unit"))
    owned = FieldOwner.objects.current().filter(office=OuterRef("unit"))
    running = State.of_the_running() | {State.DRAFT}
    of_field, of_sector = (
        owned.filter(field__campaign__state__in=running),
        owned.filter(sector__campaign__state__in=running),
    )
    begun = Entry.objects.filter(implementer=OuterRef("unit"), stage__in=Stage.with_the_unit())
    begun = begun.filter(campaign__state__in=running)
    led = Campaign.objects.filter(lead_unit=OuterRef("unit"), state__in=running)
    later = UnitVersion.objects.current().filter(unit=OuterRef("unit"), valid_from__gt=OuterRef("valid_from"))
    ended = UnitVersion.objects.current().filter(valid_to__lte=reach.on).exclude(Exists(later))
    if not reach.everything:
        ended = ended.filter(unit__in=reach.units())
    asked = {row.unit_id for row in asked_in_vain(Participant.objects.filter(unit__in=ended.values("unit")))}
    ended = ended.filter(
        Exists(held) | Exists(invited) | Exists(of_field) | Exists(of_sector) | Exists(begun) | Exists(led)
        | Q(unit__in=asked)
    )  # fmt: skip
    return list(ended.select_related("unit").order_by("-valid_to", "name_sort", "pk")[:_MOST])


def asked_in_vain(rows: QuerySet[Participant]) -> list[Participant]:
    """Of these places of ended units, those that running campaigns still wait for: nothing sent, nothing answered, and
    no successor, nor a successor of one, asked. By unit, the nearest deadline first. Four statements, one for none."""
    running = State.of_the_running() | {State.DRAFT}
    waiting = list(
        rows.filter(answer=Answer.NONE, campaign__state__in=running)
        .select_related("campaign__lead_unit", "campaign__organiser", "unit")
        .order_by("unit_id", "campaign__closes_date", "pk")
    )
    if not waiting:
        return []
    campaigns = {row.campaign_id for row in waiting}
    sent = Entry.objects.filter(implementer__in={row.unit_id for row in waiting}, campaign__in=campaigns).sent()
    answered = set(sent.order_by().values_list("campaign", "implementer").distinct())
    after = heirs({row.unit_id for row in waiting})
    taking = {unit_id for units in after.values() for unit_id in units}
    there = Participant.objects.filter(campaign__in=campaigns, unit__in=taking)
    asked = set(there.values_list("campaign", "unit"))
    return [
        row
        for row in waiting
        if (row.campaign_id, row.unit_id) not in answered
        and not any((row.campaign_id, unit_id) in asked for unit_id in after.get(row.unit_id, ()))
    ]
