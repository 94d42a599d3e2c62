"""Whose queue a person may see and work on."""

from django.db.models import QuerySet

from sangkien.accounts.actor import Actor
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import Permission
from sangkien.accounts.verdict import Verdict
from sangkien.campaigns.models import Campaign
from sangkien.importing.models import ImportedFile, scope_of
from sangkien.intake.rules import in_lead, is_running
from sangkien.units.models import Unit


def sees_queue(actor: Actor, campaign: Campaign, unit: Unit | None) -> Verdict:
    """The unit's own people see its queue; the lead unit's see theirs, and not what a unit has not sent."""
    if unit is None:
        return in_lead(actor, Permission.RECORD, campaign)
    return may(actor, Permission.DRAFT, unit=unit, scope=campaign.uid)


def may_import(actor: Actor, campaign: Campaign, unit: Unit | None) -> Verdict:
    """Hand files over, correct what was read, confirm it."""
    return is_running(campaign) & sees_queue(actor, campaign, unit)


def queue(campaign: Campaign, unit: Unit | None) -> QuerySet[ImportedFile]:
    """The files of one queue, the latest first. Whoever asks has asked ``sees_queue`` before."""
    return ImportedFile.objects.filter(campaign=campaign, scope=scope_of(unit)).order_by("-pk")
