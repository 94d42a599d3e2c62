"""Pages of an instance with very many entries: ``python -m benchmarks.pages`` prints one JSON object a line and item.

The instance is the one of ``SANGKIEN_HOME`` or ``DATABASE_URL``, filled by ``benchmarks.entries``. Everything but the
socket is in it: session, middleware, view, template. ``python -m benchmarks.pages replay ITEM TIMES`` only asks, for a
counter of instructions around it.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import django

django.setup()

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.factories import accounts
from tests.factories import intake as make

from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.campaigns.models import Campaign, Participant
from sangkien.intake.actions import admitting
from sangkien.intake.models import Entry
from sangkien.units.models import Unit

Ask = Callable[[], HttpResponse]
_TIMES = 20
FREQUENT, RARE = "thủ tục hành chính", "lang le trong ngay ho khuyet tat"


class Counted:
    """Statements and fetched rows while it stands."""

    def __init__(self) -> None:
        self.sql = self.rows = 0

    def statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.sql += 1
        return execute(sql, params, many, context)


@contextmanager
def counted() -> Iterator[Counted]:
    """Every row that Python gets is counted, whichever way it is fetched."""
    seen = Counted()

    def many(self: CursorWrapper, *args: Any) -> Any:
        rows = self.cursor.fetchmany(*args)
        seen.rows += len(rows)
        return rows

    def every(self: CursorWrapper) -> Any:
        rows = self.cursor.fetchall()
        seen.rows += len(rows)
        return rows

    def one(self: CursorWrapper) -> Any:
        row = self.cursor.fetchone()
        seen.rows += row is not None
        return row

    fetching = {"fetchmany": many, "fetchall": every, "fetchone": one}
    with patch.multiple(CursorWrapper, create=True, **fetching), connection.execute_wrapper(seen.statement):
        yield seen


def signed_in(unit: Unit, role: Role, name: str) -> Client:
    """Somebody with this role, who was here today."""
    mail = f"bench.{role}.{unit.pk}@quan.example"
    person = User.objects.filter(email=mail).first()
    if person is None:
        now = timezone.now()
        person = accounts.member(unit, role, name, email=mail, opened_at=now, last_seen_at=now)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    return client


def asking(item: str) -> Ask:
    """The request of an item, ready to be made again and again."""
    campaign = Campaign.objects.select_related("lead_unit").get()
    if item == "submit":
        return _submitting(campaign)
    lead = signed_in(campaign.lead_unit, Role.ORGANISER, "Lê Thị Sen")
    if item == "entry":
        url = f"/giai-phap/{_told(campaign).uid}/"
        return lambda: lead.get(url)
    query = {"list": {}, "search": {"q": FREQUENT}, "search-rare": {"q": RARE}}[item]
    return lambda: lead.get("/giai-phap/", query)


def _told(campaign: Campaign) -> Entry:
    """An entry with a history: drafted, sent and admitted by the actions."""
    entry = make.draft(campaign, campaign.lead_unit, at=timezone.now(), title="Một giải pháp có đủ lịch sử")
    make.sent(entry, at=timezone.now(), accept_gaps=True, key=f"bench-{entry.pk}")
    entry.refresh_from_db()
    admitting.admit([entry], by=make.LEAD, at=timezone.now(), late_reason="Theo ý kiến của lãnh đạo")
    return entry


def _submitting(campaign: Campaign) -> Ask:
    """A unit's only draft of the four parts is shown for sending, and sent; another unit each time."""
    waiting = []
    for ward in units_without_entries(campaign):
        draft = make.draft(campaign, ward, at=timezone.now(), title="Trả kết quả chứng thực tại nhà")
        url = f"/bao-cao/dot/{campaign.uid}/{ward.uid}/gui/"
        waiting.append((signed_in(ward, Role.UNIT_HEAD, "Trần Văn Đồng"), url, draft))

    def ask() -> HttpResponse:
        head, url, draft = waiting.pop()
        head.get(url)
        return head.post(url, {"key": f"bench-{draft.pk}", "entry": str(draft.uid), "accept_gaps": "1"})

    return ask


def units_without_entries(campaign: Campaign) -> list[Unit]:
    """Units of the plan that have sent nothing."""
    asked = Participant.objects.filter(campaign=campaign).order_by("-position").select_related("unit")
    sent = Entry.objects.filter(campaign=campaign).values("implementer")
    return [each.unit for each in asked.exclude(unit__in=sent)]


def measure(item: str) -> dict[str, object]:
    """The figures of one item: the first two requests warm up."""
    ask = asking(item)
    for _warm in range(2):
        answer = ask()
        assert answer.status_code < 400, (item, answer.status_code)
    with counted() as seen:
        answer = ask()
    cpu, wall = time.process_time(), time.monotonic()
    for _turn in range(_TIMES):
        ask()
    cpu, wall = time.process_time() - cpu, time.monotonic() - wall
    return {
        "item": item,
        "size": round(Entry.objects.count(), -3),
        "db": connection.vendor,
        "sql": seen.sql,
        "rows": seen.rows,
        "bytes": len(answer.content),
        "cpu_ms": round(cpu / _TIMES * 1000, 1),
        "seconds": round(wall / _TIMES, 3),
    }


ITEMS = ("list", "search", "search-rare", "entry", "submit")

if __name__ == "__main__":
    if sys.argv[1:2] == ["replay"]:
        again = asking(sys.argv[2])
        for _turn in range(int(sys.argv[3])):
            again()
    else:
        for name in sys.argv[1:] or ITEMS:
            print(json.dumps(measure(name)), flush=True)
