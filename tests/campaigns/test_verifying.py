"""What was changed behind the program's back is found."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions import amending, ending
from sangkien.campaigns.models import Amendment, Campaign, Criterion, Participant
from sangkien.campaigns.presets import CRITERIA
from sangkien.campaigns.verifying import verify
from sangkien.units import actions as units
from sangkien.units import corrections
from tests.factories import campaigns as make
from tests.factories import district3
from tests.factories.campaigns import WHO
from tests.factories.units import unit

ABOUT = "của đợt “Thực hiện mô hình"


@pytest.fixture
def campaign(told: district3.District3) -> Campaign:
    """Issued, extended, with more units, other criteria, and already in assessment."""
    made = make.issued(told)
    amending.extend_deadline(made, closes_date=date(2024, 9, 30), reason="Mưa bão", **WHO)
    police = unit("Công an quận", parent=told.district)
    amending.amend(made, reason="Bổ sung", added=[police], criteria=CRITERIA["p2"], **WHO)
    return ending.begin_assessment(made, **WHO)


def test_what_was_done_by_actions_is_whole(campaign: Campaign, told: district3.District3) -> None:
    make.drafted(told)
    assert list(verify()) == []


def test_a_unit_that_is_renamed_or_corrected_later_changes_nothing(
    campaign: Campaign, told: district3.District3
) -> None:
    units.rename(told.wards["Phường 04"], name="Phường Tư", on=date(2024, 8, 1), **WHO)
    version = told.wards["Phường 05"].versions.get()
    corrections.correct(version, name="Phường Năm", reason="Ghi nhầm", **WHO)
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda: Campaign.objects.update(state="concluded"), "Trạng thái"),
        (lambda: Campaign.objects.update(closes_date=date(2024, 10, 1)), "Tên, năm hoặc thời gian"),
        (lambda: Campaign.objects.update(title="Thực hiện mô hình khác"), "Tên, năm hoặc thời gian"),
        (lambda: Participant.objects.filter(position=3).update(bonus_eligible=True), "Danh sách đơn vị"),
        (lambda: Participant.objects.filter(position=18).delete(), "Danh sách đơn vị"),
        (lambda: Criterion.objects.filter(code="economic").update(max=Decimal(16)), "Tiêu chí"),
        (lambda: Criterion.objects.filter(code="practicality").update(name="Khác"), "Tiêu chí"),
        (
            lambda: Amendment.objects.filter(number=1).update(changes='{"closes_date":{"new":"2024-12-31"}}'),
            "Các sửa đổi",
        ),
        (lambda: Amendment.objects.filter(number=2).delete(), "Các sửa đổi"),
    ],
)
def test_what_was_changed_past_the_actions_is_told(
    change: Callable[[], object], found: str, campaign: Campaign
) -> None:
    change()
    assert [sentence[: len(f"{found} {ABOUT}")] for sentence in verify()] == [f"{found} {ABOUT}"]


def test_criteria_after_issue_are_a_frozen_version_of_their_own(campaign: Campaign) -> None:
    rows = campaign.criteria_sets.order_by("version")
    assert [(row.version, row.name, row.frozen_at is not None) for row in rows] == [
        (1, CRITERIA["p1"].name, True),
        (2, CRITERIA["p2"].name, True),
    ]
    with pytest.raises(Refused, match="đã được ghi như vậy rồi"):
        amending.amend(campaign, reason="Lại", criteria=CRITERIA["p2"], **WHO)
