"""The daily backup: once a night, to the second place, or beside the data until that is plugged in."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from sangkien.backups import passphrase, work, writing
from sangkien.backups.models import Backup, Place, Why
from sangkien.backups.places import here
from sangkien.jobs import actions as jobs
from sangkien.jobs.clock import ClockDuty, tick
from sangkien.jobs.models import Job, State
from sangkien.jobs.worker import Worker
from tests.factories.backups import BY, backup, world
from tests.factories.units import unit

pytestmark = pytest.mark.django_db(transaction=True)
MORNING = datetime(2026, 11, 24, 1, 5, tzinfo=UTC)  # 8:05 here
DAILY = [ClockDuty(work.DUTY, work.daily)]


def run(at: datetime = MORNING) -> Job:
    """The clock, then a worker until it is idle; the newest job."""
    tick(DAILY, at=at)
    worker = Worker({work.KIND: work.step}, now=lambda: at)
    while worker.run_one():
        pass
    return Job.objects.filter(kind=work.KIND).latest("pk")


@pytest.fixture
def there(settings: Any, tmp_path: Path) -> Path:
    """Where the second place will be, once plugged in; the passphrase is set."""
    settings.SANGKIEN_BACKUP_TO = tmp_path / "ổ khác"
    passphrase.make()
    return tmp_path / "ổ khác"


@pytest.mark.parametrize(
    ("at", "night"),
    [
        (datetime(2026, 11, 24, 17, 59, tzinfo=UTC), datetime(2026, 11, 23, 18, tzinfo=UTC)),
        (datetime(2026, 11, 24, 18, 0, tzinfo=UTC), datetime(2026, 11, 24, 18, tzinfo=UTC)),
        (MORNING, datetime(2026, 11, 23, 18, tzinfo=UTC)),
    ],
)
def test_a_night_begins_at_one_in_the_morning_here(at: datetime, night: datetime) -> None:
    assert work.last_night(at) == night


def test_an_empty_instance_needs_no_backup() -> None:
    assert not work.is_due(MORNING)
    unit("Quận 3")
    assert work.is_due(MORNING)


@pytest.mark.slow
def test_once_a_night_and_again_the_next(shared_database: None) -> None:
    world()
    first = run()
    assert (first.state, first.done_count > 0) == (State.DONE, True)
    kept = Backup.objects.get()
    assert (kept.place, kept.sealed, kept.why) == (Place.HERE, False, Why.DAILY)
    assert (here() / kept.name).stat().st_mode & 0o077 == 0
    run(MORNING + timedelta(hours=9))
    assert Backup.objects.count() == 1
    run(MORNING + timedelta(days=30))  # the laptop was closed for a month
    assert Backup.objects.count() == 2


@pytest.mark.slow
def test_beside_the_data_until_the_disk_is_plugged_in(shared_database: None, there: Path) -> None:
    world()
    job = run()
    assert [each["sentence"] for each in job.said] == [work.why_not_there()]
    assert "Bạn cắm ổ đĩa" in work.why_not_there()
    assert list(Backup.objects.values_list("place", "sealed")) == [(Place.HERE, True)]
    run(MORNING + timedelta(hours=1))
    assert Backup.objects.count() == 1  # one a night is enough here
    there.mkdir()
    run(MORNING + timedelta(hours=2))
    kept = Backup.objects.get(place=Place.SECOND)
    assert (there / kept.name).is_file()
    run(MORNING + timedelta(hours=3))
    assert Backup.objects.count() == 2


@pytest.mark.slow
def test_without_a_passphrase_nothing_leaves_the_data_folder(
    shared_database: None, settings: Any, tmp_path: Path
) -> None:
    world()
    settings.SANGKIEN_BACKUP_TO = tmp_path / "ổ khác"
    settings.SANGKIEN_BACKUP_TO.mkdir()
    job = run()
    assert "Chưa có cụm mật khẩu" in job.said[0]["sentence"]
    assert list(settings.SANGKIEN_BACKUP_TO.iterdir()) == []


@pytest.mark.slow
def test_a_full_disk_ends_the_job_with_a_sentence(
    shared_database: None, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    world()
    monkeypatch.setattr(work.places, "size_now", lambda: 1 << 60)
    job = run()
    assert job.state == State.FAILED
    assert "Bạn dọn bớt hoặc đổi ổ" in job.said[0]["sentence"]
    assert list(here().iterdir()) == []


@pytest.mark.slow
def test_a_backup_that_is_stopped_leaves_nothing(
    shared_database: None, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    world()
    monkeypatch.setattr(work, "_SECONDS_BETWEEN_SIGNS", 0.0)
    adding = writing._Writing._blob

    def stop_it(self: Any, sha256: str, size: int) -> None:
        jobs.cancel(Job.objects.get(kind=work.KIND), at=MORNING)
        adding(self, sha256, size)

    monkeypatch.setattr(writing._Writing, "_blob", stop_it)
    job = run()
    assert job.state == State.CANCELLED
    assert job.total_count
    assert not Backup.objects.exists()
    assert list(here().iterdir()) == []


def test_two_starts_make_one_job() -> None:
    with transaction.atomic():
        first = work.start(why=Why.BY_HAND, by=BY, at=MORNING, key="a")
        second = work.start(why=Why.DAILY, by=BY, at=MORNING, key="b")
    assert first == second


def test_a_damaged_one_of_tonight_does_not_count() -> None:
    unit("Quận 3")
    backup(taken_at=MORNING, missing=1, place=Place.HERE)
    assert work.is_due(MORNING)
    backup(taken_at=MORNING, place=Place.HERE)
    assert not work.is_due(MORNING)
