"""Which backups stay, as a property and by example; the last good one always."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.backups.keeping import Keep, kept, note_lost, prune
from sangkien.backups.models import Backup, Place, Why
from tests.factories.backups import backup

AT = datetime(2026, 11, 24, 19, tzinfo=UTC)  # two in the morning of the 25th here


def rows(*days: float) -> list[Backup]:
    """Unsaved ones, so many days old, newest first."""
    return [
        Backup(pk=number, why=Why.DAILY, taken_at=AT - timedelta(days=each))
        for number, each in enumerate(sorted(days), start=1)
    ]


@given(st.lists(st.floats(0, 900), max_size=60), st.tuples(*[st.integers(0, 12)] * 3))
def test_the_newest_stays_and_no_more_than_wanted(days: list[float], keep: tuple[int, int, int]) -> None:
    backups = rows(*days)
    staying = kept(backups, Keep(*keep))
    assert staying <= set(backups)
    assert not backups or backups[0] in staying
    assert len(staying) <= max(1, sum(keep))


@given(st.lists(st.floats(0, 900), max_size=60))
def test_to_prune_twice_is_to_prune_once(days: list[float]) -> None:
    backups = rows(*days)
    staying = kept(backups, Keep(7, 4, 12))
    assert kept([each for each in backups if each in staying], Keep(7, 4, 12)) == staying


def test_a_year_of_days_leaves_days_weeks_and_months() -> None:
    staying = kept(rows(*range(400)), Keep(7, 4, 12))
    ages = sorted((AT - each.taken_at).days for each in staying)
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len(ages) <= 7 + 4 + 12
    assert 320 <= ages[-1] <= 365


def test_what_a_person_made_stays_for_the_days() -> None:
    backups = rows(0, 0.1, 0.2, 2.9, 3.1)
    for each in backups[1:]:
        each.why = Why.BY_HAND
    assert kept(backups, Keep(3, 0, 0)) == set(backups[:4])


@pytest.mark.django_db
def test_only_known_files_in_reach_are_removed(settings: Any, tmp_path: Path) -> None:
    there = tmp_path / "ổ khác"
    there.mkdir()
    settings.SANGKIEN_BACKUP_TO, settings.SANGKIEN_BACKUP_KEEP = there, (2, 0, 0)
    made = [backup(taken_at=AT - timedelta(days=days)) for days in range(4)]
    broken = backup(taken_at=AT, missing=3, name="thiếu.sangkien")
    mine = backup(taken_at=AT - timedelta(days=900), place=Place.ELSEWHERE, name="riêng.sangkien")
    for each in [*made, broken, mine]:
        (there / each.name).touch()
    (there / "sao-luu-2020-01-01-0000.sangkien").touch()  # of another instance
    assert prune(Place.SECOND, at=AT) == made[2:]
    left = {path.name for path in there.iterdir()}
    assert left == {made[0].name, made[1].name, broken.name, mine.name, "sao-luu-2020-01-01-0000.sangkien"}
    assert set(Backup.objects.filter(removed_at=AT)) == set(made[2:])
    assert prune(Place.SECOND, at=AT) == []


@pytest.mark.django_db
def test_a_place_out_of_reach_is_left_for_the_next_time(settings: Any, tmp_path: Path) -> None:
    settings.SANGKIEN_BACKUP_TO, settings.SANGKIEN_BACKUP_KEEP = tmp_path / "chưa cắm", (1, 0, 0)
    for days in range(3):
        backup(taken_at=AT - timedelta(days=days))
    assert prune(Place.SECOND, at=AT) == []
    note_lost(at=AT)
    assert not Backup.objects.filter(removed_at__isnull=False).exists()
    settings.SANGKIEN_BACKUP_TO.mkdir()
    note_lost(at=AT)
    assert Backup.objects.filter(removed_at=AT).count() == 3
