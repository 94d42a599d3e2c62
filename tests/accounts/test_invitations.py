"""Invitations: a GET shows and never acts; entering, codes, expiry, revocation."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sangkien.accounts import qr, tokens
from sangkien.accounts.actions import invitations
from sangkien.accounts.models import Invitation
from sangkien.accounts.refusal import Refused
from sangkien.ledger.models import Act
from tests.factories import accounts as make
from tests.factories.units import OFFICER, unit

pytestmark = pytest.mark.django_db
TOKEN = "mot-ma-dai-trong-duong-dan"
PAGE, ENTER, CODE = f"/moi/{TOKEN}/", f"/moi/{TOKEN}/vao/", f"/moi/{TOKEN}/ma/"


def now() -> datetime:
    return datetime.now(UTC)


def test_the_token_is_long_random_and_kept_as_a_hash() -> None:
    new = invitations.invite(
        unit=unit(),
        scope_uid=make.CAMPAIGN,
        purpose="Báo cáo",
        expires_at=now() + timedelta(days=30),
        by=OFFICER,
        at=now(),
    )
    assert len(new.token) == 43
    assert new.invitation.token_sha256 == tokens.digest(new.token)
    assert invitations.find_invitation(new.token) == new.invitation
    assert invitations.find_invitation(new.invitation.token_sha256) is None
    assert new.token not in "".join(Act.objects.values_list("payload", flat=True))


def test_opening_the_link_names_the_unit_and_the_end_and_writes_nothing(client: Client) -> None:
    invitation = make.invitation(unit("Phường Võ Thị Sáu"))
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(PAGE)
    html = answer.content.decode()
    assert "Giấy mời của Phường Võ Thị Sáu" in html
    assert f"Dùng được đến {timezone.localtime(invitation.expires_at):%H:%M, %d/%m/%Y}." in html
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []
    assert not answer.cookies.get("sangkien")
    assert client.get("/moi/").status_code == HTTPStatus.NOT_FOUND


def test_entering_is_a_post_and_lets_the_holder_in(client: Client) -> None:
    make.invitation(unit("Phường 4"))
    assert client.get(ENTER).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    answer = client.post(ENTER, follow=True)
    assert [address for address, _status in answer.redirect_chain] == ["/bao-cao/"]
    assert "Phường 4" in answer.content.decode()
    assert Act.objects.get(verb="enter_by_invitation").actor.startswith("invitation:")
    client.post("/moi/roi/")
    assert client.get("/moi/").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"revoked_at": now()}, "đã được thu hồi"), ({"expires_at": now() - timedelta(hours=1)}, "đã hết hạn")],
    ids=["revoked", "expired"],
)
def test_what_is_over_ends_at_the_next_request_and_says_so(
    client: Client, change: dict[str, Any], sentence: str
) -> None:
    make.invitation(unit())
    client.post(ENTER)
    assert client.get("/moi/")["Location"] == "/bao-cao/"
    Invitation.objects.update(**change)
    assert client.get("/moi/").status_code == HTTPStatus.NOT_FOUND
    assert sentence in client.get(PAGE).content.decode()
    refused = client.post(ENTER)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in refused.content.decode()


def test_who_is_signed_in_is_told_to_sign_out_first(client: Client) -> None:
    ward = unit()
    make.invitation(ward)
    client.force_login(make.member(ward))
    answer = client.post(ENTER)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Hãy đăng xuất rồi mở lại giấy mời." in answer.content.decode()
    assert not Act.objects.filter(verb="enter_by_invitation").exists()


def test_an_unknown_token_is_not_found(client: Client) -> None:
    make.invitation(unit())
    for method, address in (("get", "/moi/khac/"), ("post", "/moi/khac/vao/"), ("post", "/moi/khac/ma/")):
        assert getattr(client, method)(address).status_code == HTTPStatus.NOT_FOUND


def test_revoking_twice_is_one_act() -> None:
    invitation = make.invitation(unit())
    invitations.revoke_invitation(invitation=invitation, by=OFFICER, at=now())
    invitations.revoke_invitation(invitation=invitation, by=OFFICER, at=now())
    assert Act.objects.filter(verb="revoke_invitation").count() == 1


def test_a_code_goes_to_the_mailbox_and_lets_in_once(client: Client) -> None:
    make.invitation(unit(), mailbox="phuong4@quan3.example")
    assert client.post(ENTER).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = client.post(CODE, follow=True).content.decode()
    assert "Đã gửi mã tới hộp thư của đơn vị." in page
    assert "phuong4@quan3.example" not in page
    (letter,) = mail.outbox
    code = letter.subject.split()[-1]
    assert letter.to == ["phuong4@quan3.example"]
    assert client.post(ENTER, {"code": f" {code} "}).status_code == HTTPStatus.FOUND
    assert client.post(ENTER, {"code": code}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_code_dies_after_ten_minutes_and_after_five_tries() -> None:
    invitation = make.invitation(unit(), mailbox="phuong4@quan3.example")
    sent: list[str] = []
    start = now()

    def send() -> str:
        invitations.send_mailbox_code(invitation=invitation, at=start, send=lambda _to, code: sent.append(code))
        return sent[-1]

    late = start + invitations.CODE_LIVES
    with pytest.raises(Refused, match="đã hết hạn"):
        invitations.enter(invitation=invitation, code=send(), at=late)
    code = send()
    for _ in range(invitations.CODE_TRIES):
        with pytest.raises(Refused, match="Mã chưa đúng"):
            invitations.enter(invitation=invitation, code="không", at=start)
    with pytest.raises(Refused, match="đã hết hạn"):
        invitations.enter(invitation=invitation, code=code, at=start)


def test_a_link_as_a_picture_is_plain_svg() -> None:
    picture = qr.svg("https://sangkien.example/moi/abc/")
    assert picture.startswith("<svg")
    assert "style=" not in picture
    assert picture != qr.svg("https://sangkien.example/moi/abd/")
