"""Who may do what to an entry, with a reason that a page can show. Stage first where it says more than the role.

Entries should have ``implementer``, ``organiser`` and ``campaign__lead_unit`` at hand (``select_related``).
"""

from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import Permission
from sangkien.accounts.verdict import Verdict
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign, Participant
from sangkien.intake.lifecycle import Move, Stage
from sangkien.intake.models import Entry, SendingRule
from sangkien.intake.moving import may_move
from sangkien.units.models import Unit


def may_draft(actor: Actor, campaign: Campaign, unit: Unit) -> Verdict:
    """Begin a report of this unit: the unit itself, also before the window; the lead unit from what came to it."""
    return is_running(campaign) & (
        may(actor, Permission.DRAFT, unit=unit, scope=campaign.uid) | in_lead(actor, Permission.RECORD, campaign)
    )


def may_edit(actor: Actor, entry: Entry) -> Verdict:
    """Change the draft, or begin a new one of what was sent."""
    ours = Verdict.when(
        entry.opened_by_lead or entry.stage == Stage.CHANGES_REQUESTED,
        _("Báo cáo này do đơn vị soạn. Đơn vị đầu mối chỉ sửa báo cáo mình nhập thay."),
    )
    return (
        is_running(entry.campaign)
        & Verdict.when(
            entry.stage in (Stage.DRAFT, Stage.SUBMITTED, Stage.CHANGES_REQUESTED),
            _("Giải pháp %(code)s %(stage)s nên không sửa được nữa.")
            % {"code": entry.code, "stage": Stage(entry.stage).label},
        )
        & (_in_unit(actor, Permission.DRAFT, entry) | (in_lead(actor, Permission.RECORD, entry.campaign) & ours))
    )


def may_discard(actor: Actor, entry: Entry) -> Verdict:
    """Throw a draft away."""
    never_sent = Verdict.when(entry.stage == Stage.DRAFT, _("Chỉ bỏ được bản nháp chưa gửi."))
    return never_sent & may_edit(actor, entry)


def may_submit(actor: Actor, campaign: Campaign, unit: Unit) -> Verdict:
    """Send in the name of the unit: its head, or its officer where the head allows it. At most one statement."""
    as_head = may(actor, Permission.SUBMIT, unit=unit, scope=campaign.uid)
    if as_head:
        return is_running(campaign)
    as_officer = may(actor, Permission.SUBMIT_IF_ALLOWED, unit=unit, scope=campaign.uid)
    if not as_officer:
        return as_head
    return is_running(campaign) & Verdict.when(
        officer_may_send(unit),
        _("Thủ trưởng đơn vị gửi báo cáo. Nếu muốn cán bộ gửi, thủ trưởng bật “Cán bộ được gửi” ở trang của đơn vị."),
    )


def officer_may_send(unit: Unit) -> bool:
    """Whether the head of the unit has said so. One statement."""
    return SendingRule.objects.filter(unit=unit, officer_may_send=True).exists()


def may_allow_officer(actor: Actor, unit: Unit) -> Verdict:
    """Let the unit's officer send, or no longer."""
    return may(actor, Permission.SUBMIT, unit=unit)


def may_record(actor: Actor, campaign: Campaign) -> Verdict:
    """Enter what a unit sent outside the program."""
    return is_running(campaign) & in_lead(actor, Permission.RECORD, campaign)


def may_answer_nil(actor: Actor, participant: Participant) -> Verdict:
    """Say that the unit has nothing to report: who may send, or the lead unit from a paper."""
    campaign = participant.campaign
    return may_submit(actor, campaign, participant.unit) | may_record(actor, campaign)


def may_withdraw(actor: Actor, entry: Entry) -> Verdict:
    """Take back what was sent: the unit, or the lead unit from its letter."""
    return _when(entry, Move.WITHDRAW) & (
        _in_unit(actor, Permission.WITHDRAW, entry) | in_lead(actor, Permission.RECORD, entry.campaign)
    )


