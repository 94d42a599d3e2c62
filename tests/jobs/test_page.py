"""The page of a job: its own person only; a look changes nothing; stop and go on are posts."""

from http import HTTPStatus
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sangkien.accounts.actor import INVITATION_KEY
from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.jobs.models import Job, State
from sangkien.ledger.canonical import canonical
from sangkien.ledger.recording import Actor
from tests.accounts.signing_in import text
from tests.factories import accounts as make
from tests.factories.jobs import job
from tests.factories.units import unit

pytestmark = pytest.mark.django_db


class World:
    """Who started the job, a colleague of the same unit and role, an administrator, a stranger of the twin."""

    def __init__(self) -> None:
        self.ward, twin = unit("Phường 4", parent=unit("Quận 3")), unit("Phường 4", parent=unit("Quận 8"))
        self.sen = make.member(self.ward, Role.REPORTER, email="sen@quan3.example")
        self.colleague = make.member(self.ward, Role.REPORTER, "Vũ Thu Hà", email="ha@quan3.example")
        self.administrator = make.administrator()
        self.stranger = make.member(twin, Role.REPORTER, email="sen@quan8.example")
        self.job = job(items=120, by=Actor(f"user:{self.sen.pk}"), title="Đọc 120 tệp báo cáo", link="/tai-khoan/")

    def at(self, done: int = 37, **facts: object) -> None:
        Job.objects.filter(pk=self.job.pk).update(done_count=done, **facts)

    def running(self, done: int = 37, **facts: object) -> None:
        self.at(done, **{"state": State.RUNNING, "claim": uuid4(), "heartbeat_at": timezone.now(), **facts})

    def others(self) -> list[User]:
        return [self.colleague, self.administrator, self.stranger]


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def page(client: Client, world: World) -> str:
    client.force_login(world.sen)
    return world.job.get_absolute_url()


def test_only_who_started_a_job_finds_its_page(client: Client, world: World) -> None:
    address = world.job.get_absolute_url()
    assert client.get(address)["Location"] == f"/dang-nhap/?next={address}"
    for other in world.others():
        client.force_login(other)
        answers = [client.get(address), client.post(f"{address}dung/"), client.post(f"{address}lam-tiep/")]
        assert {each.status_code for each in answers} == {HTTPStatus.NOT_FOUND}, other
        assert "Đọc 120 tệp" not in text(answers[0])
    world.job.refresh_from_db()
    assert world.job.state == State.WAITING
    client.force_login(world.sen)
    assert client.get(address).status_code == HTTPStatus.OK


def test_nobody_in_particular_cannot_stop_it(client: Client, world: World) -> None:
    answer = client.post(f"{world.job.get_absolute_url()}dung/")
    assert answer.status_code == HTTPStatus.FOUND
    world.job.refresh_from_db()
    assert world.job.state == State.WAITING


def test_the_holder_of_an_invitation_sees_the_own_job(client: Client, world: World) -> None:
    invitation = make.invitation(world.ward)
    own = job("của giấy mời", by=Actor(f"invitation:{invitation.uid}"))
    session = client.session
    session[INVITATION_KEY] = invitation.pk
    session.save()
    assert client.get(own.get_absolute_url()).status_code == HTTPStatus.OK
    assert client.get(world.job.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND


def test_the_page_tells_how_far_it_is_and_asks_again_by_itself(client: Client, world: World, page: str) -> None:
    world.running()
    shown = text(client.get(page))
    assert "Đang đọc tệp 37 trên 120." in shown
    assert '<progress value="37" max="120" aria-label="Đang đọc tệp 37 trên 120">' in shown
    assert 'hx-trigger="every 2s"' in shown
    assert "Dừng lại, giữ phần đã làm" in shown


def test_htmx_is_answered_with_the_part_alone(client: Client, world: World, page: str) -> None:
    world.running()
    part = text(client.get(page, headers={"HX-Request": "true"}))
    assert part.lstrip().startswith('<div id="job"')
    assert "<html" not in part


def test_htmx_is_answered_with_nothing_when_nothing_moved(client: Client, world: World, page: str) -> None:
    world.running()
    world.job.refresh_from_db()
    address = f"{page}?seen={world.job.standing}"
    assert f'hx-get="{address}"' in text(client.get(page))
    unmoved = client.get(address, headers={"HX-Request": "true"})
    assert (unmoved.status_code, unmoved.content) == (HTTPStatus.NO_CONTENT, b"")
    moves: list[dict[str, object]] = [
        {"done": 38},
        {"messages": canonical([{"item": "a", "sentence": "b"}])},
        {"cancel_asked_at": timezone.now()},
        {"state": State.DONE, "ended_at": timezone.now(), "claim": None},
    ]
    for facts in moves:
        world.at(**facts)  # type: ignore[arg-type]  # one of them is the count
        assert client.get(address, headers={"HX-Request": "true"}).status_code == HTTPStatus.OK, facts


@pytest.mark.parametrize(
    ("state", "sentence", "act"),
    [
        (State.DONE, "Đã làm xong.", "Xem kết quả"),
        (State.CANCELLED, "Đã dừng theo yêu cầu của bạn.", "Làm tiếp"),
        (State.FAILED, "Việc này đã dừng giữa chừng.", "Làm tiếp"),
    ],
)
def test_an_ended_job_asks_no_more(
    client: Client, world: World, page: str, state: State, sentence: str, act: str
) -> None:
    world.at(state=state, ended_at=timezone.now())
    shown = text(client.get(page))
    assert sentence in shown
    assert act in shown
    assert "hx-get" not in shown
    assert "Dừng lại" not in shown


def test_what_went_wrong_with_which_item_is_listed(client: Client, world: World, page: str) -> None:
    said = [{"item": "Phường <4>.docx", "sentence": "Tệp này có mật khẩu nên chưa đọc được."}]
    world.at(messages=canonical(said), unsaid_count=3)
    shown = text(client.get(page))
    assert "Phường &lt;4&gt;.docx" in shown
    assert "Tệp này có mật khẩu nên chưa đọc được." in shown
    assert "Và 3 chỗ nữa." in shown


def test_a_look_changes_nothing(client: Client, world: World, page: str) -> None:
    before = Job.objects.filter(pk=world.job.pk).values().get()
    client.get(page)
    for verb in ("dung", "lam-tiep"):
        assert client.get(f"{page}{verb}/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert Job.objects.filter(pk=world.job.pk).values().get() == before


def test_a_running_job_is_asked_to_stop_and_says_so(client: Client, world: World, page: str) -> None:
    world.running()
    assert "Đang dừng lại." in text(client.post(f"{page}dung/", follow=True))
    world.job.refresh_from_db()
    first = world.job.cancel_asked_at
    client.post(f"{page}dung/")
    world.job.refresh_from_db()
    assert (world.job.state, world.job.cancel_asked_at) == (State.RUNNING, first)


def test_a_stopped_job_goes_on(client: Client, world: World, page: str) -> None:
    client.post(f"{page}dung/")
    assert "Đang chờ đến lượt." in text(client.post(f"{page}lam-tiep/", follow=True))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_statements_for_any_number_of_messages(
    client: Client, world: World, page: str, count: int
) -> None:
    world.at(messages=canonical([{"item": str(number), "sentence": "Tệp trống."} for number in range(count)]))
    client.get(page)
    with CaptureQueriesContext(connection) as seen:
        client.get(page)
    assert len(seen) == 3
