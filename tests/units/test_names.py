"""A written name means one unit, or it is a choice for a person."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangkien.units import actions, names
from sangkien.units.models import Unit, UnitVersion
from tests.factories import district3
from tests.factories.units import AT, OFFICER, START, new, unit

pytestmark = pytest.mark.django_db
ON = date(2025, 1, 1)
LATER = date(2025, 7, 1)
WHO: dict[str, Any] = {"by": OFFICER, "at": AT}


def _country(districts: int, wards: int) -> Unit:
    city = unit("Thành phố A")
    for number in range(districts):
        district = unit(f"Quận {number}", parent=city)
        news = [new(f"Phường {count}", parent=district) for count in range(wards)]
        actions.establish_all(news=news, on=START, **WHO)
    return city


def test_ten_wards_of_one_name_are_candidates_and_none_is_taken() -> None:
    city = _country(10, 2)
    match = names.find_by_name("P. 01", START)
    assert (match.unit, len(match.candidates), match.former) == (None, 10, ())
    district = UnitVersion.objects.get(name="Quận 7").unit
    certain = names.find_by_name("ubnd phường 1", START, under=district).unit
    assert certain is not None
    assert (certain.name, certain.parent) == ("Phường 1", district)
    assert names.find_by_name("P.1", START, under=city).unit is None


@pytest.mark.parametrize(
    "text", ["Phường Xuân Hòa", "PHƯỜNG XUÂN HOÀ", "phuong xuan hoa", "UBND phường Xuân Hoà", "P. Xuân Hòa"]
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    ward = unit("Phường Xuân Hòa")
    match = names.find_by_name(text, START)
    assert match.unit is not None
    assert match.unit.unit == ward


def test_a_name_of_another_day_is_told_as_former_and_never_taken() -> None:
    ward, other = unit("Phường 10"), unit("Phường 9")
    actions.merge([ward], into=other, on=ON, **WHO)
    match = names.find_by_name("Phường 10", LATER)
    assert (match.unit, match.candidates, [version.unit for version in match.former]) == (None, (), [ward])
    earlier = names.find_by_name("Phường 10", START)
    assert earlier.unit is not None
    assert earlier.former == ()


def test_an_unknown_name_has_no_candidates() -> None:
    assert names.find_by_name("Phường Không Có", START) == names.NameMatch(None, (), ())


def test_many_names_are_found_in_the_statements_of_one() -> None:
    city = _country(1, 3)
    for texts in (["Phường 1"], ["Phường 0", "Phường 1", "Phường 2", "không có"]):
        with CaptureQueriesContext(connection) as asked:
            found = names.find_by_names(texts, START, under=city)
        assert len(asked) == 3
        assert [text for text in texts if found[text].unit] == [text for text in texts if text != "không có"]


@pytest.mark.parametrize(
    "text",
    [
        "Phường 1, Quận 7", "P.1 Q.7", "UBND phường 01 - quận 7", "Phường 1 (Quận 7)", "Phường 1 thuộc Quận 7",
        "ỦY BAN NHÂN DÂN PHƯỜNG 1 QUẬN 7", "Phường 1, Quận 7, Thành phố A",
    ],
)  # fmt: skip
def test_the_place_in_which_a_unit_lies_tells_it_apart(text: str) -> None:
    _country(10, 2)
    match = names.find_by_name(text, START)
    assert match.unit is not None
    assert match.unit.parent == UnitVersion.objects.get(name="Quận 7").unit


@pytest.mark.parametrize("text", ["Phường 1, Quận 70", "Phường 1, Quận 7, Tỉnh B"])
def test_a_place_in_which_it_does_not_lie_leaves_a_choice(text: str) -> None:
    _country(10, 2)
    match = names.find_by_name(text, START)
    assert (match.unit, len(match.candidates)) == (None, 10)


def test_a_name_that_ends_in_a_place_is_first_a_name() -> None:
    district = unit("Quận 3")
    office = unit("Văn phòng UBND Quận 3", parent=district)
    unit("Văn phòng UBND", parent=district)
    match = names.find_by_name("VP UBND Quận 3", START)
    assert match.unit is not None
    assert match.unit.unit == office


def test_the_wards_of_district_3_are_told_apart_by_the_day() -> None:
    told = district3.all_three_periods(**WHO)
    for text, on, ward in (
        ("UBND Phường 9, Quận 3", date(2024, 7, 9), "Phường 09"),
        ("Phường 9 Quận 3 TP.HCM", date(2025, 3, 1), "Phường 09"),
        ("phuong nhieu loc", LATER, "Phường Nhiêu Lộc"),
    ):
        match = names.find_by_name(text, on)
        assert match.unit is not None
        assert match.unit.unit == told.wards[ward]
    gone = names.find_by_name("Phường 9, Quận 3", LATER)
    assert (gone.unit, gone.candidates) == (None, ())
    assert {version.unit for version in gone.former} == {told.wards["Phường 09"]}
