"""What every page of results begins with: the campaign, the version of the criteria, what this person may learn."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, found
from sangkien.accounts.verdict import Verdict
from sangkien.appraisal.actions.results import current
from sangkien.appraisal.models import ResultSet
from sangkien.appraisal.reckoning.gathering import Gathered, frozen, gather
from sangkien.appraisal.reckoning.hiding import hidden_from
from sangkien.appraisal.reckoning.outcome import Outcome, outcome_of
from sangkien.appraisal.rules.results import looks_after_results, own_sheets_are_in
from sangkien.campaigns.models import Campaign, CriteriaSet
from sangkien.campaigns.pages import campaign_of, day_of
from sangkien.units.queries import names_on


@dataclass(frozen=True, slots=True)
class Asked:
    """``verdict``: why nothing may be seen yet. ``closed``: the closing that holds, or ``None``."""

    campaign: Campaign
    actor: Actor
    criteria: CriteriaSet | None
    versions: tuple[CriteriaSet, ...]
    closed: ResultSet | None
    verdict: Verdict

    def gathered(self) -> Gathered:
        """What this person may learn of: as closed, or as it stands now, without what is hidden from them."""
        if self.criteria is None:
            raise ValueError("no criteria, nothing to gather")
        whole = gather(self.campaign, self.criteria) if self.closed is None else frozen(self.closed)
        return whole.without(hidden_from(self.actor, whole.entries.values()))

    def outcome(self) -> Outcome:
        """What it comes to."""
        return outcome_of(self.gathered())

    def names(self, gathered: Gathered) -> dict[int, str]:
        """What the units are called on the day of the plan."""
        return names_on({each.implementer_id for each in gathered.entries.values()}, day_of(self.campaign, self.actor))


def asked(request: HttpRequest, uid: UUID) -> Asked:
    """Raises ``Http404`` for who has nothing to do with the results; who must wait is told so by ``verdict``."""
    campaign, actor = campaign_of(request, uid), actor_of(request)
    found(looks_after_results(actor, campaign))
    verdict = own_sheets_are_in(actor, campaign)
    rows = campaign.criteria_sets.filter(frozen_at__isnull=False).order_by("-version")
    versions = tuple(rows)
    wanted = request.GET.get("bo", "")
    chosen = [each for each in versions if str(each.version) == wanted] or list(versions[:1])
    criteria = chosen[0] if chosen else None
    closed = None if criteria is None else current(criteria)
    return Asked(campaign, actor, criteria, versions, closed, verdict)