def may_take_up(actor: Actor, entry: Entry) -> Verdict:
    """Work again on what was taken back."""
    return _when(entry, Move.TAKE_UP) & (
        _in_unit(actor, Permission.DRAFT, entry) | in_lead(actor, Permission.RECORD, entry.campaign)
    )


def may_send_back(actor: Actor, entry: Entry) -> Verdict:
    """Ask for a supplement."""
    return _when(entry, Move.SEND_BACK) & in_lead(actor, Permission.SEND_BACK, entry.campaign)


def may_reject(actor: Actor, entry: Entry) -> Verdict:
    """Not take what was not supplemented until the day."""
    return _when(entry, Move.REJECT) & in_lead(actor, Permission.DEFER, entry.campaign)


def may_defer(actor: Actor, entry: Entry) -> Verdict:
    """Into the pool for the next campaign."""
    return _when(entry, Move.DEFER) & in_lead(actor, Permission.DEFER, entry.campaign)


def may_merge(actor: Actor, entry: Entry) -> Verdict:
    """Say that it is a duplicate of another one."""
    return _when(entry, Move.MERGE) & in_lead(actor, Permission.MERGE, entry.campaign)


def may_unmerge(actor: Actor, entry: Entry) -> Verdict:
    """Say that it is none after all."""
    return _when(entry, Move.UNMERGE) & in_lead(actor, Permission.MERGE, entry.campaign)


def may_admit(actor: Actor, entry: Entry) -> Verdict:
    """Into the consolidation."""
    return _when(entry, Move.ADMIT) & in_lead(actor, Permission.ADMIT, entry.campaign)


def may_undo_admission(actor: Actor, entry: Entry) -> Verdict:
    """Out of it again, while nothing rests on it."""
    return _when(entry, Move.UNDO_ADMISSION) & in_lead(actor, Permission.ADMIT, entry.campaign)


def may_admit_in(actor: Actor, campaign: Campaign) -> Verdict:
    """Admit many at once in this campaign."""
    return is_running(campaign) & in_lead(actor, Permission.ADMIT, campaign)


def may_consolidate(actor: Actor, campaign: Campaign) -> Verdict:
    """Freeze the consolidated appendix."""
    return is_running(campaign) & in_lead(actor, Permission.CONSOLIDATE, campaign)


def may_conclude(actor: Actor, campaign: Campaign) -> Verdict:
    """End the campaign."""
    in_assessment = Verdict.when(
        campaign.state == State.IN_ASSESSMENT, _("Đợt này %s nên chưa kết thúc được.") % State(campaign.state).label
    )
    return in_assessment & in_lead(actor, Permission.PLAN, campaign)


def may_roll_over(actor: Actor, entry: Entry, into: Campaign) -> Verdict:
    """Confirm that a deferred solution is still applied: who may send for the unit, or the lead unit from a letter."""
    deferred = Verdict.when(
        entry.stage == Stage.DEFERRED, _("Chỉ xác nhận “vẫn đang áp dụng” cho giải pháp được chuyển từ đợt trước.")
    )
    return deferred & (may_submit(actor, into, entry.implementer) | may_record(actor, into))


def is_running(campaign: Campaign) -> Verdict:
    """Issued and not ended."""
    return Verdict.when(
        campaign.is_running(),
        _("Đợt này %s nên không nhận, không xử lý báo cáo được.") % State(campaign.state).label,
    )


def in_lead(actor: Actor, permission: Permission, campaign: Campaign) -> Verdict:
    """In the lead unit or in the unit that issues: in a ward they are often the same two people."""
    return may(actor, permission, unit=campaign.lead_unit, scope=campaign.uid) | may(
        actor, permission, unit=campaign.organiser, scope=campaign.uid
    )


def _in_unit(actor: Actor, permission: Permission, entry: Entry) -> Verdict:
    return may(actor, permission, unit=entry.implementer, scope=entry.campaign.uid)


def _when(entry: Entry, over: Move) -> Verdict:
    return may_move(entry, over) & is_running(entry.campaign)
