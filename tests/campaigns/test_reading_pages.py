"""A plan's Word file: read in a child process, shown beside what was found, taken over only by a click."""

from collections.abc import Iterator
from datetime import date, time
from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sangkien.campaigns.models import Campaign
from sangkien.campaigns.plan_file import pack, read_plan, unpack
from sangkien.campaigns.views.reading import reader
from tests.accounts.signing_in import text
from tests.campaigns.test_plan_file import plan
from tests.campaigns.test_plan_pages import typed
from tests.campaigns.world import World
from tests.factories import district3

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
READ, TAKE = "/dot/moi/tu-tep/", "/dot/moi/tu-tep/nhan/"


@pytest.fixture
def world(told: district3.District3, twin: district3.District3) -> World:
    return World(told, twin)


@pytest.fixture(scope="module", autouse=True)
def _ended_child() -> Iterator[None]:
    yield
    reader().close()


def upload(path: Path, name: str = "kế hoạch.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, path.read_bytes())


def test_what_was_read_travels_whole(tmp_path: Path) -> None:
    read = read_plan(plan(tmp_path / "a.docx"))
    assert unpack(pack(read)) == read
    with pytest.raises(ValueError, match="not what was read"):
        unpack("[]")


def test_a_file_is_read_shown_and_taken_over_by_a_click(client: Client, world: World, tmp_path: Path) -> None:
    client.force_login(world.organiser)
    page = client.post(READ, {"file": upload(plan(tmp_path / "a.docx"))})
    assert page.status_code == HTTPStatus.OK, text(page)
    read = read_plan(plan(tmp_path / "b.docx"))
    assert read.title is not None
    for passage in (read.title.passage, *(field.name_as_printed for field in read.fields)):
        assert passage in text(page), passage
    assert not Campaign.objects.exists()
    done = client.post(TAKE, typed(page))
    assert done.status_code == HTTPStatus.FOUND, text(done)
    made = Campaign.objects.get()
    assert made.title == read.title.value
    assert read.opens_date is not None
    assert (made.opens_date, made.closes_time) == (read.opens_date.value, read.closes_time and read.closes_time.value)
    assert made.bases.count() == len(read.bases)


def test_what_a_person_puts_right_wins(client: Client, world: World, tmp_path: Path) -> None:
    client.force_login(world.organiser)
    page = client.post(READ, {"file": upload(plan(tmp_path / "a.docx"))})
    client.post(TAKE, typed(page) | {"closes_date": "2024-09-20", "closes_time": "16:30"})
    made = Campaign.objects.get()
    assert (made.closes_date, made.closes_time) == (date(2024, 9, 20), time(16, 30))


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "trống.docx", "không có gì bên trong"),
        (b"%PDF-1.7 khong phai Word", "kế hoạch.docx", "Hãy"),
        (b"PK\x03\x04 hong", "hỏng.docx", ""),
    ],
)
def test_a_file_that_is_no_plan_is_answered_with_a_sentence_and_changes_nothing(
    client: Client, world: World, content: bytes, name: str, sentence: str
) -> None:
    client.force_login(world.organiser)
    page = client.post(READ, {"file": SimpleUploadedFile(name, content)})
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'class="wrong"' in text(page)
    assert sentence in text(page)
    assert not Campaign.objects.exists()


def test_a_reading_that_was_changed_on_the_way_is_not_taken(client: Client, world: World, tmp_path: Path) -> None:
    client.force_login(world.organiser)
    sent = typed(client.post(READ, {"file": upload(plan(tmp_path / "a.docx"))}))
    answer = client.post(TAKE, sent | {"reading": str(sent["reading"])[:-3] + "abc"})
    assert "Trang đã mở quá lâu" in text(answer)
    assert not Campaign.objects.exists()


def test_only_who_plans_may_have_a_file_read(client: Client, world: World) -> None:
    for person in (world.reporter, world.reviewer, world.auditor, world.decider, world.administrator):
        client.force_login(person)
        assert client.post(READ, {}).status_code == HTTPStatus.NOT_FOUND
        assert client.post(TAKE, {}).status_code == HTTPStatus.NOT_FOUND
        assert client.get("/dot/moi/").status_code == HTTPStatus.NOT_FOUND
