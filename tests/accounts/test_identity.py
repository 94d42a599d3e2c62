"""Coming in through the office's own provider of identities."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sangkien.accounts.actions import people
from sangkien.accounts.models import User
from sangkien.ledger.models import Act
from sangkien.ledger.recording import Actor
from tests.accounts.identity_provider import CLIENT_ID, SECRET, Provider, provider
from tests.factories import accounts
from tests.factories.units import AT, unit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BEGIN, BACK = "/dang-nhap/co-quan/", "/dang-nhap/co-quan/tro-lai/"


@pytest.fixture
def office(settings: Any) -> Iterator[Provider]:
    with provider() as made:
        settings.SANGKIEN_IDENTITY = "tài khoản của tỉnh"
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APP": {"provider_id": "co-quan", "name": "tài khoản của tỉnh", "client_id": CLIENT_ID,
                        "secret": SECRET, "settings": {"server_url": made.url}},
            }
        }  # fmt: skip
        yield made


def through(office: Provider, client: Client) -> Any:
    there = client.post(BEGIN)
    assert there.status_code == 302
    assert there["Location"].startswith(f"{office.url}/cua?")
    back = urlsplit(office.approve(there["Location"]))
    assert back.path == BACK
    return client.get(f"{back.path}?{back.query}")


def signed_in(client: Client) -> bool:
    return client.get(reverse("accounts:mine")).status_code == 200


def test_who_has_an_account_here_comes_in(office: Provider, client: Client) -> None:
    person = accounts.member(unit(), email="Thi.Sen@phuong.example")
    assert "Dùng tài khoản của tỉnh" in client.get(reverse("account_login")).content.decode()
    assert through(office, client).status_code == 302
    assert signed_in(client)
    kept = SocialAccount.objects.get()
    assert (kept.user_id, kept.uid, kept.extra_data) == (person.pk, "can-bo-17", {})
    assert Act.objects.filter(verb="connect_identity").count() == 1


def test_the_second_time_the_id_counts_not_the_mailbox(office: Provider, client: Client) -> None:
    accounts.member(unit(), email="thi.sen@phuong.example")
    through(office, client)
    office.person.email = "ten-moi@phuong.example"
    other = Client()
    through(office, other)
    assert signed_in(other)
    assert (SocialAccount.objects.count(), Act.objects.filter(verb="connect_identity").count()) == (1, 1)


def test_a_one_time_password_that_was_never_typed_need_not_be_changed(office: Provider, client: Client) -> None:
    accounts.member(unit(), email="thi.sen@phuong.example", must_change_password=True)
    through(office, client)
    assert signed_in(client)


@pytest.mark.parametrize(("fact", "value"), [("email", "nguoi-la@phuong.example"), ("email_verified", False)])
def test_who_has_none_is_told_and_no_account_is_made(
    office: Provider, client: Client, fact: str, value: object
) -> None:
    accounts.member(unit(), email="thi.sen@phuong.example")
    setattr(office.person, fact, value)
    answer = client.get(through(office, client)["Location"])
    assert "Chưa có tài khoản nào ở đây ứng với tài khoản của tỉnh của bạn." in answer.content.decode()
    assert (User.objects.count(), SocialAccount.objects.count(), signed_in(client)) == (1, 0, False)


def test_a_closed_account_stays_closed(office: Provider, client: Client) -> None:
    person = accounts.member(unit(), email="thi.sen@phuong.example")
    accounts.administrator()
    people.close_account(person=person, by=Actor("user:1"), at=AT)
    through(office, client)
    assert not signed_in(client)


def test_forgetting_a_person_forgets_how_the_provider_calls_them(office: Provider, client: Client) -> None:
    person = accounts.member(unit(), email="thi.sen@phuong.example")
    accounts.administrator()
    through(office, client)
    people.forget_person(person=person, by=Actor("user:1"), at=timezone.now())
    assert SocialAccount.objects.count() == 0


def test_a_link_signs_nobody_in(office: Provider, client: Client) -> None:
    assert client.get(BEGIN).status_code == 405
    answer = client.get(f"{BACK}?code=la&state=la")
    assert answer["Location"] == reverse("account_login")
    assert "Chưa vào được bằng tài khoản của tỉnh." in client.get(answer["Location"]).content.decode()


def test_an_answer_meant_for_another_browser_signs_nobody_in(office: Provider, client: Client) -> None:
    accounts.member(unit(), email="thi.sen@phuong.example")
    back = urlsplit(office.approve(client.post(BEGIN)["Location"]))
    victim = Client()
    victim.get(f"{back.path}?{back.query}")
    assert not signed_in(victim)


def test_without_a_provider_there_is_no_such_door(client: Client) -> None:
    assert client.post(BEGIN).status_code == 404
    assert "co-quan" not in client.get(reverse("account_login")).content.decode()
