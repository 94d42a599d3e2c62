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
from sangkien.campaigns.models import Campaign, ReceiptCounter
from sangkien.intake.models import EntryCounter
from sangkien.intake.receipts import void_lost_receipts
from sangkien.ledger.recording import Actor

# Codes of entries stand on the slips too. Nobody can tell them all, and holes between codes are nothing new.
_CODES_LEFT_OUT: Final = 100


def lasts() -> dict[UUID, int]:
    """The last number that each campaign has given here."""
    rows = ReceiptCounter.objects.values_list("campaign__uid", "last")
    return dict(rows)


def void_lost(*, campaign: Campaign, last: int, by: Actor, at: datetime) -> int:
    """Enter as void every number above the counter up to ``last``; answers how many. ``Refused`` for too many."""
    reason = _("Số đã cấp sau bản sao lưu được khôi phục; phiếu tiếp nhận không còn trong dữ liệu.")
    lost = void_lost_receipts(campaign, up_to=last, reason=reason, by=by, at=at)
    if lost:
        _leave_out_codes(campaign)
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
