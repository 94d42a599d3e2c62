"""What every action on entries shares."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.locking import hold_shared
from sangkien.campaigns.models import Campaign, Participant
from sangkien.initiatives import texts
from sangkien.initiatives.models import Revision
from sangkien.intake.models import Entry
from sangkien.intake.moving import hold
from sangkien.ledger.recording import acting
from sangkien.units.models import Unit

LONGEST_REASON: Final = 2_000


@contextmanager
def holding(*entries: Entry) -> Iterator[list[Entry]]:
    """The transaction of an act on entries of one campaign: campaign FOR SHARE, then the entries by id FOR UPDATE.

    Raises ``Refused`` when the campaign no longer runs.
    """
    with acting():
        yield held(entries)


@contextmanager
def in_running(campaign: Campaign) -> Iterator[Campaign]:
    """The transaction of an act in a campaign, FOR SHARE. Raises ``Refused`` when it does not run."""
    with acting():
        yield running(hold_shared(campaign))


def held(entries: Collection[Entry]) -> list[Entry]:
    """The entries under both locks, in the transaction of the caller. Raises ``Refused`` as above."""
    if not entries:
        raise Refused(_("Bạn chưa chọn giải pháp nào."))
    campaigns = {each.campaign_id: each.campaign for each in entries}
    if len(campaigns) != 1:
        raise Refused(_("Các giải pháp này thuộc nhiều đợt. Bạn làm riêng từng đợt."))
    (campaign,) = campaigns.values()
    now = running(hold_shared(campaign))
    rows = hold(entries)
    for each in rows:
        each.campaign = now
    return rows


def running(campaign: Campaign) -> Campaign:
    """Raises ``Refused`` before issue and after the end."""
    if not campaign.is_running():
        raise Refused(
            _("Đợt này %s nên không nhận, không xử lý báo cáo được. Bạn xem lại đợt.") % State(campaign.state).label
        )
    return campaign


def participant_of(campaign: Campaign, unit: Unit) -> Participant:
    """The row as it is now, FOR UPDATE: a nil answer and a sending wait for one another.

    Raises ``Refused`` for a unit that the plan does not ask.
    """
    locked = Participant.objects.select_for_update(of=("self",)).filter(campaign=campaign, unit=unit)
    row = locked.select_related("unit", "unit_version").first()
    if row is None:
        raise Refused(
            _("Đơn vị này không có trong danh sách của kế hoạch. Đơn vị đầu mối thêm đơn vị bằng văn bản sửa đổi.")
        )
    row.campaign = campaign
    return row


def revision_of(entry: Entry) -> Revision:
    """What stands in the entry now. Raises ``Refused`` where there is nothing, which no action leaves behind."""
    if entry.revision is None:
        raise Refused(_("Giải pháp này chưa có nội dung nào. Bạn mở lại trang để xem."))
    return entry.revision


def reason_told(reason: str, sentence: str) -> str:
    """The reason as it is stored. Raises ``Refused`` with the sentence when there is none."""
    told = texts.lines(reason, _("Lý do"), LONGEST_REASON)
    if not told:
        raise Refused(sentence)
    return told


def local_date(at: datetime) -> date:
    """The day of a moment in Vietnam."""
    return timezone.localdate(at)
