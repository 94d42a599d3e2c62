"""``sangkien backup`` and ``sangkien restore`` as a person types them."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from sangkien.backups import passphrase, restoring, sealing
from sangkien.backups.models import Backup, Place, Why
from sangkien.backups.places import here
from sangkien.config.cli import main
from sangkien.intake.models import Receipt
from sangkien.units.models import Unit
from tests.factories.backups import receipt, world
from tests.factories.ledger import acts
from tests.factories.units import unit
from tests.stores import own_store
from tests.together import shared_database

__all__ = ["own_store", "shared_database"]

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WORDS = "hoa phượng nở đỏ sân trường"
Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path, shared_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SANGKIEN_HOME = tmp_path / "dữ liệu"
    settings.SANGKIEN_HOME.mkdir()
    settings.SANGKIEN_BACKUP_TO = settings.SANGKIEN_BACKUP_PASSPHRASE_FILE = None
    monkeypatch.setattr(sealing, "_LOG_N", 10)
    monkeypatch.setattr("sys.stdin", io.StringIO())


@pytest.fixture
def words(tmp_path: Path) -> str:
    path = tmp_path / "cụm mật khẩu.txt"
    path.write_text(f"\ufeff{WORDS}\r\n", encoding="utf-8")  # as Notepad saves it
    return str(path)


def test_there_and_back(tmp_path: Path, words: str, capsys: Said) -> None:
    acts(3)
    path = str(tmp_path / "bản.sangkien")
    assert main(["backup", "-o", path, "--passphrase-file", words]) == 0
    said = capsys.readouterr()
    assert f"Đã sao lưu vào {path}" in said.out
    assert "Mốc sổ cái: 3-" in said.out
    assert "cùng ổ đĩa" in said.err
    assert main(["restore", "--check", path, "--passphrase-file", words]) == 0
    assert "Tệp sao lưu nguyên vẹn." in capsys.readouterr().out
    assert main(["restore", path, "--passphrase-file", words]) == 1
    assert "thêm --replace" in capsys.readouterr().err
    assert main(["restore", "--replace", path, "--passphrase-file", words]) == 0
    said = capsys.readouterr()
    assert "Dữ liệu đang có đã sao lưu vào" in said.out
    assert "Đã khôi phục." in said.out
    before = Backup.objects.get(why=Why.BEFORE_RESTORE)
    assert (before.place, before.sealed) == (Place.HERE, True)
    assert (here() / before.name).is_file()
    assert main(["verify"]) == 0


def test_what_was_replaced_can_be_put_back(tmp_path: Path, words: str) -> None:
    unit("Quận 3")
    path = str(tmp_path / "bản.sangkien")
    assert main(["backup", "-o", path, "--passphrase-file", words]) == 0
    assert main(["restore", "--replace", path, "--passphrase-file", words]) == 0
    before = Backup.objects.get(why=Why.BEFORE_RESTORE)
    assert main(["restore", "--replace", str(here() / before.name), "--passphrase-file", words]) == 0
    assert Unit.objects.count() == 1


def test_without_a_passphrase_it_stays_in_the_data_folder_and_says_so(tmp_path: Path, capsys: Said) -> None:
    assert main(["backup"]) == 0
    said = capsys.readouterr()
    assert str(here()) in said.out
    assert "mất cùng ổ đĩa" in said.err
    assert main(["backup", "-o", str(tmp_path / "bản")]) == 1
    assert "phải có cụm mật khẩu" in capsys.readouterr().err
    assert not (tmp_path / "bản").exists()


def test_a_new_passphrase_is_printed_once_and_used(settings: Any, tmp_path: Path, capsys: Said) -> None:
    assert main(["backup", "--new-passphrase"]) == 0
    made = passphrase.kept()
    assert made is not None
    assert made in capsys.readouterr().out
    settings.SANGKIEN_BACKUP_TO = tmp_path / "ổ khác"
    settings.SANGKIEN_BACKUP_TO.mkdir()
    assert main(["backup"]) == 0
    assert Backup.objects.get().place == Place.SECOND
    assert main(["restore", "--check", str(next(settings.SANGKIEN_BACKUP_TO.iterdir()))]) == 0


def test_a_short_passphrase_is_refused(tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "ngắn").write_text("sangkien\n", encoding="utf-8")
    assert main(["backup", "-o", str(tmp_path / "bản"), "--passphrase-file", str(tmp_path / "ngắn")]) == 1
    assert "từ 16 ký tự" in capsys.readouterr().err


@pytest.mark.parametrize("how", ["exists", "folder"])
def test_a_name_that_cannot_be_written_is_told(tmp_path: Path, words: str, capsys: Said, how: str) -> None:
    path = tmp_path / ("có rồi" if how == "exists" else "không có/bản")
    if how == "exists":
        path.write_bytes(b"x")
    assert main(["backup", "-o", str(path), "--passphrase-file", words]) == 1
    said = capsys.readouterr().err
    assert ("Đã có" if how == "exists" else "không có thư mục này") in said
    assert not Backup.objects.exists()


@pytest.mark.parametrize("option", [[], ["--last-receipt", "hai"], ["--last-receipt", "zzz=4"]])
def test_the_last_receipt_must_be_told(tmp_path: Path, words: str, capsys: Said, option: list[str]) -> None:
    told = world()
    path = str(tmp_path / "bản.sangkien")
    assert main(["backup", "-o", path, "--passphrase-file", words]) == 0
    _empty()
    capsys.readouterr()
    assert main(["restore", path, "--passphrase-file", words, *option]) == (2 if option else 1)
    said = capsys.readouterr().err
    assert f"--last-receipt {str(told.campaign.uid)[:8]}=SỐ" in said
    assert "bản sao lưu có đến số 02" in said
    assert "--no-later-receipts" in said
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        (["--last-receipt", "4"], [1, 2, 3, 4]),
        (["--last-receipt", "{uid}=3"], [1, 2, 3]),
        (["--no-later-receipts"], [1, 2]),
    ],
)
def test_the_last_receipt_as_it_is_told(
    tmp_path: Path, words: str, capsys: Said, option: list[str], expected: list[int]
) -> None:
    told = world()
    path = str(tmp_path / "bản.sangkien")
    assert main(["backup", "-o", path, "--passphrase-file", words]) == 0
    _empty()
    option = [each.replace("{uid}", str(told.campaign.uid)[:8]) for each in option]
    assert main(["restore", path, "--passphrase-file", words, *option]) == 0
    assert list(Receipt.objects.order_by("number").values_list("number", flat=True)) == expected
    assert ("đã ghi là hủy, không cấp lại" in capsys.readouterr().out) == (len(expected) > 2)


def test_what_is_replaced_knows_its_last_receipt(tmp_path: Path, words: str) -> None:
    told = world()
    path = str(tmp_path / "bản.sangkien")
    assert main(["backup", "-o", path, "--passphrase-file", words]) == 0
    receipt(told.units, told.campaign, at=timezone.now())
    assert main(["restore", "--replace", path, "--passphrase-file", words]) == 0
    void = Receipt.objects.filter(submission=None)
    assert list(void.values_list("number", flat=True)) == [3]
    assert Receipt.objects.count() == 3


def _empty() -> None:
    """A fresh instance in the place of this one."""
    with transaction.atomic():
        restoring._lock_and_clear()
