"""What was backed up is what is there after restoring, row for row and byte for byte."""

import tarfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection

from sangkien.accounts.models import User
from sangkien.attachments import verifying as attachments
from sangkien.backups import restoring
from sangkien.backups.models import Backup, Place
from sangkien.backups.reading import check
from sangkien.backups.restoring import NotEmpty, Wanted, restore
from sangkien.backups.sealing import Damaged, WrongPassphrase
from sangkien.backups.tables import LEFT_OUT, OF_PACKAGES, OURS, kept_models
from sangkien.ledger.models import Act
from sangkien.ledger.verifying import anchor, verify
from sangkien.units.actions import establish
from sangkien.units.models import Unit
from tests.factories import backups
from tests.factories.backups import BY, NOW, PASSPHRASE, everything, made, quiet, world
from tests.factories.units import START, new
from tests.stores import files_in

pytestmark = pytest.mark.django_db(transaction=True)


def put_back(path: Path, passphrase: str | None = PASSPHRASE, **facts: Any) -> restoring.Restored:
    known = {each.uid: 0 for each in apps.get_model("campaigns.Campaign").objects.all()}
    wanted = Wanted(**{"replace": True, "last_receipts": known, **facts})
    return restore(path, passphrase=passphrase, wanted=wanted, by=BY, at=NOW, progress=quiet)


def test_every_table_is_either_kept_or_left_out_on_purpose() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith(OURS)}
    of_packages = {m._meta.label for m in apps.get_models(include_auto_created=True) if m._meta.app_label not in ours}
    assert of_packages == OF_PACKAGES | LEFT_OUT
    assert {model._meta.app_label for model in kept_models()} >= {"ledger", "units", "accounts", "intake", "backups"}


def test_each_table_comes_after_those_it_points_to() -> None:
    ordered = kept_models()
    for place, model in enumerate(ordered):
        for field in model._meta.concrete_fields:
            target = field.related_model
            assert target is None or target is model or ordered.index(target) < place  # type: ignore[arg-type]  # a model of ours


@pytest.mark.slow
@pytest.mark.parametrize("passphrase", [PASSPHRASE, None])
def test_rows_and_files_are_as_they_were(
    shared_database: None, tmp_path: Path, own_store: Path, passphrase: str | None
) -> None:
    world()
    before, head = everything(), anchor()
    kept = made(tmp_path / "bản", passphrase)
    assert (kept.anchor, kept.missing, kept.files) == (str(head), 0, 2)
    establish(new=new("Xã mới"), on=START, by=BY, at=NOW)
    for name in files_in(own_store):
        (own_store / name).unlink()
    put_back(tmp_path / "bản", passphrase)
    after = everything()
    different = {label for label in before if before[label] != after[label]}
    # the act that tells of it; mails that may have left since are not sent again
    assert different == {"ledger.Act", "ledger.Head", "notices.Message", "notices.Delivery"}
    assert Act.objects.order_by("-seq").values_list("verb", flat=True)[0] == "backup.restored"
    assert Act.objects.count() == head.seq + 1
    assert verify(head) == []
    assert list(attachments.verify()) == []
    assert not Unit.objects.filter(versions__name="Xã mới").exists()


@pytest.mark.slow
def test_new_rows_get_new_keys_after_restoring(shared_database: None, tmp_path: Path) -> None:
    world()
    made(tmp_path / "bản")
    put_back(tmp_path / "bản")
    last = User.objects.order_by("-pk").values_list("pk", flat=True)[0]
    assert backups.accounts.person("Người mới").pk > last


@pytest.mark.slow
def test_sessions_end_and_no_key_leaves(shared_database: None, tmp_path: Path) -> None:
    world()
    Session.objects.create(session_key="k" * 32, session_data="bi-mat", expire_date=datetime(2030, 1, 1, tzinfo=UTC))
    plain = backups.plain_bytes()
    with tarfile.open(fileobj=BytesIO(plain)) as tar:
        names = tar.getnames()
    assert not [name for name in names if "ession" in name or "axes" in name or "SocialToken" in name]
    made(tmp_path / "bản")
    put_back(tmp_path / "bản")
    assert not Session.objects.exists()


@pytest.mark.slow
def test_an_instance_in_use_is_not_overwritten_by_mistake(shared_database: None, tmp_path: Path) -> None:
    world()
    made(tmp_path / "bản")
    before = everything()
    with pytest.raises(NotEmpty, match="--replace"):
        put_back(tmp_path / "bản", replace=False)
    assert everything() == before


@pytest.mark.slow
@pytest.mark.parametrize("how", ["cut", "byte", "passphrase", "text", "empty"])
def test_a_file_that_is_no_use_touches_nothing(
    shared_database: None, tmp_path: Path, own_store: Path, how: str
) -> None:
    world()
    path = tmp_path / "bản"
    made(path)
    before, kept = everything(), files_in(own_store)
    content = bytearray(path.read_bytes())
    match how:
        case "cut":
            del content[len(content) // 2 :]
        case "byte":
            content[len(content) // 2] ^= 1
        case "text":
            content[:] = b"khong phai ban sao luu " * 1_000
        case "empty":
            content.clear()
    path.write_bytes(content)
    with pytest.raises(WrongPassphrase if how == "passphrase" else Damaged):
        put_back(path, "một cụm mật khẩu khác hẳn" if how == "passphrase" else PASSPHRASE)
    assert everything() == before
    assert files_in(own_store) == kept


@pytest.mark.slow
@pytest.mark.parametrize("place", range(0, 100, 7))
def test_a_plain_file_changed_anywhere_is_told(shared_database: None, tmp_path: Path, place: int) -> None:
    world()
    content = bytearray(backups.plain_bytes())
    content[len(content) * place // 100] ^= 0x55
    path = tmp_path / "bản"
    path.write_bytes(content)
    try:
        check(path, None)
    except Damaged:
        return
    # padding between two members, which nobody reads
    original = bytearray(content)
    original[len(content) * place // 100] ^= 0x55
    assert original[len(content) * place // 100] == 0


@pytest.mark.slow
def test_a_lost_or_changed_file_is_counted_and_the_rest_kept(
    shared_database: None, tmp_path: Path, own_store: Path
) -> None:
    world()
    large, small = sorted(files_in(own_store), key=lambda name: -(own_store / name).stat().st_size)
    (own_store / small).unlink()
    (own_store / large).write_bytes(b"y" * (own_store / large).stat().st_size)
    kept = made(tmp_path / "bản")
    assert kept.missing == 2
    assert list(Backup.objects.good()) == []
    put_back(tmp_path / "bản")
    assert len(list(attachments.verify())) == 2


@pytest.mark.slow
def test_nothing_but_a_sealed_file_leaves_the_data_folder(shared_database: None, tmp_path: Path) -> None:
    with pytest.raises(restoring.Refused, match="phải có cụm mật khẩu"):
        made(tmp_path / "bản", None, place=Place.ELSEWHERE)
    assert not (tmp_path / "bản").exists()


@pytest.mark.slow
def test_a_broken_chain_is_told_and_taken_only_when_asked(shared_database: None, tmp_path: Path) -> None:
    world()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_act SET actor = 'user:9' WHERE seq = 2")
    made(tmp_path / "bản")
    before = everything()
    with pytest.raises(restoring.Refused, match="Việc số 2 đã bị sửa"):
        put_back(tmp_path / "bản")
    assert everything() == before
    put_back(tmp_path / "bản", damaged_chain=True)
    assert Act.objects.order_by("-seq").values_list("verb", flat=True)[0] == "backup.restored"
