"""Evidence on the page of a draft: kept over a refusal, told apart by content, given only to who may see the entry."""

from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sangkien.intake.actions import drafting
from sangkien.intake.models import Entry, Evidence
from sangkien.ledger.models import Act
from tests.accounts.signing_in import text
from tests.factories import intake as make
from tests.factories.attachments import PDF
from tests.intake.views.conftest import World
from tests.intake.views.typing import page_of, save

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _store(own_store: object) -> None:
    """Files of a test lie in its own folder."""


@pytest.fixture
def entry(world: World) -> Entry:
    return make.draft(world.campaign, world.ward)


@pytest.fixture
def client(world: World) -> Client:
    return world.client("invited")


def file(name: str = "Bảng theo dõi.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def upload(client: Client, entry: Entry, *files: SimpleUploadedFile, caption: str = "") -> Any:
    """As the script does, one request a file."""
    address = f"/bao-cao/giai-phap/{entry.uid}/minh-chung/"
    return client.post(address, {"files": list(files), "caption": caption}, headers={"X-Draft": "auto"})


def status(reader: Client, address: str) -> int:
    answer = reader.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # read to its end, so that the file is closed
    return answer.status_code


def names(entry: Entry) -> list[str]:
    rows = Evidence.objects.filter(entry=entry, removed_at__isnull=True).order_by("pk")
    return [row.attachment.original_name for row in rows]


def test_a_file_stays_though_the_day_beside_it_is_refused(client: Client, entry: Entry) -> None:
    answer = save(client, entry, first_applied_date="31/6/2024", act="files", files=[file()], caption="số liệu tháng 3")
    page = text(answer)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Ngày 31/6 không có." in page
    assert "Bảng theo dõi.pdf" in page
    assert "số liệu tháng 3" in page
    assert names(entry) == ["Bảng theo dõi.pdf"]


def test_a_program_is_refused_by_its_content_and_the_text_is_saved(client: Client, entry: Entry) -> None:
    program = file("báo cáo.pdf", b"MZ" + bytes(200))
    answer = save(client, entry, novelty="Câu mới.", act="files", files=[program], caption="chú thích gõ sẵn")
    page = text(answer)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "là chương trình hoặc trang có lệnh tự chạy nên không nhận" in page
    assert "chú thích gõ sẵn" in page
    assert names(entry) == []
    draft = drafting.draft_of(entry)
    assert draft is not None
    assert draft.novelty == "Câu mới."


def test_the_script_hears_the_list_and_between_which_versions_the_file_lies(client: Client, entry: Entry) -> None:
    told = upload(client, entry, file(), caption="số liệu").json()
    assert "Bảng theo dõi.pdf" in told["list"]
    assert (told["was"], told["edit_version"]) == (1, 2)


def test_the_same_file_again_after_a_lost_answer_is_there_once(client: Client, entry: Entry) -> None:
    first, again = upload(client, entry, file()).json(), upload(client, entry, file()).json()
    assert (again["was"], again["edit_version"]) == (first["was"], first["edit_version"])
    assert names(entry) == ["Bảng theo dõi.pdf"]


def test_the_script_hears_why_a_file_is_not_taken(client: Client, entry: Entry) -> None:
    empty = upload(client, entry, file("rỗng.pdf", b""))
    assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert empty.json()["sentence"] == "Tệp “rỗng.pdf” rỗng. Bạn kiểm tra lại tệp gốc rồi gửi lại."
    nothing = upload(client, entry)
    assert nothing.json()["sentence"] == "Chưa có tệp nào được chọn. Bạn chọn tệp rồi bấm lại."


def test_a_file_is_taken_out_of_the_list_with_the_text_saved(client: Client, entry: Entry) -> None:
    upload(client, entry, file())
    row = Evidence.objects.get()
    assert save(client, entry, novelty="Câu mới.", act=f"remove:{row.uid}")["Location"] == page_of(entry)
    assert names(entry) == []
    assert save(client, entry, act="remove:khong-phai-ma").status_code == HTTPStatus.NOT_FOUND


def test_a_caption_is_told_in_other_words_until_the_file_is_sent(client: Client, entry: Entry) -> None:
    upload(client, entry, file(), caption="Trước khi làm")
    row = Evidence.objects.get()
    key = f"caption:{row.uid}"
    assert "Sửa chú thích" in text(client.get(page_of(entry)))
    assert save(client, entry, act=key, **{key: "  Số liệu  tháng 3 "})["Location"] == page_of(entry)
    row.refresh_from_db()
    assert row.caption == "Số liệu tháng 3"
    assert save(client, entry, act=key, **{key: "Số liệu tháng 3"})["Location"] == page_of(entry)
    assert Act.objects.about(entry.uid).filter(verb="entry.evidence_captioned").count() == 1
    assert "Chú thích" in " ".join(save(client, entry, act=key, **{key: "a" * 301}).context["files_wrong"])
    make.sent(entry, at=row.added_at)
    drafting.begin_revision(entry, by=make.HEAD, at=row.added_at)
    page = text(client.get(page_of(entry)))
    assert "Số liệu tháng 3" in page
    assert "Sửa chú thích" not in page
    assert "Bạn bỏ tệp rồi thêm lại." in text(save(client, entry, act=key, **{key: "Khác"}))
    row.refresh_from_db()
    assert row.caption == "Số liệu tháng 3"


def test_a_caption_of_another_entry_is_not_there(client: Client, entry: Entry, world: World) -> None:
    other = make.draft(world.campaign, world.ward)
    upload(client, other, file())
    key = f"caption:{Evidence.objects.get().uid}"
    assert save(client, entry, act=key, **{key: "Khác"}).status_code == HTTPStatus.NOT_FOUND
    assert Evidence.objects.get().caption == ""


def test_files_come_as_downloads_and_never_as_a_page_of_ours(client: Client, entry: Entry) -> None:
    upload(client, entry, file())
    answer = client.get(f"/bao-cao/minh-chung/{Evidence.objects.get().uid}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]  # a file


@pytest.mark.parametrize(
    ("who", "of_a_draft", "of_a_sent_one"),
    [("head", 200, 200), ("officer", 200, 200), ("invited", 200, 200), ("lead", 404, 200), ("clerk", 404, 404),
     ("other", 404, 404), ("twin", 404, 404), ("twin_lead", 404, 404), ("invited_other", 404, 404),
     ("invited_elsewhere", 404, 404), ("invited_twin", 404, 404)],
)  # fmt: skip
def test_files_are_for_who_sees_the_entry(
    world: World, client: Client, entry: Entry, who: str, of_a_draft: int, of_a_sent_one: int
) -> None:
    upload(client, entry, file())
    address, reader = f"/bao-cao/minh-chung/{Evidence.objects.get().uid}/", world.client(who)
    assert status(reader, address) == of_a_draft
    make.sent(entry)
    assert status(reader, address) == of_a_sent_one
    assert upload(world.client("twin"), entry, file("khác.pdf")).status_code == HTTPStatus.NOT_FOUND
