"""*Việc của tôi* of people whose work does not hang on a campaign."""

from datetime import timedelta
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sangkien.accounts.actor import INVITATION_KEY
from sangkien.accounts.roles import Role
from sangkien.jobs.models import Job, State
from sangkien.ledger.recording import Actor
from tests.accounts.signing_in import sign_in, text
from tests.factories import accounts as make
from tests.factories.jobs import job
from tests.factories.units import unit

pytestmark = pytest.mark.django_db
HOME = "/viec-cua-toi/"
NOTHING = "Không còn việc nào chờ bạn. Việc mới sẽ hiện ở đây."


def _failed(key: str, by: str, **facts: object) -> Job:
    made = job(key, items=120, by=Actor(by), title=f"Đọc tệp {key}")
    Job.objects.filter(pk=made.pk).update(**{"state": State.FAILED, "ended_at": timezone.now(), **facts})
    return made


def test_the_bare_address_leads_each_to_the_own_first_page(client: Client, settings: object) -> None:
    assert client.get("/")["Location"] == "/tong-hop-nhanh/"
    client.force_login(make.member(unit(), Role.REPORTER))
    assert client.get("/")["Location"] == HOME
    client.logout()
    settings.SANGKIEN_EMBEDDED = False  # type: ignore[attr-defined]  # pytest-django's
    assert client.get("/")["Location"] == "/dang-nhap/"


def test_who_signs_in_comes_to_the_own_work(client: Client) -> None:
    person = make.member(unit(), Role.REPORTER)
    assert sign_in(client, person).request["PATH_INFO"] == HOME


def test_nobody_in_particular_is_led_to_the_door(client: Client) -> None:
    assert client.get(HOME)["Location"] == f"/dang-nhap/?next={HOME}"


def test_who_has_nothing_to_do_is_told_so(client: Client) -> None:
    client.force_login(make.member(unit(), Role.COMMUNICATOR))
    shown = text(client.get(HOME))
    assert NOTHING in shown
    assert "Bạn có" not in shown


def test_a_stopped_job_waits_for_the_one_who_started_it_only(client: Client) -> None:
    ward = unit()
    sen = make.member(ward, Role.REPORTER)
    colleague = make.member(ward, Role.REPORTER, "Vũ Thu Hà")
    _failed("của Sen", f"user:{sen.pk}")
    _failed("của người khác", f"user:{uuid4()}")
    client.force_login(sen)
    shown = text(client.get(HOME))
    assert "Bạn có 1 việc." in shown
    assert "Đọc tệp của Sen" in shown
    assert "của người khác" not in shown
    client.force_login(colleague)
    assert NOTHING in text(client.get(HOME))


def test_a_job_that_goes_on_again_no_longer_waits(client: Client) -> None:
    sen = make.member(unit(), Role.REPORTER)
    made = _failed("của Sen", f"user:{sen.pk}")
    client.force_login(sen)
    client.post(f"{made.get_absolute_url()}lam-tiep/")
    assert NOTHING in text(client.get(HOME))


def test_the_administrator_of_an_empty_instance_sees_the_first_steps_in_turn(client: Client) -> None:
    client.force_login(make.administrator())
    assert "Nhập danh sách đơn vị" in text(client.get(HOME))
    unit("Quận 3")
    shown = text(client.get(HOME))
    assert "Giao phần việc cán bộ đầu mối" in shown
    assert "Nhập danh sách đơn vị" not in shown


def test_accounts_that_lie_about_unused_wait_for_the_administrator(client: Client, settings: object) -> None:
    settings.SANGKIEN_IDLE_DAYS = 45  # type: ignore[attr-defined]  # pytest-django's
    ward = unit()
    now = timezone.now()
    make.member(ward, Role.ORGANISER, "Lê Thị Sen", last_seen_at=now - timedelta(days=50))
    make.member(ward, Role.ORGANISER, "Vũ Thu Hà", last_seen_at=now - timedelta(days=3))
    make.member(ward, Role.REPORTER, "Hoàng Mai", last_seen_at=now - timedelta(days=90))
    client.force_login(make.administrator())
    shown = text(client.get(HOME))
    assert "Xem tài khoản lâu không dùng" in shown
    assert "Quá hạn 5 ngày" in shown
    assert "Vũ Thu Hà" not in shown
    assert "Hoàng Mai" not in shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_statements_for_any_number_of_things(client: Client, count: int) -> None:
    sen = make.member(unit(), Role.ORGANISER)
    for number in range(count):
        _failed(f"tệp {number}", f"user:{sen.pk}")
    client.force_login(sen)
    client.get(HOME)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(HOME)
    assert text(answer).count('class="do"') == count
    assert len(seen) == STATEMENTS


STATEMENTS = 10


def test_a_look_changes_nothing(client: Client) -> None:
    sen = make.member(unit(), Role.ORGANISER)
    made = _failed("của Sen", f"user:{sen.pk}")
    before = Job.objects.filter(pk=made.pk).values().get()
    client.force_login(sen)
    client.get(HOME)
    assert client.post(HOME).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert Job.objects.filter(pk=made.pk).values().get() == before


def test_the_holder_of_an_invitation_has_no_desk(client: Client) -> None:
    session = client.session
    session[INVITATION_KEY] = make.invitation(unit()).pk
    session.save()
    assert client.get(HOME).status_code == HTTPStatus.FOUND
