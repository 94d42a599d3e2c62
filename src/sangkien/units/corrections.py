"""What was entered wrongly. The wrong version stays with its end mark, because papers may point to it."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from sangkien.ledger.recording import Actor
from sangkien.units import closure
from sangkien.units.changing import (
    Refused,
    changed,
    changing,
    day,
    note,
    refuse_absent,
    refuse_circle,
    refuse_overlap,
    refuse_same,
    refuse_twins,
)
from sangkien.units.models import Succession, UnitVersion

CORRECTABLE = frozenset({"name", "kind", "level", "parent", "code", "e_id", "signing_regime", "basis"})


def correct(version: UnitVersion, *, reason: str, by: Actor, at: datetime, **facts: object) -> UnitVersion:
    """These facts of a version were wrong from its first day on. Its days: ``correct_start``. Answers the new version.

    Raises ``Refused``; ``ValueError`` for a fact that is not in ``CORRECTABLE``.
    """
    unknown = facts.keys() - CORRECTABLE
    if unknown or not facts:
        raise ValueError(f"not correctable: {sorted(unknown)}")
    with changing():
        _refuse_superseded(version)
        new = changed(version, **facts)
        if new.basis == version.basis:
            refuse_same(version, new)
        refuse_absent([new.parent], new.valid_from, new.valid_to)
        refuse_twins([(new.parent, new.name)], new.valid_from, but=new.unit)
        refuse_circle(new.unit, new.parent, new.valid_from, new.valid_to)
        _replace([version], [new], at)
        if new.parent_id != version.parent_id:
            closure.rewrite([new.unit_id])
        old = {fact: _told(version, fact) for fact in facts}
        told = {fact: _told(new, fact) for fact in facts}
        about = {"from": new.valid_from, "old": old, "new": told, "reason": reason}
        note(new.unit, "corrected", by=by, at=at, facts=about)
    return new


def correct_start(version: UnitVersion, *, valid_from: date, reason: str, by: Actor, at: datetime) -> UnitVersion:
    """The version began on another day; the one before it, where there is one, ends then. Answers the new version."""
    with changing():
        _refuse_superseded(version)
        before = UnitVersion.objects.current().filter(unit=version.unit, valid_to=version.valid_from).first()
        _refuse_start(version, before, valid_from)
        new = changed(version, valid_from=valid_from)
        refuse_absent([new.parent], new.valid_from, new.valid_to)
        if before is None:
            _replace([version], [new], at)
        else:
            earlier = changed(before, valid_to=valid_from)
            refuse_absent([earlier.parent], earlier.valid_from, earlier.valid_to)
            _replace([before, version], [earlier, new], at)
        Succession.objects.filter(
            from_unit=version.unit, to_unit=version.unit, effective_date=version.valid_from
        ).update(effective_date=valid_from)
        closure.rewrite([version.unit_id])
        facts = {"old": version.valid_from, "new": valid_from, "reason": reason}
        note(version.unit, "start_corrected", by=by, at=at, facts=facts)
    return new


def _refuse_superseded(version: UnitVersion) -> None:
    if not UnitVersion.objects.current().filter(pk=version.pk).exists():
        raise Refused(_("Thông tin này vừa được đính chính ở nơi khác. Bạn mở lại trang rồi xem."))


def _refuse_start(version: UnitVersion, before: UnitVersion | None, valid_from: date) -> None:
    if version.valid_to is not None and valid_from >= version.valid_to:
        raise Refused(_("Ngày bắt đầu phải trước ngày kết thúc %s. Bạn chọn ngày khác.") % day(version.valid_to))
    if before is not None:
        if valid_from <= before.valid_from:
            raise Refused(_("Ngày bắt đầu phải sau ngày %s. Bạn chọn ngày khác.") % day(before.valid_from))
        return
    children = UnitVersion.objects.current().filter(parent=version.unit, valid_from__lt=valid_from)
    if children.exists():
        sentence = _("Có đơn vị trực thuộc từ trước ngày %s. Bạn đính chính ngày của các đơn vị đó trước.")
        raise Refused(sentence % day(valid_from))
    unit, on = version.unit, version.valid_from
    arrivals = Succession.objects.filter(to_unit=unit, effective_date=on).exclude(from_unit=unit)
    if arrivals.exists():
        raise Refused(
            _("Đơn vị này có từ một lần sáp nhập, chia tách; ngày bắt đầu đi theo việc đó nên không đổi riêng được.")
        )


def _replace(old: list[UnitVersion], new: list[UnitVersion], at: datetime) -> None:
    UnitVersion.objects.filter(pk__in=[version.pk for version in old]).update(superseded_at=at)
    UnitVersion.objects.bulk_create(new)
    refuse_overlap([new[0].unit_id])


def _told(version: UnitVersion, fact: str) -> object:
    return (version.parent and version.parent.uid) if fact == "parent" else getattr(version, fact)
