"""Every arrow and every non-arrow; the door is compare-and-set."""

import pytest

from sangkien.accounts.refusal import Refused
from sangkien.intake import verifying
from sangkien.intake.lifecycle import MOVES, Move, Stage, origins
from sangkien.intake.models import Entry
from sangkien.intake.moving import hold_one, may_move, move
from sangkien.ledger.models import Act
from sangkien.ledger.recording import acting
from tests.factories import campaigns, intake
from tests.factories.district3 import District3
from tests.factories.entries import entry as bare
from tests.factories.intake import IN_TIME, LEAD

# The table of the domain, §7.4, written a second time by hand: stage → what may be done there.
DOMAIN = {
    Stage.DRAFT: {Move.SUBMIT},
    Stage.SUBMITTED: {Move.SEND_AGAIN, Move.WITHDRAW, Move.SEND_BACK, Move.MERGE, Move.ADMIT, Move.DEFER},
    Stage.CHANGES_REQUESTED: {Move.RESUBMIT, Move.REJECT, Move.DEFER},
    Stage.WITHDRAWN: {Move.TAKE_UP},
    Stage.MERGED: {Move.UNMERGE},
    Stage.DEFERRED: set(),
    Stage.REJECTED: set(),
    Stage.ADMITTED: {Move.UNDO_ADMISSION, Move.ROUTE},
    Stage.IN_APPRAISAL: {Move.APPRAISE, Move.UNDO_ROUTING},
    Stage.APPRAISED: {Move.ASSESS, Move.PROPOSE},
    Stage.ASSESSED: {Move.PROPOSE, Move.REOPEN_ASSESSMENT},
    Stage.PROPOSED: {Move.RECOGNISE, Move.NOT_RECOGNISE, Move.APPRAISE_AGAIN},
    Stage.RECOGNISED: {Move.DECIDE_AGAIN, Move.REVOKE},
    Stage.NOT_RECOGNISED: {Move.DECIDE_AGAIN},
    Stage.REVOKED: set(),
}


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("over", Move)
def test_only_the_arrows_of_the_domain_begin_where_an_entry_stands(stage: Stage, over: Move) -> None:
    verdict = may_move(Entry(stage=stage, code="07.01"), over)
    assert bool(verdict) == (over in DOMAIN[stage])
    if not verdict:
        assert str(stage.label) in verdict.reason
        assert all(str(origin.label) in verdict.reason for origin in origins(over))


@pytest.mark.django_db
def test_every_arrow_is_one_statement_with_one_act_and_a_second_one_is_refused(told: District3) -> None:
    campaign, ward = campaigns.issued(told), told.wards["Phường 04"]
    survivor = bare(campaign, told.wards["Phường 05"])
    for (stage, over), to in MOVES.items():
        columns = {"merged_into": survivor} if to is Stage.MERGED else {"merged_into": None}
        facts = {"merged_into": survivor} if stage is Stage.MERGED else {}
        if to is Stage.DRAFT:
            columns |= {"submitted_at": None, "arrived_at": None}
        if stage is Stage.DRAFT:
            columns |= {"submitted_at": IN_TIME, "arrived_at": IN_TIME}
        entry = bare(campaign, ward, stage=stage, **facts)
        seen = Entry.objects.get(pk=entry.pk)
        with acting():
            move(hold_one(entry), over, by=LEAD, at=IN_TIME, columns=columns)
        entry.refresh_from_db()
        assert (entry.stage, Act.objects.about(entry.uid).get().verb) == (to, f"entry.{over}")
        if to is not stage:
            with pytest.raises(Refused, match="vừa xử lý"), acting():
                move(seen, over, by=LEAD, at=IN_TIME, columns=columns)


@pytest.mark.django_db
def test_a_stage_written_past_the_door_is_found(told: District3) -> None:
    entry = intake.submitted(campaigns.issued(told), told.wards["Phường 04"])
    assert list(verifying.verify()) == []
    Entry.objects.filter(pk=entry.pk).update(stage=Stage.ADMITTED)
    assert [entry.code in sentence for sentence in verifying.verify()] == [True]
