"""What the database itself refuses, and how a row names itself."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models.deletion import ProtectedError

from sangkien.units.changing import refuse_overlap
from sangkien.units.models import Kind, SuccessionKind, Unit, UnitVersion
from sangkien.units.verifying import verify
from tests.factories.units import AT, START, succession, unit_path, unit_version

pytestmark = pytest.mark.django_db
ON = date(2025, 1, 1)


@pytest.fixture
def pair() -> tuple[Unit, Unit]:
    return Unit.objects.create(), Unit.objects.create()


def test_the_factories_make_rows_that_the_database_takes(pair: tuple[Unit, Unit]) -> None:
    one, other = pair
    for row in (
        unit_version(one),
        unit_path(one, other),
        succession(one, other),
        succession(one, None, kind="abolish"),
    ):
        row.save()


@pytest.mark.parametrize(
    "row",
    [
        lambda one, other: unit_version(one, valid_from=ON, valid_to=ON),
        lambda one, other: unit_version(one, signing_regime="kt"),
        lambda one, other: unit_version(one, parent=one),
        lambda one, other: unit_version(one, ""),
        lambda one, other: unit_version(other, valid_from=START, valid_to=ON),
        lambda one, other: unit_version(other, valid_from=ON),
        lambda one, other: Unit(uid=one.uid),
        lambda one, other: unit_path(one, other, valid_from=ON, valid_to=START),
        lambda one, other: unit_path(one, one, depth=1),
        lambda one, other: unit_path(one, other, depth=0),
        lambda one, other: unit_path(other, one),
        lambda one, other: succession(one, other, kind="swallow"),
        lambda one, other: succession(one, None),
        lambda one, other: succession(one, one),
        lambda one, other: succession(one, other, kind=SuccessionKind.RENAME),
        lambda one, other: succession(other, one, kind=SuccessionKind.SPLIT),
        lambda one, other: succession(other, None, kind=SuccessionKind.ABOLISH, effective_date=ON),
    ],
)  # fmt: skip
def test_the_database_refuses(row: Callable[[Unit, Unit], models.Model], pair: tuple[Unit, Unit]) -> None:
    one, other = pair
    unit_version(other).save()
    unit_path(other, one).save()
    succession(other, one).save()
    succession(other, None, kind=SuccessionKind.ABOLISH).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        row(one, other).save()


def test_a_unit_that_rows_speak_of_is_not_deleted(pair: tuple[Unit, Unit]) -> None:
    unit_version(pair[0]).save()
    with pytest.raises(ProtectedError):
        pair[0].delete()


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ((START, None), (ON, date(2025, 7, 1)), True),
        ((START, ON), (ON, None), False),
        ((START, date(2025, 1, 2)), (ON, date(2025, 7, 1)), True),
        ((START, date(2025, 7, 1)), (date(2022, 1, 1), date(2023, 1, 1)), True),
        ((ON, None), (START, ON), False),
    ],
)
def test_versions_of_one_unit_do_not_share_a_day(
    first: tuple[date, date | None], second: tuple[date, date | None], overlap: bool, pair: tuple[Unit, Unit]
) -> None:
    """PostgreSQL refuses the second row; on SQLite reading it again finds both."""
    rows = [unit_version(pair[0], valid_from=start, valid_to=stop) for start, stop in (first, second)]
    rows[0].save()
    if overlap and connection.vendor == "postgresql":
        with pytest.raises(IntegrityError, match="version_no_overlap"), transaction.atomic():
            rows[1].save()
        return
    rows[1].save()
    assert UnitVersion.objects.overlapping().count() == (2 if overlap else 0)
    with pytest.raises(ValueError, match="versions overlap") if overlap else nullcontext():
        refuse_overlap([pair[0].pk])
    assert [sentence[:38] for sentence in verify() if "cùng có hiệu lực" in sentence] == (
        ["Hai thông tin cùng có hiệu lực trong m"] * 2 if overlap else []
    )


def test_a_superseded_version_overlaps_nothing(pair: tuple[Unit, Unit]) -> None:
    unit_version(pair[0], superseded_at=AT).save()
    unit_version(pair[0]).save()
    assert not UnitVersion.objects.overlapping().exists()


def test_every_row_names_itself(pair: tuple[Unit, Unit]) -> None:
    one, other = pair
    assert str(one) == str(one.uid)
    assert str(unit_version(one)) == "Phường 4 (04/02/2021 – …)"
    assert str(unit_version(one, valid_to=ON)) == "Phường 4 (04/02/2021 – 01/01/2025)"
    assert str(unit_path(one, other)) == f"{other.pk} > {one.pk} (1, 2021-02-04)"
    assert str(succession(one, None, kind="abolish")) == f"{one.pk} → ∅ (abolish, 2021-02-04)"


def test_a_path_that_the_versions_do_not_say_is_found(pair: tuple[Unit, Unit]) -> None:
    unit_version(pair[0]).save()
    assert verify() == ["Quan hệ trực thuộc của 1 đơn vị không khớp thông tin của chúng. Bạn báo người quản trị."]
    unit_path(pair[0], pair[0], depth=0).save()
    assert verify() == []


def test_kinds_have_groups() -> None:
    assert Kind.of_communes() < Kind.of_committees()
    assert Kind.DEPARTMENT not in Kind.of_committees()
