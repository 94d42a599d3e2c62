"""Plans to begin with, as data. Everything in them can be changed in the draft."""

from datetime import date
from typing import Final

from sangkien.campaigns.presets.criteria import P1, P2, P3, P4
from sangkien.campaigns.presets.plans import PHUONG_2025, QUAN_2024, THANH_PHO_2025
from sangkien.campaigns.presets.shape import CriteriaPreset, PlanPreset
from sangkien.units.models import Kind

PLANS: Final[dict[str, PlanPreset]] = {each.code: each for each in (QUAN_2024, PHUONG_2025, THANH_PHO_2025)}
CRITERIA: Final[dict[str, CriteriaPreset]] = {each.code: each for each in (P1, P2, P3, P4)}


def fitting(kind: Kind, on: date) -> list[PlanPreset]:
    """The plans that a unit of this kind may begin with on this day."""
    return [
        plan
        for plan in PLANS.values()
        if kind in plan.organiser_kinds
        and (plan.since is None or plan.since <= on)
        and (plan.until is None or on < plan.until)
    ]
