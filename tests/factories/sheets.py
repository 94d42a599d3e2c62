"""Score sheets as rows, handed in, for what only reads them; the actions have tests of their own."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import F

from sangkien.appraisal.models import Mark, PanelMember, ScoreSheet
from sangkien.campaigns.actions.criteria import write_criteria
from sangkien.campaigns.models import Campaign, CriteriaSet
from sangkien.campaigns.presets import CRITERIA
from sangkien.intake.models import Entry
from tests.factories.campaigns import IN_TIME


def criteria(campaign: Campaign, preset: str = "p2", **facts: Any) -> CriteriaSet:
    """A frozen set of the campaign, by which it judges from now on."""
    campaign.criteria_sets.filter(frozen_at__isnull=True).delete()
    made = write_criteria(campaign, CRITERIA[preset])
    for name, value in {"frozen_at": IN_TIME, **facts}.items():
        setattr(made, name, value)
    made.save()
    made.refresh_from_db()
    return made


def sheet(
    member: PanelMember, entry: Entry, criteria_set: CriteriaSet, marks: Mapping[str, object] | int, **facts: Any
) -> ScoreSheet:
    """A sheet that was handed in. ``marks``: code → value; or one total, spread over the criteria from the first on."""
    given = marks if isinstance(marks, Mapping) else _spread(criteria_set, Decimal(marks))
    made = ScoreSheet.objects.create(
        **{
            "member": member, "entry": entry, "revision": entry.revision, "criteria_set": criteria_set,
            "started_at": IN_TIME, "edited_at": IN_TIME, "filed_at": IN_TIME, "sha256": "0" * 64, **facts,
        }
    )  # fmt: skip
    Mark.objects.bulk_create(
        Mark(
            sheet=made, criterion=each, value=given[each.code],
            missing_reason="" if given[each.code] is not None else "Chưa đủ thông tin.",
        )
        for each in criteria_set.criteria.order_by("position")
    )  # fmt: skip
    return made


def _spread(criteria_set: CriteriaSet, total: Decimal) -> dict[str, Decimal]:
    left, given = total, {}
    for code, most in criteria_set.criteria.order_by(F("position")).values_list("code", "max"):
        given[code] = min(left, most)
        left -= given[code]
    if left:
        raise ValueError(f"{total} is more than the sheet can hold")
    return given
