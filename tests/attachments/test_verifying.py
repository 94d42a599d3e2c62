"""Lost, changed and left-over files are found."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from sangkien.attachments import verifying
from sangkien.attachments.keeping import receive
from sangkien.attachments.models import Blob
from sangkien.attachments.storage import new_file
from sangkien.attachments.verifying import MUST_BE_DONE, orphans, sweep, verify
from sangkien.config.cli import main
from tests.factories.attachments import AT, OFFICER, PDF, attachment, blob, file
from tests.stores import age, files_in

pytestmark = pytest.mark.django_db


def test_a_changed_a_shortened_and_a_lost_file_are_told(own_store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = [attachment(PDF + bytes([65 + number]), f"{number}.pdf") for number in range(4)]
    (own_store / kept[0].blob.path).write_bytes(PDF + b"Z")
    (own_store / kept[1].blob.path).write_bytes(b"")
    (own_store / kept[2].blob.path).unlink()
    assert sorted(verify()) == sorted(
        [
            f"Tệp “0.pdf” ({kept[0].blob_id[:12]}) đã bị sửa sau khi nhận. Bạn lấy lại từ bản sao lưu.",
            f"Tệp “1.pdf” ({kept[1].blob_id[:12]}) đã bị sửa sau khi nhận. Bạn lấy lại từ bản sao lưu.",
            f"Tệp “2.pdf” ({kept[2].blob_id[:12]}) không còn trong kho tệp. Bạn lấy lại từ bản sao lưu.",
        ]
    )
    assert main(["verify"]) == 1
    assert "Có 3 chỗ không khớp" in capsys.readouterr().err


def test_a_blob_without_an_attachment_is_named_by_its_hash() -> None:
    alone = blob()
    alone.save()
    assert list(verify()) == [f"Tệp {alone.pk[:12]} không còn trong kho tệp. Bạn lấy lại từ bản sao lưu."]


def test_left_over_files_are_found_after_a_day_and_removed(own_store: Path) -> None:
    now = timezone.now()
    kept = attachment()
    left = receive(file(PDF + b"left"), "a.pdf", by=OFFICER, at=AT)
    half = new_file().relative_to(own_store).as_posix()
    assert list(orphans(now)) == []
    later = now + MUST_BE_DONE + timedelta(hours=1)
    left_path = f"{left.sha256[:2]}/{left.sha256}"
    assert sorted(orphans(later)) == sorted([left_path, half])
    assert sweep(later) == 2
    assert files_in(own_store) == [kept.blob.path]
    assert (Blob.objects.count(), sweep(later), list(verify())) == (1, 0, [])


def test_a_file_that_got_its_row_meanwhile_is_not_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = attachment()
    monkeypatch.setattr(verifying, "orphans", lambda _at: iter([kept.blob.path]))
    assert sweep(timezone.now()) == 0
    assert list(verify()) == []


def test_a_store_that_was_never_used_has_nothing_left_over() -> None:
    assert (list(orphans(timezone.now())), list(verify())) == ([], [])


def test_many_files_are_looked_up_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "_PAGE", 2)
    for number in range(5):
        receive(file(PDF + bytes([65 + number])), "a.pdf", by=OFFICER, at=AT)
    attachment()
    assert len(list(orphans(timezone.now() + 2 * MUST_BE_DONE))) == 5


def test_the_command_lists_and_removes(own_store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left = receive(file(), "a.pdf", by=OFFICER, at=AT)
    name = f"{left.sha256[:2]}/{left.sha256}"
    age(name, to=AT.timestamp())
    call_command("orphan_files")
    assert capsys.readouterr().out == f"{name}\nCó 1 tệp không thuộc hồ sơ nào. Thêm --remove để bỏ đi.\n"
    call_command("orphan_files", remove=True)
    assert capsys.readouterr().out == "Đã bỏ 1 tệp không thuộc hồ sơ nào.\n"
    assert files_in(own_store) == []
