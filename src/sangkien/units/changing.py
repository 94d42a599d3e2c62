"""What every action on units shares: one at a time, new versions, refusals."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, Min, Value
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record
from sangkien.units.models import (
    LONGEST_CODE,
    LONGEST_E_ID,
    LONGEST_NAME,
    Kind,
    Level,
    SigningRegime,
    Unit,
    UnitPath,
    UnitVersion,
    not_ended,
)
from sangkien.vietnamese import canonical, clean, unit_key

_COPIED = (
    "unit_id", "parent_id", "name", "kind", "level", "code", "e_id", "signing_regime",
    "valid_from", "valid_to", "basis",
)  # fmt: skip
_NAMED = 5  # names in a sentence, before "và … đơn vị khác"


class Refused(Exception):
    """The action may not be done. The text says why and what to do; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """What is known of a unit when it begins."""

    name: str
    kind: Kind
    level: Level
    parent: Unit | None
    code: str = ""
    e_id: str = ""
    signing_regime: SigningRegime = SigningRegime.TM
    basis: str = ""
    uid: UUID | None = None  # kept when the unit comes from another instance


@contextmanager
def changing() -> Iterator[None]:
    """The transaction of an action on units: one at a time, so that no two moves together make a circle.

    Such acts are rare. Readers, and rows that point to units, do not wait. The lock comes before those of a campaign.
    """
    with acting():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE units_unitpath IN SHARE ROW EXCLUSIVE MODE")
        yield


def note(unit: Unit, verb: str, *, by: Actor, at: datetime, facts: Mapping[str, object]) -> None:
    """Record an act on a unit; units are public, so the act is."""
    record(
        by=by, at=at, verb=f"unit.{verb}", subject_kind="unit", subject_uid=unit.uid, seen_by=SeenBy.PUBLIC,
        payload=facts,
    )  # fmt: skip


def open_version(unit: Unit, on: date) -> UnitVersion:
    """The last version, which a change on this day may end. Raises ``Refused``."""
    last = UnitVersion.objects.current().filter(unit=unit).latest("valid_from")
    if last.valid_to is not None:
        raise Refused(
            _("“%(name)s” đã kết thúc từ ngày %(day)s nên không thay đổi được nữa. Bạn chọn đơn vị khác.")
            % {"name": last.name, "day": day(last.valid_to)}
        )
    if on < last.valid_from:
        raise Refused(
            _("“%(name)s” có thông tin từ ngày %(day)s, sau ngày %(on)s. Bạn chọn ngày muộn hơn, hoặc đính chính.")
            % {"name": last.name, "day": day(last.valid_from), "on": day(on)}
        )
    return last


def follow(version: UnitVersion, on: date, *, at: datetime, **changes: Any) -> UnitVersion:
    """The version that takes over on this day; on the day the old one begins it replaces it.

    Raises ``Refused`` when it would say the same: a second click.
    """
    new = changed(version, **changes)
    refuse_same(version, new)
    if on == version.valid_from:
        version.superseded_at = at
        version.save(update_fields=["superseded_at"])
    else:
        end(version, on)
        new.valid_from = on
    new.save(force_insert=True)
    refuse_overlap([version.unit_id])
    return new


def changed(version: UnitVersion, **changes: Any) -> UnitVersion:
    """An unsaved copy with other facts."""
    new = UnitVersion(**{fact: getattr(version, fact) for fact in _COPIED})
    for fact, value in changes.items():
        setattr(new, fact, value)
    tidy(new)
    return new


def end(version: UnitVersion, on: date) -> None:
    """End a version on this day. Raises ``Refused`` on the day it begins."""
    if on <= version.valid_from:
        raise Refused(
            _("“%(name)s” chỉ bắt đầu từ ngày %(day)s nên không kết thúc ngay ngày đó được. Bạn xem lại ngày.")
            % {"name": version.name, "day": day(version.valid_from)}
        )
    version.valid_to = on
    version.save(update_fields=["valid_to"])


def tidy(version: UnitVersion) -> None:
    """Its texts as they are stored, the keys of its name made. Raises ``Refused`` for what is no name or too long."""
    version.name_it(tidy_name(version.name))
    version.code, version.e_id = (" ".join(clean(text).split()) for text in (version.code, version.e_id))
    version.basis = clean(version.basis).strip()
    if len(version.code) > LONGEST_CODE or len(version.e_id) > LONGEST_E_ID:
        raise Refused(
            _("Mã dài nhất %(code)d ký tự, mã định danh dài nhất %(e_id)d ký tự. Bạn xem lại.")
            % {"code": LONGEST_CODE, "e_id": LONGEST_E_ID}
        )


