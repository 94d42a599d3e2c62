"""Another unit leads the campaign from now on: what the ended one led is not left to nobody."""

from datetime import datetime
from typing import Final

from sangkien.campaigns.actions import amending, drafting
from sangkien.campaigns.actions.common import facts_of
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign
from sangkien.intake import finding
from sangkien.intake.models import Entry
from sangkien.ledger.recording import Actor, acting
from sangkien.units.models import Unit

_AT_ONCE: Final = 500


def hand_over_lead(campaign: Campaign, *, to: Unit, reason: str, by: Actor, at: datetime) -> None:
    """The draft simply says so; after issue it is an amendment with this reason. What was sent is found by the new
    lead unit from then on. Raises ``Refused`` after the campaign's end, and for who leads it already."""
    with acting():
        if campaign.state == State.DRAFT:
            drafting.edit_draft(campaign, to=facts_of(campaign), lead_unit=to, by=by, at=at)
            return
        amending.amend(campaign, lead=to, reason=reason, by=by, at=at)
        known = list(Entry.objects.filter(campaign=campaign).order_by("pk"))
        for first in range(0, len(known), _AT_ONCE):
            finding.make_findable(known[first : first + _AT_ONCE])
