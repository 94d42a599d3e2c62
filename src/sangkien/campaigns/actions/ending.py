"""From issue to the archive."""

from datetime import datetime

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions.common import lines, note
from sangkien.campaigns.lifecycle import Move, State
from sangkien.campaigns.locking import hold
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.moving import move
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting


def begin_assessment(campaign: Campaign, *, by: Actor, at: datetime) -> Campaign:
    """Appraisal and survey begin; late reports are still accepted and marked."""
    return _moved(campaign, Move.BEGIN_ASSESSMENT, by, at)


def conclude(campaign: Campaign, *, by: Actor, at: datetime) -> Campaign:
    """The campaign ends. What becomes of entries that are not decided, the rooms above say first."""
    return _moved(campaign, Move.CONCLUDE, by, at)


def archive(campaign: Campaign, *, by: Actor, at: datetime) -> Campaign:
    """The file is closed and given to the archive."""
    return _moved(campaign, Move.ARCHIVE, by, at)


def cancel(campaign: Campaign, *, reason: str, by: Actor, at: datetime) -> Campaign:
    """The campaign does not go on. Nothing is deleted. Raises ``Refused`` without a reason."""
    why = lines(reason)
    if not why:
        raise Refused(_("Hủy đợt cần có lý do. Bạn ghi lý do."))
    return _moved(campaign, Move.CANCEL, by, at, reason=why)


def _moved(campaign: Campaign, over: Move, by: Actor, at: datetime, *, reason: str = "") -> Campaign:
    with acting():
        held = hold(campaign)
        was = State(held.state)
        move(held, over, at=at, reason=reason)
        seen_by = SeenBy.LEAD if was == State.DRAFT else SeenBy.UNIT
        note(held, over.value, by=by, at=at, seen_by=seen_by, facts={"from": was, "to": held.state, "reason": reason})
    return held
