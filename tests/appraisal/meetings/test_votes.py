"""Quorum and share of each entry by itself, exactly; nobody votes on their own; a new count has a reason."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.meetings import sessions, votes
from sangkien.appraisal.actions.meetings.votes import Counts, has_quorum, reckoned
from sangkien.appraisal.models import Choice, Recusal, Vote, VoteMethod
from sangkien.ledger.models import Act, SeenBy
from sangkien.scoring.model import SEVENTY_PERCENT, SIMPLE_MAJORITY, TWO_THIRDS, Base, Share, Tie, VoteRule
from sangkien.scoring.official.model import Ballot
from tests.appraisal.meetings.world import Council

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SHARES = st.sampled_from([SIMPLE_MAJORITY, TWO_THIRDS, SEVENTY_PERCENT, Share(1, 1)])
COUNTS = st.tuples(st.integers(0, 15), st.integers(0, 15), st.integers(0, 15))


@given(SHARES, st.sampled_from(Base), COUNTS, st.integers(0, 15))
def test_a_vote_passes_exactly_by_its_share(share: Share, of: Base, told: tuple[int, int, int], away: int) -> None:
    counts = Counts(*told)
    entitled = counts.total + away
    rule = VoteRule(share=share, of=of, quorum=None)
    whole = counts.total if of is Base.PRESENT else entitled
    part = Fraction(counts.yes, whole) if whole else Fraction(0)
    due = Fraction(share.numerator, share.denominator)
    enough = whole > 0 and (part > due if share.more_than else part >= due)
    assert (reckoned(rule, counts, entitled=entitled).outcome is Ballot.PASSED) == enough


@given(st.integers(0, 30), st.integers(0, 30), SHARES)
def test_quorum_is_a_share_of_those_entitled_to_this_entry(present: int, away: int, quorum: Share) -> None:
    entitled = present + away
    due = Fraction(quorum.numerator, quorum.denominator)
    part = Fraction(present, entitled) if entitled else Fraction(0)
    enough = present > 0 and (part > due if quorum.more_than else part >= due)
    assert has_quorum(VoteRule(quorum=quorum), present=present, entitled=entitled) == enough


def test_who_is_in_conflict_belongs_neither_to_the_entitled_nor_to_the_present(council: Council) -> None:
    session = council.open()
    own, third = council.on(session, council.entries[0]), council.on(session, council.entries[2])
    done = votes.count(
        session, own.uid, method=VoteMethod.BALLOT, counts=Counts(4, 1, 0), **council.who
    )  # Phường 04 keeps out
    other = votes.count(session, third.uid, method=VoteMethod.BALLOT, counts=Counts(4, 1, 1), **council.who)
    assert (done.entitled, done.present, other.entitled, other.present) == (5, 5, 6, 6)


def test_quorum_is_asked_of_each_entry_by_itself(council: Council) -> None:
    """Four of six are two thirds; of the five entitled to the entry of an absent member's ward four are enough too."""
    session = council.open(away=("Phường 09", "Phường 10"))
    entry = council.on(session, council.entries[2])
    assert votes.count(session, entry.uid, method=VoteMethod.HANDS, counts=Counts(4, 0), **council.who).passed
    own = council.on(session, council.entries[0])  # three of five are less than two thirds
    with pytest.raises(Refused, match="5 người được biểu quyết, có mặt 3; cần ít nhất 2/3"):
        votes.count(session, own.uid, method=VoteMethod.HANDS, counts=Counts(3, 0), **council.who)


def test_a_recused_member_is_not_counted_either(council: Council) -> None:
    Recusal.objects.create(
        entry=council.entries[2], member=council.members["Phường 11"], kind="recuse", reason="Người nhà.",
        made_at=council.who["at"], made_by="user:1",
    )  # fmt: skip
    session = council.open()
    item = council.on(session, council.entries[2])
    assert votes.count(session, item.uid, method=VoteMethod.BALLOT, counts=Counts(5, 0), **council.who).entitled == 5


def test_the_counts_are_as_many_as_those_present(council: Council) -> None:
    session = council.open()
    item = council.on(session, council.entries[2])
    with pytest.raises(Refused, match="Có mặt 6 người được biểu quyết mà các số cộng lại là 5"):
        votes.count(session, item.uid, method=VoteMethod.BALLOT, counts=Counts(5, 0), **council.who)


def test_an_even_vote_asks_for_the_side_of_the_chair_where_the_rule_says_so(council: Council) -> None:
    criteria = council.criteria
    criteria.vote_tie = Tie.CHAIR.value
    criteria.save()
    session = council.open()
    item = council.on(session, council.entries[2])
    with pytest.raises(Refused, match="chủ tịch"):
        votes.count(session, item.uid, method=VoteMethod.HANDS, counts=Counts(3, 3), **council.who)
    done = votes.count(session, item.uid, method=VoteMethod.HANDS, counts=Counts(3, 3, chair_yes=True), **council.who)
    assert done.passed
    told = votes.vote_count(done, "x")
    assert reckoned(votes.vote_rule(criteria), Counts(told.yes, told.no, 0, told.chair), entitled=6).by_chair


def test_votes_from_telephones(council: Council) -> None:
    session = council.open()
    item = council.on(session, council.entries[2])
    for name, choice in (("Phường 04", Choice.YES), ("Phường 05", Choice.NO), ("Phòng Nội vụ", Choice.YES)):
        votes.cast(
            session, item.uid, choice=choice, member=council.members[name], by=council.by(council.users[name]),
            at=council.who["at"],
        )  # fmt: skip
    votes.cast(  # changed as long as nothing is counted
        session, item.uid, choice=Choice.YES, member=council.members["Phường 05"],
        by=council.by(council.users["Phường 05"]), at=council.who["at"],
    )  # fmt: skip
    done = votes.count(session, item.uid, method=VoteMethod.HANDS, **council.who)
    assert (done.yes, done.no, done.blank, done.present, done.passed) == (3, 0, 3, 6, False)
    assert Vote.objects.filter(item=item).count() == 3


