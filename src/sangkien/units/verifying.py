"""What no constraint of the database can promise on both SQLite and PostgreSQL, read again."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from sangkien.units import closure
from sangkien.units.models import UnitPath, UnitVersion


def verify() -> list[str]:
    """Sentences about what is wrong with the units: overlapping versions, a closure other than the versions say."""
    return [*_overlaps(), *_paths()]


def _overlaps() -> Iterator[str]:
    for version in UnitVersion.objects.overlapping().order_by("unit_id", "valid_from"):
        yield _("Hai thông tin cùng có hiệu lực trong một ngày: %s.") % version


def _paths() -> Iterator[str]:
    wanted = set(closure.spans(UnitVersion.objects.current()))
    kept = {closure.as_span(path) for path in UnitPath.objects.iterator()}
    wrong = sorted({span.unit_id for span in wanted ^ kept})
    if wrong:
        yield _("Quan hệ trực thuộc của %d đơn vị không khớp thông tin của chúng. Bạn báo người quản trị.") % len(wrong)
