"""Every arrow between the states, and every one that is none."""

from collections.abc import Callable

import pytest

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions import ending, issuing
from sangkien.campaigns.lifecycle import MOVES, Move, State
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.moving import may_move, move
from sangkien.ledger.models import Act
from sangkien.ledger.verifying import verify
from tests.factories import campaigns as make
from tests.factories import district3
from tests.factories.campaigns import WHO
from tests.factories.units import AT

PAIRS = [(state, over) for state in State for over in Move]
DO: dict[Move, Callable[[Campaign], Campaign]] = {
    Move.ISSUE: lambda campaign: issuing.issue(campaign, plan=make.plan_of(campaign.organiser, number=231), **WHO),
    Move.BEGIN_ASSESSMENT: lambda campaign: ending.begin_assessment(campaign, **WHO),
    Move.CONCLUDE: lambda campaign: ending.conclude(campaign, **WHO),
    Move.ARCHIVE: lambda campaign: ending.archive(campaign, **WHO),
    Move.CANCEL: lambda campaign: ending.cancel(campaign, reason="Chuyển sang năm sau", **WHO),
}


def test_the_arrows_are_those_of_the_domain() -> None:
    assert {(old.value, new.value) for (old, _move), new in MOVES.items()} == {
        ("draft", "issued"),
        ("issued", "in_assessment"),
        ("in_assessment", "concluded"),
        ("concluded", "archived"),
        ("draft", "cancelled"),
        ("issued", "cancelled"),
        ("in_assessment", "cancelled"),
    }


def _in_state(told: district3.District3, state: State) -> Campaign:
    campaign = make.drafted(told).campaign
    if state is State.DRAFT:
        return campaign
    if state is State.CANCELLED:
        return ending.cancel(campaign, reason="Thôi", **WHO)
    campaign = issuing.issue(campaign, plan=make.plan_of(told.district), **WHO)
    for over in (Move.BEGIN_ASSESSMENT, Move.CONCLUDE, Move.ARCHIVE):
        if campaign.state == state:
            break
        campaign = DO[over](campaign)
    return campaign


@pytest.mark.slow
@pytest.mark.parametrize(("state", "over"), PAIRS)
def test_an_arrow_is_gone_and_what_is_none_is_refused_with_a_sentence(
    state: State, over: Move, told: district3.District3
) -> None:
    campaign = _in_state(told, state)
    assert campaign.state == state
    acts = Act.objects.count()
    if (state, over) in MOVES:
        assert may_move(campaign, over)
        assert DO[over](campaign).state == Campaign.objects.get().state == MOVES[state, over]
        last = Act.objects.latest("seq")
        assert (last.verb, last.subject_uid) == (f"campaign.{_verb(over)}", campaign.uid)
        assert verify() == []
        return
    assert not may_move(campaign, over)
    before = Act.objects.exclude(subject_kind="campaign").count()
    with pytest.raises(Refused, match=f"Đợt này {state.label} nên không {over.label} được"):
        DO[over](campaign)
    assert Campaign.objects.get().state == state
    assert Act.objects.count() - acts == Act.objects.exclude(subject_kind="campaign").count() - before


def _verb(over: Move) -> str:
    return "issued" if over is Move.ISSUE else over.value


def test_the_sentence_says_when_it_is_done() -> None:
    verdict = may_move(Campaign(state=State.DRAFT), Move.CONCLUDE)
    assert verdict.reason == (
        "Đợt này đang soạn nên không kết thúc được. Việc ấy làm khi đợt đang thẩm định, đánh giá."
    )


def test_whoever_comes_second_is_told(told: district3.District3) -> None:
    campaign = make.drafted(told).campaign
    stale = Campaign.objects.get()
    ending.cancel(campaign, reason="Thôi", **WHO)
    with pytest.raises(Refused, match="Có người vừa thay đổi đợt này"):
        move(stale, Move.CANCEL, at=AT, reason="Thôi")


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_cancelling_needs_a_reason_and_deletes_nothing(reason: str, told: district3.District3) -> None:
    campaign = make.issued(told)
    with pytest.raises(Refused, match="Hủy đợt cần có lý do"):
        ending.cancel(campaign, reason=reason, **WHO)
    ending.cancel(campaign, reason="Quận giải thể", **WHO)
    kept = Campaign.objects.get()
    assert (kept.ended_reason, kept.participants.count(), kept.fields.count()) == ("Quận giải thể", 18, 8)
