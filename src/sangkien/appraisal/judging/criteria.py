"""By what a campaign scores now, as the sheet asks it."""

from dataclasses import dataclass
from functools import cached_property

from sangkien.campaigns.actions.criteria import latest_criteria
from sangkien.campaigns.models import Campaign, CriteriaSet
from sangkien.campaigns.presets.shape import CriteriaPreset
from sangkien.campaigns.scoring_rule import criterion_of
from sangkien.scoring import model


@dataclass(frozen=True)
class Asked:
    """The criteria of one version; ``by_code`` as ``scoring`` checks marks by them."""

    row: CriteriaSet
    shape: CriteriaPreset

    @cached_property
    def by_code(self) -> dict[str, model.Criterion]:
        return {each.code: criterion_of(each) for each in self.shape.criteria}


def asked_by(campaign: Campaign) -> Asked | None:
    """The version in force; ``None`` before it is frozen with the plan. Three statements."""
    row, shape = latest_criteria(campaign)
    if row is None or shape is None or row.frozen_at is None:
        return None
    return Asked(row, shape)
