"""Names, places and signers as papers print them on a day."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.formats import date_format

from sangkien.documents.blocks import SignatureBlock
from sangkien.papers.names import capacities
from sangkien.units import models as units
from sangkien.units.models import Unit, UnitVersion
from sangkien.units.queries import names_on
from sangkien.units.wording import before_the_date


def printed_on(unit: Unit, on: date) -> UnitVersion:
    """The version whose name is printed on this day; for a unit that has ended, the last one."""
    version = unit.on(on)
    if version is not None:
        return version
    return UnitVersion.objects.current().filter(unit=unit).order_by("-valid_from")[0]


def names_of(unit_ids: Collection[int], on: date) -> dict[int, str]:
    """What these units are called on this day; those that have ended, what they were called last. Two statements."""
    called = names_on(unit_ids, on)
    ended = UnitVersion.objects.current().filter(unit__in=set(unit_ids) - called.keys(), valid_from__lte=on)
    return {**dict(ended.order_by("valid_from").values_list("unit", "name")), **called}


def place_of(version: UnitVersion, on: date) -> str:
    """Where the paper is dated: the place of the committee, or of the one that the office belongs to."""
    committee = version
    if version.kind not in units.Kind.of_committees() and version.parent is not None:
        committee = printed_on(version.parent, on)
    return before_the_date(committee.name)


def initials(version: UnitVersion) -> str:
    """ "UBND" for a committee, the capitals of an office's name else: a proposal that people correct."""
    if version.kind in units.Kind.of_committees():
        return "UBND"
    words = version.name.replace("-", " ").split()
    return "".join(word[0] for word in words if word[0].isalpha()).upper() or "DV"


def signature(version: UnitVersion, distribution: tuple[str, ...]) -> SignatureBlock:
    return SignatureBlock(office=capacities(version)["head"], name="", distribution=distribution)


def day(on: date) -> str:
    return date_format(on, "d/m/Y")


def moment(at: datetime) -> str:
    return date_format(at, "H:i d/m/Y")
