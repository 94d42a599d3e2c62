"""District 3 in July 2024 and its twin in another city, and a store of its own for every test."""

import pytest

from sangkien.units import actions
from sangkien.units.models import Kind, Level
from tests.factories import district3
from tests.factories.units import AT, OFFICER, new, unit
from tests.pages import on_one_machine, static_files
from tests.stores import own_store

__all__ = ["on_one_machine", "own_store", "static_files"]


@pytest.fixture
def told(db: None) -> district3.District3:
    """The City, the district, six offices, twelve wards."""
    return district3.twelve_wards(by=OFFICER, at=AT)


@pytest.fixture
def twin(db: None) -> district3.District3:
    """A district of the same name with offices and wards of the same names, in another city."""
    city = unit("Thành phố B", kind=Kind.PROVINCE_PC, level=Level.PROVINCE)
    district = unit("Quận 3", parent=city, kind=Kind.DISTRICT_PC, level=Level.DISTRICT)
    department = {"kind": Kind.DEPARTMENT, "level": Level.DISTRICT, "parent": district}
    offices = [new(name, **department) for name in district3.OFFICES]
    wards = [new(name, parent=district) for name in district3.CODES]
    made = actions.establish_all(news=[*offices, *wards], on=district3.TWELVE_WARDS, by=OFFICER, at=AT)
    named = dict(zip([*district3.OFFICES, *district3.CODES], made, strict=True))
    return district3.District3(
        city,
        district,
        {name: named[name] for name in district3.OFFICES},
        {name: named[name] for name in district3.CODES},
    )
