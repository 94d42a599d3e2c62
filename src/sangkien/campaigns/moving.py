"""The one door through which the state of a campaign changes."""

from datetime import datetime

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.accounts.verdict import Verdict
from sangkien.campaigns.lifecycle import MOVES, Move, State, origins
from sangkien.campaigns.models import Campaign
from sangkien.papers.models import Paper


def may_move(campaign: Campaign, move: Move) -> Verdict:
    """Whether the arrow begins where the campaign stands."""
    return Verdict.when((State(campaign.state), move) in MOVES, _sentence(campaign, move))


def refuse_no_arrow(campaign: Campaign, over: Move) -> None:
    """Raises ``Refused`` where the arrow does not begin."""
    if not may_move(campaign, over):
        raise Refused(_sentence(campaign, over))


def move(campaign: Campaign, over: Move, *, at: datetime, reason: str = "", plan: Paper | None = None) -> None:
    """Over one arrow, by compare-and-set. Raises ``Refused`` for what is no arrow, and when somebody was faster."""
    refuse_no_arrow(campaign, over)
    old, new = State(campaign.state), MOVES[State(campaign.state), over]
    there = Campaign.objects.filter(pk=campaign.pk, state=old)
    with_plan = {} if plan is None else {"plan": plan}
    if not there.update(state=new, state_at=at, ended_reason=reason, **with_plan):
        raise Refused(_("Có người vừa thay đổi đợt này. Bạn mở lại trang để xem."))
    campaign.plan = plan or campaign.plan
    campaign.state, campaign.state_at, campaign.ended_reason = new, at, reason


def _sentence(campaign: Campaign, move: Move) -> str:
    return _("Đợt này %(state)s nên không %(move)s được. Việc ấy làm khi đợt %(origins)s.") % {
        "state": State(campaign.state).label,
        "move": move.label,
        "origins": _(" hoặc ").join(str(state.label) for state in origins(move)),
    }
