"""Nil answers against what was sent, and the end of a campaign against what is still open."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions import answering, ending
from sangkien.campaigns.lifecycle import Move as CampaignMove
from sangkien.campaigns.locking import hold as hold_campaign
from sangkien.campaigns.locking import hold_shared
from sangkien.campaigns.models import Campaign, Participant
from sangkien.campaigns.moving import refuse_no_arrow
from sangkien.intake import telling
from sangkien.intake.actions.common import running
from sangkien.intake.lifecycle import Move, Stage
from sangkien.intake.models import Entry
from sangkien.intake.moving import hold, move_all
from sangkien.intake.queries import has_sent
from sangkien.ledger.recording import Actor, acting
from sangkien.papers.models import Paper

_SHOWN = 10


def answer_nil(
    participant: Participant, *, by: Actor, at: datetime, arrived_at: datetime | None = None,
    letter: Paper | None = None,
) -> Participant:  # fmt: skip
    """ "Đơn vị không có giải pháp", from the unit, or recorded from its letter. Refused when it has sent something."""
    with acting():
        campaign = running(hold_shared(participant.campaign))
        held = Participant.objects.select_for_update(of=("self",)).select_related("unit").get(pk=participant.pk)
        held.campaign = campaign
        if has_sent(campaign, held.unit):
            raise Refused(
                _("Đơn vị đã gửi giải pháp trong đợt này. Nếu không báo cáo nữa, đơn vị rút giải pháp trước.")
            )
        return answering.answer_nil(held, by=by, at=at, arrived_at=arrived_at, letter=letter)


def take_back_nil(participant: Participant, *, by: Actor, at: datetime) -> Participant:
    """The unit has something after all; sending does this by itself."""
    return answering.take_back_nil(participant, by=by, at=at)


def hindrances(campaign: Campaign) -> list[str]:
    """What must be decided before the campaign ends, a sentence each; late entries do not hinder, they wait for the
    next campaign. Two statements.
    """
    closes_at = campaign.window.closes_at
    open_ones = Entry.objects.filter(campaign=campaign)
    sent = open_ones.filter(stage=Stage.SUBMITTED, arrived_at__lt=closes_at)
    back = open_ones.filter(stage=Stage.CHANGES_REQUESTED)
    told = (
        (sent, _("Giải pháp %s đến trong hạn mà chưa xử lý: bạn tiếp nhận, trả lại hoặc gộp.")),
        (back, _("Giải pháp %s đang chờ đơn vị bổ sung: bạn chờ, chuyển đợt sau hoặc không tiếp nhận.")),
    )
    found = [(list(rows.order_by("pk").values_list("code", flat=True)[: _SHOWN + 1]), told) for rows, told in told]
    return [sentence % _listed(codes) for codes, sentence in found if codes]


def _listed(codes: Sequence[str]) -> str:
    if len(codes) <= _SHOWN:
        return ", ".join(codes)
    return _("%s và những giải pháp khác") % ", ".join(codes[:_SHOWN])


def conclude(campaign: Campaign, *, by: Actor, at: datetime) -> Campaign:
    """The campaign ends; what came late goes into the pool for the next one. Raises ``Refused`` with what is open."""
    with acting():
        held = hold_campaign(campaign)
        refuse_no_arrow(held, CampaignMove.CONCLUDE)
        open_ones = hindrances(held)
        if open_ones:
            raise Refused(" ".join(open_ones))
        defer_late(held, by=by, at=at)
        return ending.conclude(held, by=by, at=at)


def defer_late(campaign: Campaign, *, by: Actor, at: datetime) -> list[Entry]:
    """Every late entry that was not taken goes into the pool; answers them. Part of ending, or before it."""
    with acting():
        held = running(hold_campaign(campaign))
        rows = Entry.objects.filter(campaign=held, stage=Stage.SUBMITTED, arrived_at__gte=held.window.closes_at)
        late = list(rows.order_by("pk"))
        if not late:
            return []
        late = hold(late)
        why = _("đến sau hạn nhận báo cáo; khi có đợt sau, đơn vị xác nhận “vẫn đang áp dụng” là được xem xét.")
        for each in late:
            each.campaign = held
        move_all(late, Move.DEFER, by=by, at=at, reason=why)
        for each in late:
            telling.ended(each, "deferred", _("Giải pháp %s được chuyển sang đợt sau") % each.code, why, at)
    return late
