"""The deadline hour: many units send at once, and a server process is killed in the middle.

``python -m benchmarks.storm CLIENTS`` on the instance of ``SANGKIEN_HOME`` or ``DATABASE_URL``. On SQLite one server
process, on PostgreSQL two. Whoever gets no answer sends again with the same key, as the page does. In the end each
sending has exactly one receipt, the numbers have no gap, and the ledger is whole; else it fails.
"""

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.utils import timezone
from tests.factories import intake as make

from benchmarks.pages import signed_in, units_without_entries
from sangkien.accounts.roles import Role
from sangkien.campaigns.models import Campaign
from sangkien.intake.models import Receipt, Submission
from sangkien.ledger import verifying

ROOT = Path(__file__).parents[1]
_SENDINGS = 192  # in all, however many clients
_PATIENCE = 120.0  # seconds in which a client gets its receipt


@dataclass(slots=True)
class Sending:
    """One report on its way: where it goes, with which key, and when it was acknowledged."""

    url: str
    cookies: str
    body: str
    key: str
    tries: int = 0
    waited: float = 0.0


@dataclass(slots=True)
class Server:
    """A server process, started anew when it was killed."""

    port: int
    process: "subprocess.Popen[bytes]" = field(init=False)

    def start(self) -> None:
        command = [sys.executable, "-m", "sangkien.config.cli", "serve", "--port", str(self.port), "--no-browser"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ.copy()
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("the server does not listen")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def storm(clients: int) -> dict[str, object]:
    """The figures: sendings a second from the first request to the last receipt, the killed process included."""
    sendings = _prepared()
    before = Receipt.objects.count()
    connection.close()
    servers = [Server(_free_port()) for _each in range(1 if connection.vendor == "sqlite" else 2)]
    for server in servers:
        server.start()
    started = time.monotonic()
    try:
        _send_all(sendings, clients, servers)
        seconds = time.monotonic() - started
    finally:
        for server in servers:
            server.process.terminate()
            server.process.wait(timeout=30)
    _refuse_loss(sendings, before)
    waits = sorted(each.waited for each in sendings)
    return {
        "item": f"storm-{clients}",
        "size": len(sendings),
        "db": connection.vendor,
        "seconds": round(seconds, 2),
        "per_second": round(len(sendings) / seconds, 1),
        "p50": round(waits[len(waits) // 2], 2),
        "p95": round(waits[len(waits) * 95 // 100], 2),
        "again": sum(each.tries - 1 for each in sendings),
    }


def _prepared() -> list[Sending]:
    """Drafts of units that have sent nothing, each with its click."""
    campaign = Campaign.objects.select_related("lead_unit").get()
    units = units_without_entries(campaign)
    made = []
    for number in range(_SENDINGS):
        unit = units[number % len(units)]
        draft = make.draft(campaign, unit, at=timezone.now(), title=f"Trả kết quả tại nhà, cách thứ {number}")
        session = signed_in(unit, Role.UNIT_HEAD, "Trần Văn Đồng").cookies[settings.SESSION_COOKIE_NAME].value
        token, key = secrets.token_hex(16), f"storm-{draft.pk}"
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}"
        body = {"key": key, "entry": str(draft.uid), "accept_gaps": "1", "csrfmiddlewaretoken": token}
        made.append(Sending(f"/bao-cao/dot/{campaign.uid}/{unit.uid}/gui/", cookies, urlencode(body), key))
    return made


def _send_all(sendings: list[Sending], clients: int, servers: list[Server]) -> None:
    waiting, lock, failed = list(sendings), threading.Lock(), []
    half = threading.Event()

    def client(number: int) -> None:
        try:
            while True:
                with lock:
                    if len(waiting) <= len(sendings) // 2:
                        half.set()
                    if not waiting:
                        return
                    sending = waiting.pop()
                _send(sending, servers, number)
        except (RuntimeError, OSError) as error:
            failed.append(error)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    half.wait(_PATIENCE)
    servers[0].kill()
    servers[0].start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def _send(sending: Sending, servers: list[Server], number: int) -> None:
    """Until it is acknowledged: a lost connection is answered by the same click once more."""
    started = time.monotonic()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": sending.cookies}
    while time.monotonic() - started < _PATIENCE:
        port = servers[(number + sending.tries) % len(servers)].port
        sending.tries += 1
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            link.request("POST", sending.url, sending.body, headers)
            answer = link.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
            continue
        finally:
            link.close()
        if answer.status == http.client.FOUND and "/bien-nhan/" in (answer.getheader("Location") or ""):
            sending.waited = time.monotonic() - started
            return
        if answer.status < http.client.INTERNAL_SERVER_ERROR:
            raise RuntimeError(f"{sending.key}: {answer.status} {answer.getheader('Location')}")
        time.sleep(0.1)
    raise RuntimeError(f"{sending.key}: no receipt within {_PATIENCE:.0f} seconds")


def _refuse_loss(sendings: list[Sending], before: int) -> None:
    """None lost, none doubled, numbers without a gap, the ledger whole."""
    numbers = list(Receipt.objects.order_by("number").values_list("number", flat=True))
    assert len(numbers) == before + len(sendings), f"{len(numbers)} receipts for {before} + {len(sendings)} sendings"
    assert all(later == earlier + 1 for earlier, later in pairwise(numbers)), "a gap among the receipts"
    keys = [each for each in Submission.objects.values_list("key", flat=True) if "storm-" in each]
    assert len(keys) == len(set(keys)) == len(sendings)
    findings = [each.sentence for each in verifying.verify(None)]
    assert not findings, findings[:3]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    print(json.dumps(storm(int(sys.argv[1]))), flush=True)
