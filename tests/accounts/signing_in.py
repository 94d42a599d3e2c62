"""What a person types at the door."""

import base64
import hmac
import struct
import time
from typing import Any

from django.http import HttpResponse
from django.test import Client

from sangkien.accounts.models import User
from tests.factories.accounts import PASSWORD


def sign_in(client: Client, person: User, password: str = PASSWORD) -> Any:
    """Types mail and password; the answer, redirects followed."""
    return client.post("/dang-nhap/", {"login": person.email, "password": password}, follow=True)


def ask_again(client: Client, address: str, password: str = PASSWORD) -> Any:
    """Opens a page that first asks for the password once more."""
    asked = client.get(address, follow=True)
    return client.post(asked.request["PATH_INFO"], {"password": password, "next": address}, follow=True)


def code_now(secret: str, *, steps: int = 0) -> str:
    """The six digits of a telephone: RFC 6238 by hand, so that the test does not ask what it tests."""
    key = base64.b32decode(secret, casefold=True)
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30 + steps), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def text(answer: HttpResponse) -> str:
    """The page as text."""
    return answer.content.decode()
