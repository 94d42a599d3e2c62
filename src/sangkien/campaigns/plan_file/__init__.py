"""The Word file of a plan, read to fill in what can be read. Everything found is shown with where it stands."""

from sangkien.campaigns.plan_file.carrying import pack, unpack
from sangkien.campaigns.plan_file.model import Found, FoundField, FoundOwner, PlanReading
from sangkien.campaigns.plan_file.reading import read_plan
from sangkien.campaigns.plan_file.taking import bases_from, facts_from, offices_from

__all__ = [
    "Found",
    "FoundField",
    "FoundOwner",
    "PlanReading",
    "bases_from",
    "facts_from",
    "offices_from",
    "pack",
    "read_plan",
    "unpack",
]
