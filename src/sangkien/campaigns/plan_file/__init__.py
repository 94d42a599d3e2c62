"""The Word file of a plan, read to fill in what can be read. Everything found is shown with where it stands."""

from sangkien.campaigns.plan_file.model import Found, FoundField, FoundOwner, PlanReading
from sangkien.campaigns.plan_file.reading import read_plan

__all__ = ["Found", "FoundField", "FoundOwner", "PlanReading", "read_plan"]
