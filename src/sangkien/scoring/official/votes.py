"""A vote against its rule, in whole numbers."""

from sangkien.scoring.model import Base, Share, Tie, VoteCount, VoteRule
from sangkien.scoring.official.model import Ballot, VoteStep


def vote_step(rule: VoteRule, count: VoteCount | None) -> VoteStep:
    """Recused members belong neither to those who may vote nor to those present; a blank ballot is not a yes."""
    if count is None:
        return VoteStep(Ballot.NOT_HELD)
    may_vote = count.members - count.recused
    whole = count.present if rule.of is Base.PRESENT else may_vote
    outcome, by_chair = _outcome(rule, count, whole, may_vote)
    return VoteStep(outcome, count.yes, whole, count.present, may_vote, by_chair)


def _outcome(rule: VoteRule, count: VoteCount, whole: int, may_vote: int) -> tuple[Ballot, bool]:
    if rule.quorum is not None and not rule.quorum.reached(count.present, may_vote):
        return Ballot.NO_QUORUM, False
    if rule.tie is Tie.CHAIR and _more_than_half(rule.share) and whole > 0 and count.yes * 2 == whole:
        if count.chair is None:
            return Ballot.CHAIR_DUE, False
        return (Ballot.PASSED if count.chair else Ballot.FAILED), True
    return (Ballot.PASSED if rule.share.reached(count.yes, whole) else Ballot.FAILED), False


def _more_than_half(share: Share) -> bool:
    return share.more_than and share.numerator * 2 == share.denominator
