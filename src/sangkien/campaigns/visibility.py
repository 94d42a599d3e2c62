"""Which campaigns an actor may know of: a union of one indexed branch per reason, never OR over the whole table."""

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Membership
from sangkien.accounts.roles import PERMISSIONS, Permission, Role
from sangkien.campaigns.lifecycle import State
from sangkien.units.models import UnitPath, within

if TYPE_CHECKING:  # the models ask this room, not the other way round
    from sangkien.campaigns.models.campaign import CampaignQuerySet

_FROM_WITHIN: Final = frozenset({Permission.PLAN, Permission.ISSUE, Permission.SEE_CAMPAIGN})


def visible_to(campaigns: "CampaignQuerySet", everyone: "CampaignQuerySet", actor: Actor) -> "CampaignQuerySet":
    """Drafts for those who plan, issue or see them; issued ones also for who is asked, in charge of a field, invited.

    ``everyone``: all campaigns, of which ``campaigns`` are any part. Costs no statement of its own.
    """
    if _sees_everything(actor):
        return campaigns
    issued = everyone.exclude(state=State.DRAFT)
    reasons: list[CampaignQuerySet] = []
    if actor.invitation is not None:
        invited = Q(uid=actor.invitation.scope_uid, participants__unit=actor.invitation.unit_id)
        reasons.append(issued.filter(invited))
    for scope, held in _by_scope(actor).items():
        here = Q() if scope is None else Q(uid=scope)
        within_it = [each.unit_id for each in held if PERMISSIONS[Role(each.role)] & _FROM_WITHIN]
        units = [each.unit_id for each in held]
        reasons += [everyone.filter(here, **{f"{place}__in": within_it}) for place in ("organiser", "lead_unit")]
        reasons += [issued.filter(here, **{f"{place}__in": units}) for place in _PLACES]
        reasons.append(issued.filter(here, stand_ins__office__in=units, stand_ins__withdrawn_at__isnull=True))
    above = [each.unit_id for each in actor.memberships if each.role == Role.AUDITOR and each.unit_id]
    if above:
        below = UnitPath.objects.filter(within(actor.on), ancestor__in=above)
        reasons.append(everyone.filter(organiser__in=below.values("unit")))
    if actor.user is not None:
        reasons.append(issued.filter(stand_ins__person=actor.user, stand_ins__withdrawn_at__isnull=True))
    if not reasons:
        return campaigns.none()
    keys = [reason.values("pk") for reason in reasons]
    return campaigns.filter(pk__in=keys[0].union(*keys[1:], all=True))


_PLACES: Final = (
    "organiser", "lead_unit", "participants__unit", "fields__owners__office", "sectors__owners__office",
)  # fmt: skip


def _sees_everything(actor: Actor) -> bool:
    return any(
        each.unit_id is None and Permission.SEE_CAMPAIGN in PERMISSIONS[Role(each.role)] for each in actor.memberships
    )


def _by_scope(actor: Actor) -> dict[object, list[Membership]]:
    """Memberships in units, apart for each campaign to which they are narrowed; ``None``: for all."""
    parts: dict[object, list[Membership]] = {}
    for each in actor.memberships:
        if each.unit_id is not None:
            parts.setdefault(each.scope_uid, []).append(each)
    return parts
