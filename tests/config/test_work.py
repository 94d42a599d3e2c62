"""The instance at work: a notice becomes a mail through clock, job and worker; the commands, and the server beside."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axes.models import AccessLog
from django.contrib.sessions.models import Session
from django.utils import timezone

from sangkien.accounts.models import User
from sangkien.config import work
from sangkien.jobs.clock import tick
from sangkien.jobs.models import Job, State
from sangkien.jobs.worker import Worker
from tests.factories import accounts as make
from tests.factories.notices import message
from tests.factories.units import unit
from tests.journeys.instance import serving
from tests.mail_sink import Sink, receiving
from tests.programs import environment, python
from tests.static_files import gather_static_files


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with receiving() as started:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", started.port
        settings.SANGKIEN_SENDS_MAIL = True
        yield started


@pytest.mark.django_db
def test_the_clock_starts_a_job_that_sends_what_waits_and_only_then(sink: Sink) -> None:
    at = timezone.now()
    worker = Worker(work.kinds(), now=lambda: at)
    tick(work.duties(), at=at)
    assert not Job.objects.exists()
    ward = unit("Phường 4")
    make.member(ward, email="sen@quan3.example")
    message(ward, at=at - timedelta(minutes=20))
    for second in (1, 2):
        tick(work.duties(), at=at + timedelta(seconds=second))
    at += timedelta(seconds=3)
    assert worker.run_one()
    assert sink.recipients == ["sen@quan3.example"]
    sending = Job.objects.filter(kind="notices.send")
    assert list(sending.values_list("state", "done_count", "by")) == [(State.DONE.value, 1, "command:tick")]
    tick(work.duties(), at=at + timedelta(minutes=2))
    assert sending.count() == 1


@pytest.mark.django_db
def test_without_a_mail_server_nothing_is_sent(settings: Any) -> None:
    settings.SANGKIEN_SENDS_MAIL = False
    assert "notices.send" not in {duty.name for duty in work.duties()}


@pytest.mark.django_db
def test_a_backup_is_started_once_a_night_when_there_is_something_to_keep() -> None:
    at = timezone.now()
    tick(work.duties(), at=at)
    assert not Job.objects.exists()
    unit("Phường 4")
    for second in (1, 2):
        tick(work.duties(), at=at + timedelta(seconds=second))
    assert list(Job.objects.values_list("kind", "by")) == [("backups.make", "command:tick")]


@pytest.mark.django_db
def test_once_a_day_idle_accounts_close_and_old_sessions_and_sign_ins_go(settings: Any) -> None:
    at = timezone.now()
    idle = make.administrator(last_seen_at=at - timedelta(days=settings.SANGKIEN_IDLE_DAYS + 1))
    busy = make.administrator("Phạm Văn Bận", last_seen_at=at)
    for days in (-1, 1):
        Session.objects.create(session_key=f"k{days}", session_data="", expire_date=at + timedelta(days=days))
    for name, days in (("cũ", 366), ("mới", 364)):
        AccessLog.objects.create(username=name)
        AccessLog.objects.filter(username=name).update(attempt_time=at - timedelta(days=days))
    tick(work.duties(), at=at)
    idle.refresh_from_db()
    busy.refresh_from_db()
    assert (idle.is_active, busy.is_active) == (False, True)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["k1"]
    assert list(AccessLog.objects.values_list("username", flat=True)) == ["mới"]
    User.objects.filter(pk=busy.pk).update(last_seen_at=at - timedelta(days=99))
    Session.objects.update(expire_date=at - timedelta(days=9))
    tick(work.duties(), at=at + timedelta(seconds=1))
    assert Session.objects.exists()
    tick(work.duties(), at=at + timedelta(days=1))
    assert not Session.objects.exists()
    busy.refresh_from_db()
    assert busy.is_active  # the last administrator stays


@pytest.mark.slow
def test_tick_and_work_as_commands(tmp_path: Path) -> None:
    home = tmp_path / "Dữ liệu"
    with receiving() as sink:
        mail = {
            "SANGKIEN_SMTP_URL": f"smtp://127.0.0.1:{sink.port}",
            "SANGKIEN_MAIL_FROM": "sangkien@quan3.example",
            "SANGKIEN_SITE": "https://sangkien.quan3.example",
        }
        assert _run(home, "tick", **mail) == "Đã làm 7 việc đến giờ.\n"
        assert _run(home, "tick") == "Đã làm 6 việc đến giờ.\n"
        _tell_somebody(home)
        assert _run(home, "work", "--until-idle", **mail) == ""
        assert sink.recipients == ["quantri@phuong.example"]
        assert "https://sangkien.quan3.example/dot/2024/" in sink.mails[0][1].get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM that a process may answer")
def test_work_stops_when_told(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "sangkien.config.cli", "work"],
        env=environment(tmp_path / "Dữ liệu"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "Đang chờ việc. Dừng lại: nhấn Ctrl và C.\n"
        process.send_signal(signal.SIGTERM)
        assert process.stdout.read() == "Đã dừng.\n"
        assert process.wait(timeout=20) == 0


@pytest.mark.slow
def test_the_server_works_beside_without_a_second_command(tmp_path: Path) -> None:
    gather_static_files()
    home = tmp_path / "dữ liệu"
    with serving(home):
        _insert_job(home)
        deadline = time.monotonic() + 20
        while _state(home) != "done" and time.monotonic() < deadline:
            time.sleep(0.1)
        assert _state(home) == "done"
    log = (tmp_path / "serve.log").read_text(encoding="utf-8").splitlines()
    assert log[-1].startswith("Chưa ai đăng nhập")  # address, folder, first account, and no trouble after them
    assert len(log) == 9


def _tell_somebody(home: Path) -> None:
    _run(home, "manage", "createadmin", "quantri@phuong.example", "--name", "Trần Văn Quản")
    program = (
        "import sangkien.config.ready; from datetime import timedelta; from uuid import uuid4;"
        "from django.db import transaction; from django.utils import timezone;"
        "from sangkien.accounts.models import User; from sangkien.notices.actions import tell\n"
        "with transaction.atomic():\n"
        "    tell(User.objects.get(), kind='opened', subject_uid=uuid4(), title='Đợt 2024 đã mở', text='Bạn xem.',"
        " path='/dot/2024/', key='a', at=timezone.now() - timedelta(hours=1))\n"
    )
    python(home, program)


def _insert_job(home: Path) -> None:
    """A sending job with nothing to send."""
    program = (
        "import sangkien.config.ready; from django.db import transaction; from django.utils import timezone;"
        "from sangkien.config.work import TICK; from sangkien.jobs.actions import start\n"
        "with transaction.atomic():\n"
        "    start('notices.send', key='a', arguments={}, by=TICK, at=timezone.now(), title='Gửi', doing='Đã gửi')\n"
    )
    python(home, program)


def _state(home: Path) -> str:
    reader = sqlite3.connect(home / "sangkien.sqlite3", timeout=20)
    try:
        (state,) = reader.execute("SELECT state FROM jobs_job WHERE kind = 'notices.send'").fetchone()
        return str(state)
    finally:
        reader.close()


def _run(home: Path, *words: str, **more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "sangkien.config.cli", *words],
        env=environment(home, **more),
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
