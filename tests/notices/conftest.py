"""A real mail server, reached through a real connection."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.mail_sink import Sink, receiving


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with receiving() as started:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", started.port
        settings.DEFAULT_FROM_EMAIL = "sangkien@quan3.example"
        yield started
