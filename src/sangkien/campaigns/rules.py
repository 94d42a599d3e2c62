"""Who may do what to a campaign, with a reason that a page can show."""

from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import Permission
from sangkien.accounts.verdict import Verdict
from sangkien.campaigns.lifecycle import Move, State
from sangkien.campaigns.models import Campaign, Participant
from sangkien.campaigns.moving import may_move
from sangkien.units.models import Unit


def may_start(actor: Actor, lead_unit: Unit) -> Verdict:
    """Draft a new plan that this unit will lead."""
    return may(actor, Permission.PLAN, unit=lead_unit)


def may_edit(actor: Actor, campaign: Campaign) -> Verdict:
    """Change the draft."""
    return _may(actor, Permission.PLAN, campaign) & Verdict.when(
        campaign.state == State.DRAFT, _("Kế hoạch đã ban hành nên chỉ thay đổi bằng văn bản sửa đổi.")
    )


def may_amend(actor: Actor, campaign: Campaign) -> Verdict:
    """Change what was issued, with a reason."""
    return _may(actor, Permission.ISSUE, campaign) & Verdict.when(
        campaign.is_running(), _("Đợt này không ở bước sửa đổi kế hoạch được.")
    )


def may_work_on_criteria(actor: Actor, campaign: Campaign) -> Verdict:
    """Write the criteria of a draft, or the next version of those that are in force."""
    return may_edit(actor, campaign) if campaign.state == State.DRAFT else may_amend(actor, campaign)


def may_name_stand_ins(actor: Actor, campaign: Campaign) -> Verdict:
    """Say who judges in the place of an office that also reports, or no longer does."""
    named = _may(actor, Permission.PLAN, campaign) | _may(actor, Permission.ISSUE, campaign)
    return named & Verdict.when(
        campaign.state == State.DRAFT or campaign.is_running(), _("Đợt này không ở bước cử đơn vị làm thay được.")
    )


def may_do(actor: Actor, move: Move, campaign: Campaign) -> Verdict:
    """Take the campaign over one arrow."""
    needed = Permission.ISSUE if move in (Move.ISSUE, Move.CANCEL) else Permission.PLAN
    return _may(actor, needed, campaign) & may_move(campaign, move)


def may_see_all(actor: Actor, campaign: Campaign) -> Verdict:
    """Every report of the campaign; a page on one campaign asks this once, and then filters by campaign alone."""
    return _may(actor, Permission.SEE_CAMPAIGN, campaign)


def may_answer_nil(actor: Actor, participant: Participant) -> Verdict:
    """Say that the unit has nothing to report: the unit itself, or the lead unit from a paper."""
    campaign = participant.campaign
    return may(actor, Permission.SUBMIT, unit=participant.unit, scope=campaign.uid) | _may(
        actor, Permission.RECORD, campaign
    )


def may_invite(actor: Actor, campaign: Campaign) -> Verdict:
    """Send links to the units, remind them."""
    return _may(actor, Permission.INVITE, campaign) & Verdict.when(
        campaign.is_running(), _("Chỉ mời, đôn đốc đơn vị khi đợt đang chạy.")
    )


def _may(actor: Actor, permission: Permission, campaign: Campaign) -> Verdict:
    """In the lead unit or in the unit that issues: in a ward they are often the same two people."""
    return may(actor, permission, unit=campaign.lead_unit, scope=campaign.uid) | may(
        actor, permission, unit=campaign.organiser, scope=campaign.uid
    )
