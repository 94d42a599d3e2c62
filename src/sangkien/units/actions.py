"""What people do to units. Every action is dated, names who did it, and stands in the ledger.

All raise ``Refused`` with a sentence and then have changed nothing. An action ends a unit's last version or begins a
new one, so history is only ever added to at its end; what was entered wrongly is corrected (``corrections.py``).
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from sangkien.ledger.recording import Actor
from sangkien.units import closure
from sangkien.units.changing import (
    NewUnit,
    Refused,
    changing,
    end,
    follow,
    note,
    open_version,
    refuse_absent,
    refuse_circle,
    refuse_left_children,
    refuse_twins,
    tidy,
)
from sangkien.units.models import (
    Kind,
    Level,
    SigningRegime,
    Succession,
    SuccessionKind,
    Unit,
    UnitVersion,
    not_ended,
)


def establish(*, new: NewUnit, on: date, by: Actor, at: datetime, taking_over: Collection[Unit] = ()) -> Unit:
    """A unit begins. ``taking_over``: units whose work it takes over in part; they go on, or end by themselves."""
    with changing():
        (unit,) = establish_all(news=[new], on=on, by=by, at=at)
        for predecessor in taking_over:
            _succeed(predecessor, unit, SuccessionKind.ESTABLISH, on, whole=False)
            note(unit, "took_over", by=by, at=at, facts={"from": predecessor.uid, "on": on})
    return unit


def establish_all(*, news: Sequence[NewUnit], on: date, by: Actor, at: datetime) -> list[Unit]:
    """Many units begin on one day, in the order given; parents must exist already. The same number of statements."""
    with changing():
        refuse_absent([new.parent for new in news], on)
        refuse_twins([(new.parent, new.name) for new in news], on)
        units = Unit.objects.bulk_create([Unit(uid=new.uid) if new.uid else Unit() for new in news])
        versions = [_first_version(unit, new, on) for unit, new in zip(units, news, strict=True)]
        UnitVersion.objects.bulk_create(versions)
        closure.rewrite([unit.pk for unit in units])
        for unit, version in zip(units, versions, strict=True):
            note(unit, "established", by=by, at=at, facts=_facts(version) | {"on": on})
    return units


def _first_version(unit: Unit, new: NewUnit, on: date) -> UnitVersion:
    version = UnitVersion(
        unit=unit, parent=new.parent, name=new.name, kind=new.kind, level=new.level, code=new.code, e_id=new.e_id,
        signing_regime=new.signing_regime, valid_from=on, basis=new.basis,
    )  # fmt: skip
    tidy(version)
    return version


def _facts(version: UnitVersion) -> dict[str, object]:
    return {
        "name": version.name,
        "kind": version.kind,
        "level": version.level,
        "parent": version.parent.uid if version.parent else None,
        "code": version.code,
        "e_id": version.e_id,
        "signing_regime": version.signing_regime,
        "basis": version.basis,
    }


def rename(unit: Unit, *, name: str, on: date, by: Actor, at: datetime, basis: str = "") -> UnitVersion:
    """The unit is called otherwise from this day on. Papers of earlier days keep the earlier name."""
    with changing():
        old = open_version(unit, on)
        refuse_twins([(old.parent, name)], on, but=unit)
        new = follow(old, on, at=at, name=name, basis=basis)
        _became(unit, SuccessionKind.RENAME, on)
        note(unit, "renamed", by=by, at=at, facts={"old": old.name, "new": new.name, "on": on, "basis": basis})
    return new


def change_kind(
    unit: Unit, *, kind: Kind, on: date, by: Actor, at: datetime, level: Level | None = None, name: str = "",
    basis: str = "",
) -> UnitVersion:  # fmt: skip
    """A commune becomes a ward, a department a centre; mostly with another name, sometimes on another level."""
    with changing():
        old = open_version(unit, on)
        refuse_twins([(old.parent, name or old.name)], on, but=unit)
        new = follow(old, on, at=at, kind=kind, level=level or old.level, name=name or old.name, basis=basis)
        _became(unit, SuccessionKind.CHANGE_KIND, on)
        note(unit, "changed_kind", by=by, at=at, facts={"old": old.kind, **_facts(new), "on": on})
    return new


def change_parent(
    unit: Unit, *, parent: Unit | None, on: date, by: Actor, at: datetime, level: Level | None = None, basis: str = ""
) -> UnitVersion:
    """The unit, with all that stands under it, comes under another one; ``None``: it stands by itself."""
    with changing():
        old = open_version(unit, on)
        refuse_absent([parent], on)
        refuse_twins([(parent, old.name)], on, but=unit)
        refuse_circle(unit, parent, on, None)
        new = follow(old, on, at=at, parent=parent, level=level or old.level, basis=basis)
        closure.rewrite([unit.pk])
        facts = {"old": old.parent and old.parent.uid, "new": parent and parent.uid, "on": on, "basis": basis}
        note(unit, "changed_parent", by=by, at=at, facts=facts)
    return new


def change_details(
    unit: Unit, *, on: date, by: Actor, at: datetime, code: str | None = None, e_id: str | None = None,
    signing_regime: SigningRegime | None = None, basis: str = "",
) -> UnitVersion:  # fmt: skip
    """Another code, identifier or signing regime from this day on; ``None`` leaves it as it is."""
    given = {"code": code, "e_id": e_id, "signing_regime": signing_regime}
    changes = {fact: value for fact, value in given.items() if value is not None}
    with changing():
        new = follow(open_version(unit, on), on, at=at, **changes, basis=basis)
        note(unit, "changed_details", by=by, at=at, facts={**changes, "on": on, "basis": basis})
    return new


def merge(
    units: Sequence[Unit], *, into: Unit | NewUnit, on: date, by: Actor, at: datetime, name: str = "", basis: str = ""
) -> Unit:
    """All of these become one: a new unit, or one of them that goes on, with another ``name`` where it gets one.

    The others end. Answers the unit that goes on.
    """
    ending = [unit for unit in units if unit != into]
    if not ending:
        raise Refused(_("Chưa có đơn vị nào để nhập. Bạn chọn các đơn vị sẽ nhập vào."))
    with changing():
        for unit in ending:
            _end(unit, on)
        target = into if isinstance(into, Unit) else establish(new=into, on=on, by=by, at=at)
        refuse_absent([target], on)
        if name and isinstance(into, Unit) and name != open_version(target, on).name:
            rename(target, name=name, on=on, by=by, at=at, basis=basis)
        closure.rewrite([unit.pk for unit in ending])
        for unit in ending:
            _succeed(unit, target, SuccessionKind.MERGE, on, whole=True)
            note(unit, "merged", by=by, at=at, facts={"into": target.uid, "on": on, "basis": basis})
        facts = {"from": [unit.uid for unit in ending], "on": on, "basis": basis}
        note(target, "took_in", by=by, at=at, facts=facts)
    return target


def split(
    unit: Unit, *, parts: Sequence[Unit | NewUnit], whole: bool, on: date, by: Actor, at: datetime, basis: str = ""
) -> list[Unit]:
    """Parts of a unit go to others, existing or new. ``whole``: nothing is left and the unit ends; else it goes on.

    Answers the units that took the parts, in the order given.
    """
    if len(parts) < (2 if whole else 1):
        raise Refused(_("Chia hết một đơn vị cần ít nhất hai đơn vị nhận. Nếu chỉ có một thì đó là sáp nhập."))
    with changing():
        if whole:
            _end(unit, on)
            closure.rewrite([unit.pk])
        else:
            open_version(unit, on)
        takers = [part if isinstance(part, Unit) else establish(new=part, on=on, by=by, at=at) for part in parts]
        refuse_absent(takers, on)
        for taker in takers:
            _succeed(unit, taker, SuccessionKind.SPLIT, on, whole=False)
        facts = {"parts": [taker.uid for taker in takers], "whole": whole, "on": on, "basis": basis}
        note(unit, "split", by=by, at=at, facts=facts)
    return takers


def abolish(unit: Unit, *, on: date, by: Actor, at: datetime, to: Collection[Unit] = (), basis: str = "") -> None:
    """The unit ends. ``to``: who takes over its work, where somebody does; may be told later (``name_successor``)."""
    with changing():
        _end(unit, on)
        closure.rewrite([unit.pk])
        refuse_absent(to, on)
        for taker in (*to,) or (None,):
            _succeed(unit, taker, SuccessionKind.ABOLISH, on, whole=len(to) <= 1)
        facts = {"to": [taker.uid for taker in to], "on": on, "basis": basis}
        note(unit, "abolished", by=by, at=at, facts=facts)


def name_successor(unit: Unit, *, to: Unit, whole: bool, by: Actor, at: datetime) -> None:
    """Tell later who took over the work of a unit that has ended: a person's choice, not a formula."""
    with changing():
        last = UnitVersion.objects.current().filter(unit=unit).latest("valid_from")
        if last.valid_to is None:
            raise Refused(_("“%s” còn hoạt động nên chưa có đơn vị kế tục. Bạn ghi việc sáp nhập trước.") % last.name)
        if not UnitVersion.objects.current().filter(unit=to).filter(not_ended(last.valid_to)).exists():
            raise Refused(_("Đơn vị được chọn đã kết thúc trước “%s”. Bạn chọn đơn vị khác.") % last.name)
        _succeed(unit, to, SuccessionKind.ABOLISH, last.valid_to, whole=whole)
        note(unit, "successor_named", by=by, at=at, facts={"to": to.uid, "whole": whole})


def _end(unit: Unit, on: date) -> None:
    refuse_left_children(unit, on)
    end(open_version(unit, on), on)


def _became(unit: Unit, kind: SuccessionKind, on: date) -> None:
    """One row a day for a unit that stays itself; a change of kind outweighs the new name that comes with it."""
    row, is_new = Succession.objects.get_or_create(
        from_unit=unit, to_unit=unit, effective_date=on, defaults={"kind": kind}
    )
    if not is_new and kind is SuccessionKind.CHANGE_KIND:
        Succession.objects.filter(pk=row.pk).update(kind=kind)


def _succeed(unit: Unit, to: Unit | None, kind: SuccessionKind, on: date, *, whole: bool) -> None:
    if to == unit:
        raise Refused(_("Một đơn vị không kế tục chính nó. Bạn chọn đơn vị khác."))
    if Succession.objects.filter(from_unit=unit, to_unit=to, effective_date=on).exists():
        raise Refused(_("Việc này đã được ghi cho cùng hai đơn vị và cùng ngày. Bạn không cần ghi lại."))
    Succession.objects.create(from_unit=unit, to_unit=to, kind=kind, effective_date=on, whole=whole)
