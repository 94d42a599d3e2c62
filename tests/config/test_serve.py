"""``sangkien serve`` as a person starts and stops it, on an empty data folder."""

import signal
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sangkien.config import cli
from sangkien.config.environment import read_environment
from sangkien.config.folders import why_unfit
from tests.journeys.instance import free_port
from tests.pages import static_files
from tests.programs import environment

__all__ = ["static_files"]

pytestmark = pytest.mark.slow


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "sangkien.config.cli", *words]


@contextmanager
def _served(home: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    command = _command("serve", "--no-browser")
    with subprocess.Popen(
        command, env=environment(home, SANGKIEN_PORT=str(port)), stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == f"sangkien đang chạy tại http://localhost:{port}/\n"
        try:
            yield server
        finally:
            server.terminate()


def test_it_serves_from_an_empty_folder_and_leaves_no_session_behind(tmp_path: Path) -> None:
    home, port = tmp_path / "Dữ liệu phường 4", free_port()
    with _served(home, port) as server:
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/").read().decode()
        assert "<title>Tổng hợp nhanh" in page
        left_open = home / "tam" / ("a" * 32)
        left_open.mkdir()
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0
    assert not left_open.exists()


def test_a_port_named_in_the_command_stands_in_the_links_that_leave_by_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANGKIEN_PORT", "8000")
    sites = []
    monkeypatch.setattr(cli, "_run", lambda _command, _parsed: sites.append(read_environment().site) or 0)
    assert cli.main(["serve", "--port", "8123"]) == 0
    assert cli.main(["serve"]) == 0  # in this process the port named before goes on to hold
    assert sites == ["http://localhost:8123"] * 2


def test_a_port_that_is_none_is_told(tmp_path: Path) -> None:
    wrong = subprocess.run(
        _command("serve", "--no-browser", "--port", "70000"),
        env=environment(tmp_path), capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert wrong.returncode == 2
    assert "phải là một số từ 1 đến 65535" in wrong.stderr


def test_a_second_one_on_the_same_port_is_told_what_to_do(tmp_path: Path) -> None:
    port = free_port()
    with _served(tmp_path / "một", port):
        second = subprocess.run(
            _command("serve", "--no-browser"),
            env=environment(tmp_path / "hai", SANGKIEN_PORT=str(port)),
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
    assert (second.returncode, second.stdout) == (1, "")
    assert f"Cổng {port} không mở được" in second.stderr
    assert f"SANGKIEN_PORT={port + 1}" in second.stderr


@pytest.mark.parametrize("folder", ["OneDrive - UBND", "Dropbox", "Google Drive"])
def test_a_synchronised_folder_is_refused(folder: str, tmp_path: Path) -> None:
    home = tmp_path / folder / "sangkien"
    refused = subprocess.run(
        _command("serve", "--no-browser"),
        env=environment(home, SANGKIEN_PORT=str(free_port())),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (refused.returncode, refused.stdout) == (1, "")
    assert folder in refused.stderr
    assert not (home / "sangkien.sqlite3").exists()


def test_an_ordinary_folder_is_fit(tmp_path: Path) -> None:
    assert why_unfit(tmp_path) is None


def test_a_wrong_port_is_wrong_usage(tmp_path: Path) -> None:
    done = subprocess.run(
        _command("serve", "--port", "70000"), env=environment(tmp_path), capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "SANGKIEN_PORT là “70000”" in done.stderr


def test_writers_of_the_embedded_database_wait_and_lose_nothing(tmp_path: Path) -> None:
    """Two programs write at once, each in transactions that read before they write: no "database is locked"."""
    writing = (
        "from django.contrib.sessions.models import Session; from django.db import transaction; "
        "from django.utils import timezone\n"
        "import sys\n"
        "for number in range(60):\n"
        "    with transaction.atomic():\n"
        "        Session.objects.count()\n"
        "        Session.objects.create(session_key=f'{sys.argv[-1]}{number}', expire_date=timezone.now())\n"
    )
    script = "import django; django.setup()\n" + writing
    around = environment(tmp_path, DJANGO_SETTINGS_MODULE="sangkien.config.settings")
    subprocess.run(_command("manage", "migrate", "-v0"), env=around, check=True)
    writers = [subprocess.Popen([sys.executable, "-c", script, name], env=around) for name in "abc"]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    with sqlite3.connect(tmp_path / "sangkien.sqlite3") as database:
        assert database.execute("select count(*) from django_session").fetchone() == (180,)
        assert database.execute("pragma journal_mode").fetchone() == ("wal",)
    database.close()
