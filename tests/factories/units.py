"""Units as the actions make them, and single rows for what guards them."""

from datetime import UTC, date, datetime
from typing import Any

from sangkien.ledger.recording import Actor
from sangkien.units import actions
from sangkien.units.changing import NewUnit
from sangkien.units.models import Kind, Level, Succession, SuccessionKind, Unit, UnitPath, UnitVersion

OFFICER = Actor("user:1")
AT = datetime(2024, 7, 9, 1, 30, tzinfo=UTC)
START = date(2021, 2, 4)


def new(name: str = "Phường 4", *, parent: Unit | None = None, **facts: Any) -> NewUnit:
    """What is known of a unit that begins: a ward, unless told otherwise."""
    return NewUnit(**{"name": name, "kind": Kind.WARD_PC, "level": Level.COMMUNE, "parent": parent, **facts})


def unit(name: str = "Phường 4", *, parent: Unit | None = None, on: date = START, **facts: Any) -> Unit:
    """An established unit."""
    return actions.establish(new=new(name, parent=parent, **facts), on=on, by=OFFICER, at=AT)


def unit_version(of: Unit, name: str = "Phường 4", **facts: Any) -> UnitVersion:
    """An unsaved version."""
    version = UnitVersion(**{"unit": of, "kind": Kind.WARD_PC, "level": Level.COMMUNE, "valid_from": START, **facts})
    version.name_it(name)
    return version


def unit_path(of: Unit, ancestor: Unit, **facts: Any) -> UnitPath:
    """An unsaved path."""
    return UnitPath(**{"unit": of, "ancestor": ancestor, "depth": 1, "valid_from": START, **facts})


def succession(of: Unit, to: Unit | None, **facts: Any) -> Succession:
    """An unsaved succession."""
    return Succession(
        **{"from_unit": of, "to_unit": to, "kind": SuccessionKind.MERGE, "effective_date": START, **facts}
    )
