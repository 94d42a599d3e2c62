"""Votes of a council: cast on own telephones or counted by hand, against the published rule, entry by entry.

Of an entry's vote: *entitled* are the members with a vote who need not keep out of it; *present* those of them who are
in the room for it. Quorum and share are reckoned in whole numbers by ``scoring`` (domain, 1.3).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.meetings.common import locked_session, note_session, required
from sangkien.appraisal.meetings import SessionRoom, whole_room
from sangkien.appraisal.models import (
    Capacity,
    Choice,
    PanelMember,
    PresentationSession,
    SessionItem,
    SessionKind,
    Vote,
    VoteMethod,
)
from sangkien.campaigns.locking import hold_shared
from sangkien.campaigns.models import Campaign, CriteriaSet
from sangkien.campaigns.models import Tie as TieRule
from sangkien.campaigns.queries import current_criteria
from sangkien.intake.actions.common import LONGEST_REASON, running
from sangkien.intake.models import Entry
from sangkien.intake.moving import hold
from sangkien.ledger.canonical import sha256
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting
from sangkien.scoring.model import SIMPLE_MAJORITY, TWO_THIRDS, Base, Tie, VoteCount, VoteRule
from sangkien.scoring.official.model import Ballot, VoteStep
from sangkien.scoring.official.votes import vote_step

_CAST: Final = (Choice.YES, Choice.NO, Choice.BLANK)


@dataclass(frozen=True, slots=True)
class Counts:
    """The count of one vote; ``chair_yes``: the side of the chair, asked only where it decides an even vote."""

    yes: int
    no: int
    blank: int = 0
    chair_yes: bool | None = None

    @property
    def total(self) -> int:
        return self.yes + self.no + self.blank


def vote_rule(criteria: CriteriaSet | None) -> VoteRule:
    """As the campaign published it; what it left open: more than half of those present, two thirds of them there."""
    if criteria is None:
        return VoteRule()
    return VoteRule(
        share=criteria.vote_share or SIMPLE_MAJORITY, of=Base(criteria.vote_of),
        quorum=criteria.quorum_share or TWO_THIRDS,
        tie=Tie.CHAIR if criteria.vote_tie == TieRule.CHAIR else Tie.FAILS,
    )  # fmt: skip


def reckoned(rule: VoteRule, counts: Counts, *, entitled: int) -> VoteStep:
    """What the count amounts to by the rule."""
    return vote_step(
        rule,
        VoteCount(
            entry="", members=entitled, present=counts.total, yes=counts.yes, no=counts.no, blank=counts.blank,
            chair=counts.chair_yes,
        ),
    )  # fmt: skip


def has_quorum(rule: VoteRule, *, present: int, entitled: int) -> bool:
    """Whether so many are enough for a valid vote on this entry."""
    return present > 0 and (rule.quorum is None or rule.quorum.reached(present, entitled))


def cast(
    session: PresentationSession, item: UUID, *, choice: Choice, member: PanelMember, by: Actor, at: datetime
) -> Vote:
    """A member votes, or votes otherwise, as long as it is not counted. What was chosen is on no ledger before that."""
    with acting():
        campaign = running(hold_shared(session.campaign))
        row = locked_session(session, campaign)
        room = whole_room(row)
        there = next((each for each in room.items if each.uid == item), None)
        if row.kind != SessionKind.COUNCIL or there is None:
            raise Refused(_("Giải pháp này không biểu quyết ở đây. Bạn mở lại trang để xem."))
        if there.counted_at is not None:
            raise Refused(_("Phiếu của giải pháp này đã kiểm xong nên không bỏ phiếu được nữa."))
        if there.started_at is None:
            raise Refused(_("Chưa đến lượt giải pháp này. Bạn chờ thư ký chuyển sang."))
        if member.pk not in {each.pk for each in room.voting(there)}:
            raise Refused(_("Bạn không có trong danh sách biểu quyết giải pháp này. Bạn báo thư ký nếu chưa đúng."))
        vote, _made = Vote.objects.update_or_create(
            member=member, item=there, defaults={"entry": there.entry, "choice": choice, "cast_at": at}
        )
        facts = {"item": there.uid, "member": member.uid}
        note_session(row, "vote_cast", by=by, at=at, seen_by=SeenBy.SEALED, facts=facts)
    return vote


def from_telephones(room: SessionRoom, item: SessionItem) -> Counts:
    """The votes cast by those who may vote and are there; who did not vote said nothing."""
    chosen = dict(Vote.objects.filter(item=item).values_list("member", "choice"))
    voting = room.voting(item)
    told = {each.pk: chosen.get(each.pk, Choice.BLANK) for each in voting}
    chair = next((told[each.pk] for each in voting if each.capacity == Capacity.CHAIR), None)
    tally = {choice: sum(each == choice for each in told.values()) for choice in _CAST}
    return Counts(
        tally[Choice.YES], tally[Choice.NO], tally[Choice.BLANK],
        None if chair in (None, Choice.BLANK) else chair == Choice.YES,
    )  # fmt: skip


def count(
    session: PresentationSession, item: UUID, *, method: VoteMethod, by: Actor, at: datetime,
    counts: Counts | None = None,
) -> SessionItem:  # fmt: skip
    """The vote on one entry is closed. ``counts`` as counted in the room; without them, what the telephones say.

    Raises ``Refused`` without quorum, when the counts are not as many as those present, when it was counted already.
    """
    with acting():
        row, room, there = _held(session, item)
        if there.counted_at is not None:
            raise Refused(_("Phiếu của giải pháp này đã kiểm. Muốn sửa thì kiểm phiếu lại, có lý do."))
        told = counts if counts is not None else from_telephones(room, there)
        _close(row, room, there, told, method, by=by, at=at, verb="counted", more={})
    return there


def count_again(
    session: PresentationSession, item: UUID, *, counts: Counts, method: VoteMethod, reason: str, by: Actor,
    at: datetime,
) -> SessionItem:  # fmt: skip
    """The count was wrong: counted anew, with a reason. The ledger keeps both."""
    why = required(reason, LONGEST_REASON, _("Lý do kiểm phiếu lại"))
    with acting():
        row, room, there = _held(session, item, ended=True)
        if there.counted_at is None:
            raise Refused(_("Giải pháp này chưa kiểm phiếu lần nào. Bạn kiểm phiếu."))
        _refuse_after_minutes(row)
        more = {"reason": why, "old": _as_counted(there)}
        _close(row, room, there, counts, method, by=by, at=at, verb="counted_again", more=more)
    return there


def _held(
    session: PresentationSession, item: UUID, *, ended: bool = False
) -> tuple[PresentationSession, SessionRoom, SessionItem]:
    """Campaign, entry, session in the order of locks: whether a vote passes depends on rows of others."""
    campaign = running(hold_shared(session.campaign))
    entry = Entry.objects.filter(session_items__uid=item, session_items__session=session).first()
    if entry is None or session.kind != SessionKind.COUNCIL:
        raise Refused(_("Giải pháp này không biểu quyết ở đây. Bạn mở lại trang để xem."))
    hold([entry])
    row = locked_session(session, campaign, ended=ended)
    room = whole_room(row)
    return row, room, next(each for each in room.items if each.uid == item)


def _refuse_after_minutes(row: PresentationSession) -> None:
    signed = row.minutes is not None and row.minutes.number is not None
    if signed and row.recorded_from_id is None:  # what was typed from a paper is put right by that paper
        raise Refused(
            _("Biên bản đã ký, đã vào số nên kết quả kiểm phiếu không đổi được nữa. Bạn lập biên bản thay thế.")
        )


def _close(
    row: PresentationSession, room: SessionRoom, item: SessionItem, counts: Counts, method: VoteMethod, *, by: Actor,
    at: datetime, verb: str, more: Mapping[str, object],
) -> None:  # fmt: skip
    if item.started_at is None:
        raise Refused(_("Chưa đến lượt giải pháp này nên chưa kiểm phiếu được."))
    entitled, present = len(room.entitled(item)), _present(room, item, again=item.counted_at is not None)
    rule = vote_rule(current_criteria(row.campaign))
    _refuse_counts(counts, present)
    if not has_quorum(rule, present=present, entitled=entitled):
        raise Refused(no_quorum(rule, present=present, entitled=entitled))
    step = reckoned(rule, counts, entitled=entitled)
    if step.outcome is Ballot.CHAIR_DUE:
        raise Refused(_("Hai bên bằng phiếu. Bạn ghi thêm chủ tịch hội đồng biểu quyết bên nào."))
    item.vote_method, item.entitled, item.present = method, entitled, present
    item.yes, item.no, item.blank = counts.yes, counts.no, counts.blank
    item.passed, item.counted_at, item.counted_by = step.outcome is Ballot.PASSED, at, by.id
    item.save(
        update_fields=[
            "vote_method", "entitled", "present", "yes", "no", "blank", "passed", "counted_at", "counted_by",
        ]
    )  # fmt: skip
    cast_votes = sorted(Vote.objects.filter(item=item).values_list("member__uid", "choice"))
    facts = {
        "item": item.uid, "entry": item.entry.uid, "method": method.value, **_as_counted(item),
        "votes_sha256": sha256("\n".join(f"{member} {choice}" for member, choice in cast_votes)) if cast_votes else "",
        **more,
    }  # fmt: skip
    note_session(row, verb, by=by, at=at, seen_by=SeenBy.SEALED, facts=facts)


def _present(room: SessionRoom, item: SessionItem, *, again: bool) -> int:
    """Who may vote and is in the room; when counted again, who was there then: people have come back since."""
    if again and item.present is not None:
        return item.present
    return len(room.voting(item)) if item.ended_at is None else len(_there_at_the_end(room, item))


def _there_at_the_end(room: SessionRoom, item: SessionItem) -> Collection[PanelMember]:
    """The talk has ended and everybody was let in again: who was out until its end was not there for the vote."""
    gone = {each.member_id for each in room.absences.get(item.pk, ()) if each.back_at in (None, item.ended_at)}
    return [each for each in room.entitled(item) if room.is_there(each) and each.pk not in gone]


def _refuse_counts(counts: Counts, present: int) -> None:
    if min(counts.yes, counts.no, counts.blank) < 0:
        raise Refused(_("Số phiếu không nhỏ hơn 0. Bạn xem lại."))
    if counts.total != present:
        raise Refused(
            _(
                "Có mặt %(present)d người được biểu quyết mà các số cộng lại là %(total)d. Người không bỏ phiếu, phiếu "
                "không hợp lệ thì ghi vào “không có ý kiến”; nếu số người chưa đúng, bạn sửa điểm danh."
            )
            % {"present": present, "total": counts.total}
        )


def no_quorum(rule: VoteRule, *, present: int, entitled: int) -> str:
    """Why a vote on this entry would not be valid."""
    share = rule.quorum or TWO_THIRDS
    return _(
        "Giải pháp này có %(entitled)d người được biểu quyết, có mặt %(present)d; cần ít nhất %(part)d/%(whole)d. "
        "Chưa đủ người để biểu quyết."
    ) % {"entitled": entitled, "present": present, "part": share.numerator, "whole": share.denominator}


def _as_counted(item: SessionItem) -> dict[str, object]:
    return {
        "entitled": item.entitled, "present": item.present, "yes": item.yes, "no": item.no, "blank": item.blank,
        "passed": item.passed,
    }  # fmt: skip


def counted(entry: Entry) -> SessionItem | None:
    """The vote that stands for an entry: the last one that a council counted in a session that was not called off."""
    return counted_of([entry]).get(entry.pk)


def counted_of(entries: Collection[Entry]) -> dict[int, SessionItem]:
    """Entry → the vote that stands, by primary key. One statement."""
    rows = SessionItem.objects.filter(
        entry__in=entries, counted_at__isnull=False, session__kind=SessionKind.COUNCIL,
        session__cancelled_at__isnull=True,
    )  # fmt: skip
    return {each.entry_id: each for each in rows.select_related("session").order_by("counted_at", "pk")}


def vote_count(item: SessionItem, entry: str) -> VoteCount:
    """A counted vote as ``scoring`` takes it; ``entry`` is the code there. ``members`` are without who kept out.

    The side of the chair in an even vote follows from how it came out. ``ValueError`` for one that is not counted.
    """
    if item.counted_at is None or item.entitled is None or item.present is None:
        raise ValueError(f"{item}: not counted")
    yes, no, blank = item.yes or 0, item.no or 0, item.blank or 0
    return VoteCount(
        entry=entry, members=item.entitled, present=item.present, yes=yes, no=no, blank=blank, chair=item.passed
    )


def waiting_votes(campaign: Campaign) -> int:
    """Entries whose vote was begun and not counted. One statement."""
    rows = SessionItem.objects.filter(
        session__campaign=campaign, session__cancelled_at__isnull=True, counted_at__isnull=True, cast__isnull=False
    )
    return rows.values("pk").distinct().count()
