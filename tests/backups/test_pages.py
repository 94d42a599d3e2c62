"""The page of backups: for administrators; whole backups for who administers everything; constant statements."""

from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sangkien.accounts.roles import Role
from sangkien.backups import passphrase, queries
from sangkien.backups.models import Backup, Place
from sangkien.jobs.models import Job
from sangkien.ledger.models import Act
from tests.accounts.signing_in import text
from tests.factories import accounts as make
from tests.factories.backups import backup
from tests.factories.units import unit

pytestmark = pytest.mark.django_db
HOME = "/quan-tri/sao-luu/"


class World:
    """Who administers everything, who administers a district, its twin, an officer."""

    def __init__(self) -> None:
        district, twin = unit("Quận 3"), unit("Quận 8")
        self.everything = make.administrator()
        self.local = make.member(district, Role.ADMINISTRATOR, "Đỗ Mai", email="mai@quan3.example")
        self.officer = make.member(unit("Phường 4", parent=district), Role.ORGANISER, email="sen@quan3.example")
        self.twin = make.member(unit("Phường 4", parent=twin), Role.ORGANISER, email="sen@quan8.example")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def there(settings: Any, tmp_path: Path) -> Path:
    """A second place, and a passphrase."""
    settings.SANGKIEN_BACKUP_TO = tmp_path / "ổ khác"
    settings.SANGKIEN_BACKUP_TO.mkdir()
    passphrase.make()
    return tmp_path / "ổ khác"


def test_it_is_there_for_administrators_and_nobody_else(world: World, client: Client) -> None:
    assert client.get(HOME).status_code == HTTPStatus.FOUND
    for person, status in (
        (world.everything, HTTPStatus.OK),
        (world.local, HTTPStatus.OK),
        (world.officer, HTTPStatus.NOT_FOUND),
        (world.twin, HTTPStatus.NOT_FOUND),
    ):
        client.force_login(person)
        assert client.get(HOME).status_code == status


def test_who_administers_a_part_sees_how_old_and_no_more(world: World, client: Client, there: Path) -> None:
    kept = backup()
    client.force_login(world.local)
    page = text(client.get(HOME))
    assert "dữ liệu của mọi đơn vị" in page
    assert kept.name not in page
    assert str(there) not in page
    for path in (f"{HOME}ngay/", f"{HOME}cum-mat-khau/", f"{HOME}{kept.uid}/tai/"):
        assert client.post(path).status_code == HTTPStatus.NOT_FOUND
    assert not Job.objects.exists()


def test_a_look_changes_nothing_and_acts_are_posts(world: World, client: Client) -> None:
    client.force_login(world.everything)
    acts = Act.objects.count()
    client.get(HOME)
    assert Act.objects.count() == acts
    for path in ("ngay/", "cum-mat-khau/"):
        assert client.get(f"{HOME}{path}").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_one_press_starts_a_job_and_a_second_one_leads_to_it(world: World, client: Client) -> None:
    client.force_login(world.everything)
    first, second = (client.post(f"{HOME}ngay/") for _ in range(2))
    job = Job.objects.get()
    assert first["Location"] == second["Location"] == job.get_absolute_url()
    other = make.administrator("Lý Văn Hai", email="hai@quan3.example")
    client.force_login(other)
    assert client.post(f"{HOME}ngay/")["Location"] == HOME
    assert "đang được lập" in text(client.get(HOME))


def test_the_first_passphrase_is_shown_once(world: World, client: Client, own_home: Path) -> None:
    client.force_login(world.everything)
    assert "Tạo cụm mật khẩu" in text(client.get(HOME))
    answer = client.post(f"{HOME}cum-mat-khau/")
    words = passphrase.kept()
    assert words is not None
    assert words in text(answer)
    assert "no-store" in answer["Cache-Control"]
    again = client.post(f"{HOME}cum-mat-khau/", follow=True)
    assert passphrase.kept() == words
    assert words not in text(again)
    assert "Tạo cụm mật khẩu" not in text(again)


def test_a_sealed_file_is_taken_away_and_the_ledger_knows(world: World, client: Client, there: Path) -> None:
    kept = backup()
    (there / kept.name).write_bytes(b"sealed")
    client.force_login(world.everything)
    answer = client.post(f"{HOME}{kept.uid}/tai/")
    assert b"".join(answer) == b"sealed"
    assert kept.name in answer["Content-Disposition"]
    assert Act.objects.order_by("-seq")[0].verb == "backup.taken_away"


@pytest.mark.parametrize("how", ["plain", "removed", "gone"])
def test_what_cannot_be_taken_away_is_not(world: World, client: Client, there: Path, how: str) -> None:
    facts: dict[str, Any] = {
        "plain": {"sealed": False, "place": Place.HERE},
        "removed": {"removed_at": timezone.now()},
        "gone": {},
    }
    kept = backup(**facts[how])
    client.force_login(world.everything)
    answer = client.post(f"{HOME}{kept.uid}/tai/", follow=True)
    if how == "gone":
        assert "Bạn cắm ổ đĩa" in text(answer)
    else:
        assert answer.status_code == HTTPStatus.NOT_FOUND


def test_the_page_costs_the_same_for_one_and_for_three(world: World, client: Client) -> None:
    client.force_login(world.everything)
    costs = []
    for count in (1, 2):
        for number in range(count):
            backup(taken_at=timezone.now() - timedelta(days=count + number))
        client.get(HOME)
        with CaptureQueriesContext(connection) as statements:
            assert client.get(HOME).status_code == HTTPStatus.OK
        costs.append(len(statements))
    assert costs[0] == costs[1]


def test_an_old_backup_is_told_and_a_new_instance_is_left_alone(settings: Any, tmp_path: Path) -> None:
    at = timezone.now()
    assert queries.warning(at) == ""
    unit("Quận 3")  # an act of long ago
    assert "Chưa có bản sao lưu nào" in queries.warning(at)
    backup(taken_at=at - timedelta(days=7, hours=23), place=Place.HERE)
    assert queries.warning(at) == ""
    assert "đã 8 ngày" in queries.warning(at + timedelta(hours=2))
    backup(taken_at=at, missing=1)
    assert "đã 8 ngày" in queries.warning(at + timedelta(hours=2))
    settings.SANGKIEN_BACKUP_TO = tmp_path
    assert "Chưa có bản sao lưu nào" in queries.warning(at)
    backup(taken_at=at)
    assert queries.warning(at) == ""


def test_the_page_says_where_the_second_place_stands(
    world: World, client: Client, settings: Any, tmp_path: Path
) -> None:
    client.force_login(world.everything)
    assert "Chưa đặt nơi thứ hai" in text(client.get(HOME))
    settings.SANGKIEN_BACKUP_TO = tmp_path / "chưa cắm"
    assert "Bạn cắm ổ đĩa" in text(client.get(HOME))
    settings.SANGKIEN_BACKUP_TO.mkdir()
    assert "Cùng ổ đĩa với dữ liệu" in text(client.get(HOME))
    settings.SANGKIEN_BACKUP_PASSPHRASE_FILE = tmp_path / "không có"
    assert "Không đọc được cụm mật khẩu" in text(client.get(HOME))
    assert Backup.objects.count() == 0
