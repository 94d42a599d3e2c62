"""Who may do what around a site visit, a presentation session or a council meeting, with a reason that a page can show.

What the role table says is joined with what somebody is in this one meeting: the secretary of the panel, the person who
keeps the minutes of the visit, a member who votes. Whoever keeps out of an entry never meets its part of the meeting.
"""

from collections.abc import Collection

from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import Permission
from sangkien.accounts.verdict import Verdict
from sangkien.appraisal.models import (
    Capacity,
    PanelMember,
    PresentationSession,
    SessionItem,
    SessionKind,
    SiteVisit,
    Visitor,
)
from sangkien.campaigns.models import Campaign
from sangkien.intake.rules import in_lead, is_running
from sangkien.units.models import Unit

_LEADS_PANEL = frozenset({Capacity.CHAIR, Capacity.VICE_CHAIR, Capacity.SECRETARY})


def may_arrange(actor: Actor, campaign: Campaign, office: Unit | None = None) -> Verdict:
    """Plan a visit or a session: the lead unit, or the head of the office in charge for what that office arranges."""
    return is_running(campaign) & _arranges(actor, campaign, office)


def _arranges(actor: Actor, campaign: Campaign, office: Unit | None) -> Verdict:
    led = in_lead(actor, Permission.ARRANGE, campaign)
    return led if office is None else led | may(actor, Permission.ARRANGE, unit=office, scope=campaign.uid)


def may_change_visit(actor: Actor, visit: SiteVisit) -> Verdict:
    """Move it, call it off, invite to it: before it has ended."""
    return may_arrange(actor, visit.campaign, visit.office) & _visit_open(visit)


def may_note(actor: Actor, visit: SiteVisit, people: Collection[Visitor]) -> Verdict:
    """Answer the checklist, write down and photograph: who goes along, and who may keep the minutes of the campaign."""
    return _goes_or_keeps(actor, visit, people) & is_running(visit.campaign) & _visit_open(visit)


def may_end_visit(actor: Actor, visit: SiteVisit, people: Collection[Visitor]) -> Verdict:
    """Write down conclusion and opinion, and so end it: its head, who keeps its minutes, who arranged it."""
    own = [each for each in people if actor.user is not None and each.user_id == actor.user.pk]
    chosen = Verdict.when(
        any(each.is_head or each.keeps_minutes for each in own),
        _("Kết luận do trưởng đoàn, người ghi biên bản hoặc đơn vị tổ chức ghi."),
    )
    keeps = chosen | _arranges(actor, visit.campaign, visit.office)
    return keeps & is_running(visit.campaign) & _visit_open(visit)


def may_keep_visit_minutes(actor: Actor, visit: SiteVisit, people: Collection[Visitor]) -> Verdict:
    """Make the paper, hand in the signed copy; also after the visit has ended."""
    here = Verdict.when(visit.cancelled_at is None, _("Buổi khảo sát đã hủy nên không lập biên bản."))
    return here & _goes_or_keeps(actor, visit, [each for each in people if each.keeps_minutes or each.is_head])


def _goes_or_keeps(actor: Actor, visit: SiteVisit, people: Collection[Visitor]) -> Verdict:
    goes = actor.user is not None and any(each.user_id == actor.user.pk and not each.is_host for each in people)
    along = Verdict.when(goes, _("Việc này của người trong đoàn khảo sát."))
    keeps = in_lead(actor, Permission.KEEP_MINUTES, visit.campaign)
    if visit.office is not None:
        keeps |= may(actor, Permission.KEEP_MINUTES, unit=visit.office, scope=visit.campaign.uid)
    return along | keeps


def _visit_open(visit: SiteVisit) -> Verdict:
    return Verdict.when(visit.cancelled_at is None, _("Buổi khảo sát này đã hủy.")) & Verdict.when(
        visit.ended_at is None, _("Buổi khảo sát này đã kết thúc.")
    )


def may_run(actor: Actor, session: PresentationSession, member: PanelMember | None) -> Verdict:
    """Plan, open, go on, take attendance, count, close: the lead unit, who leads the panel, the office of the panel.

    ``member``: what the actor is in the panel of this session.
    """
    office = session.panel.office if session.panel is not None else None
    leads = Verdict.when(
        member is not None and member.capacity in _LEADS_PANEL,
        _("Điều hành phiên là việc của thư ký, chủ tịch hội đồng và đơn vị đầu mối."),
    )
    return (
        is_running(session.campaign)
        & Verdict.when(session.cancelled_at is None, _("Phiên này đã hủy."))
        & (leads | _arranges(actor, session.campaign, office))
    )


def may_change_plan(actor: Actor, session: PresentationSession, member: PanelMember | None) -> Verdict:
    """Order, place, moment: before it has begun."""
    return may_run(actor, session, member) & Verdict.when(
        session.started_at is None, _("Phiên đã bắt đầu nên không đổi chương trình được nữa.")
    )


def may_vote(
    session: PresentationSession, item: SessionItem, member: PanelMember | None, *, is_there: bool, is_out: bool
) -> Verdict:
    """Vote on one entry: a member with a vote who is in the room, from its beginning until it is counted.

    ``is_out``: keeps out of this entry, or has left the room.
    """
    return (
        Verdict.when(session.kind == SessionKind.COUNCIL, _("Chỉ phiên họp hội đồng mới biểu quyết."))
        & Verdict.when(session.cancelled_at is None and session.ended_at is None, _("Phiên họp đã kết thúc."))
        & Verdict.when(member is not None and member.votes, _("Bạn không có quyền biểu quyết trong hội đồng này."))
        & Verdict.when(not is_out, _("Bạn không tham gia phần này."))
        & Verdict.when(is_there, _("Thư ký chưa ghi bạn có mặt. Bạn báo thư ký điểm danh."))
        & Verdict.when(item.started_at is not None, _("Chưa đến lượt giải pháp này."))
        & Verdict.when(item.counted_at is None, _("Phiếu của giải pháp này đã kiểm xong."))
    )
