"""District 3 with Plan 230 issued, its twin with the same names; an entry that was sent."""

import pytest

from sangkien.campaigns.models import Campaign
from sangkien.intake.models import Entry
from tests.campaigns.conftest import own_store, told, twin
from tests.factories import campaigns, intake
from tests.factories.district3 import District3

__all__ = ["own_store", "told", "twin"]


@pytest.fixture
def campaign(told: District3) -> Campaign:
    return campaigns.issued(told)


@pytest.fixture
def entry(told: District3, campaign: Campaign) -> Entry:
    return intake.submitted(campaign, told.wards["Phường 04"])
