"""The door: password, lock, forced change, sessions that end, the second factor with real codes."""

from collections.abc import Iterator
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from sangkien.accounts.actions import people
from sangkien.accounts.models import Membership
from sangkien.accounts.roles import Role
from sangkien.ledger.models import Act
from tests.accounts.signing_in import ask_again, code_now, sign_in, text
from tests.factories import accounts as make
from tests.factories.units import OFFICER, unit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # argon2 takes its time on purpose
NEW = "năm con suối chảy về biển"


@pytest.fixture(autouse=True)
def _no_tries_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def server(settings: Any) -> None:
    """An instance that others reach over a network."""
    settings.SANGKIEN_EMBEDDED = False


def signed_in(client: Client) -> bool:
    return client.get("/tai-khoan/").status_code == HTTPStatus.OK


# -- the password


def test_office_mail_in_any_case_and_the_password_let_in(client: Client) -> None:
    sen = make.member(unit())
    answer = client.post("/dang-nhap/", {"login": sen.email.upper(), "password": make.PASSWORD})
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, "/viec-cua-toi/")
    sen.refresh_from_db()
    assert sen.last_seen_at is not None


def test_the_door_leads_back_to_the_page_that_was_asked_for(client: Client) -> None:
    sen = make.member(unit())
    asked = client.get("/ai-lam-gi/")
    assert asked["Location"] == "/dang-nhap/?next=/ai-lam-gi/"
    page = client.get(asked["Location"])
    assert '<input type="hidden" name="next" value="/ai-lam-gi/"' in text(page)
    answer = client.post("/dang-nhap/", {"login": sen.email, "password": make.PASSWORD, "next": "/ai-lam-gi/"})
    assert answer["Location"] == "/ai-lam-gi/"


def test_the_door_leads_to_no_other_site(client: Client) -> None:
    sen = make.member(unit())
    answer = client.post(
        "/dang-nhap/", {"login": sen.email, "password": make.PASSWORD, "next": "https://khac.example/"}
    )
    assert answer["Location"] == "/viec-cua-toi/"


def test_a_wrong_pair_says_how_often_it_may_be_tried_and_then_until_when_not(client: Client) -> None:
    sen = make.member(unit())
    for left in (4, 3, 2, 1):
        answer = sign_in(client, sen, "sai")
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert f"Bạn còn thử được {left} lần." in text(answer)
    answer = sign_in(client, sen, "sai")
    until = timezone.localtime(AccessAttempt.objects.get().attempt_time + timedelta(minutes=15))
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert f"Tài khoản tạm khóa đến {until:%H:%M}" in text(answer)
    assert sign_in(client, sen).status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert not signed_in(client)


def test_the_lock_follows_the_account_whatever_the_case_and_ends_after_a_quarter_of_an_hour(client: Client) -> None:
    sen = make.member(unit())
    for spelt in (sen.email, sen.email.upper(), f" {sen.email}", sen.email.title(), sen.email):
        client.post("/dang-nhap/", {"login": spelt, "password": "sai"})
    assert sign_in(Client(headers={"user-agent": "another"}), sen).status_code == HTTPStatus.TOO_MANY_REQUESTS
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(client, sen).status_code == HTTPStatus.OK
    assert AccessAttempt.objects.count() == 0


def test_one_locked_account_locks_nobody_else(client: Client) -> None:
    ward = unit()
    sen, mai = make.member(ward), make.member(ward, name="Đỗ Mai")
    for _ in range(5):
        sign_in(client, sen, "sai")
    assert sign_in(client, mai).status_code == HTTPStatus.OK


def test_who_has_no_account_is_answered_like_who_has_one(client: Client) -> None:
    sen = make.member(unit())
    here = text(sign_in(client, sen, "sai"))
    stranger = make.person("Người lạ", email="thi.sen@khac.example")
    stranger.delete()
    there = text(sign_in(Client(), stranger, "sai"))
    plain = [page.replace(sen.email, "").replace(stranger.email, "") for page in (here, there)]
    assert _without_tokens(plain[0]) == _without_tokens(plain[1])


def _without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_no_password_is_kept_of_a_wrong_try(client: Client) -> None:
    sign_in(client, make.member(unit()), "gần đúng rồi")
    attempt = AccessAttempt.objects.get()
    assert "gần đúng" not in f"{attempt.post_data} {attempt.get_data} {attempt.username}"


def test_a_closed_account_is_told_so_only_after_the_right_password(client: Client) -> None:
    facts = {"is_active": False, "closed_at": timezone.now(), "closed_why": "idle"}
    sen = make.member(unit(), **facts)
    assert "Tài khoản này đang đóng" not in text(sign_in(client, sen, "sai"))
    assert "Tài khoản này đang đóng" in text(sign_in(client, sen))
    assert not signed_in(client)