def test_nobody_votes_on_the_own_entry(council: Council) -> None:
    session = council.open()
    item = council.on(session, council.entries[0])
    with pytest.raises(Refused, match="không có trong danh sách biểu quyết"):
        votes.cast(
            session, item.uid, choice=Choice.YES, member=council.members["Phường 04"],
            by=council.by(council.users["Phường 04"]), at=council.who["at"],
        )  # fmt: skip


@pytest.mark.parametrize("name", ["Phòng Tư pháp", "Phường 10"])  # a secretary without a vote; a member who is away
def test_who_has_no_vote_or_is_not_there_does_not_vote(council: Council, name: str) -> None:
    session = council.open(away=("Phường 10",))
    item = council.on(session, council.entries[2])
    with pytest.raises(Refused, match="không có trong danh sách biểu quyết"):
        votes.cast(session, item.uid, choice=Choice.YES, member=council.members[name], **council.who)


def test_nobody_votes_before_or_after(council: Council) -> None:
    session, member = council.open(), council.members["Phường 10"]
    waiting = session.items.get(entry=council.entries[2])
    with pytest.raises(Refused, match="Chưa đến lượt"):
        votes.cast(session, waiting.uid, choice=Choice.YES, member=member, **council.who)
    item = council.on(session, council.entries[2])
    votes.count(session, item.uid, method=VoteMethod.BALLOT, counts=Counts(6, 0), **council.who)
    with pytest.raises(Refused, match="đã kiểm xong"):
        votes.cast(session, item.uid, choice=Choice.YES, member=member, **council.who)


def test_a_second_count_is_refused_and_a_new_count_needs_a_reason(council: Council) -> None:
    session = council.open()
    item = council.on(session, council.entries[2])
    votes.count(session, item.uid, method=VoteMethod.BALLOT, counts=Counts(6, 0), **council.who)
    with pytest.raises(Refused, match="kiểm phiếu lại"):
        votes.count(session, item.uid, method=VoteMethod.BALLOT, counts=Counts(5, 1), **council.who)
    with pytest.raises(Refused, match="Lý do kiểm phiếu lại"):
        votes.count_again(session, item.uid, method=VoteMethod.BALLOT, counts=Counts(2, 4), reason=" ", **council.who)
    again = votes.count_again(
        session, item.uid, method=VoteMethod.BALLOT, counts=Counts(2, 4), reason="Đếm nhầm hai phiếu", **council.who
    )
    assert (again.yes, again.no, again.passed) == (2, 4, False)
    act = Act.objects.get(verb="session.counted_again")
    assert json.loads(act.payload)["old"]["yes"] == 6
    assert json.loads(act.payload)["reason"] == "Đếm nhầm hai phiếu"


def test_no_act_tells_a_choice_and_all_about_votes_are_sealed(council: Council) -> None:
    session = council.open()
    item = council.on(session, council.entries[2])
    votes.cast(session, item.uid, choice=Choice.NO, member=council.members["Phường 10"], **council.who)
    act = Act.objects.get(verb="session.vote_cast")
    assert json.loads(act.payload).keys() == {"item", "member"}
    votes.count(session, item.uid, method=VoteMethod.HANDS, **council.who)
    sealed = Act.objects.filter(verb__in=["session.vote_cast", "session.counted"])
    assert set(sealed.values_list("seen_by", flat=True)) == {SeenBy.SEALED}


def test_the_last_counted_vote_stands_for_an_entry(council: Council) -> None:
    entry = council.entries[2]
    assert votes.counted(entry) is None
    first = council.open()
    votes.count(first, council.on(first, entry).uid, method=VoteMethod.BALLOT, counts=Counts(0, 6), **council.who)
    second = council.open(title="Phiên thứ hai")
    votes.count(second, council.on(second, entry).uid, method=VoteMethod.BALLOT, counts=Counts(6, 0), **council.who)
    standing = votes.counted(entry)
    assert standing is not None
    assert standing.session == second


def test_a_session_with_votes_that_are_not_counted_stays_open(council: Council) -> None:
    session = council.open()
    item = council.on(session, council.entries[2])
    votes.cast(session, item.uid, choice=Choice.NO, member=council.members["Phường 10"], **council.who)
    with pytest.raises(Refused, match="đã có phiếu mà chưa kiểm"):
        sessions.end_session(session, conclusion="Xong.", **council.who)


def test_who_left_the_room_is_not_present_until_back(council: Council) -> None:
    session = council.open()
    item, who = council.on(session, council.entries[2]), council.members["Phường 11"]
    sessions.leave_room(session, item.uid, member=who.uid, reason="Nghe điện thoại", **council.who)
    with pytest.raises(Refused, match="Có mặt 5"):
        votes.count(session, item.uid, method=VoteMethod.HANDS, counts=Counts(6, 0), **council.who)
    sessions.come_back(session, item.uid, member=who.uid, **council.who)
    assert votes.count(session, item.uid, method=VoteMethod.HANDS, counts=Counts(6, 0), **council.who).present == 6


def test_counted_after_the_talk_who_was_out_until_its_end_is_not_present(council: Council) -> None:
    session = council.open()
    item, who = council.on(session, council.entries[2]), council.members["Phường 11"]
    sessions.leave_room(session, item.uid, member=who.uid, reason="Có việc gấp", **council.who)
    council.on(session, council.entries[1])
    assert votes.count(session, item.uid, method=VoteMethod.HANDS, counts=Counts(5, 0), **council.who).present == 5
