"""Numbers of a campaign's receipts: without gaps, never given twice (domain, §7.5, 8)."""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.locking import hold
from sangkien.campaigns.models import Campaign, ReceiptCounter
from sangkien.initiatives import texts
from sangkien.intake.models import Receipt, Submission
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record

_RAISE = "UPDATE campaigns_receiptcounter SET last = last + 1 WHERE campaign_id = %s RETURNING last"
_MOST_LOST = 100_000


def give(submission: Submission, *, at: datetime) -> Receipt:
    """The next number. Two statements; the counter is the last lock before the ledger's head."""
    return Receipt.objects.create(
        campaign_id=submission.campaign_id, number=_next(submission.campaign_id), submission=submission, given_at=at
    )


def _next(campaign_id: int) -> int:
    """Raised and read in one statement, which both databases can (SQLite since 3.35); rolled back with the rest."""
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, [campaign_id])
        row = cursor.fetchone()
    if row is None:
        raise RuntimeError(f"campaign {campaign_id} has no receipt counter: it was never issued")
    return int(row[0])


def void_lost_receipts(campaign: Campaign, *, up_to: int, reason: str, by: Actor, at: datetime) -> list[Receipt]:
    """After an older backup was restored: the numbers given since are entered as void, so that none is given twice.

    ``up_to``: the last number that anybody holds a slip of. Answers the void ones, none when none was lost. Raises
    ``Refused`` without a reason, and for a number that no campaign reaches.
    """
    why = texts.lines(reason, _("Lý do"), 2_000)
    if not why:
        raise Refused(_("Bạn ghi lý do hủy các số phiếu đã mất rồi làm lại."))
    with acting():
        held = hold(campaign)
        counter = ReceiptCounter.objects.select_for_update().filter(campaign=held).first()
        if counter is None:
            raise Refused(_("Đợt này chưa ban hành nên chưa có phiếu tiếp nhận nào."))
        if up_to - counter.last > _MOST_LOST:
            raise Refused(_("Số phiếu %d quá lớn. Bạn xem lại số trên phiếu tiếp nhận.") % up_to)
        numbers = range(counter.last + 1, up_to + 1)
        lost = [Receipt(campaign=held, number=each, void_reason=why, given_at=at) for each in numbers]
        if lost:
            Receipt.objects.bulk_create(lost)
            ReceiptCounter.objects.filter(campaign=held).update(last=up_to)
            record(
                by=by, at=at, verb="campaign.receipts_voided", subject_kind="campaign", subject_uid=held.uid,
                seen_by=SeenBy.UNIT, payload={"from": lost[0].number, "to": up_to, "reason": why},
            )  # fmt: skip
    return lost