def tidy_name(name: str) -> str:
    """A name as it is stored: NFC, single spaces. Raises ``Refused`` when nothing is left or it is too long."""
    tidy = " ".join(clean(name).split())
    if not unit_key(tidy):  # spaces and signs that nobody sees are no name
        raise Refused(_("Đơn vị chưa có tên. Bạn ghi tên đầy đủ như trên văn bản."))
    if len(tidy) > LONGEST_NAME:
        raise Refused(_("Tên đơn vị dài quá %d ký tự. Bạn ghi ngắn lại.") % LONGEST_NAME)
    return tidy


# -- refusals


def refuse_absent(units: Collection[Unit | None], start: date, stop: date | None = None) -> None:
    """Each must exist from the day to the day (``None``: with no end in sight). Raises ``Refused``. One statement."""
    ids = {unit.pk for unit in units if unit is not None}
    if not ids:
        return
    lives = (
        UnitVersion.objects.current()
        .filter(unit__in=ids)
        .values_list("unit")
        .annotate(first=Min("valid_from"), last=Max(Coalesce("valid_to", Value(date.max))))
    )
    for unit_id, first, last in lives:
        if start < first:
            raise Refused(
                _("“%(name)s” chỉ có từ ngày %(first)s, sau ngày %(start)s. Bạn xem lại ngày.")
                % {"name": _last_name(unit_id), "first": day(first), "start": day(start)}
            )
        if (stop or date.max) > last:
            raise Refused(
                _("“%(name)s” kết thúc từ ngày %(last)s. Bạn chọn đơn vị khác hoặc xem lại ngày.")
                % {"name": _last_name(unit_id), "last": day(last)}
            )


def _last_name(unit_id: int) -> str:
    return UnitVersion.objects.current().filter(unit=unit_id).latest("valid_from").name


def refuse_twins(wanted: Collection[tuple[Unit | None, str]], on: date, *, but: Unit | None = None) -> None:
    """Two units of one name under one parent are nearly always one unit entered twice. Raises ``Refused``."""
    there = UnitVersion.objects.current().filter(name_folded__in={unit_key(name) for _parent, name in wanted})
    there = there.filter(not_ended(on)).exclude(unit=but)
    taken = {_twin_key(version.parent_id, version.name) for version in there}
    for parent, name in wanted:
        key = _twin_key(parent.pk if parent else None, name)
        if key in taken:
            raise Refused(
                _("Đã có “%s” trực thuộc cùng đơn vị cấp trên. Nếu đó chính là đơn vị này thì bạn không cần thêm nữa.")
                % name
            )
        taken.add(key)


def _twin_key(parent_id: int | None, name: str) -> tuple[int | None, str]:
    """Not ``unit_key``: to it "Trung tâm Y tế" and "Thị trấn Y Tế" are one."""
    return parent_id, canonical(tidy_name(name)).casefold()


def refuse_circle(unit: Unit, parent: Unit | None, start: date, stop: date | None) -> None:
    """A unit may not stand under one that stands under it, on any day of these. Raises ``Refused``."""
    if parent is None:
        return
    under = UnitPath.objects.filter(ancestor=unit, unit=parent).filter(not_ended(start))
    if stop is not None:
        under = under.filter(valid_from__lt=stop)
    if under.exists():
        raise Refused(_("Đơn vị cấp trên được chọn lại đang trực thuộc chính đơn vị này. Bạn chọn đơn vị khác."))


def refuse_left_children(unit: Unit, on: date) -> None:
    """An ended unit leaves nobody under it. Raises ``Refused`` with their names."""
    left = UnitVersion.objects.current().filter(parent=unit).filter(not_ended(on))
    names = list(left.by_name().values_list("name", flat=True)[: _NAMED + 1])
    if names:
        raise Refused(
            _("Còn đơn vị trực thuộc sau ngày %(day)s: %(names)s. Bạn chuyển hoặc kết thúc các đơn vị đó trước.")
            % {"day": day(on), "names": listed(names)}
        )


def refuse_same(old: UnitVersion, new: UnitVersion) -> None:
    """A change that changes nothing (another basis alone is none). Raises ``Refused``."""
    if all(getattr(old, fact) == getattr(new, fact) for fact in _COPIED if fact != "basis"):
        raise Refused(_("Thông tin này đã được ghi như vậy rồi nên bạn không cần ghi lại."))


def refuse_overlap(unit_ids: Collection[int]) -> None:
    """Two versions of one unit on one day: a slip of ours, not of the reader. PostgreSQL refuses it by itself."""
    if UnitVersion.objects.filter(unit__in=unit_ids).overlapping().exists():
        raise ValueError(f"versions overlap: units {sorted(unit_ids)}")


def day(on: date) -> str:
    """A date as people write it."""
    return date_format(on, "d/m/Y")


def listed(names: list[str]) -> str:
    """The first few names, and that there are more."""
    text = ", ".join(names[:_NAMED])
    return f"{text}…" if len(names) > _NAMED else text
