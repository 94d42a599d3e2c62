"""What a unit did outside the program, entered by the lead unit: the letter first, then the act that it tells."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.attachments import keeping
from sangkien.attachments.models import Attachment
from sangkien.campaigns.window import VIETNAM
from sangkien.intake.models import Channel
from sangkien.intake.views.letters import written_down
from sangkien.ledger.recording import Actor
from sangkien.papers.issuing import Arrival
from sangkien.papers.models import Channel as PaperChannel
from sangkien.papers.models import Paper
from sangkien.units.models import Unit

OFFICE_OPENS: Final = time(8)  # where only the day of arrival is known
_CHANNELS: Final = {
    Channel.PAPER: PaperChannel.PAPER,
    Channel.MAIL: PaperChannel.MAIL,
    Channel.DOCUMENT_SYSTEM: PaperChannel.DOCUMENT_SYSTEM,
    Channel.FILE: PaperChannel.PAPER,
}


@dataclass(frozen=True, slots=True)
class Came:
    """A letter, or a bare report file, and when and how it came."""

    arrived_at: datetime
    channel: Channel
    letter: Paper | None = None
    file: Attachment | None = None


def came_by_letter(unit: Unit, told: dict[str, Any], *, summary: str, by: Actor, at: datetime) -> tuple[Came, Paper]:
    """As ``came``, for what only a letter with a number can tell. Raises ``Refused`` without one."""
    if not told.get("letter_number"):
        raise Refused(_("Việc này cần công văn của đơn vị, có số, ngày và bản chụp."))
    source = came(unit, told, summary=summary, by=by, at=at)
    if source.letter is None:
        raise ValueError("a letter with a number is a paper")
    return source, source.letter


def came(unit: Unit, told: dict[str, Any], *, summary: str, by: Actor, at: datetime) -> Came:
    """Written down now, or found as it was written down by an earlier try of the same page.

    ``told`` as ``LetterForm`` cleans it. Outside a transaction. Raises ``Refused``, and those of papers and files.
    """
    arrived_at = moment(told["arrived_date"], told.get("arrived_time"), at)
    channel = Channel(told["channel"])
    symbol, on, scan = told.get("letter_number", ""), told.get("letter_date"), told.get("scan")
    if symbol and on is not None:
        arrival = Arrival(told["arrived_date"], _CHANNELS[channel])
        no_scan = _("Kèm bản chụp hoặc bản điện tử của công văn. Bạn chọn tệp rồi ghi lại.")
        letter = written_down(unit, symbol, on, scan, summary=summary, no_scan=no_scan, arrival=arrival, by=by, at=at)
        return Came(arrived_at, channel, letter=letter)
    if not scan:
        raise Refused(_("Ghi số, ngày công văn và kèm bản chụp; không có công văn thì kèm tệp báo cáo của đơn vị."))
    return Came(arrived_at, channel, file=keeping.store(scan, scan.name or "", by=by, at=at))


def moment(on: date, clock: time | None, at: datetime) -> datetime:
    """When it arrived. Without an hour: when the office opened; never later than now. Raises ``Refused``."""
    arrived = datetime.combine(on, clock or OFFICE_OPENS, VIETNAM)
    if clock is None and on == at.astimezone(VIETNAM).date():
        arrived = min(arrived, at)
    if arrived > at:
        raise Refused(_("Ngày giờ đến muộn hơn bây giờ. Bạn xem lại ngày giờ đến của văn bản."))
    return arrived
