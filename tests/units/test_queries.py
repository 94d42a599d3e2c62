"""Questions on a date, in a number of statements that does not grow."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangkien.units import actions, queries
from sangkien.units.models import Unit, UnitVersion
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


# -- the tree


@pytest.mark.parametrize("wards", [1, 3])
def test_the_tree_is_read_in_a_constant_number_of_statements(wards: int) -> None:
    city = _country(wards, wards)
    leaf = UnitVersion.objects.filter(name="Phường 0").order_by("pk")[0].unit
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.subtree(city, START).by_name()) == 1 + wards + wards * wards
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert [version.name for version in queries.ancestors(leaf, START)] == ["Quận 0", "Thành phố A"]
    assert len(asked) == 2
    with CaptureQueriesContext(connection) as asked:
        queries.conflict_set(leaf, START)
    assert len(asked) == 1


def test_nobody_stands_anywhere_before_the_first_day() -> None:
    city = _country(1, 1)
    day_before = date(2021, 2, 3)
    assert not queries.subtree(city, day_before).exists()
    assert not Unit.objects.as_of(day_before).exists()
    assert Unit.objects.as_of(START).count() == UnitVersion.objects.as_of(START).count() == 3


def test_names_stand_in_vietnamese_order() -> None:
    names = ["Phường 2", "Phường 10", "Phường Ắc", "Phường An", "Phường Ân", "Phường Đa", "Phường Da"]
    actions.establish_all(news=[new(name) for name in names], on=START, **WHO)
    assert list(UnitVersion.objects.as_of(START).by_name().values_list("name", flat=True)) == [
        "Phường 2", "Phường 10", "Phường An", "Phường Ắc", "Phường Ân", "Phường Da", "Phường Đa",
    ]  # fmt: skip


def test_names_of_a_day_leave_out_who_is_not_there() -> None:
    ward, later = unit("Phường 04"), unit("Phường Sau", on=LATER)
    actions.rename(ward, name="Phường 4", on=ON, **WHO)
    assert queries.names_on([ward.pk, later.pk], START) == {ward.pk: "Phường 04"}
    assert queries.names_on([ward.pk, later.pk], LATER) == {ward.pk: "Phường 4", later.pk: "Phường Sau"}


# -- successions


def test_a_line_of_successions_is_read_in_one_statement_however_long() -> None:
    first = last = unit("Phòng 0")
    for number in range(1, 6):
        heir = unit(f"Phòng {number}", on=date(2021 + number, 1, 1))
        actions.merge([last], into=heir, on=date(2021 + number, 1, 1), **WHO)
        last = heir
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.successors(first)) == 5
        assert len(queries.predecessors(last)) == 5
    assert len(asked) == 2


def test_what_a_successor_did_before_it_took_over_does_not_count() -> None:
    giver, middle, early = unit("Phường A"), unit("Phường B"), unit("Phường C")
    actions.split(middle, parts=[early], whole=False, on=ON, **WHO)
    actions.merge([giver], into=middle, on=LATER, **WHO)
    assert [step.to_id for step in queries.successors(giver)] == [middle.pk]
    assert [step.from_id for step in queries.predecessors(early)] == [middle.pk]


def test_two_units_that_exchange_parts_on_one_day_end_no_query_in_a_circle() -> None:
    one, other = unit("Phường A"), unit("Phường B")
    actions.split(one, parts=[other], whole=False, on=ON, **WHO)
    actions.split(other, parts=[one], whole=False, on=ON, **WHO)
    assert {step.to_id for step in queries.successors(one)} == {one.pk, other.pk}
    assert queries.conflict_set(one, ON) == {one.pk, other.pk}


def test_a_conflict_counts_only_what_has_happened_by_the_day() -> None:
    one, heir, parent = unit("Phường A"), unit("Phường B"), unit("Quận A")
    actions.merge([one], into=heir, on=LATER, **WHO)
    assert queries.conflict_set(one, ON) == {one.pk}
    assert queries.conflict_set(one, LATER) == {one.pk, heir.pk}
    assert parent.pk not in queries.conflict_set(heir, LATER)


def test_many_units_at_once_are_in_the_same_conflicts_as_one_by_one() -> None:
    one, heir, part, far = unit("Phường A"), unit("Phường B"), unit("Phường C"), unit("Phường D")
    actions.split(heir, parts=[part], whole=False, on=ON, **WHO)
    actions.merge([one], into=heir, on=LATER, **WHO)
    every = [one, heir, part, far]
    with CaptureQueriesContext(connection) as asked:
        together = queries.conflict_sets([each.pk for each in every], LATER)
    assert len(asked) == 1
    assert together == {each.pk: queries.conflict_set(each, LATER) for each in every}
    assert together[one.pk] == {one.pk, heir.pk}
    assert together[far.pk] == {far.pk}
    assert queries.conflict_sets([], LATER) == {}
