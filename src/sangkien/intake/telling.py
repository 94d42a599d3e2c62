"""What units are told of their reports: what happened and what to do; never a mark, a verdict or a count of others."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.intake import paths
from sangkien.intake.models import Entry, Receipt, Return, Submission
from sangkien.notices.actions import tell

_LONGEST_TITLE: Final = 150
_LONGEST_TEXT: Final = 500


def received(submission: Submission, receipt: Receipt, entries: Iterable[Entry], at: datetime) -> None:
    """The receipt number, and which entries."""
    codes = ", ".join(each.code for each in entries)
    tell(
        submission.unit,
        kind="intake.received",
        subject_uid=submission.uid,
        scope=submission.campaign.uid,
        title=_("Đã nhận báo cáo của đơn vị, phiếu tiếp nhận số %s") % receipt,
        text=_short(_("Giải pháp: %s. Bạn mở trang để xem và in phiếu tiếp nhận.") % codes),
        path=paths.of_receipt(submission.uid),
        key=f"intake.received:{submission.uid}",
        at=at,
    )


def returned(entry: Entry, back: Return, gaps: Iterable[str], at: datetime) -> None:
    """What is missing, and until when."""
    tell(
        entry.implementer,
        kind="intake.returned",
        subject_uid=entry.uid,
        scope=entry.campaign.uid,
        title=_("Giải pháp %(code)s cần bổ sung đến hết ngày %(due)s")
        % {"code": entry.code, "due": day(back.due_date)},
        text=_short(" ".join(gaps)),
        path=paths.of_entry_for_unit(entry.uid),
        key=f"intake.returned:{back.uid}",
        at=at,
    )


def admitted(entry: Entry, cause: object, at: datetime) -> None:
    """It stands in the list that the lead unit works with."""
    tell(
        entry.implementer,
        kind="intake.admitted",
        subject_uid=entry.uid,
        scope=entry.campaign.uid,
        title=_("Giải pháp %s đã vào bảng tổng hợp") % entry.code,
        text=_("Báo cáo đã đủ nội dung. Bạn chưa cần làm gì thêm."),
        path=paths.of_entry_for_unit(entry.uid),
        key=f"intake.admitted:{cause}:{entry.uid}",
        at=at,
    )


def ended(entry: Entry, kind: str, title: str, reason: str, at: datetime) -> None:
    """Something that the lead unit decided about it, with the reason."""
    tell(
        entry.implementer,
        kind=f"intake.{kind}",
        subject_uid=entry.uid,
        scope=entry.campaign.uid,
        title=title,
        text=_short(_("Lý do: %s") % reason),
        path=paths.of_entry_for_unit(entry.uid),
        key=f"intake.{kind}:{entry.uid}:{at.isoformat()}",
        at=at,
    )


def merged(entry: Entry, at: datetime) -> None:
    """It lives on in another report, and the unit with it; of that report nothing is told here."""
    tell(
        entry.implementer,
        kind="intake.merged",
        subject_uid=entry.uid,
        scope=entry.campaign.uid,
        title=_("Giải pháp %s được gộp với một giải pháp trùng nội dung") % entry.code,
        text=_("Đơn vị vẫn được ghi là đơn vị phối hợp thực hiện. Nếu không đúng, bạn báo đơn vị đầu mối."),
        path=paths.of_entry_for_unit(entry.uid),
        key=f"intake.merged:{entry.uid}:{at.isoformat()}",
        at=at,
    )


def day(on: date) -> str:
    """A date as people write it."""
    return date_format(on, "d/m/Y")


def _short(text: str) -> str:
    """One line that fits; the page says the rest."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TEXT else line[: _LONGEST_TEXT - 1].rpartition(" ")[0] + "…"
