"""A unit takes back what it sent, before it was admitted, and may take it up again while the window is open."""

from datetime import datetime

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.initiatives import actions as initiatives
from sangkien.intake import finding
from sangkien.intake.actions.common import holding, reason_told, revision_of
from sangkien.intake.lifecycle import Move
from sangkien.intake.models import Entry
from sangkien.intake.moving import move, refuse_no_arrow
from sangkien.ledger.recording import Actor
from sangkien.papers.models import Paper


def withdraw(entry: Entry, *, reason: str, by: Actor, at: datetime, letter: Paper | None = None) -> Entry:
    """With a reason; what was sent and its receipt are kept. ``letter``: the lead unit records it from there.

    Raises ``Refused`` once it was admitted.
    """
    why = reason_told(reason, _("Rút giải pháp cần có lý do. Bạn ghi lý do."))
    with holding(entry) as (now,):
        facts: dict[str, object] = {"letter": letter.uid} if letter is not None else {}
        move(now, Move.WITHDRAW, by=by, at=at, reason=why, facts=facts)
    return now


def take_up(entry: Entry, *, by: Actor, at: datetime) -> Entry:
    """A draft again, with what was sent as its text. Raises ``Refused`` after the window."""
    with holding(entry) as (now,):
        refuse_no_arrow(now, Move.TAKE_UP)
        if now.campaign.is_late(at):
            raise Refused(_("Đã hết hạn nhận báo cáo của đợt này nên không soạn lại giải pháp đã rút được."))
        draft = initiatives.open_draft(revision_of(now), by=by, at=at)
        columns = {"revision": draft, "submitted_at": None, "arrived_at": None}
        move(now, Move.TAKE_UP, by=by, at=at, columns=columns)
        finding.make_findable([now])
    return now
