"""Where an entry stands: the way it has come with its days, the step it is at, and those that follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from sangkien.campaigns.window import VIETNAM
from sangkien.desk.clocks import short
from sangkien.desk.entry.reading import Sheet
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Return

_SHOWN_RETURNS: Final = 2  # of more, only the last ones: the slips below tell all
_APPRAISAL: Final = (Stage.IN_APPRAISAL, Stage.APPRAISED, Stage.ASSESSED)
_DECIDED: Final = (Stage.RECOGNISED, Stage.NOT_RECOGNISED, Stage.REVOKED)


@dataclass(frozen=True, slots=True)
class Step:
    """``state``: done, now, next, far (left out on a phone)."""

    label: str
    note: str = ""
    state: str = "next"


def steps(sheet: Sheet, today: date) -> list[Step]:
    """In the order in which they were or will be taken."""
    return [*_sent(sheet, today), *_returned(sheet, today), *_onward(sheet, today)]


def _sent(sheet: Sheet, today: date) -> Iterator[Step]:
    entry, closes = sheet.entry, short(sheet.campaign.closes_date, today)
    if entry.stage == Stage.DRAFT:
        yield Step(_("Soạn"), state="now")
        yield Step(_("Gửi"), _("hạn %s") % closes)
        return
    if entry.arrived_at is not None:
        day = _day(entry.arrived_at, today)
        late = entry.is_late
        yield Step(_("Gửi"), _("%s, sau hạn") % day if late else day, "done")


def _returned(sheet: Sheet, today: date) -> Iterator[Step]:
    hidden = max(0, len(sheet.returns) - _SHOWN_RETURNS)
    for number, back in enumerate(sheet.returns[hidden:], hidden + 1):
        label = _("Trả lại lần %d") % number if len(sheet.returns) > 1 else _("Trả lại")
        yield Step(label, _day(back.returned_at, today), "done")
        if back.ended_at is None:
            yield _awaited(sheet, back, today)
        elif back.answered_by_id is not None:
            yield Step(_("Gửi lại"), _day(back.ended_at, today), "done")


def _awaited(sheet: Sheet, back: Return, today: date) -> Step:
    overdue = (today - back.due_date).days
    if overdue > 0:
        return Step(_("Bổ sung"), _("quá hạn %d ngày") % overdue, "now")
    return Step(_("Bổ sung"), _("hạn %s") % short(back.due_date, today), "now")


def _onward(sheet: Sheet, today: date) -> Iterator[Step]:
    entry = sheet.entry
    stage, day = sheet.stage, _day(entry.stage_at, today)
    match stage:
        case Stage.WITHDRAWN | Stage.MERGED | Stage.DEFERRED | Stage.REJECTED:
            yield Step(_ENDINGS[stage](), day, "now")
            return
        case Stage.SUBMITTED:
            yield Step(_("Tiếp nhận"), _("đang kiểm tra"), "now")
        case Stage.DRAFT | Stage.CHANGES_REQUESTED:
            yield Step(_("Tiếp nhận"))
        case _:
            yield Step(_("Tiếp nhận"), day if stage == Stage.ADMITTED else "", "done")
    yield _appraisal(stage)
    yield _decision(stage, day)


def _appraisal(stage: Stage) -> Step:
    if stage == Stage.ADMITTED:
        return Step(_("Thẩm định"), _("chờ chuyển"), "now")
    if stage in _APPRAISAL:
        return Step(_("Thẩm định"), str(stage.label), "now")
    done = stage == Stage.PROPOSED or stage in _DECIDED
    return Step(_("Thẩm định"), state="done" if done else "far")


def _decision(stage: Stage, day: str) -> Step:
    if stage == Stage.PROPOSED:
        return Step(_("Quyết định"), _("đã trình"), "now")
    if stage in _DECIDED:
        return Step(_("Quyết định"), day, "done")
    return Step(_("Quyết định"), state="far")


_ENDINGS: Final = {
    Stage.WITHDRAWN: lambda: _("Đã rút"),
    Stage.MERGED: lambda: _("Đã gộp"),
    Stage.DEFERRED: lambda: _("Chuyển đợt sau"),
    Stage.REJECTED: lambda: _("Không tiếp nhận"),
}


def _day(at: datetime, today: date) -> str:
    return short(at.astimezone(VIETNAM).date(), today)
