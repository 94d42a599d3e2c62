"""Jobs as ``start()`` makes them, kinds whose steps leave acts in the ledger, and a duty's row."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from sangkien.jobs import actions
from sangkien.jobs.models import Duty, Job
from sangkien.jobs.running import Run
from sangkien.ledger.models import Act
from sangkien.ledger.recording import Actor
from tests.factories.ledger import AT, note

OFFICER = Actor("user:1")
UNIT = UUID("7d0e6f0a-1f5e-4f0e-9a53-0d1a8f2b3c4d")


def job(key: str = "đọc:1", *, items: int = 3, by: Actor = OFFICER, kind: str = "count", **facts: Any) -> Job:
    """A waiting job of so many items."""
    with transaction.atomic():
        return actions.start(
            kind, key=key, arguments={"items": items, "name": key}, by=by, total=items,
            **{"at": AT, "title": f"Đọc {items} tệp báo cáo", "doing": "Đang đọc tệp", **facts},
        )  # fmt: skip


def count(run: Run) -> None:
    """A step: one act for the next item, with the progress in the same transaction."""
    number = run.cursor or 0
    with run.commit() as commit:
        note(at=datetime.now(UTC), by=run.by, job=run.arguments["name"], number=number)
        commit.cursor = number + 1
        commit.done = number + 1
        if number + 1 == run.arguments["items"]:
            commit.finish()


def counted() -> list[str]:
    """The payloads of the acts that ``count`` has left, in their order."""
    return list(Act.objects.order_by("seq").values_list("payload", flat=True))


def expected(key: str = "đọc:1", items: int = 3) -> list[str]:
    """What ``count`` leaves of one whole job."""
    return [f'{{"job":"{key}","number":{number}}}' for number in range(items)]


def duty(name: str = "notices.send", **facts: Any) -> Duty:
    """A saved duty."""
    return Duty.objects.create(name=name, **facts)
