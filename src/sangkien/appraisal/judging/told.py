"""What a judge says on a sheet before it is stored, and what cannot be stored of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from sangkien.appraisal.judging.criteria import Asked
from sangkien.appraisal.models import Mark, ScoreSheet
from sangkien.campaigns.sheet import Filled, kept, read
from sangkien.initiatives import texts
from sangkien.scoring.checking.marks import mark_problem
from sangkien.scoring.wording import points

LONGEST_SAID: Final = 4_000


@dataclass(frozen=True, slots=True)
class MarkTold:
    """A mark, or why there is none."""

    value: Decimal | None = None
    missing_reason: str = ""
    comment: str = ""

    @property
    def is_told(self) -> bool:
        return self.value is not None or bool(self.missing_reason)


@dataclass(frozen=True, slots=True)
class SheetTold:
    """Criterion code → mark; ``unread``: code → the sentence for what was typed and is no mark."""

    marks: Mapping[str, MarkTold] = field(default_factory=dict)
    comment: str = ""
    private_note: str = ""
    unread: Mapping[str, str] = field(default_factory=dict)


def told_in(asked: Asked, data: Mapping[str, str]) -> SheetTold:
    """What a form gave, in the names of ``campaigns.sheet``."""
    filled = read(asked.shape, data, whole=False)
    marks = {
        code: MarkTold(None if code in filled.errors else mark, filled.missing[code], filled.comments[code])
        for code, mark in filled.marks.items()
    }
    return SheetTold(marks, str(data.get("comment", "")), str(data.get("private_note", "")), filled.errors)


def tidied(told: SheetTold) -> SheetTold:
    """As it is stored. Raises ``Refused`` for a text that is too long."""
    return SheetTold(
        {code: _mark(each) for code, each in told.marks.items()},
        texts.lines(told.comment, _("Nhận xét cho đơn vị"), LONGEST_SAID),
        texts.lines(told.private_note, _("Ghi chú riêng"), LONGEST_SAID),
        told.unread,
    )


def _mark(told: MarkTold) -> MarkTold:
    why = "" if told.value is not None else texts.lines(told.missing_reason, _("Lý do không chấm"), LONGEST_SAID)
    return MarkTold(told.value, why, texts.lines(told.comment, _("Nhận xét"), LONGEST_SAID))


def problems(asked: Asked, told: SheetTold) -> dict[str, str]:
    """Code → the sentence for a mark that cannot be stored; a draft keeps the others."""
    found = {}
    for code, criterion in asked.by_code.items():
        each = told.marks.get(code, MarkTold())
        if code in told.unread:
            found[code] = told.unread[code]
        elif each.value is not None and (problem := mark_problem(criterion, each.value)):
            found[code] = problem
        elif each.comment and not each.is_told:
            found[code] = _("Bạn chấm tiêu chí này trước, nhận xét mới lưu kèm được.")
    return found


def gaps(asked: Asked, told: SheetTold) -> dict[str, str]:
    """Code → what is still missing before the sheet can be handed in."""
    return dict(_gaps(asked, told))


def _gaps(asked: Asked, told: SheetTold) -> Iterator[tuple[str, str]]:
    for code, criterion in asked.by_code.items():
        each = told.marks.get(code, MarkTold())
        if not each.is_told:
            yield code, _("Chưa chấm. Bạn chọn điểm, hoặc ghi lý do không chấm được tiêu chí này.")
        elif criterion.asks_comment(each.value) and not each.comment:
            yield (
                code,
                _("Dưới %s điểm cần có nhận xét. Bạn ghi vì sao.") % points(criterion.comment_below or Decimal(0)),
            )


def total(asked: Asked, told: SheetTold) -> Decimal:
    """The points of what is marked so far; only to look at while the sheet is filled in."""
    given = ((each, told.marks.get(each.code)) for each in asked.shape.criteria)
    return sum((row.weight * mark.value for row, mark in given if mark and mark.value is not None), Decimal(0))


def told_by(sheet: ScoreSheet | None) -> SheetTold:
    """As it is stored. One statement, none where there is no sheet."""
    if sheet is None:
        return SheetTold()
    rows = Mark.objects.filter(sheet=sheet).values_list("criterion__code", "value", "missing_reason", "comment")
    marks = {code: MarkTold(value, why, comment) for code, value, why, comment in rows}
    return SheetTold(marks, sheet.comment, sheet.private_note)


def filled_by(asked: Asked, told: SheetTold) -> Filled:
    """What is stored, as if a form had given it."""
    marks = {code: each.value for code, each in told.marks.items()}
    comments = {code: each.comment for code, each in told.marks.items()}
    missing = {code: each.missing_reason for code, each in told.marks.items() if each.missing_reason}
    return kept(asked.shape, marks, comments, missing)