def test_nobody_signs_up(client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == HTTPStatus.NOT_FOUND
    assert "/signup" not in text(client.get("/dang-nhap/"))


def test_signing_out_is_a_post(client: Client) -> None:
    client.force_login(make.member(unit()))
    assert "Đăng xuất khỏi máy này" in text(client.get("/dang-xuat/"))
    assert signed_in(client)
    client.post("/dang-xuat/")
    assert not signed_in(client)


# -- sessions end


def test_the_session_ends_with_the_last_membership(client: Client) -> None:
    sen = make.member(unit())
    client.force_login(sen)
    assert signed_in(client)
    Membership.objects.update(ends_date=timezone.localdate())
    answer = client.get("/tai-khoan/", follow=True)
    assert "Phần việc của bạn ở đây đã kết thúc" in text(answer)
    Membership.objects.update(ends_date=None)
    assert not signed_in(client)


def test_a_membership_that_has_not_begun_opens_nothing(client: Client) -> None:
    sen = make.member(unit())
    Membership.objects.update(starts_date=date(2999, 1, 1))
    client.force_login(sen)
    assert not signed_in(client)


def test_the_session_ends_when_the_account_is_closed(client: Client) -> None:
    sen = make.member(unit())
    client.force_login(sen)
    people.close_account(person=sen, by=OFFICER, at=timezone.now())
    assert not signed_in(client)


def test_a_new_password_ends_the_other_sessions(client: Client) -> None:
    sen = make.member(unit())
    client.force_login(sen)
    people.give_password(person=sen, by=OFFICER, at=timezone.now())
    assert not signed_in(client)


# -- one's own password


def test_a_one_time_password_opens_only_the_page_where_it_is_changed(client: Client) -> None:
    sen = make.member(unit(), must_change_password=True)
    sign_in(client, sen)
    for address in ("/tai-khoan/", "/ai-lam-gi/", "/tong-hop-nhanh/", "/tai-khoan/buoc-hai/"):
        assert client.get(address)["Location"] == "/tai-khoan/mat-khau/", address
    answer = change(client, NEW)
    assert answer.redirect_chain[-1] == ("/viec-cua-toi/", HTTPStatus.FOUND)
    assert "Đã đổi mật khẩu." in text(answer)
    assert signed_in(client)
    sen.refresh_from_db()
    assert (sen.must_change_password, sen.check_password(NEW)) == (False, True)
    assert Act.objects.get(verb="change_password").actor == f"user:{sen.pk}"


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("ngắn quá", "có 8 ký tự, cần ít nhất 14"),
        ("thi.sen-va-cau-be", "không chứa thư công vụ hay tên của bạn"),
        ("Mật khẩu Lêthịsen 1", "không chứa thư công vụ hay tên của bạn"),
        ("12121212121212", "nhiều người dùng nên dễ đoán"),
        (make.PASSWORD, "giống mật khẩu đang dùng"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(client: Client, password: str, sentence: str) -> None:
    client.force_login(make.member(unit()))
    answer = change(client, password)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in text(answer)


def test_a_common_password_is_refused_even_beside_a_second_factor(client: Client) -> None:
    sen = with_phone(make.member(unit()))
    client.force_login(sen)
    assert "nhiều người dùng nên dễ đoán" in text(change(client, "password1"))
    assert "Đã đổi mật khẩu." in text(change(client, "sếu đầu đỏ 8"))
    sen.refresh_from_db()
    assert not sen.long_password


def change(client: Client, password: str, again: str = "") -> Any:
    given = {"oldpassword": make.PASSWORD, "password1": password, "password2": again or password}
    return client.post("/tai-khoan/mat-khau/", given, follow=True)


def test_the_password_is_typed_twice_alike_and_the_old_one_right(client: Client) -> None:
    client.force_login(make.member(unit()))
    assert "Hai lần nhập mật khẩu mới chưa giống nhau." in text(change(client, NEW, again="khác hẳn"))
    answer = client.post("/tai-khoan/mat-khau/", {"oldpassword": "x", "password1": NEW, "password2": NEW})
    assert "Mật khẩu đang dùng chưa đúng." in text(answer)


# -- the second factor


def with_phone(person: Any, secret: str = "JBSWY3DPEHPK3PXP") -> Any:
    Authenticator.objects.create(user=person, type="totp", data={"secret": secret})
    return person


def test_a_telephone_is_added_with_a_real_code_and_asked_for_at_the_door(client: Client) -> None:
    sen = make.member(unit())
    client.force_login(sen)
    page = text(ask_again(client, "/tai-khoan/buoc-hai/dien-thoai/"))
    secret = page.split("<code>")[1].split("</code>")[0]
    wrong = client.post("/tai-khoan/buoc-hai/dien-thoai/", {"code": "000000"})
    assert "Mã chưa đúng hoặc đã hết hạn." in text(wrong)
    codes = text(client.post("/tai-khoan/buoc-hai/dien-thoai/", {"code": code_now(secret)}, follow=True))
    assert "Còn 10 trên 10 mã chưa dùng." in codes
    assert Act.objects.filter(verb="add_second_factor").count() == 1
    client.post("/dang-xuat/")

    asked = sign_in(client, sen)
    assert "Bước xác nhận thứ hai" in text(asked)
    assert not signed_in(client)
    assert "Mã chưa đúng" in text(client.post("/dang-nhap/ma/", {"code": "000000"}))
    client.post("/dang-nhap/ma/", {"code": code_now(secret, steps=1)})
    assert signed_in(client)


def test_a_recovery_code_lets_in_once(client: Client) -> None:
    sen = make.member(unit())
    client.force_login(sen)
    page = text(ask_again(client, "/tai-khoan/buoc-hai/dien-thoai/"))
    secret = page.split("<code>")[1].split("</code>")[0]
    codes = text(client.post("/tai-khoan/buoc-hai/dien-thoai/", {"code": code_now(secret)}, follow=True))
    recovery = codes.split("<li><code>")[1].split("</code>")[0]
    for expected in (True, False):
        client.post("/dang-xuat/")
        sign_in(client, sen)
        client.post("/dang-nhap/ma/", {"code": recovery})
        assert signed_in(client) == expected


def test_codes_cannot_be_tried_without_end(client: Client) -> None:
    sen = with_phone(make.member(unit()))
    sign_in(client, sen)
    answers = [text(client.post("/dang-nhap/ma/", {"code": "000000"})) for _ in range(6)]
    assert "Mã chưa đúng" in answers[0]
    assert "Mã chưa đúng" not in answers[-1]
    client.post("/dang-nhap/ma/", {"code": code_now("JBSWY3DPEHPK3PXP")})
    assert not signed_in(client)


def test_turning_the_telephone_off_is_an_act_and_a_short_password_must_then_grow(client: Client) -> None:
    sen = with_phone(make.member(unit(), long_password=False))
    client.force_login(sen)
    assert "Tắt mã từ điện thoại" in text(ask_again(client, "/tai-khoan/buoc-hai/dien-thoai/tat/"))
    client.post("/tai-khoan/buoc-hai/dien-thoai/tat/")
    assert Authenticator.objects.count() == 0
    assert Act.objects.filter(verb="remove_second_factor").count() == 1
    assert client.get("/tai-khoan/")["Location"] == "/tai-khoan/mat-khau/"


@pytest.mark.usefixtures("server")
def test_administrators_of_a_server_must_have_a_second_factor(client: Client) -> None:
    quan = make.administrator()
    client.force_login(quan)
    assert client.get("/quan-tri/nguoi-dung/")["Location"] == "/tai-khoan/buoc-hai/"
    assert client.get("/tai-khoan/buoc-hai/").status_code == HTTPStatus.OK
    assert "Bật mã từ điện thoại" in text(ask_again(client, "/tai-khoan/buoc-hai/dien-thoai/"))
    with_phone(quan)
    assert client.get("/quan-tri/nguoi-dung/").status_code == HTTPStatus.OK


@pytest.mark.usefixtures("server")
def test_recovery_codes_alone_are_no_second_factor(client: Client) -> None:
    quan = make.administrator()
    Authenticator.objects.create(user=quan, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    client.force_login(quan)
    assert client.get("/quan-tri/nguoi-dung/")["Location"] == "/tai-khoan/buoc-hai/"


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("role", [role for role in Role.granted() if role != Role.ADMINISTRATOR])
def test_others_may_do_without(client: Client, role: Role) -> None:
    client.force_login(make.member(unit(), role))
    assert signed_in(client)


# -- the envelope


def test_the_envelope_opens_the_account_from_the_door(client: Client) -> None:
    quan = make.administrator()
    make.sealed_code(quan, "ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345")
    given = {"email": quan.email.upper(), "code": "abcd efgh jklm npqr stuv wxyz 2345", "password": "ngắn"}
    assert "cần ít nhất 14" in text(client.post("/dang-nhap/mo-lai/", given))
    answer = client.post("/dang-nhap/mo-lai/", {**given, "password": NEW})
    assert "Đây là mã niêm phong mới. Nó chỉ hiện lần này." in text(answer)
    again = client.post("/dang-nhap/mo-lai/", {**given, "password": NEW})
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    sign_in(client, quan, NEW)
    assert signed_in(client)
