"""Notices as ``tell()`` writes them, and a delivery's row."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from sangkien.accounts.models import User
from sangkien.notices import actions
from sangkien.notices.models import Delivery, Message
from sangkien.units.models import Unit
from tests.factories.ledger import AT

SUBJECT = UUID("5f1d0e7e-30a1-4c4f-8f35-5be0a3f6f3a9")


def message(to: Unit | User, key: str = "nhắc:1", *, at: datetime = AT, **facts: Any) -> Message:
    """A written notice."""
    told = {
        "kind": "reminder",
        "subject_uid": SUBJECT,
        "title": "Đợt 2024 đang chờ báo cáo của đơn vị bạn",
        "text": "Hạn gửi là 23:59 ngày 15/09/2024. Bạn mở trang của đợt để soạn và gửi.",
        "path": "/dot/2024/",
    }
    with transaction.atomic():
        actions.tell(to, **{**told, "key": key, "at": at, **facts})
    return Message.objects.get(key=key)


def delivery(of: Message, to: User, **facts: Any) -> Delivery:
    """A saved delivery that is due."""
    return Delivery.objects.create(**{"message": of, "to_user": to, "due_at": of.made_at, **facts})
