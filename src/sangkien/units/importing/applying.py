"""Entering what the preview has shown: all of it in one transaction, and a second time nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from sangkien.ledger.recording import Actor
from sangkien.units import actions
from sangkien.units.changing import NewUnit, Refused, changing
from sangkien.units.importing.preview import Preview, compare
from sangkien.units.importing.rows import Fate, Row
from sangkien.units.models import Unit

_SHOWN = 3  # errors in a refusal


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done; ``left`` counts the lines that may be a new name and about which nobody has decided."""

    established: int
    renamed: int
    left: int


def apply(
    preview: Preview, *, by: Actor, at: datetime, renames: Collection[str] = (), as_new: Collection[str] = ()
) -> Applied:
    """Enter the new units, and what a person decided about doubtful lines, named by their ``place``.

    The list is compared anew inside the transaction: what somebody else has entered meanwhile is not entered twice.
    Raises ``Refused``, then nothing is entered: when a line is wrong, when a decision speaks of another line.
    """
    with changing():
        fresh = compare(preview.sheet, on=preview.on, under=preview.under)
        _refuse_errors(fresh)
        doubtful = {row.line.place: row for row in fresh.rows if row.fate is Fate.RENAME}
        if unknown := ({*renames, *as_new} - doubtful.keys()) | ({*renames} & {*as_new}):
            raise Refused(_("Danh sách vừa thay đổi ở %s. Bạn xem lại rồi chọn lại.") % ", ".join(sorted(unknown)))
        new = [row for row in fresh.rows if row.fate is Fate.NEW or row.line.place in as_new]
        for place in renames:
            _rename(doubtful[place], by=by, at=at)
        _establish(new, by=by, at=at)
    return Applied(len(new), len(renames), len(doubtful) - len(renames) - len(as_new))


def _refuse_errors(preview: Preview) -> None:
    errors = preview.errors
    if errors:
        shown = " ".join(errors[:_SHOWN])
        raise Refused(
            _("Chưa ghi đơn vị nào vì còn %(count)d lỗi. %(shown)s Bạn sửa trong tệp rồi đọc lại.")
            % {"count": len(errors), "shown": shown}
        )


def _rename(row: Row, *, by: Actor, at: datetime) -> None:
    if row.unit is not None:
        actions.rename(row.unit.unit, name=row.line.name, on=row.starts, by=by, at=at, basis=row.line.basis)


def _establish(rows: list[Row], *, by: Actor, at: datetime) -> None:
    """Parents before children, and all units of one day and generation at once."""
    made: dict[Row, Unit] = {}
    waiting = rows
    while waiting:
        left = set(waiting)
        ready = [row for row in waiting if row.parent_row not in left]
        for on in sorted({row.starts for row in ready}):
            batch = [row for row in ready if row.starts == on]
            units = actions.establish_all(news=[_new(row, made) for row in batch], on=on, by=by, at=at)
            made.update(zip(batch, units, strict=True))
        waiting = [row for row in waiting if row not in made]


def _new(row: Row, made: dict[Row, Unit]) -> NewUnit:
    line = row.line
    return NewUnit(
        name=line.name, kind=row.kind, level=row.level, parent=_parent(row, made), code=line.code, e_id=line.e_id,
        signing_regime=row.regime, basis=line.basis,
    )  # fmt: skip


def _parent(row: Row, made: dict[Row, Unit]) -> Unit | None:
    above = row.parent_row
    if above is None:
        return row.parent_unit
    if above in made:
        return made[above]
    return above.unit.unit if above.unit else None
