"""District 3's wards in their three periods: the case that a unit without dates cannot tell."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sangkien.units import queries
from sangkien.units.models import Succession, UnitVersion
from sangkien.units.verifying import verify
from tests.factories import district3
from tests.factories.units import AT, OFFICER

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> district3.District3:
    return district3.all_three_periods(by=OFFICER, at=AT)


def _wards(unit: object, on: date) -> list[str]:
    return list(queries.subtree(unit, on).filter(kind="ward_pc").by_name().values_list("name", flat=True))


@pytest.mark.parametrize(
    ("on", "names"),
    [
        (date(2024, 7, 9), ["01", "02", "03", "04", "05", "09", "10", "11", "12", "13", "14", "Võ Thị Sáu"]),
        (date(2024, 12, 31), ["01", "02", "03", "04", "05", "09", "10", "11", "12", "13", "14", "Võ Thị Sáu"]),
        (date(2025, 1, 1), ["1", "2", "3", "4", "5", "9", "11", "12", "14", "Võ Thị Sáu"]),
        (date(2025, 6, 30), ["1", "2", "3", "4", "5", "9", "11", "12", "14", "Võ Thị Sáu"]),
        (date(2025, 7, 1), ["Bàn Cờ", "Nhiêu Lộc", "Xuân Hòa"]),
    ],
)
def test_the_wards_of_a_day(told: district3.District3, on: date, names: list[str]) -> None:
    assert _wards(told.city, on) == [f"Phường {name}" for name in names]
    assert verify() == []


def test_a_code_means_another_ward_in_another_year(told: district3.District3) -> None:
    by_code = UnitVersion.objects.filter(code="27142")
    assert by_code.as_of(date(2024, 7, 9)).get().unit == told.wards["Phường 09"]
    assert by_code.as_of(date(2026, 7, 9)).get().unit == told.wards["Phường Nhiêu Lộc"]


def test_the_district_has_left_nothing_under_it(told: district3.District3) -> None:
    assert not queries.subtree(told.district, date(2025, 7, 1)).exists()
    assert queries.subtree(told.district, date(2025, 6, 30)).count() == 1 + 6 + 10


def test_the_divided_ward_has_two_successors_and_each_has_it_among_its_predecessors(told: district3.District3) -> None:
    wards = told.wards
    steps = queries.successors(wards["Phường 04"])
    assert [(step.to_id, step.whole) for step in steps] == [
        (wards["Phường Bàn Cờ"].pk, False),
        (wards["Phường Xuân Hòa"].pk, False),
    ]
    before = {step.from_id for step in queries.predecessors(wards["Phường Bàn Cờ"])}
    assert before == {wards[f"Phường {name}"].pk for name in ("01", "02", "03", "04", "05")}


def test_successors_are_followed_through_both_reforms(told: district3.District3) -> None:
    wards = told.wards
    steps = queries.successors(wards["Phường 10"])
    assert [(step.to_id, step.effective_date) for step in steps] == [
        (wards["Phường 09"].pk, district3.TEN_WARDS),
        (wards["Phường Nhiêu Lộc"].pk, district3.THREE_WARDS),
    ]
    assert [step.to_id for step in queries.successors(wards["Phường 10"], date(2025, 6, 30))] == [wards["Phường 09"].pk]


def test_a_ward_judges_neither_its_predecessors_nor_its_successors_but_the_city_may(
    told: district3.District3,
) -> None:
    wards = told.wards
    assert queries.conflict_set(wards["Phường 09"], date(2024, 7, 9)) == {wards["Phường 09"].pk}
    after = queries.conflict_set(wards["Phường 09"], date(2025, 7, 1))
    assert after == {wards[name].pk for name in ("Phường 09", "Phường 10", "Phường Nhiêu Lộc")}
    assert told.city.pk not in after


def _public(name: str) -> Any:
    path = Path(__file__).parents[3] / "shared" / "data" / name
    if not path.exists():
        pytest.skip("the public lists of units are not beside the project")
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_wards_and_what_became_of_them_are_those_of_the_public_lists(told: district3.District3) -> None:
    public = {ward["code"]: ward for ward in _public("quan3-2024-units.json")["wards"]}
    assert sorted(public) == sorted(district3.CODES.values())
    new_wards = {unit["code"]: unit for unit in _public("hcmc-2025-units.json")["units"]}
    for name in ("Phường Bàn Cờ", "Phường Xuân Hòa", "Phường Nhiêu Lộc"):
        version = told.wards[name].on(date(2025, 7, 1))
        assert version is not None
        listed = new_wards[version.code]
        parts = Succession.objects.filter(to_unit=version.unit, effective_date=date(2025, 7, 1))
        assert listed["name"] == name
        assert {(old["old_code"], old["how"] == "toàn bộ") for old in listed["merged_from"]} == {
            (UnitVersion.objects.filter(unit=part.from_unit).latest("valid_from").code, part.whole) for part in parts
        }
