"""The course of an entry: drafted, sent with a receipt, returned, sent again, withdrawn, merged, admitted."""

import pytest

from sangkien.accounts.refusal import Refused
from sangkien.intake.lifecycle import Stage
from tests.factories import campaigns, intake
from tests.factories.district3 import District3

pytestmark = pytest.mark.django_db


def test_a_draft_is_sent_and_gets_receipt_number_one(told: District3) -> None:
    campaign = campaigns.issued(told)
    entry = intake.draft(campaign, told.wards["Phường 04"])
    receipt = intake.sent(entry)
    assert (receipt.number, entry.stage, entry.is_late) == (1, Stage.SUBMITTED, False)
    assert entry.revision is not None
    assert entry.revision.is_frozen


def test_returned_then_resubmitted_keeps_its_arrival(told: District3) -> None:
    campaign = campaigns.issued(told)
    entry = intake.submitted(campaign, told.wards["Phường 04"])
    intake.returned(entry)
    assert entry.stage == Stage.CHANGES_REQUESTED
    with pytest.raises(Refused):
        intake.sent(entry)
