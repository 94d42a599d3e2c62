"""A unit says that it has no solution: its duty is done."""

from datetime import datetime

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions.common import note
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.locking import hold_shared
from sangkien.campaigns.models import Answer, Campaign, Participant
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting
from sangkien.papers.models import Paper


def answer_nil(
    participant: Participant,
    *,
    by: Actor,
    at: datetime,
    arrived_at: datetime | None = None,
    letter: Paper | None = None,
) -> Participant:
    """ "Đơn vị không có giải pháp." ``arrived_at``, ``letter``: where the lead unit records it from a letter.

    Whether the unit has sent something is asked by the room that knows what was sent. Raises ``Refused``.
    """
    arrived = arrived_at or at
    if arrived > at:
        raise Refused(_("Ngày đến muộn hơn bây giờ. Bạn xem lại ngày đến của văn bản."))
    with acting():
        campaign = _running(participant)
        changed = Participant.objects.filter(pk=participant.pk, answer=Answer.NONE).update(
            answer=Answer.NIL, nil_at=arrived, nil_by=by.id, nil_letter=letter
        )
        if not changed:
            raise Refused(_("Đơn vị đã trả lời là không có giải pháp rồi nên không cần trả lời lại."))
        facts = {
            "unit": participant.unit.uid,
            "arrived_at": arrived,
            "late": campaign.is_late(arrived),
            "letter": letter and letter.uid,
        }
        note(campaign, "answered_nil", by=by, at=at, seen_by=SeenBy.LEAD, facts=facts)
    participant.refresh_from_db()
    return participant


def take_back_nil(participant: Participant, *, by: Actor, at: datetime) -> Participant:
    """The unit has something after all; sending a report does this too."""
    with acting():
        campaign = _running(participant)
        changed = Participant.objects.filter(pk=participant.pk, answer=Answer.NIL).update(
            answer=Answer.NONE, nil_at=None, nil_by="", nil_letter=None
        )
        if not changed:
            raise Refused(_("Đơn vị chưa trả lời là không có giải pháp nên không có gì để rút lại."))
        facts = {"unit": participant.unit.uid}
        note(campaign, "took_back_nil", by=by, at=at, seen_by=SeenBy.LEAD, facts=facts)
    participant.refresh_from_db()
    return participant


def _running(participant: Participant) -> Campaign:
    campaign = hold_shared(participant.campaign)
    if not campaign.is_running():
        raise Refused(_("Đợt này %s nên không nhận trả lời của đơn vị.") % State(campaign.state).label)
    return campaign
