"""Which entries an actor may know of: a union of one indexed branch per reason, never OR over the whole table.

Drafts are the unit's own; the lead unit sees only those that it opened itself. What was sent is seen by the unit, by
the units that did it together, by the lead unit and by the unit that issues the plan.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from sangkien.accounts.actor import Actor
from sangkien.accounts.roles import PERMISSIONS, Permission, Role
from sangkien.intake.lifecycle import Stage
from sangkien.units.models import UnitPath, within

if TYPE_CHECKING:  # the models ask this room, not the other way round
    from sangkien.campaigns.models import Campaign
    from sangkien.intake.models.entries import EntryQuerySet


def visible_to(entries: "EntryQuerySet", everyone: "EntryQuerySet", actor: Actor) -> "EntryQuerySet":
    """``everyone``: all entries, of which ``entries`` are any part. Costs no statement of its own."""
    outside_drafts = everyone.filter(~Q(stage=Stage.DRAFT) | Q(opened_by_lead=True))
    if sees_everything(actor):
        return entries.filter(~Q(stage=Stage.DRAFT) | Q(opened_by_lead=True))
    reasons: list[EntryQuerySet] = []
    if actor.invitation is not None:
        own = Q(implementer=actor.invitation.unit_id, campaign__uid=actor.invitation.scope_uid)
        reasons.append(everyone.filter(own))
    for scope, units in units_of(actor, Permission.FOLLOW).items():
        here = _in(scope)
        reasons.append(everyone.filter(here, implementer__in=units))
        reasons.append(everyone.exclude(stage=Stage.DRAFT).filter(here, initiative__co_implementers__unit__in=units))
    for scope, units in units_of(actor, Permission.SEE_CAMPAIGN).items():
        here = _in(scope)
        reasons.append(outside_drafts.filter(here, organiser__in=units))
        reasons.append(outside_drafts.filter(here, campaign__lead_unit__in=units))
    above = [each.unit_id for each in actor.memberships if each.role == Role.AUDITOR and each.unit_id]
    if above:
        below = UnitPath.objects.filter(within(actor.on), ancestor__in=above)
        reasons.append(outside_drafts.filter(organiser__in=below.values("unit")))
    if not reasons:
        return entries.none()
    keys = [reason.values("pk") for reason in reasons]
    return entries.filter(pk__in=keys[0].union(*keys[1:], all=True))


def sees_whole(actor: Actor, campaign: "Campaign") -> bool:
    """Whether the actor sees all that was sent in this campaign: a page on it asks once, then filters by it alone."""
    held = units_of(actor, Permission.SEE_CAMPAIGN)
    here = {*held.get(None, []), *held.get(campaign.uid, [])}
    return sees_everything(actor) or not here.isdisjoint({campaign.organiser_id, campaign.lead_unit_id})


def sees_everything(actor: Actor) -> bool:
    """Whether this is someone of the whole instance who may see reports."""
    return any(
        each.unit_id is None and Permission.SEE_CAMPAIGN in PERMISSIONS[Role(each.role)] for each in actor.memberships
    )


def units_of(actor: Actor, permission: Permission) -> dict[UUID | None, list[int]]:
    """Units in which the actor may do this, apart for each campaign to which it is narrowed; ``None``: for all."""
    parts: dict[UUID | None, list[int]] = {}
    for each in actor.memberships:
        if each.unit_id is not None and permission in PERMISSIONS[Role(each.role)]:
            parts.setdefault(each.scope_uid, []).append(each.unit_id)
    return parts


def _in(scope: UUID | None) -> Q:
    return Q() if scope is None else Q(campaign__uid=scope)
