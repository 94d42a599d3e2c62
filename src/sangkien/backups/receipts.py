"""Receipt numbers that were given after the backup that is restored: entered as void, so that none is given twice.

A slip with such a number lies in a drawer of some unit. What tells the last number: the instance that is replaced, a
newer backup, or the person who restores, who has the slips; nobody guesses.
"""

from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.backups.manifest import Head
from sangkien.backups.places import here, second
from sangkien.backups.reading import read_only_head
from sangkien.campaigns.locking import hold
from sangkien.campaigns.models import Campaign, ReceiptCounter
from sangkien.intake.models import EntryCounter, Receipt
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record

_MOST_LOST: Final = 100_000  # more is a slip of the finger
# Codes of entries stand on the slips too. Nobody can tell them all, and holes between codes are nothing new.
_CODES_LEFT_OUT: Final = 100


def lasts() -> dict[UUID, int]:
    """The last number that each campaign has given here."""
    rows = ReceiptCounter.objects.values_list("campaign__uid", "last")
    return dict(rows)


def void_lost(*, campaign: Campaign, last: int, by: Actor, at: datetime) -> int:
    """Enter as void every number above the counter up to ``last``; answers how many. Twice is as once.

    Raises ``Refused`` where that would be more than 100,000.
    """
    reason = _("Số đã cấp sau bản sao lưu được khôi phục; phiếu tiếp nhận không còn trong dữ liệu.")
    with acting():
        held = hold(campaign)
        counter = ReceiptCounter.objects.select_for_update().get(campaign=held)
        lost = range(counter.last + 1, last + 1)
        if not lost:
            return 0
        if len(lost) > _MOST_LOST:
            facts = {"last": last, "kept": counter.last}
            raise Refused(_("Số %(last)d cách số cuối trong bản sao lưu (%(kept)d) quá xa. Bạn xem lại số.") % facts)
        void = [Receipt(campaign=held, number=number, void_reason=reason, given_at=at) for number in lost]
        Receipt.objects.bulk_create(void, batch_size=1_000)
        ReceiptCounter.objects.filter(pk=counter.pk).update(last=last)
        _leave_out_codes(held)
        record(
            by=by, at=at, verb="campaign.receipts_voided", subject_kind="campaign", subject_uid=held.uid,
            seen_by=SeenBy.UNIT, payload={"from": lost[0], "to": lost[-1], "reason": reason},
        )  # fmt: skip
    return len(lost)


def _leave_out_codes(campaign: Campaign) -> None:
    """No entry gets a code that a lost one may have had."""
    counters = EntryCounter.objects.filter(campaign=campaign)
    units = campaign.participants.exclude(unit__in=counters.values("unit")).values_list("unit", flat=True)
    counters.update(last=F("last") + _CODES_LEFT_OUT)
    EntryCounter.objects.bulk_create(
        EntryCounter(campaign=campaign, unit_id=unit, last=_CODES_LEFT_OUT) for unit in list(units)
    )


def told_by_newer(head: Head, passphrase: str | None) -> dict[UUID, int]:
    """The last numbers that newer backups in our places tell of the same campaigns: at least these were given."""
    told: dict[UUID, int] = {}
    for folder in (here(), second()):
        for path in sorted(folder.glob("sao-luu-*")) if folder and folder.is_dir() else ():
            newer = _head_of(path, passphrase)
            if newer is None or newer.at <= head.at:
                continue
            for each in newer.campaigns:
                told[UUID(each.uid)] = max(each.last, told.get(UUID(each.uid), 0))
    return told


def _head_of(path: Path, passphrase: str | None) -> Head | None:
    """``None`` for a file of another instance, of another passphrase, or damaged: it tells nothing."""
    try:
        return read_only_head(path, passphrase)
    except (Refused, OSError):
        return None
