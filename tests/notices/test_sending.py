"""Mails through a real connection: whom, one digest each, refusals, retries, a server that is away."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.notices.addressing import GATHERED, STILL_NEWS, address
from sangkien.notices.models import Delivery, Message
from sangkien.notices.sending import CLAIM_LOST, MOST_TRIES, SERVER_SILENT, deliver, is_due
from sangkien.units.models import Unit
from tests.factories import accounts as make
from tests.factories.notices import message
from tests.factories.units import unit
from tests.mail_sink import Sink
from tests.together import shared_database, together

__all__ = ["shared_database"]

pytestmark = pytest.mark.django_db
SITE = "https://sangkien.quan3.example"
TOLD = timezone.now()
DUE = TOLD + GATHERED


class World:
    """A ward with an officer, a colleague, an auditor and a closed account; its twin; somebody of another campaign."""

    def __init__(self) -> None:
        district = unit("Quận 3")
        self.ward, self.twin = unit("Phường 4", parent=district), unit("Phường 4", parent=unit("Quận 8"))
        self.sen = make.member(self.ward, Role.REPORTER, email="sen@quan3.example")
        self.colleague = make.member(self.ward, Role.UNIT_HEAD, "Vũ Thu Hà", email="ha@quan3.example")
        make.membership(self.sen, self.ward, Role.UNIT_HEAD)
        make.member(self.ward, Role.AUDITOR, "Đỗ Mai", email="mai@quan3.example")
        closed = make.member(self.ward, Role.REPORTER, "Lý Văn Đóng", email="dong@quan3.example")
        User.objects.filter(pk=closed.pk).update(is_active=False, closed_at=TOLD, closed_why="by_hand")
        make.member(self.twin, Role.REPORTER, "Lê Thị Sen", email="sen@quan8.example")
        other = make.person("Trần Thị Khác", email="khac@quan3.example")
        make.membership(other, self.ward, Role.REPORTER, scope_uid=uuid4())


@pytest.fixture
def world() -> World:
    return World()


def send(at: datetime = DUE) -> None:
    while address(at):
        pass
    while deliver(at, site=SITE):
        pass


def test_a_unit_is_told_by_one_mail_to_each_who_works_there(sink: Sink, world: World) -> None:
    told = message(world.ward, at=TOLD)
    send()
    assert sink.recipients == ["ha@quan3.example", "sen@quan3.example"]
    told.refresh_from_db()
    assert (told.sent_at, told.error) == (DUE, "")
    send(DUE + timedelta(days=1))
    assert len(sink.mails) == 2


def test_a_person_is_told_alone(sink: Sink, world: World) -> None:
    message(world.sen, at=TOLD)
    send()
    assert sink.recipients == ["sen@quan3.example"]


def test_what_comes_within_a_quarter_of_an_hour_goes_in_one_mail(sink: Sink, world: World) -> None:
    message(world.sen, "một", at=TOLD, title="Đợt 2024 đã mở", path="/dot/2024/")
    message(world.sen, "hai", at=TOLD + timedelta(minutes=14), title="Có <giấy> nhận & phụ lục", path="/giay/7/")
    send(DUE - timedelta(seconds=1))
    assert sink.mails == []
    send()
    ((_, mail),) = sink.mails
    text, html = (part.get_content() for part in mail.iter_parts())
    assert (mail["Subject"], mail["From"], mail["Auto-Submitted"]) == (
        "Việc mới của đơn vị bạn",
        "sangkien@quan3.example",
        "auto-generated",
    )
    for part in ("Đợt 2024 đã mở", "Có <giấy> nhận & phụ lục", f"{SITE}/dot/2024/", f"{SITE}/giay/7/"):
        assert part in text
    assert "Có &lt;giấy&gt; nhận &amp; phụ lục" in html
    assert f'<a href="{SITE}/giay/7/">' in html
    assert "Lê Thị Sen" not in text + html


def test_the_subject_of_a_single_notice_is_its_title(sink: Sink, world: World) -> None:
    message(world.sen, at=TOLD, title="Báo cáo & phụ lục đã đến")
    send()
    assert sink.mails[0][1]["Subject"] == "Báo cáo & phụ lục đã đến"


def test_an_invitation_with_a_mailbox_is_told_of_its_own_campaign_only(sink: Sink, world: World) -> None:
    make.invitation(world.ward, "một", mailbox="phuong4@quan3.example")
    make.invitation(world.ward, "hai", mailbox="dot.khac@quan3.example", scope_uid=uuid4())
    make.invitation(world.ward, "ba", mailbox="thu.hoi@quan3.example", revoked_at=TOLD)
    message(world.ward, at=TOLD, scope=make.CAMPAIGN)
    send()
    assert sink.recipients == ["ha@quan3.example", "phuong4@quan3.example", "sen@quan3.example"]


def test_a_unit_without_any_mailbox_keeps_its_notice_to_copy(sink: Sink) -> None:
    told = message(unit("Phường 9"), at=TOLD)
    send()
    told.refresh_from_db()
    assert (told.sent_at, told.error, sink.mails) == (
        None,
        "Đơn vị chưa có ai có tài khoản hoặc hộp thư nên không gửi thư được.",
        [],
    )


def test_a_mailbox_that_is_no_more_does_not_keep_the_others_from_theirs(sink: Sink, world: World) -> None:
    sink.refused["sen@quan3.example"] = 550
    told = message(world.ward, at=TOLD)
    send()
    assert sink.recipients == ["ha@quan3.example"]
    told.refresh_from_db()
    assert (told.sent_at, told.error) == (DUE, "Máy chủ thư không nhận thư cho hộp thư này (mã 550).")
    assert not is_due(DUE + timedelta(days=1))
    assert not Delivery.objects.filter(error__contains="@").exists()


def test_a_mailbox_that_is_busy_is_tried_again_and_at_last_given_up(sink: Sink, world: World) -> None:
    sink.refused["sen@quan3.example"] = 451
    told = message(world.sen, at=TOLD)
    at = DUE
    for number in range(1, MOST_TRIES + 1):
        send(at)
        assert Delivery.objects.get().tries == number
        assert deliver(at, site=SITE) == 0
        at += timedelta(days=1)
    told.refresh_from_db()
    assert (told.sent_at, told.error) == (None, "Máy chủ thư không nhận thư cho hộp thư này (mã 451).")
    assert not is_due(at)


def test_a_busy_mailbox_gets_its_mail_once_it_is_free(sink: Sink, world: World) -> None:
    sink.refused["sen@quan3.example"] = 451
    told = message(world.sen, at=TOLD)
    send()
    sink.refused.clear()
    send(DUE + timedelta(minutes=5))
    told.refresh_from_db()
    assert (sink.recipients, told.error) == (["sen@quan3.example"], "")


def test_a_server_that_is_away_costs_no_try(sink: Sink, world: World, settings: Any) -> None:
    settings.EMAIL_PORT = 1  # nobody listens there
    message(world.ward, at=TOLD)
    send()
    assert set(Delivery.objects.values_list("tries", "claim", "due_at")) == {(0, None, DUE + SERVER_SILENT)}
    settings.EMAIL_PORT = sink.port
    send(DUE + SERVER_SILENT)
    assert sink.recipients == ["ha@quan3.example", "sen@quan3.example"]


def test_a_server_that_refuses_our_own_mailbox_or_closes_costs_no_try(sink: Sink, world: World, settings: Any) -> None:
    told = message(world.sen, at=TOLD)
    sink.refused[settings.DEFAULT_FROM_EMAIL] = 553
    send()
    assert Delivery.objects.get().error == "Máy chủ thư không nhận hộp thư gửi. Hãy xem lại SANGKIEN_MAIL_FROM."
    sink.refused = {"sen@quan3.example": 421}
    send(DUE + SERVER_SILENT)
    waiting = Delivery.objects.get()
    assert (waiting.tries, waiting.due_at) == (0, DUE + 2 * SERVER_SILENT)
    sink.refused.clear()
    send(DUE + 2 * SERVER_SILENT)
    told.refresh_from_db()
    assert (sink.recipients, told.error) == (["sen@quan3.example"], "")


def test_a_server_that_refuses_our_password_says_so_without_it(sink: Sink, world: World, settings: Any) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "sangkien", "mat-khau-sai"
    sink.accepts_passwords = False
    message(world.sen, at=TOLD)
    send()
    error = Delivery.objects.get().error
    assert error == "Máy chủ thư không nhận tên và mật khẩu. Hãy xem lại SANGKIEN_SMTP_URL."


def test_what_a_dead_sender_had_claimed_is_sent_later_under_the_same_id(sink: Sink, world: World) -> None:
    message(world.sen, at=TOLD)
    address(DUE)
    Delivery.objects.update(claim=uuid4(), claimed_at=DUE)
    send(DUE + CLAIM_LOST)
    assert sink.mails == []
    later = DUE + CLAIM_LOST + timedelta(seconds=1)
    send(later)
    Delivery.objects.update(ended_at=None, claim=None, claimed_at=None)  # as if it had died before its own note
    send(later)
    first, second = (mail["Message-ID"] for _recipient, mail in sink.mails)
    assert first == second


def test_an_account_closed_meanwhile_gets_no_mail(sink: Sink, world: World) -> None:
    told = message(world.sen, at=TOLD)
    address(TOLD)
    User.objects.filter(pk=world.sen.pk).update(is_active=False, closed_at=TOLD, closed_why="by_hand")
    send()
    told.refresh_from_db()
    assert (sink.mails, told.sent_at) == ([], None)
    assert told.error == "Tài khoản hoặc giấy mời đã đóng nên thư không gửi nữa."


def test_old_notices_are_no_news_when_mail_is_switched_on(sink: Sink, world: World) -> None:
    message(world.sen, at=TOLD)
    late = TOLD + STILL_NEWS
    assert not is_due(late)
    send(late)
    assert sink.mails == []


def test_one_connection_serves_many_mailboxes(sink: Sink, world: World) -> None:
    message(world.ward, at=TOLD)
    address(DUE)
    assert deliver(DUE, site=SITE) == 2
    assert sink.connections == 1


@pytest.mark.parametrize("count", [1, 3])
def test_addressing_takes_the_same_statements_for_any_number(world: World, count: int) -> None:
    for number in range(count):
        message(world.ward if number else world.twin, f"nhắc:{number}", at=TOLD)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert address(DUE) == count
    assert len([each for each in seen if "SAVEPOINT" not in each["sql"]]) == 5


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_senders_send_each_mail_once(shared_database: None, sink: Sink) -> None:
    wards: list[Unit] = [unit(f"Phường {number}") for number in range(1, 7)]
    for number, ward in enumerate(wards):
        for person in range(3):
            make.member(ward, Role.REPORTER, f"Lê Thị Sen {person}", email=f"sen{person}@phuong{number}.example")
        message(ward, f"nhắc:{number}", at=TOLD)
    assert together(8, lambda number: send()) == []
    assert sink.recipients == sorted(
        f"sen{person}@phuong{number}.example" for number in range(6) for person in range(3)
    )
    assert Message.objects.filter(sent_at__isnull=True).count() == 0
