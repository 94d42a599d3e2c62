"""Whatever people do, in whatever order: one name a day, a closure as the versions say it, nobody left over."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sangkien.ledger.verifying import verify as verify_ledger
from sangkien.units import actions, corrections, queries
from sangkien.units.changing import Refused
from sangkien.units.models import Kind, Unit, UnitPath, UnitVersion
from sangkien.units.verifying import verify
from tests.factories.units import AT, OFFICER, START, new, unit
from tests.together import undone

DAYS = [START + timedelta(days=count) for count in range(12)]
NAMES = ["Phường 1", "Phường 2", "Phường 01", "Quận A", "Xã Tân Tiến", "Phòng Tư pháp"]
WHO: dict[str, Any] = {"by": OFFICER, "at": AT}

which = st.integers(0, 9)
steps = st.one_of(
    st.tuples(st.just("establish"), st.sampled_from(DAYS), st.sampled_from(NAMES), which),
    st.tuples(st.just("rename"), st.sampled_from(DAYS), st.sampled_from(NAMES), which),
    st.tuples(st.just("move"), st.sampled_from(DAYS), which, which),
    st.tuples(st.just("kind"), st.sampled_from(DAYS), st.sampled_from(list(Kind)), which),
    st.tuples(st.just("merge"), st.sampled_from(DAYS), which, which),
    st.tuples(st.just("merge into new"), st.sampled_from(DAYS), which, which),
    st.tuples(st.just("split"), st.sampled_from(DAYS), which, st.booleans()),
    st.tuples(st.just("abolish"), st.sampled_from(DAYS), which, which),
    st.tuples(st.just("correct parent"), which, which, which),
    st.tuples(st.just("correct start"), which, which, st.sampled_from(DAYS)),
)


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, min_size=3, max_size=14))
def test_whatever_people_do_the_units_stay_whole(told: list[tuple[Any, ...]]) -> None:
    with undone():
        units = [unit("Thành phố A"), unit("Quận A"), unit("Phường 9")]
        for step in told:
            with suppress(Refused):
                _do(step, units)
        _check()


def _do(step: tuple[Any, ...], units: list[Unit]) -> None:
    def pick(number: int) -> Unit:
        return units[number % len(units)]

    match step:
        case "establish", on, name, above:
            units.append(actions.establish(new=new(name, parent=pick(above)), on=on, **WHO))
        case "rename", on, name, one:
            actions.rename(pick(one), name=name, on=on, **WHO)
        case "move", on, one, above:
            actions.change_parent(pick(one), parent=pick(above) if above else None, on=on, **WHO)
        case "kind", on, kind, one:
            actions.change_kind(pick(one), kind=kind, on=on, **WHO)
        case "merge", on, one, other:
            actions.merge([pick(one), pick(other)], into=pick(one), on=on, **WHO)
        case "merge into new", on, one, other:
            ending = list(dict.fromkeys([pick(one), pick(other)]))
            units.append(actions.merge(ending, into=new("Phường Mới", parent=units[0]), on=on, **WHO))
        case "split", on, one, whole:
            units += actions.split(pick(one), parts=[new("Nửa Đông"), new("Nửa Tây")], whole=whole, on=on, **WHO)
        case "abolish", on, one, heir:
            actions.abolish(pick(one), on=on, to=[pick(heir)] if heir % 2 else [], **WHO)
        case "correct parent", one, place, above:
            corrections.correct(_version(pick(one), place), parent=pick(above), reason="nhầm", **WHO)
        case "correct start", one, place, on:
            corrections.correct_start(_version(pick(one), place), valid_from=on, reason="nhầm", **WHO)
        case _:
            raise ValueError(step)


def _version(of: Unit, place: int) -> UnitVersion:
    versions = list(UnitVersion.objects.current().filter(unit=of).order_by("valid_from"))
    return versions[place % len(versions)]


def _check() -> None:
    versions = list(UnitVersion.objects.current())
    for on in [*DAYS, DAYS[-1] + timedelta(days=400)]:
        valid = [version for version in versions if queries.is_valid(version, on)]
        by_unit = {version.unit_id: version for version in valid}
        assert len(by_unit) == len(valid), "two versions of one unit on one day"
        assert sorted(UnitVersion.objects.as_of(on).values_list("pk", flat=True)) == sorted(each.pk for each in valid)
        assert _closure(on) == _walked(by_unit)
    _no_gaps(versions)
    assert verify() == []
    assert verify_ledger() == []


def _closure(on: date) -> set[tuple[int, int, int]]:
    paths = UnitPath.objects.filter(valid_from__lte=on).exclude(valid_to__lte=on)
    return {(path.ancestor_id, path.unit_id, path.depth) for path in paths}


def _walked(by_unit: dict[int, UnitVersion]) -> set[tuple[int, int, int]]:
    """The closure of one day, by walking up from every unit; an ancestor that does not exist that day is a KeyError."""
    found = set()
    for unit_id in by_unit:
        step: int | None = unit_id
        depth = 0
        while step is not None:
            found.add((step, unit_id, depth))
            assert depth < 100, "a circle"
            step, depth = by_unit[step].parent_id, depth + 1
    return found


def _no_gaps(versions: list[UnitVersion]) -> None:
    by_unit: dict[int, list[UnitVersion]] = {}
    for version in sorted(versions, key=lambda version: version.valid_from):
        by_unit.setdefault(version.unit_id, []).append(version)
    for one in by_unit.values():
        assert [version.valid_to for version in one[:-1]] == [version.valid_from for version in one[1:]]


@pytest.mark.django_db
def test_a_paper_of_any_day_prints_the_names_of_its_day() -> None:
    """Invariant 1 of the domain, on the unit whose name changes most."""
    ward = unit("Phường 1")
    for count, name in enumerate(NAMES[1:], start=1):
        actions.rename(ward, name=name, on=DAYS[count * 2], **WHO)
    for place, on in enumerate(DAYS):
        version = ward.on(on)
        assert version is not None
        assert version.name == NAMES[place // 2]
