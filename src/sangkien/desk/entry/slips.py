"""The slips that were attached to an entry on its way: what came, what was asked, what was decided; newest first."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.campaigns.window import VIETNAM
from sangkien.desk.entry.reading import Sheet, Side
from sangkien.desk.entry.speaking import who
from sangkien.intake import paths
from sangkien.intake.models import Channel, Return, SubmissionItem
from sangkien.ledger.models import Act


@dataclass(frozen=True, slots=True)
class Link:
    """Something that can be opened from a slip."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Slip:
    """``head`` says what it is, ``who`` whose it is; ``lines`` are its text, ``links`` what can be opened."""

    icon: str
    head: str
    at: datetime
    who: str
    lines: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kind:
    """How an act of the ledger looks as a slip."""

    icon: str
    head: Any


def slips(sheet: Sheet, *, may_name_letter: bool = False, also: Iterable[Slip] = ()) -> list[Slip]:
    """What this person may see of them; who ``may_name_letter`` tells the number of a request that went out later.

    ``also``: those of the rooms above, in their place among the others.
    """
    if sheet.side is Side.PARTNER:
        return []
    made = [*_sendings(sheet), *_returns(sheet, may_name_letter=may_name_letter), *_decisions(sheet), *also]
    return sorted(made, key=lambda each: each.at, reverse=True)


def _sendings(sheet: Sheet) -> Iterator[Slip]:
    for place, item in enumerate(sheet.sendings):
        sending = item.submission
        receipt = getattr(sending, "receipt", None)
        lines = [_recorded(item)] if sending.is_recorded else []
        if sheet.campaign.is_late(sending.arrived_at):
            lines.append(_("Đến sau hạn nhận báo cáo của đợt."))
        head = _("Phiếu tiếp nhận số %s") % receipt if receipt else _("Báo cáo đã nhận")
        if place:
            head = _("%(head)s: gửi lại, bản %(number)d") % {"head": head, "number": item.revision.number}
        yield Slip(
            icon="file-earmark-arrow-up" if place else "receipt",
            head=head,
            at=sending.recorded_at,
            who=who(sheet, sending.recorded_by or sending.sent_by, of_unit=not sending.is_recorded),
            lines=tuple(lines),
            links=tuple(_files(sheet, item)),
        )


def _recorded(item: SubmissionItem) -> str:
    """Entered by the lead unit from a paper or a file, and shown as such."""
    sending = item.submission
    facts = {
        "channel": Channel(sending.channel).label,
        "day": date_format(sending.arrived_at.astimezone(VIETNAM), "d/m/Y"),
        "letter": str(sending.letter) if sending.letter else "",
    }
    if sending.letter:
        return _("Ghi nhận thay từ %(letter)s, đến ngày %(day)s bằng %(channel)s.") % facts
    return _("Ghi nhận thay từ tệp của đơn vị, đến ngày %(day)s bằng %(channel)s.") % facts


def _files(sheet: Sheet, item: SubmissionItem) -> Iterator[Link]:
    sending, uid = item.submission, sheet.entry.uid
    if getattr(sending, "receipt", None):
        yield Link(_("Xem phiếu tiếp nhận"), paths.of_receipt(sending.uid))
    if sending.letter is not None:
        yield Link(_("Mở bản chụp công văn"), reverse("desk:letter", args=[uid, sending.uid]))
    if sending.file is not None:
        yield Link(sending.file.original_name, reverse("desk:report", args=[uid, sending.uid]))


def _returns(sheet: Sheet, *, may_name_letter: bool) -> Iterator[Slip]:
    for back in sheet.returns:
        yield Slip(
            icon="arrow-return-left",
            head=_("Phiếu trả lại để bổ sung"),
            at=back.returned_at,
            who=who(sheet, back.returned_by, of_unit=False),
            lines=tuple(_asked(sheet, back)),
            links=tuple(_request(sheet, back, may_name_letter=may_name_letter)),
        )


def _request(sheet: Sheet, back: Return, *, may_name_letter: bool) -> Iterator[Link]:
    """The letter that was issued; until then the one to be signed."""
    keys = [sheet.entry.uid, back.uid]
    if back.letter is not None:
        yield Link(_("Mở công văn đã ban hành"), reverse("desk:signed_request", args=keys))
        return
    yield Link(_("Tải phiếu yêu cầu bổ sung"), reverse("desk:request", args=keys))
    if may_name_letter:
        yield Link(_("Ghi công văn đã ban hành"), reverse("desk:request_letter", args=keys))


def _asked(sheet: Sheet, back: Return) -> Iterator[str]:
    yield from (gap.text for gap in sheet.gaps.get(back.pk, ()))
    if back.note:
        yield back.note
    if back.letter is not None:
        yield _("Theo %s.") % back.letter
    due = date_format(back.due_date, "d/m/Y")
    if back.ended_at is None:
        yield _("Hạn bổ sung: %s.") % due
    elif back.answered_by_id is None:
        yield _("Hạn bổ sung: %s. Đơn vị không gửi bản bổ sung.") % due
    else:
        answered = date_format(back.ended_at.astimezone(VIETNAM), "d/m/Y")
        yield _("Hạn bổ sung: %(due)s. Đơn vị gửi lại ngày %(answered)s.") % {"due": due, "answered": answered}


_KINDS: Final = {
    "entry.admit": _Kind("check-circle", gettext_lazy("Tiếp nhận vào bảng tổng hợp")),
    "entry.undo_admission": _Kind("arrow-counterclockwise", gettext_lazy("Hoàn lại việc tiếp nhận")),
    "entry.merge": _Kind("files", gettext_lazy("Gộp vào giải pháp khác")),
    "entry.unmerge": _Kind("arrow-counterclockwise", gettext_lazy("Tách ra sau khi gộp")),
    "entry.defer": _Kind("arrow-right-square", gettext_lazy("Chuyển sang đợt sau")),
    "entry.reject": _Kind("x-circle", gettext_lazy("Không tiếp nhận")),
    "entry.withdraw": _Kind("arrow-return-left", gettext_lazy("Đơn vị rút báo cáo")),
    "entry.take_up": _Kind("pencil", gettext_lazy("Đơn vị soạn lại")),
    "entry.still_applied": _Kind("arrow-right-square", gettext_lazy("Xác nhận vẫn đang áp dụng")),
    "entry.no_longer_applied": _Kind("x-circle", gettext_lazy("Không còn áp dụng")),
    "entry.return_extended": _Kind("clock", gettext_lazy("Gia thêm ngày bổ sung")),
}


def _decisions(sheet: Sheet) -> Iterator[Slip]:
    for act in sheet.history:
        kind = _KINDS.get(act.verb)
        if kind is None:
            continue
        reason = facts_of(act).get("reason", "")
        yield Slip(
            icon=kind.icon,
            head=str(kind.head),
            at=act.at,
            who=who(sheet, act.actor, of_unit=act.acting_unit == sheet.entry.implementer.uid),
            lines=(_("Lý do: %s") % reason,) if reason else (),
        )


def facts_of(act: Act) -> dict[str, Any]:
    """The payload of an act."""
    facts: dict[str, Any] = json.loads(act.payload)
    return facts
