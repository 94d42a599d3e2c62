"""Numbers of a campaign's receipts: without gaps, never given twice (domain, §7.5, 8).

Numbers lost by restoring an older backup are entered as void by the room of backups.
"""

from datetime import datetime

from django.db import connection

from sangkien.intake.models import Receipt, Submission

_RAISE = "UPDATE campaigns_receiptcounter SET last = last + 1 WHERE campaign_id = %s RETURNING last"


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
