"""The file first, then its row; the same bytes once; nothing kept of what is refused."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, InMemoryStorage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangkien.attachments import keeping, kinds, storage
from sangkien.attachments.keeping import Received, attach, keep, receive, store
from sangkien.attachments.models import Attachment, Blob
from sangkien.attachments.refusal import Refused, StateSecret
from sangkien.attachments.verifying import verify
from sangkien.ledger.models import Act
from sangkien.ledger.recording import acting
from sangkien.ledger.verifying import verify as verify_ledger
from tests.factories.attachments import AT, OFFICER, PDF, PNG, attachment, file, word
from tests.stores import files_in

pytestmark = pytest.mark.django_db
HASH = sha256(PDF).hexdigest()


def test_a_file_is_kept_under_its_hash_with_its_name_and_an_act(own_store: Path) -> None:
    kept = attachment(PDF, "Báo cáo Phường 4.pdf")
    assert files_in(own_store) == [f"{HASH[:2]}/{HASH}"]
    assert (own_store / kept.blob.path).read_bytes() == PDF
    assert (kept.original_name, kept.blob.size, kept.blob.media_type) == (
        "Báo cáo Phường 4.pdf",
        len(PDF),
        "application/pdf",
    )
    act = Act.objects.get()
    assert (act.verb, act.subject_uid, HASH in act.payload) == ("attachment.kept", kept.uid, True)
    assert "Phường 4" not in act.payload
    assert verify_ledger() == list(verify()) == []


def test_the_same_bytes_twice_are_one_blob_and_two_attachments(own_store: Path) -> None:
    first, second = attachment(name="một.pdf"), attachment(name="hai.pdf")
    assert (first.blob, first.pk == second.pk) == (second.blob, False)
    assert len(files_in(own_store)) == 1
    assert Blob.objects.count() == 1


def test_a_file_of_many_pieces_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "CHUNK", 7)
    kept = attachment(PDF * 30)
    assert b"".join(storage.chunks(kept.blob.path)) == PDF * 30
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "báo cáo.pdf", "Tệp “báo cáo.pdf” rỗng. Bạn kiểm tra lại tệp gốc rồi gửi lại."),
        (b"MZ\x90\0" + b"\0" * 200, "ảnh.jpg", "là chương trình"),
    ],
)
def test_what_is_refused_leaves_no_file_no_row_and_no_act(
    content: bytes, name: str, told: str, own_store: Path
) -> None:
    with pytest.raises(Refused, match=told):
        store(file(content, name), name, by=OFFICER, at=AT)
    assert (files_in(own_store), Blob.objects.count(), Act.objects.count()) == ([], 0, 0)


def test_receiving_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch, own_store: Path) -> None:
    monkeypatch.setattr(keeping, "LARGEST", 2 * kinds.MIB)
    with pytest.raises(Refused, match=r"Tệp “phim.mp4” lớn hơn 2 MB\. Bạn giảm cỡ ảnh"):
        store(file(b"\0" * (2 * kinds.MIB + 1)), "phim.mp4", by=OFFICER, at=AT)
    assert files_in(own_store) == []


def test_a_file_with_a_state_secret_mark_is_not_kept_and_the_act_says_nothing_of_it(own_store: Path) -> None:
    with pytest.raises(StateSecret, match="Tệp có dấu chỉ độ mật nên không được nhận và không được giữ lại"):
        store(file(word("TỐI MẬT", "Kế hoạch phòng thủ")), "kế hoạch.docx", by=OFFICER, at=AT)
    assert (files_in(own_store), Blob.objects.count(), Attachment.objects.count()) == ([], 0, 0)
    act = Act.objects.get()
    assert (act.verb, act.payload, act.actor) == ("attachment.refused_as_secret", "{}", OFFICER.id)


def test_a_crash_while_writing_leaves_nothing(monkeypatch: pytest.MonkeyPatch, own_store: Path) -> None:
    monkeypatch.setattr(storage.os, "fsync", _power_cut)
    with pytest.raises(OSError, match="no power"):
        receive(file(), "báo cáo.pdf", by=OFFICER, at=AT)
    assert files_in(own_store) == []


def test_a_crash_between_file_and_row_leaves_a_file_without_a_row_that_the_next_one_takes(own_store: Path) -> None:
    receive(file(), "báo cáo.pdf", by=OFFICER, at=AT)
    assert (len(files_in(own_store)), Blob.objects.count()) == (1, 0)
    attachment()
    assert (len(files_in(own_store)), Blob.objects.count(), list(verify())) == (1, 1, [])


def test_a_row_that_is_undone_leaves_a_file_without_a_row_never_the_other_way(own_store: Path) -> None:
    received = receive(file(), "báo cáo.pdf", by=OFFICER, at=AT)
    with pytest.raises(OSError, match="no power"):
        _attach_and_crash(received)
    assert (len(files_in(own_store)), Blob.objects.count(), Act.objects.count()) == (1, 0, 0)


def test_no_row_is_made_when_the_file_is_not_there(own_store: Path) -> None:
    received = receive(file(), "báo cáo.pdf", by=OFFICER, at=AT)
    storage.store().delete(f"{HASH[:2]}/{HASH}")
    with pytest.raises(Refused, match=r"chưa được giữ lại trọn vẹn\. Bạn gửi lại"), acting():
        attach(received, by=OFFICER, at=AT)
    assert Blob.objects.count() == 0


def test_handing_over_a_lost_or_damaged_file_again_heals_it(own_store: Path) -> None:
    kept = attachment()
    (own_store / kept.blob.path).write_bytes(b"damaged")
    attachment()
    assert (own_store / kept.blob.path).read_bytes() == PDF


def test_a_file_made_here_is_kept_as_it_is_and_stays_where_it_was_made(tmp_path: Path) -> None:
    made = tmp_path / "phụ lục.docx"
    made.write_bytes(word("MẬT"))
    received = keep(made, made.name, kinds.DOCX)
    assert (received.name, received.kind, made.exists()) == ("phụ lục.docx", kinds.DOCX, True)


def test_a_derived_file_names_the_one_it_was_made_from() -> None:
    first = attachment(PNG, "ảnh.png")
    received = receive(file(PNG + b"1"), "ảnh.png", by=OFFICER, at=AT)
    with acting():
        second = attach(received, by=OFFICER, at=AT, of=first)
    assert list(first.derived.all()) == [second]


@pytest.mark.parametrize("make", [InMemoryStorage, "folder"])
def test_any_storage_of_django_keeps_files(
    make: Callable[[], Any] | str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> None:
    other = FileSystemStorage(tmp_path / "nơi khác") if isinstance(make, str) else make()
    monkeypatch.setattr(storage, "store", lambda: other)
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    attachment()
    attachment(name="lần nữa.pdf")
    with other.open(f"{HASH[:2]}/{HASH}") as kept:
        assert kept.read() == PDF
    assert (Blob.objects.count(), list(verify())) == (1, [])
    assert [path for path in tmp_path.iterdir() if path.name.startswith("nhan-")] == []


def test_another_storage_that_gives_another_name_keeps_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two people hand over the same bytes: the second save finds the name taken."""
    other = InMemoryStorage()
    other.save(f"{HASH[:2]}/{HASH}", file())
    monkeypatch.setattr(storage, "store", lambda: other)
    monkeypatch.setattr(other, "exists", lambda _name: False)
    monkeypatch.setattr(other, "get_available_name", lambda name, max_length=None: f"{name}_x")
    receive(file(), "báo cáo.pdf", by=OFFICER, at=AT)
    assert other.listdir(HASH[:2])[1] == [HASH]


def test_keeping_costs_the_same_statements_however_many_there_are() -> None:
    def cost(content: bytes) -> int:
        with CaptureQueriesContext(connection) as queries:
            attachment(content)
        return len(queries)

    attachment(PDF + b"first")  # the very first act also makes the head of the ledger
    first = cost(PDF)
    for number in range(5):
        attachment(PDF + bytes([number + 65]))
    assert cost(PDF + b"last") == first


def _attach_and_crash(received: Received) -> None:
    with acting():
        attach(received, by=OFFICER, at=AT)
        _power_cut()


def _power_cut(*_: object) -> None:
    raise OSError("no power")
